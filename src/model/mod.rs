//! Plain data: what the other rooms hand to each other.
//!
//! Knows nothing of files, profiles, rules or output, and not even of serde: wire types live in `report`.

mod burden;
mod catalogue;
mod cells;
mod code;
mod difference;
mod finding;
mod folded;
mod guide;
mod heat;
mod history;
mod law;
mod law_change;
mod law_check;
mod pairing;
mod pairwise;
mod patch;
mod text;
mod uniformity;
mod value;
mod variance;
mod within;

pub use burden::{Burden, Measure};
pub use catalogue::{
    At, Catalogue, Cell, Column, ElementId, FieldId, Labels, Place, Quote, Reading, Region, RegionId, Row, RowId,
    Shape, SourceFile, Table, TableId, Understood, ValueId, decode_list, decode_table, encode_list, encode_table,
    quoted, texts_that_differ,
};
pub use cells::{Cells, CellsIter};
pub use code::{Code, CodeParts};
pub use difference::{
    Change, Detail, DiffItem, DiffSide, Difference, Divided, Judgement, OneSided, RegionDiff, Relation, Verdict, Why,
};
pub use finding::{Confidence, Finding, Fix, Fixable, RuleInfo, Severity, Threshold, fingerprints};
pub use folded::{Fold, Folded};
pub use guide::{Dispute, Disputed, Draft, DraftItem, Guide, GuideElement, GuideValue, Guides, MakeGuide};
pub use heat::{Heat, Mark};
pub use history::{
    Accord, Blame, BlameLine, Changes, Convergence, Drift, Fared, Happening, History, ItemBlame, ItemChange, ItemLife,
    LawFate, Life, Log, LogBy, LogEntry, Moment, OutdatedBasis, Phase, RegionChange, RegionLife, RegionMoment, Stale,
    StaleBasis, StaleItem, Tally,
};
pub use law::{ArticleText, Day, Event, Happened, Lack, Law, LawText, Level, Repeal, Version};
pub use law_change::{
    ArticleChange, Baseless, BasisGroup, DifferingBasis, Edition, Fate, LawImpact, LawItems, LawQuestion, LawUse,
    Passage, Touch, Touched, has_gaps,
};
pub use law_check::{Cited, LawCheck, Remark, Ruling, Unverifiable};
pub use pairing::{PairedBy, Pairing, PairingNote, Proposal, Waiting};
pub use pairwise::{PairCell, PairItem, PairStand, PairSummary, PairTally, PairedItem, Pairwise, PairwiseElement};
pub use patch::{Effect, Patch, PatchLine, PatchReason, written};
pub use text::{TextHash, TextId, TextPool};
pub use uniformity::{
    Accounting, Class, ElementIndex, ElementReport, Gain, Group, ItemReport, Reference, ReferenceFrom, RegionIndex,
    Standing, Uniformity,
};
pub use value::{
    Amount, Article, Choice, Citation, Clause, Clauses, Connector, Cut, Duration, FeeItem, Fees, Form, Material, Name,
    Necessity, Outcome, Reduction, SEVERAL, Span, Step, TimeUnit, UnknownWhy, Value,
};
pub use variance::{Variance, VarianceUse};
pub use within::{BodyGroup, Within};
