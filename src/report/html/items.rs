//! The items, one after the other: each element with its groups, how they differ from the reference, and the burden.
//!
//! Must not compute.

use std::io;

use super::Page;
use super::tables;
use super::writer::Html;
use crate::model::{
    Burden, Change, Class, Detail, ElementReport, Group, ItemReport, Judgement, ReferenceFrom, Verdict, Why,
};
use crate::report::burden as words;
use crate::report::show::{self, Piece};
use crate::report::uniformity::notes;

/// The longest text that is shown of a value; how long it is in all stands behind it.
pub(super) const LONGEST: usize = 2_000;

/// Regions of the largest group are named one by one up to so many: beyond, they are the ones that no other line names.
const NAMED: usize = 6;

/// Writes the items.
pub(super) fn write(page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    if page.items.is_empty() {
        return Ok(());
    }
    html.el("h2", &[("id", "details")], &page.text("html-items"))?;
    html.el("p", &[("class", "note")], &page.text("html-items-note"))?;
    for (at, item) in page.items.iter().enumerate() {
        write_item(at, item, page, html)?;
    }
    Ok(())
}

fn write_item(at: usize, item: &ItemReport, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let style = page.style;
    let (shown, alike): (Vec<_>, Vec<_>) = item
        .elements
        .iter()
        .enumerate()
        .partition(|(_, cell)| (page.whole || show::deviates(cell)) && style.shows_cell(cell));
    match page.whole {
        true => html.raw("<details class=\"item\" open=\"\"><summary>")?,
        false => html.raw("<details class=\"item\"><summary>")?,
    }
    html.el("b", &[], &show::item_name(&item.name, item.handling.as_deref()))?;
    html.raw(" ")?;
    html.el("code", &[], &item.code)?;
    html.raw(" ")?;
    if let Some(code) = item.handling_code.as_deref().filter(|code| *code != item.code) {
        html.el("code", &[], code)?;
        html.raw(" ")?;
    }
    let deviating = item.elements.iter().filter(|cell| show::deviates(cell)).count();
    let args = [("count", deviating.to_string()), ("index", show::index(item.index))];
    html.el("span", &[], &style.with("html-item-figures", &args))?;
    // The anchor is inside: a browser opens what it jumps into.
    html.raw("</summary>\n")?;
    html.open("div", &[("id", &format!("i{at}")), ("class", "body")])?;
    for note in notes::item(item, page.report, style) {
        html.el("p", &[("class", "note")], &note)?;
    }
    html.raw("<div class=\"box\"><table class=\"groups\">")?;
    html.head(&page.columns(["col-element", "col-regions", "col-says", "col-place"]))?;
    for (element, cell) in shown {
        write_element(element, cell, item, page, html)?;
    }
    html.raw("</table></div>\n")?;
    let alike: Vec<String> = alike.into_iter().map(|(_, cell)| other(cell, page)).collect();
    if !alike.is_empty() {
        let args = [("list", alike.join("、"))];
        html.el("p", &[("class", "note")], &style.with("html-others", &args))?;
    }
    burden(item, page, html)?;
    html.raw("</div></details>\n")
}

/// What is to be said of an element that is not shown line by line: its name, and what is not plainly alike.
fn other(cell: &ElementReport, page: &Page<'_>) -> String {
    let name = page.style.element(&cell.element);
    let mut said = Vec::new();
    if cell.class != Class::Uniform {
        said.push(page.text(&format!("class-{}", cell.class_word())));
    }
    for (count, key) in [
        (cell.missing.len(), "html-missing"),
        (cell.unknown.len(), "html-unknown"),
        (cell.notation, "html-notation"),
        (cell.level, "html-level"),
    ] {
        if count > 0 {
            said.push(page.style.with(key, &[("count", count.to_string())]));
        }
    }
    match said.is_empty() {
        true => name.to_owned(),
        false => format!("{name}（{}）", said.join("，")),
    }
}

