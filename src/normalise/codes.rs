//! Codes: 基本编码, 实施编码, 业务办理项编码 and the regional systems (domain handbook 1.1–1.5; GB/T 39554.1-2020), and the
//! check digits of body codes (GB 32100-2015, GB 11714-1997).
//!
//! Must not know which regions exist. An unknown system is kept as it stands and never refused.

use super::{Parts, Role, fold};
use crate::model::{Code, Value};

/// Reads the columns of one row: the basic code, else what it can be taken from.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    [Role::Value, Role::Handling, Role::Impl, Role::National]
        .iter()
        .find_map(|&role| parts.text(role))
        .map(parse)
        .filter(|code| !parts.vocabulary.is_empty_word(code.basic()))
        .map_or(Value::Empty, Value::Code)
}

/// Reads a code. Every text gives a code; what belongs to no known system is [`Code::Opaque`]. A wrong check digit or a letter
/// that is not used does not change the layout: see [`check`] and [`check_body`].
pub fn parse(text: &str) -> Code {
    let mut text = match alphanumeric(text) {
        // Nearly every code.
        true => text.to_owned(),
        false => fold::half(text).chars().filter(|c| !c.is_whitespace()).collect(),
    };
    text.make_ascii_uppercase();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
    match text.len() {
        12 if plain && is_basic(&text) => Code::National12(text),
        31 if plain && is_implementation(&text) => Code::Implementation(text),
        33 if plain && is_implementation(&text) => Code::Handling(text),
        // First: its zeros stand where an implementation code has the level, which is never 0.
        34 if plain && is_beijing(&text) => Code::Beijing(text),
        34 if plain && is_implementation(&text) => Code::Material(text),
        36 if plain && is_implementation(&text) => Code::Material(text),
        10 | 24 | 26 if plain && is_guide_2016(&text) => Code::Guide2016(text),
        24 if plain && is_beijing_licence(&text) => Code::BeijingLicence(text),
        // A head of Sichuan may stand alone.
        12 | 14 if plain && is_sichuan_head(&text) => Code::Sichuan {
            head: text,
            division: String::new(),
            body: String::new(),
        },
        14 if digits(&text) => Code::Supervision(text),
        _ => hyphenated(&text).unwrap_or(Code::Opaque(text)),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn alphanumeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
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

/// It ends in an organisation code that is right and a division of Beijing.
fn is_beijing_licence(text: &str) -> bool {
    digits(&text[..9])
        && check_organisation(&text[9..18]).is_ok()
        && text[18..].starts_with("11")
        && digits(&text[18..])
}

/// Type 2 letters, main item 5, sub-item 3 (`XK0010100Y`); in 26 characters then 事权 1, division 6, organisation 9.
fn is_guide_2016(text: &str) -> bool {
    text[..2].bytes().all(|b| b.is_ascii_uppercase())
        && digits(&text[2..7])
        && (text.len() != 26 || digits(&text[10..17]))
}

/// `51`, 1–3 and a letter, or two digits; then digits and letters, 12 or 14 characters in all.
fn is_sichuan_head(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letter = matches!(bytes[2], b'1'..=b'3') && bytes[3].is_ascii_uppercase();
    bytes.starts_with(b"51") && (letter || digits(&text[2..4]))
}

/// Division, 000, body, running number, 00; the body may carry a hyphen of its own.
fn division_and_body(parts: &[&str]) -> Option<(String, String)> {
    let [division, _, body @ .., _, _] = parts else {
        return None;
    };
    let is_division = division.len() == 12 && digits(division);
    (is_division && !body.is_empty()).then(|| ((*division).to_owned(), body.join("-")))
}

fn hyphenated(text: &str) -> Option<Code> {
    let parts: Vec<&str> = text.split('-').collect();
    let head = *parts.first()?;
    if alphanumeric(head)
        && let Some((division, body)) = division_and_body(&parts[1..])
    {
        return Some(Code::Sichuan {
            head: head.to_owned(),
            division,
            body,
        });
    }
    if parts.len() >= 3 && digits(parts[1]) && (is_zhejiang_type(head)) {
        return Some(Code::Zhejiang(text.to_owned()));
    }
    let lengths = |wanted: &[usize]| parts.iter().map(|part| part.len()).eq(wanted.iter().copied());
    if lengths(&[6, 3, 2, 3, 2]) && digits(head) && parts.iter().all(|part| alphanumeric(part)) {
        return Some(Code::Hubei(text.to_owned()));
    }
    if lengths(&[10, 2, 4]) && head.get(..6).is_some_and(digits) && alphanumeric(head) && digits(parts[2]) {
        let letters = parts[1].bytes().all(|b| b.is_ascii_uppercase());
        return letters.then(|| Code::Gansu(text.to_owned()));
    }
    // E-000004-001-…, Z-000147-001-…, 1J-5100-00027-…
    let short_head = (1..=2).contains(&head.len()) && head.bytes().any(|b| b.is_ascii_uppercase());
    if short_head && parts.len() >= 3 && digits(parts[1]) && digits(parts[2]) {
        let (division, body) = division_and_body(&parts[3..]).unwrap_or_else(|| match &parts[3..] {
            [division] if division.len() == 12 && digits(division) => ((*division).to_owned(), String::new()),
            rest => (String::new(), rest.join("-")),
        });
        return Some(Code::Old {
            head: parts[..3].join("-"),
            division,
            body,
        });
    }
    None
}

/// What is wrong with a text where a national code belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Another number of characters.
    Length(usize),
    /// A letter where only digits stand: the place, from 1, and the letter.
    Digit(usize, char),
    /// A letter that running numbers do without (I O Z S V): the place, from 1, and the letter.
    Letter(usize, char),
    /// Letters that should be upper case.
    LowerCase,
    /// `null` in one of its parts.
    Null,
    /// Of no system that is known here.
    System,
}

/// Letters that running numbers do without, for they look like digits or each other (domain handbook 1.1).
const UNUSED: [char; 5] = ['I', 'O', 'Z', 'S', 'V'];

/// Checks a code in a column of national codes of the given lengths (GB/T 39554.1-2020). Regional systems pass; the body inside
/// is for [`check_body`].
///
/// # Errors
/// The first fault found.
pub fn check(text: &str, lengths: &[usize]) -> Result<Code, CodeFault> {
    let code = parse(text);
    fault(&code, text, lengths).map_or(Ok(code), Err)
}

/// The first fault of a code that was parsed from a text: see [`check`].
pub fn fault(code: &Code, text: &str, lengths: &[usize]) -> Option<CodeFault> {
    let (written, standard) = match code {
        Code::National12(code) | Code::Implementation(code) | Code::Handling(code) | Code::Material(code) => {
            (code, true)
        }
        Code::Opaque(code) => (code, false),
        _ if fold::half(text)
            .split('-')
            .any(|part| part.eq_ignore_ascii_case("null")) =>
        {
            return Some(CodeFault::Null);
        }
        _ => return None,
    };
    let letters = written.bytes().filter(u8::is_ascii_alphabetic).count();
    let close = lengths.iter().any(|length| written.len().abs_diff(*length) <= 3);
    // A GUID has 32 characters too, but a third of them letters.
    let looks_national = alphanumeric(written) && close && letters * 4 <= written.len();
    if !standard && !looks_national {
        return Some(CodeFault::System);
    }
    if !lengths.contains(&written.len()) {
        return Some(CodeFault::Length(written.len()));
    }
    // Where the basic code begins; a level and the case around it are digits too.
    let (level, basic, end) = if written.len() > 12 { (18, 19, 31) } else { (0, 0, 12) };
    // Nearly every code.
    if text == written && written.bytes().skip(level).all(|b| b.is_ascii_digit()) {
        return None;
    }
    for (at, c) in written.chars().enumerate().skip(level) {
        let running = (basic + 6..end).contains(&at);
        if running && UNUSED.contains(&c) {
            return Some(CodeFault::Letter(at + 1, c));
        }
        if !running && !c.is_ascii_digit() {
            return Some(CodeFault::Digit(at + 1, c));
        }
    }
    if text.trim().chars().skip(level).any(|c| c.is_ascii_lowercase()) {
        return Some(CodeFault::LowerCase);
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
    /// The organisation code of nine characters that went before (GB 11714).
    Organisation,
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
/// Byte → its value in [`ALPHABET`]; 255 where it has none.
const VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut at = 0;
    while at < ALPHABET.len() {
        values[ALPHABET[at] as usize] = at as u8;
        at += 1;
    }
    values
};
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Whether a body's code is right: what nearly all are, seen at a glance.
fn is_right(code: &str) -> bool {
    let Ok(bytes) = <&[u8; 18]>::try_from(code.as_bytes()) else {
        return false;
    };
    let known = |byte: &u8| VALUES[usize::from(*byte)] != 255;
    if !bytes.iter().all(known) || code.starts_with("TE") || bytes.iter().all(|byte| *byte == bytes[0]) {
        return false;
    }
    let values = bytes.iter().map(|byte| usize::from(VALUES[usize::from(*byte)]));
    let sum: usize = values.zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    bytes[17] == ALPHABET[(31 - sum % 31) % 31]
}

/// Checks a unified social credit code (GB 32100-2015): 18 characters, check character = alphabet[(31 − Σ value·weight mod 31)
/// mod 31].
///
/// # Errors
/// The first fault found.
pub fn check_body(code: &str) -> Result<(), BodyFault> {
    if is_right(code) {
        return Ok(());
    }
    let upper = code.to_ascii_uppercase();
    let distinct = upper.bytes().collect::<std::collections::BTreeSet<u8>>().len();
    if upper.starts_with("TE") || upper == "NULL" || (distinct <= 1 && !upper.is_empty()) {
        return Err(BodyFault::Placeholder);
    }
    if upper.chars().count() != 18 {
        let before = check_organisation(&upper.replacen('-', "", 1)).is_ok();
        return Err(if before {
            BodyFault::Organisation
        } else {
            BodyFault::Length
        });
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

/// Checks an organisation code (组织机构代码, GB 11714): nine characters, weights 3 7 9 10 5 8 4 2 with A = 10 … Z = 35, check
/// character = 11 − Σ mod 11, where 10 is written X and 11 is 0.
///
/// # Errors
/// The first fault found.
pub fn check_organisation(code: &str) -> Result<(), BodyFault> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    let Some((number, check)) = code.split_at_checked(8).filter(|(_, check)| check.len() == 1) else {
        return Err(BodyFault::Length);
    };
    for (c, weight) in number.chars().zip(WEIGHTS) {
        let value = c.to_digit(36).filter(|_| !c.is_ascii_lowercase());
        sum += value.ok_or(BodyFault::Alphabet)? * weight;
    }
    let right = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    if check.starts_with(right) {
        Ok(())
    } else {
        Err(BodyFault::Check(right))
    }
}

/// Who registered a body, and as what, by the first two characters of its credit code (GB 32100-2015).
pub fn registered(code: &str) -> Option<(&'static str, &'static str)> {
    let mut first = code.chars();
    let (authority, kinds): (_, &[(char, &str)]) = match first.next()? {
        '1' => (
            "机构编制",
            &[('1', "机关"), ('2', "事业单位"), ('3', "群众团体"), ('9', "其他")],
        ),
        '5' => (
            "民政",
            &[
                ('1', "社会团体"),
                ('2', "民办非企业单位"),
                ('3', "基金会"),
                ('9', "其他"),
            ],
        ),
        '9' => ("工商", &[('1', "企业"), ('2', "个体工商户"), ('3', "农民专业合作社")]),
        'A' => ("军队", &[]),
        'N' => ("农业", &[]),
        'Y' => ("其他", &[]),
        _ => return None,
    };
    let kind = first.next()?;
    let kind = kinds.iter().find(|(digit, _)| *digit == kind);
    Some((authority, kind.map_or("", |(_, name)| name)))
}
