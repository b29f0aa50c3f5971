//! History as a page: the index over time as a drawing, the tables beside it. No script, nothing from elsewhere.
//!
//! Must not compute beyond where a line runs.

use std::io::{self, Write};

use super::super::Style;
use super::super::html::{Html, begin};
use super::chart::range;
use super::{Chart, Sheet, pages};
use crate::model::{History, Log};
use crate::report::show;

/// The drawing in its own units.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 160.0;
/// What is left for figures on the left and for numbers below.
const LEFT: f64 = 56.0;
const BELOW: f64 = 24.0;

/// Writes it.
pub(in crate::report) fn write(history: &History, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = pages::page(history, style);
    let mut html = Html::new(out);
    begin(&page.title, style, &mut html)?;
    html.raw("<header>")?;
    html.el("h1", &[], &page.title)?;
    html.raw("</header>\n<main>\n<ul class=\"notes\">")?;
    for note in &page.notes {
        html.el("li", &[], note)?;
    }
    html.raw("</ul>\n")?;
    for chart in &page.charts {
        html.el("h2", &[], &chart.label)?;
        draw(chart, &mut html)?;
    }
    for sheet in &page.sheets {
        if !sheet.title.is_empty() {
            html.el("h2", &[], &sheet.title)?;
        }
        self::sheet(sheet, &page.title, style, &mut html)?;
    }
    html.raw("</main>\n<footer>")?;
    html.text(&style.with("html-made", &[("profile", style.profile.to_owned())]))?;
    html.raw("</footer>\n</body></html>\n")
}

/// The index over the snapshots as a part of another page.
pub(in crate::report) fn trend(log: &Log, style: &Style<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let page = pages::log(log, style);
    let title = style.text("html-trend");
    html.el("h2", &[("id", "trend")], &title)?;
    html.raw("<ul class=\"notes\">")?;
    for note in &page.notes {
        html.el("li", &[], note)?;
    }
    html.raw("</ul>\n")?;
    for chart in &page.charts {
        draw(chart, html)?;
    }
    page.sheets
        .iter()
        .try_for_each(|sheet| self::sheet(sheet, &title, style, html))
}

/// A table without its title; `page` is what it is called where it has none.
fn sheet(sheet: &Sheet, page: &str, style: &Style<'_>, html: &mut Html<'_>) -> io::Result<()> {
    for note in &sheet.notes {
        html.el("p", &[("class", "note")], note)?;
    }
    if sheet.rows.is_empty() {
        return html.el("p", &[("class", "note")], &sheet.nothing);
    }
    let (rows, more) = sheet.shown(style);
    let label = if sheet.title.is_empty() { page } else { &sheet.title };
    // A box that scrolls must be reached by the keyboard.
    let attributes = [
        ("class", "box"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", label),
    ];
    html.open("div", &attributes)?;
    html.raw("<table>")?;
    html.head(&sheet.heads.iter().map(|key| style.text(key)).collect::<Vec<_>>())?;
    html.raw("<tbody>")?;
    for row in rows {
        html.raw("<tr>")?;
        for cell in row {
            html.raw("<td>")?;
            for (at, line) in cell.split('\n').enumerate() {
                if at > 0 {
                    html.void("br", &[])?;
                }
                html.text(line)?;
            }
            html.raw("</td>")?;
        }
        html.raw("</tr>\n")?;
    }
    html.raw("</tbody></table></div>\n")?;
    if more > 0 {
        let args = [("count", more.to_string())];
        html.el("p", &[("class", "more")], &style.with("and-more", &args))?;
    }
    Ok(())
}

/// Figures over the snapshots, from nothing at the bottom to the highest at the top.
fn draw(chart: &Chart, html: &mut Html<'_>) -> io::Result<()> {
    let Some((_, high)) = range(chart) else {
        return html.el("p", &[("class", "note")], "—");
    };
    let high = if high > 0.0 { high } else { 1.0 };
    let last = chart.points.len().saturating_sub(1).max(1) as f64;
    let x = |at: usize| LEFT + at as f64 / last * (WIDTH - LEFT - 12.0);
    let y = |value: f64| 12.0 + (1.0 - value / high) * (HEIGHT - BELOW - 12.0);
    let place = |number: f64| format!("{number:.1}");
    let [width, height] = [WIDTH, HEIGHT].map(|number| format!("{number:.0}"));
    let said: Vec<String> = chart
        .points
        .iter()
        .filter_map(|(number, point)| point.map(|point| format!("@{number} {}", show::index(point))))
        .collect();
    html.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("viewBox", &format!("0 0 {width} {height}")),
            ("width", &width),
            ("height", &height),
            ("role", "img"),
            ("aria-label", &format!("{}: {}", chart.label, said.join(", "))),
        ],
    )?;
    for value in [0.0, high] {
        let (at, end) = (place(y(value)), place(WIDTH - 12.0));
        let line = [("x1", place(LEFT)), ("x2", end), ("y1", at.clone()), ("y2", at.clone())];
        let mut attributes: Vec<(&'static str, &str)> =
            line.iter().map(|(name, text)| (*name, text.as_str())).collect();
        attributes.push(("stroke", "#d3dae1"));
        html.void("line", &attributes)?;
        let text = [("x", "4"), ("y", at.as_str()), ("font-size", "12"), ("fill", "#1f2933")];
        html.el("text", &text, &show::index(value))?;
    }
    // A snapshot without a figure parts the line.
    let mut run: Vec<String> = Vec::new();
    for at in 0..=chart.points.len() {
        match chart.points.get(at).and_then(|(_, point)| *point) {
            Some(value) => run.push(format!("{},{}", place(x(at)), place(y(value)))),
            None if run.len() > 1 => {
                let points = std::mem::take(&mut run).join(" ");
                let line = [
                    ("points", points.as_str()),
                    ("fill", "none"),
                    ("stroke", "#0b4f8a"),
                    ("stroke-width", "2"),
                ];
                html.void("polyline", &line)?;
            }
            None => run.clear(),
        }
    }
    // Of many snapshots only some have room for their numbers.
    let every = chart.points.len().div_ceil(20).max(1);
    for (at, (number, point)) in chart.points.iter().enumerate() {
        let (left, name) = (place(x(at)), format!("@{number}"));
        if let Some(value) = point {
            let top = place(y(*value));
            html.open(
                "circle",
                &[("cx", &left), ("cy", &top), ("r", "3"), ("fill", "#0b4f8a")],
            )?;
            html.el("title", &[], &format!("{name} {}", show::index(*value)))?;
            html.close("circle")?;
        }
        if at % every == 0 || at + 1 == chart.points.len() {
            let bottom = place(HEIGHT - 6.0);
            let text = [
                ("x", left.as_str()),
                ("y", &bottom),
                ("font-size", "12"),
                ("text-anchor", "middle"),
                ("fill", "#1f2933"),
            ];
            html.el("text", &text, &name)?;
        }
    }
    html.close("svg")?;
    html.raw("\n")
}
