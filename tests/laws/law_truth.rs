//! The check of citations on real law texts (`../shared/data/laws`): citations with known answers, built from the texts themselves by
//! means that share nothing with the check (equality of texts, numbers of lines). Skipped, by name, where the texts are not there.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::support::real;
use tongban::forms::Forms;
use tongban::ingest::{self, Source, read_laws};
use tongban::law::{Checker, Home, Library, check};
use tongban::model::{Article, ArticleText, Citation, Cited, Law, Remark, Ruling, Unverifiable};
use tongban::normalise::citations::parse;
use tongban::profile::Profile;

/// The library, read once.
fn library() -> Option<&'static Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    LIBRARY
        .get_or_init(|| Some(read_laws(&[real("laws")?]).unwrap().library()))
        .as_ref()
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % below as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 305 as 三百零五.
fn chinese(n: u32) -> String {
    let digit = |n: u32| DIGITS[n as usize].to_string();
    match n {
        0..10 => digit(n),
        10..20 => format!("十{}", if n == 10 { String::new() } else { digit(n - 10) }),
        20..100 => format!(
            "{}十{}",
            digit(n / 10),
            if n.is_multiple_of(10) {
                String::new()
            } else {
                digit(n % 10)
            }
        ),
        _ => {
            let (hundreds, rest) = if n >= 1000 {
                (
                    format!(
                        "{}千{}",
                        digit(n / 1000),
                        if n % 1000 >= 100 {
                            format!("{}百", digit(n % 1000 / 100))
                        } else {
                            String::new()
                        }
                    ),
                    n % 100,
                )
            } else {
                (format!("{}百", digit(n / 100)), n % 100)
            };
            match rest {
                0 => hundreds,
                1..10 => format!("{hundreds}零{}", digit(rest)),
                10..20 => format!("{hundreds}一{}", chinese(rest)),
                _ => format!("{hundreds}{}", chinese(rest)),
            }
        }
    }
}

fn place(article: Article) -> String {
    let of = if article.of > 0 {
        format!("之{}", chinese(article.of))
    } else {
        String::new()
    };
    format!("第{}条{of}", chinese(article.number))
}

/// The letters of a text: what two copies of it share.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Laws that are in force and whose newest text is whole.
fn sound(library: &Library) -> Vec<&Law> {
    let whole = |law: &&Law| {
        let newest = law.versions.last().unwrap();
        law.repealed.is_none()
            && newest.lacks.is_empty()
            && newest.text.as_ref().is_some_and(|text| text.articles.len() >= 8)
    };
    library.laws().iter().filter(whole).collect()
}

fn newest(law: &Law) -> &[ArticleText] {
    &law.versions.last().unwrap().text.as_ref().unwrap().articles
}

fn first(text: &str) -> Citation {
    let all = parse(text);
    assert!(!all.is_empty(), "no citation in: {text}");
    all[0].clone()
}

/// Writes a text as people copy it: other digits, widths, spaces.
fn noisy(text: &str, dice: &mut Dice) -> String {
    let mut out = text.replace('\n', "");
    match dice.roll(4) {
        0 => out = out.replace('，', ",").replace('；', ";").replace('：', ":"),
        1 => {
            out = out
                .replace("二十日", "20日")
                .replace("三十日", "30日")
                .replace("十五日", "15日")
        }
        2 => out = out.replace('（', "(").replace('）', ")"),
        _ => {}
    }
    out
}

/// The lines of an article where each is a paragraph (款).
fn paragraphs(article: &ArticleText) -> Option<Vec<&str>> {
    let lines: Vec<&str> = article.text.lines().collect();
    let plain = |line: &&str| line.starts_with(|c: char| c.is_alphabetic()) && line.ends_with('。');
    lines.iter().all(plain).then_some(lines)
}

