//! Two lists of materials.
//!
//! Must not know how they were read. Papers meet by name through a hash, so that ten thousand in one cell stay fast.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Context, alike, change, judgement};
use crate::compare::level;
use crate::model::{Change, Detail, Form, Judgement, Material, Necessity, Relation, Verdict, Why};
use crate::normalise::Vocabulary;
use crate::normalise::vocabulary::MaterialWord;

/// Above this many pairs, papers are no longer looked at one against another for likeness: what is left counts as added and removed.
const LIKENESS_PAIRS: usize = 10_000;

/// From this likeness on two names are shown as one changed paper: 项目申请报告 and 项目申请书.
const ALIKE: f64 = 0.6;

/// What the comparison of pairs has found so far.
#[derive(Default)]
struct Found {
    changed: Vec<Change>,
    /// Something that only one side states.
    open: bool,
    /// An original against a copy.
    flip: bool,
}

impl Found {
    fn change(
        &mut self,
        what: &str,
        from: impl ToString,
        to: impl ToString,
        relation: Option<Relation>,
        by: Option<String>,
    ) {
        self.changed.push(Change {
            relation,
            by,
            ..change(what, from, to)
        });
    }
}

/// How much an original, a copy, both or either asks of the applicant.
fn sheets_rank(form: Form) -> u8 {
    match (form.original, form.copy) {
        (true, true) if form.either => 0,
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    }
}

fn sheets_words(material: &Material, with_counts: bool) -> String {
    let mut words = Vec::new();
    let mut push = |on: bool, word: &str, n: Option<u32>| {
        if on {
            words.push(
                n.filter(|_| with_counts)
                    .map_or_else(|| word.to_owned(), |n| format!("{word}{n}{}", material.measure())),
            );
        }
    };
    push(material.form.original, "原件", material.originals);
    push(material.form.copy, "复印件", material.copies);
    words.join(if material.form.either { "或" } else { "、" })
}

/// Attributes that only one side states are more detail; attributes that both state otherwise are a difference.
fn attributes(left: &Material, right: &Material, found: &mut Found) {
    // Of two that do not take the same papers the one that both take: the same from either side.
    let what = if right.or.len() < left.or.len() {
        right.title()
    } else {
        left.title()
    };
    let (l, r) = (left.form, right.form);
    let said = |form: Form| form.original || form.copy;
    let sheets = |form: Form| (form.original, form.copy, form.either);
    let mut more_sheets = false;
    if said(l) && said(r) {
        if sheets(l) != sheets(r) {
            let (a, b) = (sheets_rank(l), sheets_rank(r));
            let counted = left.originals.or(left.copies).is_some() != right.originals.or(right.copies).is_some();
            let both = (l.original && l.copy) || (r.original && r.copy);
            more_sheets = both;
            let relation = match (both && !l.either && !r.either, a < b) {
                (true, true) => Relation::More,
                (true, false) => Relation::Fewer,
                (false, true) => Relation::Stricter,
                (false, false) => Relation::Looser,
            };
            found.flip |= !both;
            let words = |m| sheets_words(m, both || counted);
            found.change(&what, words(left), words(right), Some(relation), None);
        }
    } else if said(l) != said(r) {
        found.open = true;
    }
    counts(&what, left, right, more_sheets, found);
    let medium = |form: Form| match (form.paper, form.electronic) {
        (true, true) => Some("纸质或电子件"),
        (true, false) => Some("纸质"),
        (false, true) => Some("电子件"),
        (false, false) => None,
    };
    match (medium(l), medium(r)) {
        (Some(from), Some(to)) if from != to => {
            let relation = match (l.paper && l.electronic, r.paper && r.electronic) {
                (true, false) => Some(Relation::Stricter),
                (false, true) => Some(Relation::Looser),
                _ => None,
            };
            found.change(&what, from, to, relation, None);
        }
        (a, b) => found.open |= a != b,
    }
    marks(&what, l, r, found);
    if left.necessity != right.necessity {
        let rank = |necessity| match necessity {
            Necessity::Required => 3,
            Necessity::Later => 2,
            Necessity::Optional | Necessity::Waived => 1,
        };
        let relation = match rank(left.necessity).cmp(&rank(right.necessity)) {
            std::cmp::Ordering::Less => Some(Relation::Stricter),
            std::cmp::Ordering::Greater => Some(Relation::Looser),
            std::cmp::Ordering::Equal => None,
        };
        found.change(&what, left.necessity.word(), right.necessity.word(), relation, None);
    }
    match (&left.source, &right.source) {
        (Some(from), Some(to)) if from != to => found.change(&what, from, to, None, None),
        (a, b) => found.open |= a != b,
    }
    match (left.in_person, right.in_person) {
        (Some(from), Some(to)) if from != to => {
            let word = |must| {
                if must {
                    "本人到场填写"
                } else {
                    "无需本人到场填写"
                }
            };
            let relation = if to { Relation::Stricter } else { Relation::Looser };
            found.change(&what, word(from), word(to), Some(relation), None);
        }
        (a, b) => found.open |= a != b,
    }
    // Whoever asks only in some cases asks fewer.
    let case = |when: &Option<String>| {
        when.as_ref()
            .map_or("一律提供".to_owned(), |when| format!("仅限{when}"))
    };
    if left.when != right.when {
        let relation = match (&left.when, &right.when) {
            (None, Some(_)) => Some(Relation::Looser),
            (Some(_), None) => Some(Relation::Stricter),
            _ => None,
        };
        found.change(&what, case(&left.when), case(&right.when), relation, None);
    }
}

