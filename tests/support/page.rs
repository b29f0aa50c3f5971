//! Pages for tests: a comparison made by hand that fills every part of a page, its writing, and a strict reader of what was written.
//!
//! Must not know how the tool reads or compares.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use tongban::messages::{Lang, Messages};
use tongban::model::{
    Accounting, Burden, Change, Class, Detail, ElementIndex, ElementReport, Gain, Group, ItemReport, Judgement,
    Measure, PairedBy, Pairing, Place, Reference, ReferenceFrom, RegionIndex, Relation, Standing, Uniformity, Variance,
    VarianceUse, Verdict, Why,
};
use tongban::report::{By, Document, Format, Only, Style, write};

/// The texts of the data, each in its place.
pub(crate) struct Texts<'a> {
    pub cell: &'a str,
    pub attribute: &'a str,
    pub title: &'a str,
    pub file: &'a str,
    pub sheet: &'a str,
    pub code: &'a str,
    pub name: &'a str,
    pub ground: &'a str,
}

/// Texts that do no harm.
pub(crate) const HARMLESS: Texts<'static> = Texts {
    cell: "营业执照",
    attribute: "519909",
    title: "取水许可",
    file: "a.xlsx",
    sheet: "表壹",
    code: "000119001000",
    name: "东岭区",
    ground: "某条例第九条",
};

fn place(texts: &Texts<'_>) -> Place {
    Place {
        file: texts.file.into(),
        sheet: Some(texts.sheet.into()),
        row: 7,
        line: 0,
        column: texts.cell.into(),
    }
}

fn region(id: &str, name: &str) -> RegionIndex {
    let mut burden = Burden::default();
    burden.set(Measure::Materials, Some(7));
    burden.set(Measure::Fee, Some(1_050));
    let mut saving = Burden::default();
    saving.set(Measure::Materials, Some(3));
    RegionIndex {
        id: id.to_owned(),
        name: name.to_owned(),
        rows: 9,
        items: 8,
        index: 0.125,
        accounting: Accounting {
            compared: 5,
            divided: 2,
            only_here: 1,
            duplicate: 1,
        },
        must_equal: 1,
        copy_of: None,
        cells: 5,
        open: 0,
        looks_like: None,
        within: 0,
        burden,
        saving,
    }
}

fn judgement(detail: Detail) -> Judgement {
    Judgement {
        verdict: Verdict::Substantive,
        detail,
        why: Why::Flip,
        relation: Some(Relation::More),
    }
}