/// The regions that a filter finds an element by: those that deviate, also where that is allowed, and all that speak where nothing
/// tells which of them deviates.
fn concerned(cell: &ElementReport) -> String {
    let mut sides: Vec<usize> = cell.deviating.clone();
    sides.extend(cell.allowed.iter().map(|(side, _)| *side));
    if cell.reference.from == ReferenceFrom::None {
        sides.extend(cell.groups.iter().flat_map(|group| &group.regions));
    }
    sides.sort_unstable();
    sides.dedup();
    sides.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

fn is_reference(cell: &ElementReport, group: &Group) -> bool {
    cell.reference.from != ReferenceFrom::None && cell.reference.normal.as_deref() == Some(&group.normal)
}

fn write_element(
    element: usize,
    cell: &ElementReport,
    item: &ItemReport,
    page: &Page<'_>,
    html: &mut Html<'_>,
) -> io::Result<()> {
    let reference = match cell.groups.iter().any(|group| is_reference(cell, group)) {
        true => None,
        false => cell.reference.normal.as_deref(),
    };
    let silent: Vec<_> = cell
        .silent()
        .into_iter()
        .filter(|(sides, _)| !sides.is_empty())
        .collect();
    let rows = (usize::from(reference.is_some()) + cell.groups.len() + silent.len()).max(1);
    html.open(
        "tbody",
        &[
            ("data-e", &element.to_string()),
            ("data-c", cell.class.word()),
            ("data-r", &concerned(cell)),
        ],
    )?;
    html.raw("<tr>")?;
    html.open("th", &[("scope", "rowgroup"), ("rowspan", &rows.to_string())])?;
    element_head(cell, page, html)?;
    html.raw("</th>")?;
    let mut first = true;
    // The row of the element's name is already open.
    let mut start = |html: &mut Html<'_>| match std::mem::take(&mut first) {
        true => Ok(()),
        false => html.raw("<tr>"),
    };
    if let Some(normal) = reference {
        start(html)?;
        html.el("td", &[], &page.text(&format!("from-{}", cell.reference.from.word())))?;
        html.raw("<td><div class=\"val\">")?;
        html.lines(&show::shorten(normal, LONGEST))?;
        html.raw("</div></td><td></td></tr>\n")?;
    }
    for (at, group) in cell.groups.iter().enumerate() {
        start(html)?;
        html.open("td", &[])?;
        html.text(&who(at, cell, item, page))?;
        html.raw("</td><td>")?;
        says(at, group, cell, page, html)?;
        html.raw("</td>")?;
        html.raw("<td class=\"at\">")?;
        places(at, group, page, html)?;
        html.raw("</td></tr>\n")?;
    }
    for (sides, key) in &silent {
        start(html)?;
        html.el("td", &[], &page.names(sides))?;
        html.el("td", &[("class", "mute")], &page.text(key))?;
        html.raw("<td></td></tr>\n")?;
    }
    if cell.groups.is_empty() && silent.is_empty() && reference.is_none() {
        html.raw("<td></td><td>—</td><td></td></tr>\n")?;
    }
    html.raw("</tbody>\n")
}

/// Where a group says so: the places of several regions fold out. Of a large first group, whose regions are not named either, it is the
/// first: a page of 31 regions would hold little else.
fn places(at: usize, group: &Group, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let (first, count) = (show::place(&group.place), group.places.len());
    if count < 2 {
        return html.text(&first);
    }
    let args = [("count", count.to_string()), ("place", first)];
    if at == 0 && count > NAMED {
        return html.text(&page.style.with("html-places-first", &args));
    }
    html.raw("<details><summary>")?;
    html.text(&page.style.with("html-places", &args))?;
    html.raw("</summary>")?;
    for (at, (&side, place)) in group.regions.iter().zip(&group.places).enumerate() {
        if at > 0 {
            html.raw("<br/>")?;
        }
        html.text(&format!("{} {}", page.regions[side], show::place(place)))?;
    }
    html.raw("</details>")
}

