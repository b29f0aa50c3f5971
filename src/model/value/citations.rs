//! The normal form of legal bases (设定依据).
//!
//! Must not know how they are read or compared, nor the laws that they cite.

use std::fmt::{self, Display};

/// An article number: 第三百零七条之一 is `Article { number: 307, of: 1 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Article {
    /// The number.
    pub number: u32,
    /// 之一, 之二 …; 0 for none.
    pub of: u32,
}

impl Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}条", self.number)?;
        if self.of > 0 {
            write!(f, "之{}", self.of)?;
        }
        Ok(())
    }
}

/// One legal basis (设定依据).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Citation {
    /// The title without 《》 and without 中华人民共和国.
    pub title: String,
    /// The annex (附件2), or, where no article is named, the part or chapter (第2编第3章).
    pub part: Option<String>,
    /// The article.
    pub article: Option<Article>,
    /// The last article of a range (第三条至第五条).
    pub to: Option<Article>,
    /// The paragraph (款), from 1.
    pub paragraph: Option<u32>,
    /// The subparagraph (项), from 1.
    pub item: Option<u32>,
    /// The point (目), from 1.
    pub point: Option<u32>,
    /// What is said of the place: 但书, （已废止）.
    pub said: Option<String>,
    /// The year of the version, where one is named: 2019 of （2019年修正）.
    pub version: Option<u32>,
    /// The document number, canonical as 〔2018〕11号 or 国务院令第426号.
    pub number: Option<String>,
    /// The label in front, as in 【法律】.
    pub label: Option<String>,
    /// The quoted text of the article.
    pub quote: Option<String>,
}

impl Citation {
    /// The name as it is written in running text: a title in 《》, a document number that stands for it without.
    pub fn named(&self) -> String {
        if self.number.as_ref() == Some(&self.title) {
            self.title.clone()
        } else {
            format!("《{}》", self.title)
        }
    }

    /// The place within the law, as `第3条第1款`; empty where only the law is named.
    pub fn place(&self) -> String {
        let mut place = self.part.clone().unwrap_or_default();
        if let Some(article) = self.article {
            place += &article.to_string();
        }
        if let Some(to) = self.to {
            place += &format!("至{to}");
        }
        if let Some(n) = self.paragraph {
            place += &format!("第{n}款");
        }
        if let Some(n) = self.item {
            place += &format!("第（{n}）项");
        }
        if let Some(n) = self.point {
            place += &format!("第{n}目");
        }
        place += self.said.as_deref().unwrap_or_default();
        place
    }
}

impl Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》{}", self.title, self.place())
    }
}
