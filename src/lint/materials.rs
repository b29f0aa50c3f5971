//! Family MAT: materials (申请材料).
//!
//! Must not know which materials an item may ask for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::vague::{self, Spot};
use super::{Lists, RowView, Sink};
use crate::model::{
    Fix, Material, Necessity, RegionId, RowId, Shape, TextId, Value, decode_list, decode_table, encode_list,
    encode_table,
};
use crate::normalise::vocabulary::{Vocabulary, key};
use crate::normalise::{enumerate, fold, names, number};

/// A material as it stands in the file.
pub(super) struct Piece {
    /// Its text.
    pub(super) text: String,
    /// Its canonical spelling without numbering.
    spelt: String,
    /// Whether a list of its own begins with it: behind a heading, or where the numbering comes back from below.
    begins: bool,
}

impl Piece {
    fn of(text: String, begins: bool) -> Piece {
        let spelt = fold::spelling(enumerate::strip(&text));
        Piece { text, spelt, begins }
    }
}

/// The materials of a row, read anew: see [`RowView::pieces`].
pub(super) fn pieces(view: &RowView<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    each_text(view, |text, begins| pieces.push(Piece::of(text.to_owned(), begins)));
    pieces
}

/// Shows the text of each material, and whether a list of its own begins with it.
fn each_text(view: &RowView<'_>, mut see: impl FnMut(&str, bool)) {
    let field = view.known.field.materials;
    let Some(text) = view.raw(field) else { return };
    match view.shape(field) {
        Shape::List => decode_list(text).iter().for_each(|text| see(text, false)),
        Shape::Table => {
            for record in view.records(field) {
                if let Some((_, text)) = record.iter().find(|(name, _)| name == "name") {
                    see(text, false);
                }
            }
        }
        Shape::Text => {
            let half = fold::half(text);
            let mut depth = 0;
            for entry in enumerate::entries(&half) {
                let mut begins = entry.depth < depth || entry.text.ends_with([':', '：']);
                depth = entry.depth;
                for text in fold::split_outside(entry.text, &['；', ';', '。', '\n']) {
                    see(text, std::mem::take(&mut begins));
                }
            }
        }
    }
}

/// The texts of the materials as they stand in the file, one by one.
pub(super) fn entries(view: &RowView<'_>) -> Vec<String> {
    let mut entries = Vec::new();
    each_text(view, |text, _| entries.push(text.to_owned()));
    entries
}

/// Whether every entry is one material: in a list that the source divides itself.
fn divided(view: &RowView<'_>) -> bool {
    view.shape(view.known.field.materials) != Shape::Text || view.pieces().len() > 1
}

/// MAT001: a material that may be anything (京24 31, 粤29, 安阳13).
pub(super) fn catch_all(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for Piece { spelt, .. } in view.pieces() {
        if let Some(words) = vague::find(Spot::Materials, spelt, &vague::OPEN)
            // What cannot be read as materials is another rule's.
            && matches!(view.value(view.known.materials), Value::Materials(_))
        {
            let args = vec![("material", spelt.clone()), ("words", words.to_owned())];
            sink.report(view, "materials", args);
        }
    }
}

/// MAT002: the name of a material ends in punctuation.
pub(super) fn punctuation(view: &RowView<'_>, sink: &mut Sink<'_>) {
    // In one text the punctuation divides the materials.
    if view.shape(view.known.field.materials) == Shape::Text {
        return;
    }
    let ends = |entry: &str| entry.trim().ends_with(ENDS) && !view.profile.vocabulary.is_empty_word(entry.trim());
    let wrong: Vec<String> = view
        .pieces()
        .iter()
        .filter(|piece| ends(&piece.text))
        .map(|piece| piece.text.trim().to_owned())
        .collect();
    if let Some(first) = wrong.first() {
        sink.report_with(
            view,
            "materials",
            vec![("material", first.clone()), ("count", wrong.len().to_string())],
            without_ends(view, ends),
        );
    }
}

/// What divides texts and stands at no end of a name.
const ENDS: [char; 9] = ['；', ';', '，', ',', '。', '、', '：', ':', '．'];