/// Name, class, what the law says, where the reference comes from, and what was folded.
fn element_head(cell: &ElementReport, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let style = page.style;
    html.text(style.element(&cell.element))?;
    html.raw("<br/>")?;
    let class = page.text(&format!("class-{}", cell.class_word()));
    let tag = match cell.class {
        _ if cell.against_directory() => "tag outliers",
        Class::Split => "tag split",
        Class::Outliers => "tag outliers",
        Class::Uniform | Class::Single => "tag",
    };
    html.el("span", &[("class", tag)], &class)?;
    let law = notes::law(cell, page.report, style);
    if !law.is_empty() {
        let tag = if cell.must_equal.is_empty() { "tag" } else { "tag law" };
        html.raw(" ")?;
        html.el("span", &[("class", tag)], &law)?;
    }
    let mut lines = vec![style.with(
        "html-reference",
        &[("reference", show::reference(&cell.reference, style))],
    )];
    for (count, key) in [
        (cell.tied, "html-tied"),
        (cell.notation, "html-notation"),
        (cell.level, "html-level"),
    ] {
        if count > 0 {
            lines.push(style.with(key, &[("count", count.to_string())]));
        }
    }
    for &(side, variance) in &cell.allowed {
        let ground = page
            .report
            .variances
            .get(variance)
            .map(|used| used.variance.ground.clone());
        let args = [
            ("region", page.regions[side].clone()),
            ("ground", ground.unwrap_or_default()),
        ];
        lines.push(style.with("html-allowed", &args));
    }
    for line in lines {
        html.el("small", &[], &line)?;
    }
    Ok(())
}

/// The regions of a group. A large first group is told by its number: all regions of other groups are named.
fn who(at: usize, cell: &ElementReport, item: &ItemReport, page: &Page<'_>) -> String {
    let sides = &cell.groups[at].regions;
    if at > 0 || sides.len() <= NAMED {
        return page.names(sides);
    }
    let key = match sides.len() == item.present.len() {
        true => "html-everyone",
        false => "html-rest",
    };
    page.style.with(key, &[("count", sides.len().to_string())])
}

/// What a group says: its value where it is the reference or nothing is known of the difference, else the difference, with the whole
/// value behind it.
fn says(at: usize, group: &Group, cell: &ElementReport, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let value = show::shorten(&group.normal, LONGEST);
    let is_reference = is_reference(cell, group);
    let open = cell.reference.from == ReferenceFrom::None;
    if is_reference {
        html.el("span", &[("class", "tag ref")], &page.text("col-reference"))?;
        html.raw(" ")?;
    } else if !matches!(group.judgement.verdict, Verdict::Same | Verdict::Substantive) {
        let verdict = page.text(&format!("verdict-{}", group.judgement.verdict.word()));
        html.el("span", &[("class", "tag")], &verdict)?;
        html.raw(" ")?;
    }
    let told = show::tells_difference(cell, at);
    if is_reference || !told || open {
        html.raw("<div class=\"val\">")?;
        html.lines(&value)?;
        html.raw("</div>")?;
    }
    if is_reference || !told {
        return Ok(());
    }
    // Without a reference both are what regions say, and neither is more or dearer than it should be.
    if open {
        html.raw("<details class=\"full\"><summary>")?;
        html.text(&page.text("against-first"))?;
        html.raw("</summary>")?;
        difference(&show::neutral(&group.judgement), page, html)?;
        return html.raw("</details>");
    }
    difference(&group.judgement, page, html)?;
    // A short change shows both values as they are.
    let told = |change: &Change| change.from.contains(&group.normal) || change.to.contains(&group.normal);
    if group.judgement.detail.changed.iter().any(told) {
        return Ok(());
    }
    html.raw("<details class=\"full\"><summary>")?;
    html.text(&page.text("html-full"))?;
    html.raw("</summary><div class=\"val\">")?;
    html.lines(&value)?;
    html.raw("</div></details>")
}

