//! Heat maps: element × region and item × region. Every cell has its figure or sign, so that it is read without colour.
//!
//! Must not compute: the counts come from the model.

use std::io;

use super::Page;
use super::writer::Html;
use crate::model::Heat;
use crate::report::show;
use crate::report::uniformity::heat::{self, Spot};

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

/// A share in hundredths; what is not nothing is never shown as 0.
fn percent(heat: Heat) -> String {
    match (heat.deviating, (heat.share() * 100.0).round() as u64) {
        (0, _) => "0%".to_owned(),
        (_, 0) => "<1%".to_owned(),
        (_, share) => format!("{share}%"),
    }
}

/// A spot, with the same sign or figure as in every other format; the colour is its share, which is told to whoever points at it.
fn cell(spot: Spot, html: &mut Html<'_>) -> io::Result<()> {
    let text = spot.text(".");
    match spot {
        Spot::Heat(heat, _) if heat.deviating > 0 => {
            html.el("td", &[("class", level(heat)), ("title", &percent(heat))], &text)
        }
        Spot::Heat(heat, _) if heat.open > 0 => html.el("td", &[("class", level(heat))], &text),
        _ => html.el("td", &[], &text),
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
    for row in heat::of_elements(report, page.style) {
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], page.style.element(row.element))?;
        html.number(show::index(row.index))?;
        for spot in row.spots {
            cell(spot, html)?;
        }
        html.raw("</tr>\n")?;
    }
    html.raw("</tbody></table></div>\n")
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
        (".", "html-sign-alike"),
        ("∅1", "html-sign-blank"),
        ("∅", "html-sign-silent"),
        ("∪", "html-sign-union"),
        ("-", "html-sign-absent"),
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
        for spot in heat::of_item(item, page.report, page.style) {
            cell(spot, html)?;
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
        assert_eq!(shown(0, 9), ("", "0%".to_owned()));
        assert_eq!(shown(1, 3_000), ("h1", "<1%".to_owned()));
        assert_eq!(shown(1, 10), ("h1", "10%".to_owned()));
        assert_eq!(shown(11, 100), ("h2", "11%".to_owned()));
        assert_eq!(shown(7, 7), ("h10", "100%".to_owned()));
    }
}
