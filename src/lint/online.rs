//! Family ONL: handling online and visits in person.
//!
//! Must not know addresses or systems.

use super::pattern::Pattern;
use super::{RowView, Sink};
use crate::model::{Choice, UnknownWhy, Value};
use crate::normalise::fold;

/// ONL001: fully online, and still a visit is asked for.
pub(super) fn online_visits(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Value::Choices(depth), Value::Count(visits)) =
        (view.value(view.known.online_depth), view.value(view.known.visits))
    else {
        return;
    };
    if *visits > 0
        && let Some(depth) = depth.iter().find(|depth| depth.code == "IV")
    {
        sink.report(
            view,
            "visits",
            vec![("depth", depth.name.clone()), ("visits", visits.to_string())],
        );
    }
}

/// ONL002: the number of visits is no number.
pub(super) fn visits(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Value::Unknown(UnknownWhy::Unreadable, text) = view.value(view.known.visits)
        && !view.profile.vocabulary.visit_words.contains(&fold::spelling(text))
    {
        sink.report(view, "visits", vec![("text", text.clone())]);
    }
}

/// ONL003: a visit is asked for and no reason is given, in a list that has a column for it.
pub(super) fn reason(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.visit_reason;
    if let Value::Count(visits @ 1..) = view.value(view.known.visits)
        && view.has_column(field)
        && view.said(field).is_none()
    {
        sink.report(view, "visits", vec![("visits", visits.to_string())]);
    }
}

/// Whether the item can be handled online, as far as the list says.
fn is_online(view: &RowView<'_>) -> Option<bool> {
    view.answer(view.known.field.online)
}

/// The ways of applying, where all of them are on the list.
fn channels<'a>(view: &RowView<'a>) -> Option<&'a [Choice]> {
    match view.value(view.known.channel) {
        Value::Choices(channels) if channels.iter().all(|channel| !channel.code.is_empty()) => Some(channels),
        _ => None,
    }
}

/// The codes of the list `channel`.
const ONLINE: &str = "2";
const POST: &str = "3";

fn has(channels: &[Choice], code: &str) -> bool {
    channels.iter().any(|channel| channel.code == code)
}

fn names(channels: &[Choice]) -> String {
    channels.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("、")
}

/// ONL004: nobody need come, nothing is online, and nothing can be sent (domain handbook 62).
pub(super) fn no_way(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if *view.value(view.known.visits) == Value::Count(0)
        && let Some(channels) = channels(view)
        && !has(channels, ONLINE)
        && !has(channels, POST)
        && is_online(view) != Some(true)
        && view.answer(view.known.field.express) != Some(true)
        && *view.value(view.known.online_depth) == Value::Empty
    {
        sink.report(view, "visits", vec![("channels", names(channels))]);
    }
}

/// ONL005: online, and no address is given, in a list that has a column for one (domain handbook 64).
pub(super) fn no_address(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let addresses = [fields.online_url, fields.link_url, fields.mobile_url];
    if is_online(view) == Some(true)
        && addresses.iter().any(|&field| view.has_column(field))
        && addresses.iter().all(|&field| view.said(field).is_none())
    {
        let column = [("online_url", addresses[0]), ("link_url", addresses[1])]
            .into_iter()
            .find(|&(_, field)| view.has_column(field));
        sink.report(view, column.map_or("mobile_url", |(id, _)| id), Vec::new());
    }
}

/// ONL006: 是否网办 and 办理形式 contradict each other (domain handbook 65).
pub(super) fn channel(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some(online) = is_online(view)
        && let Some(channels) = channels(view)
        && online != has(channels, ONLINE)
    {
        let said = view.text(view.known.field.online).unwrap_or_default().to_owned();
        sink.report(view, "channel", vec![("said", said), ("channels", names(channels))]);
    }
}

/// A limit that holds for applications online, and one that holds at the counter.
static LIMITS: [Pattern; 2] = [
    Pattern::of(r"(?:网上|线上|网办)[^，。；;,\n\d]{0,12}(\d{1,3})\s*个?(?:工作日|日|天)"),
    Pattern::of(r"(?:窗口|线下|现场申请|现场办理|现场受理)[^，。；;,\n\d]{0,12}(\d{1,3})\s*个?(?:工作日|日|天)"),
];

/// Parts of the handling that have days of their own on one way and need not on the other.
const PARTS: [&str; 8] = ["预审", "公示", "公告", "公开", "查询", "送达", "领取", "领证"];

/// ONL007: one limit online and another at the counter (沪24, 鲁28: the same standard on both ways; domain handbook 66).
pub(super) fn two_limits(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    for (id, field) in [
        ("promised_time", fields.promised_time),
        ("promised_note", fields.promised_note),
    ] {
        let Some(text) = view.said(field) else { continue };
        if !text.contains(['网', '线']) {
            continue;
        }
        let half = fold::half(text);
        let days = |pattern: &Pattern| {
            let mut found = pattern.captures_iter(&half).filter_map(|found| {
                let whole = found.get(0)?.as_str();
                let part = PARTS.iter().any(|word| whole.contains(word));
                Some(found.get(1)?.as_str().to_owned()).filter(|_| !part)
            });
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        if let (Some(online), Some(counter)) = (days(&LIMITS[0]), days(&LIMITS[1]))
            && online != counter
        {
            sink.report(view, id, vec![("online", online), ("counter", counter)]);
            return;
        }
    }
}
