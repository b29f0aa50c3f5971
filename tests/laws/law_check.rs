//! The check of citations on a small library of our own words: one case for each ruling. Runs everywhere.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use tongban::law::{Checker, Home, Library, read};
use tongban::model::{Article, Day, Ruling, Unverifiable};
use tongban::normalise::citations::parse;

/// Law texts: the name of the file and what it says. All words are ours.
const LAWS: [(&str, &str); 6] = [
    (
        "行政法规/渡口管理条例(2004-05-01).md",
        "# 渡口管理条例\n\n2004年5月1日 国务院令第901号公布\n\n<!-- INFO END -->\n\n第一条 为了保障渡口安全，制定本条例。\n\n\
         第二条 设立渡口应当经县级人民政府批准，并向社会公布名称和位置。\n\n第三条 渡船应当每年检验一次，检验不收取任何费用。\n\n\
         第四条 船工应当年满十八周岁，并持有渡船驾驶证书。\n\n第五条 渡口的经营者应当投保责任保险。\n\n\
         第六条 渡口两岸应当设置标志灯，由乡镇人民政府出资维护。\n\n第七条 本条例自2004年7月1日起施行。\n",
    ),
    (
        "行政法规/渡口管理条例(2020-03-01).md",
        "# 渡口管理条例\n\n2004年5月1日 国务院令第901号公布\n\n2020年3月1日 国务院令第977号修订\n\n<!-- INFO END -->\n\n第一条 为了保障渡口安全，制定本条例。\n\n\
         第二条 渡口的规划应当与防洪规划衔接，由县级水行政主管部门会同交通部门编制。\n\n第三条 设立渡口应当经县级人民政府批准，并向社会公布名称和位置。\n\n\
         批准机关应当自收到申请之日起二十日内作出决定。\n\n申请人应当提交下列材料：\n\n（一）申请书；\n\n（二）渡口位置图。\n\n\
         第四条 渡船应当每六个月检验一次，检验结果应当在船上公示。\n\n第五条 本条例自2020年5月1日起施行。\n",
    ),
    (
        "行政法规/渡船检验收费办法(1999-01-01).md",
        "# 渡船检验收费办法\n\n1999年1月1日 国务院令第800号公布\n\n<!-- INFO END -->\n\n第一条 渡船检验按照吨位收费，每吨五元。\n\n第二条 本办法自1999年2月1日起施行。\n",
    ),
    (
        "法律/内河摆渡法(2022-01-01).md",
        "# 内河摆渡法\n\n2022年1月1日 第十三届全国人民代表大会常务委员会第五十次会议通过\n\n<!-- INFO END -->\n\n第一条 摆渡应当遵守本法。\n\n\
         第二条 乘客应当服从船工指挥，在渡船航行时不得站立或者倚靠船舷，不得携带易燃易爆物品上船。船工发现携带的，应当拒绝其登船。\n\n\
         船主应当在船上备齐救生衣。\n\n第三条 有下列情形之一的，不得离岸：\n\n（一）渡船超载十人以上或者超载三成以上的；\n\n（二）大雾大风或者洪水的。\n\n\
         第四条 本法自2022年3月1日起施行，《渡船检验收费办法》同时废止。\n",
    ),
    (
        "地方性法规/海东省集市管理条例(2010-01-01).md",
        "# 海东省集市管理条例\n\n2010年1月1日 海东省第十届人民代表大会常务委员会第三次会议通过\n\n<!-- INFO END -->\n\n第一条 集市应当有固定的时间和地点。\n\n第二条 本条例自2010年3月1日起施行。\n",
    ),
    (
        "地方性法规/海西省集市管理条例(2011-01-01).md",
        "# 海西省集市管理条例\n\n2011年1月1日 海西省第十届人民代表大会常务委员会第三次会议通过\n\n<!-- INFO END -->\n\n第一条 集市由乡镇人民政府管理。\n\n第三条 集市不收入场费。\n\n第四条 本条例自2011年3月1日起施行。\n",
    ),
];

fn library() -> Library {
    Library::of(LAWS.iter().filter_map(|(file, text)| read(text, file)))
}

fn ruling(text: &str, as_of: Option<Day>, home: &[&str]) -> Ruling {
    let library = library();
    let home = Home {
        names: home.iter().map(|name| (*name).to_owned()).collect(),
    };
    let all = parse(text);
    let beside: Vec<Article> = all.iter().skip(1).filter_map(|citation| citation.article).collect();
    Checker::new(&library, as_of).ruling(&all[0], &beside, &home).0
}

