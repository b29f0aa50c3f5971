//! Guides: what one handling item says, element by element (办事指南), and the draft of a directory that regions agree on.
//!
//! Must not know where a guide comes from nor how it is written.

use super::catalogue::{Place, Region};
use super::value::{Name, Value};

/// An element of guides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideElement {
    /// The element's id.
    pub id: String,
    /// Its Chinese name; also the header of its column.
    pub title: String,
    /// Its name in English.
    pub en: String,
    /// Whether a printed guide says so where nothing is said of it (未载明).
    pub always: bool,
}

/// What a guide says of one element.
#[derive(Clone, Debug)]
pub struct GuideValue<'a> {
    /// The normal form.
    pub value: &'a Value,
    /// The text as it stands in the list, where the normal form does not hold it: it could not be read, or is cut off.
    pub raw: Option<String>,
}

/// The guide of one handling item: one row of a list.
#[derive(Clone, Debug)]
pub struct Guide<'a> {
    /// The code of the item, in its canonical spelling; empty where it has none.
    pub code: String,
    /// The name of the item with its case; empty where it has none.
    pub name: String,
    /// Other codes of the row as they stand: id of the field (`impl_code`, `handling_code`, `national_code`), Chinese name, text.
    pub codes: Vec<(&'static str, &'a str, &'a str)>,
    /// The parts of which name and code are put together, each by the id of its field, where there is something: `main_name`,
    /// `sub_name`, `handling_name` (the case, in its normal form), `code` (the basic code), `supervision_code`.
    pub parts: Vec<(&'static str, String)>,
    /// Whose list it is of.
    pub region: &'a Region,
    /// Where the row stands.
    pub place: Place,
    /// What is said, in the order of [`Guides::elements`].
    pub values: Vec<GuideValue<'a>>,
}

impl Guide<'_> {
    /// A part of the name or a code of the row by the id of its field; empty where it has none.
    pub fn part(&self, field: &str) -> &str {
        let codes = self.codes.iter().map(|(id, _, text)| (*id, *text));
        let parts = self.parts.iter().map(|(id, text)| (*id, text.as_str()));
        let found = codes.chain(parts).find(|(id, _)| *id == field);
        found.map_or("", |(_, text)| text)
    }
}

impl GuideValue<'_> {
    /// What stands in one cell: the normal form, the raw text where it could not be read, nothing where nothing is said.
    pub fn spelling(&self) -> String {
        match (self.value, &self.raw) {
            (Value::Unknown(..), Some(raw)) => raw.clone(),
            (value, _) => value.spelling(),
        }
    }

    /// The same of a name beside which its case stands in a column of its own.
    pub fn without_case(&self) -> String {
        match self.value {
            Value::Name(name) => Name {
                case: None,
                ..name.clone()
            }
            .to_string(),
            _ => self.spelling(),
        }
    }
}

/// How a guide is made: by its number.
pub type MakeGuide<'a> = Box<dyn Fn(usize) -> Guide<'a> + Sync + 'a>;

/// Guides, made one by one when they are asked for: all at once would be the lists a second time.
pub struct Guides<'a> {
    /// The id of the profile.
    pub profile: &'a str,
    /// The elements, in the order in which they are written.
    pub elements: Vec<GuideElement>,
    /// How many guides there are.
    pub count: usize,
    /// Makes the guide of a number.
    pub make: MakeGuide<'a>,
}

/// What the regions leave open in an element of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disputed {
    /// There is a value of the most, and some say otherwise.
    Outvoted,
    /// No value has more than half of the regions.
    Tied,
    /// Its cases (业务办理项) are not alike in it: the directory has one row for all of them.
    Cases,
    /// Only one region says anything.
    Single,
}

impl Disputed {
    /// All of them.
    pub const ALL: [Disputed; 4] = [Disputed::Outvoted, Disputed::Tied, Disputed::Cases, Disputed::Single];

    /// The word of the wire format.
    pub fn word(self) -> &'static str {
        match self {
            Disputed::Outvoted => "outvoted",
            Disputed::Tied => "tied",
            Disputed::Cases => "cases",
            Disputed::Single => "single",
        }
    }

    /// Whether no value is taken.
    pub fn open(self) -> bool {
        matches!(self, Disputed::Tied | Disputed::Cases)
    }
}

/// Who says what in an element that is not settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Which of [`Draft::elements`].
    pub element: usize,
    /// Why it is listed.
    pub why: Disputed,
    /// The case of the item; `None` where it is compared whole.
    pub case: Option<String>,
    /// What is said (canonical spelling), and which of [`Draft::regions`] say so; those who say most first.
    pub says: Vec<(String, Vec<usize>)>,
}

/// One item of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftItem {
    /// The code; empty where it has none.
    pub code: String,
    /// The name.
    pub name: String,
    /// What is taken of each of [`Draft::elements`], in its canonical spelling; empty where it is open or nobody says anything.
    pub values: Vec<String>,
    /// Regions that have the item.
    pub present: Vec<usize>,
    /// What is not settled.
    pub disputes: Vec<Dispute>,
}

/// A draft of the unified directory (基本目录) from the lists of regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The id of the profile.
    pub profile: String,
    /// The elements that regions are compared in.
    pub elements: Vec<GuideElement>,
    /// Ids and names of the regions.
    pub regions: Vec<(String, String)>,
    /// The items, by code and then by name.
    pub items: Vec<DraftItem>,
}
