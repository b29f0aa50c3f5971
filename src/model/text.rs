//! A pool that keeps every distinct text once: regions repeat each other, so most cells are a number here.
//!
//! Must not know what the texts mean.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use hashbrown::HashTable;

/// The number of a text in its [`TextPool`]; equal numbers mean equal text, to the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(u32);

/// The hash of a text: the same in all pools of the process, so that a text is hashed once on its way from a file to the catalogue, and
/// by a seed of the process's own, for texts are other people's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextHash(u32);

impl TextHash {
    /// The hash of a text.
    pub fn of(text: &[u8]) -> TextHash {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::default);
        TextHash((SEED.hash_one(text) >> 32) as u32)
    }

    /// The hash as a table of `hashbrown` wants it: its upper bits and its lower ones must both tell texts apart.
    pub(crate) fn spread(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// An arena of distinct texts. Numbers are given in the order of arrival, so a pool that is filled in a fixed
/// order is the same on every run and every machine.
pub struct TextPool {
    bytes: String,
    ends: Vec<usize>,
    /// The hash of each text: an index that grows, or another pool, need not look at the texts again.
    hashes: Vec<TextHash>,
    index: HashTable<u32>,
    /// Where a text of a hash was found last: (hash, number). Lists repeat a few thousand texts most of the time, and
    /// these are found here without a walk through the memory of the whole index.
    near: Vec<(TextHash, u32)>,
}

/// Places for what was found last, a power of two: half a megabyte, as much as a core keeps at hand.
const NEAR: usize = 1 << 16;
/// Texts from which on they are worth their memory.
const MANY: usize = 1 << 10;

impl Default for TextPool {
    fn default() -> Self {
        let mut pool = TextPool {
            bytes: String::new(),
            ends: Vec::new(),
            hashes: Vec::new(),
            index: HashTable::new(),
            near: Vec::new(),
        };
        pool.intern("");
        pool
    }
}

impl TextPool {
    /// The number of the empty text.
    pub const EMPTY: TextId = TextId(0);

    /// Stores the text if it is new and gives its number.
    pub fn intern(&mut self, text: &str) -> TextId {
        self.intern_hashed(TextHash::of(text.as_bytes()), text)
    }

    /// The same for a text whose hash is known.
    pub fn intern_hashed(&mut self, hash: TextHash, text: &str) -> TextId {
        let place = hash.0 as usize & (NEAR - 1);
        let (bytes, ends, hashes) = (&self.bytes, &self.ends, &self.hashes);
        let same = |id: u32| span(bytes, ends, id) == text.as_bytes();
        if let Some(&(known, id)) = self.near.get(place)
            && known == hash
            && same(id)
        {
            return TextId(id);
        }
        let spread = hash.spread();
        if let Some(&found) = self.index.find(spread, |&id| hashes[id as usize] == hash && same(id)) {
            if let Some(near) = self.near.get_mut(place) {
                *near = (hash, found);
            }
            return TextId(found);
        }
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        self.hashes.push(hash);
        let hashes = &self.hashes;
        self.index.insert_unique(spread, id, |&id| hashes[id as usize].spread());
        if self.near.is_empty() && self.ends.len() > MANY {
            self.near = vec![(TextHash(0), 0); NEAR];
        }
        TextId(id)
    }

    /// The text of a number that this pool gave.
    pub fn get(&self, id: TextId) -> &str {
        slice(&self.bytes, &self.ends, id.index())
    }

    /// All texts, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|id| slice(&self.bytes, &self.ends, id))
    }

    /// How many distinct texts there are, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether nothing but the empty text was stored.
    pub fn is_empty(&self) -> bool {
        self.ends.len() <= 1
    }

    /// Takes over all texts of another pool; the result translates the other pool's numbers.
    pub fn absorb(&mut self, other: &TextPool) -> Vec<TextId> {
        let hashed = other.hashes.iter().zip(other.iter());
        hashed.map(|(&hash, text)| self.intern_hashed(hash, text)).collect()
    }
}

impl TextId {
    /// The number that was packed with [`TextId::index`].
    pub(crate) fn at(index: u64) -> TextId {
        TextId(u32::try_from(index).unwrap_or(0))
    }

    /// The number itself, to index a table made by [`TextPool::absorb`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

fn slice<'a>(bytes: &'a str, ends: &[usize], id: usize) -> &'a str {
    let start = if id == 0 { 0 } else { ends[id - 1] };
    &bytes[start..ends[id]]
}

/// The same as bytes: comparing needs no characters.
fn span<'a>(bytes: &'a str, ends: &[usize], id: u32) -> &'a [u8] {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] };
    &bytes.as_bytes()[start..ends[id]]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers are given in the order of arrival, each text has one, and pools agree on what is one text.
    #[test]
    fn every_text_has_one_number() {
        let texts: Vec<String> = (0..3 * MANY).map(|n| format!("第{}项", n % (2 * MANY))).collect();
        let (mut pool, mut other) = (TextPool::default(), TextPool::default());
        for (nth, text) in texts.iter().enumerate() {
            let id = pool.intern(text);
            assert_eq!(id.index(), 1 + nth % (2 * MANY));
            assert_eq!(pool.get(id), text);
        }
        assert_eq!(pool.len(), 1 + 2 * MANY);
        other.intern("别的");
        let numbers = other.absorb(&pool);
        assert_eq!(other.len(), pool.len() + 1);
        for (text, number) in pool.iter().zip(numbers) {
            assert_eq!(other.get(number), text);
            assert_eq!(other.intern(text), number);
        }
    }

    /// Texts of one hash are still two.
    #[test]
    fn a_hash_is_no_text() {
        let mut pool = TextPool::default();
        let [one, other] = ["甲", "乙"].map(|text| pool.intern_hashed(TextHash(7), text));
        assert_ne!(one, other);
        assert_eq!((pool.get(one), pool.get(other)), ("甲", "乙"));
        assert_eq!(pool.intern_hashed(TextHash(7), "甲"), one);
    }
}