/// A quotation that is right: an article, a paragraph, a sentence, with gaps, cut off.
fn right_quotation(article: &ArticleText, dice: &mut Dice) -> (String, String) {
    let lines: Vec<&str> = article.text.lines().collect();
    let text = match dice.roll(5) {
        0 => lines[dice.roll(lines.len())].to_owned(),
        1 => {
            let sentences: Vec<&str> = article
                .text
                .split_inclusive('。')
                .filter(|s| s.chars().count() > 10)
                .collect();
            if sentences.is_empty() {
                article.text.clone()
            } else {
                (*dice.one(&sentences)).to_owned()
            }
        }
        2 if lines.len() > 2 => format!("{}……{}", lines[0], lines[lines.len() - 1]),
        3 => {
            let chars: Vec<char> = article.text.chars().collect();
            chars[..chars.len() - dice.roll(chars.len() / 3 + 1)].iter().collect()
        }
        _ => article.text.clone(),
    };
    (noisy(&text, dice), place(article.article))
}

#[test]
fn no_correct_citation_is_called_wrong() {
    let Some(library) = library() else { return };
    let (checker, home) = (Checker::new(library, None), Home::default());
    let laws = sound(library);
    let mut dice = Dice(7);
    let (mut verdicts, mut wrong): (BTreeMap<&str, usize>, Vec<String>) = Default::default();
    for round in 0..4000 {
        let law = *dice.one(&laws);
        let article = dice.one(newest(law));
        let (quote, place) = right_quotation(article, &mut dice);
        let text = match round % 4 {
            0 => format!("《{}》{place}", law.full),
            1 => format!("《{}》{place}：{quote}", law.full),
            2 => format!("《{}》{place}规定：“{quote}”", law.full),
            _ => format!("根据《{}》{place}　{quote}", law.title),
        };
        let (ruling, _) = checker.ruling(&first(&text), &[], &home);
        *verdicts.entry(ruling.word()).or_default() += 1;
        if ruling.is_wrong() {
            wrong.push(format!("{text}\n   {ruling:?}"));
        }
    }
    println!("{verdicts:?}");
    for one in wrong.iter().take(25) {
        println!("{one}\n");
    }
    assert!(wrong.is_empty(), "{} called wrong", wrong.len());
}

/// The text of a paragraph under its own number is right.
#[test]
fn no_paragraph_is_taken_for_another() {
    let Some(library) = library() else { return };
    let (checker, home) = (Checker::new(library, None), Home::default());
    let laws = sound(library);
    let mut dice = Dice(11);
    let (mut cited, mut wrong) = (0, Vec::new());
    for _ in 0..3000 {
        let law = *dice.one(&laws);
        let article = dice.one(newest(law));
        let Some(lines) = paragraphs(article).filter(|lines| lines.len() > 1) else {
            continue;
        };
        for (line, n) in lines.iter().zip(1..) {
            let text = format!("《{}》{}第{}款：{line}", law.full, place(article.article), chinese(n));
            let (ruling, _) = checker.ruling(&first(&text), &[], &home);
            cited += 1;
            if ruling.is_wrong() {
                wrong.push(format!("{text}\n   {ruling:?}"));
            }
        }
    }
    println!("{cited} paragraphs");
    assert!(cited > 1000 && wrong.is_empty(), "{cited}: {wrong:#?}");
}

/// What laws cite of themselves (本法第二十条第二款) is right, and reaches down to paragraphs and entries.
#[test]
fn what_laws_cite_of_themselves_exists() {
    let Some(library) = library() else { return };
    let (checker, home) = (Checker::new(library, None), Home::default());
    let own = regex::Regex::new(r"本(?:法|条例|办法|规定)(第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+款)?(?:第（?[一二三四五六七八九十]+）?项)?)").unwrap();
    let (mut count, mut deep, mut wrong) = (0, 0, Vec::new());
    for law in sound(library) {
        for article in newest(law) {
            for found in own.captures_iter(&article.text) {
                let citation = first(&format!("《{}》{}", law.full, &found[1]));
                let (ruling, _) = checker.ruling(&citation, &[], &home);
                count += 1;
                deep += usize::from(found[1].ends_with(['款', '项']));
                if ruling.is_wrong() {
                    wrong.push(format!("{} {}: {citation}: {ruling:?}", law.title, article.article));
                }
            }
        }
    }
    println!("{count} citations, {deep} below the article, {} wrong", wrong.len());
    for one in &wrong {
        println!("{one}");
    }
    // Slips of the laws themselves, and texts that were cut off behind an article that reads like a last one.
    assert!(count > 8000 && wrong.len() * 1000 < count, "{}", wrong.len());
}

/// A citation with a known answer.
struct Case {
    kind: &'static str,
    text: String,
    right: Box<dyn Fn(&Ruling) -> bool>,
}

