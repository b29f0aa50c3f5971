//! A patch: the least that must change in one region (`tongban align`), in the formats that take it. The CSV holds the changes alone;
//! the others also what was left as it is, and why.
//!
//! Must not compute. Every text from the data goes through the escaper of its format.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::csv::Rows;
use super::escape::markdown;
use super::json::{WireDetail, WirePlace, detail, emit, place};
use super::{Style, md, show, table};
use crate::model::{Effect, Measure, Patch, PatchLine, PatchReason, Standing};

/// The headers of the CSV.
const HEADERS: [&str; 15] = [
    "事项编码",
    "业务办理项",
    "事项名称",
    "要素",
    "现在",
    "改为",
    "原因",
    "依据",
    "给申请人省下",
    "文件",
    "工作表",
    "行",
    "列",
    "申请人多负担",
    "对申请人",
];

/// The columns of the tables for people.
const COLUMNS: [&str; 5] = [
    "col-element",
    "patch-col-from",
    "patch-col-to",
    "patch-col-reason",
    "patch-col-saving",
];

/// As table.
pub(super) fn table(patch: &Patch, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    table::write_summary(&summary(patch, style), style, out)?;
    if let Some(key) = nothing(patch) {
        writeln!(out, "\n{}", style.text(key))?;
    }
    for (title, lines) in sections(patch) {
        if title == "patch-refused" {
            let count = [("count", lines.len().to_string())];
            writeln!(out, "\n{}", table::heading(&style.with(title, &count), style))?;
        }
        for (name, lines) in by_item(lines) {
            writeln!(out, "\n{}", table::heading(&format!("■ {name}"), style))?;
            let mut table = table::table(style, &COLUMNS);
            for line in lines {
                let at = match &line.place.sheet {
                    Some(sheet) => format!("[{sheet}]:{}", line.place.row),
                    None => format!(":{}", line.place.row),
                };
                table.add_row(vec![
                    table::bold(style.element(&line.element), style),
                    table::plain(&format!(
                        "{}\n{}{at}",
                        show::shorten(line.from.shown(), 200),
                        line.place.file
                    )),
                    table::plain(&show::shorten(line.to.shown(), 200)),
                    table::plain(&reason(line, style).join("\n")),
                    table::plain(&felt(line, style).join("\n")),
                ]);
            }
            writeln!(out, "{}", table.trim_fmt())?;
        }
    }
    Ok(())
}

/// As csv.
pub(super) fn csv(patch: &Patch, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut rows = Rows::new(out, &HEADERS, style.raw_csv)?;
    for line in &patch.lines {
        rows.row(&[
            line.code.clone(),
            line.handling.clone().unwrap_or_default(),
            line.name.clone(),
            style.element(&line.element).to_owned(),
            line.from.shown().to_owned(),
            line.to.shown().to_owned(),
            reason(line, style).join("；"),
            line.ground.clone(),
            saved(&line.saving, style).join("；"),
            line.place.file.to_string(),
            line.place.sheet.as_deref().unwrap_or_default().to_owned(),
            line.place.row.to_string(),
            line.place.column.to_string(),
            borne(&line.saving, style).join("；"),
            style.text(&format!("patch-effect-{}", line.effect.word())),
        ])?;
    }
    rows.finish()
}

/// As md.
pub(super) fn md(patch: &Patch, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", style.text("patch-title"))?;
    for (name, value) in summary(patch, style) {
        writeln!(out, "- **{name}**：{}", markdown(&value))?;
    }
    if let Some(key) = nothing(patch) {
        writeln!(out, "\n{}", markdown(&style.text(key)))?;
    }
    let lines = |lines: &[String]| lines.iter().map(|line| markdown(line)).collect::<Vec<_>>().join("<br>");
    for (title, of) in sections(patch) {
        if title == "patch-refused" {
            writeln!(out, "\n## {}", style.with(title, &[("count", of.len().to_string())]))?;
        }
        for (name, of) in by_item(of) {
            writeln!(out, "\n### {}\n", markdown(&name))?;
            md::header(style, &COLUMNS, out)?;
            for line in of {
                let cells = [
                    markdown(style.element(&line.element)),
                    lines(&[line.from.shown().to_owned(), show::place(&line.place)]),
                    markdown(line.to.shown()),
                    lines(&reason(line, style)),
                    lines(&felt(line, style)),
                ];
                md::row(&cells, out)?;
            }
        }
    }
    Ok(())
}

