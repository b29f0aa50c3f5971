//! N regions made by hand, and at random: what `report` shows without lists behind it.
//!
//! Must not know formats.

use tongban::model::{
    Accounting, Burden, Class, Detail, ElementIndex, ElementReport, Group, ItemReport, Judgement, Place, Reference,
    ReferenceFrom, RegionIndex, Standing, Uniformity, Verdict, Waiting, Why,
};

/// A number below another, however it comes.
pub(crate) type Below<'a> = dyn FnMut(usize) -> usize + 'a;

/// The elements of these comparisons, with their Chinese and English names.
pub(crate) const ELEMENTS: [(&str, [&str; 2]); 3] = [
    ("materials", ["申请材料", "Materials"]),
    ("statutory_time", ["法定办结时限", "Statutory time"]),
    ("fees", ["收费", "Fees"]),
];

/// A region of this name.
pub(crate) fn region(id: &str, name: &str, index: f64) -> RegionIndex {
    RegionIndex {
        id: id.to_owned(),
        name: name.to_owned(),
        rows: 1,
        items: 1,
        index,
        accounting: Accounting::default(),
        must_equal: 0,
        copy_of: None,
        cells: 0,
        open: 0,
        looks_like: None,
        within: 0,
        burden: Burden::default(),
        saving: Burden::default(),
    }
}

/// A group of regions that say a text, and how that stands to the reference.
pub(crate) fn group(normal: &str, regions: &[usize], added: &[&str]) -> Group {
    let verdict = if added.is_empty() {
        Verdict::Same
    } else {
        Verdict::Substantive
    };
    Group {
        normal: normal.to_owned(),
        named: regions[0],
        regions: regions.to_vec(),
        place: Place {
            file: "甲.csv".into(),
            row: 7,
            ..Place::default()
        },
        places: Vec::new(),
        judgement: Judgement {
            verdict,
            detail: Detail {
                added: added.iter().map(|text| (*text).to_owned()).collect(),
                ..Detail::default()
            },
            why: Why::Plain,
            relation: None,
        },
    }
}

/// A cell out of its groups: the first is the reference where more than half say so.
pub(crate) fn cell(element: &str, groups: Vec<Group>) -> ElementReport {
    let speaking: usize = groups.iter().map(|group| group.regions.len()).sum();
    let largest = groups.first().map_or(0, |group| group.regions.len());
    let majority = speaking > 1 && largest * 2 > speaking;
    let tied = groups.iter().filter(|group| group.regions.len() == largest).count();
    let mut deviating: Vec<usize> = match majority {
        true => groups.iter().skip(1).flat_map(|group| group.regions.clone()).collect(),
        false => Vec::new(),
    };
    deviating.sort_unstable();
    ElementReport {
        element: element.to_owned(),
        class: match (speaking, groups.len(), majority) {
            (0 | 1, _, _) => Class::Single,
            (_, 1, _) => Class::Uniform,
            (_, _, true) => Class::Outliers,
            _ => Class::Split,
        },
        reference: Reference {
            normal: groups.first().filter(|_| majority).map(|group| group.normal.clone()),
            from: if majority {
                ReferenceFrom::Majority
            } else {
                ReferenceFrom::None
            },
            side: groups.first().filter(|_| majority).map(|group| group.named),
            support: (largest, speaking),
        },
        groups,
        missing: Vec::new(),
        unknown: Vec::new(),
        less: Vec::new(),
        deviating,
        allowed: Vec::new(),
        must_equal: Vec::new(),
        other_law: Vec::new(),
        bodies_differ: Vec::new(),
        tied: if tied > 1 { tied } else { 0 },
        notation: 0,
        level: 0,
        index: if speaking > 1 {
            1.0 - largest as f64 / speaking as f64
        } else {
            0.0
        },
    }
}

