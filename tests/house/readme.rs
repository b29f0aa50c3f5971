//! The table of rules in both READMEs comes from the catalogue: `UPDATE=1` writes it.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::path::Path;

use tongban::messages::{Lang, Messages};
use tongban::profile;

const BEGIN: &str = "<!-- rules -->";
const END: &str = "<!-- /rules -->";

/// The words of a table in one language.
struct Words {
    summary: fn(usize) -> String,
    header: [&'static str; 5],
}

/// The rules as a table that is folded until somebody wants it.
fn table(lang: Lang, words: &Words) -> String {
    let rules = profile::rules().expect("catalogs/rules can be read");
    let messages = Messages::new(lang, &rules);
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let mut out = format!(
        "{BEGIN}\n<details>\n<summary>{}</summary>\n\n",
        (words.summary)(rules.len())
    );
    writeln!(out, "| {} |\n|{}", words.header.join(" | "), " --- |".repeat(5)).unwrap();
    for (rule, _) in &rules {
        let severity = messages.text(&format!("severity-{}", rule.severity.word()));
        let cells = [
            &rule.code,
            &format!("`{}`", rule.name),
            &severity,
            lang.pick(&rule.title),
            &rule.ground,
        ];
        let cells: Vec<String> = cells.map(cell).to_vec();
        writeln!(out, "| {} |", cells.join(" | ")).unwrap();
    }
    out.push_str("\n</details>\n");
    out.push_str(END);
    out
}

#[test]
fn rules_are_in_the_readmes() {
    let zh = Words {
        summary: |count| format!("全部 {count} 条规则（tongban explain 编号 有说明、例子和改法）"),
        header: ["编号", "名称", "级别", "找什么", "依据"],
    };
    let en = Words {
        summary: |count| format!("All {count} rules (tongban explain CODE tells why, with examples and what to do)"),
        header: ["Code", "Name", "Severity", "Finds", "Ground"],
    };
    for (file, lang, words) in [("README.zh-CN.md", Lang::Zh, zh), ("README.md", Lang::En, en)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(&path).expect("README can be read");
        let (before, rest) = text.split_once(BEGIN).expect("the table has its place");
        let (_, after) = rest.split_once(END).expect("the table ends");
        let wanted = format!("{before}{}{after}", table(lang, &words));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &wanted).expect("README can be written");
        } else {
            assert!(
                text == wanted,
                "{file}: UPDATE=1 cargo test --test house readme:: writes the table of rules"
            );
        }
    }
}
