//! SHA-256 (FIPS 180-4) in Base64, as a content security policy writes it. For the hashes that the page names.
//!
//! For tests only: slow, and of no use against anyone.
#![allow(dead_code)]

/// The first 32 bits of the fractional parts of the roots of the first primes.
fn root_bits(prime: u32, root: f64) -> u32 {
    (f64::from(prime).powf(1.0 / root).fract() * 4_294_967_296.0) as u32
}

fn primes() -> impl Iterator<Item = u32> {
    (2_u32..).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0))
}

/// The digest of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash: Vec<u32> = primes().take(8).map(|prime| root_bits(prime, 2.0)).collect();
    let constants: Vec<u32> = primes().take(64).map(|prime| root_bits(prime, 3.0)).collect();
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks(64) {
        let mut w: Vec<u32> = block
            .chunks(4)
            .map(|word| word.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
            .collect();
        for t in 16..64 {
            let small0 = w[t - 15].rotate_right(7) ^ w[t - 15].rotate_right(18) ^ (w[t - 15] >> 3);
            let small1 = w[t - 2].rotate_right(17) ^ w[t - 2].rotate_right(19) ^ (w[t - 2] >> 10);
            w.push(
                w[t - 16]
                    .wrapping_add(small0)
                    .wrapping_add(w[t - 7])
                    .wrapping_add(small1),
            );
        }
        let mut v = hash.clone();
        for t in 0..64 {
            let big1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let one = [v[7], big1, choice, constants[t], w[t]]
                .iter()
                .fold(0_u32, |sum, &term| sum.wrapping_add(term));
            let big0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(one);
            v[0] = one.wrapping_add(big0).wrapping_add(majority);
        }
        for (sum, word) in hash.iter_mut().zip(v) {
            *sum = sum.wrapping_add(word);
        }
    }
    let mut out = [0; 32];
    for (to, word) in out.chunks_mut(4).zip(hash) {
        to.copy_from_slice(&word.to_be_bytes());
    }
    out
}

/// Bytes in Base64 (RFC 4648).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |sum, at| {
            sum << 8 | chunk.get(at).map_or(0, |&byte| u32::from(byte))
        });
        for at in 0..4 {
            out.push(match at <= chunk.len() {
                true => char::from(SIGNS[(word >> (18 - 6 * at) & 63) as usize]),
                false => '=',
            });
        }
    }
    out
}
