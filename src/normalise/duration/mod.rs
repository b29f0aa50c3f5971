//! Time limits (时限): reads 20(工作日), 自受理之日起二十日内, 即办, 无期限 … into their normal form.
//!
//! Must not know elements, columns or rules: the words of the vocabulary and the unit that a header names are handed in. Never
//! guesses: a text with two limits of which neither is clearly the main one has none. Every part of it looks at a text from left to
//! right once, so that a megabyte costs a megabyte of work.

mod excluded;
mod limits;
mod starts;
mod words;

use super::scan::{Words, words};
use super::{Parts, Role, enumerate, fold};
use crate::model::{Amount, Duration, Span, TimeUnit, UnknownWhy, Value};

use excluded::{EXCLUDED, EXCLUDING, excluded, says_only};
use limits::{Limit, scan};
use starts::{event, start_after};
pub use words::TimeWords;
use words::{GLUE, breaks, closes, counts_days, ends_sentence, unit_word};

/// The steps of a procedure: what takes 5 days in each of two of them takes ten.
static STEPS: Words =
    words!("受理 初审 复审 审查 审核 审批 核准 决定 办结 制证 颁证 发证 颁发 送达 公示 公告 勘查 勘验 评审 签发 补正");
/// By which the limit may be made longer. 延期 alone may be the name of a case.
static PERMITS: Words = words!("可以 可延 可再 可适当 批准 负责人 同意 确需 需要延 需延 不能 特殊情况 情况复杂");
static LONGER: Words = words!("延长 顺延 延期 展期 延至");
static EXTENDED: Words = words!("延长 顺延");
/// What only seems to make a limit longer.
static NOT_EXTENDED: Words = words!("节假日 假日 不得延 不可延 不能延 不予延 不再延");
static COMPLETE: Words = words!("齐全 齐备 完备");
/// A limit for each period is none for the whole: 每季度20个工作日.
static EVERY: Words = words!("每季 每年 每月 每周 每旬 每半年 每两年 每学期 每学年 每日 每天 每批 每期");
static EXTENDED_TO: Words = words!("期限 至 到");
/// What opens a part of the whole: 20个工作日（含公示7日）.
static INCLUDING: Words = words!("含 包括 包含 内含");
/// Other times than that of the handling.
static OTHER_TIME: Words = words!("有效期 届满 期满 任期 学制");
static BEFOREHAND: Words = words!("前 每 提前 提前至少");
static EARLIER: Words = words!("前 之前 以前");
static AT_MOST: Words = words!("不超过 不得超过 不能超过 不会超过 不可超过 不应超过 未超过");
static AT_LEAST: Words = words!("至少 少于 低于 多于 高于 大于 不足 不到 满 约 大概 ≥ + 加");
static AND_MORE: Words = words!("以上 及以上 (含)以上 左右 上下 多 余 开外 +");
/// By 行政许可法 arts. 42, 44 the limit runs to the decision, delivery comes on top.
static DELIVERY_AFTER: Words = words!("决定 批准 办结");

/// A limit with what the words around it say.
struct Found {
    amount: (Span, TimeUnit),
    /// The event it runs from, if said: `Some(None)` is the acceptance.
    start: Option<Option<String>>,
    step: Option<&'static str>,
}

/// The unit that a word or a code of a unit column names: 工作日, 个工作日, （工作日）, 单位：工作日, 1.
pub fn unit(text: &str) -> Option<TimeUnit> {
    let text = compact(&fold::half(text));
    match text.as_str() {
        "1" | "01" => Some(TimeUnit::WorkingDay),
        // Unverified: a system may mean another unit by it.
        "2" | "02" => Some(TimeUnit::CalendarDay),
        "时" => Some(TimeUnit::Hour),
        // 工作日(W)
        _ => unit_word(&text).or_else(|| {
            let (front, code) = text.strip_suffix(')')?.split_once('(')?;
            unit_word(front).filter(|_| !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric()))
        }),
    }
}

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    let Some(text) = parts.text(Role::Value) else {
        return Value::Empty;
    };
    if let Some(duration) = parse(text, parts.text(Role::Unit), &vocabulary.time) {
        return Value::Duration(duration);
    }
    let why = if vocabulary.only_refers(text) {
        UnknownWhy::Refers
    } else {
        UnknownWhy::Unreadable
    };
    Value::Unknown(why, fold::spelling(text))
}

