//! History (沿革): what became of items from one state of the lists to the next, and who said what since when.
//!
//! A region is compared with itself, by normal forms: what is only written otherwise is no change, and is counted apart. Rows that are
//! the same to the letter are not looked at again.
//!
//! Must not know snapshots, files or output: states come in as rows, moments as numbers.

mod blame;
mod changes;
mod life;
mod line;
mod rows;

pub use blame::blame;
pub use changes::{changes, converged, stale};
pub use life::life;
pub use rows::{words, words_of};

use super::difference::{Context, judge};
use super::identity::Unit;
use super::{Names, side};
use crate::forms::Forms;
use crate::model::{Catalogue, DiffSide, ElementId, Judgement, RowId, Value, Verdict};
use crate::profile::{Element, Profile};

/// What two states of a unit are looked at with.
struct Lens<'a> {
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &'a Profile,
    names: &'a Names,
}

impl Lens<'_> {
    fn elements(&self) -> impl Iterator<Item = (ElementId, &Element)> {
        self.profile.compared()
    }

    fn value(&self, unit: &Unit, rows: &[RowId], element: ElementId) -> Value {
        side::union(self.forms, rows, element, unit.union.contains(&true))
    }

    fn shown(&self, rows: &[RowId], element: ElementId, value: &Value) -> DiffSide {
        side::shown(self.catalogue, self.profile, rows, element, &[value])
    }

    fn judge(&self, left: (usize, &Value), right: (usize, &Value)) -> Judgement {
        let context = Context {
            vocabulary: &self.profile.vocabulary,
            left: self.names.of_side(left.0),
            right: self.names.of_side(right.0),
            one_level: self.names.one_level(left.0, right.0),
        };
        judge(left.1, right.1, &context)
    }

    /// What became of an element from one side to another, with what either says: `None` for nothing.
    fn change(
        &self,
        (left_side, left): (usize, (&Unit, &[RowId])),
        (right_side, right): (usize, (&Unit, &[RowId])),
        element: ElementId,
    ) -> Option<(Judgement, [DiffSide; 2])> {
        let (l, r) = (
            self.value(left.0, left.1, element),
            self.value(right.0, right.1, element),
        );
        let sides = [self.shown(left.1, element, &l), self.shown(right.1, element, &r)];
        if l == r && sides[0].raw == sides[1].raw {
            return None;
        }
        let mut judgement = self.judge((left_side, &l), (right_side, &r));
        // What cannot be read, or stops before its end, and is as it was, is no change.
        let same = l == r || (judgement.verdict == Verdict::Unknown && sides[0].normal == sides[1].normal);
        if same {
            if sides[0].raw == sides[1].raw {
                return None;
            }
            judgement.verdict = Verdict::Notation;
        }
        Some((judgement, sides))
    }
}

/// Whether a judgement says that something else is meant than before.
fn is_other(judgement: &Judgement) -> bool {
    !matches!(judgement.verdict, Verdict::Same | Verdict::Notation)
}
