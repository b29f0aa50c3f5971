//! HTML: N regions in one file that needs no network and no script to be read. A small script adds filters.
//!
//! Must not compute beyond what is counted for display. Every text goes through [`writer::Html`].

mod heat;
mod items;
mod tables;
pub(super) mod writer;

use std::io::{self, Write};

pub(super) use self::writer::Html;
use super::{Style, history, show, uniformity};
use crate::messages::Lang;
use crate::model::{ItemReport, Uniformity};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a browser may do with the page: apply this style and run this script, and nothing else, whatever came in with the data
/// (threats, row 19). The hashes are SHA-256 of the two files; `tests/reporting/html.rs` says what they must be.
const POLICY: &str = "default-src 'none'; style-src 'sha256-3lrokmfVHfOb33x0NWnw9eRdPyJtEa6r0t/kBkNh1Xg='; script-src 'sha256-tYFq4/jWD91cQf5iNQf5NM+ucl5LcuYsLUAHRms6N3g='; base-uri 'none'; form-action 'none'";

/// What every part of the page needs.
struct Page<'a> {
    report: &'a Uniformity,
    style: &'a Style<'a>,
    /// The items that are shown, the least uniform first.
    items: Vec<&'a ItemReport>,
    /// Items that are left out by `--top`.
    more: usize,
    /// Whether items are shown whole, with the elements that are alike.
    whole: bool,
    /// The names of the regions.
    regions: Vec<String>,
}

impl<'a> Page<'a> {
    fn new(report: &'a Uniformity, style: &'a Style<'a>) -> Self {
        let whole = style.item.is_some();
        let mut items = style.items(report);
        let more = items.len().saturating_sub(style.top);
        items.truncate(style.top);
        Page {
            report,
            style,
            items,
            more,
            whole,
            regions: report.regions.iter().map(show::region).collect(),
        }
    }

    fn text(&self, key: &str) -> String {
        self.style.text(key)
    }

    fn names(&self, sides: &[usize]) -> String {
        show::regions(sides, self.report)
    }

    /// The headers of columns.
    fn columns<const N: usize>(&self, keys: [&str; N]) -> [String; N] {
        keys.map(|key| self.text(key))
    }
}

