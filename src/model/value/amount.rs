//! Amounts: decimal numbers of days, hours and money, and spans of them.
//!
//! Must not know what is counted.

use std::fmt::{self, Display};

/// A decimal number with four places, enough for days, hours and money. `Amount(5_000)` is 0.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Amount(i64);

impl Amount {
    const ONE: i64 = 10_000;

    /// A whole number.
    pub const fn whole(n: i64) -> Self {
        Amount(n.saturating_mul(Self::ONE))
    }

    /// Reads `20`, `0.5`, `1,000.00`; at most four decimals, anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut whole, mut digits, mut decimals, mut point) = (0_i64, 0_u32, 0_u32, false);
        for c in text.chars() {
            match c {
                ',' | '，' => {}
                '.' if !point => point = true,
                '0'..='9' if point && decimals >= 4 && c != '0' => return None,
                '0'..='9' if point && decimals >= 4 => {}
                '0'..='9' => {
                    let count = if point { &mut decimals } else { &mut digits };
                    *count += 1;
                    if digits > 13 {
                        return None;
                    }
                    whole = whole * 10 + i64::from(c as u32 - '0' as u32);
                }
                _ => return None,
            }
        }
        let rest = 10_i64.pow(4 - decimals);
        (digits > 0).then(|| whole.checked_mul(rest).map(Amount))?
    }

    /// The number times another whole number, saturating.
    pub fn times(self, n: i64) -> Self {
        Amount(self.0.saturating_mul(n))
    }

    /// The number divided by another, where that makes a whole number.
    pub fn whole_part_of(self, n: i64) -> Option<Self> {
        let each = n.checked_mul(Self::ONE)?;
        (each != 0 && self.0 % each == 0).then(|| Amount::whole(self.0 / each))
    }

    /// The number divided by another whole number; what is less than the fourth place is lost.
    pub fn over(self, n: i64) -> Self {
        Amount(self.0.checked_div(n).unwrap_or(0))
    }

    /// The smallest whole number that is not less, where it is none below zero.
    pub fn ceiling(self) -> Option<u64> {
        u64::try_from(self.0).ok().map(|n| n.div_ceil(Self::ONE as u64))
    }

    /// Hundredths of it (fen of yuan), where they make a whole number not below zero.
    pub fn hundredths(self) -> Option<u64> {
        let n = u64::try_from(self.0).ok()?;
        let each = Self::ONE as u64 / 100;
        (n % each == 0).then_some(n / each)
    }

    /// The sum, saturating.
    pub fn plus(self, other: Self) -> Self {
        Amount(self.0.saturating_add(other.0))
    }

    /// The difference, saturating.
    pub fn minus(self, other: Self) -> Self {
        Amount(self.0.saturating_sub(other.0))
    }

    /// Half a unit, as in 半个月.
    pub const HALF: Amount = Amount(Self::ONE / 2);

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / Self::ONE, (self.0 % Self::ONE).abs());
        if rest == 0 {
            write!(f, "{whole}")
        } else {
            write!(f, "{whole}.{}", format!("{rest:04}").trim_end_matches('0'))
        }
    }
}

/// One amount, or from … to ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The lower end.
    pub low: Amount,
    /// The upper end; the same as `low` for one amount.
    pub high: Amount,
}

impl Span {
    /// Exactly one amount.
    pub fn exactly(amount: Amount) -> Self {
        Span {
            low: amount,
            high: amount,
        }
    }
}

impl Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high {
            self.low.fmt(f)
        } else {
            write!(f, "{}-{}", self.low, self.high)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_spell_back() {
        for (text, spelt) in [
            ("20", "20"),
            ("0.50", "0.5"),
            ("1,000.00", "1000"),
            ("0007", "7"),
            ("3.1415", "3.1415"),
        ] {
            assert_eq!(
                Amount::parse(text).map(|a| a.to_string()).as_deref(),
                Some(spelt),
                "{text}"
            );
        }
        for text in ["", ".", "x", "1.23456", "99999999999999", "-1", "1.2.3"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }
}
