//! History as JSON: `tongban-log/1`, `tongban-life/1`, `tongban-blame/1`, `tongban-convergence/1`, `tongban-stale/1`,
//! `tongban-stale-basis/1`. Snapshots are told by their numbers, the oldest first; nothing depends on the language.
//!
//! Must not compute.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Style;
use super::super::json::{WireDetail, WirePlace, detail, emit, place, round};
use crate::model::{
    Accord, Blame, Convergence, DiffSide, Fared, Happening, History, Judgement, LawFate, Life, Log, Moment,
    ReferenceFrom, Stale, StaleBasis, Tally, Verdict, Why,
};

/// Writes it.
pub(in crate::report) fn write(history: &History, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let profile = style.profile;
    match history {
        History::Log(log) => emit(&self::log(log, profile), out),
        History::Life(life) => emit(&self::life(life, profile), out),
        History::Blame(blame) => emit(&self::blame(blame, profile), out),
        History::Convergence(convergence) => emit(&self::convergence(convergence, profile), out),
        History::Stale(stale) => emit(&self::stale(stale, profile), out),
        History::StaleBasis(found) => emit(&stale_basis(found, profile), out),
    }
}

/// A snapshot.
#[derive(Serialize, JsonSchema)]
struct WireMoment<'a> {
    /// Its number.
    snapshot: u32,
    /// Day and time in UTC, as `2026-11-01 08:30:00Z`.
    time: &'a str,
    message: &'a str,
    /// What of the yardstick (`profile`, `vocabulary`, `rules`) was another one when it was saved.
    other: &'a [&'static str],
}

fn moment(moment: &Moment) -> WireMoment<'_> {
    WireMoment {
        snapshot: moment.number,
        time: &moment.time,
        message: &moment.message,
        other: &moment.other,
    }
}

fn moments(all: &[Moment]) -> Vec<WireMoment<'_>> {
    all.iter().map(moment).collect()
}

fn number(moments: &[Moment], at: usize) -> Option<u32> {
    moments.get(at).map(|moment| moment.number)
}

/// How many items fared how since the snapshot before.
#[derive(Serialize, JsonSchema)]
struct WireTally {
    added: usize,
    dropped: usize,
    recoded: usize,
    changed: usize,
    notation: usize,
}

fn tally(tally: &Tally) -> WireTally {
    let of = |fared: Fared| tally[fared as usize];
    WireTally {
        added: of(Fared::Added),
        dropped: of(Fared::Dropped),
        recoded: of(Fared::Recoded),
        changed: of(Fared::Changed),
        notation: of(Fared::Notation),
    }
}

/// All snapshots (`tongban log`).
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireLog<'a> {
    #[schemars(extend("const" = "tongban-log/1"))]
    format: &'static str,
    /// How many variances of today were laid to all snapshots.
    variances: usize,
    /// How many decisions on pairs of today.
    decisions: usize,
    /// All regions that there were.
    regions: Vec<WireRegion<'a>>,
    /// The oldest first.
    snapshots: Vec<WireEntry<'a>>,
    /// The profile's id.
    profile: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireEntry<'a> {
    #[serde(flatten)]
    moment: WireMoment<'a>,
    rows: usize,
    /// Items that at least two regions handle.
    items_compared: usize,
    /// The uniformity index; null where no two regions speak of one item.
    #[schemars(range(min = 0, max = 1))]
    index: Option<f64>,
    /// Of regions that both have.
    items: WireTally,
    /// Of the directory.
    directory: WireTally,
    changes: Vec<WireItemChange<'a>>,
    /// Regions that came or went: their items are not told one by one.
    region_changes: Vec<WireRegionChange<'a>>,
    regions: Vec<WireRegionMoment<'a>>,
    elements: Vec<WireElementMoment<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireRegionChange<'a> {
    region: &'a str,
    name: &'a str,
    #[schemars(extend("enum" = ["came", "went"]))]
    what: &'static str,
    rows: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireItemChange<'a> {
    region: &'a str,
    /// Whether it is an item of the directory.
    directory: bool,
    /// The code; of what was recoded the new one.
    code: &'a str,
    name: &'a str,
    /// The case, where it is one handling item of several.
    handling: Option<&'a str>,
    #[schemars(extend("enum" = Fared::ALL.map(Fared::word)))]
    what: &'static str,
    /// The code that it had before, where it was recoded.
    from: Option<&'a str>,
    /// The elements that say something else; of other notation those that are written otherwise.
    elements: &'a [String],
}

#[derive(Serialize, JsonSchema)]
struct WireRegionMoment<'a> {
    region: Option<&'a str>,
    /// The share of its cells that deviate.
    #[schemars(range(min = 0, max = 1))]
    index: f64,
    items: WireTally,
}

