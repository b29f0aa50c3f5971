//! Showing: the pieces of text that every format for people shares: a difference in words, a shortened value, an inline
//! difference.
//!
//! Must not know a format.

use std::collections::{BTreeMap, BTreeSet};

use similar::{ChangeTag, TextDiff};

use super::escape::terminal;
use super::{LintReport, Style};
use crate::messages::Messages;
use crate::model::{
    Class, Detail, DiffSide, Difference, ElementReport, Finding, Folded, ItemReport, Judgement, Place, Reference,
    ReferenceFrom, RegionIndex, Relation, RuleInfo, Severity, Standing, Uniformity, VarianceUse, Verdict, Why,
};

/// Beyond this length texts are not compared character by character: the result would help no one.
const INLINE: usize = 4_000;

/// A piece of an inline difference.
pub(super) enum Piece {
    Kept(String),
    Dropped(String),
    Added(String),
}

/// What was dropped and added from one text to another, in the order of the text.
fn inline(from: &str, to: &str) -> Vec<Piece> {
    if from.chars().count() > INLINE || to.chars().count() > INLINE {
        return vec![Piece::Dropped(shorten(from, 60)), Piece::Added(shorten(to, 60))];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let (from, to) = (tokens(from), tokens(to));
    for change in TextDiff::from_slices(&from, &to).iter_all_changes() {
        let text = change.value();
        match (pieces.last_mut(), change.tag()) {
            (Some(Piece::Kept(last)), ChangeTag::Equal)
            | (Some(Piece::Dropped(last)), ChangeTag::Delete)
            | (Some(Piece::Added(last)), ChangeTag::Insert) => last.push_str(text),
            (_, ChangeTag::Equal) => pieces.push(Piece::Kept(text.to_owned())),
            (_, ChangeTag::Delete) => pieces.push(Piece::Dropped(text.to_owned())),
            (_, ChangeTag::Insert) => pieces.push(Piece::Added(text.to_owned())),
        }
    }
    pieces
}

/// The characters of a text, with a number as one: 0.3 against 0.5 is not a 3 against a 5.
fn tokens(text: &str) -> Vec<&str> {
    let of_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match of_number(first) {
            true => rest.find(|c| !of_number(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// The pieces of an inline difference as they are best read, long stretches without change cut; `None` where the two texts are better
/// read one after the other: short ones, and those with little in common.
pub(super) fn pieces(from: &str, to: &str) -> Option<Vec<Piece>> {
    let longest = from.chars().count().max(to.chars().count());
    // Short texts are quicker read whole than mended in the mind.
    if longest <= 16 {
        return None;
    }
    let mut pieces = inline(from, to);
    let kept: usize = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.chars().count(),
            _ => 0,
        })
        .sum();
    if kept * 3 < longest {
        return None;
    }
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.iter_mut().enumerate() {
        let Piece::Kept(text) = piece else { continue };
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > 24 {
            let head = if at > 0 { &chars[..10] } else { &[] };
            let tail = if at < last { &chars[chars.len() - 10..] } else { &[] };
            *text = head.iter().chain(&['…']).chain(tail).collect();
        }
    }
    Some(pieces)
}

/// The inline difference in plain characters: `[-dropped-]` and `{+added+}`; long stretches without change are cut.
pub(super) fn inline_text(from: &str, to: &str) -> String {
    let Some(pieces) = pieces(from, to) else {
        return format!("{from} → {to}");
    };
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.clone(),
            Piece::Dropped(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        })
        .collect()
}

/// The first characters of a text, and how many there are in all.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    format!("{head}…（{count}）")
}

/// A difference in words, a line for each thing.
pub(super) fn detail(judgement: &Judgement, style: &Style<'_>) -> Vec<String> {
    let Detail {
        added,
        removed,
        changed,
    } = &judgement.detail;
    let mut lines = Vec::new();
    for change in changed {
        let mut text = inline_text(&change.from, &change.to);
        text.push_str(&relation(change.relation, change.by.as_deref(), style));
        lines.push(match change.what.as_str() {
            "" => text,
            "level" => format!("{}{text}", style.text("mark-level")),
            what if change.from.contains(what) => text,
            what => format!("{what}：{text}"),
        });
    }
    lines.extend(added.iter().map(|text| format!("+ {text}")));
    lines.extend(removed.iter().map(|text| format!("- {text}")));
    if changed.iter().all(|change| change.relation.is_none()) && judgement.relation.is_some() {
        lines.push(relation(judgement.relation, None, style).trim().to_owned());
    }
    match judgement.why {
        Why::Plain | Why::LevelWords => {}
        why => lines.push(format!("({})", style.text(&format!("why-{}", why.word())))),
    }
    lines
}

/// Of a difference of which one side says nothing: what is written there all the same (无, -), which may mean that there is none or that
/// nobody filled it in.
pub(super) fn unsaid(difference: &Difference, style: &Style<'_>) -> Option<String> {
    let written = |side: &DiffSide| (side.normal.is_empty() && !side.raw.trim().is_empty()).then(|| side.raw.clone());
    let missing = difference.judgement.verdict == Verdict::Missing;
    let sides = [("left", &difference.left), ("right", &difference.right)];
    let found = sides.into_iter().find_map(|(at, side)| Some((at, written(side)?)));
    found.filter(|_| missing).map(|(side, text)| {
        let args = [("side", side.to_owned()), ("text", shorten(&text, REPEATED))];
        style.with("diff-unsaid", &args)
    })
}

/// The longest text that an explanation repeats: longer ones stand beside it.
const REPEATED: usize = 30;

/// Why two texts were read as they were: both sides in quotation marks with what they mean, where they are short, and what was folded on
/// either side or on both; of texts that mean the same only what the sides do not share.
pub(super) fn explanation(difference: &Difference, style: &Style<'_>) -> Vec<String> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = |text: &str| shorten(&line(text), REPEATED);
    let (left, right) = (&difference.left, &difference.right);
    let short = [&left.raw, &right.raw, &left.normal, &right.normal]
        .iter()
        .all(|text| text.chars().count() <= REPEATED);
    let args = [
        ("left", line(&left.raw)),
        ("right", line(&right.raw)),
        ("left_normal", left.normal.clone()),
        ("right_normal", right.normal.clone()),
    ];
    let notation = difference.judgement.verdict == Verdict::Notation;
    let mut lines: Vec<String> = Vec::new();
    if short && notation && left.normal == right.normal {
        lines.push(style.with("explain-both", &args));
    } else if short {
        lines.push(style.with("explain-each", &args));
    }
    let [left, right] = &difference.folds;
    let only = |own: &'_ [Folded], other: &[Folded]| -> Vec<Folded> {
        own.iter().filter(|folded| !other.contains(folded)).cloned().collect()
    };
    let shared = left
        .iter()
        .filter(|folded| right.contains(folded) && !notation)
        .cloned()
        .collect();
    for (key, folds) in [
        ("explain-left", only(left, right)),
        ("explain-right", only(right, left)),
        ("explain-shared", shared),
    ] {
        let folds: Vec<String> = folds
            .iter()
            .map(|folded| {
                let args = [
                    ("what", style.text(&format!("fold-{}", folded.fold.word()))),
                    ("from", quoted(&folded.from)),
                    ("to", quoted(&folded.to)),
                    ("left_out", if folded.to.is_empty() { "yes" } else { "no" }.to_owned()),
                ];
                style.with("explain-fold", &args)
            })
            .collect();
        if !folds.is_empty() {
            lines.push(style.with(key, &[("folds", folds.join(&style.text("explain-joint")))]));
        }
    }
    lines
}

