//! Guides as Markdown: a table of contents and one section per guide, in the order in which a guide is printed.
//!
//! Must not compute. Every text from the data goes through [`text`].

use std::io::{self, Write};

use super::super::escape::markdown;
use super::layout::{Block, UNSAID, about, blocks, heading, region, source};
use super::{Entry, GuideStyle, in_order};
use crate::model::{Guide, Guides};

/// A text of the data at the beginning of a line: nothing in it is taken for a list, a rule or a heading.
pub(super) fn text(text: &str) -> String {
    let escaped = markdown(text).replace('~', "\\~").replace('$', "\\$");
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = escaped.split_at(digits);
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    match escaped.starts_with(['-', '+', '=', ':']) {
        true => format!("\\{escaped}"),
        // Four blanks would be code.
        false => escaped.trim_start().to_owned(),
    }
}

/// Writes guides.
pub(super) fn write(guides: &Guides<'_>, _: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
    let several = guides.count > 1;
    if several {
        writeln!(out, "# 办事指南\n")?;
        for at in 0..guides.count {
            let guide = (guides.make)(at);
            let name = text(heading(&guide));
            writeln!(out, "{}. [{name}](#g{}) {}", at + 1, at + 1, text(region(&guide)))?;
        }
    }
    let level = if several { "##" } else { "#" };
    let spell = |at: usize, guide: &Guide<'_>, bytes: &mut Vec<u8>| {
        if several {
            write!(bytes, "\n<a id=\"g{}\"></a>\n\n", at + 1)?;
        }
        one(guides, guide, level, bytes)
    };
    in_order(guides, spell, out)
}

fn one(guides: &Guides<'_>, guide: &Guide<'_>, level: &str, out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "{level} {}\n", text(heading(guide)))?;
    let about: Vec<String> = about(guide).iter().map(|line| text(line)).collect();
    writeln!(out, "{}", about.join(" · "))?;
    for (element, said) in guides.elements.iter().zip(&guide.values) {
        let blocks = blocks(said, element.always);
        if blocks.is_empty() {
            continue;
        }
        writeln!(out, "\n{level}# {}", text(&element.title))?;
        for block in &blocks {
            writeln!(out)?;
            self::block(block, out)?;
        }
    }
    writeln!(out, "\n---\n\n{}", text(&source(guide)))
}

fn block(block: &Block, out: &mut Vec<u8>) -> io::Result<()> {
    match block {
        Block::Unsaid => writeln!(out, "{UNSAID}"),
        Block::Line(line) => writeln!(out, "{}", text(line)),
        Block::List(items) => {
            for (depth, item) in items {
                let indent = usize::from(*depth) * 2;
                writeln!(out, "{:indent$}- {}", "", text(item))?;
            }
            Ok(())
        }
        Block::Steps(steps) => {
            for (at, step) in (1..).zip(steps) {
                writeln!(out, "{at}. {}", text(step))?;
            }
            Ok(())
        }
        Block::Table(head, rows) => {
            writeln!(out, "| {} |", head.join(" | "))?;
            writeln!(out, "|{}", " --- |".repeat(head.len()))?;
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| text(cell)).collect();
                writeln!(out, "| {} |", cells.join(" | "))?;
            }
            Ok(())
        }
        Block::Raw(why, raw) => {
            writeln!(out, "（{why}）\n")?;
            for line in raw.lines().filter(|line| !line.trim().is_empty()) {
                writeln!(out, "> {}", text(line))?;
            }
            Ok(())
        }
    }
}

/// Writes the table of contents of guides that are files of their own.
pub(super) fn index(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# 办事指南目录\n")?;
    writeln!(out, "| 事项编码 | 事项名称 | 区域 |\n| --- | --- | --- |")?;
    for entry in entries {
        let link = format!("[{}](<{}>)", text(&entry.name), super::names::url(&entry.file));
        writeln!(out, "| {} | {link} | {} |", text(&entry.code), text(&entry.region))?;
    }
    Ok(())
}
