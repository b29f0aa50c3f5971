//! What was read before: parts of texts that lists repeat again and again, a paper in a list of materials or a sentence among the
//! conditions, with what they were read as.
//!
//! Must not know what they mean. A memory is of one vocabulary: whoever makes it uses it with no other.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::model::Material;

/// Bytes of text that a kind of parts may take before its memory starts anew.
const MOST: usize = 1 << 20;

/// What was read before with one vocabulary.
#[derive(Default)]
pub struct Memo {
    /// An entry of a list of materials, and the papers that it names.
    pub(super) papers: Known<Vec<Material>>,
    /// A sentence, and its canonical form.
    pub(super) sentences: Known<String>,
}

impl Memo {
    /// A memory for many texts; the default remembers nothing.
    pub fn of_many() -> Memo {
        Memo {
            papers: Known::up_to(MOST),
            sentences: Known::up_to(MOST),
        }
    }
}

/// Texts of one kind, and what they were read as.
#[derive(Default)]
pub(super) struct Known<T> {
    known: HashMap<Box<str>, T, RandomState>,
    bytes: usize,
    most: usize,
}

impl<T> Known<T> {
    fn up_to(most: usize) -> Known<T> {
        Known {
            known: HashMap::default(),
            bytes: 0,
            most,
        }
    }

    /// What a text was read as, with `read` where it was not read before.
    pub(super) fn read<R>(&mut self, text: &str, read: impl FnOnce() -> T, take: impl FnOnce(&T) -> R) -> R {
        if let Some(known) = self.known.get(text) {
            return take(known);
        }
        let value = read();
        let taken = take(&value);
        if self.bytes + text.len() > self.most {
            self.known.clear();
            self.bytes = 0;
        }
        if text.len() <= self.most {
            self.bytes += text.len();
            self.known.insert(text.into(), value);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_text_once_while_there_is_room() {
        let mut known: Known<usize> = Known::up_to(8);
        let mut read = 0;
        for text in ["甲甲", "甲甲", "乙", "甲甲", "乙", "甲甲"] {
            let taken = known.read(
                text,
                || {
                    read += 1;
                    text.len()
                },
                |len| *len,
            );
            assert_eq!(taken, text.len());
        }
        // 甲甲 and 乙 together are nine bytes: each takes the other's room.
        assert_eq!(read, 5);
        let mut nothing: Known<usize> = Known::default();
        assert_eq!(nothing.read("甲", || 1, |n| *n) + nothing.read("甲", || 2, |n| *n), 3);
    }
}
