//! What was folded on the way from a raw text to its normal form: the answer to "why do these two mean the same?".
//!
//! Must not know how it is found (that is `normalise::folds`) nor how it is worded (the message files).

/// What kind of writing was folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fold {
    /// Characters that cannot be seen (zero width, direction marks, BOM).
    Invisible,
    /// Full-width and half-width characters.
    Width,
    /// Radicals and compatibility characters that look like ideographs, from copies of PDF.
    Radicals,
    /// White space inside the text.
    Spaces,
    /// Brackets around a part, or doubled.
    Brackets,
    /// 《》 around a name, quotation marks.
    Marks,
    /// Numbering of entries: 1. ① （一）.
    Numbering,
    /// What stands between entries.
    Separators,
    /// Chinese numerals.
    Numerals,
    /// Punctuation at the end.
    Ends,
    /// A word of a vocabulary for the canonical word (身份证 for 居民身份证).
    Words,
    /// A code, a name or a dialect word of a code list.
    Codes,
    /// A limit runs from the acceptance unless another event is said.
    Start,
    /// What is not counted never counts (行政许可法 art. 45).
    Exclusions,
    /// The name of the country in front of a law.
    Country,
    /// A document number in other brackets (GB/T 9704-2012).
    DocumentNumber,
    /// The quoted text of a law is kept apart.
    Quote,
    /// Written out in the canonical spelling in some other way.
    Spelling,
}

impl Fold {
    /// All of them.
    pub const ALL: [Fold; 18] = [
        Fold::Invisible,
        Fold::Width,
        Fold::Radicals,
        Fold::Spaces,
        Fold::Brackets,
        Fold::Marks,
        Fold::Numbering,
        Fold::Separators,
        Fold::Numerals,
        Fold::Ends,
        Fold::Words,
        Fold::Codes,
        Fold::Start,
        Fold::Exclusions,
        Fold::Country,
        Fold::DocumentNumber,
        Fold::Quote,
        Fold::Spelling,
    ];

    /// The word of the wire formats and of the message files.
    pub fn word(self) -> &'static str {
        match self {
            Fold::Invisible => "invisible",
            Fold::Width => "width",
            Fold::Radicals => "radicals",
            Fold::Spaces => "spaces",
            Fold::Brackets => "brackets",
            Fold::Marks => "marks",
            Fold::Numbering => "numbering",
            Fold::Separators => "separators",
            Fold::Numerals => "numerals",
            Fold::Ends => "ends",
            Fold::Words => "words",
            Fold::Codes => "codes",
            Fold::Start => "start",
            Fold::Exclusions => "exclusions",
            Fold::Country => "country",
            Fold::DocumentNumber => "document-number",
            Fold::Quote => "quote",
            Fold::Spelling => "spelling",
        }
    }
}

/// One thing that was folded, with the first place where it happened as an example.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Folded {
    /// What kind.
    pub fold: Fold,
    /// As it stands in the raw text.
    pub from: String,
    /// As it stands in the normal form; empty where it is left out.
    pub to: String,
}
