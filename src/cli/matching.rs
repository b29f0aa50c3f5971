//! `tongban match`: which items without a common code may be one, and the file of a person's decisions (`matches.csv`).
//!
//! Must not compute.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::args::{MatchArgs, known_ending};
use super::workspace::{MATCHES, Workspace};
use super::{Loaded, Outcome, Session, say};
use crate::compare;
use crate::compare::identity::{self, Checked, Decision, Decisions};
use crate::error::{Error, Kind, Result, nearest};
use crate::ingest::{path_name, read_text};
use crate::messages::Messages;
use crate::model::{PairingNote, Place, Proposal, RowId, Waiting};
use crate::report::{self, escape};

/// The columns: what a person fills in first, then what helps to decide. Chinese, for it is kept in Excel.
const HEADERS: [&str; 14] = [
    "左区域",
    "左事项",
    "右区域",
    "右事项",
    "是否同一",
    "说明",
    "把握",
    "理由",
    "左区域名称",
    "左名称",
    "左位置",
    "右区域名称",
    "右名称",
    "右位置",
];

pub(super) fn run(session: &Session, args: &MatchArgs) -> Result<Outcome> {
    if let Some(path) = &args.output {
        known_ending(path, &["csv"])?;
    }
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let written = read_all(&files(session, &workspace, args.matches.as_deref()), &loaded)?;
    let (decisions, checked) = held(session, &workspace, &loaded, written.decisions, Reads::All)?;
    let catalogue = &loaded.catalogue;
    let (_, sides) = compare::sides(catalogue);
    let (forms, profile) = (loaded.forms(), &loaded.profile);
    let proposals = identity::proposals(catalogue, forms, profile, &sides, &decisions, args.all);
    let shown = Shown {
        loaded: &loaded,
        // The file is Chinese in every language, as all our CSV.
        messages: session.chinese(),
    };
    let rows = decisions
        .all
        .iter()
        .enumerate()
        .map(|(at, decision)| shown.decision(decision, checked.rows.get(at).copied().flatten()));
    let rows = rows.chain(
        proposals
            .iter()
            .map(|proposal| shown.proposal(proposal, &written.notes)),
    );
    session.write_out(args.output.as_deref(), &loaded.inputs, true, |out| {
        report::csv_list(&HEADERS, rows, false, out)
    })?;
    let taken = proposals.iter().filter(|proposal| proposal.taken).count();
    let told = [
        ("decided", decisions.all.len().to_string()),
        ("taken", taken.to_string()),
        ("open", (proposals.len() - taken).to_string()),
    ];
    say(&session.messages.with("match-done", &told));
    Ok(session.outcome(false, &loaded))
}

/// A person's decisions: of the named file, else of `matches.csv` in the workspace.
///
/// # Errors
/// When the file cannot be read or is wrong.
pub(super) fn decisions(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    named: Option<&Path>,
    reads: Reads,
) -> Result<Decisions> {
    let written = read_all(&files(session, workspace, named), loaded)?;
    Ok(held(session, workspace, loaded, written.decisions, reads)?.0)
}

/// What a command reads of the lists that a person decided about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// All that it is given.
    All,
    /// Two of them: decisions about others are nobody's mistake.
    Two,
}

/// The files of decisions: the named one, else those that are kept with the lists.
fn files(session: &Session, workspace: &Workspace, named: Option<&Path>) -> Vec<PathBuf> {
    named.map_or_else(|| workspace.kept(MATCHES, session), |named| vec![named.to_owned()])
}

/// Says how many pairs wait for a person.
pub(super) fn tell_waiting(session: &Session, waiting: Waiting) {
    if waiting.open > 0 {
        let others = waiting.open - waiting.other_code - waiting.same_grounds;
        let args = [
            ("count", waiting.open.to_string()),
            ("code", waiting.other_code.to_string()),
            ("grounds", waiting.same_grounds.to_string()),
            ("others", others.to_string()),
        ];
        say(&session.messages.with("pairs-waiting", &args));
    }
}

