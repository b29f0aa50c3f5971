//! Codes of items and bodies, and divisions: every vector of the domain handbook, from `tests/cases/codes.toml`.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde::Deserialize;
use tongban::model::Code;
use tongban::normalise::codes::{self, BodyFault, CodeFault};
use tongban::normalise::divisions::{DivisionLevel, Standing, level, padded};
use tongban::profile::Profile;

#[derive(Deserialize)]
struct Cases {
    code: Vec<BTreeMap<String, String>>,
    not: Vec<Not>,
    body: Vec<Checked>,
    organisation: Vec<Checked>,
    registered: Vec<Registered>,
}

#[derive(Deserialize)]
struct Not {
    text: String,
    column: Vec<usize>,
    why: String,
}

#[derive(Deserialize)]
struct Checked {
    code: String,
    says: String,
}

#[derive(Deserialize)]
struct Registered {
    code: String,
    by: String,
    r#as: String,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../cases/codes.toml")).expect("the cases can be read")
}

fn said(result: Result<(), BodyFault>) -> String {
    match result {
        Ok(()) => "right".to_owned(),
        Err(BodyFault::Length) => "length".to_owned(),
        Err(BodyFault::Organisation) => "organisation".to_owned(),
        Err(BodyFault::Alphabet) => "alphabet".to_owned(),
        Err(BodyFault::LowerCase) => "lower-case".to_owned(),
        Err(BodyFault::Placeholder) => "placeholder".to_owned(),
        Err(BodyFault::Check(right)) => format!("check {right}"),
    }
}

/// The parts of a code by name, without those that it does not have.
fn parts(code: &Code) -> BTreeMap<&'static str, &str> {
    let parts = code.parts();
    let all = [
        ("basic", parts.basic),
        ("region", parts.region),
        ("item_type", parts.item_type),
        ("department", parts.department),
        ("main", parts.main),
        ("sub", parts.sub),
        ("handling", parts.handling),
        ("material", parts.material),
        ("body", parts.body),
        ("level", parts.level),
        ("division", parts.division),
    ];
    all.into_iter().filter_map(|(name, part)| Some((name, part?))).collect()
}

#[test]
fn codes_of_the_handbook_have_their_parts() {
    let profile = Profile::load("national-12").unwrap();
    let types = &profile.vocabulary.lists["item-type"];
    let cases = cases().code;
    assert!(cases.len() >= 75, "{}", cases.len());
    for case in &cases {
        let text = &case["text"];
        let code = codes::parse(text);
        assert_eq!(code.system(), case["system"], "{text}");
        let mut expected: BTreeMap<&str, &str> =
            case.iter().map(|(name, part)| (name.as_str(), part.as_str())).collect();
        for other in ["text", "system", "body_fault", "national_type"] {
            expected.remove(other);
        }
        assert_eq!(parts(&code), expected, "{text}");
        // The body inside is right unless the case says what is wrong with it.
        if let Some(body) = code.body() {
            let fault = case.get("body_fault").map_or("right", String::as_str);
            assert_eq!(said(codes::check_body(body)), fault, "{text}");
        }
        if let Some(national) = case.get("national_type") {
            let own = code.parts().item_type.unwrap();
            let at = types
                .dialects
                .get("sichuan-head")
                .and_then(|map| map.get(&own.to_lowercase()))
                .map_or_else(|| types.find(own, None), |code| types.find(code, None));
            assert_eq!(&types.values[at.unwrap()].0, national, "{text}");
        }
    }
}

/// 1.1: code[19..31] = 基本编码, [0..18] = 实施主体编码, [18] = 行使层级, basic[2..4] = 事项类型, a 33 starts with its 31.
#[test]
fn long_codes_hold_the_short_ones() {
    let mut seen = 0;
    for case in cases().code {
        let text = &case["text"];
        let code = codes::parse(text);
        let parts = code.parts();
        if !matches!(code, Code::Implementation(_) | Code::Handling(_) | Code::Material(_)) {
            continue;
        }
        seen += 1;
        assert_eq!(parts.basic, Some(&text[19..31]));
        assert_eq!(parts.body, Some(&text[..18]));
        assert_eq!(parts.level, Some(&text[18..19]));
        assert_eq!(parts.item_type, Some(&text[19..31][2..4]));
        let basic = codes::parse(&text[19..31]);
        assert!(matches!(basic, Code::National12(_)), "{text}");
        let of_basic = basic.parts();
        assert_eq!(
            (of_basic.region, of_basic.department, of_basic.main, of_basic.sub),
            (parts.region, parts.department, parts.main, parts.sub)
        );
        if matches!(code, Code::Handling(_)) {
            let shorter = codes::parse(&text[..31]);
            assert!(matches!(shorter, Code::Implementation(_)), "{text}");
            assert_eq!(
                (shorter.basic(), shorter.body(), shorter.parts().level),
                (code.basic(), code.body(), parts.level)
            );
        }
    }
    assert!(seen >= 19, "{seen}");
}

