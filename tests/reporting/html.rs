//! The HTML report: one file, well-formed, without a way out and without a way in; read by a strict parser and by a browser where one is
//! found.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use crate::generator;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::page::{HARMLESS, Part, Texts, page, parts, sample};
use crate::support::{browser, digest, run, run_in};
use tongban::messages::Lang;
use tongban::report::escape::terminal;

const EXAMPLE: &str = "examples/three-districts";

fn example(args: &[&str]) -> String {
    let run = run(&[&["report", EXAMPLE, "--format", "html"], args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// What stands between the first `from` and the next `to`.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

#[test]
fn digests_are_right() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    // FIPS 180-2, appendix B.
    assert_eq!(
        hex(&digest::sha256(b"abc")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(
        hex(&digest::sha256(
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        )),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    );
    assert_eq!(digest::base64(b"fo"), "Zm8=");
    assert_eq!(digest::base64(b"foo"), "Zm9v");
}

/// The policy names the one style and the one script by their hashes, before either of them; nothing is fetched, and every link is to a
/// place on the page.
#[test]
fn nothing_leaves_the_page() {
    for text in [
        example(&[]),
        example(&["--lang", "en"]),
        page(&sample(&HARMLESS), Lang::Zh),
    ] {
        let policy = between(&text, "Content-Security-Policy\" content=\"", "\"");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        for (name, from, to) in [("style", "<style>", "</style>"), ("script", "<script>", "</script>")] {
            let body = between(&text, from, to);
            let hash = digest::base64(&digest::sha256(body.as_bytes()));
            assert!(
                policy.contains(&format!("{name}-src 'sha256-{hash}';")),
                "{name}: sha256-{hash}"
            );
            assert_eq!(text.matches(from).count(), 1);
            assert!(!body.contains(['<', '&']), "{name} is no XML");
            assert!(text.find("Content-Security-Policy") < text.find(from));
            for way in ["url(", "@import", "http:", "https:", "fetch", "innerHTML", "eval"] {
                assert!(!body.contains(way), "{name}: {way}");
            }
        }
        let mut ids = BTreeSet::new();
        let mut links = BTreeSet::new();
        for part in parts(&text) {
            let Part::Start(tag, attributes) = part else { continue };
            for (name, value) in attributes {
                assert!(
                    !name.starts_with("on") && name != "style" && name != "src",
                    "{tag} {name}"
                );
                match name.as_str() {
                    "id" => assert!(ids.insert(value.clone()), "two of {value}"),
                    "href" | "for" => links.extend(value.split(' ').map(|id| id.trim_start_matches('#').to_owned())),
                    _ => {}
                }
                assert!(name != "href" || value.starts_with('#'), "{value}");
            }
        }
        assert!(links.is_subset(&ids), "{:?}", links.difference(&ids));
    }
}

/// Texts are read at 4.5 : 1 or better (WCAG 2.2, 1.4.3), on every colour of the heat maps, too.
#[test]
fn contrast_is_enough() {
    let text = example(&[]);
    let style = between(&text, "<style>", "</style>");
    let luminance = |color: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let color = |rule: &str, property: &str| -> Option<String> {
        let declared = rule
            .split([';', '{'])
            .find_map(|part| part.trim().strip_prefix(property))?;
        Some(declared.trim().strip_prefix('#')?.to_owned())
    };
    let mut levels = 0;
    for rule in style.split('}') {
        let (Some(ground), Some(ink)) = (color(rule, "background:"), color(rule, "color:")) else {
            // What sets a colour sets what it stands on, so that it can be measured.
            assert!(color(rule, "color:").is_none(), "{rule}");
            continue;
        };
        let (a, b) = (luminance(&ground), luminance(&ink));
        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        assert!(ratio >= 4.5, "{ratio:.2} in {rule}");
        levels += usize::from(rule.contains(".heat td.h"));
    }
    assert_eq!(levels, 11, "ten levels, and that of no reference");
}

fn payloads() -> Vec<String> {
    include_str!("../html/payloads.txt")
        .lines()
        .filter(|line| !line.starts_with("# "))
        .map(|line| {
            let mut out = String::new();
            let mut rest = line;
            while let Some((before, after)) = rest.split_once('\\') {
                out.push_str(before);
                let (c, left) = match after.split_at(1) {
                    ("n", left) => ('\n', left),
                    ("r", left) => ('\r', left),
                    ("t", left) => ('\t', left),
                    ("u", left) => {
                        let (hex, left) = left[1..].split_once('}').unwrap();
                        let code = u32::from_str_radix(hex, 16).unwrap();
                        (char::from_u32(code).unwrap(), left)
                    }
                    (_, left) => ('\\', left),
                };
                out.push(c);
                rest = left;
            }
            out.push_str(rest);
            out
        })
        .collect()
}

type Put = for<'a> fn(&mut Texts<'a>, &'a str) -> &'static str;

/// The places of threats.md, row 19, and two more; each gives the harmless text that it takes the place of.
const PLACES: [(&str, Put); 8] = [
    ("cell", |texts, text| {
        texts.cell = text;
        HARMLESS.cell
    }),
    ("attribute", |texts, text| {
        texts.attribute = text;
        HARMLESS.attribute
    }),
    ("title", |texts, text| {
        texts.title = text;
        HARMLESS.title
    }),
    ("file name", |texts, text| {
        texts.file = text;
        HARMLESS.file
    }),
    ("sheet name", |texts, text| {
        texts.sheet = text;
        HARMLESS.sheet
    }),
    ("code", |texts, text| {
        texts.code = text;
        HARMLESS.code
    }),
    ("region", |texts, text| {
        texts.name = text;
        HARMLESS.name
    }),
    ("ground", |texts, text| {
        texts.ground = text;
        HARMLESS.ground
    }),
];

fn with(place: Put, text: &str) -> (String, &'static str) {
    let mut texts = Texts { ..HARMLESS };
    let harmless = place(&mut texts, text);
    (page(&sample(&texts), Lang::Zh), harmless)
}

/// 126 texts that want to act × 8 places: a strict parser sees the elements, attributes and texts of the harmless page, with the text
/// shown where the harmless one stood, and nothing else.
#[test]
fn hostile_texts_stay_texts() {
    let payloads = payloads();
    assert!(payloads.len() >= 120);
    let harmless = parts(&page(&sample(&HARMLESS), Lang::Zh));
    for (name, place) in PLACES {
        for payload in &payloads {
            let (text, replaced) = with(place, payload);
            // Values keep their line breaks; elsewhere a break is a sign.
            let flat = |text: &str| text.replace(" ⏎ ", "\n");
            let shown = flat(&terminal(payload).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}"));
            let seen: Vec<Part> = parts(&text)
                .into_iter()
                .map(|part| match part {
                    Part::Text(text) => Part::Text(flat(&text)),
                    Part::Start(tag, attributes) => Part::Start(
                        tag,
                        attributes
                            .into_iter()
                            .map(|(name, value)| (name, flat(&value)))
                            .collect(),
                    ),
                    end => end,
                })
                .collect();
            let expected: Vec<Part> = harmless
                .iter()
                .map(|part| match part {
                    Part::Text(text) => Part::Text(text.replace(replaced, &shown)),
                    Part::Start(tag, attributes) => {
                        let put = |(name, value): &(String, String)| (name.clone(), value.replace(replaced, &shown));
                        Part::Start(tag.clone(), attributes.iter().map(put).collect())
                    }
                    end => end.clone(),
                })
                .collect();
            let differs = seen.iter().zip(&expected).find(|(a, b)| a != b);
            assert!(differs.is_none(), "{name} {payload:?}: {differs:?}");
            assert_eq!(seen.len(), expected.len(), "{name} {payload:?}");
        }
    }
    for place in PLACES {
        let (text, replaced) = with(place.1, "独一无二");
        assert!(text.contains("独一无二"), "{} is not on the page", place.0);
        assert_ne!(replaced, "独一无二");
    }
}

/// Tags and names of attributes of what a browser printed, in order.
fn skeleton(dom: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = dom;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let mut tag = String::new();
        let mut quoted = false;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => {
                    end = at;
                    break;
                }
                c if !quoted => tag.push(c),
                _ => {}
            }
        }
        // The texts of style and script are no markup.
        let body = ["style", "script"].into_iter().find(|name| tag == *name);
        rest = &rest[end.min(rest.len())..];
        if let Some(name) = body {
            rest = &rest[rest.find(&format!("</{name}")).unwrap_or(0)..];
        }
        out.push(tag);
    }
    out
}

fn save(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// The same in a browser: all texts at once, in every place of an item of its own.
#[test]
fn a_browser_sees_only_texts() {
    let Some(browser) = browser::chromium("a_browser_sees_only_texts") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let whole = |texts: &[String]| {
        let mut report = sample(&HARMLESS);
        let (mut regions, mut items) = (Vec::new(), Vec::new());
        for text in texts {
            let one = sample(&Texts {
                cell: text,
                attribute: text,
                title: text,
                file: text,
                sheet: text,
                code: text,
                name: text,
                ground: text,
            });
            regions.extend(one.regions);
            items.extend(one.items);
        }
        report.regions = regions;
        report.items = items;
        page(&report, Lang::Zh)
    };
    let payloads = payloads();
    let harmless = vec!["无害".to_owned(); payloads.len()];
    let [bad, good] = [("bad.html", &payloads), ("good.html", &harmless)].map(|(name, texts)| {
        let page = save(folder.path(), name, &whole(texts));
        browser::open(&browser, &page, "")
    });
    assert_eq!(bad.console, Vec::<String>::new());
    assert!(bad.dom.ends_with("</html>\n"), "the whole page was printed");
    let (bad, good) = (skeleton(&bad.dom), skeleton(&good.dom));
    assert!(bad.len() > 10_000, "{}", bad.len());
    let differs = bad.iter().zip(&good).find(|(a, b)| a != b);
    assert_eq!(differs, None);
    assert_eq!(bad.len(), good.len());
}

/// How many elements of items are shown, and whether the filters are.
fn left(dom: &str) -> (usize, bool) {
    let tags = skeleton(dom);
    let shown = |start: &str| {
        let tags = tags.iter();
        tags.filter(|tag| tag.starts_with(start) && !tag.contains("hidden"))
            .count()
    };
    (shown("tbody data-e="), shown("form id=") == 1)
}

#[test]
fn filters_work_and_are_not_needed() {
    let text = example(&[]);
    // Every item and every element of it can be read without the script: nothing but the form is hidden.
    assert_eq!(text.matches("hidden=\"\"").count(), 1);
    let Some(browser) = browser::chromium("filters_work_and_are_not_needed") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let page = save(folder.path(), "page.html", &text);
    let open = |fragment: &str| {
        let shown = browser::open(&browser, &page, fragment);
        assert_eq!(shown.console, Vec::<String>::new());
        shown.dom
    };
    let items = |dom: &str| dom.matches("<details class=\"item\">").count();
    let elements = |dom: &str| left(dom).0;
    let all = open("");
    assert_eq!(items(&all), text.matches("<details class=\"item\">").count());
    assert!(left(&all).1, "the filters are shown");

    let (before, after) = text.split_once("<script>").unwrap();
    let bare = format!("{before}{}", after.split_once("</script>").unwrap().1);
    let bare = save(folder.path(), "bare.html", &bare);
    let without = browser::open(&browser, &bare, "").dom;
    assert_eq!((items(&without), elements(&without)), (items(&all), elements(&all)));
    assert!(!left(&without).1, "filters that do nothing are not shown");

    // What the page itself says of its elements is what is left.
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for part in parts(&text) {
        let Part::Start(tag, attributes) = part else { continue };
        if tag != "tbody" || attributes.len() < 3 {
            continue;
        }
        let is = |name: &str, wanted: &str| {
            let (_, value) = attributes.iter().find(|(known, _)| known == name).unwrap();
            value.split(' ').any(|word| word == wanted)
        };
        for (fragment, fits) in [
            ("#region=519923", is("data-r", "2")),
            ("#class=split", is("data-c", "split")),
            ("#element=materials", is("data-e", "6")),
            (
                "#region=519923&element=materials",
                is("data-r", "2") && is("data-e", "6"),
            ),
        ] {
            *expected.entry(fragment).or_default() += usize::from(fits);
        }
    }
    assert_eq!(expected.len(), 4);
    for (fragment, count) in expected {
        let dom = open(fragment);
        assert!(count > 0 && count < elements(&all), "{fragment} tells nothing");
        assert_eq!(elements(&dom), count, "{fragment}");
        assert!(items(&dom) <= count && items(&dom) > 0, "{fragment}");
    }
    // What is not among the choices filters nothing.
    assert_eq!(elements(&open("#region=%3Cscript%3E")), elements(&all));
}

/// Every part of a report is on the page, in both languages, with figures beside colours.
#[test]
fn everything_is_told() {
    for (lang, words) in [
        (
            Lang::Zh,
            [
                "<html lang=\"zh-CN\">",
                "参照：多数（2/3）",
                "依法必须一致",
                "2 种说法并列最多",
                "合理差异：东岭区（某条例第九条）",
                "已过期",
                "东岭区 2024、西河区 2025/2026",
                "南屏县的清单与东岭区几乎完全相同",
                "负担最轻",
                "另有 5 项",
                "名称相近（97%）",
                "a.xlsx[表壹]:7",
                "10.50",
                "−0.0100",
            ],
        ),
        (
            Lang::En,
            [
                "<html lang=\"en\">",
                "Reference: majority (2/3)",
                "must be alike by law",
                "2 share the first place",
                "Variance: 东岭区 (某条例第九条)",
                "expired",
                "东岭区 2024、西河区 2025/2026",
                "The list of 南屏县 is almost the same as that of 东岭区",
                "lightest",
                "5 more",
                "names alike (97%)",
                "a.xlsx[表壹]:7",
                "10.50",
                "−0.0100",
            ],
        ),
    ] {
        let text = page(&sample(&HARMLESS), lang);
        for word in words {
            assert!(text.contains(word), "{word}");
        }
        assert!(text.contains("<del>旧</del> → <ins>营业执照</ins>"));
        assert!(text.contains("<li>+ <ins>营业执照</ins></li><li>− <del>营业执照</del></li>"));
    }
    // Three regions in the one item: allowed in the first, deviating and allowed in the second, no reference for the third.
    let text = page(&sample(&HARMLESS), Lang::Zh);
    let matrix = between(&text, "id=\"by-item\"", "</table>");
    let row = between(matrix, "<tbody>", "</tr>");
    let cells: Vec<&str> = row
        .split("<td")
        .skip(2)
        .map(|cell| between(cell, ">", "</td>"))
        .collect();
    assert_eq!(cells, ["≠1", "1", "≠1"]);
}

/// The example's heat maps agree with what its report says in JSON.
#[test]
fn heat_maps_count_right() {
    let json = run(&["report", EXAMPLE, "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let regions: Vec<&str> = json["regions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    let text = example(&[]);
    let matrix = between(&text, "id=\"by-item\"", "</table>");
    let rows: Vec<&str> = between(matrix, "<tbody>", "</tbody>").split("</tr>").collect();
    let mut seen = 0;
    for item in json["items"].as_array().unwrap() {
        let name = item["name"].as_str().unwrap();
        let name = match item["handling"].as_str() {
            Some(case) => format!("{name}（{case}）"),
            None => name.to_owned(),
        };
        let Some(row) = rows.iter().find(|row| row.contains(&format!(">{name}</a>"))) else {
            continue;
        };
        let cells: Vec<&str> = row
            .split("<td")
            .skip(2)
            .map(|cell| between(cell, ">", "</td>"))
            .collect();
        for (at, region) in regions.iter().enumerate() {
            let elements = item["elements"].as_array().unwrap().iter();
            let deviating = elements
                .filter(|element| element["deviating"].as_array().unwrap().iter().any(|id| id == region))
                .count();
            let shown: usize = cells[at].split('≠').next().unwrap().parse().unwrap_or(0);
            assert_eq!(shown, deviating, "{name} {region}: {row}");
            seen += deviating;
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn lists_that_are_cut_say_so() {
    let all = example(&[]);
    let count = |text: &str| text.matches("<details class=\"item\">").count();
    let cut = example(&["--top", "3"]);
    assert_eq!(count(&cut), 3);
    assert!(cut.contains(&format!("另有 {} 个事项未列出", count(&all) - 3)));
    assert!(!all.contains("个事项未列出"));
    let one = example(&["--item", "000119001000"]);
    assert!(one.contains("<details class=\"item\" open=\"\">"));
    let elements = one.matches("<tbody data-e=").count();
    assert_eq!(
        elements,
        12 * count(&one).max(one.matches("open=\"\"").count()),
        "what is asked for is shown whole"
    );
}

#[test]
fn the_order_of_inputs_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (lists, _) = generator::lists(20, 4, 10, 3);
    let names: Vec<String> = lists.iter().map(|list| format!("{}.csv", list.id)).collect();
    for (list, name) in lists.iter().zip(&names) {
        std::fs::write(folder.path().join(name), &list.csv).unwrap();
    }
    let report = |names: Vec<&str>| run_in(folder.path(), &[&["report", "-f", "html"], &names[..]].concat()).stdout;
    let forwards = report(names.iter().map(String::as_str).collect());
    assert!(forwards.len() > 10_000);
    assert_eq!(forwards, report(names.iter().rev().map(String::as_str).collect()));
}

/// 500 items × 31 regions: under 5 MB, and open in 2 s.
#[test]
fn a_province_fits() {
    let folder = tempfile::tempdir().unwrap();
    let (lists, planted) = generator::lists(500, 31, 2, 7);
    for list in &lists {
        std::fs::write(folder.path().join(format!("{}.csv", list.id)), &list.csv).unwrap();
    }
    let run = run_in(folder.path(), &["report", ".", "-o", "page.html"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = folder.path().join("page.html");
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.len() < 5_000_000, "{} bytes", text.len());
    let items: BTreeSet<&str> = planted.iter().map(|(code, ..)| code.as_str()).collect();
    assert_eq!(text.matches("<details class=\"item\">").count(), items.len());
    parts(&text);
    let Some(browser) = browser::chromium("a_province_fits") else {
        return;
    };
    let blank = save(folder.path(), "blank.html", "<!DOCTYPE html><title>甲</title>");
    let best = |page: &Path| {
        let runs = (0..3).map(|_| browser::open(&browser, page, ""));
        runs.map(|shown| {
            assert_eq!(shown.console, Vec::<String>::new());
            shown.took
        })
        .min()
        .unwrap()
    };
    let (start, whole) = (best(&blank), best(&page));
    let took = whole.saturating_sub(start);
    println!(
        "{} bytes; {whole:?} with the start of the browser, {start:?} of it for nothing",
        text.len()
    );
    // Two seconds where the machine has nothing else to do, as the start of the browser tells: a ratio holds on a busy one, too.
    assert!(took < start * 10, "{took:?}, {start:?} of it for nothing");
}
