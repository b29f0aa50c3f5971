//! Time limits (时限): reads 20(工作日), 自受理之日起二十日内, 即办, 无期限 … into their normal form.
//!
//! Must not know elements, columns or rules: the words that mean "on the spot" and the unit that a header names are
//! handed in. Never guesses: a text with two limits of which neither is clearly the main one has none. Every step walks
//! the text once and looks ahead by a fixed distance or by one numeral.

use super::{enumerate, fold, number};
use crate::model::{Amount, Duration, Span, TimeUnit};

/// Longer words stand before the words that they begin with.
const UNITS: [(&str, TimeUnit); 17] = [
    ("法定工作日", TimeUnit::WorkingDay),
    ("工作日", TimeUnit::WorkingDay),
    ("工作天", TimeUnit::WorkingDay),
    ("自然日", TimeUnit::CalendarDay),
    ("自然天", TimeUnit::CalendarDay),
    ("日历日", TimeUnit::CalendarDay),
    ("日历天", TimeUnit::CalendarDay),
    ("天", TimeUnit::Day),
    ("日", TimeUnit::Day),
    ("星期", TimeUnit::Week),
    ("礼拜", TimeUnit::Week),
    ("周", TimeUnit::Week),
    ("自然月", TimeUnit::Month),
    ("月", TimeUnit::Month),
    ("年", TimeUnit::Year),
    ("小时", TimeUnit::Hour),
    ("分钟", TimeUnit::Minute),
];

const SENTENCE: [char; 5] = ['\n', '。', ';', '!', '?'];
const BREAKS: [char; 14] = ['\n', '。', ';', '!', '?', ',', ':', '(', ')', '[', ']', '【', '】', '|'];
const OPEN: [char; 3] = ['(', '[', '【'];
const CLOSE: [char; 3] = [')', ']', '】'];

/// Words beside a number that change nothing about it.
const GLUE: [&str; 29] = [
    "不得超过",
    "不能超过",
    "不超过",
    "应当",
    "最长",
    "最多",
    "最迟",
    "至迟",
    "时限",
    "期限",
    "时间",
    "法定",
    "承诺",
    "审批",
    "办结",
    "办理",
    "完成",
    "以内",
    "之内",
    "内",
    "应",
    "须",
    "在",
    "于",
    "为",
    "共",
    "个",
    "≤",
    "<",
];

const ENDLESS: [&str; 9] = [
    "长期",
    "不限",
    "无限期",
    "不限期",
    "不限时",
    "不限时间",
    "无规定",
    "未规定",
    "法律未规定",
];

/// What stands beside a number that is no upper limit: at least, about, more than.
const BEFORE_VAGUE: [&str; 13] = [
    "至少",
    "不少于",
    "不低于",
    "不足",
    "不到",
    "不满",
    "满",
    "约",
    "大概",
    "≥",
    "+",
    "加",
    "大于",
];
const AFTER_VAGUE: [&str; 9] = ["以上", "及以上", "(含)以上", "左右", "上下", "多", "余", "开外", "+"];

const STEPS: [&str; 21] = [
    "受理", "初审", "复审", "审查", "审核", "审批", "核准", "决定", "办结", "制证", "颁证", "发证", "颁发", "送达",
    "公示", "公告", "勘查", "勘验", "评审", "签发", "补正",
];

/// A number with or without a unit, or a word for "on the spot".
struct Limit {
    from: usize,
    to: usize,
    /// `None`: the digits make no one number.
    span: Option<Span>,
    /// In the canonical unit; `None` where the number stands alone.
    unit: Option<TimeUnit>,
    written: Option<TimeUnit>,
}

/// The text between two marks.
struct Piece<'a> {
    from: usize,
    text: &'a str,
    level: usize,
    mark: char,
}

/// How a limit is meant.
#[derive(PartialEq)]
enum Role {
    Main,
    /// Runs from the decision: delivery, by 行政许可法 art. 44 no part of the limit.
    Delivery,
    /// Says the main one again (二十日内不能作出决定的).
    Restated,
    Ignored,
}

/// The unit that a word or a code of a unit column names: 工作日, 个工作日, （工作日）, 单位：工作日, 1.
pub fn unit(text: &str) -> Option<TimeUnit> {
    let text = compact(&fold::half(text));
    match text.as_str() {
        "1" | "01" => Some(TimeUnit::WorkingDay),
        // Unverified: a system may mean another unit by it.
        "2" | "02" => Some(TimeUnit::CalendarDay),
        _ => unit_word(&text),
    }
}