/// The materials of a list or of records, those that end in punctuation without it.
fn without_ends(view: &RowView<'_>, ends: impl Fn(&str) -> bool) -> Option<Fix> {
    let field = view.known.field.materials;
    let raw = view.raw(field)?;
    let put_right = |name: &mut String| {
        let right = name.trim_end_matches(|c: char| c.is_whitespace() || ENDS.contains(&c));
        if ends(name) && !right.trim().is_empty() {
            name.truncate(right.len());
        }
    };
    let text = match view.shape(field) {
        Shape::Text => return None,
        Shape::List => {
            let mut names = decode_list(raw);
            names.iter_mut().for_each(put_right);
            encode_list(&names)
        }
        Shape::Table => {
            let mut records = decode_table(raw);
            let mine = records
                .iter_mut()
                .filter_map(|record| record.iter_mut().find(|(name, _)| name == "name"));
            mine.map(|(_, name)| name).for_each(put_right);
            encode_table(&records)
        }
    };
    (text != raw).then_some(Fix { text, safe: true })
}

/// MAT003: a permit asks for no material (行政许可法 art. 29, 30).
pub(super) fn none(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if view.carries(view.known.materials) && *view.value(view.known.materials) == Value::Empty && view.is_permit() {
        sink.report(view, "materials", Vec::new());
    }
}

/// MAT004: a material of which neither originals nor copies are wanted.
pub(super) fn no_copies(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for record in view.records(view.known.field.materials) {
        let field = |name: &str| {
            record
                .iter()
                .find(|(field, _)| field == name)
                .map_or("", |(_, text)| text.trim())
        };
        let count = |name: &str| number::whole(fold::half(field(name)).trim_end_matches(['份', ' ']));
        let list = view.profile.vocabulary.lists.get("material-form");
        let form = list.and_then(|list| list.find(field("form"), None).and_then(|at| list.values.get(at)));
        let form = form.map_or(field("form"), |(_, name)| name.as_str());
        if count("originals") == Some(0)
            && count("copies") == Some(0)
            && count("pages").is_none_or(|n| n == 0)
            && !form.contains("电子")
        {
            sink.report(view, "materials", vec![("material", field("name").to_owned())]);
        }
    }
}

/// MAT005: several papers in one entry.
pub(super) fn bundle(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if !divided(view) {
        return;
    }
    for Piece { spelt, .. } in view.pieces() {
        if !spelt.contains(['、', '及', '和', '，']) || ["或", "之一", "任选"].iter().any(|word| spelt.contains(word))
        {
            continue;
        }
        let pieces = fold::split_outside(spelt, &['、', '及', '和', '，']);
        let vocabulary = &view.profile.vocabulary;
        let named = pieces.iter().filter(|piece| {
            let name = names::without_remarks(piece);
            let name = untailed(name, vocabulary).unwrap_or(name);
            vocabulary.papers.papers.iter().any(|end| name.ends_with(end.as_str()))
        });
        if named.count() > 1 {
            sink.report(view, "materials", vec![("material", spelt.clone())]);
        }
    }
}

/// A material by the name that its cell has for it: 身份证 where the normal form says 居民身份证.
pub(super) fn in_words(view: &RowView<'_>, title: &str) -> String {
    let said: Vec<String> = entries(view).iter().map(|entry| fold::spelling(entry)).collect();
    let stands = |name: &str| said.iter().any(|entry| entry.contains(name));
    let own = |name: &str| {
        let aliases = view.profile.vocabulary.materials.iter();
        let aliases = aliases.filter(|(alias, canonical)| canonical.as_str() == name && stands(alias));
        let longest = aliases
            .map(|(alias, _)| alias.as_str())
            .max_by_key(|alias| (alias.len(), *alias));
        longest.filter(|_| !stands(name)).unwrap_or(name).to_owned()
    };
    title.split('或').map(own).collect::<Vec<_>>().join("或")
}