/// The lines of the patch, and those that were refused where there are any.
fn sections(patch: &Patch) -> impl Iterator<Item = (&'static str, &[PatchLine])> {
    [
        ("patch-lines", patch.lines.as_slice()),
        ("patch-refused", &patch.refused),
    ]
    .into_iter()
    .filter(|(_, lines)| !lines.is_empty())
}

/// Lines that follow each other and are of one item, under its name.
fn by_item(lines: &[PatchLine]) -> impl Iterator<Item = (String, &[PatchLine])> {
    let same = |a: &PatchLine, b: &PatchLine| (&a.code, &a.handling, &a.name) == (&b.code, &b.handling, &b.name);
    lines.chunk_by(same).map(|lines| {
        let first = &lines[0];
        let name = show::item_name(&first.name, first.handling.as_deref());
        (format!("{} {name}", first.code).trim_start().to_owned(), lines)
    })
}

/// What was brought into line with what, how much of it, and what it is good for.
fn summary(patch: &Patch, style: &Style<'_>) -> Vec<(String, String)> {
    let (id, name) = &patch.region;
    let target = match patch.target.split_once(':') {
        Some((_, id)) => style.with("patch-target-region", &[("id", id.to_owned())]),
        None => style.text(&format!("patch-target-{}", patch.target)),
    };
    let line = |key: &str, value: String| (style.text(key), value);
    let values = patch.values();
    let mut lines = vec![
        line("patch-region", format!("{id} {name}")),
        line("patch-target", target),
        line(
            "patch-changes",
            style.with(
                "patch-changes-value",
                &[
                    ("changed", values.changed.to_string()),
                    ("cells_changed", patch.lines.len().to_string()),
                    ("refused", values.unchanged.to_string()),
                    ("cells", patch.cells.to_string()),
                    ("missing", patch.missing.to_string()),
                    ("unknown", patch.unknown.to_string()),
                    ("allowed", patch.allowed.to_string()),
                ],
            ),
        ),
    ];
    if values.partly > 0 {
        let partly = [("count", values.partly.to_string())];
        lines.push(line("patch-partly", style.with("patch-partly-value", &partly)));
    }
    for (key, counts) in [
        ("patch-saving", saved(&patch.saving, style)),
        ("patch-borne", borne(&patch.saving, style)),
    ] {
        if !counts.is_empty() {
            lines.push(line(key, counts.join("；")));
        }
    }
    lines
}

/// What is said of a patch without a line: that nothing differs, or that nothing of what differs is changed, and how it would be.
pub(crate) fn nothing(patch: &Patch) -> Option<&'static str> {
    let asked = |line: &PatchLine| matches!(line.reason, PatchReason::Worse | PatchReason::Unclear);
    match (patch.lines.is_empty(), patch.refused.is_empty()) {
        (false, _) => None,
        (true, true) => Some("patch-nothing"),
        (true, false) if patch.refused.iter().any(asked) => Some("patch-nothing-worse"),
        (true, false) => Some("patch-nothing-by-hand"),
    }
}

/// Why a line is there: in one sentence, what differs, and how many say what the target says.
fn reason(line: &PatchLine, style: &Style<'_>) -> Vec<String> {
    let (agree, speak) = line.support;
    let args = [("agree", agree.to_string()), ("speak", speak.to_string())];
    let mut reasons = vec![style.with(&format!("patch-reason-{}", line.reason.word()), &args)];
    if line.standing == Standing::MustEqual && line.reason != PatchReason::Reverse {
        reasons.push(style.text("patch-must-equal"));
    }
    if line.whole {
        reasons.push(style.text("patch-whole"));
    }
    reasons.extend(show::detail(&line.judgement, style));
    reasons
}

/// What the applicant feels: what becomes less and more, and whether that is better or worse where these figures do not say it.
fn felt(line: &PatchLine, style: &Style<'_>) -> Vec<String> {
    let mut felt = saving(&line.saving, style);
    let told = |(_, count): &(Measure, i64)| match line.effect {
        Effect::Better => *count > 0,
        Effect::Worse => *count < 0,
        Effect::Equal | Effect::Unclear => false,
    };
    if felt.is_empty() || !line.saving.iter().all(told) {
        felt.insert(0, style.text(&format!("patch-effect-{}", line.effect.word())));
    }
    felt
}

