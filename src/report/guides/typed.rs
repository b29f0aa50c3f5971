//! The normal forms on the wire, each with its parts, and the spelling beside it.
//!
//! Must not know where they come from. Fields are added, never changed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Amount, Choice, Citation, Clauses, Connector, Cut, Duration, FeeItem, Fees, GuideElement, GuideValue, Material,
    Name, Necessity, Outcome, Span, Step, TimeUnit, UnknownWhy, Value,
};

/// An element of a guide.
#[derive(Serialize, JsonSchema)]
pub(super) struct Said<'a> {
    /// The Chinese name of the element.
    title: &'a str,
    #[schemars(extend("enum" = STATES))]
    state: &'static str,
    /// The canonical spelling of the normal form.
    spelling: String,
    /// The text as it stands in the list, where the normal form does not hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a str>,
    /// Of which kind `value` is.
    #[schemars(extend("enum" = KINDS))]
    kind: &'static str,
    value: Typed<'a>,
}

/// What is said of an element.
pub(super) fn said<'a>(element: &'a GuideElement, said: &'a GuideValue<'_>) -> Said<'a> {
    Said {
        title: &element.title,
        state: state(said.value),
        spelling: said.value.spelling(),
        raw: said.raw.as_deref(),
        kind: kind(said.value),
        value: typed(said.value),
    }
}

const STATES: [&str; 4] = ["said", "unsaid", "unknown", "cut"];

const KINDS: [&str; 15] = [
    "none",
    "text",
    "name",
    "code",
    "choice",
    "choices",
    "citations",
    "clauses",
    "materials",
    "steps",
    "duration",
    "fees",
    "outcomes",
    "count",
    "several",
];

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

