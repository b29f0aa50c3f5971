//! What cases as files (`tests/cases/elements/citations.toml`) cannot say: quotations, document numbers, records, and laws that hold for
//! every text.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::model::Citation;

fn spelt(citations: &[Citation]) -> String {
    citations.iter().map(ToString::to_string).collect::<Vec<_>>().join("；")
}

/// The spelling with numbers and labels, for the cases about them.
fn full(text: &str) -> String {
    let one = |c: &Citation| {
        let label = c.label.as_ref().map_or(String::new(), |label| format!("【{label}】"));
        let number = c.number.as_ref().map_or(String::new(), |number| format!(" {number}"));
        format!("{label}{c}{number}")
    };
    parse(text).iter().map(one).collect::<Vec<_>>().join("；")
}

const NUMBERS: &[(&str, &str)] = &[
    (
        "《宗教事务条例》（2004年11月30日国务院令第426号，2017年8月26日修订）第三十三条第一款",
        "《宗教事务条例》第33条第1款 国务院令第426号",
    ),
    (
        "《A规定》（国家民委 公安部令第2号）",
        "《A规定》 国家民委、公安部令第2号",
    ),
    (
        "《A办法》（国宗发〔2018〕11号）第四章第二十一条",
        "《A办法》第21条 国宗发〔2018〕11号",
    ),
    (
        "《A通知》（桂发改投资﹝2013﹞833号",
        "《A通知》 桂发改投资〔2013〕833号",
    ),
    ("【司法解释】《A解释（一）》第三条", "【司法解释】《A解释（一）》第3条"),
    (
        "《A办法》(2016年国家发改委令第44号)第三条",
        "《A办法》第3条 国家发改委令2016年第44号",
    ),
    (
        "《A通知》粤食药监人（2009）119号及其补充意见",
        "《A通知》 粤食药监人〔2009〕119号",
    ),
    (
        "国发[2006]28号《国务院关于A的决定》第三条",
        "《国务院关于A的决定》第3条 国发〔2006〕28号",
    ),
    (
        "《A法》（国务院令第1号）第三条；《A法》第五条",
        "《A法》第3条 国务院令第1号；《A法》第5条 国务院令第1号",
    ),
    ("《A法》第三条（国务院令第1号）", "《A法》第3条 国务院令第1号"),
    (
        "关于印发《A办法（试行）》的通知（粤府〔2018〕96号）",
        "《A办法（试行）》 粤府〔2018〕96号",
    ),
    (
        "根据国务院令第412号第378项",
        "《国务院令第412号》第（378）项 国务院令第412号",
    ),
    ("国务院令第412号", "《国务院令第412号》 国务院令第412号"),
    (
        "符合国人防〔2014〕438号、国人防〔2016〕71号规定",
        "《国人防〔2014〕438号》 国人防〔2014〕438号；《国人防〔2016〕71号》 国人防〔2016〕71号",
    ),
    (
        "国务院关于加强管理的决定（国发〔2018〕3号）第三条",
        "《国务院关于加强管理的决定》第3条 国发〔2018〕3号",
    ),
    ("机动车号牌、第5号窗口", ""),
    ("【法律】《A法》第三条", "【法律】《A法》第3条"),
    (
        "【法律】《A法》第三条\n【部门规章】《B办法》第五条",
        "【法律】《A法》第3条；【部门规章】《B办法》第5条",
    ),
    (
        "【法律】\n1.《A法》第三条\n2.《B法》第五条",
        "【法律】《A法》第3条；《B法》第5条",
    ),
    (
        "法律：《A法》第三条\n行政法规：《B条例》第五条",
        "【法律】《A法》第3条；【行政法规】《B条例》第5条",
    ),
    ("[法律]《A法》第三条", "【法律】《A法》第3条"),
    ("【法律依据】《A法》第三条", "《A法》第3条"),
];

