//! How alike two texts of laws are.
//!
//! Must not know what the texts are, nor how alike is alike enough.

use crate::normalise::fold;

/// How alike two texts are, 0 to 1: the share of neighbouring characters that they have in common (Dice), so that order counts. White
/// space, punctuation and width do not. 1 for texts with the same characters, also for two without any.
pub fn similarity(a: &str, b: &str) -> f64 {
    Prepared::of(a).similarity(&Prepared::of(b))
}

/// A text that is held against many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Each character with the one behind it, as one number, sorted. The ends of the text have a neighbour, too: a text of one
    /// character is not like every other.
    pairs: Box<[u64]>,
}

impl Prepared {
    /// Prepares a text.
    pub fn of(text: &str) -> Prepared {
        let mut pairs: Vec<u64> = Vec::with_capacity(text.len() / 3 + 1);
        let mut before = 0_u64;
        for c in letters(text) {
            let c = u64::from(u32::from(c));
            pairs.push(before << 32 | c);
            before = c;
        }
        pairs.push(before << 32);
        pairs.sort_unstable();
        Prepared {
            pairs: pairs.into_boxed_slice(),
        }
    }

    /// See [`similarity`].
    pub fn similarity(&self, other: &Prepared) -> f64 {
        let all = self.pairs.len() + other.pairs.len();
        2.0 * self.common(other) as f64 / all as f64
    }

    /// The share of this text's neighbouring characters that the other one has, too, 0 to 1: how much of it stands there, whatever
    /// else does.
    pub fn within(&self, other: &Prepared) -> f64 {
        self.common(other) as f64 / self.pairs.len() as f64
    }

    /// How many pairs both have, as often as both have them.
    fn common(&self, other: &Prepared) -> usize {
        let (mut a, mut b) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut common = 0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    a.next();
                    b.next();
                }
            }
        }
        common
    }
}

/// The characters that count, half-width.
pub(super) fn letters(text: &str) -> Vec<char> {
    fold::half(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike() {
        let old = "申请人应当在二十日内提出申请。";
        assert_eq!(similarity(old, old), 1.0);
        assert_eq!(similarity(old, " 申请人，应当在二十日内\n提出申请；"), 1.0);
        assert_eq!(similarity("ＡＢ１", "AB1"), 1.0);
        assert_eq!(similarity("", "。"), 1.0);
        assert_eq!(similarity("", "甲"), 0.0);
        assert_eq!(similarity("甲", "乙"), 0.0);
        // 15 pairs, of which one changed character takes two.
        let near = similarity(old, "申请人可当在二十日内提出申请");
        assert!((near - 13.0 / 15.0).abs() < 1e-9, "{near}");
        // Order counts.
        assert!(similarity("甲乙丙丁", "丁丙乙甲") < 0.1);
        // As often as both have it.
        assert!(similarity("甲乙甲乙甲乙", "甲乙") < 0.8);
    }

    #[test]
    fn within_what_is_longer() {
        let part = Prepared::of("出示证件");
        let whole = Prepared::of("执法人员应当出示证件，并告知当事人。");
        assert!(part.within(&whole) > 0.55 && whole.within(&part) < 0.3);
        assert_eq!(part.within(&part), 1.0);
    }
}
