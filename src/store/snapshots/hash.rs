//! Hashes: SHA-256, of texts and chunks the first half.
//!
//! Must not know what is hashed.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The hash of a text or a chunk: 128 bits.
pub(super) type Hash = [u8; 16];

/// The digest of a snapshot: 256 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some bytes: what `sha256sum` and `certutil` say of a file.
    pub fn of_bytes(bytes: &[u8]) -> Digest {
        sum_of(bytes).digest()
    }

    pub(super) fn of(bytes: &[u8]) -> Option<Digest> {
        bytes.try_into().ok().map(Digest)
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

/// In hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The digest of a file in the making, piece by piece.
#[derive(Default)]
pub struct Hasher(Sum, u64);

impl Hasher {
    /// Takes in the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.0.update(bytes);
        self.1 += bytes.len() as u64;
    }

    /// How many bytes there were, and their digest.
    pub fn finish(self) -> (u64, Digest) {
        (self.1, self.0.digest())
    }
}

/// A digest in the making.
#[derive(Default)]
pub(super) struct Sum(Sha256);

impl Sum {
    /// Takes in bytes, with their number before them: "ab" + "c" is not "a" + "bc".
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    pub(super) fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }

    /// The first half of the digest.
    pub(super) fn half(self) -> Hash {
        let Digest(all) = self.digest();
        let mut first = Hash::default();
        first.copy_from_slice(&all[..16]);
        first
    }
}

/// A sum that begins with bytes as they are.
pub(super) fn sum_of(bytes: &[u8]) -> Sum {
    let mut sum = Sum::default();
    sum.0.update(bytes);
    sum
}

/// The hash of some bytes.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    sum_of(bytes).half()
}

/// The key under which a code or name is found.
pub(super) fn key(text: &str) -> i64 {
    let all = hash(text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&all[..8]);
    i64::from_le_bytes(first)
}