/// What the files say.
#[derive(Default)]
struct Written {
    decisions: Decisions,
    /// What is noted of pairs that are not decided, by their four cells.
    notes: HashMap<[String; 4], String>,
}

fn read_all(files: &[PathBuf], loaded: &Loaded) -> Result<Written> {
    let mut written = Written::default();
    for file in files {
        read(file, loaded, &mut written)?;
    }
    Ok(written)
}

/// Whether a text has the columns of a file of decisions in its first line.
pub(super) fn is_matches(text: &str) -> bool {
    let first = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or_default();
    let cells: Vec<&str> = first
        .split([',', '\t', ';'])
        .map(|cell| cell.trim().trim_matches('"'))
        .collect();
    [HEADERS[1], HEADERS[3], HEADERS[4]]
        .iter()
        .all(|header| cells.contains(header))
}

fn read(path: &Path, loaded: &Loaded, written: &mut Written) -> Result<()> {
    if !path.exists() {
        return Err(Error::file(Kind::NotFound, path, ""));
    }
    let text = read_text(path)?;
    let text = text.trim_start_matches('\u{FEFF}');
    let wrong = |row: u32, reason, args| Error::why(Kind::BadSettings, path, reason, args).at(row);
    // What spreadsheets call CSV may be parted by tabs or semicolons.
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let separator = [',', '\t', ';']
        .into_iter()
        .max_by_key(|&mark| (count(mark), mark == ','))
        .unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let ragged = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        wrong(u32::try_from(line).unwrap_or(u32::MAX), "matches-ragged", Vec::new())
    };
    let headers: Vec<String> = reader
        .headers()
        .map_err(ragged)?
        .iter()
        .map(|cell| cell.trim().to_owned())
        .collect();
    let column = |name: &str| headers.iter().position(|header| header == name);
    for header in [HEADERS[1], HEADERS[3], HEADERS[4]] {
        if column(header).is_none() {
            return Err(wrong(1, "matches-header", vec![("header", header.to_owned())]));
        }
    }
    let columns = [0, 1, 2, 3, 4, 5].map(|at: usize| column(HEADERS[at]));
    // Rows are counted as a spreadsheet shows them.
    for (row, record) in (2..).zip(reader.records()) {
        let record = record.map_err(ragged)?;
        if record.len() > headers.len() {
            return Err(wrong(row, "matches-ragged", Vec::new()));
        }
        let cell = |at: Option<usize>| escape::unguard(at.and_then(|at| record.get(at)).unwrap_or_default().trim());
        let [left_region, left, right_region, right, same, note] = columns.map(cell);
        if [left, right, same].iter().all(|text| text.is_empty()) {
            continue;
        }
        if same.is_empty() {
            let pair = [left_region, left, right_region, right].map(str::to_owned);
            if !note.is_empty() {
                written.notes.insert(pair, note.to_owned());
            }
            continue;
        }
        let Some(same) = answer(same, loaded) else {
            return Err(wrong(row, "matches-answer", vec![("text", same.to_owned())]));
        };
        if left.is_empty() || right.is_empty() {
            let header = if left.is_empty() { HEADERS[1] } else { HEADERS[3] };
            return Err(wrong(row, "matches-empty", vec![("header", header.to_owned())]));
        }
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        written.decisions.all.push(Decision {
            left_region: said(left_region),
            left: left.to_owned(),
            right_region: said(right_region),
            right: right.to_owned(),
            same,
            note: note.to_owned(),
            carried: [false; 2],
            place: Place {
                file: path_name(path).into(),
                row,
                ..Place::default()
            },
        });
    }
    Ok(())
}

