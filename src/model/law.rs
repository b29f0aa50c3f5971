//! Law texts: titles, versions, articles; and what is said of a citation that was held against them.
//!
//! Must not know how law texts are read, stored or searched.

use std::fmt::{self, Display};
use std::sync::Arc;

use super::Article;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The year, four digits.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Day {
    /// The day, if there is such a one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let most = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let real = (1900..=2199).contains(&year) && (1..=12).contains(&month) && (1..=most).contains(&day);
        real.then_some(Day { year, month, day })
    }

    /// Reads `2019-04-23`.
    pub fn iso(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        let shaped = digits(year, 4) && digits(month, 2) && digits(day, 2) && parts.next().is_none();
        match shaped {
            true => Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
            false => None,
        }
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The rank of a law (立法法 2023 art. 98 to 103), highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 宪法.
    Constitution,
    /// 法律, and decisions of the National People's Congress and its Standing Committee.
    Law,
    /// 行政法规.
    AdministrativeRegulation,
    /// 国务院决定, which may set up permits (行政许可法 art. 14).
    StateCouncilDecision,
    /// 地方性法规.
    LocalRegulation,
    /// 部门规章.
    DepartmentRule,
    /// 地方政府规章.
    LocalRule,
    /// 司法解释.
    Interpretation,
    /// 规范性文件.
    Normative,
}

impl Level {
    /// The word in data and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Level::Constitution => "constitution",
            Level::Law => "law",
            Level::AdministrativeRegulation => "administrative-regulation",
            Level::StateCouncilDecision => "state-council-decision",
            Level::LocalRegulation => "local-regulation",
            Level::DepartmentRule => "department-rule",
            Level::LocalRule => "local-rule",
            Level::Interpretation => "interpretation",
            Level::Normative => "normative-document",
        }
    }
}

/// What happened to a law on a day, by a line under its title (题注: 行政法规制定程序条例) .
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Happened {
    /// 通过, 公布, 发布, 批准: made.
    Made,
    /// 修正: single articles changed.
    Amended,
    /// 修订: written anew; articles are numbered anew.
    Revised,
    /// 施行: in force from this day.
    InForce,
    /// 废止.
    Repealed,
}

/// A line of the history of a law.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// When.
    pub day: Day,
    /// What.
    pub what: Happened,
    /// The document number, where the line names one: 国务院令第656号.
    pub number: Option<String>,
    /// The line as it stands.
    pub text: String,
}

/// An article as the text has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleText {
    /// Its number.
    pub article: Article,
    /// The line of the file, from 1.
    pub line: u32,
    /// The text without 第X条, its lines divided by `\n`: a line that begins with （一） is a subparagraph (项), every other line a
    /// paragraph (款).
    pub text: String,
}

/// Why a text is not whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// No article was found.
    NoArticles,
    /// These numbers are missing between the first and the last article.
    Gap(Vec<u32>),
    /// Its last articles are not such as end laws (in force from, repeals, who explains it): it may have been cut off.
    CutOff,
    /// An article stands in it twice, with other words.
    Twice(Vec<Article>),
}

/// The articles of a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawText {
    /// In the order of the text.
    pub articles: Vec<ArticleText>,
}

impl LawText {
    /// An article by its number; of two, the first.
    pub fn article(&self, article: Article) -> Option<&ArticleText> {
        self.articles.iter().find(|one| one.article == article)
    }
}

/// One dated text of a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The day of the last amendment that stands in it, else on which it was made; none where neither the file's name nor the lines
    /// under the title say so.
    pub day: Option<Day>,
    /// The day from which it is in force, where the text says so; where only single articles were changed since, that of the first
    /// version: see [`Version::since`].
    pub in_force: Option<Day>,
    /// What the lines under the title say, in order.
    pub history: Vec<Event>,
    /// What is missing in it. Nothing is said of an article that is missing in a text that is not whole.
    pub lacks: Vec<Lack>,
    /// Titles that its last articles repeal (《…》同时废止), canonical.
    pub repeals: Vec<String>,
    /// The files that it was read from.
    pub files: Vec<Arc<str>>,
    /// The articles. None where only what is known of the law was loaded.
    pub text: Option<Arc<LawText>>,
}

impl Version {
    /// The day from which it counts: in force, else made. A text of which single articles were changed later still says when its
    /// first version came into force.
    pub fn since(&self) -> Option<Day> {
        self.in_force.max(self.day)
    }

    /// Whether an article that is not in it does not exist.
    pub fn is_whole(&self) -> bool {
        self.lacks.is_empty()
    }
}

/// A law: one title, all its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// The canonical title (`normalise::citations::title`): without 《》 and 中华人民共和国.
    pub title: String,
    /// The title as the text has it.
    pub full: String,
    /// Its rank, where it can be told.
    pub level: Option<Level>,
    /// The place that a local law is of, as its title says: 广东省, 汕头经济特区. None for national ones.
    pub region: Option<String>,
    /// The versions, the oldest first; those without a day first of all.
    pub versions: Vec<Version>,
    /// Who repealed it and from when, where a law of the library says so.
    pub repealed: Option<Repeal>,
}

impl Law {
    /// The version in force on a day: the last that counts from that day or before, so that none does before the first. Without
    /// a day the newest, whether or not it is in force already.
    pub fn as_of(&self, day: Option<Day>) -> Option<&Version> {
        let begun = |version: &&Version| day.is_none() || version.since() <= day;
        let versions = self.versions.iter().filter(begun);
        versions.max_by_key(|version| (version.since(), version.day))
    }

    /// Whether it was no longer in force on a day; without a day, whether it was ever repealed.
    pub fn is_repealed(&self, day: Option<Day>) -> bool {
        let ended = |repeal: &Repeal| day.is_none() || repeal.day <= day;
        self.repealed.as_ref().is_some_and(ended)
    }

    /// Whether it is a decision that changes other laws (修正案, 关于修改…的决定): what it quotes are their articles.
    pub fn amends(&self) -> bool {
        self.title.contains("修正案") || (self.title.contains("关于修改") && self.title.ends_with("决定"))
    }
}

/// That a law was repealed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Repeal {
    /// From which day.
    pub day: Option<Day>,
    /// The canonical title of the law that says so.
    pub by: String,
}