/// A difference, a line for each thing. What was added and dropped has its sign, too: colour alone tells nothing.
fn difference(judgement: &Judgement, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let style = page.style;
    let Detail {
        added,
        removed,
        changed,
    } = &judgement.detail;
    html.raw("<ul class=\"diff\">")?;
    for change in changed {
        html.raw("<li>")?;
        match change.what.as_str() {
            "" => {}
            "level" => html.text(&page.text("mark-level"))?,
            what if change.from.contains(what) => {}
            what => html.text(&format!("{what}："))?,
        }
        inline(change, html)?;
        html.text(&show::relation(change.relation, change.by.as_deref(), style))?;
        html.raw("</li>")?;
    }
    for (texts, sign, tag) in [(added, "+ ", "ins"), (removed, "− ", "del")] {
        for text in texts {
            html.raw("<li>")?;
            html.text(sign)?;
            html.el(tag, &[], &show::shorten(text, LONGEST))?;
            html.raw("</li>")?;
        }
    }
    if changed.iter().all(|change| change.relation.is_none()) && judgement.relation.is_some() {
        let relation = show::relation(judgement.relation, None, style);
        html.el("li", &[("class", "mute")], relation.trim())?;
    }
    if !matches!(judgement.why, Why::Plain | Why::LevelWords) {
        let why = page.text(&format!("why-{}", judgement.why.word()));
        html.el("li", &[("class", "mute")], &why)?;
    }
    html.raw("</ul>")
}

fn inline(change: &Change, html: &mut Html<'_>) -> io::Result<()> {
    let Some(pieces) = show::pieces(&change.from, &change.to) else {
        html.el("del", &[], &show::shorten(&change.from, LONGEST))?;
        html.raw(" → ")?;
        return html.el("ins", &[], &show::shorten(&change.to, LONGEST));
    };
    for piece in pieces {
        match piece {
            Piece::Kept(text) => html.text(&text)?,
            Piece::Dropped(text) => html.el("del", &[], &text)?,
            Piece::Added(text) => html.el("ins", &[], &text)?,
        }
    }
    Ok(())
}

/// What an applicant bears, with regions that ask for the same in one row.
fn burden(item: &ItemReport, page: &Page<'_>, html: &mut Html<'_>) -> io::Result<()> {
    let mut groups: Vec<(Burden, Vec<usize>)> = Vec::new();
    for (side, burden) in item.burdens.iter().enumerate() {
        let Some(burden) = burden else { continue };
        match groups.iter_mut().find(|(known, _)| known == burden) {
            Some((_, sides)) => sides.push(side),
            None => groups.push((*burden, vec![side])),
        }
    }
    groups.sort_by_key(|(_, sides)| (std::cmp::Reverse(sides.len()), sides.first().copied()));
    let measures = tables::measures(groups.iter().map(|(burden, _)| burden));
    if measures.is_empty() {
        return Ok(());
    }
    html.raw("<div class=\"box\"><table class=\"burden\">")?;
    html.el("caption", &[], &page.text("html-burden"))?;
    let mut columns = vec![page.text("col-regions")];
    columns.extend(measures.iter().map(|&measure| words::name(measure, page.style)));
    html.head(&columns)?;
    html.raw("<tbody>")?;
    for (at, (burden, sides)) in groups.iter().enumerate() {
        html.raw("<tr><th scope=\"row\">")?;
        let key = match groups.len() {
            1 => "html-everyone",
            _ => "html-rest",
        };
        match at == 0 && sides.len() > NAMED {
            true => html.text(&page.style.with(key, &[("count", sides.len().to_string())]))?,
            false => html.text(&page.names(sides))?,
        }
        if sides.iter().any(|side| item.best.contains(side)) && groups.len() > 1 {
            html.raw(" ")?;
            html.el("span", &[("class", "tag best")], &page.text("html-best"))?;
        }
        html.raw("</th>")?;
        for &measure in &measures {
            html.number(words::text(measure, burden.get(measure), page.style))?;
        }
        html.raw("</tr>")?;
    }
    html.raw("</tbody></table></div>\n")
}
