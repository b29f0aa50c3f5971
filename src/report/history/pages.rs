//! What each kind of history says, in words.
//!
//! Must not know a format.

use super::super::{Style, show};
use super::{Chart, Page, Sheet};
use crate::model::{
    Accord, Blame, Convergence, DiffSide, Drift, Fared, Happening, History, ItemBlame, ItemLife, Judgement, LawFate,
    Life, Log, LogBy, LogEntry, Moment, Phase, Stale, StaleBasis, Tally, Verdict,
};

/// How much of a value is shown in a table.
const QUOTED: usize = 120;

pub(super) fn page(history: &History, style: &Style<'_>) -> Page {
    match history {
        History::Log(log) => self::log(log, style),
        History::Life(life) => self::life(life, style),
        History::Blame(blame) => self::blame(blame, style),
        History::Convergence(convergence) => self::convergence(convergence, style),
        History::Stale(stale) => self::stale(stale, style),
        History::StaleBasis(found) => stale_basis(found, style),
    }
}

/// A snapshot in short: `@3 2026-11-01`.
fn at(moment: &Moment) -> String {
    format!("@{} {}", moment.number, moment.day)
}

fn nth(moments: &[Moment], place: usize) -> String {
    moments.get(place).map(at).unwrap_or_default()
}

fn region<'a>(id: &'a str, name: &'a str) -> &'a str {
    if name.is_empty() { id } else { name }
}

fn item(code: &str, name: &str, handling: Option<&str>) -> String {
    let name = show::item_name(name, handling);
    [code, &name].join(" ").trim().to_owned()
}

fn index(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), show::index)
}

/// By how much a figure moved; nothing where it did not.
fn moved(before: Option<f64>, now: Option<f64>) -> String {
    match (before, now) {
        (Some(before), Some(now)) if show::index(before) != show::index(now) => {
            // Of the figures as they are shown: a reader reckons it again.
            let shown = |value: f64| show::index(value).parse().unwrap_or(value);
            let by: f64 = shown(now) - shown(before);
            format!("{}{}", if by > 0.0 { "+" } else { "−" }, show::index(by.abs()))
        }
        _ => String::new(),
    }
}

/// By what all snapshots were read, and which were saved under another yardstick.
fn yardstick<'a>(moments: impl Iterator<Item = &'a Moment>, style: &Style<'_>) -> Vec<String> {
    let mut notes = vec![style.text("history-yardstick")];
    let other: Vec<&Moment> = moments.filter(|moment| !moment.other.is_empty()).collect();
    if !other.is_empty() {
        let mut what: Vec<&str> = other.iter().flat_map(|moment| moment.other.iter().copied()).collect();
        what.sort_unstable();
        what.dedup();
        let what: Vec<String> = what
            .iter()
            .map(|word| style.text(&format!("yardstick-{word}")))
            .collect();
        let snapshots: Vec<String> = other.iter().map(|moment| format!("@{}", moment.number)).collect();
        let args = [("what", what.join("、")), ("snapshots", snapshots.join(" "))];
        notes.push(style.with("history-other", &args));
    }
    notes
}

/// Columns of [`Tally`].
const TALLY: [&str; 5] = ["col-added", "col-dropped", "col-recoded", "col-changed", "col-notation"];

fn tally(tally: &Tally) -> impl Iterator<Item = String> {
    tally.iter().map(|&count| match count {
        0 => String::new(),
        count => count.to_string(),
    })
}