/// A citation, the word of its ruling.
const CASES: [(&str, &str); 42] = [
    ("《渡口管理条例》第三条", "confirmed"),
    ("《渡口管理条例》第三条第二款", "confirmed"),
    ("《渡口管理条例》第三条第三款第（二）项", "confirmed"),
    ("《渡口管理条例》第二条至第四条", "confirmed"),
    (
        "《渡口管理条例》第三条第二款：批准机关应当自收到申请之日起20日内作出决定。",
        "confirmed",
    ),
    (
        "《渡口管理条例》第三条：设立渡口应当经县级人民政府批准……（二）渡口位置图。",
        "confirmed",
    ),
    (
        "《渡口管理条例》第三条、第四条：第三条 设立渡口应当经县级人民政府批准，并向社会公布名称和位置。",
        "confirmed",
    ),
    ("《渡口管理条例》（2020年修订）第三条", "confirmed"),
    ("《渡口管理条例》第九条", "no-such-place"),
    ("《渡口管理条例》第三条第七款", "no-such-place"),
    ("《渡口管理条例》第三条第（五）项", "no-such-place"),
    ("《渡口管理条例》第三条至第九十条", "no-such-place"),
    (
        "《渡口管理条例》第二条：设立渡口应当经县级人民政府批准，并向社会公布名称和位置。",
        "renumbered",
    ),
    ("《渡口管理条例》（2004年修订）第二条", "renumbered"),
    ("《渡口管理条例》（2011年修订）第二条", "unverifiable"),
    (
        "《渡口管理条例》第三条：渡船应当每年检验一次，检验不收取任何费用。",
        "renumbered",
    ),
    (
        "《渡口管理条例》第四条：船工应当年满十八周岁，并持有渡船驾驶证书。",
        "changed",
    ),
    (
        "《渡口管理条例》第三条：批准机关应当自收到申请之日起三十日内作出决定。",
        "misquoted",
    ),
    (
        "《渡口管理条例》第四条：渡船可以每六个月检验一次，检验结果应当在船上公示。",
        "misquoted",
    ),
    (
        "《渡口管理条例》第四条：渡口的规划应当与防洪规划衔接，由县级水行政主管部门会同交通部门编制。",
        "other-article",
    ),
    (
        "《渡口管理条例》第四条：窗口每周一至周五上班，节假日照常轮值接听电话。",
        "unverifiable",
    ),
    // Another paragraph or subparagraph of the article.
    (
        "《渡口管理条例》第三条第一款：批准机关应当自收到申请之日起20日内作出决定。",
        "other-article",
    ),
    (
        "《渡口管理条例》第三条第二款：设立渡口应当经县级人民政府批准，并向社会公布名称和位置。",
        "other-article",
    ),
    (
        "《内河摆渡法》第三条第（二）项：渡船超载十人以上或者超载三成以上的；",
        "other-article",
    ),
    (
        "《内河摆渡法》第三条第（一）项：有下列情形之一的，不得离岸：（一）渡船超载十人以上或者超载三成以上的；",
        "confirmed",
    ),
    (
        "《内河摆渡法》第三条第（一）项：渡船超载十人以上或者超载三成以上的；",
        "confirmed",
    ),
    // The source may have run the second paragraph together with the first.
    (
        "《内河摆渡法》第二条第二款：船工发现携带的，应当拒绝其登船。",
        "confirmed",
    ),
    (
        "《内河摆渡法》第二条第二款：乘客应当服从船工指挥，在渡船航行时不得站立或者倚靠船舷，不得携带易燃易爆物品上船。",
        "other-article",
    ),
    // A sentence that was put in, and words of the item behind the quotation.
    (
        "《渡口管理条例》第三条第二款：批准机关应当自收到申请之日起二十日内作出决定；省级以上可以延长五日。",
        "misquoted",
    ),
    (
        "《渡口管理条例》第三条第二款：批准机关应当自收到申请之日起二十日内作出决定。咨询电话由窗口公布，周末照常接听。",
        "confirmed",
    ),
    // Its number is not any more, nor is anything like it.
    (
        "《渡口管理条例》第六条：渡口两岸应当设置标志灯，由乡镇人民政府出资维护。",
        "changed",
    ),
    ("《渡口管理条例》第六条", "no-such-place"),
    (
        "《渡口管理条例》（2020年修订）第四条：船工应当年满十八周岁，并持有渡船驾驶证书。",
        "changed",
    ),
    ("《渡船检验收费办法》第一条", "repealed"),
    (
        "《渡口管理条例》第二条：乘客应当服从船工指挥，在渡船航行时不得站立或者倚靠船舷，不得携带易燃易爆物品上船。",
        "wrong-title",
    ),
    ("《渡口菅理条例》第三条", "wrong-title"),
    ("《渡口事务管理条例》（国务院令第977号）第三条", "wrong-title"),
    ("《集市管理条例》第一条", "ambiguous-title"),
    ("《海南省集市管理条例》第一条", "unverifiable"),
    ("《海西省集市管理条例》第二条", "unverifiable"),
    ("《渡口管理暂行条例》第三条", "unverifiable"),
    ("《渡口管理条例》", "unverifiable"),
];

