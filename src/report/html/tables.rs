//! The tables after the items: burden, what putting into line would bring, variances, elements, regions, and what was not compared.
//!
//! Must not compute.

use std::io;

use super::Page;
use super::items::LONGEST;
use super::writer::Html;
use crate::model::{Burden, Measure, Standing};
use crate::report::uniformity::{coverage, notes};
use crate::report::{burden as words, show, within};

/// How much of the gains is shown.
const GAINS: usize = 20;

/// How much is shown of the lists of what was not compared.
const COVERED: usize = 200;

/// Writes all of them.
pub(super) fn write(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    burden(page, html)?;
    gains(page, html)?;
    variances(page, html)?;
    elements(page, html)?;
    regions(page, html)?;
    against_directory(page, html)?;
    coverage(page, html)
}

/// The measures that any of the burdens gives.
pub(super) fn measures<'b>(burdens: impl Iterator<Item = &'b Burden> + Clone) -> Vec<Measure> {
    let given = |measure: &Measure| burdens.clone().any(|burden| burden.get(*measure).is_some());
    Measure::ALL.into_iter().filter(given).collect()
}

/// The start of a table under a title of its own.
fn open<T: AsRef<str>>(id: &'static str, title: &str, columns: &[T], html: &mut Html<'_>) -> io::Result<()> {
    html.el("h2", &[("id", id)], title)?;
    html.open(
        "div",
        &[
            ("class", "box"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", title),
        ],
    )?;
    html.raw("<table>")?;
    html.head(columns)?;
    html.raw("<tbody>")
}

fn close(html: &mut Html<'_>) -> io::Result<()> {
    html.raw("</tbody></table></div>\n")
}

/// That a list was cut, and by how much.
fn more(count: usize, most: usize, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    match count.saturating_sub(most) {
        0 => Ok(()),
        more => html.el(
            "p",
            &[("class", "more")],
            &page.style.with("and-more", &[("count", more.to_string())]),
        ),
    }
}

fn burden(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let regions = &page.report.regions;
    let measures = measures(regions.iter().flat_map(|region| [&region.burden, &region.saving]));
    if measures.is_empty() {
        return Ok(());
    }
    let mut columns = vec![page.text("col-region")];
    for &of in &measures {
        columns.push(words::name(of, page.style));
        columns.push(page.text("html-saving"));
    }
    open("burden", &page.text("html-burden"), &columns, html)?;
    for (region, name) in regions.iter().zip(&page.regions) {
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], name)?;
        for &measure in &measures {
            html.number(words::text(measure, region.burden.get(measure), page.style))?;
            html.el(
                "td",
                &[("class", "n save")],
                &words::text(measure, region.saving.get(measure), page.style),
            )?;
        }
        html.raw("</tr>\n")?;
    }
    close(html)?;
    html.el("p", &[("class", "note")], &page.text("html-burden-note"))
}

fn gains(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let gains = &page.report.gains;
    if gains.is_empty() {
        return Ok(());
    }
    let columns = page.columns(["col-region", "col-element", "html-cells", "html-delta"]);
    open("gains", &page.text("html-gains"), &columns, html)?;
    for gain in gains.iter().take(GAINS) {
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], &page.regions[gain.region])?;
        html.el("td", &[], page.style.element(&gain.element))?;
        html.number(gain.cells)?;
        // The index falls by little where there are many items.
        html.number(format!("−{:.4}", gain.delta))?;
        html.raw("</tr>\n")?;
    }
    close(html)?;
    more(gains.len(), GAINS, page, html)
}

fn variances(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    if page.report.variances.is_empty() {
        return Ok(());
    }
    let columns = page.columns([
        "col-region",
        "col-item",
        "col-element",
        "html-ground",
        "html-owner",
        "html-expires",
        "html-cells",
        "col-place",
    ]);
    open("variances", &page.text("html-variances"), &columns, html)?;
    let every = page.text("html-all");
    for used in &page.report.variances {
        let variance = &used.variance;
        let element = variance.element.as_deref().map(|id| page.style.element(id));
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], variance.region.as_ref().unwrap_or(&every))?;
        html.el("td", &[], variance.item.as_ref().unwrap_or(&every))?;
        html.el("td", &[], element.unwrap_or(&every))?;
        html.el("td", &[], &variance.ground)?;
        html.el("td", &[], &variance.owner)?;
        html.raw("<td>")?;
        html.text(variance.expires.as_deref().unwrap_or_default())?;
        if variance.expired {
            html.raw(" ")?;
            html.el("span", &[("class", "tag law")], &page.text("html-is-expired"))?;
        }
        html.raw("</td>")?;
        html.number(used.cells)?;
        html.el("td", &[("class", "at")], &show::place(&variance.place))?;
        html.raw("</tr>\n")?;
    }
    close(html)
}

