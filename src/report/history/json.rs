//! History as JSON: `tongban-log/1`, `tongban-life/1`, `tongban-blame/1`, `tongban-convergence/1`, `tongban-stale/1`. Snapshots are told
//! by their numbers, the oldest first; nothing depends on the language.
//!
//! Must not compute.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::super::Style;
use super::super::json::{WirePlace, detail, emit, place, round};
use crate::model::{
    Blame, Convergence, DiffSide, Fared, Happening, History, Judgement, Life, Log, Moment, Stale, StaleBasis, Tally,
};

/// Writes it.
pub(in crate::report) fn write(history: &History, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut wire = match history {
        History::Log(log) => self::log(log),
        History::Life(life) => self::life(life),
        History::Blame(blame) => self::blame(blame),
        History::Convergence(convergence) => self::convergence(convergence),
        History::Stale(stale) => self::stale(stale),
        History::StaleBasis(found) => stale_basis(found),
    };
    if let Value::Object(wire) = &mut wire {
        wire.insert("profile".to_owned(), style.profile.into());
    }
    emit(&wire, out)
}

fn moment(moment: &Moment) -> Map<String, Value> {
    let mut wire = Map::new();
    wire.insert("snapshot".to_owned(), moment.number.into());
    wire.insert("time".to_owned(), moment.time.as_str().into());
    wire.insert("message".to_owned(), moment.message.as_str().into());
    // What of the yardstick was another one when it was saved.
    wire.insert("other".to_owned(), moment.other.clone().into());
    wire
}

fn moments(all: &[Moment]) -> Value {
    all.iter().map(moment).collect::<Vec<_>>().into()
}

fn number(moments: &[Moment], at: usize) -> Value {
    moments.get(at).map_or(Value::Null, |moment| moment.number.into())
}

fn index(value: Option<f64>) -> Value {
    value.map_or(Value::Null, |value| round(value).into())
}

fn tally(tally: &Tally) -> Map<String, Value> {
    let words = Fared::ALL.iter().map(|fared| fared.word().to_owned());
    words.zip(tally.iter().map(|&count| count.into())).collect()
}

fn log(log: &Log) -> Value {
    let entries = log.entries.iter().map(|entry| {
        let mut wire = moment(&entry.moment);
        wire.insert("rows".to_owned(), entry.rows.into());
        wire.insert("items_compared".to_owned(), entry.items.into());
        wire.insert("index".to_owned(), index(entry.index));
        wire.insert("items".to_owned(), tally(&entry.tally).into());
        wire.insert("directory".to_owned(), tally(&entry.directory).into());
        let changes = entry.changes.items.iter().map(|change| {
            json!({
                "region": change.region, "directory": change.directory, "code": change.code, "name": change.name,
                "handling": change.handling, "what": change.fared.word(), "from": change.from, "elements": change.elements,
            })
        });
        wire.insert("changes".to_owned(), changes.collect());
        let changes = entry.changes.regions.iter().map(|change| {
            json!({
                "region": change.region, "name": change.name, "what": if change.came { "came" } else { "went" }, "rows": change.rows,
            })
        });
        wire.insert("region_changes".to_owned(), changes.collect());
        let regions = entry.regions.iter().map(|region| {
            json!({
                "region": log.regions.get(region.region).map(|(id, _)| id), "index": round(region.index), "items": tally(&region.tally),
            })
        });
        wire.insert("regions".to_owned(), regions.collect());
        let elements = log.elements.iter().zip(&entry.elements);
        let elements = elements.map(|(id, value)| json!({ "element": id, "index": index(*value) }));
        wire.insert("elements".to_owned(), elements.collect());
        Value::Object(wire)
    });
    let regions = log.regions.iter().map(|(id, name)| json!({ "id": id, "name": name }));
    json!({
        "format": "tongban-log/1", "variances": log.variances, "decisions": log.decisions, "regions": regions.collect::<Vec<_>>(), "snapshots": entries.collect::<Vec<_>>(),
    })
}

fn side(side: &DiffSide) -> Value {
    let place: WirePlace<'_> = place(&side.place);
    json!({ "raw": side.raw.raw, "normal": side.normal, "place": place })
}

fn judgement(judgement: &Judgement) -> Value {
    json!({ "verdict": judgement.verdict.word(), "why": judgement.why.word(), "detail": detail(judgement) })
}