#[derive(Serialize, JsonSchema)]
struct WireElementMoment<'a> {
    element: &'a str,
    #[schemars(range(min = 0, max = 1))]
    index: Option<f64>,
}

fn log<'a>(log: &'a Log, profile: &'a str) -> WireLog<'a> {
    let entries = log.entries.iter().map(|entry| {
        let changes = entry.changes.items.iter().map(|change| WireItemChange {
            region: &change.region,
            directory: change.directory,
            handling: change.handling.as_deref(),
            code: &change.code,
            name: &change.name,
            what: change.fared.word(),
            from: change.from.as_deref(),
            elements: &change.elements,
        });
        let came_and_went = entry.changes.regions.iter().map(|change| WireRegionChange {
            region: &change.region,
            name: &change.name,
            what: if change.came { "came" } else { "went" },
            rows: change.rows,
        });
        let regions = entry.regions.iter().map(|region| WireRegionMoment {
            region: log.regions.get(region.region).map(|(id, _)| id.as_str()),
            index: round(region.index),
            items: tally(&region.tally),
        });
        let elements = log.elements.iter().zip(&entry.elements);
        let elements = elements.map(|(element, index)| WireElementMoment {
            element,
            index: index.map(round),
        });
        WireEntry {
            moment: moment(&entry.moment),
            rows: entry.rows,
            items_compared: entry.items,
            index: entry.index.map(round),
            items: tally(&entry.tally),
            directory: tally(&entry.directory),
            changes: changes.collect(),
            region_changes: came_and_went.collect(),
            regions: regions.collect(),
            elements: elements.collect(),
        }
    });
    WireLog {
        format: "tongban-log/1",
        variances: log.variances,
        decisions: log.decisions,
        regions: log.regions.iter().map(|(id, name)| WireRegion { id, name }).collect(),
        snapshots: entries.collect(),
        profile,
    }
}

/// What is said, and where.
#[derive(Serialize, JsonSchema)]
struct WireSide<'a> {
    raw: &'a str,
    /// The canonical spelling of the normal form.
    normal: &'a str,
    place: WirePlace<'a>,
}

fn side(side: &DiffSide) -> WireSide<'_> {
    WireSide {
        raw: &side.raw.raw,
        normal: &side.normal,
        place: place(&side.place),
    }
}

/// How what is said stands to what was said before.
#[derive(Serialize, JsonSchema)]
struct WireJudgement<'a> {
    #[schemars(extend("enum" = Verdict::ALL.map(Verdict::word)))]
    verdict: &'static str,
    #[schemars(extend("enum" = Why::ALL.map(Why::word)))]
    why: &'static str,
    detail: WireDetail<'a>,
}

fn judgement(judgement: &Judgement) -> WireJudgement<'_> {
    WireJudgement {
        verdict: judgement.verdict.word(),
        why: judgement.why.word(),
        detail: detail(judgement),
    }
}

/// The life of items (`tongban log --item`).
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireLife<'a> {
    #[schemars(extend("const" = "tongban-life/1"))]
    format: &'static str,
    /// The oldest first.
    snapshots: Vec<WireMoment<'a>>,
    items: Vec<WireItemLife<'a>>,
    /// The profile's id.
    profile: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireItemLife<'a> {
    code: &'a str,
    name: &'a str,
    /// The case of the handling item; null where the item is looked at whole.
    handling: Option<&'a str>,
    regions: Vec<WireRegionLife<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireRegionLife<'a> {
    region: &'a str,
    name: &'a str,
    directory: bool,
    /// What happened, the oldest first.
    events: Vec<WireEvent<'a>>,
}

/// What happened, told by `what`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum WireEvent<'a> {
    Came {
        snapshot: Option<u32>,
        #[schemars(extend("const" = "came"))]
        what: &'static str,
        /// It was there in the first snapshot.
        from_start: bool,
    },
    Went {
        snapshot: Option<u32>,
        #[schemars(extend("const" = "went"))]
        what: &'static str,
    },
    Recoded {
        snapshot: Option<u32>,
        #[schemars(extend("const" = "recoded"))]
        what: &'static str,
        from: &'a str,
        to: &'a str,
    },
    Case {
        snapshot: Option<u32>,
        #[schemars(extend("enum" = ["case_came", "case_went"]))]
        what: &'static str,
        /// The case.
        handling: &'a str,
    },
    Changed {
        snapshot: Option<u32>,
        #[schemars(extend("const" = "changed"))]
        what: &'static str,
        /// The case, where the item is looked at whole and the region divides it.
        handling: Option<&'a str>,
        element: &'a str,
        difference: Box<WireJudgement<'a>>,
        before: Box<WireSide<'a>>,
        now: Box<WireSide<'a>>,
    },
}

