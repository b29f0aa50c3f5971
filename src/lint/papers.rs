//! Family MAT, as far as it looks at the records of materials: what a list says of each paper in columns of its own (材料形式, 份数,
//! 来源渠道, 材料依据 …).
//!
//! Must not know which materials an item may ask for. What no record of a list says, its rows cannot be asked for.

use std::collections::{HashMap, HashSet};

use super::{Lists, RowView, Sink, materials};
use crate::model::{Choice, Citation, Shape, Table, TableId};
use crate::normalise::vocabulary::{Vocabulary, key};
use crate::normalise::{citations, enumerate, fold, names, number};

/// One material of a row: what its columns say.
struct Paper<'a> {
    fields: &'a [(String, String)],
    vocabulary: &'a Vocabulary,
}

impl Paper<'_> {
    /// The text of a field that says something.
    fn said(&self, field: &str) -> Option<&str> {
        let (_, text) = self.fields.iter().find(|(name, _)| name == field)?;
        let text = text.trim();
        (!self.vocabulary.is_empty_word(text)).then_some(text)
    }

    fn says_any(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.said(field).is_some())
    }

    /// The name in its canonical spelling.
    fn name(&self) -> String {
        self.said("name")
            .map_or_else(String::new, |name| fold::spelling(enumerate::strip(name)))
    }

    /// The entry of a code list that a field names.
    fn choice(&self, list: &str, field: &str) -> Option<Choice> {
        let list = self.vocabulary.lists.get(list)?;
        let (code, name) = list.values.get(list.find(self.said(field)?, None)?)?;
        Some(Choice {
            code: code.clone(),
            name: name.clone(),
        })
    }

    /// The official name of what a field says, else its text.
    fn spelt(&self, list: &str, field: &str) -> String {
        let choice = self.choice(list, field).map(|choice| choice.name);
        choice
            .or_else(|| self.said(field).map(str::to_owned))
            .unwrap_or_default()
    }

    /// A number of papers, where one is said.
    fn count(&self, field: &str) -> Option<u64> {
        number::whole(fold::half(self.said(field)?).trim_end_matches(['份', '张', '套', ' ']))
    }

    fn electronic_only(&self) -> bool {
        let form = self.spelt("material-form", "form");
        form.contains("电子") && !form.contains("纸")
    }
}

/// The fields of materials for which a table has columns: a row that leaves them blank has no records of them.
fn columns<'a>(view: &RowView<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let materials = view.known.field.materials;
    let columns = view.columns().iter().filter(move |column| column.field == materials);
    columns.filter_map(|column| column.nested.as_deref())
}

/// Calls with each material of a row that has a name.
fn each(view: &RowView<'_>, mut judge: impl FnMut(&Paper<'_>)) {
    let mut records = view.records(view.known.field.materials);
    // Where all columns but that of the name are blank, it is a mere text. Of several names it is not known what belongs to them.
    if records.is_empty() && columns(view).next().is_some() {
        let names = materials::entries(view);
        records.extend(<[String; 1]>::try_from(names).map(|[name]| vec![("name".to_owned(), name)]));
    }
    for fields in records {
        let paper = Paper {
            fields: &fields,
            vocabulary: &view.profile.vocabulary,
        };
        if paper.said("name").is_some() {
            judge(&paper);
        }
    }
}

/// What the records of materials in each list say anything of.
fn carried(lists: &Lists<'_>) -> HashMap<TableId, HashSet<String>> {
    let mut found: HashMap<TableId, HashSet<String>> = HashMap::new();
    let catalogue = lists.catalogue;
    // Most lists have no records at all.
    let nested = |table: &Table| table.columns.iter().any(|column| column.nested.is_some());
    if !catalogue.tables.iter().any(nested) && catalogue.cells.iter().all(|cell| cell.shape != Shape::Table) {
        return found;
    }
    for view in lists.rows() {
        let fields = found
            .entry(view.table())
            .or_insert_with(|| columns(&view).map(str::to_owned).collect());
        for (field, _) in view.records(view.known.field.materials).into_iter().flatten() {
            if !fields.contains(&field) {
                fields.insert(field);
            }
        }
    }
    found
}

