//! Citations (设定依据) as they stand in thousands of law texts (`../shared/data/laws`): how many of them are read whole. Skipped, by
//! name, where the texts are not there.
//!
//! What should be found is told by a scanner of its own, of patterns, which shares nothing with the reader: 《title》, a note in
//! brackets, the article, and all paragraphs, subparagraphs, lists and ranges that follow.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::real;
use regex::{Captures, Regex};
use tongban::compare::{Context, judge};
use tongban::model::{Citation, Shape, Value, Verdict};
use tongban::normalise::citations::parse;
use tongban::normalise::{Kind, Part, Parts, Role, Vocabulary, normalise};

const NUMBER: &str = "(?:[零〇○一二三四五六七八九十百千廿]+|[0-9０-９]+)";

/// The places of one citation as the patterns see them: article, 之, paragraph, subparagraph.
type Place = (u32, u32, u32, u32);

struct Scanner {
    /// A title with the article that follows.
    law: Regex,
    /// The same in front of anything, to tell what stands before it.
    clause: Regex,
    token: Regex,
}

impl Scanner {
    fn new() -> Self {
        let bracketed = format!("[（(]{NUMBER}[）)]");
        let article = format!("{NUMBER}(?:[、，]{NUMBER})*\\s*条(?:之{NUMBER})?");
        let below = format!(
            "(?:第{NUMBER}(?:、第?{NUMBER})*[款项目]|第?{bracketed}(?:[、，和及至]?第?{bracketed})*项|第{NUMBER}(?:[至到]第?{NUMBER})[款项])"
        );
        let joint = "\\s*(?:以及|或者|[、，,和与及或至到—－~-]|；)\\s*";
        let whole = format!("第\\s*{article}{below}*(?:{joint}(?:第\\s*{article}{below}*|{below}+))*");
        let title = "《((?:[^《》]|《[^《》]*》)*)》\\s*(?:[（(][^（）()]*[）)])?\\s*";
        Scanner {
            law: Regex::new(&format!("{title}(?:第{NUMBER}[编章节])*({whole})")).unwrap(),
            clause: Regex::new(&format!(
                "({joint})?第?\\s*((?:[（(]?{NUMBER}[）)]?(?:[、，和及至到]*第?)?)+)(条|款|项|目)(?:之({NUMBER}))?"
            ))
            .unwrap(),
            token: Regex::new(&format!("([至到])?第?[（(]?({NUMBER})")).unwrap(),
        }
    }

    fn places(&self, text: &str) -> Vec<Place> {
        let mut out: Vec<Place> = Vec::new();
        let (mut at, mut level): (Place, u8) = ((0, 0, 0, 0), 0);
        for found in self.clause.captures_iter(text) {
            let unit = match &found[3] {
                "条" => 1,
                "款" => 2,
                "项" => 3,
                _ => continue,
            };
            let joined = found.get(1).is_some_and(|joint| !joint.as_str().is_empty());
            let mut range = found
                .get(1)
                .is_some_and(|joint| joint.as_str().contains(['至', '到', '—', '－', '-', '~']));
            let of = found.get(4).map_or(0, |of| number(of.as_str()));
            // A finer unit right behind a coarser one says more of the same place.
            if !joined && unit > level && level > 0 {
                out.pop();
            }
            level = unit;
            for (i, one) in self.token.captures_iter(&found[2]).enumerate() {
                let n = number(&one[2]);
                range = if i == 0 { range } else { one.get(1).is_some() };
                let before = at;
                at = match unit {
                    1 => (n, of, 0, 0),
                    2 => (at.0, at.1, n, 0),
                    _ => (at.0, at.1, at.2, n),
                };
                if range {
                    out.extend(between(before, at, unit));
                }
                out.push(at);
            }
        }
        out
    }
}

/// What lies between the ends of a range.
fn between(from: Place, to: Place, unit: u8) -> Vec<Place> {
    match unit {
        1 if from.0 == to.0 => (from.1 + 1..to.1).map(|of| (from.0, of, 0, 0)).collect(),
        1 => (from.0 + 1..to.0).map(|n| (n, 0, 0, 0)).collect(),
        2 => (from.2 + 1..to.2).map(|n| (from.0, from.1, n, 0)).collect(),
        _ => (from.3 + 1..to.3).map(|n| (from.0, from.1, from.2, n)).collect(),
    }
}

fn number(text: &str) -> u32 {
    let (mut sum, mut digit) = (0, 0);
    for c in text.chars() {
        match c {
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                sum += unit * if digit == 0 { 1 } else { digit };
                digit = 0;
            }
            '廿' => sum += 20,
            '0'..='9' => digit = digit * 10 + (c as u32 - '0' as u32),
            '０'..='９' => digit = digit * 10 + (c as u32 - '０' as u32),
            _ => digit = "零一二三四五六七八九".chars().position(|d| d == c).unwrap_or(0) as u32,
        }
    }
    sum + digit
}