#[test]
fn each_ruling() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|(text, word)| {
            let ruling = ruling(text, None, &[]);
            (ruling.word() != *word).then(|| format!("{text}: {word}, but {ruling:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_version_of_a_day() {
    let day = Day::iso("2015-01-01");
    let old = "《渡口管理条例》第二条：设立渡口应当经县级人民政府批准，并向社会公布名称和位置。";
    assert_eq!(ruling(old, day, &[]), Ruling::Confirmed);
    assert_eq!(ruling("《渡船检验收费办法》第一条", day, &[]), Ruling::Confirmed);
    assert_eq!(
        ruling("《渡口管理条例》第二条", Day::iso("2001-01-01"), &[]).word(),
        "unverifiable"
    );
    let Ruling::Renumbered {
        to, from, similarity, ..
    } = ruling(old, None, &[])
    else {
        panic!("renumbered");
    };
    assert_eq!(
        (to, from, similarity),
        (Article { number: 3, of: 0 }, Day::iso("2004-05-01"), 1.0)
    );
}

#[test]
fn a_short_title_means_the_own_law() {
    assert_eq!(ruling("《集市管理条例》第一条", None, &["海东省"]), Ruling::Confirmed);
    let gap = ruling("《集市管理条例》第二条", None, &["海西省"]);
    assert_eq!(gap.word(), "unverifiable", "its text has a gap there");
}

#[test]
fn what_a_ruling_says() {
    let lamps = "《渡口管理条例》第六条：渡口两岸应当设置标志灯，由乡镇人民政府出资维护。";
    let crew = "《渡口管理条例》第四条：船工应当年满十八周岁，并持有渡船驾驶证书。";
    for gone in [lamps, crew] {
        let Ruling::Changed { since, text, .. } = ruling(gone, None, &[]) else {
            panic!("{gone}");
        };
        assert_eq!((since, text.as_str()), (Day::iso("2020-05-01"), ""), "{gone}");
    }
    let part = |text: &str| match ruling(text, None, &[]) {
        Ruling::OtherArticle { paragraph, item, .. } => (paragraph, item),
        other => panic!("{text}: {other:?}"),
    };
    let time = "《渡口管理条例》第三条第一款：批准机关应当自收到申请之日起20日内作出决定。";
    assert_eq!(part(time), (Some(2), None));
    let load = "《内河摆渡法》第三条第（二）项：渡船超载十人以上或者超载三成以上的；";
    assert_eq!(part(load), (Some(1), Some(1)));
    let riders =
        "《渡口管理条例》第二条：乘客应当服从船工指挥，在渡船航行时不得站立或者倚靠船舷，不得携带易燃易爆物品上船。";
    let titles = [(riders, true), ("《渡口菅理条例》第三条", false)];
    for (text, known) in titles {
        assert!(matches!(ruling(text, None, &[]), Ruling::WrongTitle { exists, .. } if exists == known));
    }
}

/// A citation that names a version which is not in force yet on the day is not wrong.
#[test]
fn the_version_that_is_named_is_to_come() {
    let day = Day::iso("2020-04-01");
    for text in [
        "《渡口管理条例》（2020年修订）第二条：渡口的规划应当与防洪规划衔接，由县级水行政主管部门会同交通部门编制。",
        "《渡口管理条例》（2020年修订）第九条",
    ] {
        assert_eq!(
            ruling(text, day, &[]),
            Ruling::Unverifiable(Unverifiable::NoVersion),
            "{text}"
        );
    }
}
