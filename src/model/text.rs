//! A pool that keeps every distinct text once: regions repeat each other, so most cells are a number here.
//!
//! Must not know what the texts mean.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use hashbrown::HashTable;

/// The number of a text in its [`TextPool`]; equal numbers mean equal text, to the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(u32);

/// An arena of distinct texts. Numbers are given in the order of arrival, so a pool that is filled in a fixed
/// order is the same on every run and every machine.
pub struct TextPool {
    bytes: String,
    ends: Vec<usize>,
    index: HashTable<u32>,
    /// Where a text of a hash was found last: (upper half of the hash, number). Lists repeat a few thousand texts most of the time, and
    /// these are found here without a walk through the memory of the whole index.
    near: Vec<(u32, u32)>,
    hasher: RandomState,
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
            index: HashTable::new(),
            near: Vec::new(),
            hasher: RandomState::default(),
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
        let hash = self.hasher.hash_one(text.as_bytes());
        let upper = (hash >> 32) as u32;
        let place = hash as usize & (NEAR - 1);
        let (bytes, ends) = (&self.bytes, &self.ends);
        if let Some(&(known, id)) = self.near.get(place)
            && known == upper
            && span(bytes, ends, id) == text.as_bytes()
        {
            return TextId(id);
        }
        if let Some(&found) = self.index.find(hash, |&id| span(bytes, ends, id) == text.as_bytes()) {
            if let Some(near) = self.near.get_mut(place) {
                *near = (upper, found);
            }
            return TextId(found);
        }
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        self.index
            .insert_unique(hash, id, |&id| hasher.hash_one(span(bytes, ends, id)));
        if self.near.is_empty() && self.ends.len() > MANY {
            self.near = vec![(0, 0); NEAR];
        }
        TextId(id)
    }

    /// The text of a number that this pool gave.
    pub fn get(&self, id: TextId) -> &str {
        slice(&self.bytes, &self.ends, id.0)
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
        (0..other.ends.len())
            .map(|id| self.intern(slice(&other.bytes, &other.ends, u32::try_from(id).unwrap_or(u32::MAX))))
            .collect()
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

fn slice<'a>(bytes: &'a str, ends: &[usize], id: u32) -> &'a str {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] };
    &bytes[start..ends[id]]
}

/// The same as bytes: comparing needs no characters.
fn span<'a>(bytes: &'a str, ends: &[usize], id: u32) -> &'a [u8] {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] };
    &bytes.as_bytes()[start..ends[id]]
}