/// MAT006: a paper that an authority issues is wanted on paper (国务院关于在线政务服务的若干规定 art. 7).
pub(super) fn shareable(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Value::Materials(materials) = view.value(view.known.materials) else {
        return;
    };
    let government = &view.profile.vocabulary.government_materials;
    let wanted: Vec<String> = materials
        .iter()
        .filter(|material| (material.form.original || material.form.copy) && !material.form.electronic)
        .filter(|material| material.names().all(|name| government.contains(name)))
        .map(|material| in_words(view, &material.title()))
        .collect();
    if !wanted.is_empty() {
        sink.report(view, "materials", vec![("materials", wanted.join("、"))]);
    }
}

/// MAT007: the same material twice.
pub(super) fn twice(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.materials;
    /// What tells a material from others: its name, and what else is said of it.
    type Seen = HashMap<(String, String), u32, FixedState>;
    let mut seen = Seen::default();
    let mut meet = |seen: &mut Seen, spelt: &str, more: String| {
        if spelt.is_empty() || view.profile.vocabulary.is_empty_word(spelt) {
            return;
        }
        let key = (fold::unwrap_brackets(spelt).replace(['《', '》'], ""), more);
        let count = seen.entry(key).or_insert(0);
        *count = count.saturating_add(1);
        if *count == 2 {
            sink.report(view, "materials", vec![("material", spelt.to_owned())]);
        }
    };
    match view.shape(field) {
        // The same paper as an original and as a copy, or in two cases, is two demands.
        Shape::Table => {
            for record in view.records(field) {
                let field = |name: &str| {
                    record
                        .iter()
                        .find(|(field, _)| field == name)
                        .map_or("", |(_, text)| text.trim())
                };
                let more = ["type", "form", "case", "fill_note", "source_note"]
                    .map(field)
                    .join("|");
                meet(&mut seen, &fold::spelling(enumerate::strip(field("name"))), more);
            }
        }
        Shape::List | Shape::Text => {
            let pieces = view.pieces();
            // One is not there twice.
            for piece in pieces.iter().filter(|_| pieces.len() > 1) {
                // A heading (变更：) opens a list of its own.
                if piece.begins {
                    seen.clear();
                }
                meet(&mut seen, &piece.spelt, String::new());
            }
        }
    }
}

fn materials<'a>(view: &RowView<'a>) -> &'a [Material] {
    match view.value(view.known.materials) {
        Value::Materials(materials) => materials,
        _ => &[],
    }
}

/// Reports the names of materials in one finding, where there are any.
fn report_names<'a>(view: &RowView<'_>, sink: &mut Sink<'_>, wrong: impl Iterator<Item = &'a Material>) {
    let names: Vec<String> = wrong.map(Material::title).collect();
    if !names.is_empty() {
        sink.report(view, "materials", vec![("materials", names.join("、"))]);
    }
}

/// MAT014: what makes the application may follow later (domain handbook 42).
pub(super) fn main_deferred(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let words = &view.profile.vocabulary.papers;
    let main =
        |name: &String| words.main.contains(name) || words.main_ends.iter().any(|end| name.ends_with(end.as_str()));
    let deferred = materials(view)
        .iter()
        .filter(|material| material.necessity == Necessity::Later && material.names().all(main));
    report_names(view, sink, deferred);
}

/// MAT015: a certificate that an authority issues is said to be the applicant's own make (domain handbook 43).
pub(super) fn certificate_from_applicant(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let vocabulary = &view.profile.vocabulary;
    let own = vocabulary.lists.get("source").and_then(|list| {
        let at = list.find("10", None)?;
        list.values.get(at).map(|(_, name)| name.as_str())
    });
    let wrong = materials(view).iter().filter(|material| {
        material.source.is_some()
            && material.source.as_deref() == own
            && material
                .names()
                .all(|name| vocabulary.government_materials.contains(name))
    });
    report_names(view, sink, wrong);
}

/// A name without the word for the form behind it (复印件), where there is one.
fn untailed<'n>(name: &'n str, vocabulary: &Vocabulary) -> Option<&'n str> {
    let mut words = vocabulary.material_tails.iter().map(|(word, _)| word.as_str());
    words
        .find_map(|word| name.strip_suffix(word))
        .filter(|rest| !rest.is_empty())
}