/// A page up to the start of its body: what it is called, and what a browser may do with it.
pub(super) fn begin(title: &str, style: &Style<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let lang = match style.messages.lang() {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    html.begin(lang, title, POLICY, STYLE)
}

/// Writes N regions.
pub(super) fn write(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::new(report, style);
    let mut html = Html::new(out);
    let title = style.text("report-title");
    begin(&title, style, &mut html)?;
    html.raw("<header>")?;
    html.el("h1", &[], &title)?;
    html.el("p", &[("class", "lead")], &page.regions.join("、"))?;
    html.raw("</header>\n<main>\n")?;
    summary(&page, &mut html)?;
    if page.items.is_empty() {
        let key = match report.items_compared {
            0 => "report-nothing-to-compare",
            _ => "report-nothing",
        };
        html.el("p", &[("class", "note")], &page.text(key))?;
    }
    if !page.whole {
        heat::elements(&page, &mut html)?;
    }
    if let Some(log) = style.trend {
        history::trend(log, style, &mut html)?;
    }
    filters(&page, &mut html)?;
    heat::items(&page, &mut html)?;
    items::write(&page, &mut html)?;
    tables::within(&page, &mut html)?;
    if !page.whole {
        tables::write(&page, &mut html)?;
    }
    html.raw("</main>\n<footer>")?;
    html.text(&style.with("html-made", &[("profile", style.profile.to_owned())]))?;
    html.raw("</footer>\n<script>")?;
    html.raw(SCRIPT)?;
    html.raw("</script></body></html>\n")
}

/// The figures that a meeting asks for first, then the lines that every report begins with, then what is to be borne in mind.
fn summary(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let (report, style) = (page.report, page.style);
    html.el("h2", &[("id", "summary")], &page.text("html-summary"))?;
    html.raw("<ul class=\"cards\">")?;
    let deviating = report.items_compared - report.items_uniform;
    let of = |part: usize, all: usize| style.with("html-of", &[("part", part.to_string()), ("all", all.to_string())]);
    let mut cards = vec![
        ("html-card-items", of(deviating, report.items_compared)),
        ("html-card-cells", of(report.cells_deviating, report.cells)),
        ("html-card-index", show::index(report.index)),
    ];
    if report.cells_must_equal > 0 {
        cards.push(("html-card-must-equal", report.cells_must_equal.to_string()));
    }
    for (key, figure) in cards {
        html.raw("<li>")?;
        html.el("b", &[], &figure)?;
        html.raw(" ")?;
        html.el("span", &[], &page.text(key))?;
        html.raw("</li>")?;
    }
    html.raw("</ul>\n<dl class=\"sum\">")?;
    for (name, value) in show::summary(report, style) {
        html.el("dt", &[], &name)?;
        html.el("dd", &[], &value)?;
    }
    html.raw("</dl>\n")?;
    let notes = notes(page);
    if !notes.is_empty() {
        html.raw("<ul class=\"notes\">")?;
        for note in notes {
            html.el("li", &[], &note)?;
        }
        html.raw("</ul>\n")?;
    }
    Ok(())
}

fn notes(page: &Page<'_>) -> Vec<String> {
    let (report, style) = (page.report, page.style);
    let mut notes = Vec::new();
    if !report.years.is_empty() {
        let list = report.years.iter().map(|(side, years)| {
            let years: Vec<String> = years.iter().map(u16::to_string).collect();
            format!("{} {}", page.regions[*side], years.join("/"))
        });
        let list = list.collect::<Vec<_>>().join("、");
        notes.push(style.with("html-years", &[("list", list)]));
    }
    for (at, region) in report.regions.iter().enumerate() {
        if let Some(of) = region.copy_of {
            let args = [("region", page.regions[at].clone()), ("of", page.regions[of].clone())];
            notes.push(style.with("html-copy", &args));
        }
    }
    for used in report.variances.iter().filter(|used| used.variance.expired) {
        let args = [
            ("ground", used.variance.ground.clone()),
            ("expires", used.variance.expires.clone().unwrap_or_default()),
            ("cells", used.cells.to_string()),
        ];
        notes.push(style.with("html-expired", &args));
    }
    notes.push(uniformity::notes::folded(report, style));
    notes
}

/// A value of a filter, and how it is shown.
type Choice<'a> = (&'a str, String);

/// The filters: of use only with the script, which shows them. The words of the values are those of the wire formats, and of the
/// fragment that the script reads and writes (`#region=519901&element=fees`).
fn filters(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    if page.items.is_empty() {
        return Ok(());
    }
    let regions = page.report.regions.iter().zip(&page.regions);
    let elements = page.report.elements.iter().map(|element| element.element.as_str());
    let classes: &[&str] = match page.whole {
        true => &["outliers", "split", "uniform", "single"],
        false => &["outliers", "split"],
    };
    let fields: [(&str, &str, &str, Vec<Choice<'_>>); 3] = [
        (
            "f-region",
            "region",
            "col-region",
            regions
                .map(|(region, name)| (region.id.as_str(), name.clone()))
                .collect(),
        ),
        (
            "f-element",
            "element",
            "col-element",
            elements.map(|id| (id, page.style.element(id).to_owned())).collect(),
        ),
        (
            "f-class",
            "class",
            "col-class",
            classes
                .iter()
                .map(|&word| (word, page.text(&format!("class-{word}"))))
                .collect(),
        ),
    ];
    html.open("form", &[("id", "filter"), ("hidden", "")])?;
    html.el("strong", &[], &page.text("html-filter"))?;
    for (id, name, label, options) in fields {
        html.raw(" ")?;
        html.el("label", &[("for", id)], &page.text(label))?;
        html.open("select", &[("id", id), ("name", name)])?;
        html.el("option", &[("value", "")], &page.text("html-all"))?;
        for (value, text) in options {
            html.el("option", &[("value", value)], &text)?;
        }
        html.raw("</select>")?;
    }
    for (id, key) in [
        ("f-reset", "html-reset"),
        ("f-open", "html-open"),
        ("f-close", "html-close"),
    ] {
        html.raw(" ")?;
        html.el("button", &[("type", "button"), ("id", id)], &page.text(key))?;
    }
    html.raw(" ")?;
    let count = page.items.len().to_string();
    html.open("output", &[("for", "f-region f-element f-class")])?;
    html.el("span", &[("id", "f-count")], &count)?;
    html.text(&format!(" / {count}"))?;
    html.raw("</output></form>\n")
}
