//! Administrative divisions (行政区划, GB/T 2260): the forms of their codes, and looking one up by code or by name.
//!
//! Must not know where the table comes from, and knows no division itself. Towns and villages are not in the table: of their
//! codes only the first six digits can be looked up.

use std::collections::{BTreeSet, HashMap};

/// The level of a division, by the zeros at the end of its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DivisionLevel {
    /// 省.
    Province,
    /// 市.
    City,
    /// 县.
    County,
    /// 镇.
    Town,
    /// 村.
    Village,
}

/// One name that a code had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// Six digits.
    pub code: &'static str,
    /// The name.
    pub name: &'static str,
    /// The first year of the code with this name; `None`: 1981 or not known.
    pub since: Option<u16>,
    /// The year in which it ended; `None`: it did not.
    pub until: Option<u16>,
    /// The codes that went on from there.
    pub successors: Vec<&'static str>,
}

/// What is known of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// In use.
    Live(&'a Division),
    /// Abolished.
    Gone(&'a Division),
    /// Never given out by the standard.
    Unknown,
}

/// The code of a division in its full twelve digits: right-padded from 2, 4, 6 or 9. `None`: not the code of a division.
pub fn padded(code: &str) -> Option<String> {
    let code: String = super::fold::half(code).chars().filter(|c| !c.is_whitespace()).collect();
    let right = matches!(code.len(), 2 | 4 | 6 | 9 | 12) && code.bytes().all(|b| b.is_ascii_digit());
    // 000000 and 100000 stand for the state.
    let state = code.starts_with("00") || code.starts_with("100000");
    (right && !state).then(|| format!("{code:0<12}"))
}

/// The level of a code of twelve digits.
pub fn level(padded: &str) -> DivisionLevel {
    match padded.len() - padded.trim_end_matches('0').len() {
        10.. => DivisionLevel::Province,
        8.. => DivisionLevel::City,
        6.. => DivisionLevel::County,
        3.. => DivisionLevel::Town,
        _ => DivisionLevel::Village,
    }
}

/// The table of divisions.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    /// Sorted by code, then by year.
    entries: Vec<Division>,
    /// Full name → entries.
    names: HashMap<&'static str, Vec<usize>>,
    /// Name without what sort of division it is → entries that are in use.
    shorts: HashMap<String, Vec<usize>>,
}