/// Reads a time limit. `unit_hint` comes from a unit column or a header and counts where the text names no unit or only a
/// bare 天 or 日. `None` where the text holds no limit, or several.
pub fn parse(text: &str, unit_hint: Option<&str>, words: &TimeWords) -> Option<Duration> {
    let mut duration = parse_once(text, unit_hint, words)?;
    let reads_back = |duration: &Duration| {
        parse_once(&duration.to_string(), None, words).is_some_and(|again| {
            let same = (again.span, again.unit) == (duration.span, duration.unit);
            same && again.start == duration.start && again.excludes == duration.excludes
        })
    };
    if duration.excludes.is_empty() && duration.start.is_none() || reads_back(&duration) {
        return Some(duration);
    }
    // What is not counted is not certain; the limit is.
    duration.excludes.clear();
    // A start that does not read back holds a word that means something else.
    (duration.start.is_none() || reads_back(&duration)).then_some(duration)
}

fn parse_once(text: &str, unit_hint: Option<&str>, words: &TimeWords) -> Option<Duration> {
    let half = fold::half(text);
    let mut text = String::with_capacity(half.len() + 1);
    for entry in enumerate::entries(&half) {
        // 20、30个工作日 is no list that starts at 20.
        if text.is_empty() && entry.number > 1 && entry.text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        compact_into(&mut text, entry.text);
        text.push('\n');
    }
    let text = words.spell(&text);
    let pieces = || text.split(breaks).filter(|piece| !piece.is_empty());
    let limits = scan(&text);
    if limits.is_empty() {
        let endless = pieces().take(4).count() < 4 && pieces().any(|piece| words.endless(piece));
        return (endless && !text.contains("有效")).then(Duration::unlimited);
    }
    let mut stated = pieces().filter_map(unit_word).filter(|&unit| counts_days(unit));
    let hints = (stated.next(), unit_hint.and_then(self::unit));
    let found = counted(&text, &limits, hints)?;
    let first = found.first()?;
    let mut starts = found.iter().filter_map(|found| found.start.as_ref());
    let start = starts.next();
    // 受理5个工作日，审查5个工作日 makes ten.
    let agree = |next: &Found| (next.amount, next.step) == (first.amount, first.step);
    let differ = stated.any(|unit| Some(unit) != hints.0) || starts.any(|next| Some(next) != start);
    if differ || !found.iter().all(agree) {
        return None;
    }
    let mut duration = Duration::of(first.amount.0, first.amount.1);
    // 20个工作日 beside a column that says 自然日: one of them is wrong, and nobody knows which. A code proves nothing against a word.
    let worded = hints
        .1
        .filter(|&hint| counts_days(hint) && unit_hint.is_some_and(|hint| !holds_digit(hint)));
    if !duration.immediate() && counts_days(duration.unit) && worded.is_some_and(|hint| hint != duration.unit) {
        return None;
    }
    // What is done on the spot has one normal form.
    if !duration.immediate() {
        duration.start = start.cloned().flatten();
        if EXCLUDED.within(&text) || EXCLUDING.within(&text) {
            (duration.uncounted, duration.excludes) = excluded(pieces())
                .into_iter()
                .partition(|what| words.uncounted(what) && by_law(what, duration.unit));
        }
        duration.extension = extension(&text);
        duration.complete =
            duration.start.is_none() && pieces().any(|piece| COMPLETE.ends(piece) && !EXCLUDING.within(piece));
    }
    Some(duration)
}

/// Whether the law does not count this in such a unit: a holiday is no working day (行政许可法 art. 82), but it is a day of the calendar.
fn by_law(what: &str, unit: TimeUnit) -> bool {
    !what.contains("假日") || matches!(unit, TimeUnit::WorkingDay | TimeUnit::Day)
}

fn holds_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Whether the text says that the limit may be made longer, and by how much.
fn extension(text: &str) -> Option<Option<(Span, TimeUnit)>> {
    if !LONGER.within(text) {
        return None;
    }
    let permits = PERMITS.within(text);
    // 自延长之日起 is an event, and 不含延长时间 an exclusion.
    let other = |piece: &str| {
        piece.contains('起') || EXCLUDING.within(piece) || EXCLUDED.within(piece) || NOT_EXTENDED.within(piece)
    };
    let says = |piece: &&str| (piece.contains("延长") || (permits && LONGER.within(piece))) && !other(piece);
    let mut found = None;
    for piece in text.split(breaks).filter(says) {
        let by = scan(piece).into_iter().find_map(|limit| {
            let one = Duration::of(limit.span?, limit.unit?);
            Some((one.span?, one.unit))
        });
        found = Some(by);
        if by.is_some() {
            break;
        }
    }
    found
}