/// Text, citations, the quote of the first.
const QUOTES: &[(&str, &str, &str)] = &[
    ("《A法》第三条：国家实行许可制度。", "《A法》第3条", "国家实行许可制度"),
    (
        "《A法》第十二条　国家实行许可制度。",
        "《A法》第12条",
        "国家实行许可制度",
    ),
    ("《A法》第三条国家实行许可制度。", "《A法》第3条", "国家实行许可制度"),
    (
        "《A法》第三条规定：“国家（甲）实行“许可”制度。”",
        "《A法》第3条",
        "国家（甲）实行“许可”制度",
    ),
    (
        "《A法》第三条规定,\"国家实行\"，《B法》第五条",
        "《A法》第3条；《B法》第5条",
        "国家实行",
    ),
    (
        "《A法》第三条：“依照本法第四条和《B法》第五条。”",
        "《A法》第3条",
        "依照本法第四条和《B法》第五条",
    ),
    (
        "《A法》第三条 违反本法第四条，依照《B法》第五条处罚。",
        "《A法》第3条",
        "违反本法第四条，依照《B法》第五条处罚",
    ),
    (
        "《A法》第三条 甲。乙依照《B法》第五条。\n《C法》第六条 丁。",
        "《A法》第3条；《C法》第6条",
        "甲。乙依照《B法》第五条",
    ),
    (
        "《A法》第三条 甲。《C法》第六条 丁。",
        "《A法》第3条；《C法》第6条",
        "甲",
    ),
    ("《A法》第三条 甲。第六条 丁。", "《A法》第3条；《A法》第6条", "甲"),
    (
        "《A法》第三条 甲。第六条规定的，丁。",
        "《A法》第3条",
        "甲。第六条规定的，丁",
    ),
    (
        "《A法》第三条 甲。第六条、第七条规定的，丁。",
        "《A法》第3条",
        "甲。第六条、第七条规定的，丁",
    ),
    (
        "1.《A法》第三条：甲：（一）乙；（二）《B法》第五条规定的。2.《C法》第六条",
        "《A法》第3条；《C法》第6条",
        "甲：（一）乙；（二）《B法》第五条规定的",
    ),
    (
        "1.《A法》第三条：甲；\n2.申请人符合《C法》第六条的",
        "《A法》第3条；《C法》第6条",
        "甲",
    ),
    (
        "一、《A法》第三条：甲。\n二、根据《C办法》第六条：乙。",
        "《A法》第3条；《C办法》第6条",
        "甲",
    ),
    (
        "《A法》第三条：甲。\n公安部《C办法》第六条：乙。",
        "《A法》第3条；《C办法》第6条",
        "甲",
    ),
    (
        "【法律】《A法》第三条　甲。【部门规章】《C办法》第六条　乙。",
        "《A法》第3条；《C办法》第6条",
        "甲",
    ),
    (
        "《A法》第三条\n国家实行《B法》第四条的制度。\n第五条\n丙",
        "《A法》第3条；《A法》第5条",
        "国家实行《B法》第四条的制度",
    ),
    (
        "《A法》第三条第一款：“甲”，第二款：“乙”",
        "《A法》第3条第1款；《A法》第3条第2款",
        "甲",
    ),
    ("《A法》第三条：“甲”、第四条：“乙”", "《A法》第3条；《A法》第4条", "甲"),
    (
        "《A法》第九条（一）申请人符合本法；（二）《B法》第五条规定的。",
        "《A法》第9条",
        "（一）申请人符合本法；（二）《B法》第五条规定的",
    ),
    ("（《A法》第三条：甲）《B法》第五条", "《A法》第3条；《B法》第5条", "甲"),
    ("《A法》：“甲依照《B法》第五条”", "《A法》", "甲依照《B法》第五条"),
    (
        "《A法》第六条《B法》所称“资助”，是指甲。",
        "《A法》第6条",
        "《B法》所称“资助”，是指甲",
    ),
    (
        "违反《A法》第三条禁止生产的，依照《B法》第五条处罚",
        "《A法》第3条；《B法》第5条",
        "",
    ),
    (
        "《A法》第三条的规定，依照《B法》第五条处罚",
        "《A法》第3条；《B法》第5条",
        "",
    ),
    ("根据《A法》第三条规定，经批准", "《A法》第3条", ""),
];

#[test]
fn numbers_and_labels_read() {
    for (text, expected) in NUMBERS {
        assert_eq!(full(text), *expected, "{text}");
    }
}