/// Stamp, signature, showing against handing in. Where both sides say a form, the side that asks for a stamp asks for more; where one
/// says nothing at all of form, it leaves that open.
fn marks(what: &str, l: Form, r: Form, found: &mut Found) {
    let said = |form: Form| form != Form::default();
    for (on, other, word) in [(l.sealed, r.sealed, "盖章"), (l.signed, r.signed, "签字")] {
        if on != other && said(l) && said(r) {
            let none = format!("未要求{word}");
            let (from, to) = if on {
                (word, none.as_str())
            } else {
                (none.as_str(), word)
            };
            let relation = if other { Relation::More } else { Relation::Fewer };
            found.change(what, from, to, Some(relation), None);
        } else {
            found.open |= on != other;
        }
    }
    match ((l.shown, l.kept), (r.shown, r.kept)) {
        ((true, _), (_, true)) => found.change(what, "原件核验", "收原件", Some(Relation::Stricter), None),
        ((_, true), (true, _)) => found.change(what, "收原件", "原件核验", Some(Relation::Looser), None),
        (a, b) => found.open |= a != b,
    }
}

/// Numbers: originals against originals, copies against copies; where one side does not say of what, all against all.
fn counts(what: &str, left: &Material, right: &Material, told: bool, found: &mut Found) {
    let numbered = |m: &Material| m.originals.or(m.copies).or(m.sheets).is_some();
    if numbered(left) && numbered(right) && left.sets != right.sets {
        // How many papers a set (套) holds is not said.
        let all = |m: &Material| {
            let spelt = sheets_words(m, true);
            m.sheets.map_or(spelt.clone(), |n| format!("{spelt}{n}{}", m.measure()))
        };
        found.change(what, all(left), all(right), None, None);
        return;
    }
    let measure = left.measure();
    let mut compare = |word: &str, l: u32, r: u32| {
        if l != r {
            let relation = if r > l { Relation::More } else { Relation::Fewer };
            let by = format!("{}{measure}", l.abs_diff(r));
            found.change(
                what,
                format!("{word}{l}{measure}"),
                format!("{word}{r}{measure}"),
                Some(relation),
                Some(by),
            );
        }
    };
    let mut typed = false;
    for (word, l, r) in [
        ("原件", left.originals, right.originals),
        ("复印件", left.copies, right.copies),
    ] {
        if let (Some(l), Some(r)) = (l, r) {
            compare(word, l, r);
            typed = true;
        }
    }
    let total = |m: &Material| match (m.originals, m.copies, m.sheets) {
        (None, None, None) => None,
        (originals, copies, sheets) => {
            let (o, c, s) = (originals.unwrap_or(0), copies.unwrap_or(0), sheets.unwrap_or(0));
            Some(o.saturating_add(c).saturating_add(s))
        }
    };
    if let (Some(l), Some(r)) = (left.sheets, right.sheets) {
        compare("", l, r);
    } else if !typed
        && !told
        && let (Some(l), Some(r)) = (total(left), total(right))
    {
        compare("", l, r);
    }
    found.open |= (left.originals, left.copies, left.sheets) != (right.originals, right.copies, right.sheets);
}

/// How a remark that only one side makes stands: whether it asks for more (内容包括…) or spares the applicant something (免提交). `None`
/// for all others.
fn asks_more(remark: &str, vocabulary: &Vocabulary) -> Option<bool> {
    match vocabulary.material_words.get(remark) {
        Some(MaterialWord::Spared) => Some(false),
        _ => remark.starts_with("内容包括").then_some(true),
    }
}

