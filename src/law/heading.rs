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
    let plain = outside_titles(text);
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

/// The most lines of one title that is broken in lines.
const LONGEST_TITLE: usize = 6;

/// The lines before the first article; of those of the history (the first `history`, else all), a title that goes on in the next line
/// is one line.
pub(super) fn joined(lines: &[String], history: Option<usize>) -> Vec<String> {
    let told = history.unwrap_or(lines.len()).min(lines.len());
    let mut out: Vec<String> = Vec::new();
    let mut open = 0_i32;
    let mut joined = 0;
    for line in lines.iter().take(told) {
        match out.last_mut().filter(|_| open > 0 && joined < LONGEST_TITLE) {
            Some(last) => {
                last.push_str(line);
                joined += 1;
            }
            None => {
                out.push(line.clone());
                (open, joined) = (0, 0);
            }
        }
        open += line.chars().fold(0, |open, c| match c {
            '《' => open + 1,
            '》' => open - 1,
            _ => open,
        });
    }
    out
}

/// Whether a line is one of the history: it begins with a day, after 根据 or a bracket.
pub(super) fn is_history(line: &str) -> bool {
    let plain = line.trim_start_matches(['（', '(', '*', '根', '据', ' ', '\u{3000}']);
    day(plain).is_some()
}

/// What the closing articles say.
#[derive(Default)]
pub(super) struct Closing {
    /// 本法自2022年3月1日起施行.
    pub in_force: Option<Day>,
    /// Titles of laws that end with it.
    pub repeals: Vec<String>,
    /// Whether the text ends as laws do.
    pub ends: bool,
}

/// How many of the last articles may close a law, and how many of them must do so for the text to be whole.
const CLOSING: usize = 6;
const ENDING: usize = 3;

/// Reads the last articles.
pub(super) fn closing(text: &LawText) -> Closing {
    let mut closing = Closing::default();
    for (behind, article) in text.articles.iter().rev().take(CLOSING).enumerate() {
        closing.ends |= behind < ENDING && ends(&article.text);
        closing.read(&article.text);
    }
    closing
}

/// Reads the last lines of a text without articles; all of them, where it does nothing but repeal.
pub(super) fn closing_of_lines(title: &str, lines: &[String]) -> Closing {
    let repeals = title.contains("废止") && !title.contains("修改") && !title.contains("修正");
    let mut closing = Closing::default();
    for line in lines.iter().rev().take(if repeals { usize::MAX } else { ENDING }) {
        closing.read(line);
    }
    closing
}

/// Words with which laws end: when they come into force, what they repeal, who explains them.
const ENDS: &str = "起施行 起实施 起生效 起执行 起试行 日施行 日实施 日生效 日试行 日执行 后施行 后实施 后生效 后执行 时施行 即施行 开始施行 同时废止 即行废止 \
                    予以废止 负责解释 进行解释 解释权 施行日期 施行。 实施。";

fn ends(text: &str) -> bool {
    ENDS.split_whitespace().any(|words| text.contains(words))
}

impl Closing {
    fn read(&mut self, text: &str) {
        for sentence in text.split(['。', '\n', '；']) {
            let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
            if self.in_force.is_none() && says(&["施行", "实施", "生效", "执行", "试行"]) {
                let mut from = sentence.match_indices('自').map(|(at, word)| at + word.len());
                self.in_force = from.find_map(|at| in_force_from(sentence.get(at..).unwrap_or_default()));
            }
            if says(&["废止"]) {
                self.repeals.extend(repealed(sentence));
            }
        }
    }
}

/// Reads `2022年3月1日起施行`.
fn in_force_from(text: &str) -> Option<Day> {
    let (day, rest) = day(text.trim_start())?;
    let rest = rest.trim_start_matches(['起', '开', '始', '正', '式', ' ']);
    ["施行", "实施", "生效", "执行", "试行"]
        .iter()
        .any(|word| rest.starts_with(word))
        .then_some(day)
}