/// How the right side stands to the left, in brackets: （短10个工作日）, （要求更严）; nothing where that is not known.
pub(super) fn relation(relation: Option<Relation>, by: Option<&str>, style: &Style<'_>) -> String {
    relation.map_or_else(String::new, |relation| {
        let by = by.unwrap_or("");
        let args = [
            ("by", by.to_owned()),
            ("known", if by.is_empty() { "no" } else { "yes" }.to_owned()),
        ];
        style.with(&format!("relation-{}", relation.word()), &args)
    })
}

/// The reference in words: its value and where it comes from.
pub(super) fn reference(reference: &Reference, style: &Style<'_>) -> String {
    let (said, all) = reference.support;
    let args = [("said", said.to_string()), ("all", all.to_string())];
    style.with(&format!("reference-{}", reference.from.word()), &args)
}

/// The names of regions, with their ids where there is room.
pub(super) fn regions(sides: &[usize], report: &Uniformity) -> String {
    sides
        .iter()
        .map(|&side| region(&report.regions[side]))
        .collect::<Vec<_>>()
        .join("、")
}

/// The name of a region, or its id where it has none of its own.
pub(super) fn region(region: &RegionIndex) -> String {
    if region.name.is_empty() {
        region.id.clone()
    } else {
        region.name.clone()
    }
}