fn case(kind: &'static str, text: String, right: impl Fn(&Ruling) -> bool + 'static) -> Case {
    Case {
        kind,
        text,
        right: Box::new(right),
    }
}

/// Articles whose text, to the letter, stands under another number in the newest version: (law, old version, old number, new number).
fn moved<'a>(laws: &[&'a Law]) -> Vec<(&'a Law, usize, &'a ArticleText, Article)> {
    let mut moved = Vec::new();
    for law in laws {
        let new: Vec<(Article, String)> = newest(law)
            .iter()
            .map(|one| (one.article, letters(&one.text)))
            .collect();
        for (number, version) in law.versions.iter().enumerate().rev().skip(1) {
            let Some(text) = &version.text else { continue };
            for old in &text.articles {
                let wanted = letters(&old.text);
                let same: Vec<&Article> = new
                    .iter()
                    .filter(|(_, text)| *text == wanted)
                    .map(|(at, _)| at)
                    .collect();
                let (&[to], true) = (same.as_slice(), wanted.chars().count() >= 20) else {
                    continue;
                };
                // Between the two nothing else had the number.
                if *to != old.article && version.lacks.is_empty() {
                    moved.push((*law, number, old, *to));
                }
            }
        }
    }
    moved
}

/// A text with one thing wrong that changes what it says, so that it stands nowhere in the law any more.
fn spoilt(text: &str, dice: &mut Dice) -> Option<String> {
    let change = match dice.roll(4) {
        0 => text.contains("应当").then(|| text.replacen("应当", "可以", 1)),
        1 => ["三十日", "二十日", "十五日", "五年", "三年"]
            .iter()
            .find(|n| text.contains(**n))
            .map(|n| text.replacen(n, "七日", 1)),
        2 => text.contains("不得").then(|| text.replacen("不得", "可以", 1)),
        _ => {
            // Five characters in the middle of a sentence.
            let chars: Vec<char> = text.chars().collect();
            let middle = chars.len() / 2;
            let plain = chars.len() > 30 && chars[middle - 3..middle + 8].iter().all(|c| c.is_alphabetic());
            plain.then(|| chars[..middle].iter().chain(&chars[middle + 5..]).collect())
        }
    }?;
    Some(change)
}