/// The same paper with another remark: what it must contain differs.
fn remarks(left: &Material, right: &Material, vocabulary: &Vocabulary, found: &mut Found) {
    let (from, to) = (
        left.remark.as_deref().unwrap_or(""),
        right.remark.as_deref().unwrap_or(""),
    );
    let closed = |text: &str| text.trim_end_matches('等').len();
    // 等 leaves open what else must be in it.
    let open = |text: &str| closed(text) < text.len();
    let same = from[..closed(from)] == to[..closed(to)];
    let (relation, by) = match (from.is_empty(), to.is_empty()) {
        (true, _) | (_, true) => {
            let all: Vec<_> = [from, to].into_iter().flat_map(|text| text.split('，')).collect();
            let mut all = all
                .into_iter()
                .filter(|piece| !piece.is_empty())
                .map(|piece| asks_more(piece, vocabulary));
            let first = all.next().flatten();
            let relation = first.filter(|_| all.all(|more| more == first)).map(|more| {
                if more == from.is_empty() {
                    Relation::More
                } else {
                    Relation::Fewer
                }
            });
            (relation, None)
        }
        _ if same && open(to) => (Some(Relation::More), Some("等".to_owned())),
        _ if same && open(from) => (Some(Relation::Fewer), Some("等".to_owned())),
        _ => (None, None),
    };
    found.change(&left.title(), left, right, relation, by);
}

/// Takes pairs with the same key out of two lists, in the order of the left, and hands them on.
fn meet<'a, K: Hash + Eq>(
    left: &mut Vec<&'a Material>,
    right: &mut Vec<&'a Material>,
    left_key: impl Fn(&'a Material) -> Option<K>,
    right_key: impl Fn(&'a Material) -> Option<K>,
    mut found: impl FnMut(&'a Material, &'a Material),
) {
    if left.is_empty() || right.is_empty() {
        return;
    }
    let mut places: HashMap<K, Vec<usize>> = HashMap::with_capacity(right.len());
    for (at, material) in right.iter().enumerate().rev() {
        if let Some(key) = right_key(material) {
            places.entry(key).or_default().push(at);
        }
    }
    let mut taken = vec![false; right.len()];
    left.retain(|material| {
        let Some(at) = left_key(material).and_then(|key| places.get_mut(&key)?.pop()) else {
            return true;
        };
        taken[at] = true;
        found(material, right[at]);
        false
    });
    let mut taken = taken.into_iter();
    right.retain(|_| !taken.next().unwrap_or(false));
}

/// Takes out pairs of which one side takes every paper that the other does, and more (身份证, 身份证或护照): whoever has the one fulfils
/// the other. The same pairs from either side.
fn alternatives(left: &mut Vec<&Material>, right: &mut Vec<&Material>, found: &mut Found) {
    let some = left.iter().chain(right.iter()).any(|material| !material.or.is_empty());
    if !some || left.len().saturating_mul(right.len()) > LIKENESS_PAIRS {
        return;
    }
    let within = |one: &Material, other: &Material| one.names().all(|name| other.names().any(|known| known == name));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, l) in left.iter().enumerate() {
        let fits = |(_, r): &(usize, &&Material)| within(l, r) || within(r, l);
        pairs.extend(right.iter().enumerate().filter(fits).map(|(j, _)| (i, j)));
    }
    let key = |&(i, j): &(usize, usize)| {
        let (l, r) = (left[i].to_string(), right[j].to_string());
        if l <= r { (l, r) } else { (r, l) }
    };
    pairs.sort_by_cached_key(key);
    let (mut used_left, mut used_right) = (vec![false; left.len()], vec![false; right.len()]);
    for (i, j) in pairs {
        if used_left[i] || used_right[j] {
            continue;
        }
        (used_left[i], used_right[j]) = (true, true);
        let (l, r) = (left[i], right[j]);
        // Named by the paper that both sides take: the same from either side.
        let (relation, what) = if within(l, r) {
            (Relation::Looser, l.title())
        } else {
            (Relation::Stricter, r.title())
        };
        found.change(&what, l.title(), r.title(), Some(relation), None);
        attributes(l, r, found);
    }
    let mut used = used_left.into_iter();
    left.retain(|_| !used.next().unwrap_or_default());
    let mut used = used_right.into_iter();
    right.retain(|_| !used.next().unwrap_or_default());
}