/// Reads a time limit. `unit_hint` comes from a unit column or a header and counts where the text names no unit or only a
/// bare 天 or 日; `immediate` are the words that mean "on the spot". `None` where the text holds no limit, or several.
pub fn parse(text: &str, unit_hint: Option<&str>, immediate: &[String]) -> Option<Duration> {
    let half = fold::half(text);
    let mut text = String::with_capacity(half.len());
    for entry in enumerate::entries(&half) {
        text.push_str(&compact(entry.text));
        text.push('\n');
    }
    let pieces = pieces(&text);
    if endless(&pieces) {
        return Some(Duration {
            span: None,
            unit: TimeUnit::WorkingDay,
            start: None,
            excludes: Vec::new(),
        });
    }
    let mut stated = pieces
        .iter()
        .filter_map(|piece| unit_word(piece.text))
        .filter(|&unit| counts_days(unit));
    let hint = stated.next();
    if stated.any(|unit| Some(unit) != hint) {
        return None;
    }
    let mut limits = scan(&text);
    let doubtful = add_immediate(&pieces, immediate, &mut limits);
    let (excludes, excluded) = exclusions(&pieces);
    let (span, unit, start) = settle(&text, &limits, &excluded, hint, unit_hint.and_then(self::unit))?;
    if span.high.is_zero() {
        // One normal form for whatever is done on the spot.
        let span = Some(Span::exactly(Amount::whole(0)));
        return Some(Duration {
            span,
            unit: TimeUnit::WorkingDay,
            start: None,
            excludes: Vec::new(),
        });
    }
    (!doubtful).then_some(Duration {
        span: Some(span),
        unit,
        start,
        excludes,
    })
}

/// Finds the one amount that the limits agree on, and where it starts.
fn settle(
    text: &str,
    limits: &[Limit],
    excluded: &[(usize, usize)],
    stated: Option<TimeUnit>,
    hint: Option<TimeUnit>,
) -> Option<(Span, TimeUnit, Option<String>)> {
    let mut reader = Reader::default();
    let mut skip = excluded.iter().peekable();
    let (mut mains, mut deliveries, mut restated) = (Vec::new(), Vec::new(), Vec::new());
    for (i, limit) in limits.iter().enumerate() {
        let gap = &text[i.checked_sub(1).map_or(0, |i| limits[i].to)..limit.from];
        let next = limits.get(i + 1).map(|next| next.from);
        let mut context = reader.read(gap, &text[limit.to..next.unwrap_or(text.len())], next.is_some());
        while skip.next_if(|range| range.1 <= limit.from).is_some() {}
        if skip.peek().is_some_and(|range| range.0 <= limit.from) || context.role == Role::Ignored {
            continue;
        }
        if context.vague {
            return None;
        }
        let span = limit.span?;
        let unit = match (limit.unit, stated) {
            (Some(TimeUnit::Day), _) => stated.or(hint.filter(|&unit| counts_days(unit))).or(limit.unit),
            (Some(unit), Some(stated)) if counts_days(unit) && unit != stated => return None,
            // Where the text itself says 自然日, the column of units beside it is not asked.
            (Some(_), _) => limit.unit,
            (None, _) => stated.or(hint),
        };
        let amount = match unit {
            Some(unit) => Some(canonical(span, unit)),
            None if span.high.is_zero() => None,
            None => return None,
        };
        let bare = limit.unit.is_none() && !context.plain;
        let found = (amount, context.start.take(), context.step, bare);
        match context.role {
            Role::Main => mains.push(found),
            Role::Delivery => deliveries.push(found),
            _ => restated.push(found),
        }
    }
    let found = if mains.is_empty() { deliveries } else { mains };
    let (span, unit) = found.iter().find_map(|found| found.0)?;
    if found.len() == 1 && found[0].3 {
        return None;
    }
    let label = found[0].2;
    let mut start = None;
    for (amount, from, step, _) in found {
        if amount.is_some_and(|amount| amount != (span, unit)) || (amount.is_none() && !span.high.is_zero()) {
            return None;
        }
        // 受理5个工作日，审查5个工作日 makes ten.
        if step != label {
            return None;
        }
        if from.is_some() && start.as_ref().is_some_and(|start| Some(start) != from.as_ref()) {
            return None;
        }
        start = start.or(from);
    }
    let agrees = |amount: Option<(Span, TimeUnit)>| {
        amount.is_some_and(|(other, of)| other == span && (of == unit || (of == TimeUnit::Day && counts_days(unit))))
    };
    restated
        .iter()
        .all(|found| agrees(found.0))
        .then_some((span, unit, start.flatten()))
}

