//! What `diff --explain` says was folded, for texts of every kind.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use tongban::model::Shape;
use tongban::normalise::{Kind, Part, Parts, Role, folded, normalise};
use tongban::profile::Profile;

fn of(profile: &Profile, kind: Kind, list: Option<&str>, text: &str) -> Vec<String> {
    let part = Part {
        role: Role::Value,
        shape: Shape::Text,
        text,
    };
    let parts = Parts {
        parts: &[part],
        vocabulary: &profile.vocabulary,
        list: list.map(|list| &profile.vocabulary.lists[list]),
        dialect: None,
    };
    let folds = folded(kind, &parts, &normalise(kind, &parts));
    folds
        .into_iter()
        .map(|folded| format!("{} {}>{}", folded.fold.word(), folded.from, folded.to))
        .collect()
}

#[test]
fn what_was_folded_is_said() {
    let profile = Profile::load("national-12").unwrap();
    for (kind, list, text, want) in [
        (Kind::Duration, None, "20(工作日)", vec!["brackets (工作日)>工作日"]),
        (Kind::Duration, None, "二十个工作日", vec!["numerals 二十>20"]),
        (Kind::Duration, None, "２０工作日", vec!["width ２０>20"]),
        (Kind::Duration, None, "20 工 作 日", vec!["spaces 0 工>0工"]),
        (Kind::Duration, None, "当场办结", vec!["words 当场办结>即办"]),
        (
            Kind::Duration,
            None,
            "自受理之日起20工作日",
            vec!["start 自受理之日起>"],
        ),
        (Kind::Duration, None, "20工作日", vec![]),
        (Kind::Fees, None, "免费", vec!["words 免费>不收费"]),
        (
            Kind::Materials,
            None,
            "1.身份证；2.申请表",
            vec!["numbering 1.>", "words 身份证>居民身份证"],
        ),
        (Kind::Materials, None, "居民身份证、申请表", vec!["separators 、>；"]),
        (Kind::Clauses, None, "有场所。", vec!["ends 。>"]),
        (Kind::Clauses, None, "年满十八周岁", vec!["numerals 十八>18"]),
        (Kind::Steps, None, "窗口受理→办结", vec!["words 窗口受理>受理"]),
        (
            Kind::Citations,
            None,
            "《中华人民共和国水法》第7条",
            vec!["country 中华人民共和国>"],
        ),
        (
            Kind::Choices,
            Some("audience"),
            "1,2",
            vec!["separators ,>、", "codes 1>自然人", "codes 2>企业法人"],
        ),
        (Kind::Choice, Some("item-type"), "许可", vec!["codes 许可>行政许可"]),
        (Kind::Name, None, "取水\u{200B}许可", vec!["invisible U+200B>"]),
        (Kind::Name, None, "取水许可(（变更）)", vec!["brackets （（…））>（…）"]),
    ] {
        assert_eq!(of(&profile, kind, list, text), want, "{text}");
    }
}

/// A carriage return ends a line, with a line feed behind it or without: workbooks write it as `_x000D_`.
#[test]
fn a_carriage_return_ends_a_line() {
    let half = tongban::normalise::fold::half;
    for text in [
        "甲表\n乙表",
        "甲表\r\n乙表",
        "甲表\r乙表",
        "甲表 \r\n \r乙表",
        "甲表\r\r\n乙表",
    ] {
        assert_eq!(half(text), "甲表\n乙表", "{text:?}");
    }
}