/// The name of an item with its case.
pub(super) fn item_name(name: &str, handling: Option<&str>) -> String {
    match handling {
        Some(case) => format!("{name}（{case}）"),
        None => name.to_owned(),
    }
}

/// The code and name of an item with its case, and the code of the handling item where regions share one.
pub(super) fn item_title(item: &ItemReport) -> String {
    let name = item_name(&item.name, item.handling.as_deref());
    let handling = item.handling_code.as_deref().filter(|code| *code != item.code);
    let parts = [Some(item.code.as_str()), Some(&name), handling];
    let said = parts.into_iter().flatten().filter(|text| !text.is_empty());
    said.collect::<Vec<_>>().join(" ")
}

/// Where something stands: `file:row [sheet] column`.
pub(super) fn place(place: &Place) -> String {
    let mut out = place.file.to_string();
    if let Some(sheet) = &place.sheet {
        out.push_str(&format!("[{sheet}]"));
    }
    if place.row > 0 {
        out.push_str(&format!(":{}", place.row));
    }
    if !place.column.is_empty() {
        out.push_str(&format!(" {}", place.column));
    }
    out
}

/// The line of the file where an editor finds it; of a workbook the row of the sheet; 1 where the whole file is meant.
pub(super) fn line(place: &Place) -> u32 {
    [place.line, place.row, 1].into_iter().find(|&n| n > 0).unwrap_or(1)
}

/// A message with what the reader of an annotation does not see: sheet, column, item.
pub(super) fn message_with_place(finding: &Finding, message: &str) -> String {
    let place = &finding.place;
    let mut said: Vec<String> = Vec::new();
    said.extend(place.sheet.iter().map(|sheet| format!("[{sheet}]:{}", place.row)));
    said.extend(
        [&place.column, &finding.item]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| text.to_string()),
    );
    match said.is_empty() {
        true => terminal(message).into_owned(),
        false => terminal(&format!("{message}（{}）", said.join("，"))).into_owned(),
    }
}

/// What is to be known of a rule: what it finds, the legal ground, a bad and a good example, what to do; a line each.
pub fn rule_help(rule: &RuleInfo, messages: &Messages) -> Vec<String> {
    let lang = messages.lang();
    let mut lines = vec![lang.pick(&rule.doc).to_owned()];
    let parts = [
        ("explain-ground", rule.ground.as_str()),
        ("explain-bad", &rule.bad),
        ("explain-good", &rule.good),
        ("explain-todo", lang.pick(&rule.todo)),
    ];
    for (key, text) in parts {
        if !text.is_empty() {
            lines.push(format!("{}: {text}", messages.text(key)));
        }
    }
    lines
}

/// How many findings there are, in a line.
pub(super) fn lint_summary(report: &LintReport<'_>, style: &Style<'_>) -> String {
    let count = |severity| report.count(severity).to_string();
    let args = [
        ("files", report.files.to_string()),
        ("rows", report.rows.to_string()),
        ("error", count(Severity::Error)),
        ("warning", count(Severity::Warning)),
        ("info", count(Severity::Info)),
    ];
    style.with("lint-summary", &args)
}

/// How many findings can be put right without a person, and how many so that a person looks them over; a line each, none for none.
pub(super) fn lint_fixable(report: &LintReport<'_>, style: &Style<'_>) -> Vec<String> {
    let count = |safe| {
        let fixed = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe == safe);
        report.findings.iter().filter(fixed).count()
    };
    [("lint-fixable", count(true)), ("lint-fixable-unsafe", count(false))]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| style.with(key, &[("count", count.to_string())]))
        .collect()
}

/// The headers of findings in a spreadsheet.
pub(super) const LINT_HEADERS: [&str; 14] = [
    "文件",
    "工作表",
    "行",
    "列",
    "规则",
    "规则名",
    "级别",
    "问题",
    "区域",
    "事项",
    "要素",
    "事项名称",
    "原文",
    "改为",
];

/// The longest text of a cell that stands in a row of findings: a list of a megabyte may have many.
const QUOTED: usize = 300;

/// A finding as a row under [`LINT_HEADERS`].
pub(super) fn lint_row(finding: &Finding, report: &LintReport<'_>, style: &Style<'_>) -> [String; 14] {
    let place = &finding.place;
    let quoted = report
        .cell(finding)
        .map_or_else(String::new, |(_, cell)| report.catalogue.quote(cell));
    [
        place.file.to_string(),
        place.sheet.as_deref().unwrap_or_default().to_owned(),
        place.row.to_string(),
        place.column.to_string(),
        finding.rule.to_string(),
        report.rule_name(&finding.rule).to_owned(),
        style.text(&format!("severity-{}", finding.severity.word())),
        style.messages.finding(finding),
        finding.region.to_string(),
        finding.item.to_string(),
        finding.element.to_string(),
        shorten(report.item_name(finding), QUOTED),
        shorten(&quoted, QUOTED),
        finding
            .fix
            .as_ref()
            .map_or_else(String::new, |fix| shorten(&fix.text, QUOTED)),
    ]
}