fn life(life: &Life) -> Value {
    let items = life.items.iter().map(|item| {
        let regions = item.regions.iter().map(|region| {
            let events = region.events.iter().map(|(at, happening)| {
                let snapshot = number(&life.moments, *at);
                match happening {
                    Happening::Came => json!({ "snapshot": snapshot, "what": "came", "from_start": *at == 0 }),
                    Happening::Went => json!({ "snapshot": snapshot, "what": "went" }),
                    Happening::Recoded { from, to } => {
                        json!({ "snapshot": snapshot, "what": "recoded", "from": from, "to": to })
                    }
                    Happening::Case { case, came } => json!({
                        "snapshot": snapshot, "what": if *came { "case_came" } else { "case_went" }, "handling": case,
                    }),
                    Happening::Changed {
                        handling,
                        element,
                        judgement: how,
                        sides,
                    } => json!({
                        "snapshot": snapshot, "what": "changed", "handling": handling, "element": element, "difference": judgement(how),
                        "before": side(&sides[0]), "now": side(&sides[1]),
                    }),
                }
            });
            json!({
                "region": region.id, "name": region.name, "directory": region.directory, "events": events.collect::<Vec<_>>(),
            })
        });
        json!({
            "code": item.code, "name": item.name, "handling": item.handling, "regions": regions.collect::<Vec<_>>(),
        })
    });
    json!({ "format": "tongban-life/1", "snapshots": moments(&life.moments), "items": items.collect::<Vec<_>>() })
}

fn blame(blame: &Blame) -> Value {
    let items = blame.items.iter().map(|item| {
        let lines = item.lines.iter().map(|line| {
            json!({
                "region": line.id, "name": line.name, "directory": line.directory, "now": line.now.as_ref().map(side),
                "since": number(&blame.moments, line.since), "from_start": line.since == 0,
                "before": line.before.as_ref().map(side), "difference": line.judgement.as_ref().map(judgement),
                "cases_went": line.cases[0], "cases_came": line.cases[1], "deviates": line.deviates,
            })
        });
        let phases = item.phases.iter().map(|phase| {
            json!({
                "accord": phase.accord.word(), "from": number(&blame.moments, phase.from), "to": number(&blame.moments, phase.to),
                "by": phase.by,
            })
        });
        json!({
            "code": item.code, "name": item.name, "handling": item.handling,
            "reference": { "from": item.reference.0.word(), "normal": item.reference.1 },
            "regions": lines.collect::<Vec<_>>(), "phases": phases.collect::<Vec<_>>(),
        })
    });
    json!({
        "format": "tongban-blame/1", "element": blame.element, "snapshots": moments(&blame.moments), "items": items.collect::<Vec<_>>(),
    })
}

fn convergence(found: &Convergence) -> Value {
    let items = found.items.iter().map(|drift| {
        json!({
            "code": drift.code, "name": drift.name, "handling": drift.handling,
            "index": drift.index.map(index), "converged": drift.converged, "diverged": drift.diverged,
        })
    });
    json!({
        "format": "tongban-convergence/1", "snapshots": moments(&found.moments), "index": found.index.map(index),
        "items_compared": found.compared, "items": items.collect::<Vec<_>>(),
    })
}

fn stale(stale: &Stale) -> Value {
    let items = stale.items.iter().map(|item| {
        json!({
            "region": item.region, "code": item.code, "name": item.name,
            "since": number(&stale.moments, item.since.unwrap_or(0)), "from_start": item.since.is_none(),
        })
    });
    json!({
        "format": "tongban-stale/1", "day": stale.day, "unknown": stale.unknown, "snapshots": moments(&stale.moments), "items_in_all": stale.all,
        "items": items.collect::<Vec<_>>(),
    })
}

fn stale_basis(found: &StaleBasis) -> Value {
    let items = found.items.iter().map(|(since, basis)| {
        json!({
            "region": basis.region, "code": basis.code, "name": basis.name, "citations": basis.citations, "law": basis.law,
            "what": basis.fate.word(), "day": basis.day.to_string(), "by": basis.by,
            "since": number(&found.moments, since.unwrap_or(0)), "from_start": since.is_none(),
        })
    });
    json!({
        "format": "tongban-stale-basis/1", "snapshots": moments(&found.moments), "items_all": found.all, "items": items.collect::<Vec<_>>(),
    })
}
