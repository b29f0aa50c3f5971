//! The check: what became of a citation, held against the laws of a library.
//!
//! ```text
//! citation ─ titles (which law) ─ texts (its versions, prepared) ─┬─ place (no quotation: does the article exist)   ─┬─> Ruling
//!                                                                 └─ quoted (a quotation: the text decides; quote)  ─┘
//! catalogue ─ gather (all citations, each judged once) + remarks (number, label, region …) ─> LawCheck
//! ```
//!
//! Nothing is called wrong without proof in a text: what cannot be looked up is [`Ruling::Unverifiable`].
//!
//! Must not know how findings are shown.

mod gather;
mod place;
mod quote;
mod quoted;
mod remarks;
mod texts;
mod titles;
mod words;

use std::sync::OnceLock;

use crate::model::{Article, Citation, Day, Law, Repeal, Ruling, Unverifiable};

use super::Library;

pub use gather::check;
pub use titles::Home;

use texts::{Passages, Texts};
use titles::{Meant, Titles};

/// Holds citations against a library. What it prepares of a law it keeps, so that asking again costs little.
pub struct Checker<'l> {
    library: &'l Library,
    as_of: Option<Day>,
    titles: Titles<'l>,
    texts: Vec<Texts<'l>>,
    passages: OnceLock<Passages>,
}

impl<'l> Checker<'l> {
    /// A checker for the versions in force on a day; without one, for the newest.
    pub fn new(library: &'l Library, as_of: Option<Day>) -> Checker<'l> {
        Checker {
            library,
            as_of,
            titles: Titles::of(library),
            texts: library.laws().iter().map(Texts::of).collect(),
            passages: OnceLock::new(),
        }
    }

    /// What became of a citation, and the day of the version that it was held against. `beside` are other articles of the law that are
    /// cited together with it: the quotation may be theirs. A short title means the law of `home`.
    pub fn ruling(&self, citation: &Citation, beside: &[Article], home: &Home) -> (Ruling, Option<Day>) {
        self.of(&self.meant(citation, home), citation, beside)
    }

    /// Which law a citation means.
    fn meant(&self, citation: &Citation, home: &Home) -> Meant {
        self.titles.meant(&citation.title, citation.number.as_deref(), home)
    }

    /// What is said of a citation of which it is known which law it means.
    fn of(&self, meant: &Meant, citation: &Citation, beside: &[Article]) -> (Ruling, Option<Day>) {
        match meant {
            Meant::Law(at) => self.of_law(*at, citation, beside),
            Meant::Several(titles) => (Ruling::Ambiguous { titles: titles.clone() }, None),
            Meant::Instead(title) => {
                let nearest = vec![title.clone()];
                let (found, exists) = (None, false);
                (Ruling::WrongTitle { nearest, found, exists }, None)
            }
            Meant::Unknown(nearest) => (self.of_none(nearest, citation), None),
        }
    }

    fn law(&self, at: usize) -> &'l Law {
        &self.library.laws()[at]
    }

    /// What is said of a citation of a law of the library.
    fn of_law(&self, at: usize, citation: &Citation, beside: &[Article]) -> (Ruling, Option<Day>) {
        let texts = &self.texts[at];
        let Some(base) = texts.in_force(self.as_of) else {
            return (Ruling::Unverifiable(Unverifiable::NoVersion), None);
        };
        let day = self.law(at).versions[base].day;
        if let Some(repeal) = self.repealed(at) {
            let Repeal { day: from, by } = repeal;
            let by = Some(by).filter(|by| !by.is_empty());
            return (Ruling::Repealed { day: from, by }, day);
        }
        let ruling = match &citation.quote {
            Some(quote) if citation.article.is_some() => self.quoted(at, base, citation, quote, beside),
            _ => self.unquoted(at, base, citation),
        };
        // The version that is named is not in force on the day: what another one has says nothing against it.
        let named = citation.version.and_then(|year| texts.of_year(year));
        if ruling != Ruling::Confirmed && named.is_some_and(|named| named > base) {
            return (Ruling::Unverifiable(Unverifiable::NoVersion), day);
        }
        (ruling, day)
    }

    /// What is said where the title means no law of the library.
    fn of_none(&self, nearest: &[String], citation: &Citation) -> Ruling {
        match self.library.repeal_of(&citation.title).filter(|gone| self.counts(gone)) {
            Some(gone) => Ruling::Repealed {
                day: gone.day,
                by: Some(gone.by.clone()),
            },
            None => self.by_text(citation, nearest.to_vec()),
        }
    }

    /// Whether a repeal has come about.
    fn counts(&self, repeal: &Repeal) -> bool {
        !matches!((self.as_of, repeal.day), (Some(asked), Some(from)) if from > asked)
    }

    /// Who repealed a law: another law of the library, or a line under its own title. A law that was made anew under its title since
    /// then is in force.
    fn repealed(&self, at: usize) -> Option<Repeal> {
        use crate::model::Happened;
        let law = self.law(at);
        let newest = law.versions.last()?;
        let own = newest
            .history
            .iter()
            .rfind(|event| event.what == Happened::Repealed)
            .map(|event| Repeal {
                day: Some(event.day),
                by: String::new(),
            });
        let by_other = law.repealed.clone();
        by_other
            .or(own)
            .filter(|repeal| repeal.day.is_none() || newest.day < repeal.day)
            .filter(|repeal| self.counts(repeal))
    }
}
