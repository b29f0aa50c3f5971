//! Which items rest on which law (`tongban law items`), in the formats that take it.
//!
//! Must not compute.

use std::collections::BTreeSet;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::super::escape::markdown;
use super::super::json::{WirePlace, place};
use super::super::{Style, csv, json, md, show, table};
use super::{PASSAGE_HEADERS, WirePassage, item, passage_cells, region, wire_passage};
use crate::model::{Baseless, DifferingBasis, LawItems, LawQuestion, LawUse, Passage};

fn side(items: &LawItems, at: usize) -> &str {
    items.regions.get(at).map_or("", |(id, name)| region(id, name))
}

fn id(items: &LawItems, at: usize) -> &str {
    items.regions.get(at).map_or("", |(id, _)| id)
}

fn sides(items: &LawItems, list: &[usize]) -> String {
    let names: Vec<&str> = list.iter().map(|&at| side(items, at)).collect();
    names.join("、")
}

fn titles(list: &[String]) -> String {
    let marked: Vec<String> = list.iter().map(|title| format!("《{title}》")).collect();
    marked.concat()
}

fn level(law: &LawUse, style: &Style<'_>) -> String {
    law.level
        .map_or_else(String::new, |level| style.text(&format!("level-{}", level.word())))
}

/// What the library tells of a law.
fn status(law: &LawUse, style: &Style<'_>) -> String {
    match (&law.repealed, law.known) {
        (Some(by), _) => style.with(
            "items-repealed",
            &[("by", if by.is_empty() { "none".to_owned() } else { by.clone() })],
        ),
        (None, Some(false)) => style.text("items-unknown"),
        _ => String::new(),
    }
}

fn summary(items: &LawItems, style: &Style<'_>) -> Vec<(String, String)> {
    let scope = style.with(
        "items-scope-value",
        &[
            ("regions", items.regions.len().to_string()),
            ("rows", items.rows.to_string()),
            ("items", items.items.to_string()),
        ],
    );
    let found = |key: &str, args: &[(&str, String)]| (style.text("items-found"), style.with(key, args));
    let mut lines = vec![(style.text("items-scope"), scope)];
    lines.push(match &items.question {
        LawQuestion::Laws => found("items-laws-value", &[("laws", items.laws.len().to_string())]),
        LawQuestion::Law { title, place } => {
            let all: BTreeSet<(&str, &str)> = items
                .cited
                .iter()
                .map(|one| (one.code.as_str(), one.name.as_str()))
                .collect();
            let regions: BTreeSet<&str> = items.cited.iter().map(|one| one.region.as_str()).collect();
            found(
                "items-law-value",
                &[
                    ("law", format!("《{title}》{place}")),
                    ("items", all.len().to_string()),
                    ("regions", regions.len().to_string()),
                    ("citations", items.cited.len().to_string()),
                ],
            )
        }
        LawQuestion::None => found("items-none-value", &[("rows", items.none.len().to_string())]),
        LawQuestion::Differing => {
            let national = items.differing.iter().filter(|item| item.is_national()).count();
            found(
                "items-differing-value",
                &[
                    ("items", national.to_string()),
                    ("local", (items.differing.len() - national).to_string()),
                ],
            )
        }
    });
    if matches!(items.question, LawQuestion::None | LawQuestion::Differing) && !items.silent.is_empty() {
        lines.push((style.text("items-silent"), sides(items, &items.silent)));
    }
    lines
}

