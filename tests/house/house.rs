//! The rules of the house, as tests: rooms use only what the plan allows, messages are complete in both languages, the shipped data
//! loads, nothing forbidden is in the source.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use crate::support;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::root;
use tongban::messages::{Lang, Messages};
use tongban::profile::{Profile, profile_ids, rules};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn room(file: &Path) -> String {
    let relative = file.strip_prefix(root().join("src")).unwrap();
    relative
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The table in `src/lib.rs` is the rule.
#[test]
fn rooms_use_what_the_plan_allows() {
    let plan = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in plan.lines().filter_map(|line| line.strip_prefix("//! | [`")) {
        let (room, rest) = line.split_once("`] | ").expect("a row of the table");
        allowed.insert(
            room.to_owned(),
            rest.trim_end_matches(" |").split(", ").map(str::to_owned).collect(),
        );
    }
    assert_eq!(allowed.len(), 14);
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let room = room(&file);
        if ["main", "lib", "cli"].contains(&room.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        // Tests at the end of a file may use what they like.
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (at, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for used in code.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let fine = used == room || allowed.get(&room).is_some_and(|rooms| rooms.contains(&used));
                if !fine && !used.is_empty() {
                    wrong.push(format!("{}:{}: {room} uses {used}", file.display(), at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_forbidden_is_in_the_source() {
    // Pieces, so that this list does not find itself.
    let anywhere = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("FIX", "ME"),
    ];
    // Lays a sheet out as a rectangle, however large it claims to be. XLS has no other way, and is gone through before.
    let rectangle = concat!("worksheet", "_range");
    let core = [
        "std::fs",
        "std::env",
        "SystemTime",
        "Instant::now",
        "println!",
        "std::process::Command",
        "TcpStream",
    ];
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not open with what it is", file.display()));
        }
        for word in anywhere.iter().filter(|word| text.contains(**word)) {
            wrong.push(format!("{}: {word}", file.display()));
        }
        if text.contains(rectangle) && !file.ends_with("ingest/workbook/xls.rs") {
            wrong.push(format!("{}: {rectangle}", file.display()));
        }
        if ["model", "normalise", "law", "forms", "notation", "lint", "compare"].contains(&room(&file).as_str()) {
            for word in core.iter().filter(|word| text.contains(**word)) {
                wrong.push(format!("{}: the core knows nothing of {word}", file.display()));
            }
        }
        // SQLite writes too, but only in `store`: into the file that `save::save_by` gives, and into that of snapshots, in place.
        if text.contains("rusqlite") && room(&file) != "store" {
            wrong.push(format!("{}: only store knows SQLite", file.display()));
        }
        let writes = ["fs::write", "File::create", "OpenOptions"];
        if !file.ends_with("report/save.rs") {
            for word in writes.iter().filter(|word| text.contains(**word)) {
                wrong.push(format!("{}: only report/save.rs writes files ({word})", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn keys(name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("catalogs/messages").join(name)).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, value)| {
            let args = value
                .split("{ $")
                .skip(1)
                .filter_map(|rest| rest.split_whitespace().next())
                .map(str::to_owned);
            (key.to_owned(), args.collect())
        })
        .collect()
}

#[test]
fn both_languages_say_the_same() {
    let (zh, en) = (keys("zh.ftl"), keys("en.ftl"));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, args) in &zh {
        assert_eq!(Some(args), en.get(key), "{key}");
    }
    let rules = rules().expect("rules load");
    for lang in [Lang::Zh, Lang::En] {
        let messages = Messages::new(lang, &rules);
        for key in zh.keys() {
            assert!(messages.has(key), "{lang:?} {key} is not Fluent");
        }
        for (rule, _) in &rules {
            assert!(messages.has(&rule.code), "{lang:?} {} is not Fluent", rule.code);
        }
    }
}

/// Every message that the source asks for by its full name is there, and none is kept that nobody asks for.
#[test]
fn messages_are_asked_for() {
    let known = keys("zh.ftl");
    let mut source = String::new();
    for file in sources(&root().join("src")) {
        source.push_str(&std::fs::read_to_string(&file).unwrap());
    }
    for marker in [".text(\"", ".with(\""] {
        for rest in source.split(marker).skip(1) {
            let key = rest.split('"').next().unwrap();
            if key.chars().all(|c| c.is_ascii_lowercase() || c == '-') && key.contains('-') {
                assert!(known.contains_key(key), "the source asks for {key}");
            }
        }
    }
    // Put together from a prefix and a word of the model.
    let prefixes = [
        "class-",
        "cover-",
        "covered-",
        "reference-",
        "from-",
        "verdict-",
        "why-",
        "relation-",
        "fold-",
        "severity-",
        "error-",
        "hint-",
        "reason-",
        "advice-",
        "arg-",
        "cmd-",
        "policy-",
        "limit-",
        "confidence-",
        "summary-",
        "paired-",
        "pairing-",
        "standing-",
        "burden-",
        "paired-",
        "burden-",
        "pairwise-",
        "law-",
        "patch-reason-",
        "patch-effect-",
        "patch-target-",
        "saving-",
        "level-",
        "law-lack-",
        "blame-from-",
        "yardstick-",
        "happened-",
        "phase-",
        "fate-",
        "touch-",
        "items-title-",
        "snapshot-",
        "level-",
    ];
    for key in known.keys() {
        let built = prefixes.iter().any(|prefix| key.starts_with(prefix));
        assert!(built || source.contains(&format!("\"{key}\"")), "nobody asks for {key}");
    }
}

/// Every reason of an error has its wording and its advice, and is given somewhere.
#[test]
fn reasons_have_advice() {
    let known = keys("zh.ftl");
    let mut source = String::new();
    for file in sources(&root().join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        source.push_str(text.split("#[cfg(test)]").next().unwrap());
    }
    let words = |prefix: &str| -> BTreeSet<String> {
        known
            .keys()
            .filter_map(|key| key.strip_prefix(prefix))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(words("reason-"), words("advice-"));
    for word in words("reason-") {
        assert!(
            source.contains(&format!("\"{word}\"")),
            "nobody gives the reason {word}"
        );
    }
    // The third argument of Error::why, where it is written there, and what bytes are that are no list.
    let given = source.split("Error::why(").skip(1).filter_map(|call| {
        let ends = ["vec![", "Vec::new", "args)", ";"].map(|end| call.find(end).unwrap_or(call.len()));
        let call = &call[..ends.into_iter().min()?];
        call.split('"').nth(1).filter(|word| word.len() > 1)
    });
    let sniffed = std::fs::read_to_string(root().join("src/ingest/sniff.rs")).unwrap();
    let sniffed = sniffed.split("#[cfg(test)]").next().unwrap();
    let signatures = sniffed.lines().filter(|line| line.trim_start().starts_with("(b\""));
    let said = ["Err(\"", "Is(\"", "return Some(\""]
        .into_iter()
        .flat_map(|start| sniffed.split(start).skip(1));
    let sniffed = signatures
        .filter_map(|line| line.split('"').rev().nth(1))
        .chain(said.filter_map(|rest| rest.split('"').next()));
    for word in given.chain(sniffed) {
        assert!(words("reason-").contains(word), "no wording for {word}");
    }
}

/// Every limit is in the table that `explain limits` prints, in both languages, with what is said when it is met.
#[test]
fn limits_are_explained() {
    use tongban::ingest::limits::ALL;
    let text = std::fs::read_to_string(root().join("src/ingest/limits.rs")).unwrap();
    let table = text.split("pub const ALL").nth(1).unwrap();
    for rest in text.split("pub const ").skip(1) {
        let name = rest.split(':').next().unwrap();
        let listed = |c: char| !c.is_ascii_uppercase() && c != '_';
        assert!(
            name == "ALL" || table.split(listed).any(|word| word == name),
            "{name} is not in limits::ALL"
        );
    }
    let rules = rules().expect("rules load");
    let known = keys("zh.ftl");
    let wanted: BTreeSet<String> = ALL
        .iter()
        .flat_map(|limit| [format!("limit-{}", limit.key), format!("limit-{}-why", limit.key)])
        .collect();
    let there: BTreeSet<String> = known.keys().filter(|key| key.starts_with("limit-")).cloned().collect();
    assert_eq!(wanted, there);
    for limit in ALL {
        let said = rules.iter().any(|(rule, _)| rule.code == limit.said)
            || known.contains_key(&format!("reason-{}", limit.said))
            || known.contains_key(&format!("error-{}", limit.said));
        assert!(said, "{}: {}", limit.key, limit.said);
    }
}

#[test]
fn shipped_data_loads() {
    for id in profile_ids() {
        let profile = Profile::load(id).expect("a shipped profile loads");
        assert_eq!(profile.id, id);
        let compared = profile.compared().count();
        let expected = match id {
            "national-12" => 12,
            "siji-sitong" => 4,
            "hubei-8" => 9,
            _ => 10,
        };
        assert_eq!(compared, expected, "{id}");
        for (_, element) in profile.compared() {
            assert!(
                !element.doc[0].is_empty() && !element.doc[1].is_empty(),
                "{id} {}",
                element.id
            );
        }
    }
}

/// A user's own profile: an element of an existing kind, a header alias, a weight, no Rust.
#[test]
fn own_profiles_need_no_rust() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    std::fs::write(
        &path,
        r#"
id = "own"
title = "本市要素"
extends = "national-12"
drop = ["fees"]
[[element]]
id = "quota"
title = "数量限制"
kind = "text"
aliases = ["名额"]
[[element]]
id = "conditions"
weight = 2.0
aliases = ["办事条件"]
"#,
    )
    .unwrap();
    std::fs::write(
        folder.path().join("甲.csv"),
        "事项名称,基本编码,办事条件,名额\n取水许可,000119001000,有场所,10家\n",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("乙.csv"),
        "事项名称,基本编码,办事条件,名额\n取水许可,000119001000,有仓库,20家\n",
    )
    .unwrap();
    let own = path.to_string_lossy();
    let run = support::run_in(
        folder.path(),
        &["diff", "甲.csv", "乙.csv", "--profile", &own, "--format", "json"],
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let elements: Vec<&str> = diff["differences"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|d| d["element"].as_str())
        .collect();
    assert_eq!(elements, ["conditions", "quota"]);
}