/// What the words around the limits said so far in the sentence.
#[derive(Default)]
struct Reader {
    level: usize,
    part: Option<usize>,
    permitted: bool,
    extending: bool,
}

struct Context {
    role: Role,
    vague: bool,
    /// Nothing but glue stands before the number.
    plain: bool,
    /// Where it starts, if said: `Some(None)` is 受理之日.
    start: Option<Option<String>>,
    /// The step of the procedure that it belongs to, if one is named.
    step: Option<&'static str>,
}

impl Reader {
    fn read(&mut self, gap: &str, tail: &str, followed: bool) -> Context {
        let (mut lead, mut previous) = ("", ("", ' '));
        for piece in gap.split_inclusive(BREAKS) {
            let words = piece.trim_end_matches(BREAKS);
            let mark = piece[words.len()..].chars().next().unwrap_or(' ');
            self.words(words, mark);
            if mark == ' ' {
                lead = words;
                break;
            }
            if !words.is_empty() {
                previous = (words, mark);
            }
            if OPEN.contains(&mark) {
                self.level += 1;
            } else if CLOSE.contains(&mark) {
                self.level = self.level.saturating_sub(1);
                self.part = self.part.filter(|&part| part <= self.level);
            } else if SENTENCE.contains(&mark) {
                *self = Reader {
                    level: self.level,
                    ..Reader::default()
                };
                previous = ("", ' ');
            }
        }
        let (core, after) = (trim_glue(lead), tail.split(BREAKS).next().unwrap_or(""));
        let asked = if core.is_empty() && matches!(previous.1, ',' | ':') {
            previous.0
        } else {
            lead
        };
        let mut start = event(asked);
        let named = [if start.is_some() { "" } else { asked }, after];
        let step = STEPS
            .into_iter()
            .find(|step| named.iter().any(|text| text.contains(step)));
        let plain = core.is_empty() || start.is_some();
        if start.is_none() {
            start = start_after(tail, followed);
        }
        let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        let ends = |words: &[&str]| words.iter().any(|word| lead.ends_with(word));
        let exceeds = lead.ends_with("超过")
            && !ends(&[
                "不超过",
                "不得超过",
                "不能超过",
                "不会超过",
                "不可超过",
                "不应超过",
                "未超过",
            ]);
        let vague =
            exceeds || lead == ">" || ends(&BEFORE_VAGUE) || AFTER_VAGUE.iter().any(|word| tail.starts_with(word));
        let aside = ["有效期", "届满", "期满", "任期", "学制"]
            .iter()
            .any(|word| asked.contains(word))
            || lead.contains("提前")
            || ends(&["前", "每"])
            || starts(&["前", "之前", "以前"]);
        let delivery =
            matches!(&start, Some(Some(event)) if ["决定", "批准", "办结"].iter().any(|word| event.contains(word)));
        let role = if aside || self.extending || self.part.is_some() {
            Role::Ignored
        } else if starts(&["内不能", "内未", "内无法", "内仍", "不能", "未能"])
            || ends(&["不能在", "未在", "未能在", "无法在", "不能于"])
        {
            Role::Restated
        } else if delivery {
            Role::Delivery
        } else {
            Role::Main
        };
        Context {
            role,
            vague,
            plain,
            start,
            step,
        }
    }