/// The first two characters of a name, where folding leaves them as they are.
fn head(name: &str) -> Option<[char; 2]> {
    let mut chars = name.trim_start_matches(['《', ' ']).chars();
    let head = [chars.next()?, chars.next()?];
    let plain = |c: &char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    head.iter().all(plain).then_some(head)
}

/// The paper of the vocabulary that an entry names, with the name that it has there, without what is said of the form. `heads` are
/// those of all its names: most entries are passed over by their first two characters.
fn known_name<'v>(
    entry: &str,
    heads: &HashSet<[char; 2], FixedState>,
    vocabulary: &'v Vocabulary,
) -> Option<(&'v str, String)> {
    let entry = enumerate::strip(entry);
    if head(entry).is_some_and(|head| !heads.contains(&head)) {
        return None;
    }
    let spelt = fold::spelling(entry);
    let mut name = spelt.trim_end_matches(['；', '。', '，', '、']);
    // Longer texts say more than a name.
    if fold::says_more_than(name, 60) {
        return None;
    }
    loop {
        let bare = name.trim_matches(['《', '》', ' ']);
        if let Some(canonical) = vocabulary.materials.get(&key(bare)) {
            return Some((canonical, bare.to_owned()));
        }
        name = names::last_bracket(name)
            .map(|(before, _)| before)
            .or_else(|| untailed(name, vocabulary))?;
    }
}

/// Of each region's papers the names, each with the number of rows that have it and the first of them.
type Papers<'v> = BTreeMap<(usize, &'v str), BTreeMap<String, (usize, RowId)>>;

/// MAT017: one list has several names for one paper (domain handbook 44).
pub(super) fn several_names(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let Some(field) = lists.known.field.materials else {
        return;
    };
    // Rows repeat their materials: each text is looked at once.
    let mut texts: HashMap<(RegionId, TextId), (RowId, usize), FixedState> = HashMap::default();
    for view in lists.rows().filter(|view| !view.in_directory()) {
        if let Some(cell) = lists.catalogue.cell(view.row(), field) {
            let (_, rows) = texts.entry((view.region(), cell.text)).or_insert((view.row(), 0));
            *rows += 1;
        }
    }
    let vocabulary = &lists.profile.vocabulary;
    let heads: HashSet<[char; 2], FixedState> = vocabulary.materials.keys().filter_map(|name| head(name)).collect();
    let papers = texts
        .par_iter()
        .fold(Papers::new, |mut papers, (&(region, _), &(row, rows))| {
            let view = lists.row(row);
            // A row that names a paper twice is one row.
            let mut names = BTreeSet::new();
            each_text(&view, |entry, _| names.extend(known_name(entry, &heads, vocabulary)));
            for (canonical, name) in names {
                let names = papers.entry((region.index(), canonical)).or_default();
                let (count, first) = names.entry(name).or_insert((0, row));
                *count += rows;
                *first = (*first).min(row);
            }
            papers
        });
    let papers = papers.reduce(Papers::new, |mut papers, others| {
        for (paper, names) in others {
            let known = papers.entry(paper).or_default();
            for (name, (rows, row)) in names {
                let (count, first) = known.entry(name).or_insert((0, row));
                *count += rows;
                *first = (*first).min(row);
            }
        }
        papers
    });
    for ((_, canonical), names) in &papers {
        let usual = names
            .iter()
            .max_by_key(|(name, (count, _))| (*count, name.as_str() == *canonical));
        let Some((usual, (usual_rows, _))) = usual.filter(|_| names.len() > 1) else {
            continue;
        };
        for (name, (rows, first)) in names.iter().filter(|(name, _)| *name != usual) {
            let args = vec![
                ("material", name.clone()),
                ("count", rows.to_string()),
                ("usual", usual.clone()),
                ("usual_count", usual_rows.to_string()),
            ];
            sink.report(&lists.row(*first), "materials", args);
        }
    }
}