pub(super) fn log(log: &Log, style: &Style<'_>) -> Page {
    let figures = |label: String, of: &dyn Fn(&LogEntry) -> Option<f64>| Chart {
        label,
        points: log
            .entries
            .iter()
            .map(|entry| (entry.moment.number, of(entry)))
            .collect(),
    };
    let all = figures(style.text("history-index"), &|entry| entry.index);
    let charts: Vec<Chart> = match log.by {
        LogBy::All | LogBy::Item => vec![all],
        LogBy::Element => std::iter::once(all)
            .chain(log.elements.iter().enumerate().map(|(at, id)| {
                figures(style.element(id).to_owned(), &|entry| {
                    entry.elements.get(at).copied().flatten()
                })
            }))
            .collect(),
        LogBy::Region => std::iter::once(all)
            .chain(log.regions.iter().enumerate().map(|(at, (id, name))| {
                figures(region(id, name).to_owned(), &|entry| {
                    entry.regions.iter().find(|one| one.region == at).map(|one| one.index)
                })
            }))
            .collect(),
    };
    let mut heads = vec!["col-snapshot", "col-time", "col-message"];
    heads.extend(TALLY);
    // A column only where there is something to tell.
    let directory = log
        .entries
        .iter()
        .any(|entry| entry.directory.iter().any(|&count| count > 0));
    if directory {
        heads.push("col-directory-changes");
    }
    heads.extend(["col-index", "col-moved"]);
    let rows = log.entries.iter().enumerate().rev().map(|(at, entry)| {
        let before = at.checked_sub(1).map(|before| &log.entries[before]);
        let mut row = vec![
            format!("@{}", entry.moment.number),
            entry.moment.time.clone(),
            entry.moment.message.clone(),
        ];
        match before {
            Some(_) => row.extend(tally(&entry.tally)),
            None => row.extend(TALLY.map(|_| "—".to_owned())),
        }
        if directory {
            row.extend(tally(&[entry.directory.iter().sum(), 0, 0, 0, 0]).take(1));
        }
        row.push(index(entry.index));
        row.push(moved(before.and_then(|before| before.index), entry.index));
        row
    });
    let counts = Sheet {
        heads,
        rows: rows.collect(),
        ..Sheet::default()
    };
    let sheets = match log.by {
        LogBy::Item => vec![Sheet {
            nothing: style.text("history-no-changes"),
            ..changed(log, log.entries.iter().rev(), style)
        }],
        LogBy::Region => {
            let all = vec![("col-region", style.text("history-all-regions"))];
            let counts = Sheet { common: all, ..counts };
            std::iter::once(counts).chain(regions(log, directory, style)).collect()
        }
        LogBy::All | LogBy::Element => {
            let last = log.entries.iter().rev().find(|entry| !entry.changes.items.is_empty());
            let last = last.map(|entry| {
                let sheet = changed(log, std::iter::once(entry), style);
                Sheet {
                    title: style.with("history-last-changes", &[("snapshot", at(&entry.moment))]),
                    aside: true,
                    ..sheet
                }
            });
            std::iter::once(counts).chain(last).collect()
        }
    };
    Page {
        title: style.with("history-log-title", &[("count", log.entries.len().to_string())]),
        notes: notes(log, style),
        charts,
        sheets,
    }
}

/// By what the snapshots were read, and what regions came and went.
fn notes(log: &Log, style: &Style<'_>) -> Vec<String> {
    let mut notes = yardstick(log.entries.iter().map(|entry| &entry.moment), style);
    if log.variances + log.decisions > 0 {
        let args = [
            ("variances", log.variances.to_string()),
            ("decisions", log.decisions.to_string()),
        ];
        notes.push(style.with("history-laid", &args));
    }
    for entry in &log.entries {
        for change in &entry.changes.regions {
            let args = [
                ("snapshot", at(&entry.moment)),
                ("region", region(&change.region, &change.name).to_owned()),
                ("rows", change.rows.to_string()),
                ("came", if change.came { "yes" } else { "no" }.to_owned()),
            ];
            notes.push(style.with("history-region-change", &args));
        }
    }
    notes
}

/// The items that changed in some snapshots.
fn changed<'a>(log: &Log, entries: impl Iterator<Item = &'a LogEntry>, style: &Style<'_>) -> Sheet {
    let rows = entries.flat_map(|entry| {
        entry.changes.items.iter().map(|change| {
            let name = log.regions.iter().find(|(id, _)| *id == change.region);
            let name = name.map_or("", |(_, name)| name);
            let mut what = style.text(&format!("happened-{}", change.fared.word()));
            if let Some(from) = &change.from {
                what = format!("{what} {from} → {}", change.code);
            }
            vec![
                format!("@{}", entry.moment.number),
                place(change.directory, &change.region, name, style),
                change.code.clone(),
                change.name.clone(),
                change.handling.clone().unwrap_or_default(),
                what,
                change
                    .elements
                    .iter()
                    .map(|id| style.element(id))
                    .collect::<Vec<_>>()
                    .join("、"),
            ]
        })
    });
    Sheet {
        heads: vec![
            "col-snapshot",
            "col-region",
            "col-code",
            "col-item",
            "col-case",
            "col-happened",
            "col-element",
        ],
        rows: rows.collect(),
        ..Sheet::default()
    }
}