/// Reports once for each row the materials that a rule finds in it, of the lists that say anything of its fields.
fn report_rows(
    lists: &Lists<'_>,
    sink: &mut Sink<'_>,
    fields: &[&str],
    finds: impl Fn(&RowView<'_>, &Paper<'_>) -> bool,
) {
    let mut carried = carried(lists);
    carried.retain(|_, known| fields.iter().any(|field| known.contains(*field)));
    if carried.is_empty() {
        return;
    }
    for view in lists.rows().filter(|view| !view.in_directory()) {
        if !carried.contains_key(&view.table()) {
            continue;
        }
        let mut names = Vec::new();
        each(&view, |paper| {
            if finds(&view, paper) {
                names.push(paper.name());
            }
        });
        if !names.is_empty() {
            let args = vec![("count", names.len().to_string()), ("materials", names.join("、"))];
            sink.report(&view, "materials", args);
        }
    }
}

/// What a list is to say of each material (苏: 名称、数量、依据、数据来源): its name, and the fields of which one is enough.
const DESCRIBED: [(&str, &[&str]); 4] = [
    ("材料形式", &["form", "type"]),
    ("份数", &["originals", "copies", "pages"]),
    ("来源渠道", &["source", "source_note"]),
    ("必要性", &["need", "case"]),
];

/// MAT008: form, number, source or necessity is not said, though the list has a place for it (domain handbook 33).
pub(super) fn not_described(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let carried = carried(lists);
    if carried.is_empty() {
        return;
    }
    for view in lists.rows().filter(|view| !view.in_directory()) {
        let Some(known) = carried.get(&view.table()) else {
            continue;
        };
        let mut missing: Vec<&str> = Vec::new();
        let mut names = Vec::new();
        each(&view, |paper| {
            let mut complete = true;
            for (what, fields) in &DESCRIBED {
                // What is only handed in electronically has no number of copies.
                let needless = *what == "份数" && paper.electronic_only();
                let asked = fields.iter().any(|field| known.contains(*field)) && !needless;
                if asked && !paper.says_any(fields) {
                    complete = false;
                    if !missing.contains(what) {
                        missing.push(what);
                    }
                }
            }
            if !complete {
                names.push(paper.name());
            }
        });
        if !names.is_empty() {
            let args = vec![
                ("missing", missing.join("、")),
                ("count", names.len().to_string()),
                ("materials", names.join("、")),
            ];
            sink.report(&view, "materials", args);
        }
    }
}

/// MAT009: a material for which no basis is named, though the list has a place for it (domain handbook 34).
pub(super) fn without_basis(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    report_rows(lists, sink, &["basis"], |_, paper| paper.said("basis").is_none());
}

/// Whether a citation is of a document: those are numbered in other ways than by articles.
fn is_document(citation: &Citation) -> bool {
    let ends = [
        "通知", "意见", "公告", "通告", "函", "批复", "指南", "规范", "标准", "目录", "方案",
    ];
    let title = names::without_remarks(&citation.title);
    ends.iter().any(|end| title.ends_with(end)) || citation.number.as_ref().is_some_and(|number| number.contains('〔'))
}

/// MAT010: the basis of a material names no article (domain handbook 34).
pub(super) fn basis_without_article(view: &RowView<'_>, sink: &mut Sink<'_>) {
    // Records of one row repeat their basis.
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut wrong: Vec<(String, String)> = Vec::new();
    each(view, |paper| {
        let Some(basis) = paper.said("basis") else { return };
        let open = *known.entry(basis.to_owned()).or_insert_with(|| {
            let citations = citations::parse(basis);
            let named = |citation: &Citation| {
                citation.article.is_some()
                    || citation.item.is_some()
                    || citation.part.is_some()
                    || is_document(citation)
            };
            !(citations.iter().any(named) || citations.is_empty() && basis.contains('条'))
        });
        if open {
            wrong.push((paper.name(), fold::spelling(basis)));
        }
    });
    if let Some((material, basis)) = wrong.first() {
        let args = vec![
            ("material", material.clone()),
            ("basis", basis.clone()),
            ("count", wrong.len().to_string()),
        ];
        sink.report(view, "materials", args);
    }
}