    fn words(&mut self, words: &str, mark: char) {
        if words.contains("其中")
            || ["含", "包括", "包含", "内含"]
                .iter()
                .any(|word| words.starts_with(word))
        {
            self.part = self.part.or(Some(self.level));
        }
        const PERMITS: [&str; 14] = [
            "可以",
            "可延",
            "可再",
            "可适当",
            "经批准",
            "经本",
            "负责人",
            "同意",
            "确需",
            "需要延",
            "需延",
            "不能",
            "特殊情况",
            "情况复杂",
        ];
        self.permitted |= PERMITS.iter().any(|word| words.contains(word));
        let directly = |word: &str| {
            let rest = words
                .rfind(word)
                .map(|at| words[at + word.len()..].trim_start_matches(['期', '限', '至', '到', '再']));
            mark != ':' && rest.is_some_and(|rest| trim_glue(rest).is_empty())
        };
        // 延期 alone may be the name of a case (延期：20个工作日), 延长10个工作日 never is.
        self.extending |= ["延长", "顺延"]
            .iter()
            .any(|word| words.contains(word) && (self.permitted || directly(word)))
            || (self.permitted && ["延期", "展期", "延至"].iter().any(|word| words.contains(word)));
    }
}

/// What a time limit starts from, if the text says so: `Some(None)` is the acceptance of the application.
fn event(text: &str) -> Option<Option<String>> {
    let end = ["日起", "时起", "后起"]
        .iter()
        .filter_map(|mark| text.rfind(mark).map(|at| at + mark.len() - '起'.len_utf8()))
        .max();
    let event = match end {
        Some(end) => &text[..end],
        None => {
            let text = trim_glue(text);
            let after = text.ends_with('后') && !["最后", "今后", "先后"].iter().any(|word| text.ends_with(word));
            (after || text.ends_with("之日")).then_some(text)?
        }
    };
    let opens = |at: usize, word: &str| {
        let rest = event[at + word.len()..].chars().next();
        rest.is_some_and(|c| !matches!(c, '然' | '行' | '主' | '动' | '愿' | '助' | '治' | '由' | '业' | '事'))
    };
    let from = event
        .rmatch_indices(['自', '从'])
        .find(|&(at, word)| opens(at, word))
        .map_or(0, |(at, word)| at + word.len());
    let mut event = event[from..].trim();
    while let Some(rest) = ["应当", "应", "在", "于", "由", "按", "以"]
        .iter()
        .find_map(|word| event.strip_prefix(word))
    {
        event = rest;
    }
    let whole = ["次日", "翌日", "工作日", "自然日", "第二日"]
        .iter()
        .any(|word| event.ends_with(word));
    let (base, end) = match event.strip_suffix(['日', '后', '时']) {
        _ if whole => (event, ""),
        Some(base) if event.ends_with('时') => (base.strip_suffix('之').unwrap_or(base), "之时"),
        Some(base) => (base.strip_suffix(['之', '当', '以']).unwrap_or(base), "之日"),
        None => (event, ""),
    };
    let base = fold::spelling(base);
    let other = ["收到", "不予", "次日", "翌日", "前"]
        .iter()
        .any(|word| base.contains(word));
    if base.is_empty() {
        None
    } else {
        Some((!base.contains("受理") || other).then(|| base + end))
    }
}

/// The start behind the number: 20个工作日（自收到申请之日起计算）.
fn start_after(tail: &str, followed: bool) -> Option<Option<String>> {
    let tail = tail.split(SENTENCE).next().unwrap_or("");
    let mut pieces: Vec<&str> = tail.split(BREAKS).collect();
    if followed {
        pieces.pop();
    }
    pieces.into_iter().find_map(|piece| {
        let piece = piece.trim_end_matches(['计', '算', '开', '始']);
        if piece.ends_with('起') { event(piece) } else { None }
    })
}

/// Without spaces, titles and quotation marks. A space between two digits stays: `2 0` is not 20.
fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut space, mut title) = (false, false);
    let last = text.rfind('》').unwrap_or(0);
    for (at, c) in text.char_indices() {
        match c {
            '》' => title = false,
            _ if title => {}
            '《' => title = at < last,
            ' ' => space = true,
            '"' | '\'' | '*' | '\n' => {}
            _ => {
                if space && c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit()) {
                    out.push(' ');
                }
                space = false;
                out.push(match c {
                    '曰' => '日',
                    '個' => '个',
                    c => c,
                });
            }
        }
    }
    out
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut from, mut level) = (Vec::new(), 0, 0_usize);
    for (at, mark) in text.match_indices(BREAKS) {
        let mark = mark.chars().next().unwrap_or(' ');
        pieces.push(Piece {
            from,
            text: &text[from..at],
            level,
            mark,
        });
        from = at + mark.len_utf8();
        if OPEN.contains(&mark) {
            level += 1;
        } else if CLOSE.contains(&mark) {
            level = level.saturating_sub(1);
        }
    }
    pieces
}