/// An index with three places.
pub(super) fn index(value: f64) -> String {
    format!("{value:.3}")
}

/// Whether a cell is one to look at: regions differ and no variance allows it, or all of them differ from the directory.
pub(super) fn deviates(cell: &ElementReport) -> bool {
    cell.index > 0.0 || !cell.deviating.is_empty()
}

/// The regions that differ in a cell: from the reference, also where that is allowed; and where there is none to tell who is right, all
/// that speak.
pub(super) fn differing(cell: &ElementReport) -> Vec<usize> {
    let open = cell.reference.from == ReferenceFrom::None && cell.groups.len() > 1;
    let mut sides = cell.deviating.clone();
    sides.extend(cell.allowed.iter().map(|(side, _)| *side));
    sides.extend(cell.groups.iter().filter(|_| open).flat_map(|group| &group.regions));
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// Whether a region differs in a cell.
pub(super) fn differs(cell: &ElementReport, side: usize) -> bool {
    differing(cell).contains(&side)
}

/// How many variances, copies or years the lines at the head of a report name one by one.
const NAMED: usize = 8;

/// A number for a message that says nothing of none.
fn or_no(count: usize) -> String {
    match count {
        0 => "no".to_owned(),
        count => count.to_string(),
    }
}

/// Items in which nothing deviates, but something cannot be judged: a text that is cut off, days of no kind.
fn unsure(report: &Uniformity) -> usize {
    let mut items: BTreeMap<(&str, &str), (bool, bool)> = BTreeMap::new();
    for item in report.items.iter().filter(|item| item.present.len() > 1) {
        let (odd, unknown) = items.entry((&item.code, &item.name)).or_default();
        *odd |= item.elements.iter().any(|cell| deviates(cell) || cell.groups.len() > 1);
        *unknown |= item.elements.iter().any(|cell| !cell.unknown.is_empty());
    }
    items.values().filter(|(odd, unknown)| !odd && *unknown).count()
}

/// The lines that a report begins with: name and value.
pub(super) fn summary(report: &Uniformity, style: &Style<'_>) -> Vec<(String, String)> {
    let sum = |of: fn(&RegionIndex) -> usize| report.regions.iter().map(of).sum::<usize>().to_string();
    let names: Vec<String> = report.regions.iter().take(NAMED).map(region).collect();
    let mut regions = names.join("、");
    regions.push_str(&and_more(report.regions.len(), style));
    let directory = if report.directory_rows > 0 {
        style.with("summary-directory", &[("rows", report.directory_rows.to_string())])
    } else {
        String::new()
    };
    let line = |key: &str, args: &[(&str, String)]| (style.text(key), style.with(&format!("{key}-value"), args));
    let mut lines = vec![
        line(
            "summary-regions",
            &[
                ("count", report.regions.len().to_string()),
                ("names", regions),
                ("directory", directory),
            ],
        ),
        line(
            "summary-rows",
            &[
                ("rows", sum(|r| r.rows)),
                ("compared", sum(|r| r.accounting.compared)),
                ("divided", sum(|r| r.accounting.divided)),
                ("only", sum(|r| r.accounting.only_here)),
                ("duplicate", sum(|r| r.accounting.duplicate)),
            ],
        ),
        line(
            "summary-compared",
            &[
                ("items", report.items_compared.to_string()),
                ("units", report.units_compared.to_string()),
                ("cells", report.cells.to_string()),
            ],
        ),
        line(
            "summary-uniform",
            &[
                ("items", report.items_uniform.to_string()),
                ("unsure", or_no(unsure(report))),
            ],
        ),
        line(
            "summary-deviating",
            &[
                ("items", (report.items_compared - report.items_uniform).to_string()),
                ("units", report.units_deviating.to_string()),
                ("cells", report.cells_deviating.to_string()),
            ],
        ),
        line("summary-index", &[("index", index(report.index))]),
        line(
            "summary-notation",
            &[
                ("notation", report.notation.to_string()),
                ("level", report.level.to_string()),
            ],
        ),
    ];
    let bound = report.elements.iter().filter(|e| e.standing == Standing::MustEqual);
    let bound: Vec<&str> = bound.map(|element| style.element(&element.element)).collect();
    if !bound.is_empty() {
        let count = report.cells_must_equal;
        let cells = || {
            report
                .items
                .iter()
                .flat_map(|item| item.elements.iter().zip(&report.elements))
        };
        let bound_cells = || cells().filter(|(_, element)| element.standing == Standing::MustEqual);
        let compared = bound_cells().any(|(cell, _)| cell.class != Class::Single);
        let unknown = bound_cells().filter(|(cell, _)| !cell.unknown.is_empty()).count();
        let any = match (count, compared) {
            (1.., _) => "yes",
            (0, true) => "no",
            (0, false) => "none",
        };
        let args = [
            ("any", any.to_owned()),
            ("unknown", or_no(unknown)),
            ("count", count.to_string()),
            ("elements", bound.join("、")),
        ];
        lines.push(line("summary-must-equal", &args));
    }
    if report.cells_open > 0 {
        lines.push(line("summary-open", &[("count", report.cells_open.to_string())]));
    }
    lines.extend(conditions(report, style));
    lines
}

/// What is to be known before a report is believed: what is allowed, which lists are copies, of which years they are.
fn conditions(report: &Uniformity, style: &Style<'_>) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, all: Vec<String>| {
        let more = and_more(all.len(), style);
        let named = all.into_iter().take(NAMED);
        let more = Some(more).filter(|more| !more.is_empty());
        lines.extend(named.chain(more).map(|value| (style.text(key), value)));
    };
    let copies = report.regions.iter().filter_map(|copy| {
        let args = [
            ("region", region(copy)),
            ("source", region(&report.regions[copy.copy_of?])),
        ];
        Some(style.with("summary-copies-value", &args))
    });
    add("summary-copies", copies.collect());
    let used = report.variances.iter().map(|used| variance(used, style));
    add("summary-variances", used.collect());
    let distinct: BTreeSet<u16> = report
        .years
        .iter()
        .flat_map(|(_, years)| years.iter().copied())
        .collect();
    if distinct.len() > 1 {
        let of_region = |(side, years): &(usize, Vec<u16>)| {
            let years: Vec<String> = years.iter().map(u16::to_string).collect();
            let args = [("region", region(&report.regions[*side])), ("years", years.join("、"))];
            style.with("summary-years-one", &args)
        };
        let all: Vec<String> = report.years.iter().take(NAMED).map(of_region).collect();
        let years = format!("{}{}", all.join("、"), and_more(report.years.len(), style));
        add(
            "summary-years",
            vec![style.with("summary-years-value", &[("years", years)])],
        );
    }
    lines
}