/// The rows of a listing.
struct Listing {
    heads: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

fn listing(items: &LawItems, style: &Style<'_>) -> Listing {
    match &items.question {
        LawQuestion::Laws => Listing {
            heads: &[
                "col-law",
                "col-items",
                "col-regions",
                "col-citations",
                "col-level",
                "col-status",
            ],
            rows: items.laws.iter().map(|law| law_cells(law, style)).collect(),
        },
        LawQuestion::Law { .. } => Listing {
            heads: &["col-region", "col-item", "col-element", "col-citation", "col-place"],
            rows: items.cited.iter().map(|one| cited_cells(one, style)).collect(),
        },
        LawQuestion::None => Listing {
            heads: &["col-region", "col-item", "col-body", "col-text", "col-place"],
            rows: items.none.iter().map(|one| none_cells(one, items)).collect(),
        },
        LawQuestion::Differing => Listing {
            heads: &["col-item", "col-law", "col-regions", "col-kind"],
            rows: items
                .differing
                .iter()
                .flat_map(|one| differing_cells(one, items, style))
                .collect(),
        },
    }
}

fn law_cells(law: &LawUse, style: &Style<'_>) -> Vec<String> {
    vec![
        law.title.clone(),
        law.items.to_string(),
        law.regions.len().to_string(),
        law.citations.to_string(),
        level(law, style),
        status(law, style),
    ]
}

fn cited_cells(one: &Passage, style: &Style<'_>) -> Vec<String> {
    vec![
        region(&one.region, &one.region_name).to_owned(),
        item(&one.code, &one.name, one.handling.as_deref()),
        style.element(&one.element).to_owned(),
        one.written.replace('\n', " "),
        show::place(&one.place),
    ]
}

fn none_cells(one: &Baseless, items: &LawItems) -> Vec<String> {
    vec![
        side(items, one.region).to_owned(),
        item(&one.code, &one.name, one.handling.as_deref()),
        one.body.clone(),
        show::shorten(&one.text, 60),
        show::place(&one.place),
    ]
}

/// A row for each group of regions, then one for each law of a place.
fn differing_cells(one: &DifferingBasis, items: &LawItems, style: &Style<'_>) -> Vec<Vec<String>> {
    let name = item(&one.code, &one.name, None);
    let row = |laws: String, regions: String, kind: &str| vec![name.clone(), laws, regions, style.text(kind)];
    let groups = one.groups.iter().filter(|_| one.is_national());
    let groups = groups.map(|group| row(titles(&group.laws), sides(items, &group.regions), "items-national"));
    let local = one.local.iter();
    let local = local.map(|(at, title)| {
        row(
            titles(std::slice::from_ref(title)),
            side(items, *at).to_owned(),
            "items-local",
        )
    });
    groups.chain(local).collect()
}

/// As table.
pub(in crate::report) fn table(items: &LawItems, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    table::write_summary(&summary(items, style), style, out)?;
    let Listing { heads, rows } = listing(items, style);
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let mut table = table::table(style, heads);
    for cells in rows.iter().take(style.top) {
        table.add_row(cells.iter().map(|text| table::plain(text)));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    table::more(rows.len(), style, out)
}

/// As md.
pub(in crate::report) fn md(items: &LawItems, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# {}\n",
        style.text(&format!("items-title-{}", word(&items.question)))
    )?;
    for (name, value) in summary(items, style) {
        writeln!(out, "- **{name}**：{}", markdown(&value))?;
    }
    let Listing { heads, rows } = listing(items, style);
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    md::header(style, heads, out)?;
    for cells in rows.iter().take(style.top) {
        md::row(&cells.iter().map(|text| markdown(text)).collect::<Vec<_>>(), out)?;
    }
    md::more(rows.len(), "and-more", style, out)
}

fn word(question: &LawQuestion) -> &'static str {
    match question {
        LawQuestion::Laws => "laws",
        LawQuestion::Law { .. } => "law",
        LawQuestion::None => "none",
        LawQuestion::Differing => "differing",
    }
}

/// As csv, with the headers of what was asked for.
pub(in crate::report) fn csv(items: &LawItems, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let rows_of = |headers: &[&str], rows: Vec<Vec<String>>, out| -> io::Result<()> {
        let mut written = csv::Rows::new(out, headers, style.raw_csv)?;
        rows.iter().try_for_each(|row| written.row(row))?;
        written.finish()
    };
    match &items.question {
        LawQuestion::Laws => {
            let headers = ["法律", "事项数", "区域数", "引用数", "层级", "状态", "区域"];
            let row = |law: &LawUse| {
                let mut cells = law_cells(law, style);
                cells.push(sides(items, &law.regions));
                cells
            };
            rows_of(&headers, items.laws.iter().map(row).collect(), out)
        }
        LawQuestion::Law { .. } => {
            let rows = items.cited.iter().map(|one| passage_cells(one, style)).collect();
            rows_of(&PASSAGE_HEADERS, rows, out)
        }
        LawQuestion::None => {
            let headers = [
                "区域编码",
                "区域",
                "实施主体",
                "事项编码",
                "业务办理项",
                "事项名称",
                "文件",
                "工作表",
                "行",
                "列",
                "原文",
            ];
            let row = |one: &Baseless| {
                vec![
                    id(items, one.region).to_owned(),
                    items
                        .regions
                        .get(one.region)
                        .map_or_else(String::new, |(_, name)| name.clone()),
                    one.body.clone(),
                    one.code.clone(),
                    one.handling.clone().unwrap_or_default(),
                    one.name.clone(),
                    one.place.file.to_string(),
                    one.place.sheet.as_deref().unwrap_or_default().to_owned(),
                    one.place.row.to_string(),
                    one.place.column.to_string(),
                    one.text.clone(),
                ]
            };
            rows_of(&headers, items.none.iter().map(row).collect(), out)
        }
        LawQuestion::Differing => {
            let headers = ["事项编码", "事项名称", "法律", "区域", "类别"];
            let rows = items.differing.iter().flat_map(|one| {
                let rows = differing_cells(one, items, style).into_iter();
                rows.map(|cells| {
                    let mut row = vec![one.code.clone(), one.name.clone()];
                    row.extend(cells.into_iter().skip(1));
                    row
                })
            });
            rows_of(&headers, rows.collect(), out)
        }
    }
}