fn trim_glue(mut text: &str) -> &str {
    while let Some(rest) = GLUE
        .iter()
        .find_map(|word| text.strip_suffix(word).or_else(|| text.strip_prefix(word)))
    {
        text = rest;
    }
    text
}

fn counts_days(unit: TimeUnit) -> bool {
    matches!(unit, TimeUnit::WorkingDay | TimeUnit::CalendarDay)
}

fn unit_word(text: &str) -> Option<TimeUnit> {
    let mut text = text.trim_matches(BREAKS);
    let before = [
        "时限单位",
        "单位",
        ":",
        "均",
        "按照",
        "按",
        "以",
        "指",
        "为",
        "是",
        "个",
    ];
    while let Some(rest) = before.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest;
    }
    while let Some(rest) = ["计", "算", "内"].iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    UNITS
        .iter()
        .find(|unit| unit.0 == text)
        .map(|unit| unit.1)
        .or((text == "时").then_some(TimeUnit::Hour))
}

/// Whether all that the text says outside of brackets is that there is no limit.
fn endless(pieces: &[Piece<'_>]) -> bool {
    let says = |text: &str| {
        let Some(mut rest) = ["无", "没有", "不设"].iter().find_map(|word| text.strip_prefix(word)) else {
            return false;
        };
        let kinds = [
            "明确", "具体", "固定", "规定", "法定", "承诺", "办结", "办理", "审批", "的",
        ];
        while let Some(less) = kinds.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = less;
        }
        ["限制", "要求", "规定", ""]
            .iter()
            .any(|end| matches!(rest.strip_suffix(end), Some("期限" | "时限" | "时间限制" | "时间")))
    };
    let mut said = pieces
        .iter()
        .filter(|piece| piece.level == 0 && piece.mark != ':' && !piece.text.is_empty())
        .peekable();
    let label_fits = !pieces.iter().any(|piece| piece.text.contains("有效"));
    said.peek().is_some() && label_fits && said.all(|piece| ENDLESS.contains(&piece.text) || says(piece.text))
}

