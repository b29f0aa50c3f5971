//! The normal forms on the wire, each with its parts, and the spelling beside it.
//!
//! Must not know where they come from. Fields are added, never changed.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::json;

use crate::model::{
    Amount, Choice, Citation, Clauses, Connector, Cut, Duration, FeeItem, Fees, GuideElement, GuideValue, Material,
    Name, Outcome, Span, Step, TimeUnit, UnknownWhy, Value,
};

/// An element of a guide: `state`, `spelling`, `raw` where the normal form does not hold it, and the typed `value`.
pub(super) struct Said<'a>(pub &'a GuideElement, pub &'a GuideValue<'a>);

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Said(element, said) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &element.title)?;
        map.serialize_entry("state", state(said.value))?;
        map.serialize_entry("spelling", &said.value.spelling())?;
        if let Some(raw) = &said.raw {
            map.serialize_entry("raw", raw)?;
        }
        map.serialize_entry("kind", kind(said.value))?;
        map.serialize_entry("value", &Typed(said.value))?;
        map.end()
    }
}

/// What is known of a value: `said`, `unsaid`, `unknown`, or `cut` where the text stops before its end.
fn state(value: &Value) -> &'static str {
    match value {
        Value::Empty => "unsaid",
        Value::Unknown(..) => "unknown",
        value if value.cut_off() => "cut",
        _ => "said",
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Empty => "none",
        Value::Unknown(..) | Value::Text(_) => "text",
        Value::Name(_) => "name",
        Value::Code(_) => "code",
        Value::Choice(_) => "choice",
        Value::Choices(_) => "choices",
        Value::Citations(_) => "citations",
        Value::Clauses(_) => "clauses",
        Value::Materials(_) => "materials",
        Value::Steps(_) => "steps",
        Value::Duration(_) => "duration",
        Value::Fees(_) => "fees",
        Value::Outcomes(_) => "outcomes",
        Value::Count(_) => "count",
        Value::Several(_) => "several",
    }
}

struct Typed<'a>(&'a Value);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn list<S: Serializer, T>(
            serializer: S,
            items: &[T],
            wire: impl Fn(&T) -> serde_json::Value,
        ) -> Result<S::Ok, S::Error> {
            let mut list = serializer.serialize_seq(Some(items.len()))?;
            for item in items {
                list.serialize_element(&Plain(&wire(item)))?;
            }
            list.end()
        }
        let one = match self.0 {
            Value::Empty => serde_json::Value::Null,
            Value::Unknown(why, text) => {
                let why = match why {
                    UnknownWhy::Refers => "refers",
                    UnknownWhy::Unreadable => "unreadable",
                };
                json!({"why": why, "text": text})
            }
            Value::Name(it) => name(it),
            Value::Code(code) => json!({"system": code.system(), "basic": code.basic()}),
            Value::Choice(it) => choice(it),
            Value::Clauses(it) => clauses(it),
            Value::Duration(it) => duration(it),
            Value::Fees(Fees::None) => json!({"charged": false, "items": []}),
            Value::Fees(Fees::Charged(items)) => {
                json!({"charged": true, "items": items.iter().map(fee).collect::<Vec<_>>()})
            }
            Value::Count(n) => json!(n),
            Value::Text(text) => json!(text),
            Value::Choices(items) => return list(serializer, items, choice),
            Value::Citations(items) => return list(serializer, items, citation),
            Value::Materials(items) => return list(serializer, items, material),
            Value::Steps(items) => return list(serializer, items, step),
            Value::Outcomes(items) => return list(serializer, items, outcome),
            Value::Several(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Typed(value))?;
                }
                return list.end();
            }
        };
        Plain(&one).serialize(serializer)
    }
}

/// A value of `serde_json` whose numbers are plain numbers: with the digits that `arbitrary_precision` keeps they would be records for
/// whoever is not `serde_json`, such as templates.
struct Plain<'a>(&'a serde_json::Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            serde_json::Value::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(whole), _) => serializer.serialize_i64(whole),
                (None, Some(number)) => serializer.serialize_f64(number),
                (None, None) => serializer.serialize_str(&n.to_string()),
            },
            serde_json::Value::Array(items) => serializer.collect_seq(items.iter().map(Plain)),
            serde_json::Value::Object(map) => {
                serializer.collect_map(map.iter().map(|(key, value)| (key, Plain(value))))
            }
            other => other.serialize(serializer),
        }
    }
}

fn name(it: &Name) -> serde_json::Value {
    json!({"item": it.item, "main": it.main, "case": it.case, "level": it.level, "remarks": it.remarks})
}

