//! Differences between bodies of one region (区内差异), in the formats that take them.
//!
//! Must not compute.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::escape::{markdown, terminal};
use super::{Style, show, table};
use crate::model::Within;

/// How long a value may be that stands in a line.
const SHOWN: usize = 80;

/// Those that are asked for: of an item, an element, a region, with an index of their own.
pub(super) fn shown<'a>(found: &'a [Within], style: &Style<'_>) -> Vec<&'a Within> {
    let asked = |within: &&Within| {
        let only = &style.only;
        style
            .item
            .is_none_or(|wanted| within.code == wanted || within.name.contains(wanted))
            && only.element.is_none_or(|wanted| within.element == wanted)
            && only.region.is_none_or(|side| within.region == side)
            && within.index() >= only.min_index
    };
    found.iter().filter(asked).collect()
}

/// Region, item and element.
fn title(within: &Within, regions: &[String], style: &Style<'_>) -> String {
    let name = show::item_name(&within.name, within.handling.as_deref());
    let region = regions.get(within.region).map_or("", String::as_str);
    format!("{region} {} {name}：{}", within.code, style.element(&within.element))
}

/// As table; nothing where there are none. `regions` are the names by number.
pub(super) fn table(found: &[Within], regions: &[String], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let found = shown(found, style);
    if found.is_empty() {
        return Ok(());
    }
    let title_line = style.with("within-title", &[("count", found.len().to_string())]);
    writeln!(out, "\n{}", table::heading(&title_line, style))?;
    for within in found.iter().take(style.top) {
        writeln!(out, "  {}", terminal(&title(within, regions, style)))?;
        for group in &within.groups {
            let most = if style.item.is_some() { usize::MAX } else { SHOWN };
            let normal = show::shorten(&group.normal, most);
            let line = format!("{}：{normal}（{}）", group.bodies.join("、"), show::place(&group.place));
            writeln!(out, "    {}", terminal(&line))?;
        }
    }
    table::more(found.len(), style, out)
}

/// As md; nothing where there are none.
pub(super) fn md(found: &[Within], regions: &[String], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let found = shown(found, style);
    if found.is_empty() {
        return Ok(());
    }
    let title_line = style.with("within-title", &[("count", found.len().to_string())]);
    writeln!(out, "\n## {title_line}\n")?;
    for within in found.iter().take(style.top) {
        writeln!(out, "- {}", markdown(&title(within, regions, style)))?;
        for group in &within.groups {
            let line = format!("{}：{}", group.bodies.join("、"), show::shorten(&group.normal, SHOWN));
            writeln!(out, "  - {}", markdown(&line))?;
        }
    }
    if found.len() > style.top {
        let count = (found.len() - style.top).to_string();
        writeln!(out, "\n{}", style.with("and-more", &[("count", count)]))?;
    }
    Ok(())
}

/// Bodies of one region that differ, on the wire.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireWithin<'a> {
    region: &'a str,
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    element: &'a str,
    groups: Vec<WireBodies<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireBodies<'a> {
    normal: &'a str,
    bodies: &'a [String],
    place: super::json::WirePlace<'a>,
}

/// As json. `regions` gives the id of a region by its number.
pub(super) fn wire<'a>(
    found: &'a [Within],
    regions: impl Fn(usize) -> &'a str,
    style: &Style<'_>,
) -> Vec<WireWithin<'a>> {
    let groups = |within: &'a Within| {
        let groups = within.groups.iter().map(|group| WireBodies {
            normal: &group.normal,
            bodies: &group.bodies,
            place: super::json::place(&group.place),
        });
        groups.collect()
    };
    shown(found, style)
        .into_iter()
        .map(|within| WireWithin {
            region: regions(within.region),
            code: &within.code,
            handling: within.handling.as_deref(),
            name: &within.name,
            element: &within.element,
            groups: groups(within),
        })
        .collect()
}