#[test]
fn quotations_are_kept_and_not_read() {
    for (text, expected, quote) in QUOTES {
        let found = parse(text);
        assert_eq!(spelt(&found), *expected, "{text}");
        assert_eq!(
            found.first().and_then(|c| c.quote.as_deref()).unwrap_or_default(),
            *quote,
            "{text}"
        );
    }
}

#[test]
fn the_canonical_spelling_reads_back() {
    let quoted = QUOTES.iter().map(|(text, _, _)| text);
    for text in NUMBERS.iter().map(|(text, _)| text).chain(quoted) {
        for citation in parse(text) {
            let again = parse(&citation.to_string());
            let number = again.first().and_then(|c| c.number.clone());
            let version = again.first().and_then(|c| c.version);
            assert_eq!(
                again,
                [Citation {
                    number,
                    version,
                    label: None,
                    quote: None,
                    ..citation
                }],
                "{text}"
            );
        }
    }
}

#[test]
fn titles_are_canonical() {
    for (text, expected) in [
        ("《中华人民共和国行政许可法》", "行政许可法"),
        ("行政许可法(2019修正)", "行政许可法"),
        ("《行政许可法》（2019年修正）", "行政许可法"),
        ("《A办法（国务院令第426号）》", "A办法"),
        ("A办法（2018年1月1日公布）（修订）", "A办法"),
        ("A办法（试行）", "A办法（试行）"),
        ("A目录（2019年本）", "A目录（2019年本）"),
        ("A法（修订草案）", "A法（修订草案）"),
        ("宪法修正案（2004年）", "宪法修正案（2004年）"),
        ("X省实施《中华人民共和国A法》办法", "X省实施〈A法〉办法"),
        (
            "《关于修改<节约能源法>等六部法律的决定》",
            "关于修改〈节约能源法〉等六部法律的决定",
        ),
        ("中华人民共和国和大韩民国引渡条约", "中华人民共和国和大韩民国引渡条约"),
        ("《A》和《B》", "〈A〉和〈B〉"),
        ("中华人民共和国", "中华人民共和国"),
        ("《》", ""),
        ("（修订）", "（修订）"),
    ] {
        assert_eq!(title(text), expected, "{text}");
        assert_eq!(title(expected), expected, "twice: {text}");
    }
}

#[test]
fn document_numbers_are_canonical() {
    for (text, expected) in [
        ("国发[2006]28号", "国发〔2006〕28号"),
        ("国发〔2006〕28号", "国发〔2006〕28号"),
        ("国发［１９９５］1号", "国发〔1995〕1号"),
        ("国发 〔2006〕 第28号", "国发〔2006〕28号"),
        ("（2018）366号", "〔2018〕366号"),
        (
            "桂发改投资﹝2013﹞833号,2013年7月9日实施，自治区发展改革委颁布",
            "桂发改投资〔2013〕833号",
        ),
        (
            "国家发展改革委令2014年第7号，2014年3月1日实施",
            "国家发展改革委令2014年第7号",
        ),
        (
            "2016年11月27日国家发展和改革委员会令第44号",
            "国家发展和改革委员会令第44号",
        ),
        ("桂发改环资〔2017〕635号", "桂发改环资〔2017〕635号"),
        ("根据桂宗通〔2006〕5号文件", "桂宗通〔2006〕5号"),
        ("国务院令第426号", "国务院令第426号"),
        ("中华人民共和国国务院令 第426号", "国务院令第426号"),
        ("国务院令（第426号）", "国务院令第426号"),
        ("国务院第412号令", "国务院令第412号"),
        ("1998年国务院令第251号", "国务院令第251号"),
        (
            "2004年11月30日国务院令第426号公布，2017年8月26日国务院令第686号修订",
            "国务院令第426号",
        ),
        ("二〇〇四年十一月三十日国务院令第426号", "国务院令第426号"),
        ("2016年国家发改委令第44号", "国家发改委令2016年第44号"),
        ("国家发改委令2014年第7号", "国家发改委令2014年第7号"),
        ("主席令第七十三号", "主席令第73号"),
        ("中华人民共和国主席令第五十二号", "主席令第52号"),
        ("国家民委 公安部令第2号", "国家民委、公安部令第2号"),
        ("国家民委、公安部令第2号", "国家民委、公安部令第2号"),
        ("2015年6月16日国家民委 公安部令第2号", "国家民委、公安部令第2号"),
        ("2017年修订 公安部令第2号", "公安部令第2号"),
        ("令第406号", "令第406号"),
        ("公告第13号", "公告第13号"),
        ("国家税务总局公告2018年第15号", "国家税务总局公告2018年第15号"),
        ("国家质检总局2014年第38号公告", "国家质检总局公告2014年第38号"),
    ] {
        assert_eq!(document_number(text).as_deref(), Some(expected), "{text}");
        assert_eq!(document_number(expected).as_deref(), Some(expected), "twice: {text}");
    }
    for text in [
        "",
        "号",
        "第5号",
        "机动车号牌",
        "〔18〕5号",
        "令号",
        "2018年",
        "国发〔2006〕号",
    ] {
        assert_eq!(document_number(text), None, "{text}");
    }
}