/// The titles, canonical, that a sentence with 废止 does away with. Not those of which single rules end (《…》中有关…的规定同时废止), nor
/// those on which the repeal rests.
fn repealed(sentence: &str) -> Vec<String> {
    let marks = '《'.len_utf8();
    let mut titles = Vec::new();
    // From the end: 《A》、《B》中的规定 names rules of both.
    let mut partly = false;
    for (from, to) in titles_in(sentence).into_iter().rev() {
        let before = sentence.get(..from - marks).unwrap_or_default().trim_end();
        let behind = without_notes(sentence.get(to + marks..).unwrap_or_default());
        let rests = ["根据", "依据", "依照", "按照"]
            .iter()
            .any(|word| before.ends_with(word));
        let rules = behind.starts_with(['中', '第', '的', '关', '施', '实', '规', '有', '所', '内', '里', '执']);
        partly = rules || (partly && behind.starts_with(['、', '和', '及', '《']));
        if !rests && !partly {
            titles.push(citations::title(sentence.get(from..to).unwrap_or_default()));
        }
    }
    titles.reverse();
    titles
}

/// What stands behind the notes in brackets.
fn without_notes(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(inner) = rest.strip_prefix(['（', '(']) {
        match inner.find(['）', ')']) {
            Some(at) => {
                rest = inner
                    .get(at..)
                    .unwrap_or_default()
                    .trim_start_matches(['）', ')'])
                    .trim_start()
            }
            None => break,
        }
    }
    rest
}

/// Where the outermost titles of a sentence stand, without their marks.
fn titles_in(sentence: &str) -> Vec<(usize, usize)> {
    let (mut depth, mut from, mut titles) = (0_i32, 0, Vec::new());
    for (at, c) in sentence.char_indices() {
        match c {
            '《' => {
                depth += 1;
                if depth == 1 {
                    from = at + c.len_utf8();
                }
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    titles.push((from, at));
                }
            }
            _ => {}
        }
    }
    titles
}

/// Folders in which laws of a place stand: `…/地方性法规/广东/…`.
const LOCAL_FOLDER: &str = "地方性法规/";
/// Folders of laws of the whole country.
const NATIONAL_FOLDERS: &str = "行政法规/ 部门规章/ 司法解释/ 宪法/";
/// Folders of national laws in LawRefBook, which have no other mark where the history is missing.
const LAW_FOLDERS: &str = "宪法相关法/ 刑法/ 民法典/ 民法商法/ 社会法/ 经济法/ 行政法/ 诉讼与非诉讼程序法/";

/// Whether a file stands in a folder of this name (with `/`).
fn in_folder(file: &str, name: &str) -> bool {
    file.match_indices(name)
        .any(|(at, _)| at == 0 || file.get(..at).is_some_and(|before| before.ends_with('/')))
}

/// The place that a title begins with: 广东省, 深圳经济特区, 黔东南苗族侗族自治州; else the one that its folder names.
pub(super) fn region(full: &str, file: &str) -> Option<String> {
    let national = NATIONAL_FOLDERS.split(' ').chain(LAW_FOLDERS.split(' '));
    if national.into_iter().any(|name| in_folder(file, name)) {
        return None;
    }
    let head: String = full.trim_start_matches('《').chars().take(18).collect();
    let ends = [
        "经济特区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "新区",
        "省",
        "市",
        "县",
    ];
    let mut found: Vec<usize> = ends
        .iter()
        .filter_map(|end| head.find(end).map(|at| at + end.len()))
        .collect();
    found.sort_unstable();
    // 市 in 城市, 市场主体 and 直辖市 names no place.
    if let Some(name) = found
        .iter()
        .find_map(|&at| head.get(..at).filter(|name| is_place(name)))
    {
        // 景宁畲族自治县 behind 浙江省 is the place of the law.
        let rest = head.get(name.len()..).unwrap_or_default();
        let inner = ["自治州", "自治县", "自治旗", "经济特区"]
            .iter()
            .filter_map(|end| rest.find(end).map(|at| at + end.len()))
            .min();
        let inner = inner.and_then(|at| rest.get(..at)).filter(|inner| is_place(inner));
        return Some(inner.unwrap_or(name).to_owned());
    }
    let (_, behind) = file.rsplit_once(LOCAL_FOLDER)?;
    let (name, _) = behind.split_once('/')?;
    Some(match name {
        "北京" | "天津" | "上海" | "重庆" => format!("{name}市"),
        "内蒙古" | "广西" | "西藏" | "宁夏" | "新疆" => name.to_owned(),
        _ if ends.iter().any(|end| name.ends_with(end)) => name.to_owned(),
        _ => format!("{name}省"),
    })
}

