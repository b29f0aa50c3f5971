//! The normal form of an entry of a code list (事项类型, 服务对象 …).
//!
//! Must not know the lists.

/// One entry of a code list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Choice {
    /// The code; empty where the text is on no list.
    pub code: String,
    /// The official name, or the folded text.
    pub name: String,
}