fn event<'a>(life: &'a Life, at: usize, happening: &'a Happening) -> WireEvent<'a> {
    let snapshot = number(&life.moments, at);
    match happening {
        Happening::Came => WireEvent::Came {
            snapshot,
            what: "came",
            from_start: at == 0,
        },
        Happening::Went => WireEvent::Went { snapshot, what: "went" },
        Happening::Recoded { from, to } => WireEvent::Recoded {
            snapshot,
            what: "recoded",
            from,
            to,
        },
        Happening::Case { case, came } => WireEvent::Case {
            snapshot,
            what: if *came { "case_came" } else { "case_went" },
            handling: case,
        },
        Happening::Changed {
            handling,
            element,
            judgement: how,
            sides,
        } => WireEvent::Changed {
            snapshot,
            what: "changed",
            handling: handling.as_deref(),
            element,
            difference: Box::new(judgement(how)),
            before: Box::new(side(&sides[0])),
            now: Box::new(side(&sides[1])),
        },
    }
}

fn life<'a>(life: &'a Life, profile: &'a str) -> WireLife<'a> {
    let items = life.items.iter().map(|item| {
        let regions = item.regions.iter().map(|region| WireRegionLife {
            region: &region.id,
            name: &region.name,
            directory: region.directory,
            events: (region.events.iter())
                .map(|(at, happening)| event(life, *at, happening))
                .collect(),
        });
        WireItemLife {
            code: &item.code,
            name: &item.name,
            handling: item.handling.as_deref(),
            regions: regions.collect(),
        }
    });
    WireLife {
        format: "tongban-life/1",
        snapshots: moments(&life.moments),
        items: items.collect(),
        profile,
    }
}

/// Who says what, and since when (`tongban blame`).
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireBlame<'a> {
    #[schemars(extend("const" = "tongban-blame/1"))]
    format: &'static str,
    /// The element's id.
    element: &'a str,
    /// The oldest first.
    snapshots: Vec<WireMoment<'a>>,
    items: Vec<WireItemBlame<'a>>,
    /// The profile's id.
    profile: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireItemBlame<'a> {
    code: &'a str,
    name: &'a str,
    handling: Option<&'a str>,
    reference: WireReference<'a>,
    regions: Vec<WireLine<'a>>,
    /// How regions stood to each other, the oldest first.
    phases: Vec<WirePhase<'a>>,
}

/// What regions are held against in the latest snapshot.
#[derive(Serialize, JsonSchema)]
struct WireReference<'a> {
    #[schemars(extend("enum" = ReferenceFrom::ALL.map(ReferenceFrom::word)))]
    from: &'static str,
    normal: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct WireLine<'a> {
    region: &'a str,
    name: &'a str,
    directory: bool,
    /// What it says in the latest snapshot; null where it does not have the item any more.
    now: Option<WireSide<'a>>,
    /// Since which snapshot it says so, or does not have the item.
    since: Option<u32>,
    /// It was so in the first snapshot.
    from_start: bool,
    before: Option<WireSide<'a>>,
    difference: Option<WireJudgement<'a>>,
    /// Cases that went with the change, where the item is looked at whole.
    cases_went: &'a [String],
    /// Cases that came with it.
    cases_came: &'a [String],
    /// Whether it deviates from the reference today.
    deviates: bool,
}

/// Snapshots one after the other in which regions stand to each other alike.
#[derive(Serialize, JsonSchema)]
struct WirePhase<'a> {
    #[schemars(extend("enum" = Accord::ALL.map(Accord::word)))]
    accord: &'static str,
    /// The first snapshot.
    from: Option<u32>,
    /// The last.
    to: Option<u32>,
    /// Of a split, the regions that made it.
    by: &'a [String],
}

fn blame<'a>(blame: &'a Blame, profile: &'a str) -> WireBlame<'a> {
    let items = blame.items.iter().map(|item| {
        let lines = item.lines.iter().map(|line| WireLine {
            region: &line.id,
            name: &line.name,
            directory: line.directory,
            now: line.now.as_ref().map(side),
            since: number(&blame.moments, line.since),
            from_start: line.since == 0,
            before: line.before.as_ref().map(side),
            difference: line.judgement.as_ref().map(judgement),
            cases_went: &line.cases[0],
            cases_came: &line.cases[1],
            deviates: line.deviates,
        });
        let phases = item.phases.iter().map(|phase| WirePhase {
            accord: phase.accord.word(),
            from: number(&blame.moments, phase.from),
            to: number(&blame.moments, phase.to),
            by: &phase.by,
        });
        WireItemBlame {
            code: &item.code,
            name: &item.name,
            handling: item.handling.as_deref(),
            reference: WireReference {
                from: item.reference.0.word(),
                normal: item.reference.1.as_deref(),
            },
            regions: lines.collect(),
            phases: phases.collect(),
        }
    });
    WireBlame {
        format: "tongban-blame/1",
        element: &blame.element,
        snapshots: moments(&blame.moments),
        items: items.collect(),
        profile,
    }
}