/// Adds what is done on the spot as an amount of nothing. Gives whether such words stand somewhere where they may or may
/// not mean the whole (当场作出决定).
fn add_immediate(pieces: &[Piece<'_>], words: &[String], limits: &mut Vec<Limit>) -> bool {
    let mut doubtful = false;
    let numbers = limits.len();
    let words = words
        .iter()
        .map(|word| compact(&fold::half(word)))
        .chain(["即办".to_owned()]);
    for word in words.filter(|word| !word.is_empty()) {
        // Most short words, and 现场办理, also say how or where something is done.
        let long = word == "即办" || (word.chars().nth(3).is_some() && !word.starts_with("现场"));
        for piece in pieces {
            let whole = trim_glue(piece.text) == trim_glue(&word);
            for (at, _) in piece.text.match_indices(word.as_str()) {
                let (before, after) = (&piece.text[..at], &piece.text[at + word.len()..]);
                let negated = [
                    "不能",
                    "不能够",
                    "不可",
                    "不",
                    "非",
                    "未能",
                    "未",
                    "无法",
                    "不属于",
                    "不是",
                    "不得",
                    "不可以",
                ];
                if negated.iter().any(|word| before.ends_with(word)) || after.starts_with('起') {
                    continue;
                }
                if whole || long || piece.text == word {
                    let (from, to) = (piece.from + at, piece.from + at + word.len());
                    let (span, unit) = (Some(Span::exactly(Amount::whole(0))), Some(TimeUnit::WorkingDay));
                    limits.push(Limit {
                        from,
                        to,
                        span,
                        unit,
                        written: unit,
                    });
                } else if !word.starts_with("现场") {
                    doubtful |= !["受理", "告知", "出具", "更正", "补", "退", "说明", "收件"]
                        .iter()
                        .any(|word| after.starts_with(word));
                }
            }
        }
    }
    if limits.len() > numbers {
        limits.sort_by_key(|limit| (limit.from, std::cmp::Reverse(limit.to)));
        let mut end = 0;
        limits.retain(|limit| {
            limit.from >= end && {
                end = limit.to;
                true
            }
        });
    }
    doubtful
}

/// What is not counted, and which stretches of the text speak of it.
fn exclusions(pieces: &[Piece<'_>]) -> (Vec<String>, Vec<(usize, usize)>) {
    let (mut found, mut ranges) = (Vec::new(), Vec::new());
    let mut list: Option<usize> = None;
    for (i, piece) in pieces.iter().enumerate() {
        let text = piece.text;
        list = list.filter(|&level| level <= piece.level);
        let first = |words: &[&str]| {
            words
                .iter()
                .filter_map(|word| text.find(word).map(|at| (at, at + word.len())))
                .min()
        };
        let end = piece.from + text.len();
        if let Some((at, after)) = first(&["除外", "不计", "不包含在", "不包括在", "不含在", "另计", "另行计算"])
        {
            let behind = text[after..].trim_start_matches(['入', '算', '在']);
            let limit = ["时限", "期限", "时间", "内"].iter().any(|word| behind.contains(word));
            let (core, previous) = (
                item(&text[..at]),
                pieces[..i].iter().rfind(|piece| !piece.text.is_empty()),
            );
            match previous {
                _ if !core.is_empty() => add_items(core, &mut found),
                _ if !limit && !behind.is_empty() => add_items(behind, &mut found),
                // 需要听证的，所需时间不计入
                Some(previous) => {
                    add_items(previous.text, &mut found);
                    ranges.push((previous.from, previous.from + previous.text.len() + 1));
                }
                None => {}
            }
            ranges.push((piece.from, end));
        } else if let Some((at, after)) = first(&["不含", "不包括", "不包含"]) {
            add_items(&text[after..], &mut found);
            ranges.push((piece.from + at, end));
            list = (piece.level > 0).then_some(piece.level);
        } else if list.is_some() {
            add_items(text, &mut found);
            ranges.push((piece.from, end));
        }
    }
    found.sort_unstable();
    found.dedup();
    (found, ranges)
}

fn add_items(list: &str, found: &mut Vec<String>) {
    let items = list
        .split(['、', '/', '和', '及', '与', '或', '以'])
        .map(|text| fold::spelling(item(text)));
    found.extend(items.filter(|text| !text.is_empty()));
}

/// One thing that is not counted: 依法需要专家评审等环节所需时间 is 专家评审.
fn item(mut text: &str) -> &str {
    let before = [
        "其中", "依法", "需要", "所需", "需", "因", "但", "如", "进行", "组织", "的",
    ];
    let after = [
        "时间",
        "时限",
        "期限",
        "所需",
        "所用",
        "的",
        "均",
        "都",
        "环节",
        "特殊",
        "等",
        "等程序",
        "等特别程序",
        "等情况",
    ];
    while let Some(rest) = before.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest;
    }
    while let Some(rest) = after.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    text
}

/// A year has twelve months and an hour sixty minutes (民法典 arts. 200, 202), so these four units are two.
fn canonical(span: Span, unit: TimeUnit) -> (Span, TimeUnit) {
    let hours = |minutes: Amount| {
        let minutes: i64 = minutes.to_string().parse().ok()?;
        let rest = Amount::parse(&format!("0.{:04}", minutes % 60 * 10_000 / 60))?;
        (minutes % 3 == 0).then(|| Amount::whole(minutes / 60).plus(rest))
    };
    match (unit, hours(span.low), hours(span.high)) {
        (TimeUnit::Year, ..) => (
            Span {
                low: span.low.times(12),
                high: span.high.times(12),
            },
            TimeUnit::Month,
        ),
        (TimeUnit::Minute, Some(low), Some(high)) => (Span { low, high }, TimeUnit::Hour),
        _ => (span, unit),
    }
}

/// All numbers that may be a time limit.
fn scan(text: &str) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (from, before) = (at, text[..at].chars().next_back());
        let half = first == '半' && !matches!(before, Some('上' | '下' | '一' | '过' | '多' | '大'));
        let found = if half {
            Some((Some(Amount::HALF), at + first.len_utf8()))
        } else {
            numeral_at(text, at)
        };
        let Some((low, mut to)) = found else {
            at += first.len_utf8();
            continue;
        };
        let mut span = low.map(Span::exactly);
        while let Some((high, end)) = connector(text, to).and_then(|next| numeral_at(text, next)) {
            span = match (span, high) {
                (Some(span), Some(high)) if span.low == span.high && span.low <= high => {
                    Some(Span { low: span.low, high })
                }
                _ => None,
            };
            to = end;
        }
        if text[to..].starts_with('(')
            && let Some((again, end)) = numeral_at(text, to + 1)
            && text[end..].starts_with(')')
        {
            span = span.filter(|span| Some(span.high) == again);
            to = end + 1;
        }
        let more = text[to..].starts_with("个半") && unit_at(text, to + "个半".len()).is_some();
        let unit = unit_at(text, if more { to + "个半".len() } else { to });
        at = unit.map_or(to, |unit| unit.1);
        let touches = limits.last().is_some_and(|last| last.to == from);
        let negative = before == Some('-') && text[..from - 1].chars().next_back().is_none_or(|c| BREAKS.contains(&c));
        let dated = match unit {
            Some((TimeUnit::Year, _)) => span.is_none_or(|span| span.high >= Amount::whole(1900)),
            Some((TimeUnit::Month | TimeUnit::Day, _)) if !touches && matches!(before, Some('年' | '月')) => true,
            Some((TimeUnit::Month, end)) => {
                !text[to..].starts_with('个')
                    && numeral_at(text, end).is_some_and(|(_, end)| text[end..].starts_with(['日', '号']))
            }
            _ => false,
        };
        if dated || matches!(before, Some('第' | '每')) {
            continue;
        }
        let Some((written, mut to)) = unit else {
            let tail = text[to..].split(BREAKS).next().unwrap_or("");
            let short =
                text[from..to].chars().nth(8).is_none() && span.is_none_or(|span| span.high < Amount::whole(1000));
            let counted = first.is_ascii_digit() || text[from..to].chars().nth(1).is_some();
            if short
                && counted
                && !half
                && trim_glue(tail).is_empty()
                && !matches!(before, Some('件' | '表' | '类' | '级' | '号'))
            {
                let span = span.filter(|_| !negative);
                push(
                    text,
                    &mut limits,
                    Limit {
                        from,
                        to,
                        span,
                        unit: None,
                        written: None,
                    },
                );
            }
            continue;
        };
        let trailing = !half && text[to..].starts_with('半') && unit_at(text, to + '半'.len_utf8()).is_none();
        if trailing {
            to += '半'.len_utf8();
        }
        if more || trailing {
            span = span
                .filter(|span| span.low == span.high)
                .map(|span| Span::exactly(span.low.plus(Amount::HALF)));
        }
        at = to;
        let unit = UNITS
            .iter()
            .find(|(word, unit)| written == TimeUnit::Day && counts_days(*unit) && text[to..].starts_with(word));
        let written = unit.map_or(written, |unit| unit.1);
        let span = span.filter(|_| !negative);
        let (span, unit) = span.map_or((None, written), |span| {
            let (s, u) = canonical(span, written);
            (Some(s), u)
        });
        push(
            text,
            &mut limits,
            Limit {
                from,
                to,
                span,
                unit: Some(unit),
                written: Some(written),
            },
        );
    }
    limits
}