#[test]
fn records_read() {
    let record = |fields: &[(&str, &str)]| {
        fields
            .iter()
            .map(|&(key, value)| (key.to_owned(), value.to_owned()))
            .collect::<Vec<_>>()
    };
    let found = from_records(&[
        record(&[
            ("title", "中华人民共和国A法(2018修正)"),
            ("docno", "主席令第七十三号"),
            ("clause", "第三条第一款、第二款"),
            ("text", "第三条 甲依照《B法》第五条。"),
            ("level", "法律"),
        ]),
        record(&[
            ("title", "《B办法》"),
            ("docno", "令第2号"),
            ("issuer", "公安部"),
            ("clause", "12"),
        ]),
        record(&[("title", "《C办法》第三条"), ("clause", "")]),
        record(&[("docno", "国发[2006]28号"), ("clause", "第五条")]),
        record(&[("text", "《D法》第七条")]),
        record(&[("title", "E法"), ("clause", "无")]),
        record(&[
            ("title", "《F 的意见》（）三(七)"),
            ("docno", "中发〔2016〕18号，2016年7月5日实施，中共中央、国务院颁布"),
            ("clause", "第三条第七款"),
        ]),
        record(&[]),
    ]);
    assert_eq!(
        spelt(&found),
        "《A法》第3条第1款；《A法》第3条第2款；《B办法》第12条；《C办法》第3条；《国发〔2006〕28号》第5条；《D法》第7条；《E法》；《F的意见》第3条第7款"
    );
    let numbers: Vec<_> = found.iter().map(|c| c.number.as_deref().unwrap_or_default()).collect();
    assert_eq!(
        numbers,
        [
            "主席令第73号",
            "主席令第73号",
            "公安部令第2号",
            "",
            "国发〔2006〕28号",
            "",
            "",
            "中发〔2016〕18号"
        ]
    );
    assert_eq!(found[0].label.as_deref(), Some("法律"));
    assert_eq!(found[0].quote.as_deref(), Some("第三条甲依照《B法》第五条"));
}

#[test]
fn any_pieces_in_any_order() {
    let pieces = [
        "《",
        "》",
        "（",
        "）",
        "〈",
        "〉",
        "“",
        "”",
        "第",
        "三",
        "条",
        "款",
        "项",
        "之一",
        "、",
        "至",
        "。",
        "\n",
        " ",
        "1.",
        "号",
        "令",
        "〔2018〕",
        "《A法》",
        "中华人民共和国",
        "本法",
        "（修订）",
        "法律：",
        "【法律】",
        "规定",
        "：",
        "公告",
        "年",
        "😀",
        "\u{301}",
        "é",
    ];
    let mut seed = 7_u64;
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..16 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        assert_eq!(title(&title(&text)), title(&text), "{text}");
        for citation in parse(&text) {
            let again = parse(&citation.to_string());
            let number = again.first().and_then(|c| c.number.clone());
            let version = again.first().and_then(|c| c.version);
            assert_eq!(
                again,
                [Citation {
                    number,
                    version,
                    label: None,
                    quote: None,
                    ..citation
                }],
                "{text}"
            );
        }
    }
}