/// What becomes less.
fn saved(counts: &[(Measure, i64)], style: &Style<'_>) -> Vec<String> {
    let less: Vec<_> = counts.iter().copied().filter(|(_, count)| *count > 0).collect();
    saving(&less, style)
}

/// What becomes more.
fn borne(counts: &[(Measure, i64)], style: &Style<'_>) -> Vec<String> {
    let more: Vec<_> = counts.iter().copied().filter(|(_, count)| *count < 0).collect();
    saving(&more, style)
}

/// What becomes less or more, a text for each measure.
fn saving(saving: &[(Measure, i64)], style: &Style<'_>) -> Vec<String> {
    let each = |(measure, count): &(Measure, i64)| {
        let word = if *count < 0 { "more" } else { "less" };
        let count = count.unsigned_abs();
        let count = match measure {
            // From fen to yuan.
            Measure::Fee if !count.is_multiple_of(100) => format!("{}.{:02}", count / 100, count % 100),
            Measure::Fee => (count / 100).to_string(),
            _ => count.to_string(),
        };
        let args = [("count", count), ("way", word.to_owned())];
        style.with(&format!("saving-{}", measure.word()), &args)
    };
    saving.iter().map(each).collect()
}

/// `tongban align --format json`: the smallest patch that brings a region into line.
#[derive(Serialize, JsonSchema)]
pub(super) struct WirePatch<'a> {
    #[schemars(extend("const" = "tongban-patch/1"))]
    format: &'static str,
    profile: &'a str,
    region: WireRegion<'a>,
    target: &'a str,
    reversed: bool,
    summary: WireSummary,
    lines: Vec<WireLine<'a>>,
    refused: Vec<WireLine<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireSummary {
    cells: usize,
    lines: usize,
    refused: usize,
    changed: usize,
    partly: usize,
    unchanged: usize,
    missing: usize,
    unknown: usize,
    allowed: usize,
    saving: BTreeMap<&'static str, i64>,
}

#[derive(Serialize, JsonSchema)]
struct WireLine<'a> {
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    element: &'a str,
    #[schemars(extend("enum" = PatchReason::ALL.map(PatchReason::word)))]
    reason: &'static str,
    from: &'a str,
    to: &'a str,
    place: WirePlace<'a>,
    detail: WireDetail<'a>,
    saving: BTreeMap<&'static str, i64>,
    #[schemars(extend("enum" = Effect::ALL.map(Effect::word)))]
    effect: &'static str,
    #[schemars(extend("enum" = Standing::ALL.map(Standing::word)))]
    standing: &'static str,
    ground: &'a str,
    support: String,
    whole: bool,
}

/// As json.
pub(super) fn json(patch: &Patch, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let saving = |saving: &[(Measure, i64)]| saving.iter().map(|(measure, count)| (measure.word(), *count)).collect();
    let (id, name) = &patch.region;
    let values = patch.values();
    let wire = WirePatch {
        format: "tongban-patch/1",
        profile: style.profile,
        region: WireRegion { id, name },
        target: &patch.target,
        reversed: patch.reversed,
        summary: WireSummary {
            cells: patch.cells,
            lines: patch.lines.len(),
            refused: patch.refused.len(),
            changed: values.changed,
            partly: values.partly,
            unchanged: values.unchanged,
            missing: patch.missing,
            unknown: patch.unknown,
            allowed: patch.allowed,
            saving: saving(&patch.saving),
        },
        lines: patch
            .lines
            .iter()
            .map(|line| wire_line(line, saving(&line.saving)))
            .collect(),
        refused: patch
            .refused
            .iter()
            .map(|line| wire_line(line, saving(&line.saving)))
            .collect(),
    };
    emit(&wire, out)
}

fn wire_line<'a>(line: &'a PatchLine, saving: BTreeMap<&'static str, i64>) -> WireLine<'a> {
    WireLine {
        code: &line.code,
        handling: line.handling.as_deref(),
        name: &line.name,
        element: &line.element,
        reason: line.reason.word(),
        from: &line.from.raw,
        to: &line.to.raw,
        place: place(&line.place),
        detail: detail(&line.judgement),
        saving,
        effect: line.effect.word(),
        standing: line.standing.word(),
        ground: &line.ground,
        support: format!("{}/{}", line.support.0, line.support.1),
        whole: line.whole,
    }
}