/// What the sentence that is being read has said so far.
struct Sentence {
    fresh: bool,
    permits: bool,
    longer: bool,
    part: bool,
}

impl Sentence {
    const START: Sentence = Sentence {
        fresh: true,
        permits: false,
        longer: false,
        part: false,
    };

    /// Takes in the words between two numbers, and gives those of the sentence that the second one stands in.
    fn hear<'a>(&mut self, words: &'a str) -> &'a str {
        let said = words.rsplit(ends_sentence).next().unwrap_or("");
        if said.len() < words.len() {
            *self = Sentence::START;
        }
        if said.is_empty() {
            return said;
        }
        self.permits |= PERMITS.within(said);
        self.longer |= LONGER.within(said);
        let open = said.rsplit(closes).next().unwrap_or("");
        self.part &= open.len() == said.len();
        let mut opens = self.fresh || open.len() < said.len();
        for piece in open.split(breaks) {
            self.part |= piece.contains("其中") || (opens && INCLUDING.begins(piece));
            opens = true;
        }
        self.fresh = false;
        said
    }

    /// Whether a number here is that of a part, or of the time by which the limit may be made longer.
    fn sets_apart(&self) -> bool {
        self.part || (self.permits && self.longer)
    }
}

/// Sorts out which limits count, with the unit that the text states for all and that of the column. `None` where one of
/// them cannot be read.
fn counted(text: &str, limits: &[Limit], hints: (Option<TimeUnit>, Option<TimeUnit>)) -> Option<Vec<Found>> {
    let (mut found, mut deliveries, mut end) = (Vec::new(), Vec::new(), 0);
    let mut sentence = Sentence::START;
    for (i, limit) in limits.iter().enumerate() {
        let mut back = sentence.hear(&text[end..limit.from]).rsplit(breaks);
        // A number is part of its sentence.
        sentence.fresh = false;
        end = limit.to;
        let lead = back.next().unwrap_or("");
        let bare = GLUE.off(lead).is_empty();
        let previous = back.find(|piece| !piece.is_empty()).unwrap_or("");
        let asked = if bare { previous } else { lead };
        let tail = &text[limit.to..limits.get(i + 1).map_or(text.len(), |next| next.from)];
        let mut pieces = tail.split(breaks);
        let after = pieces.next().unwrap_or("");
        let longer = EXTENDED
            .split(lead)
            .is_some_and(|(_, rest)| GLUE.off(EXTENDED_TO.off_start(rest)).is_empty());
        let next = pieces.find(|piece| !piece.is_empty()).unwrap_or("");
        if (sentence.sets_apart() || longer)
            || (says_only(next) || EXCLUDING.within(lead) || EXCLUDED.within(after))
            || OTHER_TIME.within(asked)
            || BEFOREHAND.ends(lead)
            || EARLIER.begins(after)
        {
            continue;
        }
        if EVERY.within(lead) {
            return None;
        }
        if (lead.ends_with("超过") && !AT_MOST.ends(lead)) || AT_LEAST.ends(lead) || AND_MORE.begins(tail) {
            return None;
        }
        let day = limit.unit == Some(TimeUnit::Day);
        let unit = match (limit.unit, hints.0) {
            (Some(unit), Some(stated)) if counts_days(unit) && unit != stated => return None,
            // Where the text itself says 自然日, the column of units beside it is not asked.
            (Some(unit), _) if !day => unit,
            (unit, stated) => stated.or(hints.1.filter(|&hint| !day || counts_days(hint))).or(unit)?,
        };
        let own = event(asked);
        if limit.unit.is_none() && limits.len() == 1 && own.is_none() && !bare {
            return None;
        }
        let named = [after, if own.is_some() { "" } else { asked }];
        let step = named.iter().find_map(|text| STEPS.find(text)).map(|(_, step)| *step);
        let start = own.or_else(|| start_after(tail, i + 1 < limits.len()));
        let delivery = matches!(&start, Some(Some(event)) if DELIVERY_AFTER.within(event));
        let list = if delivery { &mut deliveries } else { &mut found };
        let one = Duration::of(limit.span?, unit);
        // 5当日 is nothing.
        if unit == TimeUnit::SameDay && one.span != Some(Span::exactly(Amount::whole(1))) {
            return None;
        }
        list.push(Found {
            amount: (one.span?, one.unit),
            start,
            step,
        });
    }
    Some(if found.is_empty() { deliveries } else { found })
}

/// Without spaces, titles and quotation marks. A space between two digits stays: `2 0` is not 20.
fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    compact_into(&mut out, text);
    out
}