/// Three regions, one item with three elements, and something in every other part of the page.
pub(crate) fn sample(texts: &Texts<'_>) -> Uniformity {
    let group = |normal: &str, regions: Vec<usize>, detail: Detail| Group {
        normal: normal.to_owned(),
        named: regions[0],
        regions,
        place: place(texts),
        places: Vec::new(),
        judgement: judgement(detail),
    };
    let cell =
        |element: &str, class: Class, from: ReferenceFrom, normal: Option<&str>, groups: Vec<Group>| ElementReport {
            element: element.to_owned(),
            class,
            reference: Reference {
                normal: normal.map(str::to_owned),
                from,
                side: None,
                support: (2, 3),
            },
            groups,
            missing: Vec::new(),
            unknown: Vec::new(),
            less: Vec::new(),
            deviating: Vec::new(),
            must_equal: Vec::new(),
            other_law: Vec::new(),
            bodies_differ: Vec::new(),
            allowed: Vec::new(),
            tied: 0,
            notation: 2,
            level: 1,
            index: 0.5,
        };
    let changed = Detail {
        added: vec![texts.cell.to_owned()],
        removed: vec![texts.cell.to_owned()],
        changed: vec![Change {
            what: "份数".to_owned(),
            from: "旧".to_owned(),
            to: texts.cell.to_owned(),
            relation: Some(Relation::Longer),
            by: Some("10个工作日".to_owned()),
        }],
    };
    let mut materials = cell(
        "materials",
        Class::Outliers,
        ReferenceFrom::Majority,
        Some("甲"),
        vec![
            group("甲", vec![0], Detail::default()),
            group(texts.cell, vec![1], changed),
        ],
    );
    materials.deviating = vec![1];
    materials.missing = vec![2];
    let mut time = cell(
        "statutory_time",
        Class::Outliers,
        ReferenceFrom::Directory,
        Some(texts.cell),
        vec![group("三十", vec![0, 1], Detail::default())],
    );
    time.allowed = vec![(0, 0), (1, 0)];
    time.unknown = vec![2];
    let mut fees = cell(
        "fees",
        Class::Split,
        ReferenceFrom::None,
        None,
        vec![
            group("免费", vec![0], Detail::default()),
            group(texts.cell, vec![2], Detail::default()),
        ],
    );
    fees.tied = 2;
    let mut light = Burden::default();
    light.set(Measure::Materials, Some(2));
    let mut heavy = light;
    heavy.set(Measure::Days, Some(20));
    let item = ItemReport {
        code: texts.code.to_owned(),
        handling: Some(texts.cell.to_owned()),
        handling_code: Some(texts.code.to_owned()),
        counted: true,
        name: texts.title.to_owned(),
        index: 0.25,
        elements: vec![materials, time, fees].into(),
        present: vec![0, 1, 2],
        absent: Vec::new(),
        divided: vec![(1, 3)],
        rest: false,
        in_directory: Some(false),
        pairing: Some(Pairing {
            by: PairedBy::Similarity,
            confidence: 0.97,
        }),
        burdens: vec![Some(light), Some(heavy), None],
        best: vec![0],
    };
    let element = |id: &str, standing| ElementIndex {
        element: id.to_owned(),
        index: 0.5,
        cells: 1,
        deviating: 1,
        standing,
    };
    let variance = Variance {
        region: Some(texts.name.to_owned()),
        item: Some(texts.code.to_owned()),
        element: Some("fees".to_owned()),
        ground: texts.ground.to_owned(),
        owner: texts.cell.to_owned(),
        expires: Some("2020-12-31".to_owned()),
        expired: true,
        place: place(texts),
    };
    let mut copy = region("519923", "南屏县");
    copy.copy_of = Some(0);
    Uniformity {
        regions: vec![region(texts.attribute, texts.name), region("519902", "西河区"), copy],
        directory_rows: 3,
        items: vec![item],
        elements: vec![
            element("materials", Standing::Usual),
            element("statutory_time", Standing::MustEqual),
            element("fees", Standing::Disparity),
        ],
        items_compared: 4,
        items_uniform: 3,
        units_compared: 4,
        units_deviating: 1,
        waiting: Default::default(),
        cells: 12,
        cells_deviating: 3,
        index: 0.1,
        notation: 4,
        level: 2,
        cells_must_equal: 1,
        cells_open: 0,
        within: Vec::new(),
        variances: vec![VarianceUse { variance, cells: 2 }],
        gains: (0..25)
            .map(|at| Gain {
                region: at % 3,
                element: "materials".to_owned(),
                delta: 0.01,
                cells: at,
            })
            .collect(),
        years: vec![(0, vec![2024]), (1, vec![2025, 2026])],
        unhandled: vec![(texts.code.to_owned(), texts.title.to_owned())],
    }
}

/// The page of a comparison.
pub(crate) fn page(report: &Uniformity, lang: Lang) -> String {
    let messages = Messages::new(lang, &[]);
    let mut out = Vec::new();
    let style = Style {
        messages: &messages,
        both: [&messages, &messages],
        color: false,
        width: 80,
        blocks: true,
        profile: "national-12",
        elements: &HashMap::new(),
        item: None,
        only: Only::default(),
        by: By::Item,
        explain: false,
        top: usize::MAX,
        raw_csv: false,
        trend: None,
    };
    let html = Format::named("html").expect("the format is there");
    write(html, &Document::Report(report), &style, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("a page is UTF-8")
}

/// An element, or the text that comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
}

fn start(tag: &BytesStart<'_>) -> Part {
    let attributes = tag.attributes().map(|attribute| {
        // Doubled and unquoted attributes are errors here.
        let attribute = attribute.expect("an attribute is well-formed");
        let value = unescape(attribute.value.as_ref())
            .expect("its value is well-formed")
            .into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Part::Start(tag.name().as_ref().to_owned(), attributes.collect())
}

/// A page as a strict parser of XML sees it.
pub(crate) fn parts(page: &str) -> Vec<Part> {
    let mut reader = Reader::from_str(page);
    let mut parts = Vec::new();
    let mut text = String::new();
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in {page}"));
        match event {
            Event::Text(piece) => {
                text.push_str(&piece.xml10_content());
                continue;
            }
            Event::GeneralRef(entity) => {
                let name = entity.xml10_content();
                text.push_str(resolve_predefined_entity(&name).expect("a known entity"));
                continue;
            }
            _ => {}
        }
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        match event {
            Event::Start(tag) => parts.push(start(&tag)),
            Event::Empty(tag) => {
                parts.push(start(&tag));
                parts.push(Part::End(tag.name().as_ref().to_owned()));
            }
            Event::End(tag) => parts.push(Part::End(tag.name().as_ref().to_owned())),
            Event::DocType(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} has no place in a page"),
        }
    }
    let mut open = Vec::new();
    for part in &parts {
        match part {
            Part::Start(name, _) => open.push(name.clone()),
            Part::End(name) => assert_eq!(open.pop().as_ref(), Some(name)),
            Part::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "{open:?} is not closed");
    parts
}