/// What became of the items of each region.
fn regions<'a>(log: &'a Log, directory: bool, style: &'a Style<'_>) -> impl Iterator<Item = Sheet> + 'a {
    log.regions.iter().enumerate().map(move |(at, (id, name))| {
        let of = |entry: &LogEntry| entry.regions.iter().find(|one| one.region == at).cloned();
        let mut heads = vec!["col-snapshot", "col-time", "col-message"];
        heads.extend(TALLY);
        // In one table they stand below the sums, which have the directory.
        heads.extend(directory.then_some("col-directory-changes"));
        heads.extend(["col-index", "col-moved"]);
        let rows = log.entries.iter().enumerate().rev().filter_map(|(nth, entry)| {
            let now = of(entry)?;
            let before = nth.checked_sub(1).and_then(|before| of(&log.entries[before]));
            let mut row = vec![
                format!("@{}", entry.moment.number),
                entry.moment.time.clone(),
                entry.moment.message.clone(),
            ];
            match nth {
                0 => row.extend(TALLY.map(|_| "—".to_owned())),
                _ => row.extend(tally(&now.tally)),
            }
            row.extend(directory.then(String::new));
            row.push(show::index(now.index));
            row.push(moved(before.map(|before| before.index), Some(now.index)));
            Some(row)
        });
        Sheet {
            title: format!("{} {}", style.text("col-region"), region(id, name)),
            common: vec![("col-region", region(id, name).to_owned())],
            heads,
            rows: rows.collect(),
            ..Sheet::default()
        }
    })
}

fn life(life: &Life, style: &Style<'_>) -> Page {
    let sheet = |item: &ItemLife| {
        let regions = item.regions.iter();
        let rows = regions.flat_map(|region| {
            let events = region.events.iter();
            events.map(|(moment, happening)| {
                let (what, element, how) = happened(*moment, happening, style);
                vec![
                    place(region.directory, &region.id, &region.name, style),
                    nth(&life.moments, *moment),
                    what,
                    element,
                    how,
                ]
            })
        });
        Sheet {
            title: self::item(&item.code, &item.name, item.handling.as_deref()),
            common: common(&item.code, &item.name, item.handling.as_deref()),
            heads: vec![
                "col-region",
                "col-snapshot",
                "col-happened",
                "col-element",
                "col-difference",
            ],
            rows: rows.collect(),
            ..Sheet::default()
        }
    };
    Page {
        title: style.text("history-life-title"),
        notes: yardstick(life.moments.iter(), style),
        charts: Vec::new(),
        sheets: life.items.iter().map(sheet).collect(),
    }
}

fn common(code: &str, name: &str, handling: Option<&str>) -> Vec<(&'static str, String)> {
    vec![
        ("col-code", code.to_owned()),
        ("col-item", name.to_owned()),
        ("col-case", handling.unwrap_or_default().to_owned()),
    ]
}

fn place(directory: bool, id: &str, name: &str, style: &Style<'_>) -> String {
    match directory {
        true => style.text("history-directory"),
        false => region(id, name).to_owned(),
    }
}

/// What happened, to which element, and how.
fn happened(moment: usize, happening: &Happening, style: &Style<'_>) -> (String, String, String) {
    let said = |key: &str| style.text(&format!("happened-{key}"));
    match happening {
        Happening::Came if moment == 0 => (said("from-start"), String::new(), String::new()),
        Happening::Came => (said("came"), String::new(), String::new()),
        Happening::Went => (said("went"), String::new(), String::new()),
        Happening::Recoded { from, to } => (said("recoded"), String::new(), format!("{from} → {to}")),
        Happening::Case { case, came } => {
            let key = if *came { "case-came" } else { "case-went" };
            (
                style.with(&format!("happened-{key}"), &[("case", case.clone())]),
                String::new(),
                String::new(),
            )
        }
        Happening::Changed {
            handling,
            element,
            judgement,
            sides,
        } => {
            let what = match judgement.verdict {
                Verdict::Notation | Verdict::Same => said("notation"),
                _ => said("changed"),
            };
            let what = match handling {
                Some(case) => style.with("happened-in-case", &[("case", case.clone()), ("what", what)]),
                None => what,
            };
            (what, style.element(element).to_owned(), change(judgement, sides, style))
        }
    }
}

/// How a value came from another one: in normal form, with marks in the text; of other notation as it is written.
fn change(judgement: &Judgement, sides: &[DiffSide; 2], style: &Style<'_>) -> String {
    let [before, now] = sides;
    if matches!(judgement.verdict, Verdict::Notation | Verdict::Same) {
        return show::inline_text(
            &show::shorten(before.raw.shown(), QUOTED),
            &show::shorten(now.raw.shown(), QUOTED),
        );
    }
    let mut lines = show::between(judgement, [before, now], style);
    if lines.is_empty() {
        lines.push(show::inline_text(&value(Some(before), style), &value(Some(now), style)));
    }
    lines.join("\n")
}