/// `tongban law items --format json`: which items rest on which law.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Wire<'a> {
    #[schemars(extend("const" = "tongban-law-items/1"))]
    format: &'static str,
    #[schemars(extend("enum" = ["laws", "law", "none", "differing"]))]
    question: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
    rows: usize,
    items: usize,
    regions: Vec<WireRegion<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    laws: Option<Vec<WireLaw<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citations: Option<Vec<WirePassage<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<Vec<WireNone<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    differing: Option<Vec<WireDiffering<'a>>>,
}

#[derive(Serialize, JsonSchema)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
    /// Whether any of its lists has a column of legal bases.
    basis: bool,
}

#[derive(Serialize, JsonSchema)]
struct WireLaw<'a> {
    title: &'a str,
    level: Option<&'static str>,
    in_library: Option<bool>,
    repealed_by: Option<&'a str>,
    items: usize,
    citations: usize,
    regions: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct WireNone<'a> {
    region: &'a str,
    body: &'a str,
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    place: WirePlace<'a>,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireDiffering<'a> {
    code: &'a str,
    name: &'a str,
    national: bool,
    groups: Vec<WireGroup<'a>>,
    local: Vec<WireLocal<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireGroup<'a> {
    laws: &'a [String],
    regions: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct WireLocal<'a> {
    region: &'a str,
    law: &'a str,
}

/// As json (`tongban-law-items/1`).
pub(in crate::report) fn json(items: &LawItems, _: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ids = |list: &[usize]| list.iter().map(|&at| id(items, at)).collect::<Vec<_>>();
    let asked = &items.question;
    let law = |law: &'_ LawUse| ids(&law.regions);
    let (title, article) = match asked {
        LawQuestion::Law { title, place } => (
            Some(title.as_str()),
            Some(place.as_str()).filter(|place| !place.is_empty()),
        ),
        _ => (None, None),
    };
    let laws = || {
        let laws = items.laws.iter().map(|one| WireLaw {
            title: &one.title,
            level: one.level.map(crate::model::Level::word),
            in_library: one.known,
            repealed_by: one.repealed.as_deref(),
            items: one.items,
            citations: one.citations,
            regions: law(one),
        });
        laws.collect()
    };
    let none = || {
        let none = items.none.iter().map(|one| WireNone {
            region: id(items, one.region),
            body: &one.body,
            code: &one.code,
            handling: one.handling.as_deref(),
            name: &one.name,
            place: place(&one.place),
            text: &one.text,
        });
        none.collect()
    };
    let differing = || {
        let differing = items.differing.iter().map(|one| WireDiffering {
            code: &one.code,
            name: &one.name,
            national: one.is_national(),
            groups: one
                .groups
                .iter()
                .map(|group| WireGroup {
                    laws: &group.laws,
                    regions: ids(&group.regions),
                })
                .collect(),
            local: one
                .local
                .iter()
                .map(|(at, law)| WireLocal {
                    region: id(items, *at),
                    law,
                })
                .collect(),
        });
        differing.collect()
    };
    let wire = Wire {
        format: "tongban-law-items/1",
        question: word(asked),
        law: title,
        article,
        rows: items.rows,
        items: items.items,
        regions: items
            .regions
            .iter()
            .enumerate()
            .map(|(at, (id, name))| WireRegion {
                id,
                name,
                basis: !items.silent.contains(&at),
            })
            .collect(),
        laws: matches!(asked, LawQuestion::Laws).then(laws),
        citations: matches!(asked, LawQuestion::Law { .. }).then(|| items.cited.iter().map(wire_passage).collect()),
        none: matches!(asked, LawQuestion::None).then(none),
        differing: matches!(asked, LawQuestion::Differing).then(differing),
    };
    json::emit(&wire, out)
}