/// What is no right code is refused for the right reason, and kept all the same.
#[test]
fn wrong_codes_are_refused_for_the_right_reason() {
    for case in cases().not {
        let why = match codes::check(&case.text, &case.column) {
            Ok(_) => "right".to_owned(),
            Err(CodeFault::Length(length)) => format!("length {length}"),
            Err(CodeFault::Digit(at, letter)) => format!("digit {at} {letter}"),
            Err(CodeFault::Letter(at, letter)) => format!("letter {at} {letter}"),
            Err(CodeFault::LowerCase) => "lower-case".to_owned(),
            Err(CodeFault::Null) => "null".to_owned(),
            Err(CodeFault::System) => "system".to_owned(),
        };
        assert_eq!(why, case.why, "{}", case.text);
        let kept = codes::parse(&case.text);
        assert!(!kept.basic().is_empty(), "{}", case.text);
    }
    // What is right is not refused, and regional systems pass in any column.
    for case in cases().code {
        let text = &case["text"];
        let code = codes::parse(text);
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        let checked = codes::check(text, &[length]);
        let refused = matches!(code, Code::Opaque(_)) || text.contains("null");
        assert_eq!(checked.is_ok(), !refused, "{text}: {checked:?}");
    }
}

/// Letters stand for running numbers, except those that look like digits or each other.
#[test]
fn running_numbers_take_all_letters_but_five() {
    for letter in 'A'..='Z' {
        for at in 6..12 {
            let mut text = "000104002000".to_owned();
            text.replace_range(at..=at, &letter.to_string());
            let checked = codes::check(&text, &[12]);
            if "IOZSV".contains(letter) {
                assert_eq!(checked, Err(CodeFault::Letter(at + 1, letter)), "{text}");
            } else {
                assert_eq!(checked, Ok(Code::National12(text.clone())), "{text}");
            }
        }
    }
}