fn choice(it: &Choice) -> serde_json::Value {
    json!({"code": it.code, "name": it.name})
}

fn citation(it: &Citation) -> serde_json::Value {
    json!({
        "title": it.title, "number": it.number, "part": it.part,
        "article": it.article.map(|article| article.to_string()), "to": it.to.map(|article| article.to_string()),
        "paragraph": it.paragraph, "item": it.item, "point": it.point, "version": it.version, "said": it.said,
        "label": it.label, "quote": it.quote, "spelling": it.to_string(),
    })
}

/// How many of the clauses must hold: `all`, `any`, or a number.
fn connector(it: Connector) -> serde_json::Value {
    match it {
        Connector::All => json!("all"),
        Connector::Any => json!("any"),
        Connector::AtLeast(n) => json!(n),
    }
}

fn clauses(it: &Clauses) -> serde_json::Value {
    let items: Vec<_> = it
        .items
        .iter()
        .map(|clause| json!({"text": clause.text, "depth": clause.depth, "of": connector(clause.of)}))
        .collect();
    let cut = match it.cut {
        Cut::No => "no",
        Cut::Suspected => "suspected",
        Cut::Certain => "certain",
    };
    json!({"of": connector(it.connector), "items": items, "cut": cut})
}

fn material(it: &Material) -> serde_json::Value {
    let form = &it.form;
    let forms = [
        (form.original, "original"),
        (form.copy, "copy"),
        (form.either, "either"),
        (form.shown, "shown"),
        (form.kept, "kept"),
        (form.paper, "paper"),
        (form.electronic, "electronic"),
        (form.sealed, "sealed"),
        (form.signed, "signed"),
    ];
    let forms: Vec<&str> = forms.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
    json!({
        "name": it.name, "or": it.or, "form": forms, "originals": it.originals, "copies": it.copies,
        "sheets": it.sheets, "sets": it.sets, "necessity": it.necessity.word(), "source": it.source,
        "in_person": it.in_person, "when": it.when, "remark": it.remark, "spelling": it.to_string(),
    })
}

fn step(it: &Step) -> serde_json::Value {
    json!({
        "name": it.name, "days": it.days.as_ref().map(duration), "special": it.special, "apart": it.apart,
        "spelling": it.to_string(),
    })
}

fn amount(it: Amount) -> serde_json::Value {
    let text = it.to_string();
    text.parse::<i64>()
        .map(|n| json!(n))
        .or_else(|_| text.parse::<f64>().map(|n| json!(n)))
        .unwrap_or(serde_json::Value::Null)
}

fn span(it: Option<Span>) -> [serde_json::Value; 2] {
    it.map_or([serde_json::Value::Null, serde_json::Value::Null], |it| {
        [amount(it.low), amount(it.high)]
    })
}

/// The word of a unit of time.
fn unit(it: TimeUnit) -> &'static str {
    match it {
        TimeUnit::WorkingDay => "working-day",
        TimeUnit::CalendarDay => "calendar-day",
        TimeUnit::Day => "day",
        TimeUnit::SameDay => "same-day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Year => "year",
        TimeUnit::Hour => "hour",
        TimeUnit::Minute => "minute",
    }
}

fn duration(it: &Duration) -> serde_json::Value {
    let [low, high] = span(it.span);
    let extension = it.extension.as_ref().map(|by| match by {
        Some((by, of)) => {
            let [low, high] = span(Some(*by));
            json!({"low": low, "high": high, "unit": unit(*of)})
        }
        None => json!({"low": null, "high": null, "unit": null}),
    });
    json!({
        "low": low, "high": high, "unit": unit(it.unit), "limited": it.span.is_some(), "immediate": it.immediate(),
        "start": it.start, "excludes": it.excludes, "uncounted": it.uncounted, "extension": extension,
        "spelling": it.to_string(),
    })
}

fn fee(it: &FeeItem) -> serde_json::Value {
    let [low, high] = span(it.amount);
    let reductions: Vec<_> = it
        .reductions
        .iter()
        .map(|less| json!({"who": less.who, "much": less.much}))
        .collect();
    json!({
        "name": it.name, "low": low, "high": high, "per": it.per, "text": it.text, "reductions": reductions,
        "basis": it.basis.iter().map(citation).collect::<Vec<_>>(), "spelling": it.to_string(),
    })
}

fn outcome(it: &Outcome) -> serde_json::Value {
    json!({"name": it.name, "kind": it.kind, "spelling": it.to_string()})
}