/// Whether a run of characters that ends as names of places do is one.
fn is_place(name: &str) -> bool {
    let count = name.chars().count();
    let others = "国务院 中国 中华 国家 城市 直辖 关于 实施 全国 超市 上市 都市 门市 县市 省市 全省 各省 人民 机关 部门 规定 管理 农村 资源 区县";
    (3..=14).contains(&count)
        && !name.contains(['的', '和', '与', '、', '第', '（', '〈', '《'])
        && !others.split(' ').any(|word| name.contains(word))
}

/// The rank of a law, by its title, its history, and the folder that it stands in.
pub(super) fn level(full: &str, region: Option<&str>, history: &[Event], file: &str) -> Option<Level> {
    let title = citations::title(full);
    let plain: Vec<String> = history.iter().map(|event| outside_titles(&event.text)).collect();
    let made = |words: &[&str]| plain.iter().any(|text| words.iter().any(|word| text.contains(word)));
    let folder = |name: &str| in_folder(file, name);
    let begins = |words: &[&str]| words.iter().any(|word| title.starts_with(word));
    let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
    Some(if title.starts_with("宪法") {
        Level::Constitution
    } else if begins(&["最高人民法院", "最高人民检察院"]) || folder("司法解释/") {
        Level::Interpretation
    } else if made(&["全国人民代表大会", "全国人大"])
        || begins(&["全国人民代表大会"])
        || title.contains("届全国人民代表大会")
    {
        Level::Law
    } else if region.is_some() || folder(LOCAL_FOLDER) {
        match made(&["人民政府令", "人民政府第", "政府令"]) && !made(&["人民代表大会", "人大常委会"])
        {
            true => Level::LocalRule,
            false => Level::LocalRegulation,
        }
    } else if ends(&["通知", "意见", "批复", "公告", "函"]) {
        Level::Normative
    } else if begins(&["国务院关于", "国务院对"]) && ends(&["决定"]) {
        Level::StateCouncilDecision
    } else if folder("行政法规/")
        || made(&[
            "国务院令",
            "国务院第",
            "国务院发布",
            "国务院公布",
            "国务院批准",
            "国务院修订",
        ])
    {
        Level::AdministrativeRegulation
    } else if LAW_FOLDERS.split(' ').any(folder) {
        Level::Law
    } else if ends(&["条例"]) && folder("部门规章/") {
        // 规章制定程序条例 art. 7: no rule of a department is called 条例.
        Level::AdministrativeRegulation
    } else if folder("部门规章/") || made(&["令第", "令〔", "部令", "局令", "委令"]) {
        Level::DepartmentRule
    } else if ends(&["法", "法典"]) && !ends(&["办法"]) {
        Level::Law
    } else {
        return None;
    })
}

/// A line without the titles in it.
fn outside_titles(text: &str) -> String {
    let mut depth = 0_i32;
    text.chars()
        .filter(|c| {
            match c {
                '《' => depth += 1,
                '》' => depth -= 1,
                _ => {}
            }
            depth <= 0 && *c != '》'
        })
        .collect()
}