/// What stands under 是否同一.
fn answer(text: &str, loaded: &Loaded) -> Option<bool> {
    match text {
        "同一" | "是同一" | "相同" => Some(true),
        "不同" | "不同一" | "非同一" => Some(false),
        _ => loaded.profile.vocabulary.answers(text),
    }
}

/// Decisions that can all be true; of those that meet nothing, or not one item alone, is told.
fn held(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    mut decisions: Decisions,
    reads: Reads,
) -> Result<(Decisions, Checked)> {
    if decisions.all.is_empty() {
        return Ok(Default::default());
    }
    // A decision on a region of the workspace that takes no part in this run is nobody's mistake.
    let here = |name: &str| {
        loaded
            .catalogue
            .regions
            .iter()
            .any(|region| *region.id == *name || region.name == name)
    };
    let known = |name: &str| {
        let mut regions = workspace.manifests.iter().flat_map(|manifest| &manifest.regions);
        regions.any(|(id, title)| id == name || title == name)
    };
    let elsewhere = |region: &Option<String>| {
        let unread = region.as_deref().filter(|name| !here(name));
        unread.is_some_and(|name| known(name) || reads == Reads::Two)
    };
    // What was decided of a code holds for the code, in whatever list it stands; that one code stands for two items says nothing of others.
    for decision in &mut decisions.all {
        let codes = [&decision.left, &decision.right].map(|text| text.split(' ').next().unwrap_or_default().to_owned());
        let unread = [&decision.left_region, &decision.right_region].map(elsewhere);
        if decision.same || codes[0] != codes[1] {
            decision.carried = unread;
        }
    }
    let checked = identity::check(&loaded.catalogue, loaded.forms(), &loaded.profile, &decisions);
    if let Some(&(one, other)) = checked.contradictions.first() {
        let [one, other] = [one, other].map(|at| &decisions.all[at].place);
        let at = |place: &Place| format!("{}:{}", place.file, place.row);
        let more = checked.contradictions.len() - 1;
        let args = vec![
            ("first", at(one)),
            ("second", at(other)),
            ("more", if more == 0 { "no".to_owned() } else { more.to_string() }),
        ];
        return Err(Error::why(Kind::BadSettings, Path::new(&*one.file), "matches-contradict", args).at(one.row));
    }
    let names = || {
        let regions = loaded.catalogue.regions.iter();
        regions.flat_map(|region| [&*region.id, region.name.as_str()])
    };
    for (found, key) in [
        (&checked.unmet, "matches-unmet"),
        (&checked.unclear, "matches-unclear"),
        (&checked.idle, "matches-idle"),
    ] {
        for &at in found {
            let decision = &decisions.all[at];
            if elsewhere(&decision.left_region) || elsewhere(&decision.right_region) {
                continue;
            }
            let mut regions = [&decision.left_region, &decision.right_region].into_iter().flatten();
            let unread = regions.find(|name| !here(name));
            let near = unread.and_then(|name| nearest(name, names()));
            let args = [
                ("file", decision.place.file.to_string()),
                ("row", decision.place.row.to_string()),
                ("left", decision.left.clone()),
                ("right", decision.right.clone()),
                ("region", unread.map_or_else(|| "no".to_owned(), Clone::clone)),
                ("near", near.unwrap_or("no").to_owned()),
            ];
            say(&escape::terminal(&session.messages.with(key, &args)));
        }
    }
    let carried = |at: &usize| decisions.all[*at].carried.contains(&true) && checked.rows[*at].is_some();
    let carried: Vec<usize> = (0..decisions.all.len()).filter(carried).collect();
    if let Some(first) = carried.first().map(|&at| &decisions.all[at]) {
        let regions = [&first.left_region, &first.right_region].into_iter().zip(first.carried);
        let region = regions
            .filter(|(_, carried)| *carried)
            .find_map(|(region, _)| region.clone());
        let args = [
            ("count", carried.len().to_string()),
            ("file", first.place.file.to_string()),
            ("row", first.place.row.to_string()),
            ("region", region.unwrap_or_default()),
        ];
        say(&escape::terminal(&session.messages.with("matches-carried", &args)));
    }
    let applied = &checked.applied;
    for (all, key) in [
        (&applied.collisions, "matches-collide"),
        (&applied.left_out, "matches-left-out"),
    ] {
        for told in all {
            let lines = told.decisions.iter().map(|&at| &decisions.all[at].place);
            let lines: Vec<String> = lines.map(|place| format!("{}:{}", place.file, place.row)).collect();
            let rows = told.rows.iter().map(|&row| {
                let [region, name, place] = written_as(loaded, row);
                format!("{region} {name} {place}")
            });
            let args = [
                ("lines", lines.join("、")),
                ("rows", rows.collect::<Vec<_>>().join("；")),
            ];
            say(&escape::terminal(&session.messages.with(key, &args)));
        }
    }
    Ok((decisions, checked))
}