/// A normal form with its parts.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Typed<'a> {
    None(()),
    Unknown(WireUnknown<'a>),
    Name(WireName<'a>),
    Code(WireCode<'a>),
    Choice(WireChoice<'a>),
    Clauses(WireClauses<'a>),
    Duration(Box<WireDuration<'a>>),
    Fees(WireFees<'a>),
    Count(u32),
    Text(&'a str),
    Choices(Vec<WireChoice<'a>>),
    Citations(Vec<WireCitation<'a>>),
    Materials(Vec<WireMaterial<'a>>),
    Steps(Vec<WireStep<'a>>),
    Outcomes(Vec<WireOutcome<'a>>),
    /// One for each row of the list that tells of the item.
    Several(Vec<Typed<'a>>),
}

fn typed(value: &Value) -> Typed<'_> {
    match value {
        Value::Empty => Typed::None(()),
        Value::Unknown(why, text) => Typed::Unknown(WireUnknown {
            why: match why {
                UnknownWhy::Refers => "refers",
                UnknownWhy::Unreadable => "unreadable",
            },
            text,
        }),
        Value::Name(it) => Typed::Name(name(it)),
        Value::Code(code) => Typed::Code(WireCode {
            system: code.system(),
            basic: code.basic(),
        }),
        Value::Choice(it) => Typed::Choice(choice(it)),
        Value::Clauses(it) => Typed::Clauses(clauses(it)),
        Value::Duration(it) => Typed::Duration(Box::new(duration(it))),
        Value::Fees(it) => Typed::Fees(fees(it)),
        Value::Count(n) => Typed::Count(*n),
        Value::Text(text) => Typed::Text(text),
        Value::Choices(items) => Typed::Choices(items.iter().map(choice).collect()),
        Value::Citations(items) => Typed::Citations(items.iter().map(citation).collect()),
        Value::Materials(items) => Typed::Materials(items.iter().map(material).collect()),
        Value::Steps(items) => Typed::Steps(items.iter().map(step).collect()),
        Value::Outcomes(items) => Typed::Outcomes(items.iter().map(outcome).collect()),
        Value::Several(values) => Typed::Several(values.iter().map(typed).collect()),
    }
}

/// A text that could not be read, or that refers to something else (`详见附件`).
#[derive(Serialize, JsonSchema)]
struct WireUnknown<'a> {
    #[schemars(extend("enum" = ["refers", "unreadable"]))]
    why: &'static str,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireCode<'a> {
    system: &'static str,
    basic: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireName<'a> {
    item: &'a str,
    main: Option<&'a str>,
    case: Option<&'a str>,
    level: Option<&'a str>,
    remarks: &'a [String],
}

fn name(it: &Name) -> WireName<'_> {
    WireName {
        item: &it.item,
        main: it.main.as_deref(),
        case: it.case.as_deref(),
        level: it.level.as_deref(),
        remarks: &it.remarks,
    }
}

#[derive(Serialize, JsonSchema)]
struct WireChoice<'a> {
    code: &'a str,
    name: &'a str,
}

fn choice(it: &Choice) -> WireChoice<'_> {
    WireChoice {
        code: &it.code,
        name: &it.name,
    }
}

#[derive(Serialize, JsonSchema)]
struct WireCitation<'a> {
    title: &'a str,
    number: Option<&'a str>,
    part: Option<&'a str>,
    article: Option<String>,
    to: Option<String>,
    paragraph: Option<u32>,
    item: Option<u32>,
    point: Option<u32>,
    version: Option<u32>,
    said: Option<&'a str>,
    label: Option<&'a str>,
    quote: Option<&'a str>,
    spelling: String,
}

fn citation(it: &Citation) -> WireCitation<'_> {
    WireCitation {
        title: &it.title,
        number: it.number.as_deref(),
        part: it.part.as_deref(),
        article: it.article.map(|article| article.to_string()),
        to: it.to.map(|article| article.to_string()),
        paragraph: it.paragraph,
        item: it.item,
        point: it.point,
        version: it.version,
        said: it.said.as_deref(),
        label: it.label.as_deref(),
        quote: it.quote.as_deref(),
        spelling: it.to_string(),
    }
}

/// How many of the clauses must hold: `all`, `any`, or a number.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum WireConnector {
    Word(#[schemars(extend("enum" = ["all", "any"]))] &'static str),
    AtLeast(u32),
}

fn connector(it: Connector) -> WireConnector {
    match it {
        Connector::All => WireConnector::Word("all"),
        Connector::Any => WireConnector::Word("any"),
        Connector::AtLeast(n) => WireConnector::AtLeast(n.into()),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireClauses<'a> {
    of: WireConnector,
    items: Vec<WireClause<'a>>,
    /// Whether the text stops before its end.
    #[schemars(extend("enum" = ["no", "suspected", "certain"]))]
    cut: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct WireClause<'a> {
    text: &'a str,
    /// 0 for the outermost.
    depth: u8,
    of: WireConnector,
}

fn clauses(it: &Clauses) -> WireClauses<'_> {
    let items = it.items.iter().map(|clause| WireClause {
        text: &clause.text,
        depth: clause.depth,
        of: connector(clause.of),
    });
    WireClauses {
        of: connector(it.connector),
        items: items.collect(),
        cut: match it.cut {
            Cut::No => "no",
            Cut::Suspected => "suspected",
            Cut::Certain => "certain",
        },
    }
}

#[derive(Serialize, JsonSchema)]
struct WireMaterial<'a> {
    name: &'a str,
    or: &'a [String],
    #[schemars(extend("items" = { "type": "string", "enum": FORMS }))]
    form: Vec<&'static str>,
    originals: Option<u32>,
    copies: Option<u32>,
    sheets: Option<u32>,
    sets: bool,
    #[schemars(extend("enum" = Necessity::ALL.map(Necessity::word)))]
    necessity: &'static str,
    source: Option<&'a str>,
    in_person: Option<bool>,
    when: Option<&'a str>,
    remark: Option<&'a str>,
    spelling: String,
}

const FORMS: [&str; 9] = [
    "original",
    "copy",
    "either",
    "shown",
    "kept",
    "paper",
    "electronic",
    "sealed",
    "signed",
];

fn material(it: &Material) -> WireMaterial<'_> {
    let form = &it.form;
    let on = [
        form.original,
        form.copy,
        form.either,
        form.shown,
        form.kept,
        form.paper,
        form.electronic,
        form.sealed,
        form.signed,
    ];
    let forms = on.into_iter().zip(FORMS);
    WireMaterial {
        name: &it.name,
        or: &it.or,
        form: forms.filter(|(on, _)| *on).map(|(_, word)| word).collect(),
        originals: it.originals,
        copies: it.copies,
        sheets: it.sheets,
        sets: it.sets,
        necessity: it.necessity.word(),
        source: it.source.as_deref(),
        in_person: it.in_person,
        when: it.when.as_deref(),
        remark: it.remark.as_deref(),
        spelling: it.to_string(),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireStep<'a> {
    name: &'a str,
    days: Option<WireDuration<'a>>,
    special: bool,
    apart: bool,
    spelling: String,
}

fn step(it: &Step) -> WireStep<'_> {
    WireStep {
        name: &it.name,
        days: it.days.as_ref().map(duration),
        special: it.special,
        apart: it.apart,
        spelling: it.to_string(),
    }
}

/// A number as it is spelt, whole where it is.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Figure {
    Whole(i64),
    Part(f64),
}

fn amount(it: Amount) -> Option<Figure> {
    let text = it.to_string();
    let whole = text.parse().map(Figure::Whole).ok();
    whole.or_else(|| text.parse().map(Figure::Part).ok())
}

fn span(it: Option<Span>) -> [Option<Figure>; 2] {
    it.map_or([None, None], |it| [amount(it.low), amount(it.high)])
}

/// The words of units of time.
const UNITS: [&str; 9] = [
    "working-day",
    "calendar-day",
    "day",
    "same-day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
];

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

#[derive(Serialize, JsonSchema)]
struct WireDuration<'a> {
    low: Option<Figure>,
    high: Option<Figure>,
    #[schemars(extend("enum" = UNITS))]
    unit: &'static str,
    limited: bool,
    immediate: bool,
    start: Option<&'a str>,
    excludes: &'a [String],
    uncounted: &'a [String],
    extension: Option<WireExtension>,
    spelling: String,
}

/// By how much it may be extended; all null where that is not said.
#[derive(Serialize, JsonSchema)]
struct WireExtension {
    low: Option<Figure>,
    high: Option<Figure>,
    unit: Option<&'static str>,
}

fn duration(it: &Duration) -> WireDuration<'_> {
    let [low, high] = span(it.span);
    let extension = it.extension.as_ref().map(|by| {
        let [low, high] = span(by.map(|(by, _)| by));
        let unit = by.map(|(_, of)| unit(of));
        WireExtension { low, high, unit }
    });
    WireDuration {
        low,
        high,
        unit: unit(it.unit),
        limited: it.span.is_some(),
        immediate: it.immediate(),
        start: it.start.as_deref(),
        excludes: &it.excludes,
        uncounted: &it.uncounted,
        extension,
        spelling: it.to_string(),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireFees<'a> {
    charged: bool,
    items: Vec<WireFee<'a>>,
}

/// What is charged; amounts in yuan (元).
#[derive(Serialize, JsonSchema)]
struct WireFee<'a> {
    name: &'a str,
    low: Option<Figure>,
    high: Option<Figure>,
    per: &'a str,
    text: &'a str,
    reductions: Vec<WireReduction<'a>>,
    basis: Vec<WireCitation<'a>>,
    spelling: String,
}

#[derive(Serialize, JsonSchema)]
struct WireReduction<'a> {
    who: &'a str,
    much: &'a str,
}

fn fees(it: &Fees) -> WireFees<'_> {
    match it {
        Fees::None => WireFees {
            charged: false,
            items: Vec::new(),
        },
        Fees::Charged(items) => WireFees {
            charged: true,
            items: items.iter().map(fee).collect(),
        },
    }
}

fn fee(it: &FeeItem) -> WireFee<'_> {
    let [low, high] = span(it.amount);
    let reductions = it.reductions.iter().map(|less| WireReduction {
        who: &less.who,
        much: &less.much,
    });
    WireFee {
        name: &it.name,
        low,
        high,
        per: &it.per,
        text: &it.text,
        reductions: reductions.collect(),
        basis: it.basis.iter().map(citation).collect(),
        spelling: it.to_string(),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireOutcome<'a> {
    name: &'a str,
    kind: Option<&'a str>,
    spelling: String,
}

fn outcome(it: &Outcome) -> WireOutcome<'_> {
    WireOutcome {
        name: &it.name,
        kind: it.kind.as_deref(),
        spelling: it.to_string(),
    }
}
