//! Patches: the least that must change to bring a region into line (`tongban align`).
//!
//! Must not know how they are worked out nor how they are written.

use std::collections::HashSet;

use super::burden::Measure;
use super::catalogue::{FieldId, Place, Quote, RowId, Shape, texts_that_differ};
use super::difference::Judgement;
use super::uniformity::Standing;

/// Why a line stands in a patch, or why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PatchReason {
    /// The cell deviates from the target and is brought into line.
    Align,
    /// The same for the part of the difference that is not worse for the applicant; the rest stands among the refused.
    Part,
    /// The way back from the aligned to the old text.
    Reverse,
    /// Refused: it would be worse for the applicant.
    Worse,
    /// Refused: it cannot be told whether it would be worse for the applicant.
    Unclear,
    /// Refused: the region divides the item into handling items that do not say the same; a person must decide which of them changes.
    Divided,
    /// Refused: the rows of the reference do not say the same (bodies, or handling items); what all of them say together none of them
    /// says.
    ReferenceDivided,
    /// Refused: the region says what the basic directory says, and the majority does not.
    Directory,
    /// Refused: codes are given out by whoever keeps the directory.
    Identity,
    /// Refused: what type an item is of is laid down by law and the directory, not by how many say so.
    Type,
    /// Refused: the promise of the list would be longer than the limit (优化营商环境条例 art. 36).
    Limit,
    /// Refused: there is no text for it that would be read as what is meant in the columns of this list.
    Unwritten,
    /// Refused: the file, or the notation of this place in it, is one that is not surely written (`--apply`).
    Unapplied,
    /// Refused: a list of records would have to change, and it is not clear under which of their keys.
    Entries,
}

impl PatchReason {
    /// All of them.
    pub const ALL: [PatchReason; 14] = [
        PatchReason::Align,
        PatchReason::Part,
        PatchReason::Reverse,
        PatchReason::Worse,
        PatchReason::Unclear,
        PatchReason::Divided,
        PatchReason::ReferenceDivided,
        PatchReason::Directory,
        PatchReason::Identity,
        PatchReason::Type,
        PatchReason::Limit,
        PatchReason::Unwritten,
        PatchReason::Unapplied,
        PatchReason::Entries,
    ];

    /// The word of the wire formats and of the message files (`patch-reason-…`).
    pub fn word(self) -> &'static str {
        match self {
            PatchReason::Align => "align",
            PatchReason::Part => "part",
            PatchReason::Reverse => "reverse",
            PatchReason::Worse => "worse",
            PatchReason::Unclear => "unclear",
            PatchReason::Divided => "divided",
            PatchReason::ReferenceDivided => "reference-divided",
            PatchReason::Directory => "directory",
            PatchReason::Identity => "identity",
            PatchReason::Type => "type",
            PatchReason::Limit => "limit",
            PatchReason::Unwritten => "unwritten",
            PatchReason::Unapplied => "unapplied",
            PatchReason::Entries => "entries",
        }
    }
}

/// What a change does to the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// It asks for less, takes less time, costs less, or lets more apply; and nothing of the contrary.
    Better,
    /// The applicant does not feel it.
    Equal,
    /// It asks for more, takes longer, costs more, or lets fewer apply.
    Worse,
    /// It cannot be told.
    Unclear,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Effect; 4] = [Effect::Better, Effect::Equal, Effect::Worse, Effect::Unclear];

    /// The word of the wire formats and of the message files (`patch-effect-…`).
    pub fn word(self) -> &'static str {
        match self {
            Effect::Better => "better",
            Effect::Equal => "equal",
            Effect::Worse => "worse",
            Effect::Unclear => "unclear",
        }
    }

    /// Of the way back.
    #[must_use]
    pub fn back(self) -> Effect {
        match self {
            Effect::Better => Effect::Worse,
            Effect::Worse => Effect::Better,
            other => other,
        }
    }
}

/// One change of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchLine {
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// The item's name.
    pub name: String,
    /// The element's id.
    pub element: String,
    /// What the cell says, to the letter.
    pub from: Quote,
    /// What it should say; of a refused line what the target says.
    pub to: Quote,
    /// Where the cell stands.
    pub place: Place,
    /// What an applicant saves by it; a negative number is what it costs more.
    pub saving: Vec<(Measure, i64)>,
    /// What it does to the applicant; of a refused line what it would do.
    pub effect: Effect,
    /// Why the line is there.
    pub reason: PatchReason,
    /// What differs, from the cell to the target; of a line that was refused in part, what is left.
    pub judgement: Judgement,
    /// What the law says of a difference in this element.
    pub standing: Standing,
    /// The legal ground of the element (profile: `ground`).
    pub ground: String,
    /// Regions that say what the target says, and regions that speak.
    pub support: (usize, usize),
    /// The row and the field of the cell.
    pub cell: (RowId, FieldId),
    /// The texts in the file that change, old and new: the one text, or those of its list or records. Empty where the cell is a list
    /// or a table that gets another number of entries.
    pub texts: Vec<(String, String)>,
    /// The content of a cell that is a list or a table and gets other entries, old and new, see [`super::encode_list`] and
    /// [`super::encode_table`].
    pub content: Option<(String, String)>,
    /// The whole content of the cell, old and new, by which the way back is found.
    pub whole_content: (Shape, String, String),
    /// Whether a list in one text is written anew, since its entries could not be told apart in it.
    pub whole: bool,
}