/// The region's name, the item's name as it is written, and where.
fn written_as(loaded: &Loaded, row: RowId) -> [String; 3] {
    let Loaded { catalogue, profile, .. } = loaded;
    let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
    let names = ["name", "sub_name", "main_name"]
        .into_iter()
        .filter_map(|id| profile.field(id));
    let name = names.into_iter().find_map(|field| catalogue.text(row, field));
    let place = catalogue.place(row, None);
    let sheet = place.sheet.map_or_else(String::new, |sheet| format!("[{sheet}]"));
    [
        region.name.clone(),
        name.unwrap_or_default().to_owned(),
        format!("{}{sheet}:{}", place.file, place.row),
    ]
}

/// Pairs as rows of the file.
struct Shown<'a> {
    loaded: &'a Loaded,
    messages: &'a Messages,
}

impl Shown<'_> {
    fn decision(&self, decision: &Decision, rows: Option<(RowId, RowId)>) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut out = vec![
            text(&decision.left_region),
            decision.left.clone(),
            text(&decision.right_region),
            decision.right.clone(),
            if decision.same { "是" } else { "否" }.to_owned(),
            decision.note.clone(),
            "1.00".to_owned(),
            self.messages.text("paired-decision"),
        ];
        for row in [rows.map(|rows| rows.0), rows.map(|rows| rows.1)] {
            out.extend(row.map_or_else(Default::default, |row| written_as(self.loaded, row)));
        }
        out
    }

    fn proposal(&self, proposal: &Proposal, notes: &HashMap<[String; 4], String>) -> Vec<String> {
        let region = |row: RowId| {
            let catalogue = &self.loaded.catalogue;
            let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
            region.id.to_string()
        };
        // A long code that stands alone would be spoilt by a spreadsheet; with the name behind it, it is a text.
        let item = |(code, name): &(String, String)| match code.is_empty() {
            true => name.clone(),
            false => format!("{code} {name}"),
        };
        let pair = [
            region(proposal.left_row),
            item(&proposal.left),
            region(proposal.right_row),
            item(&proposal.right),
        ];
        let note = notes.get(&pair).cloned().unwrap_or_default();
        let mut why = vec![self.messages.text(if proposal.taken {
            "pairing-taken"
        } else {
            "pairing-open"
        })];
        why.extend(proposal.notes.iter().map(|note| self.note(note)));
        let mut out = pair.to_vec();
        out.extend([
            String::new(),
            note,
            format!("{:.2}", proposal.pairing.confidence),
            why.join("；"),
        ]);
        out.extend(written_as(self.loaded, proposal.left_row));
        out.extend(written_as(self.loaded, proposal.right_row));
        out
    }

    fn note(&self, note: &PairingNote) -> String {
        let key = format!("pairing-{}", note.word());
        match note {
            PairingNote::Alike(left, right) => self
                .messages
                .with(&key, &[("left", left.clone()), ("right", right.clone())]),
            _ => self.messages.text(&key),
        }
    }
}