/// Joins 5日至10日 and 1年6个月; two numbers that touch in another way make none.
fn push(text: &str, limits: &mut Vec<Limit>, limit: Limit) {
    let Some(last) = limits.last_mut() else {
        return limits.push(limit);
    };
    let range = matches!(&text[last.to..limit.from], "-" | "--" | "~" | "~~" | "至" | "到");
    let sum = matches!(&text[last.to..limit.from], "" | "零" | "又");
    if !range && !sum || last.unit.is_none() && limit.unit.is_none() {
        return limits.push(limit);
    }
    let parts = (last.written, limit.written);
    let summable = matches!(
        parts,
        (Some(TimeUnit::Year), Some(TimeUnit::Month)) | (Some(TimeUnit::Hour), Some(TimeUnit::Minute))
    );
    last.span = match (last.span, limit.span) {
        (Some(a), Some(b)) if last.unit == limit.unit && a.low == a.high && b.low == b.high => {
            let ends = if range {
                (a.low, b.low)
            } else {
                (a.low.plus(b.low), a.low.plus(b.low))
            };
            let span = Span {
                low: ends.0,
                high: ends.1,
            };
            ((range && span.low <= span.high) || (sum && summable)).then_some(span)
        }
        _ => None,
    };
    last.to = limit.to;
    last.unit = last.unit.or(limit.unit);
    last.written = limit.written;
}