/// A value in normal form, or as it stands where it has none; a word where nothing is said.
fn value(side: Option<&DiffSide>, style: &Style<'_>) -> String {
    match side {
        None => style.text("history-none"),
        Some(side) if !side.normal.is_empty() => show::shorten(&side.normal, QUOTED),
        Some(side) if !side.raw.raw.trim().is_empty() => show::shorten(side.raw.shown(), QUOTED),
        Some(_) => style.text("history-unsaid"),
    }
}

fn blame(blame: &Blame, style: &Style<'_>) -> Page {
    let element = style.element(&blame.element).to_owned();
    let sheet = |item: &ItemBlame| {
        let rows = item.lines.iter().map(|line| {
            let moment = blame.moments.get(line.since);
            let since = match (line.since, moment) {
                (0, Some(first)) => style.with("blame-from-start", &[("snapshot", at(first))]),
                (_, Some(moment)) => at(moment),
                _ => String::new(),
            };
            let mut says = value(line.now.as_ref(), style);
            if line.deviates {
                says = format!("≠ {says}");
            }
            let mut how: Vec<String> = line
                .judgement
                .iter()
                .flat_map(|judgement| match (&line.before, &line.now) {
                    (Some(before), Some(now)) => show::between(judgement, [before, now], style),
                    _ => show::detail(judgement, style),
                })
                .collect();
            for (cases, key) in line.cases.iter().zip(["case-went", "case-came"]) {
                let said = |case: &String| style.with(&format!("happened-{key}"), &[("case", case.clone())]);
                how.extend(cases.iter().map(said));
            }
            vec![
                place(line.directory, &line.id, &line.name, style),
                says,
                since,
                moment.map(|moment| moment.message.clone()).unwrap_or_default(),
                match (&line.before, line.since) {
                    (None, _) => String::new(),
                    (before, _) => value(before.as_ref(), style),
                },
                how.join("\n"),
            ]
        });
        Sheet {
            title: self::item(&item.code, &item.name, item.handling.as_deref()),
            notes: phases(item, blame, style),
            common: common(&item.code, &item.name, item.handling.as_deref()),
            heads: vec![
                "col-region",
                "col-says-today",
                "col-since",
                "col-message",
                "col-before",
                "col-difference",
            ],
            rows: rows.collect(),
            ..Sheet::default()
        }
    };
    Page {
        title: style.with("history-blame-title", &[("element", element)]),
        notes: yardstick(blame.moments.iter(), style),
        charts: Vec::new(),
        sheets: blame.items.iter().map(sheet).collect(),
    }
}

/// How the regions stood to each other, and what they are held against.
fn phases(item: &ItemBlame, blame: &Blame, style: &Style<'_>) -> Vec<String> {
    let name = |id: &String| {
        let line = item.lines.iter().find(|line| line.id == *id);
        line.map_or_else(|| id.clone(), |line| place(line.directory, &line.id, &line.name, style))
    };
    let say = |at: usize, phase: &Phase| {
        let before = item.phases[..at].iter().any(|known| known.accord == phase.accord);
        let args = [
            ("from", nth(&blame.moments, phase.from)),
            ("to", nth(&blame.moments, phase.to)),
            ("start", if phase.from == 0 { "yes" } else { "no" }.to_owned()),
            (
                "today",
                if phase.to + 1 == blame.moments.len() {
                    "yes"
                } else {
                    "no"
                }
                .to_owned(),
            ),
            ("again", if before { "yes" } else { "no" }.to_owned()),
            ("by", phase.by.iter().map(name).collect::<Vec<_>>().join("、")),
            ("known", if phase.by.is_empty() { "no" } else { "yes" }.to_owned()),
        ];
        style.with(&format!("phase-{}", phase.accord.word()), &args)
    };
    let told: Vec<String> = item
        .phases
        .iter()
        .enumerate()
        .map(|(at, phase)| say(at, phase))
        .collect();
    let mut notes = vec![told.join(&style.text("phase-joint"))];
    if let (from, Some(normal)) = &item.reference
        && item.phases.last().is_some_and(|phase| phase.accord != Accord::Single)
    {
        let args = [
            ("from", style.text(&format!("blame-from-{}", from.word()))),
            ("value", show::shorten(normal, QUOTED)),
        ];
        notes.push(style.with("blame-reference", &args));
    }
    notes
}