/// MAT011: a permit wants a form to be filled in, and neither the blank form nor a sample is there (行政许可法 art. 29, 30).
pub(super) fn without_blank_form(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let given = ["blank_form", "sample"];
    report_rows(lists, sink, &given, |view, paper| {
        let name = paper.name();
        let name = names::without_remarks(&name);
        let words = &paper.vocabulary.papers.forms;
        // A form that an authority has filled in is no blank one: 竣工验收备案表.
        let issued = paper
            .choice("source", "source")
            .is_some_and(|source| source.code == "20");
        view.is_permit() && !issued && !paper.says_any(&given) && words.iter().any(|end| name.ends_with(end.as_str()))
    });
}

/// MAT012: the original is wanted and no copy, while a remark speaks of a copy that is marked as being like the original
/// (domain handbook 36).
pub(super) fn original_or_copy(view: &RowView<'_>, sink: &mut Sink<'_>) {
    each(view, |paper| {
        let kind = paper.spelt("material-type", "type");
        let original = paper.count("originals").is_some_and(|n| n > 0)
            || paper.said("originals").is_none() && kind.contains("原件") && !kind.contains("复印");
        let copy = paper.count("copies").is_some_and(|n| n > 0) || kind.contains("复印");
        if !original || copy {
            return;
        }
        let like = &paper.vocabulary.papers.like_original;
        let remarks = ["name", "standard", "fill_note", "copy_note", "source_note", "remark"];
        let remark = remarks
            .into_iter()
            .filter_map(|field| paper.said(field))
            .find(|text| text.contains("复印") && like.iter().any(|word| text.contains(word.as_str())));
        if let Some(remark) = remark {
            let args = vec![("material", paper.name()), ("remark", fold::spelling(remark))];
            sink.report(view, "materials", args);
        }
    });
}

/// Whether a citation is of what may set up a proof: a law, a regulation or a decision of the State Council (优化营商环境条例 art. 44).
fn is_law(citation: &Citation) -> bool {
    let title = names::without_remarks(&citation.title);
    let law = ["法", "条例", "民法典"].iter().any(|end| title.ends_with(end)) && !title.ends_with("办法");
    let state = citation
        .number
        .as_ref()
        .is_some_and(|number| number.contains("国务院令"));
    law && !title.ends_with("做法") || state || title.contains("国务院") && title.ends_with("决定")
}

/// MAT013: a proof (证明事项) that no law, regulation or decision of the State Council asks for (优化营商环境条例 art. 44).
pub(super) fn proof_without_law(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    report_rows(lists, sink, &["basis"], |_, paper| {
        let name = paper.name();
        let name = names::without_remarks(&name);
        let words = &paper.vocabulary;
        let certificate = words
            .materials
            .get(&key(name))
            .is_some_and(|canonical| words.government_materials.contains(canonical));
        !certificate
            && words.papers.proofs.iter().any(|end| name.ends_with(end.as_str()))
            && !paper
                .said("basis")
                .is_some_and(|basis| citations::parse(basis).iter().any(is_law))
    });
}

/// MAT016: the source of a material is 其他, and nothing says which (domain handbook 43).
pub(super) fn source_unexplained(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    report_rows(lists, sink, &["source_note"], |_, paper| {
        let source = paper.choice("source", "source");
        source.is_some_and(|source| source.code == "99") && paper.said("source_note").is_none()
    });
}

/// MAT018: a number of papers that is below 0, or none at all (domain handbook 38).
pub(super) fn copies_unreadable(view: &RowView<'_>, sink: &mut Sink<'_>) {
    each(view, |paper| {
        for field in ["originals", "copies", "pages"] {
            let Some(text) = paper.said(field) else { continue };
            let half = fold::half(text);
            let digit = |c: char| c.is_ascii_digit() || number::is_chinese_digit(c);
            if half.starts_with(['-', '−', '负']) || !half.contains(digit) {
                let args = vec![("material", paper.name()), ("text", text.to_owned())];
                sink.report(view, "materials", args);
            }
        }
    });
}