/// That there are more than are named; nothing where there are not.
fn and_more(count: usize, style: &Style<'_>) -> String {
    match count.saturating_sub(NAMED) {
        0 => String::new(),
        more => style.with("and-more", &[("count", more.to_string())]),
    }
}

/// A variance in words: where, on what ground, who answers for it, and what it took out.
pub(super) fn variance(used: &VarianceUse, style: &Style<'_>) -> String {
    let variance = &used.variance;
    let element = variance.element.as_deref().map(|id| style.element(id).to_owned());
    let what: Vec<String> = [variance.region.clone(), variance.item.clone(), element]
        .into_iter()
        .flatten()
        .collect();
    let args = [
        ("expired", if variance.expired { "yes" } else { "no" }.to_owned()),
        ("expires", variance.expires.clone().unwrap_or_else(|| "none".to_owned())),
        ("cells", used.cells.to_string()),
        ("what", what.join(" ")),
        ("ground", shorten(&variance.ground, QUOTED)),
        ("owner", variance.owner.clone()),
    ];
    style.with("summary-variances-value", &args)
}

/// How a group is shown: its value where it is the reference, else how it differs.
pub(super) fn group_lines(cell: &ElementReport, at: usize, whole: bool, style: &Style<'_>) -> Vec<String> {
    let group = &cell.groups[at];
    let most = if whole { usize::MAX } else { 120 };
    let differs = group.judgement.detail != Detail::default();
    let is_reference =
        cell.reference.from != ReferenceFrom::None && cell.reference.normal.as_deref() == Some(&group.normal);
    if is_reference || !differs || (cell.reference.from == ReferenceFrom::None && at == 0) {
        return vec![shorten(&group.normal, most)];
    }
    let mut lines = detail(&group.judgement, style);
    if whole {
        lines.insert(0, group.normal.clone());
    }
    lines
}
