//! Heat maps: element × region and item × region. Every cell has its figure or sign, so that it is read without colour.
//!
//! Must not compute: the counts come from the model.

use std::io;

use super::Page;
use super::writer::Html;
use crate::model::{Heat, ItemReport, Mark};
use crate::report::show;

/// The classes of the colours, from a little to all; the colours are in the style sheet.
const LEVELS: [&str; 10] = ["h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10"];

/// The class of a cell: none only for nothing at all, the last for more than nine tenths; and one of its own where there is no
/// reference.
fn level(heat: Heat) -> &'static str {
    match (heat.deviating, heat.open) {
        (0, 0) => "",
        (0, _) => "ho",
        _ => LEVELS[((heat.share() * 10.0).ceil() as usize).clamp(1, 10) - 1],
    }
}

/// A share in hundredths; what is not nothing is never shown as 0. Without a share the sign says why, as [`sign`] does.
fn percent(heat: Heat) -> String {
    match (heat.mark(), heat.deviating) {
        (Mark::Silent, _) => "—".to_owned(),
        (Mark::Alike, _) => "·".to_owned(),
        (Mark::Allowed, _) => "○".to_owned(),
        (Mark::Differs, 0) => "≠".to_owned(),
        (Mark::Differs, _) => match (heat.share() * 100.0).round() as u64 {
            0 => "<1".to_owned(),
            share => share.to_string(),
        },
    }
}

fn cell(heat: Heat, text: &str, html: &mut Html<'_>) -> io::Result<()> {
    match level(heat) {
        "" => html.el("td", &[], text),
        level => html.el("td", &[("class", level)], text),
    }
}

/// The head of a heat map: names of regions from top to bottom, so that 31 of them stand side by side.
fn head(page: &Page<'_>, first: &str, last: &str, html: &mut Html<'_>) -> io::Result<()> {
    html.raw("<thead><tr>")?;
    html.el("th", &[("scope", "col"), ("class", "c")], first)?;
    html.el("th", &[("scope", "col")], last)?;
    for name in &page.regions {
        html.raw("<th scope=\"col\" class=\"v\">")?;
        html.el("span", &[], name)?;
        html.raw("</th>")?;
    }
    html.raw("</tr></thead>\n")
}

fn open(page: &Page<'_>, id: &'static str, caption: &str, html: &mut Html<'_>) -> io::Result<()> {
    // A box that scrolls must be reached by the keyboard.
    html.open(
        "div",
        &[
            ("class", "box"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", caption),
        ],
    )?;
    // On paper, many regions share the width of the sheet.
    let class = if page.regions.len() > 8 { "heat wide" } else { "heat" };
    html.open("table", &[("class", class), ("id", id)])?;
    html.el("caption", &[], caption)?;
    html.raw("<colgroup><col class=\"c0\"/><col class=\"c1\"/>")?;
    for _ in &page.regions {
        html.raw("<col class=\"c2\"/>")?;
    }
    html.raw("</colgroup>")
}

/// Element × region: the share of the region's cells that deviate.
pub(super) fn elements(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let report = page.report;
    if report.items_compared == 0 {
        return Ok(());
    }
    html.el("h2", &[("id", "elements")], &page.text("html-heat-elements"))?;
    open(page, "by-element", &page.text("html-heat-elements-caption"), html)?;
    head(page, &page.text("col-element"), &page.text("col-index"), html)?;
    html.raw("<tbody>")?;
    let wanted = |id: &str| page.style.only.element.is_none_or(|only| only == id);
    for (element, regions) in report.elements.iter().zip(report.heat(|item| page.style.takes(item))) {
        if !wanted(&element.element) {
            continue;
        }
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], page.style.element(&element.element))?;
        html.number(show::index(element.index))?;
        for heat in regions {
            cell(heat, &percent(heat), html)?;
        }
        html.raw("</tr>\n")?;
    }
    html.raw("</tbody></table></div>\n")
}

/// What an item's cell shows: how many elements deviate, or why none does.
fn sign(item: &ItemReport, side: usize, heat: Heat) -> String {
    if !item.present.contains(&side) {
        // Who handles an item undivided lacks none of its cases.
        return if item.absent.contains(&side) { "—" } else { "∪" }.to_owned();
    }
    match heat.mark() {
        Mark::Silent => "∅".to_owned(),
        Mark::Alike => "·".to_owned(),
        Mark::Allowed => "○".to_owned(),
        Mark::Differs => heat.figure(),
    }
}

/// Item × region: in how many elements the region deviates.
pub(super) fn items(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    if page.items.is_empty() {
        return Ok(());
    }
    html.el("h2", &[("id", "items")], &page.text("html-heat-items"))?;
    html.raw("<dl class=\"legend\">")?;
    for (sign, key) in [
        ("3", "html-sign-number"),
        ("≠2", "html-sign-open"),
        ("○", "html-sign-allowed"),
        ("·", "html-sign-alike"),
        ("∅", "html-sign-silent"),
        ("∪", "html-sign-union"),
        ("—", "html-sign-absent"),
    ] {
        html.raw("<div>")?;
        html.el("dt", &[], sign)?;
        html.el("dd", &[], &page.text(key))?;
        html.raw("</div>")?;
    }
    html.raw("</dl>\n")?;
    open(page, "by-item", &page.text("html-heat-items-caption"), html)?;
    head(page, &page.text("col-item"), &page.text("col-index"), html)?;
    html.raw("<tbody>")?;
    for (at, item) in page.items.iter().enumerate() {
        html.raw("<tr><th scope=\"row\">")?;
        let name = show::item_name(&item.name, item.handling.as_deref());
        let name = if name.is_empty() { &item.code } else { &name };
        html.el("a", &[("href", &format!("#i{at}"))], name)?;
        html.raw("</th>")?;
        html.number(show::index(item.index))?;
        let heat = item.heat(page.regions.len(), |cell| page.style.shows_cell(cell));
        for (side, heat) in heat.into_iter().enumerate() {
            let sign = sign(item, side, heat);
            cell(heat, &sign, html)?;
        }
        html.raw("</tr>\n")?;
    }
    html.raw("</tbody></table></div>\n")?;
    if page.more > 0 {
        let more = page
            .style
            .with("report-more-items", &[("count", page.more.to_string())]);
        html.el("p", &[("class", "more")], &more)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_nothing_is_never_nothing() {
        let heat = |deviating, held| Heat {
            held,
            deviating,
            ..Heat::default()
        };
        let shown = |deviating, held| (level(heat(deviating, held)), percent(heat(deviating, held)));
        assert_eq!(shown(0, 0), ("", "—".to_owned()));
        assert_eq!(shown(0, 9), ("", "·".to_owned()));
        assert_eq!(shown(1, 3_000), ("h1", "<1".to_owned()));
        assert_eq!(shown(1, 10), ("h1", "10".to_owned()));
        assert_eq!(shown(11, 100), ("h2", "11".to_owned()));
        assert_eq!(shown(7, 7), ("h10", "100".to_owned()));
    }
}