/// Element values of rows that differ from the target, see [`Patch::values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatchValues {
    /// Those that change.
    pub changed: usize,
    /// Those of them of which a part stays as it is.
    pub partly: usize,
    /// Those that stay.
    pub unchanged: usize,
}

/// The changes that bring a region into line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// The region's id and name.
    pub region: (String, String),
    /// What it is brought into line with, as it is written on the command line: `majority`, `region:440000`.
    pub target: String,
    /// Whether it leads from the aligned back to the old texts.
    pub reversed: bool,
    /// The changes, in the order of the region's rows.
    pub lines: Vec<PatchLine>,
    /// What deviates and is not changed, and why, in the same order.
    pub refused: Vec<PatchLine>,
    /// Items of the region that were looked at.
    pub items: usize,
    /// Cells that could be compared with a target.
    pub cells: usize,
    /// Cells of which the target speaks and the region says nothing: nothing is invented.
    pub missing: usize,
    /// Cells of which the region's text could not be read or is cut off: never touched.
    pub unknown: usize,
    /// Cells that deviate under a variance in force.
    pub allowed: usize,
    /// What an applicant saves by all lines together.
    pub saving: Vec<(Measure, i64)>,
}

impl Patch {
    /// Takes the lines of these numbers among the refused: what could not be written changes nothing and saves nobody anything.
    #[must_use]
    pub fn without(mut self, unapplied: &HashSet<usize>) -> Patch {
        for (at, line) in std::mem::take(&mut self.lines).into_iter().enumerate() {
            if unapplied.contains(&at) {
                self.refused.push(PatchLine {
                    reason: PatchReason::Unapplied,
                    ..line
                });
            } else {
                self.lines.push(line);
            }
        }
        self.refused.sort_by_key(|line| line.cell.0);
        self.sum();
        self
    }

    /// How many element values of rows are changed, how many of these only in part, and how many differ and stay: each counts once,
    /// in however many cells it is written.
    pub fn values(&self) -> PatchValues {
        fn of(lines: &[PatchLine]) -> HashSet<(RowId, &str)> {
            lines.iter().map(|line| (line.cell.0, line.element.as_str())).collect()
        }
        let (changed, refused) = (of(&self.lines), of(&self.refused));
        PatchValues {
            changed: changed.len(),
            partly: changed.intersection(&refused).count(),
            unchanged: refused.difference(&changed).count(),
        }
    }

    /// Sums up what an applicant saves by the lines.
    pub fn sum(&mut self) {
        self.saving.clear();
        for measure in Measure::ALL {
            let all = self.lines.iter().flat_map(|line| &line.saving);
            let own = all.filter(|(of, _)| *of == measure).map(|(_, count)| *count);
            let sum = own.fold(0_i64, i64::saturating_add);
            if sum != 0 {
                self.saving.push((measure, sum));
            }
        }
    }

    /// The way back: from the aligned to the old texts. What was refused has none.
    #[must_use]
    pub fn reverse(mut self) -> Patch {
        self.reversed = !self.reversed;
        self.refused.clear();
        for line in &mut self.lines {
            std::mem::swap(&mut line.from, &mut line.to);
            // Two texts that became one lead back by their places alone.
            let (shape, old, new) = &mut line.whole_content;
            std::mem::swap(old, new);
            (line.texts, line.content) = written(*shape, old, new);
            line.reason = PatchReason::Reverse;
            line.effect = line.effect.back();
            line.judgement = line.judgement.back();
            negate(&mut line.saving);
        }
        negate(&mut self.saving);
        self
    }
}

/// An old and a new text.
type Pair = (String, String);

/// The single texts of a cell that change, or where those do not say it, its content; see [`PatchLine`].
pub fn written(shape: Shape, old: &str, new: &str) -> (Vec<Pair>, Option<Pair>) {
    let texts = texts_that_differ(shape, old, new);
    let content = (texts.is_none() && shape != Shape::Text).then(|| (old.to_owned(), new.to_owned()));
    (texts.unwrap_or_default(), content)
}

fn negate(saving: &mut [(Measure, i64)]) {
    for (_, count) in saving {
        *count = count.saturating_neg();
    }
}
