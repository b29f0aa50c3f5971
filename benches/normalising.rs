//! Speed of the normal forms: all elements of the real Guangdong rows, on one core, against reading the same file.
//!
//! `cold`: every cell of every row is normalised anew, repeated texts too. `memory`: through [`Forms`], which normalises each distinct
//! text once. `repeated`: what a row costs whose texts `memory` has seen before. Then, for each kind, a text as lists other than that of
//! Guangdong have it. The list is other people's data: without it the benchmark measures the shipped example instead and says so.
//!
//! `cargo bench --bench normalising`
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::Catalogue;
use tongban::model::Shape;
use tongban::normalise::{KINDS, Part, Parts, Role, normalise};
use tongban::profile::Profile;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let real = root.join("../shared/data/guangdong/440000.jsonl");
    let files: Vec<PathBuf> = if real.is_file() {
        vec![real, root.join("../shared/data/guangdong/440100.jsonl")]
    } else {
        println!("skipped: ../shared/data is not there; measuring the shipped example");
        vec![root.join("examples/three-districts/xihe.csv")]
    };
    let profile = Profile::load("national-12").expect("the profile ships");
    let sources: Vec<Source> = files.iter().map(Source::file).collect();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool of one");
    let mut catalogue = None;
    let reading = pool.install(|| {
        best(7, || {
            catalogue = Some(ingest::read(&sources, &profile).catalogue);
        })
    });
    let catalogue = catalogue.expect("it was read");
    let rows = catalogue.rows.len() as u32;
    let mut values = 0;
    let cold = best(7, || values = cold(&catalogue, &profile, None));
    let memory = pool.install(|| {
        best(7, || {
            std::hint::black_box(Forms::of(&catalogue, &profile));
        })
    });
    // Ten times the same rows, so that what nine of them cost is more than the noise of the machine.
    let again: Vec<Source> = (0..10).flat_map(|_| files.iter().map(Source::file)).collect();
    let again = ingest::read(&again, &profile).catalogue;
    let repeated = pool.install(|| {
        best(7, || {
            std::hint::black_box(Forms::of(&again, &profile));
        })
    });
    println!("{rows} rows, {values} values; reading {:.2?} a row", reading / rows);
    for (at, element) in profile.elements.iter().enumerate() {
        let one = best(7, || {
            cold_one(&catalogue, &profile, at);
        });
        if element.compare {
            println!("{:>20} {:>9.2?} a row", element.id, one / rows);
        }
    }
    println!(
        "cold:   {:.2?} a row, {:.2} of reading it",
        cold / rows,
        cold.as_secs_f64() / reading.as_secs_f64()
    );
    println!(
        "memory: {:.2?} a row, {:.2} of reading it",
        memory / rows,
        memory.as_secs_f64() / reading.as_secs_f64()
    );
    println!(
        "repeated: {:.2?} a row",
        repeated.saturating_sub(memory) / (again.rows.len() as u32 - rows).max(1)
    );
    for (kind, parts) in ORDINARY {
        println!("{kind:>20} {:>9.2?} a text", ordinary(kind, parts, &profile));
    }
}

/// Ordinary texts of the kinds of which the Guangdong rows have little.
const ORDINARY: [(&str, &[(Role, &str)]); 7] = [
    (
        "steps",
        &[(
            Role::Value,
            "1.申请：申请人提交材料。2.受理：窗口当场受理（1个工作日）；3.审查：业务科室审查材料（5个工作日）；4.决定：分管负责人作出决定；5.送达：制证并送达申请人。",
        )],
    ),
    (
        "fees",
        &[
            (Role::Value, "是"),
            (Role::Standard, "首次申领每证10元，补领每证20元；低保对象免收"),
            (
                Role::Basis,
                "《关于规范证照收费的通知》（发改价格〔2015〕1234号）第三条",
            ),
        ],
    ),
    (
        "citations",
        &[(
            Role::Value,
            "1.《中华人民共和国某某法》（2019年修正）第十二条第一款：“从事某某活动的，应当取得许可。”\n2.《某某管理条例》（国务院令第123号）第五条、第六条第（二）项：“县级以上主管部门负责本行政区域内的许可工作。”\n3.《某某办法》（某部令第45号，2020年修订）第七条：“申请人应当提交下列材料。”",
        )],
    ),
    (
        "outcomes",
        &[
            (Role::Value, "准予许可决定书、某某许可证（正本、副本）"),
            (Role::Type, "证照"),
        ],
    ),
    (
        "clauses",
        &[(
            Role::Value,
            "符合下列条件之一：（一）年满十八周岁，具有完全民事行为能力；（二）注册资本不低于五百万元，并有三名以上专业技术人员；（三）法律、法规规定的其他条件。",
        )],
    ),
    (
        "materials",
        &[(
            Role::Value,
            "1.申请表（原件1份，加盖公章）；2.法定代表人身份证复印件2份；3.营业执照（副本）；4.授权委托书（委托他人办理的提供）；5.二寸免冠彩色照片2张",
        )],
    ),
    (
        "duration",
        &[(Role::Value, "自受理之日起二十个工作日内（不含听证、专家评审时间）")],
    ),
];

fn ordinary(kind: &str, parts: &[(Role, &str)], profile: &Profile) -> Duration {
    let kind = KINDS.iter().find(|one| one.0 == kind).expect("a kind").1;
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|&(role, text)| Part {
            role,
            shape: Shape::Text,
            text,
        })
        .collect();
    let times = 1000;
    let all = best(7, || {
        for _ in 0..times {
            std::hint::black_box(normalise(
                kind,
                &Parts {
                    parts: &parts,
                    vocabulary: &profile.vocabulary,
                    list: None,
                    dialect: None,
                },
            ));
        }
    });
    all / times
}

fn cold_one(catalogue: &Catalogue, profile: &Profile, element: usize) -> usize {
    cold(catalogue, profile, Some(element))
}

/// Normalises every element of every row without any memory; the number of values.
fn cold(catalogue: &Catalogue, profile: &Profile, only: Option<usize>) -> usize {
    let mut values = 0;
    for row in catalogue.row_ids() {
        let cells = catalogue.cells(row);
        for (at, element) in profile.elements.iter().enumerate() {
            // The 12 key elements; the others are loaded for lint and guides.
            if !element.compare || only.is_some_and(|only| only != at) {
                continue;
            }
            let mut parts: Vec<Part<'_>> = Vec::new();
            for cell in cells {
                for &(role, field) in &element.fields {
                    if field == cell.field {
                        parts.push(Part {
                            role,
                            shape: cell.shape,
                            text: catalogue.texts.get(cell.text),
                        });
                    }
                }
            }
            if parts.is_empty() {
                continue;
            }
            let value = normalise(
                element.kind,
                &Parts {
                    parts: &parts,
                    vocabulary: &profile.vocabulary,
                    list: element
                        .list
                        .as_deref()
                        .and_then(|list| profile.vocabulary.lists.get(list)),
                    dialect: None,
                },
            );
            std::hint::black_box(value);
            values += 1;
        }
    }
    values
}

fn best(times: u32, mut run: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}