/// Two snapshots (`tongban log --between`); of each pair the older comes first.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireConvergence<'a> {
    #[schemars(extend("const" = "tongban-convergence/1"))]
    format: &'static str,
    snapshots: Vec<WireMoment<'a>>,
    index: [Option<f64>; 2],
    /// How many items are compared in both.
    items_compared: usize,
    /// The items whose index is another one, those that diverged most first.
    items: Vec<WireDrift<'a>>,
    /// The profile's id.
    profile: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireDrift<'a> {
    code: &'a str,
    name: &'a str,
    handling: Option<&'a str>,
    /// Its index then and now; null where it is not compared.
    index: [Option<f64>; 2],
    /// The elements in which it became more uniform.
    converged: &'a [String],
    /// The elements in which it became less.
    diverged: &'a [String],
}

fn convergence<'a>(found: &'a Convergence, profile: &'a str) -> WireConvergence<'a> {
    let index = |pair: [Option<f64>; 2]| pair.map(|index| index.map(round));
    let items = found.items.iter().map(|drift| WireDrift {
        code: &drift.code,
        name: &drift.name,
        handling: drift.handling.as_deref(),
        index: index(drift.index),
        converged: &drift.converged,
        diverged: &drift.diverged,
    });
    WireConvergence {
        format: "tongban-convergence/1",
        snapshots: moments(&found.moments),
        index: index(found.index),
        items_compared: found.compared,
        items: items.collect(),
        profile,
    }
}

/// What was not changed for long (`tongban log --stale`).
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireStale<'a> {
    #[schemars(extend("const" = "tongban-stale/1"))]
    format: &'static str,
    /// The day since which nothing changed, as `2026-11-01`.
    day: &'a str,
    /// Whether the day is before the first snapshot: what was changed between the two is not known.
    unknown: bool,
    /// The oldest first.
    snapshots: Vec<WireMoment<'a>>,
    /// How many items of regions there are in the latest snapshot.
    items_in_all: usize,
    items: Vec<WireStaleItem<'a>>,
    /// The profile's id.
    profile: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireStaleItem<'a> {
    region: &'a str,
    code: &'a str,
    name: &'a str,
    /// The snapshot in which it last changed or came.
    since: Option<u32>,
    /// It is as it was in the first snapshot.
    from_start: bool,
}

fn stale<'a>(stale: &'a Stale, profile: &'a str) -> WireStale<'a> {
    let items = stale.items.iter().map(|item| WireStaleItem {
        region: &item.region,
        code: &item.code,
        name: &item.name,
        since: number(&stale.moments, item.since.unwrap_or(0)),
        from_start: item.since.is_none(),
    });
    WireStale {
        format: "tongban-stale/1",
        day: &stale.day,
        unknown: stale.unknown,
        snapshots: moments(&stale.moments),
        items_in_all: stale.all,
        items: items.collect(),
        profile,
    }
}

/// What was not changed since its basis was (`tongban log --stale-basis`).
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireStaleBasis<'a> {
    #[schemars(extend("const" = "tongban-stale-basis/1"))]
    format: &'static str,
    /// The oldest first.
    snapshots: Vec<WireMoment<'a>>,
    /// How many items of regions there are in the latest snapshot.
    items_all: usize,
    /// An item once for each law.
    items: Vec<WireStaleBasisItem<'a>>,
    /// The profile's id.
    profile: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireStaleBasisItem<'a> {
    region: &'a str,
    code: &'a str,
    name: &'a str,
    /// How it cites the law.
    citations: &'a [String],
    /// The canonical title of the law.
    law: &'a str,
    #[schemars(extend("enum" = LawFate::ALL.map(LawFate::word)))]
    what: &'static str,
    /// Since when the change of the law counts, as `2026-11-01`.
    day: String,
    /// The law that repealed it.
    by: Option<&'a str>,
    /// The snapshot in which the item last changed or came.
    since: Option<u32>,
    /// It is as it was in the first snapshot.
    from_start: bool,
}

fn stale_basis<'a>(found: &'a StaleBasis, profile: &'a str) -> WireStaleBasis<'a> {
    let items = found.items.iter().map(|(since, basis)| WireStaleBasisItem {
        region: &basis.region,
        code: &basis.code,
        name: &basis.name,
        citations: &basis.citations,
        law: &basis.law,
        what: basis.fate.word(),
        day: basis.day.to_string(),
        by: basis.by.as_deref(),
        since: number(&found.moments, since.unwrap_or(0)),
        from_start: since.is_none(),
    });
    WireStaleBasis {
        format: "tongban-stale-basis/1",
        snapshots: moments(&found.moments),
        items_all: found.all,
        items: items.collect(),
        profile,
    }
}