impl Divisions {
    /// A table of entries that are sorted by code, then by year.
    pub fn new(entries: Vec<Division>) -> Divisions {
        let mut names: HashMap<&'static str, Vec<usize>> = HashMap::new();
        let mut shorts: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !collective(entry)) {
            names.entry(entry.name).or_default().push(at);
            if entry.until.is_none() {
                for short in shorts_of(entry.name) {
                    shorts.entry(short).or_default().push(at);
                }
            }
        }
        Divisions { entries, names, shorts }
    }

    /// All entries.
    pub fn entries(&self) -> &[Division] {
        &self.entries
    }

    /// All names that the first six digits of a code had, oldest first.
    pub fn names_of(&self, code: &str) -> &[Division] {
        let Some(code) = code.get(..6) else { return &[] };
        let from = self.entries.partition_point(|entry| entry.code < code);
        let len = self.entries[from..].partition_point(|entry| entry.code == code);
        &self.entries[from..from + len]
    }

    /// What is known of a code of 2, 4, 6, 9 or 12 digits; `None` where the text is no such code, or stands for the state.
    pub fn standing(&self, code: &str) -> Option<Standing<'_>> {
        let code = padded(code)?;
        Some(match self.names_of(&code).last() {
            Some(entry) if entry.until.is_none() => Standing::Live(entry),
            Some(entry) => Standing::Gone(entry),
            None => Standing::Unknown,
        })
    }

    /// The divisions above one, the nearest first, as they were called when it ended.
    pub fn above(&self, entry: &Division) -> Vec<&Division> {
        let year = entry.until.unwrap_or(u16::MAX);
        let parents = [(4, "00"), (2, "0000")].map(|(digits, zeros)| format!("{}{zeros}", &entry.code[..digits]));
        parents
            .iter()
            .filter(|code| *code != entry.code)
            .filter_map(|code| {
                let names = self.names_of(code);
                let then = names.iter().find(|name| name.until.unwrap_or(u16::MAX) >= year);
                then.or(names.last()).filter(|parent| !collective(parent))
            })
            .collect()
    }

    /// The divisions in use that went on from one that is no more, through those that are no more themselves.
    pub fn heirs(&self, gone: &Division) -> Vec<&Division> {
        let mut heirs = BTreeSet::new();
        let mut seen: BTreeSet<&str> = BTreeSet::from([gone.code]);
        let mut open = gone.successors.clone();
        while let Some(code) = open.pop() {
            if !seen.insert(code) {
                continue;
            }
            match self.names_of(code).last() {
                Some(entry) if entry.until.is_none() => {
                    heirs.insert(entry.code);
                }
                Some(entry) => open.extend(&entry.successors),
                None => {}
            }
        }
        heirs
            .into_iter()
            .filter_map(|code| self.names_of(code).last())
            .collect()
    }

    /// What a division is called, with the one above it in front where the name alone could mean another. `None` for towns
    /// and villages, and for what is no known code.
    pub fn name(&self, code: &str) -> Option<String> {
        let code = padded(code)?;
        if level(&code) > DivisionLevel::County {
            return None;
        }
        let entry = self.names_of(&code).last()?;
        let others = self.names.get(entry.name).map_or(&[][..], Vec::as_slice);
        let another = |at: &usize| self.entries[*at].code != entry.code && self.entries[*at].until.is_none();
        match self.above(entry).first() {
            Some(above) if collective(entry) || others.iter().any(another) => {
                Some(format!("{}{}", above.name, entry.name))
            }
            _ => Some(entry.name.to_owned()),
        }
    }

    /// The divisions that a text is the name of: 天河区, 广州市天河区, 广东省, 广东, 恩施州, 广州市本级. None: it is no such name;
    /// several: it could mean each of them. What is no more counts only where nothing in use has the name.
    pub fn by_name(&self, text: &str) -> Vec<&'static str> {
        let text: String = super::fold::half(text).chars().filter(|c| !c.is_whitespace()).collect();
        let text = text.strip_suffix("本级").unwrap_or(&text);
        let mut found: BTreeSet<(bool, &'static str)> = BTreeSet::new();
        for (at, _) in text.char_indices() {
            let (before, name) = text.split_at(at);
            for &entry in self.names.get(name).into_iter().flatten() {
                let entry = &self.entries[entry];
                if self.leads_to(before, entry) {
                    found.insert((entry.until.is_some(), entry.code));
                }
            }
        }
        if found.is_empty()
            && let Some(short) = self.shorts.get(text)
            // 合作, 平安, 和平 are counties too, but mostly words.
            && short.iter().any(|&at| self.entries[at].code.ends_with("00"))
        {
            found.extend(short.iter().map(|&at| (false, self.entries[at].code)));
        }
        let live = found.first().is_some_and(|(gone, _)| !gone);
        found
            .iter()
            .filter(|(gone, _)| *gone != live)
            .map(|(_, code)| *code)
            .collect()
    }

    /// Whether a text in front of a division's name is the names of what stands above it.
    fn leads_to(&self, text: &str, entry: &Division) -> bool {
        let mut rest = text;
        for above in self.above(entry) {
            let forms = shorts_of(above.name).into_iter().chain([above.name.to_owned()]);
            if let Some(before) = forms
                .filter_map(|form| rest.strip_suffix(form.as_str()))
                .min_by_key(|s| s.len())
            {
                rest = before;
            }
        }
        rest.is_empty()
    }
}

/// Names that only gather divisions (市辖区, 省直辖县级行政区划): they name no place.
fn collective(entry: &Division) -> bool {
    matches!(entry.name, "市辖区" | "县") || entry.name.ends_with("直辖县级行政区划")
}

const SORTS: [&str; 13] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "省",
    "市",
    "盟",
    "区",
    "县",
    "旗",
    "州",
];

/// Peoples in the names of autonomous divisions.
const PEOPLES: [&str; 22] = [
    "维吾尔",
    "壮族",
    "回族",
    "朝鲜族",
    "土家族",
    "苗族",
    "藏族",
    "羌族",
    "彝族",
    "布依族",
    "侗族",
    "哈尼族",
    "傣族",
    "白族",
    "景颇族",
    "傈僳族",
    "蒙古族",
    "蒙古",
    "哈萨克",
    "柯尔克孜",
    "满族",
    "各族",
];

/// A name without what sort of division it is: 广东, 新疆, 恩施 and 恩施州.
fn shorts_of(name: &str) -> Vec<String> {
    let Some((sort, mut rest)) = SORTS.iter().find_map(|sort| Some((sort, name.strip_suffix(sort)?))) else {
        return Vec::new();
    };
    if sort.starts_with("自治") {
        let people = |rest: &'_ str| PEOPLES.iter().find_map(|people| Some(rest.strip_suffix(people)?.len()));
        // 内蒙古 is the name itself.
        while let Some(before) = people(rest).filter(|&before| rest[..before].chars().count() > 1) {
            rest = &rest[..before];
        }
    }
    // One character is no name: 沛县 is never called 沛.
    if rest.chars().count() < 2 {
        return Vec::new();
    }
    let mut shorts = vec![rest.to_owned()];
    if *sort == "自治州" {
        shorts.push(format!("{rest}州"));
    }
    shorts
}