/// Takes out pairs of names that are each other's only likeness.
fn resemble<'a>(
    left: &mut Vec<&'a Material>,
    right: &mut Vec<&'a Material>,
    likeness: impl Fn(&Material, &Material) -> f64,
    mut found: impl FnMut(&'a Material, &'a Material),
) {
    if left.is_empty() || right.is_empty() || left.len().saturating_mul(right.len()) > LIKENESS_PAIRS {
        return;
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut partners = (vec![0_usize; left.len()], vec![0_usize; right.len()]);
    for (i, l) in left.iter().enumerate() {
        for (j, r) in right.iter().enumerate() {
            if likeness(l, r) >= ALIKE {
                pairs.push((i, j));
                partners.0[i] += 1;
                partners.1[j] += 1;
            }
        }
    }
    pairs.retain(|&(i, j)| partners.0[i] == 1 && partners.1[j] == 1);
    for &(i, j) in &pairs {
        found(left[i], right[j]);
    }
    let mut at = 0;
    left.retain(|_| {
        at += 1;
        !pairs.iter().any(|&(i, _)| i == at - 1)
    });
    at = 0;
    right.retain(|_| {
        at += 1;
        !pairs.iter().any(|&(_, j)| j == at - 1)
    });
}

pub(super) fn compare(left: &[Material], right: &[Material], context: &Context<'_>) -> Judgement {
    let mut removed: Vec<&Material> = left.iter().collect();
    let mut added: Vec<&Material> = right.iter().collect();
    let mut found = Found::default();
    meet(&mut removed, &mut added, Some, Some, |_, _| {});
    fn with_remark(m: &Material) -> Option<(&String, &[String], &Option<String>)> {
        Some((&m.name, &m.or, &m.remark))
    }
    meet(&mut removed, &mut added, with_remark, with_remark, |l, r| {
        attributes(l, r, &mut found)
    });
    fn by_name(m: &Material) -> Option<(&String, &[String])> {
        Some((&m.name, &m.or))
    }
    meet(&mut removed, &mut added, by_name, by_name, |l, r| {
        attributes(l, r, &mut found);
        remarks(l, r, context.vocabulary, &mut found);
    });
    alternatives(&mut removed, &mut added, &mut found);
    let mut level = Vec::new();
    let mut why = Why::LevelWords;
    meet(
        &mut removed,
        &mut added,
        |m| Some(context.left_level(&m.to_string())),
        |m| Some(context.right_level(&m.to_string())),
        |l, r| level.push(change("level", l, r)),
    );
    let scope = |l: &Material, r: &Material| {
        f64::from(u8::from(
            !context.one_level && level::same_form_other_scope(&l.name, &r.name, context.vocabulary),
        ))
    };
    resemble(&mut removed, &mut added, scope, |l, r| {
        why = Why::LevelScope;
        level.push(change("level", l, r));
    });
    let likeness = |l: &Material, r: &Material| level::similarity(&l.title(), &r.title());
    resemble(&mut removed, &mut added, likeness, |l, r| {
        found.changed.push(change("", l, r))
    });
    let detail = Detail {
        removed: removed.into_iter().map(ToString::to_string).collect(),
        added: added.into_iter().map(ToString::to_string).collect(),
        changed: found.changed,
    };
    if detail == Detail::default() {
        return if level.is_empty() {
            alike(if found.open { Why::MoreDetail } else { Why::Order })
        } else {
            let changed = level;
            judgement(
                Verdict::Level,
                why,
                Detail {
                    changed,
                    ..Detail::default()
                },
            )
        };
    }
    let relation = whole(&detail);
    let flip = found.flip && detail.added.is_empty() && detail.removed.is_empty();
    let mut detail = detail;
    detail.changed.extend(level);
    Judgement {
        relation,
        ..judgement(Verdict::Substantive, if flip { Why::Flip } else { Why::Plain }, detail)
    }
}

/// How the whole right list stands to the left: told only where every part can be told.
fn whole(detail: &Detail) -> Option<Relation> {
    let burden = |relation: Option<Relation>| match relation? {
        Relation::More | Relation::Stricter | Relation::Longer | Relation::Dearer => Some(true),
        Relation::Fewer | Relation::Looser | Relation::Shorter | Relation::Cheaper => Some(false),
        Relation::Overlapping => None,
    };
    let changes: Vec<Option<bool>> = detail.changed.iter().map(|change| burden(change.relation)).collect();
    let up = !detail.added.is_empty() || changes.contains(&Some(true));
    let down = !detail.removed.is_empty() || changes.contains(&Some(false));
    let papers = !detail.added.is_empty() || !detail.removed.is_empty();
    let only = |relation| !papers && detail.changed.iter().all(|change| change.relation == Some(relation));
    match (up, down) {
        (true, true) => Some(Relation::Overlapping),
        _ if changes.contains(&None) => None,
        (true, false) if only(Relation::Stricter) => Some(Relation::Stricter),
        (false, true) if only(Relation::Looser) => Some(Relation::Looser),
        (true, false) => Some(Relation::More),
        (false, true) => Some(Relation::Fewer),
        (false, false) => None,
    }
}