fn convergence(found: &Convergence, style: &Style<'_>) -> Page {
    let names = |ids: &[String]| ids.iter().map(|id| style.element(id)).collect::<Vec<_>>().join("、");
    let row = |drift: &Drift| {
        vec![
            drift.code.clone(),
            show::item_name(&drift.name, drift.handling.as_deref()),
            index(drift.index[0]),
            index(drift.index[1]),
            moved(drift.index[0], drift.index[1]),
            names(&drift.converged),
            names(&drift.diverged),
        ]
    };
    let way = |less: bool| {
        let of = |drift: &&Drift| match (drift.index[0], drift.index[1]) {
            (Some(then), Some(now)) if less => now < then,
            (Some(then), Some(now)) => now > then,
            _ => false,
        };
        found.items.iter().filter(of).count().to_string()
    };
    let args = [
        ("from", at(&found.moments[0])),
        ("to", at(&found.moments[1])),
        ("then", index(found.index[0])),
        ("now", index(found.index[1])),
        ("items", found.compared.to_string()),
        ("converged", way(true)),
        ("diverged", way(false)),
    ];
    let mut notes = vec![style.with("convergence-sum", &args)];
    notes.extend(yardstick(found.moments.iter(), style));
    Page {
        title: style.with("history-convergence-title", &args),
        notes,
        charts: Vec::new(),
        sheets: vec![Sheet {
            heads: vec![
                "col-code",
                "col-item",
                "col-then",
                "col-now",
                "col-moved",
                "col-converged",
                "col-diverged",
            ],
            rows: found.items.iter().map(row).collect(),
            nothing: style.text("convergence-nothing"),
            ..Sheet::default()
        }],
    }
}

/// Since which snapshot an item is as it is.
fn touched(moments: &[Moment], since: Option<usize>, style: &Style<'_>) -> String {
    match since {
        Some(place) => nth(moments, place),
        None => style.with("blame-from-start", &[("snapshot", nth(moments, 0))]),
    }
}

fn stale_basis(found: &StaleBasis, style: &Style<'_>) -> Page {
    let rows = found.items.iter().map(|(since, basis)| {
        let args = [("by", basis.by.clone().unwrap_or_default())];
        vec![
            region(&basis.region, &basis.region_name).to_owned(),
            basis.code.clone(),
            basis.name.clone(),
            basis.citations.join("\n"),
            basis.law.clone(),
            match basis.fate {
                LawFate::Amended => style.text("basis-amended"),
                LawFate::Repealed => style.with("basis-repealed", &args),
            },
            basis.day.to_string(),
            touched(&found.moments, *since, style),
        ]
    });
    let mut items: Vec<_> = found
        .items
        .iter()
        .map(|(_, basis)| (&basis.region, &basis.code, &basis.name))
        .collect();
    items.dedup();
    let args = [("count", items.len().to_string()), ("all", found.all.to_string())];
    Page {
        title: style.text("history-stale-basis-title"),
        notes: std::iter::once(style.with("stale-basis-sum", &args))
            .chain(yardstick(found.moments.iter(), style))
            .collect(),
        charts: Vec::new(),
        sheets: vec![Sheet {
            heads: vec![
                "col-region",
                "col-code",
                "col-item",
                "col-citation",
                "col-law",
                "col-basis-fate",
                "col-basis-day",
                "col-since",
            ],
            rows: rows.collect(),
            ..Sheet::default()
        }],
    }
}

fn stale(stale: &Stale, style: &Style<'_>) -> Page {
    let rows = stale.items.iter().map(|item| {
        let since = touched(&stale.moments, item.since, style);
        vec![
            region(&item.region, &item.region_name).to_owned(),
            item.code.clone(),
            item.name.clone(),
            since,
        ]
    });
    let args = [
        ("day", stale.day.clone()),
        ("first", nth(&stale.moments, 0)),
        ("count", stale.items.len().to_string()),
        ("all", stale.all.to_string()),
    ];
    Page {
        title: style.with("history-stale-title", &args),
        notes: std::iter::once(style.with(if stale.unknown { "stale-unknown" } else { "stale-sum" }, &args))
            .chain(yardstick(stale.moments.iter(), style))
            .collect(),
        charts: Vec::new(),
        sheets: vec![Sheet {
            heads: vec!["col-region", "col-code", "col-item", "col-since"],
            rows: rows.collect(),
            ..Sheet::default()
        }],
    }
}

/// The words of [`Fared`] are columns here.
const _: () = assert!(TALLY.len() == Fared::ALL.len());