fn cases(library: &Library) -> Vec<Case> {
    let laws = sound(library);
    let mut dice = Dice(11);
    let mut cases = Vec::new();
    let full = |law: &Law| law.full.clone();
    // Right ones.
    for round in 0..60 {
        let law = *dice.one(&laws);
        let article = dice.one(newest(law));
        let (quote, place) = right_quotation(article, &mut dice);
        let text = if round % 3 == 0 {
            format!("《{}》{place}", full(law))
        } else {
            format!("《{}》{place}：{quote}", full(law))
        };
        cases.push(case("right", text, |ruling| *ruling == Ruling::Confirmed));
    }
    // Renumbered: by the quotation, and by the year of the version.
    let moved = moved(&laws);
    println!("{} articles of old versions stand under another number", moved.len());
    for round in 0..80 {
        let (law, version, old, to) = *dice.one(&moved);
        let year = law.versions[version].day.map(|day| day.year);
        let others = law
            .versions
            .iter()
            .filter(|other| other.day.map(|day| day.year) == year)
            .count();
        let right = move |ruling: &Ruling| matches!(ruling, Ruling::Renumbered { to: found, .. } if *found == to);
        match year.filter(|_| round % 3 == 2 && others == 1) {
            Some(year) => {
                let text = format!("《{}》（{year}年修正）{}", full(law), place(old.article));
                cases.push(case("renumbered, by version", text, right));
            }
            None => {
                let text = format!(
                    "《{}》{}：{}",
                    full(law),
                    place(old.article),
                    noisy(&old.text, &mut dice)
                );
                cases.push(case("renumbered, quoted", text, right));
            }
        }
    }
    // Changed: an old text that stands nowhere any more, while its article begins as before.
    let mut changed = Vec::new();
    for law in &laws {
        let all: String = newest(law).iter().map(|one| letters(&one.text) + "|").collect();
        for version in law
            .versions
            .iter()
            .rev()
            .skip(1)
            .filter(|version| version.lacks.is_empty())
        {
            for old in version.text.iter().flat_map(|text| &text.articles) {
                let (was, chars) = (letters(&old.text), old.text.chars().count());
                let same = newest(law).iter().find(|one| one.article == old.article);
                let begins: String = was.chars().take(14).collect();
                let now = same.map(|one| letters(&one.text)).unwrap_or_default();
                if chars > 30 && !all.contains(&was) && now.starts_with(&begins) && now != was && !was.starts_with(&now)
                {
                    changed.push((*law, old));
                }
            }
        }
    }
    println!("{} articles were changed in their place", changed.len());
    for _ in 0..30 {
        let (law, old) = *dice.one(&changed);
        let text = format!(
            "《{}》{}：{}",
            full(law),
            place(old.article),
            old.text.replace('\n', "")
        );
        cases.push(case("changed", text, |ruling| matches!(ruling, Ruling::Changed { .. })));
    }
    // Laws of one version: what is wrong there was never right.
    let single: Vec<&Law> = laws.iter().copied().filter(|law| law.versions.len() == 1).collect();
    let mut planted = 0;
    while planted < 40 {
        let law = *dice.one(&single);
        let article = dice.one(newest(law));
        let Some(quote) = spoilt(&article.text, &mut dice).filter(|quote| quote.chars().count() > 20) else {
            continue;
        };
        let text = format!(
            "《{}》{}：{}",
            full(law),
            place(article.article),
            quote.replace('\n', "")
        );
        cases.push(case("misquoted", text, |ruling| {
            matches!(ruling, Ruling::Misquoted { .. })
        }));
        planted += 1;
    }
    planted = 0;
    while planted < 30 {
        let law = *dice.one(&single);
        let articles = newest(law);
        let at = dice.roll(articles.len() - 1);
        let (cited, quoted) = (&articles[at], &articles[at + 1]);
        let wanted = letters(&quoted.text);
        let once = articles
            .iter()
            .filter(|one| letters(&one.text).contains(&wanted))
            .count()
            == 1;
        if !once || wanted.chars().count() < 20 {
            continue;
        }
        let to = quoted.article;
        let text = format!(
            "《{}》{}规定：“{}”",
            full(law),
            place(cited.article),
            quoted.text.replace('\n', "")
        );
        cases.push(case(
            "quotation of a neighbour",
            text,
            move |ruling| matches!(ruling, Ruling::OtherArticle { article, .. } if *article == to),
        ));
        planted += 1;
    }
    planted = 0;
    while planted < 20 {
        let law = *dice.one(&single);
        let article = dice.one(newest(law));
        let Some(&[first, second]) = paragraphs(article).as_deref() else {
            continue;
        };
        let short = letters(first).chars().count() < 20 || letters(second).contains(&letters(first));
        if short || newest(law).iter().filter(|one| one.article == article.article).count() > 1 {
            continue;
        }
        let text = format!("《{}》{}第二款：{first}", full(law), place(article.article));
        cases.push(case("another paragraph", text, |ruling| {
            matches!(ruling, Ruling::OtherArticle { paragraph: Some(1), .. })
        }));
        planted += 1;
    }
    for _ in 0..25 {
        let law = *dice.one(&single);
        let last = newest(law).iter().map(|one| one.article.number).max().unwrap();
        let n = last + 1 + u32::try_from(dice.roll(60)).unwrap();
        let text = format!("《{}》第{}条", full(law), chinese(n));
        cases.push(case("no such article", text, |ruling| {
            matches!(ruling, Ruling::NoSuchPlace { rank: "article", .. })
        }));
    }
    for _ in 0..15 {
        let law = *dice.one(&single);
        let article = dice.one(newest(law));
        let sentences = article.text.matches('。').count().max(article.text.lines().count());
        let text = format!(
            "《{}》{}第{}款",
            full(law),
            place(article.article),
            chinese(u32::try_from(sentences + 1).unwrap())
        );
        cases.push(case("no such paragraph", text, |ruling| {
            matches!(ruling, Ruling::NoSuchPlace { rank: "paragraph", .. })
        }));
    }
    // Nothing can be said: incomplete texts, laws that are not there.
    let gaps: Vec<(&Law, u32)> = library
        .laws()
        .iter()
        .filter(|law| law.repealed.is_none() && law.versions.len() == 1)
        .flat_map(|law| {
            let gaps = law.versions[0].lacks.iter().filter_map(|lack| match lack {
                tongban::model::Lack::Gap(missing) => missing.first().map(|n| (law, *n)),
                _ => None,
            });
            gaps.collect::<Vec<_>>()
        })
        .collect();
    for _ in 0..15 {
        let (law, n) = *dice.one(&gaps);
        let text = format!("《{}》第{}条", full(law), chinese(n));
        cases.push(case("incomplete text", text, |ruling| {
            matches!(ruling, Ruling::Unverifiable(Unverifiable::Incomplete))
        }));
    }
    for title in [
        "甲乙行业协调发展条例",
        "某地集市秩序暂行办法",
        "云上窗口服务规范",
        "海棠花节管理规定",
        "古法造纸传承保护条例",
    ] {
        let unknown = |ruling: &Ruling| matches!(ruling, Ruling::Unverifiable(Unverifiable::NotInLibrary(_)));
        cases.push(case("not in the library", format!("《{title}》第三条"), unknown));
        cases.push(case(
            "not in the library",
            format!("《{title}》第三条：申请人应当如实提交材料。"),
            unknown,
        ));
    }
    // Titles: a look-alike character, a character dropped, a quotation of another law under its number.
    let alike = [
        ('管', '菅'),
        ('境', '镜'),
        ('输', '榆'),
        ('监', '蓝'),
        ('险', '脸'),
        ('检', '捡'),
        ('治', '冶'),
        ('益', '溢'),
    ];
    planted = 0;
    while planted < 25 {
        let law = *dice.one(&laws);
        let (from, to) = *dice.one(&alike);
        let long = law.title.chars().count() >= 8 && law.title.contains(from);
        if !long {
            continue;
        }
        let title = law.title.clone();
        let text = format!("《{}》第三条", law.title.replacen(from, &to.to_string(), 1));
        cases.push(case(
            "mistyped title",
            text,
            move |ruling| matches!(ruling, Ruling::WrongTitle { nearest, .. } if nearest.first() == Some(&title)),
        ));
        planted += 1;
    }
    planted = 0;
    let mut tries = 0;
    while planted < 15 && tries < 3000 {
        tries += 1;
        let (law, other) = (*dice.one(&single), *dice.one(&single));
        let article = dice.one(newest(law));
        let has = newest(other).iter().any(|one| one.article == article.article);
        let quote = letters(&article.text);
        if law.title == other.title || !has || quote.chars().count() < 60 {
            continue;
        }
        let alone = laws
            .iter()
            .filter(|one| newest(one).iter().any(|text| letters(&text.text).contains(&quote)))
            .count()
            == 1;
        if !alone {
            continue;
        }
        let title = law.title.clone();
        let text = format!(
            "《{}》{}：{}",
            full(other),
            place(article.article),
            article.text.replace('\n', "")
        );
        cases.push(case(
            "another law's text",
            text,
            move |ruling| matches!(ruling, Ruling::WrongTitle { nearest, .. } if nearest.first() == Some(&title)),
        ));
        planted += 1;
    }
    // Repealed, as is known of these laws.
    for (title, by) in [
        ("公司登记管理条例", "市场主体登记管理条例"),
        ("企业法人登记管理条例", "市场主体登记管理条例"),
        ("合伙企业登记管理办法", "市场主体登记管理条例"),
        ("农民专业合作社登记管理条例", "市场主体登记管理条例"),
        ("个体工商户条例", "促进个体工商户发展条例"),
        ("契税暂行条例", "契税法"),
        ("资源税暂行条例", "资源税法"),
        ("印花税暂行条例", "印花税法"),
        ("城市维护建设税暂行条例", "城市维护建设税法"),
        ("环境噪声污染防治法", "噪声污染防治法"),
        ("档案法实施办法", "档案法实施条例"),
        ("学位条例", "学位法"),
        ("进出口关税条例", "关税法"),
        ("人体器官移植条例", "人体器官捐献和移植条例"),
        ("化妆品卫生监督条例", "化妆品监督管理条例"),
        ("退役士兵安置条例", "退役军人安置条例"),
        ("煤矿安全监察条例", "煤矿安全生产条例"),
        ("中外合资经营企业法实施条例", "外商投资法实施条例"),
        ("外资企业法实施细则", "外商投资法实施条例"),
        ("预备役军官法", "预备役人员法"),
    ] {
        cases.push(case(
            "repealed",
            format!("《{title}》第五条"),
            move |ruling| matches!(ruling, Ruling::Repealed { by: Some(found), .. } if found == by),
        ));
    }
    cases
}