/// The title as the reader should spell it.
fn title_of(found: &Captures<'_>) -> String {
    let mut title = found[1]
        .replace(['《', '<', '＜'], "〈")
        .replace(['》', '>', '＞'], "〉");
    title.retain(|c| !c.is_whitespace());
    let title = title
        .replace('(', "（")
        .replace(')', "）")
        .replace("〈中华人民共和国", "〈");
    title.strip_prefix("中华人民共和国").unwrap_or(&title).to_owned()
}

fn key(citation: &Citation) -> Place {
    let article = citation.article.map_or((0, 0), |article| (article.number, article.of));
    (
        article.0,
        article.1,
        citation.paragraph.unwrap_or(0),
        citation.item.unwrap_or(0),
    )
}

fn texts(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, out);
        } else if path.extension().is_some_and(|end| end == "md") {
            out.push(path);
        }
    }
}

#[test]
fn citations_in_law_texts_are_read_whole() {
    let Some(folder) = real("laws") else { return };
    let scanner = Scanner::new();
    let mut files = Vec::new();
    texts(&folder, &mut files);
    files.sort();
    let (mut seen, mut whole, mut misses) = (0, 0, BTreeMap::<&str, Vec<String>>::new());
    let mut good = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        for line in text.lines().filter(|line| line.contains('《')) {
            let found = parse(line);
            for law in scanner.law.captures_iter(line) {
                seen += 1;
                let (name, wanted) = (title_of(&law), scanner.places(&law[2]));
                let of_law: Vec<Place> = found.iter().filter(|c| c.title == name).map(key).collect();
                let alone: Vec<Place> = parse(&law[0]).iter().map(key).collect();
                let more: Vec<&Place> = alone.iter().filter(|place| !wanted.contains(place)).collect();
                let missing: Vec<&Place> = wanted.iter().filter(|place| !of_law.contains(place)).collect();
                if missing.is_empty() && more.is_empty() {
                    whole += 1;
                    good.push(format!("{} = {wanted:?}", &law[0]));
                    continue;
                }
                let why = if of_law.is_empty() {
                    "law not found"
                } else if !more.is_empty() {
                    "more than is there"
                } else if missing
                    .iter()
                    .any(|place| !of_law.iter().any(|f| f.0 == place.0 && f.1 == place.1))
                {
                    "article not found"
                } else {
                    "place within the article not found"
                };
                misses.entry(why).or_default().push(format!(
                    "{} lacks {missing:?}, has {of_law:?}, too much {more:?}\n      {line}",
                    &law[0]
                ));
            }
        }
    }
    let rate = f64::from(whole) / f64::from(seen);
    println!(
        "{} texts, {seen} citations, {whole} read whole: {:.2} %",
        files.len(),
        rate * 100.0
    );
    for (why, misses) in &misses {
        println!("{why}: {}", misses.len());
        for miss in misses {
            println!("   {miss}");
        }
    }
    if std::env::var_os("SHOW").is_some() {
        for line in good.iter().step_by((good.len() / 100).max(1)) {
            println!("+ {line}");
        }
    }
    assert!(seen > 400, "{seen}");
    assert!(rate >= 0.99, "{whole} of {seen}");
}

fn read(text: &str) -> Value {
    let part = Part {
        role: Role::Value,
        shape: Shape::Text,
        text,
    };
    normalise(
        Kind::Citations,
        &Parts {
            parts: &[part],
            vocabulary: &Vocabulary::default(),
            list: None,
            dialect: None,
        },
    )
}

/// Ten thousand bases against ten thousand others: sorting, no pair held against each other.
#[test]
fn ten_thousand_citations_are_compared_at_once() {
    let list = |from: u32| -> Value {
        let texts = (from..from + 10_000).map(|n| format!("《水法》第{n}条第一款"));
        read(&texts.collect::<Vec<_>>().join("；"))
    };
    let (left, right) = (list(1), list(20_001));
    let context = Context {
        vocabulary: &Vocabulary::default(),
        left: &[],
        right: &[],
        one_level: false,
    };
    let started = std::time::Instant::now();
    let judgement = judge(&left, &right, &context);
    let seconds = started.elapsed().as_secs_f64();
    println!("compared in {seconds:.3} s");
    assert_eq!(judgement.verdict, Verdict::Substantive);
    assert_eq!(judgement.detail.changed.len(), 10_000);
    // Holding each against each would be a hundred million looks.
    assert!(seconds < 5.0, "{seconds}");
}