/// An item of these cells.
pub(crate) fn item(code: &str, name: &str, regions: usize, elements: Vec<ElementReport>) -> ItemReport {
    ItemReport {
        code: code.to_owned(),
        handling: None,
        handling_code: None,
        counted: true,
        name: name.to_owned(),
        index: elements.iter().map(|cell| cell.index).sum::<f64>() / elements.len().max(1) as f64,
        elements: elements.into(),
        present: (0..regions).collect(),
        absent: Vec::new(),
        divided: Vec::new(),
        rest: false,
        in_directory: None,
        pairing: None,
        burdens: Vec::new(),
        best: Vec::new(),
    }
}

/// The comparison of these regions and items.
pub(crate) fn uniformity(regions: Vec<RegionIndex>, mut items: Vec<ItemReport>) -> Uniformity {
    items.sort_by(|a, b| b.index.total_cmp(&a.index).then_with(|| a.code.cmp(&b.code)));
    let cells = || items.iter().flat_map(|item| &item.elements);
    let deviating = |cell: &&ElementReport| cell.groups.len() > 1;
    let elements = ELEMENTS.iter().map(|(id, _)| {
        let own: Vec<&ElementReport> = cells().filter(|cell| cell.element == *id).collect();
        ElementIndex {
            element: (*id).to_owned(),
            index: own.iter().map(|cell| cell.index).sum::<f64>() / own.len().max(1) as f64,
            cells: own.len(),
            deviating: own.iter().filter(|cell| deviating(cell)).count(),
            standing: if *id == "statutory_time" {
                Standing::MustEqual
            } else {
                Standing::Usual
            },
        }
    });
    Uniformity {
        directory_rows: 0,
        elements: elements.collect(),
        items_compared: items.len(),
        units_compared: items.len(),
        units_deviating: items
            .iter()
            .filter(|item| item.elements.iter().any(|cell| deviating(&cell)))
            .count(),
        items_uniform: items
            .iter()
            .filter(|item| !item.elements.iter().any(|cell| deviating(&cell)))
            .count(),
        cells: cells().count(),
        cells_deviating: cells().filter(deviating).count(),
        index: 0.1,
        notation: 0,
        level: 0,
        cells_must_equal: 0,
        cells_open: 0,
        within: Vec::new(),
        variances: Vec::new(),
        gains: Vec::new(),
        years: Vec::new(),
        unhandled: Vec::new(),
        waiting: Waiting::default(),
        regions,
        items,
    }
}

/// Regions that say one of three things in each element of each item, most of them the same; some say nothing, some have no such item.
pub(crate) fn random(regions: usize, items: usize, below: &mut Below<'_>) -> Uniformity {
    let names = (0..regions).map(|at| {
        region(
            &format!("{:06}", 110_000 + at),
            &format!("第{at}区"),
            below(100) as f64 / 400.0,
        )
    });
    let names: Vec<RegionIndex> = names.collect();
    let mut list = Vec::new();
    for at in 0..items {
        let absent: Vec<usize> = (0..regions).filter(|_| below(9) == 0).collect();
        let mut elements = Vec::new();
        for (id, _) in ELEMENTS {
            let mut sides: [Vec<usize>; 3] = Default::default();
            let mut missing = Vec::new();
            for side in (0..regions).filter(|side| !absent.contains(side)) {
                match below(40) {
                    0 | 1 => sides[1].push(side),
                    2 => sides[2].push(side),
                    3 => missing.push(side),
                    _ => sides[0].push(side),
                }
            }
            let mut groups: Vec<Group> = ["甲说", "乙说", "丙说"]
                .iter()
                .zip(&sides)
                .filter(|(_, sides)| !sides.is_empty())
                .map(|(text, sides)| group(text, sides, if *text == "甲说" { &[] } else { &["一份材料"] }))
                .collect();
            groups.sort_by_key(|group| std::cmp::Reverse(group.regions.len()));
            let mut cell = cell(id, groups);
            cell.missing = missing;
            elements.push(cell);
        }
        let mut made = item(&format!("{:012}", at + 1), &format!("事项{at}许可"), regions, elements);
        made.present.retain(|side| !absent.contains(side));
        made.absent = absent;
        list.push(made);
    }
    uniformity(names, list)
}