#[test]
fn citations_with_known_answers() {
    let Some(library) = library() else { return };
    let (checker, home) = (Checker::new(library, None), Home::default());
    let cases = cases(library);
    let mut table: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let (ruling, _) = checker.ruling(&first(&case.text), &[], &home);
        let row = table.entry(case.kind).or_default();
        row.1 += 1;
        if (case.right)(&ruling) {
            row.0 += 1;
        } else {
            wrong.push(format!("[{}] {}\n   {ruling:?}", case.kind, case.text));
        }
    }
    for (kind, (right, all)) in &table {
        println!("{kind:28} {right:4} of {all:4}");
    }
    for one in &wrong {
        println!("{one}\n");
    }
    let right = cases.len() - wrong.len();
    println!("{right} of {} right", cases.len());
    assert!(
        cases.len() >= 200 && right * 100 >= cases.len() * 98,
        "{right} of {}",
        cases.len()
    );
}

/// No title is taken for a slip of another one, when it is taken out of the library itself.
#[test]
fn no_title_is_a_slip_of_another() {
    let Some(library) = library() else { return };
    let laws = library.laws();
    // One character apart: what stands before and behind the difference is the same.
    let alike = |a: &Law, b: &Law| {
        let (a, b): (Vec<char>, Vec<char>) = (a.title.chars().collect(), b.title.chars().collect());
        let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
        a.len().abs_diff(b.len()) <= 1 && start + end + 1 >= a.len().max(b.len())
    };
    // The name of a file of the library that is itself a slip (筑 for 建筑): the rule is right about it.
    let slip = "上海市历史文化风貌区和优秀历史筑保护条例";
    let (mut pairs, mut wrong) = (0, Vec::new());
    for law in laws {
        let near = laws
            .iter()
            .filter(|other| other.title != law.title && alike(law, other))
            .count();
        if near == 0 {
            continue;
        }
        pairs += near;
        let without = Library::of_laws(laws.iter().filter(|other| other.title != law.title).cloned());
        let checker = Checker::new(&without, None);
        let (ruling, _) = checker.ruling(&first(&format!("《{}》第一条", law.title)), &[], &Home::default());
        if matches!(ruling, Ruling::WrongTitle { .. }) {
            wrong.push(format!("{}: {ruling:?}", law.title));
        }
    }
    println!("{pairs} pairs of titles are one character apart");
    wrong.retain(|one: &String| !one.starts_with(slip));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A catalogue of one region, as CSV.
fn list(
    id: &str,
    name: &str,
    rows: &[(&str, &str, &str)],
    library: &Library,
) -> Vec<(String, &'static str, Vec<&'static str>)> {
    let mut csv = String::from("事项名称,事项类型,设定依据\n");
    for (name, kind, basis) in rows {
        csv += &format!("\"{name}\",\"{kind}\",\"{basis}\"\n");
    }
    let source = Source {
        given: Some(std::sync::Arc::new(csv.into_bytes())),
        region: Some((id.to_owned(), name.to_owned())),
        ..Source::file("list.csv")
    };
    let profile = Profile::load("national-12").unwrap();
    let catalogue = ingest::read(&[source], &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    let check = check(&catalogue, &forms, &profile, library, None);
    let of = |cited: Cited| {
        let remarks = cited.remarks.iter().map(Remark::word).collect();
        (cited.citation.to_string(), cited.ruling.word(), remarks)
    };
    check.cited.into_iter().map(of).collect()
}

#[test]
fn what_else_there_is_to_say() {
    let Some(library) = library() else { return };
    let rows = [
        ("甲", "行政许可", "《宗教事务条例》（国务院令第382号）第二十条"),
        ("乙", "行政许可", "《宗教事务条例》（国务院令第426号）第二十条"),
        ("丙", "行政许可", "【法律】《宗教事务条例》（国务院令第686号）第二十条"),
        ("丁", "行政许可", "【行政法规】《宗教事务条例》第二十条"),
        ("戊", "行政许可", "《宗教事务条例》"),
        ("己", "行政许可", "《深圳经济特区文明行为条例》第三条"),
        ("庚", "行政许可", "《浙江省物业管理条例》第三条"),
        ("辛", "行政许可", "《广东省土地权属纠纷处理条例》第七条"),
        (
            "壬",
            "行政许可",
            "【行政法规】《关于做好某项工作的通知》（某办发〔2018〕11号）第三条",
        ),
        (
            "癸",
            "行政许可",
            "《行政许可法》（2019年修正）第四十二条；《行政许可法》第四十四条",
        ),
        ("子", "行政许可", "《行政许可法》（2003年修订）第四十二条"),
        ("丑", "公共服务", "《土地权属纠纷处理条例》第七条"),
    ];
    let said = list("440000", "广东省", &rows, library);
    for one in &said {
        println!("{one:?}");
    }
    let remarks = |at: usize| said[at].2.clone();
    assert_eq!(remarks(0), ["number-contradicts"]);
    assert!(remarks(1).is_empty());
    assert_eq!(remarks(2), ["level-wrong"]);
    assert!(remarks(3).is_empty());
    assert_eq!(remarks(4), ["no-article"]);
    assert!(remarks(5).is_empty(), "a city of the province");
    assert_eq!(remarks(6), ["other-region"]);
    assert!(remarks(7).is_empty());
    assert_eq!(remarks(8), ["level-wrong", "may-not-set-up"]);
    assert_eq!(
        (remarks(9), remarks(11)),
        (vec!["other-version"], vec!["other-version"])
    );
    assert_eq!(said[12].1, "confirmed", "the own province's law");
    let shenzhen = [
        ("甲", "行政许可", "《汕头经济特区文明行为促进条例》第三条"),
        ("乙", "行政许可", "《广东省土地权属纠纷处理条例》第七条"),
    ];
    let said = list("440300", "深圳市", &shenzhen, library);
    println!("{said:?}");
    assert!(said[1].2.is_empty());
}

/// 65,000 items with a citation each, all of them different.
#[test]
fn a_large_catalogue() {
    let Some(library) = library() else { return };
    let laws = sound(library);
    let mut dice = Dice(5);
    let mut csv = String::from("事项名称,事项类型,设定依据\n");
    let rows = std::env::var("ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(2000);
    for at in 0..rows {
        let law = *dice.one(&laws);
        let article = dice.one(newest(law));
        let (quote, place) = right_quotation(article, &mut dice);
        csv += &format!(
            "事项{at},行政许可,\"《{}》{place}：{}\"\n",
            law.full,
            quote.replace('"', "")
        );
    }
    let source = Source {
        given: Some(std::sync::Arc::new(csv.into_bytes())),
        region: Some(("440000".to_owned(), "广东省".to_owned())),
        ..Source::file("list.csv")
    };
    let profile = Profile::load("national-12").unwrap();
    let catalogue = ingest::read(&[source], &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    let start = std::time::Instant::now();
    let check = check(&catalogue, &forms, &profile, library, None);
    println!("{rows} rows, {} citations in {:?}", check.cited.len(), start.elapsed());
    let wrong = check.cited.iter().filter(|cited| cited.ruling.is_wrong());
    let wrong: Vec<String> = wrong
        .map(|cited| format!("{} {:?} {:?}", cited.citation, cited.citation.quote, cited.ruling))
        .collect();
    assert!(check.cited.len() + check.without >= rows && check.without * 50 < rows);
    assert!(wrong.is_empty(), "{wrong:#?}");
    let (checker, home) = (Checker::new(library, None), Home::default());
    let moved = moved(&laws);
    let texts: Vec<Citation> = (0..50)
        .map(|_| dice.one(&moved))
        .map(|(law, _, old, _)| {
            first(&format!(
                "《{}》{}：{}",
                law.full,
                place(old.article),
                old.text.replace('\n', "")
            ))
        })
        .collect();
    for round in ["cold", "warm"] {
        let start = std::time::Instant::now();
        for citation in &texts {
            checker.ruling(citation, &[], &home);
        }
        println!("50 renumbered citations, {round}: {:?} each", start.elapsed() / 50);
    }
}
