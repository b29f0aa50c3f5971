//! The normal form of conditions (受理条件).
//!
//! Must not know how they are read or compared.

/// One condition, without its numbering.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clause {
    /// How deep it stands, from 0. What stands one deeper right behind a clause belongs to it: the parts of a choice (…之一), or of a
    /// list that a clause introduces for itself (变更的，应当符合下列条件). Other lists are taken into the list around them.
    pub depth: u8,
    /// The text, folded.
    pub text: String,
    /// How many of the deeper clauses behind it must hold; [`Connector::All`] where there are none.
    pub of: Connector,
}

/// How many of the clauses must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Connector {
    /// All of them, or not said.
    #[default]
    All,
    /// At least so many of them (其中两项).
    AtLeast(u8),
    /// One of them (之一).
    Any,
}

/// Whether a text was cut off by whoever collected it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Cut {
    /// It is whole.
    #[default]
    No,
    /// A first number without a second.
    Suspected,
    /// It ends in a colon, in the middle of a bracket, or after the only entry of a list with a semicolon.
    Certain,
}

/// Conditions (受理条件).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Clauses {
    /// The clauses in the order of the source. Empty: there are expressly none (无条件受理).
    pub items: Vec<Clause>,
    /// All or one of them.
    pub connector: Connector,
    /// Whether the text stops before its end.
    pub cut: Cut,
}

/// Lists of so many clauses that hold others are written without numbers.
const NUMBERED: usize = 200;

impl Clauses {
    /// Whether the order of the clauses says something: they come one after the other, or one is joined to the one before it in a
    /// way that makes no list (甲；或乙；丙).
    pub fn ordered(&self) -> bool {
        let words = ["首先", "其次", "依次", "按顺序", "按以下顺序", "按下列顺序"];
        let joints = ["或", "且", "并且", "以及"];
        let says = |clause: &Clause| {
            joints.iter().any(|word| clause.text.starts_with(word))
                || words.iter().any(|word| clause.text.contains(word))
        };
        self.items.iter().any(says)
    }

    /// The clauses in one line, in the order of the source.
    pub(super) fn spelling(&self) -> String {
        if self.items.is_empty() && self.cut == Cut::No {
            return "无条件".to_owned();
        }
        let mut out = match self.connector {
            Connector::All => String::new(),
            Connector::Any => "符合下列条件之一：".to_owned(),
            Connector::AtLeast(n) => format!("符合下列条件中的{n}项以上："),
        };
        self.spell(&mut out);
        if self.cut == Cut::Certain {
            out.push('…');
        }
        out
    }

    /// The same whatever the order of the clauses; the last of a text that is cut off stays the last.
    pub(super) fn canonical(&self) -> String {
        // Choices within choices are written without numbers: only their order tells them apart.
        let choices = self.items.iter().any(|clause| clause.depth > 0);
        let unnumbered = choices && !self.can_be_numbered();
        // A quotation that is not closed would look cut off at another place.
        let odd = self
            .items
            .iter()
            .any(|clause| clause.text.matches(['“', '”']).count() % 2 == 1);
        if self.cut == Cut::Certain || self.ordered() || self.items.len() < 2 || unnumbered || odd {
            return self.spelling();
        }
        Clauses {
            items: sorted(&self.items),
            ..*self
        }
        .spelling()
    }

    /// Whether three levels of numbers are enough; the third goes to ⑳.
    fn can_be_numbered(&self) -> bool {
        let deepest = self.items.iter().map(|clause| clause.depth).max().unwrap_or(0);
        deepest < 2 && self.items.len() < NUMBERED || deepest == 2 && self.items.len() <= 20
    }

    fn spell(&self, out: &mut String) {
        let groups = self.items.iter().any(|clause| clause.depth > 0);
        // Numbers tell where a choice ends; of one choice that is everything, its parts alone are numbered.
        let base = u8::from(self.items.iter().skip(1).all(|clause| clause.depth > 0));
        let mut counts = [0_u32; 3];
        let numbered = groups && self.items.len() > 2 && self.can_be_numbered();
        for (at, clause) in self.items.iter().enumerate() {
            let level = usize::from(clause.depth.saturating_sub(base)).min(2);
            let named = numbered && clause.depth >= base;
            if at > 0 {
                out.push(if clause.depth > self.items[at - 1].depth {
                    '：'
                } else {
                    '；'
                });
            }
            if named {
                counts[level] += 1;
                counts[level + 1..].fill(0);
                match level {
                    0 => out.push_str(&format!("{}、", counts[0])),
                    1 => out.push_str(&format!("（{}）", counts[1])),
                    _ => out.extend(char::from_u32('①' as u32 + counts[2] - 1)),
                }
            }
            out.push_str(&clause.text);
        }
    }
}

/// Sorts the clauses of each list by their texts, each with what belongs to it, and drops what is said twice.
fn sorted(items: &[Clause]) -> Vec<Clause> {
    let Some(depth) = items.iter().map(|clause| clause.depth).min() else {
        return Vec::new();
    };
    let mut blocks: Vec<Vec<Clause>> = Vec::new();
    let mut rest = items;
    while let Some((head, after)) = rest.split_first() {
        let end = after
            .iter()
            .position(|clause| clause.depth <= depth)
            .unwrap_or(after.len());
        let mut block = vec![head.clone()];
        block.extend(sorted(&after[..end]));
        blocks.push(block);
        rest = &after[end..];
    }
    blocks.sort();
    blocks.dedup();
    blocks.concat()
}