fn connector(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    let rest = ["--", "-", "~~", "~", "至", "到"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    Some(text.len() - rest.len())
}

/// The unit that follows a number, and where it ends.
fn unit_at(text: &str, at: usize) -> Option<(TimeUnit, usize)> {
    let rest = text[at..].strip_prefix('个').unwrap_or(&text[at..]);
    let open = rest.strip_prefix(OPEN);
    let rest = open.or(rest.strip_prefix('/')).unwrap_or(rest);
    let rest = if open.is_some() {
        rest.strip_prefix('个').unwrap_or(rest)
    } else {
        rest
    };
    // 24时 alone is a time of day.
    let clock = (rest.starts_with("时内") || rest.starts_with("时以内")).then_some(&("时", TimeUnit::Hour));
    let &(word, unit) = UNITS.iter().find(|unit| rest.starts_with(unit.0)).or(clock)?;
    let rest = &rest[word.len()..];
    if open.is_some() {
        let inner = rest.strip_prefix('内').unwrap_or(rest);
        let rest = inner.strip_prefix(CLOSE).or(inner.starts_with('\n').then_some(inner))?;
        return Some((unit, text.len() - rest.len()));
    }
    let next = rest.chars().next().unwrap_or(' ');
    let other = match word {
        "周" => "岁年边末长期一二三四五六日",
        "年" => "度龄级检审报代轻",
        "月" => "份底初末中",
        "日" => "常期报",
        "天" => "然花",
        _ => "",
    };
    (!other.contains(next)).then_some((unit, text.len() - rest.len()))
}

/// The numeral that starts here, and where it ends. Its amount is `None` where the digits make no one number: 3/5, 三五.
fn numeral_at(text: &str, at: usize) -> Option<(Option<Amount>, usize)> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let not_digit = |from: usize| {
        rest[from..]
            .find(|c: char| !c.is_ascii_digit())
            .map_or(rest.len(), |len| from + len)
    };
    if !first.is_ascii_digit() {
        let end = rest.find(|c| !number::is_chinese_digit(c)).unwrap_or(rest.len());
        let read = || {
            Amount::whole(i64::try_from(number::chinese(&rest[..end]).filter(|_| is_numeral(&rest[..end]))?).ok()?)
                .into()
        };
        return (end > 0).then(|| (read(), at + end));
    }
    let mut end = not_digit(0);
    loop {
        let mut next = rest[end..].chars();
        match next.next() {
            Some(mark @ ('.' | ',' | '、' | '/' | '+' | '*' | '×' | ' '))
                if next.next().is_some_and(|c| c.is_ascii_digit()) =>
            {
                end = not_digit(end + mark.len_utf8());
            }
            Some(c)
                if matches!(c, '多' | '余' | '几' | '来')
                    || (number::is_chinese_digit(c) && !"百千万亿".contains(c)) =>
            {
                return Some((None, at + end));
            }
            _ => break,
        }
    }
    let (whole, _) = rest[..end].split_once('.').unwrap_or((&rest[..end], ""));
    let mut groups = whole.split(',');
    let grouped = groups
        .next()
        .is_some_and(|first| first.len() <= 3 || !whole.contains(','))
        && groups.all(|group| group.len() == 3);
    let plain = rest[..end]
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    Some((
        if grouped && plain {
            Amount::parse(&rest[..end])
        } else {
            None
        },
        at + end,
    ))
}

/// Whether digits and places alternate, so that nothing is overwritten: 三五 and 十五六 are guesses, 二〇一八 is not.
fn is_numeral(text: &str) -> bool {
    let place = |c: char| "十拾百佰千仟万亿廿卅".contains(c);
    let zero = |c: char| "零〇○".contains(c);
    if !text.contains(place) {
        return text.chars().nth(1).is_none() || text.contains(zero);
    }
    let rank = |c: char| match c {
        '十' | '拾' | '廿' | '卅' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        _ => 9,
    };
    let (mut last, mut digit) = (8, false);
    for c in text.chars() {
        if place(c) {
            if rank(c) >= last && rank(c) < 9 {
                return false;
            }
            last = if rank(c) == 9 { 8 } else { rank(c) };
            digit = false;
        } else {
            if digit && !zero(c) {
                return false;
            }
            digit = !zero(c);
        }
    }
    true
}