fn elements(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let columns = page.columns(["col-element", "col-index", "col-cells", "col-deviating", "col-standing"]);
    open("elements-table", &page.text("report-by-element"), &columns, html)?;
    for element in &page.report.elements {
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], page.style.element(&element.element))?;
        html.number(show::index(element.index))?;
        html.number(element.cells)?;
        html.number(element.deviating)?;
        let tag = match element.standing {
            Standing::MustEqual => "tag law",
            Standing::Usual | Standing::Disparity => "tag",
        };
        html.raw("<td>")?;
        let standing = notes::standing_text(element.standing, page.style);
        if !standing.is_empty() {
            html.el("span", &[("class", tag)], &standing)?;
        }
        html.raw("</td></tr>\n")?;
    }
    close(html)
}

fn regions(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let columns = page.columns([
        "col-region",
        "html-code",
        "col-index",
        "col-items",
        "col-rows",
        "col-compared",
        "col-divided",
        "col-only",
        "col-duplicate",
        "col-must-equal",
    ]);
    open("regions", &page.text("report-by-region"), &columns, html)?;
    for (region, name) in page.report.regions.iter().zip(&page.regions) {
        html.raw("<tr>")?;
        html.el("th", &[("scope", "row")], name)?;
        html.el("td", &[], &region.id)?;
        html.number(show::index(region.index))?;
        let of = region.accounting;
        for count in [
            region.items,
            region.rows,
            of.compared,
            of.divided,
            of.only_here,
            of.duplicate,
            region.must_equal,
        ] {
            html.number(count)?;
        }
        html.raw("</tr>\n")?;
    }
    close(html)
}

/// Items in which all regions say the same and the directory does not.
fn against_directory(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let lines = notes::against_directory(page.report, page.style);
    if lines.is_empty() {
        return Ok(());
    }
    html.raw("<details class=\"cover\" id=\"against\"><summary>")?;
    let count = [("count", lines.len().to_string())];
    html.text(&page.style.with("report-against", &count))?;
    html.raw("</summary><ul>")?;
    for line in lines.iter().take(COVERED) {
        html.el("li", &[], line)?;
    }
    html.raw("</ul>")?;
    more(lines.len(), COVERED, page, html)?;
    html.raw("</details>\n")
}

/// How far the comparison goes: what was compared among some regions only, and what was not compared.
fn coverage(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let lists = coverage::coverage(page.report);
    if lists.is_empty() {
        return Ok(());
    }
    html.el("h2", &[("id", "coverage")], &page.text("html-coverage"))?;
    for (key, entries) in lists {
        html.raw("<details class=\"cover\"><summary>")?;
        let count = [("count", entries.len().to_string())];
        html.text(&page.style.with(&format!("cover-{key}"), &count))?;
        html.raw("</summary><ul>")?;
        for entry in entries.iter().take(COVERED) {
            html.el("li", &[], &entry.line(|sides| page.names(sides)))?;
        }
        html.raw("</ul>")?;
        more(entries.len(), COVERED, page, html)?;
        html.raw("</details>\n")?;
    }
    Ok(())
}

/// What bodies of one region say where they do not say the same, a row for each of their groups.
pub(super) fn within(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let found = within::shown(&page.report.within, page.style);
    if found.is_empty() {
        return Ok(());
    }
    let columns = page.columns([
        "col-item",
        "col-element",
        "col-region",
        "col-bodies",
        "col-says",
        "col-place",
    ]);
    let title = page.style.with("within-title", &[("count", found.len().to_string())]);
    open("within", &title, &columns, html)?;
    for within in found.iter().take(COVERED) {
        for (at, group) in within.groups.iter().enumerate() {
            html.raw("<tr>")?;
            if at == 0 {
                let rows = within.groups.len().to_string();
                let name = show::item_name(&within.name, within.handling.as_deref());
                let item = format!("{} {name}", within.code);
                html.el("th", &[("scope", "row"), ("rowspan", &rows)], &item)?;
                html.el("td", &[("rowspan", &rows)], page.style.element(&within.element))?;
                html.el("td", &[("rowspan", &rows)], &page.regions[within.region])?;
            }
            html.el("td", &[], &group.bodies.join("、"))?;
            html.raw("<td><div class=\"val\">")?;
            html.lines(&show::shorten(&group.normal, LONGEST))?;
            html.raw("</div></td>")?;
            html.el("td", &[("class", "at")], &show::place(&group.place))?;
            html.raw("</tr>\n")?;
        }
    }
    close(html)?;
    more(found.len(), COVERED, page, html)
}
