//! Guides as a page: one file that needs no network and runs nothing, with a table of contents; printed, each guide begins a page.
//!
//! Must not compute. Every text goes through the writer of pages.

use std::io::{self, Write};

use super::super::html::writer::Html;
use super::layout::{Block, UNSAID, about, blocks, heading, region, source};
use super::{Entry, GuideStyle, in_order, names};
use crate::model::{Guide, Guides};

const STYLE: &str = include_str!("page.css");

/// What a browser may do with the page: apply this style, and nothing else, whatever came in with the data (threats, row 19). The hash
/// is SHA-256 of the style; `tests/reporting/guides.rs` says what it must be.
const POLICY: &str = "default-src 'none'; style-src 'sha256-RjLxOAZ9NuATZWMWsW0Hj5UwDEmjnJFkkCourFykiq8='; base-uri 'none'; form-action 'none'";

/// Writes guides.
pub(super) fn write(guides: &Guides<'_>, _: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
    let several = guides.count != 1;
    let title = match several {
        true => "办事指南".to_owned(),
        false => heading(&(guides.make)(0)).to_owned(),
    };
    let mut html = Html::new(out);
    html.begin("zh-CN", &title, POLICY, STYLE)?;
    if several {
        html.raw("<nav>")?;
        html.el("h1", &[], &title)?;
        html.raw("<ol>\n")?;
        for at in 0..guides.count {
            let guide = (guides.make)(at);
            html.raw("<li>")?;
            html.el("a", &[("href", &format!("#g{}", at + 1))], heading(&guide))?;
            html.raw(" ")?;
            html.el("span", &[("class", "mute")], region(&guide))?;
            html.raw("</li>\n")?;
        }
        html.raw("</ol></nav>\n")?;
    }
    let spell = |at: usize, guide: &Guide<'_>, bytes: &mut Vec<u8>| one(guides, guide, at, &mut Html::new(bytes));
    in_order(guides, spell, out)?;
    out.write_all(b"</body></html>\n")
}

fn one(guides: &Guides<'_>, guide: &Guide<'_>, at: usize, html: &mut Html<'_>) -> io::Result<()> {
    html.open("article", &[("id", &format!("g{}", at + 1))])?;
    html.el("h1", &[], heading(guide))?;
    html.el("p", &[("class", "lead")], &about(guide).join(" · "))?;
    for (element, said) in guides.elements.iter().zip(&guide.values) {
        let blocks = blocks(said, element.always);
        if blocks.is_empty() {
            continue;
        }
        html.raw("\n")?;
        html.el("h2", &[], &element.title)?;
        for block in &blocks {
            self::block(block, html)?;
        }
    }
    html.raw("\n")?;
    html.el("footer", &[], &source(guide))?;
    html.raw("</article>\n")
}

fn block(block: &Block, html: &mut Html<'_>) -> io::Result<()> {
    match block {
        Block::Unsaid => html.el("p", &[("class", "unsaid")], UNSAID),
        Block::Line(line) => html.el("p", &[], line),
        Block::List(items) => {
            html.raw("<ul>")?;
            for (depth, item) in items {
                match depth {
                    0 => html.el("li", &[], item)?,
                    1 => html.el("li", &[("class", "d1")], item)?,
                    _ => html.el("li", &[("class", "d2")], item)?,
                }
            }
            html.raw("</ul>")
        }
        Block::Steps(steps) => {
            html.raw("<ol>")?;
            for step in steps {
                html.el("li", &[], step)?;
            }
            html.raw("</ol>")
        }
        Block::Table(columns, rows) => {
            html.raw("<table>")?;
            html.head(columns)?;
            html.raw("<tbody>")?;
            for row in rows {
                html.raw("<tr>")?;
                for cell in row {
                    html.el("td", &[], cell)?;
                }
                html.raw("</tr>")?;
            }
            html.raw("</tbody></table>")
        }
        Block::Raw(why, raw) => {
            html.el("p", &[("class", "mute")], &format!("（{why}）"))?;
            html.open("div", &[("class", "raw")])?;
            html.lines(raw)?;
            html.close("div")
        }
    }
}

/// Writes the table of contents of guides that are files of their own.
pub(super) fn index(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let mut html = Html::new(out);
    html.begin("zh-CN", "办事指南目录", POLICY, STYLE)?;
    html.el("h1", &[], "办事指南目录")?;
    html.raw("<table>")?;
    html.head(&["事项编码", "事项名称", "区域"])?;
    html.raw("<tbody>\n")?;
    for entry in entries {
        html.raw("<tr>")?;
        html.el("td", &[], &entry.code)?;
        html.raw("<td>")?;
        html.el("a", &[("href", &names::url(&entry.file))], &entry.name)?;
        html.raw("</td>")?;
        html.el("td", &[], &entry.region)?;
        html.raw("</tr>\n")?;
    }
    html.raw("</tbody></table>\n</body></html>\n")
}