#[test]
fn bodies_of_the_handbook() {
    for case in cases().body {
        assert_eq!(said(codes::check_body(&case.code)), case.says, "{}", case.code);
    }
    for case in cases().organisation {
        assert_eq!(said(codes::check_organisation(&case.code)), case.says, "{}", case.code);
    }
    for case in cases().registered {
        let registered = codes::registered(&case.code).unwrap_or_default();
        assert_eq!(registered, (case.by.as_str(), case.r#as.as_str()), "{}", case.code);
    }
}

/// Of all characters that could stand at the end, one is right; changing any one character before it is noticed.
#[test]
fn check_characters_find_every_single_slip() {
    let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for good in ["11450721MB15580811", "111100000000001740", "91350100M000100Y43"] {
        for at in 0..18 {
            let right: Vec<char> = alphabet
                .chars()
                .filter(|c| {
                    let mut code = good.to_owned();
                    code.replace_range(at..=at, &c.to_string());
                    codes::check_body(&code).is_ok()
                })
                .collect();
            assert_eq!(right.len(), 1, "{good} {at}: {right:?}");
        }
    }
}

#[test]
fn divisions_are_padded_and_levelled() {
    for (code, full, expected) in [
        ("51", "510000000000", DivisionLevel::Province),
        ("5116", "511600000000", DivisionLevel::City),
        ("511602", "511602000000", DivisionLevel::County),
        ("511602000000", "511602000000", DivisionLevel::County),
        ("511921101", "511921101000", DivisionLevel::Town),
        ("511921101000", "511921101000", DivisionLevel::Town),
        ("511921101201", "511921101201", DivisionLevel::Village),
        ("440300", "440300000000", DivisionLevel::City),
        (" ５１１６０２ ", "511602000000", DivisionLevel::County),
    ] {
        let padded = padded(code).unwrap_or_else(|| panic!("{code}"));
        assert_eq!((padded.as_str(), level(&padded)), (full, expected), "{code}");
    }
    for code in [
        "",
        "5",
        "511",
        "51160",
        "5116020",
        "51160200000",
        "5116020000000",
        "51160x",
        "广安区",
        "000000",
        "100000",
    ] {
        assert_eq!(padded(code), None, "{code}");
    }
}

#[test]
fn divisions_have_names_and_a_history() {
    let profile = Profile::load("national-12").unwrap();
    for (code, name) in [
        ("450721", "灵山县"),
        ("511602", "广安区"),
        ("511602000000", "广安区"),
        ("440300", "深圳市"),
        ("320500", "苏州市"),
        ("44", "广东省"),
        ("440000000000", "广东省"),
        ("110000", "北京市"),
        ("110100", "北京市市辖区"),
        ("440106", "天河区"),
        // The name alone is another division's too.
        ("320106", "南京市鼓楼区"),
        ("110105", "北京市朝阳区"),
        ("220104", "长春市朝阳区"),
        ("110112", "北京市通州区"),
        ("419001", "济源市"),
        ("429004", "仙桃市"),
        ("441900", "东莞市"),
        ("130171", "石家庄高新技术产业开发区"),
        // No more, but that is what it was called.
        ("110103", "崇文区"),
        ("132100", "邯郸地区"),
    ] {
        assert_eq!(profile.division_name(code).as_deref(), Some(name), "{code}");
    }
    for code in ["511921101000", "511699", "990000", "000000", "广州市", ""] {
        assert_eq!(profile.division_name(code), None, "{code}");
    }
    let table = profile.divisions();
    let above = |code: &str| -> Vec<&str> {
        let entry = table.names_of(code).last().unwrap();
        table.above(entry).iter().map(|above| above.name).collect()
    };
    assert_eq!(above("511602"), ["广安市", "四川省"]);
    assert_eq!(above("110101"), ["北京市"]);
    assert_eq!(above("429004"), ["湖北省"]);
    assert_eq!(above("511600"), ["四川省"]);
    assert!(above("510000").is_empty());
    // 南部县 belonged to 南充地区 while it had that code.
    assert_eq!(above("512922"), ["南充地区", "四川省"]);
    let Some(Standing::Gone(gone)) = table.standing("110103") else {
        panic!("崇文区")
    };
    assert_eq!(
        (gone.name, gone.until, &gone.successors[..]),
        ("崇文区", Some(2010), &["110101"][..])
    );
    // What went on from a division may be no more itself: what is told is in use.
    for entry in table.entries().iter().filter(|entry| entry.until.is_some()) {
        let heirs = table.heirs(entry);
        assert!(heirs.iter().all(|heir| heir.until.is_none()), "{}", entry.code);
    }
    let heirs = |code: &str| -> Vec<&str> {
        let Some(Standing::Gone(gone)) = table.standing(code) else {
            panic!("{code}")
        };
        table.heirs(gone).iter().map(|heir| heir.code).collect()
    };
    assert_eq!(heirs("110103"), ["110101"]);
    assert_eq!(heirs("512922"), ["511321"]);
    assert_eq!(heirs("652524"), ["654203"]);
    assert!(heirs("132100").is_empty());
    assert!(matches!(table.standing("511602000000"), Some(Standing::Live(live)) if live.name == "广安区"));
    assert!(matches!(table.standing("511921101000"), Some(Standing::Live(_))));
    assert_eq!(table.standing("511699"), Some(Standing::Unknown));
    assert_eq!(table.standing("000000"), None);
    let names: Vec<&str> = table.names_of("120110").iter().map(|name| name.name).collect();
    assert_eq!(names, ["东郊区", "东丽区"]);
}

#[test]
fn texts_that_are_names_of_divisions() {
    let profile = Profile::load("national-12").unwrap();
    for (text, codes) in [
        ("天河区", &["440106"][..]),
        ("广州市天河区", &["440106"]),
        ("广东省广州市天河区", &["440106"]),
        ("广东省天河区", &["440106"]),
        ("广州天河区", &["440106"]),
        ("广东省", &["440000"]),
        ("广东", &["440000"]),
        ("广东省本级", &["440000"]),
        (" 广 州 市 ", &["440100"]),
        ("内蒙古", &["150000"]),
        ("新疆", &["650000"]),
        ("广西壮族自治区", &["450000"]),
        ("恩施州", &["422800"]),
        ("恩施土家族苗族自治州", &["422800"]),
        ("湖北省仙桃市", &["429004"]),
        ("北京市朝阳区", &["110105"]),
        ("北京朝阳区", &["110105"]),
        ("南京市鼓楼区", &["320106"]),
        // Each of them could be meant.
        ("鼓楼区", &["320106", "320302", "350102", "410204"]),
        ("朝阳区", &["110105", "220104"]),
        ("吉林", &["220000", "220200"]),
        // No more; a name in use goes first.
        ("崇文区", &["110103"]),
        ("北京市崇文区", &["110103"]),
        // Not the names of divisions.
        ("上海市天河区", &[]),
        ("合作", &[]),
        ("平安", &[]),
        ("市辖区", &[]),
        ("县", &[]),
        ("区", &[]),
        ("本级", &[]),
        ("Sheet1", &[]),
        ("行政许可", &[]),
        ("事项清单", &[]),
        ("天河区事项清单", &[]),
        ("", &[]),
    ] {
        assert_eq!(profile.division_by_name(text), codes, "{text}");
    }
    // Every division in use is found by what it is called, and never as one other.
    let table = profile.divisions();
    for entry in table.entries().iter().filter(|entry| entry.until.is_none()) {
        let name = table.name(entry.code).unwrap();
        let found = profile.division_by_name(&name);
        let collective = matches!(entry.name, "市辖区" | "县") || entry.name.contains("直辖县级行政区划");
        assert_eq!(found, if collective { vec![] } else { vec![entry.code] }, "{name}");
    }
}
