//! Codes: 基本编码, 实施编码, 业务办理项编码 and the regional systems (domain handbook 1.1–1.5; GB/T 39554.1-2020), and the
//! check digits of body codes (GB 32100-2015, GB 11714-1997).
//!
//! Must not know which regions exist. An unknown system is kept as it stands and never refused.

use crate::model::Code;

use super::fold;

/// Reads a code. Every text gives a code; what belongs to no known system is [`Code::Opaque`].
pub fn parse(text: &str) -> Code {
    let text: String = fold::half(text).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_ascii_uppercase();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
    match text.len() {
        12 if plain && is_basic(&text) => Code::National12(text),
        31 if plain && is_implementation(&text) => Code::Implementation(text),
        33 if plain && is_implementation(&text) => Code::Handling(text),
        // First: its zeros stand where an implementation code has the level, which is never 0.
        34 if plain && is_beijing(&text) => Code::Beijing(text),
        34 if plain && is_implementation(&text) => Code::Material(text),
        36 if plain && is_implementation(&text) => Code::Material(text),
        10 if plain && is_guide_2016(&text) => Code::Guide2016(text),
        // A head of Sichuan may stand alone.
        12 | 14 if plain && is_sichuan_head(&text) => Code::Sichuan {
            head: text,
            division: String::new(),
            body: String::new(),
        },
        _ => hyphenated(&text).unwrap_or(Code::Opaque(text)),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// 1-2 region of the directory, 3-4 type, 5-6 department, 7-9 main item, 10-12 sub-item. Letters occur in the running
/// numbers (`450708001W01`), never in the first six.
fn is_basic(text: &str) -> bool {
    digits(&text[..6])
}

/// Body 18 + level 1 + basic 12; the body is not checked here, for a wrong check digit does not change the layout.
fn is_implementation(text: &str) -> bool {
    digits(&text[18..19]) && is_basic(&text[19..31])
}

fn is_beijing(text: &str) -> bool {
    digits(&text[..22]) && text[16..22].bytes().all(|b| b == b'0')
}

fn is_guide_2016(text: &str) -> bool {
    text[..2].bytes().all(|b| b.is_ascii_uppercase()) && digits(&text[2..])
}

/// `51` + 1–3 + letter + digits and letters, 12 or 14 characters.
fn is_sichuan_head(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.starts_with(b"51") && matches!(bytes[2], b'1'..=b'3') && bytes[3].is_ascii_uppercase()
}

fn hyphenated(text: &str) -> Option<Code> {
    let parts: Vec<&str> = text.split('-').collect();
    let head = *parts.first()?;
    let is_division = |part: &str| part.len() == 12 && digits(part);
    // HEAD-division-000-body-N-00, where the body may carry a hyphen of its own.
    if parts.len() >= 6 && is_division(parts[1]) && head.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let body = parts[3..parts.len() - 2].join("-");
        return Some(Code::Sichuan {
            head: head.to_owned(),
            division: parts[1].to_owned(),
            body,
        });
    }
    if parts.len() >= 3 && digits(parts[1]) && (is_zhejiang_type(head)) {
        return Some(Code::Zhejiang(text.to_owned()));
    }
    if parts.len() == 5 && parts.iter().map(|p| p.len()).eq([6, 3, 2, 3, 2]) && parts.iter().all(|p| p.is_ascii()) {
        return Some(Code::Hubei(text.to_owned()));
    }
    // E-000004-001-…, Z-000147-001-…, 1J-5100-00027-…
    let short_head = (1..=2).contains(&head.len()) && head.bytes().any(|b| b.is_ascii_uppercase());
    if short_head && parts.len() >= 3 && digits(parts[1]) && parts[2].bytes().all(|b| b.is_ascii_digit()) {
        return Some(Code::Old {
            head: parts[..3].join("-"),
            rest: parts[3..].join("-"),
        });
    }
    None
}

fn is_zhejiang_type(head: &str) -> bool {
    matches!(
        head,
        "许可"
            | "处罚"
            | "强制"
            | "征收"
            | "给付"
            | "检查"
            | "确认"
            | "奖励"
            | "裁决"
            | "其他"
            | "服务"
            | "规划"
            | "征用"
    )
}

/// What is wrong with a body's code (统一社会信用代码).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFault {
    /// Not 18 characters.
    Length,
    /// A character outside the alphabet of GB 32100.
    Alphabet,
    /// Would be right in upper case.
    LowerCase,
    /// A stand-in: `TE…`, 1111…, null.
    Placeholder,
    /// The check character does not fit; the right one is given.
    Check(char),
}

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Checks a unified social credit code (GB 32100-2015): 18 characters, check character = alphabet[(31 − Σ value·weight mod 31)
/// mod 31].
///
/// # Errors
/// The first fault found.
pub fn check_body(code: &str) -> Result<(), BodyFault> {
    let upper = code.to_ascii_uppercase();
    let distinct = upper.bytes().collect::<std::collections::BTreeSet<u8>>().len();
    if upper.starts_with("TE") || upper == "NULL" || (distinct <= 1 && !upper.is_empty()) {
        return Err(BodyFault::Placeholder);
    }
    if upper.chars().count() != 18 {
        return Err(BodyFault::Length);
    }
    let mut sum = 0;
    for (at, c) in upper.bytes().enumerate() {
        let value = ALPHABET.iter().position(|&a| a == c).ok_or(BodyFault::Alphabet)?;
        if let Some(weight) = WEIGHTS.get(at) {
            sum += value * weight;
        }
    }
    let right = ALPHABET[(31 - sum % 31) % 31];
    if upper.as_bytes()[17] != right {
        return Err(BodyFault::Check(right as char));
    }
    if upper != code {
        Err(BodyFault::LowerCase)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_of_the_handbook() {
        for (text, system, basic) in [
            ("000104002000", "basic-12", "000104002000"),
            ("11450721MB155808114000104002000", "implementation-31", "000104002000"),
            ("11450721MB15580811400014100500001", "handling-33", "000141005000"),
            ("11450721MB15580811400014100500001001", "material", "000141005000"),
            ("450708001W01", "basic-12", "450708001W01"),
            ("TE45072110000000034450708001W01", "implementation-31", "450708001W01"),
            ("12441500196720244T3442199806003", "implementation-31", "442199806003"),
            ("114403006939513773344201505200802", "handling-33", "442015052008"),
            (
                "511A0138000000-511602000000-000-115113010833722043-1-00",
                "sichuan",
                "511A0138000000",
            ),
            (
                "511A33038003-510000000000-000-12510000MB1C99058D-1-00",
                "sichuan",
                "511A33038003",
            ),
            ("512036010003-511602000000-000-x-1-00", "sichuan", "512036010003"),
            (
                "512C0107400001-511602000000-000-00877868-5-1-00",
                "sichuan",
                "512C0107400001",
            ),
            ("511A0019600001", "sichuan", "511A0019600001"),
            ("E-000004-001-11511301008778386B", "provincial-old", "E-000004-001"),
            (
                "1J-5100-00027-511602000000-000-x-1-00",
                "provincial-old",
                "1J-5100-00027",
            ),
            ("A-005818-5818-511602000000", "provincial-old", "A-005818-5818"),
            ("许可-00344-002-01", "zhejiang", "许可-00344-002-01"),
            ("0100201005110000000000000021135100", "beijing-34", "0100201005"),
            ("XK00101000", "guide-2016", "XK00101000"),
            ("62052400MZ-XK-0001", "opaque", "62052400MZ-XK-0001"),
            (
                "111102345678148H2000132038001",
                "opaque",
                "111102345678148H2000132038001",
            ),
            ("", "opaque", ""),
        ] {
            let code = parse(text);
            assert_eq!((code.system(), code.basic()), (system, basic), "{text}");
        }
    }

    #[test]
    fn bodies_of_the_handbook() {
        for code in [
            "11450721MB15580811",
            "11511301008778183N",
            "115113010833722043",
            "11511300008778693M",
            "91350100M000100Y43",
            "111100000000001740",
        ] {
            assert_eq!(check_body(code), Ok(()), "{code}");
        }
        assert_eq!(check_body("1151130000877869M"), Err(BodyFault::Length));
        assert_eq!(check_body("11511301452259996u"), Err(BodyFault::LowerCase));
        assert_eq!(check_body("11440300007542785T"), Err(BodyFault::Check('U')));
        assert_eq!(check_body("TE4507211000000003"), Err(BodyFault::Placeholder));
        assert_eq!(check_body("1111111111111111"), Err(BodyFault::Placeholder));
        assert_eq!(check_body("083372204"), Err(BodyFault::Length));
        assert_eq!(check_body("null"), Err(BodyFault::Placeholder));
    }
}