fn compact_into(out: &mut String, text: &str) {
    let (mut space, mut title) = (false, false);
    let last = text.rfind('》').unwrap_or(0);
    for (at, c) in text.char_indices() {
        match c {
            '》' => title = false,
            _ if title => {}
            '《' => title = at < last,
            ' ' => space = true,
            '"' | '\'' | '*' => {}
            _ => {
                let digits = space && c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit());
                out.extend(digits.then_some(' '));
                // 工作曰 is a frequent slip.
                out.push(if c == '曰' { '日' } else { c });
                space = false;
            }
        }
    }
}

/// Laws, and what cannot be said as a case (`tests/cases/elements/duration.toml`).
#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    fn words() -> TimeWords {
        TimeWords::new(
            &list("即办件 即时办理 即时办结 当场 当场办理 当场办结 现场办结 现场办理 立等可取 秒批"),
            &list("当天 当日办结 当天办结"),
            &list("无时限 长期 不限 无法定办结时限"),
            &list("听证 检测 检验 专家评审 招标 法定节假日 补正材料"),
        )
    }

    #[test]
    fn units() {
        for (text, want) in [
            ("工作日", Some(TimeUnit::WorkingDay)),
            ("工作日(W)", Some(TimeUnit::WorkingDay)),
            ("工作日（自然日）", None),
            ("个工作日", Some(TimeUnit::WorkingDay)),
            ("工作天", Some(TimeUnit::WorkingDay)),
            ("1", Some(TimeUnit::WorkingDay)),
            ("单位：工作日", Some(TimeUnit::WorkingDay)),
            ("（工作日）", Some(TimeUnit::WorkingDay)),
            ("自然日", Some(TimeUnit::CalendarDay)),
            ("日历日", Some(TimeUnit::CalendarDay)),
            ("日历天", Some(TimeUnit::CalendarDay)),
            ("天", Some(TimeUnit::Day)),
            ("日", Some(TimeUnit::Day)),
            ("周", Some(TimeUnit::Week)),
            ("星期", Some(TimeUnit::Week)),
            ("月", Some(TimeUnit::Month)),
            ("个月", Some(TimeUnit::Month)),
            ("年", Some(TimeUnit::Year)),
            ("小时", Some(TimeUnit::Hour)),
            ("时", Some(TimeUnit::Hour)),
            ("分钟", Some(TimeUnit::Minute)),
            ("3", None),
            ("", None),
            ("个", None),
        ] {
            assert_eq!(unit(text), want, "{text}");
        }
    }

    #[test]
    fn hints_that_do_not_help() {
        for (text, hint) in [
            ("20", "不知"),
            ("20", ""),
            ("20；30", "工作日"),
            ("20个工作日", "自然日"),
            ("20自然日", "工作日"),
            ("一般20，复杂30个工作日", "工作日"),
            ("见20楼", "工作日"),
            ("", "工作日"),
        ] {
            assert_eq!(parse(text, Some(hint), &words()), None, "{text} {hint}");
        }
    }

    #[test]
    fn what_is_not_counted() {
        for (text, uncounted, excludes) in [
            ("20个工作日（不含听证、检测、专家评审时间）", "专家评审 听证 检测", ""),
            ("20个工作日（听证、检测和专家评审除外）", "专家评审 听证 检测", ""),
            ("20个工作日（听证、招标等所需时间不计入）", "听证 招标", ""),
            (
                "20个工作日，依法需要听证、检验的，所需时间不计算在规定的期限内",
                "听证 检验",
                "",
            ),
            ("20个工作日（法定节假日除外）", "法定节假日", ""),
            ("20个工作日，不包括补正材料时间。", "补正材料", ""),
            ("20个工作日（不含公示7个工作日）", "", "公示"),
            ("20个工作日（不含公示、听证、制证时间）", "听证", "公示 制证"),
            ("20个工作日（不含公示期）", "", "公示"),
            ("20个工作日，不含公示期限", "", "公示"),
            ("20个工作日（公示期不计入）", "", "公示"),
            ("20个自然日（不含法定节假日）", "", "法定节假日"),
            ("20日（不含法定节假日）", "法定节假日", ""),
            ("20个工作日", "", ""),
        ] {
            let duration = parse(text, None, &words()).unwrap_or_else(|| panic!("{text}"));
            let said = (duration.uncounted.join(" "), duration.excludes.join(" "));
            assert_eq!(said, (uncounted.to_owned(), excludes.to_owned()), "{text}");
        }
    }
}
