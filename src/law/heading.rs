//! What stands around the articles: the day in a file's name, the history under the title, the closing articles, level and place.
//!
//! Must not know articles as such.

use crate::model::{Day, Event, Happened, LawText, Level};
use crate::normalise::citations;

/// Splits the day off a name: `行政许可法(2019-04-23)`.
pub(super) fn dated(stem: &str) -> (&str, Option<Day>) {
    let split = stem
        .strip_suffix([')', '）'])
        .and_then(|open| open.rsplit_once(['(', '（']));
    match split.and_then(|(name, day)| Some((name, Day::iso(day.trim())?))) {
        Some((name, day)) => (name.trim_end(), Some(day)),
        None => (stem, None),
    }
}

/// Reads `2019年4月23日` at the start of a text.
fn day(text: &str) -> Option<(Day, &str)> {
    let number = |text: &'_ str| -> Option<(u16, usize)> {
        let len = text.bytes().take_while(u8::is_ascii_digit).count();
        Some((
            text.get(..len)
                .filter(|digits| (1..=4).contains(&digits.len()))?
                .parse()
                .ok()?,
            len,
        ))
    };
    let mut rest = text;
    let mut parts = [0_u16; 3];
    for (part, unit) in parts.iter_mut().zip(['年', '月', '日']) {
        let (value, len) = number(rest)?;
        *part = value;
        rest = rest.get(len..)?.trim_start().strip_prefix(unit)?.trim_start();
    }
    let [year, month, day] = parts;
    Some((
        Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?,
        rest,
    ))
}

/// What a line under the title says: one event for each day in it, for amendments may follow each other in one line.
pub(super) fn events(line: &str) -> Vec<Event> {
    let mut starts: Vec<(usize, Day)> = Vec::new();
    let mut in_title = 0_i32;
    let mut behind_digit = false;
    for (at, c) in line.char_indices() {
        match c {
            '《' => in_title += 1,
            '》' => in_title -= 1,
            _ => {}
        }
        if c.is_ascii_digit() && !behind_digit && in_title == 0 {
            if let Some((day, _)) = line.get(at..).and_then(day) {
                starts.push((at, day));
            }
        }
        behind_digit = c.is_ascii_digit();
    }
    let mut events = Vec::new();
    for (index, &(at, day)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(line.len(), |next| next.0);
        let text = line.get(at..end).unwrap_or_default();
        if let Some(what) = happened(text) {
            events.push(Event {
                day,
                what,
                number: citations::document_number(text),
                text: text.trim_end_matches(['根', '据', ' ', '\u{3000}']).to_owned(),
            });
        }
    }
    events
}

/// What the words behind a day say. The title of the decision that amends does not count.
fn happened(text: &str) -> Option<Happened> {
    let mut plain = String::new();
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ if depth <= 0 => plain.push(c),
            _ => {}
        }
    }
    let says = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    Some(if says(&["废止"]) {
        Happened::Repealed
    } else if says(&["修订"]) {
        Happened::Revised
    } else if says(&["修正", "修改"]) {
        Happened::Amended
    } else if says(&["通过", "公布", "发布", "批准", "颁布"]) {
        Happened::Made
    } else if says(&["施行", "实施", "生效"]) {
        Happened::InForce
    } else {
        return None;
    })
}

/// What the closing articles say.
pub(super) struct Closing {
    /// 本法自2022年3月1日起施行.
    pub in_force: Option<Day>,
    /// Titles of laws that end with it.
    pub repeals: Vec<String>,
    /// Whether the text ends as laws do.
    pub ends: bool,
}

/// How many of the last articles may close a law.
const CLOSING: usize = 4;

/// Reads the last articles.
pub(super) fn closing(text: &LawText) -> Closing {
    let from = text.articles.len().saturating_sub(CLOSING);
    let mut closing = Closing {
        in_force: None,
        repeals: Vec::new(),
        ends: false,
    };
    for article in text.articles.iter().skip(from) {
        for sentence in article.text.split(['。', '\n', '；']) {
            closing.ends |= ["施行", "实施", "生效", "废止"]
                .iter()
                .any(|word| sentence.contains(word));
            let in_force = sentence.contains("起施行") || sentence.contains("起实施") || sentence.contains("起生效");
            if let Some((_, rest)) = sentence.split_once('自').filter(|_| in_force)
                && let Some((day, _)) = day(rest.trim_start())
            {
                closing.in_force = Some(day);
            }
            if sentence.contains("废止") {
                closing.repeals.extend(titles_in(sentence));
            }
        }
    }
    closing
}

/// The outermost titles in a sentence, canonical.
fn titles_in(sentence: &str) -> Vec<String> {
    let (mut depth, mut from, mut titles) = (0_i32, 0, Vec::new());
    for (at, c) in sentence.char_indices() {
        match c {
            '《' => {
                depth += 1;
                if depth == 1 {
                    from = at + c.len_utf8();
                }
            }
            '》' => {
                depth -= 1;
                if depth == 0 {
                    titles.push(citations::title(sentence.get(from..at).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    titles
}

/// The place that a title begins with: 广东省, 深圳经济特区, 黔东南苗族侗族自治州.
pub(super) fn region(full: &str) -> Option<String> {
    let head: String = full.chars().take(16).collect();
    let ends = ["经济特区", "自治区", "自治州", "自治县", "省", "市"];
    let at = ends
        .iter()
        .filter_map(|end| head.find(end).map(|at| at + end.len()))
        .min()?;
    let name = head.get(..at)?;
    // 城市, 市场主体 and 直辖市 are no names of places.
    let count = name.chars().count();
    let place = (3..=12).contains(&count)
        && !name.contains(['关', '的', '全'])
        && !["国务院", "中华", "城市", "直辖"]
            .iter()
            .any(|word| name.contains(word));
    place.then(|| name.to_owned())
}

/// The rank of a law, by the folder that it stands in, its title and its history.
pub(super) fn level(full: &str, region: Option<&str>, history: &[Event], file: &str) -> Option<Level> {
    let title = citations::title(full);
    let made = |words: &[&str]| {
        history
            .iter()
            .any(|event| words.iter().any(|word| event.text.contains(word)))
    };
    if title.starts_with("宪法") {
        Some(Level::Constitution)
    } else if region.is_some() || file.contains("地方性法规") {
        let by_government = made(&["人民政府令", "人民政府第"]) && !made(&["人民代表大会"]);
        Some(if by_government {
            Level::LocalRule
        } else {
            Level::LocalRegulation
        })
    } else if file.contains("部门规章") {
        Some(Level::DepartmentRule)
    } else if file.contains("司法解释") {
        Some(Level::Interpretation)
    } else if made(&["全国人民代表大会"]) {
        Some(Level::Law)
    } else if file.contains("行政法规") || made(&["国务院令", "国务院第", "国务院发布", "国务院公布"])
    {
        Some(Level::AdministrativeRegulation)
    } else if made(&["令第", "令〔"]) {
        Some(Level::DepartmentRule)
    } else {
        None
    }
}
