//! How far a comparison goes: items that were compared though the basic directory does not have them, or without the regions that lack
//! them; and items that were not compared, for one region alone has them or none handles them. Every format that lists them asks here.
//!
//! Must not know a format.

use super::super::show;
use crate::model::{ItemReport, Uniformity};

/// An item that was not compared everywhere, or not with the directory, with the regions that it is told of: those that have it, or those that lack it.
pub(in crate::report) struct Uncovered<'r> {
    pub(in crate::report) code: &'r str,
    pub(in crate::report) handling: Option<&'r str>,
    pub(in crate::report) name: &'r str,
    pub(in crate::report) sides: &'r [usize],
}

impl Uncovered<'_> {
    /// As a line; `names` says how the regions are called.
    pub(in crate::report) fn line(&self, names: impl Fn(&[usize]) -> String) -> String {
        let name = show::item_name(self.name, self.handling);
        match self.sides.is_empty() {
            true => format!("{} {name}", self.code),
            false => format!("{} {name}（{}）", self.code, names(self.sides)),
        }
    }
}

/// The lists that have entries, each with its key in the message files: `cover-…` is a title with the number of entries, `covered-…`
/// what is said of one entry. Those that were compared come first.
pub(in crate::report) fn coverage(report: &Uniformity) -> Vec<(&'static str, Vec<Uncovered<'_>>)> {
    let outside = |item: &ItemReport| item.in_directory == Some(false);
    let lacking = |item: &ItemReport| item.present.len() > 1 && !item.absent.is_empty();
    let alone = |item: &ItemReport| item.present.len() == 1 && !item.absent.is_empty();
    let single = |item: &ItemReport| alone(item) && !outside(item);
    let single_outside = |item: &ItemReport| alone(item) && outside(item);
    let outside = |item: &ItemReport| outside(item) && !alone(item);
    let list = |keep: &dyn Fn(&ItemReport) -> bool, sides: fn(&ItemReport) -> &[usize]| -> Vec<Uncovered<'_>> {
        let items = report.items.iter().filter(|item| keep(item));
        let entry = |item| Uncovered::of(item, sides(item));
        items.map(entry).collect()
    };
    let unhandled = report.unhandled.iter().map(|(code, name)| Uncovered {
        code,
        handling: None,
        name,
        sides: &[],
    });
    let mut lists = vec![
        ("outside", list(&outside, |item| &item.present)),
        ("lacking", list(&lacking, |item| &item.absent)),
        ("single", list(&single, |item| &item.present)),
        ("single-outside", list(&single_outside, |item| &item.present)),
        ("unhandled", unhandled.collect()),
    ];
    lists.retain(|(_, entries)| !entries.is_empty());
    lists
}

/// Whether the entries of the list of a key were compared, only not with all.
pub(super) fn compared(key: &str) -> bool {
    matches!(key, "outside" | "lacking")
}

impl<'r> Uncovered<'r> {
    fn of(item: &'r ItemReport, sides: &'r [usize]) -> Self {
        Uncovered {
            code: &item.code,
            handling: item.handling.as_deref(),
            name: &item.name,
            sides,
        }
    }
}
