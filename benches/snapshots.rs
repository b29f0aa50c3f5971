//! Speed, memory and size of snapshots: 1,000,000 rows of 31 regions saved, saved again unchanged, and with a row at the top of every
//! list; and the life of one item over 100 snapshots of 10,000 items.
//!
//! Two workspaces: in `repeated` the regions say the same of their items; in `distinct`, the worst that can come, no two rows have the
//! same conditions or materials.
//!
//! `cargo bench --bench snapshots`, or with `-- ROWS` for one size, or with `-- life` for the last part alone.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "support/watched.rs"]
#[allow(dead_code)]
mod watched;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use tongban::ingest::{self, Source};
use tongban::model::RowId;
use tongban::profile::Profile;
use tongban::report::create_by;
use tongban::store::{About, Lists, Saving, Snapshots, create_snapshots};

const REGIONS: usize = 31;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if !args.iter().any(|arg| arg == "life") {
        println!(
            "lists        rows     MB  save s  peak MiB   file MB   again s  peak MiB  added %   top s  added %  read s"
        );
        for distinct in [false, true] {
            for &rows in if sizes.is_empty() {
                &[100_000, 1_000_000][..]
            } else {
                &sizes
            } {
                measure(distinct, rows);
            }
        }
    }
    if sizes.is_empty() {
        life();
    }
}

/// The lists of all regions; `top` puts one more row at the top of each.
fn write(folder: &Path, distinct: bool, rows: usize, top: bool) -> u64 {
    let items = rows / REGIONS;
    let mut bytes = 0;
    for region in 0..REGIONS {
        let path = folder.join(format!("{}.csv", 440_100 + region));
        let mut out = BufWriter::new(File::create(&path).expect("a file for a list"));
        let head = "事项名称,基本编码,实施编码,事项类型,设定依据,服务对象,受理条件,申请材料,办理流程,法定办结时限,承诺办结时限,是否收费,结果名称,实施主体编码";
        writeln!(out, "{head}").expect("written");
        let first = if top { items + 7 } else { items };
        for item in (items..first).take(1).chain(0..items) {
            row(
                &mut out,
                region,
                item,
                if distinct { item * REGIONS + region } else { item },
            );
        }
        out.flush().expect("written");
        bytes += std::fs::metadata(&path).expect("is there").len();
    }
    bytes
}

fn row(out: &mut impl Write, region: usize, item: usize, which: usize) {
    let code = format!(
        "0001{:02}{:03}{:03}",
        4 + item % 70,
        item / 70 % 999 + 1,
        item / 70 / 999 + 1
    );
    let body = format!("11{:06}MB{:07}X", 440_100 + region, 1_000 + item % 37);
    let statutory = 5 + item % 4 * 5;
    writeln!(
        out,
        "第{item}类许可,{code},{body}4{code},行政许可,《中华人民共和国某某管理法》（{}年修订）第{}条第{}款,自然人；企业法人,\
         1．注册资本达到规定数额{which}号；2．有固定的经营场所{which}号；3．有健全的管理制度；4．法定代表人无犯罪记录,\
         申请书{which}；身份证；营业执照；法定代表人身份证明；场所使用证明{which},受理；审查；决定；制证；送达,\
         {statutory}个工作日,{}个工作日,否,许可证,{body}",
        1_990 + item % 30,
        item % 80 + 1,
        item % 3 + 1,
        statutory / 2,
    )
    .expect("written");
}

fn measure(distinct: bool, rows: usize) {
    let folder = tempfile::tempdir().expect("a folder for the lists");
    let lists = folder.path().join("lists");
    std::fs::create_dir(&lists).expect("a folder");
    let bytes = write(&lists, distinct, rows, false);
    let file = folder.path().join("tongban.db");
    let (named, db) = (lists.to_string_lossy(), file.to_string_lossy());
    let save = || {
        let started = Instant::now();
        let (code, peak) = watched::watched(&["snapshot", "save", &named, "--db", &db]);
        assert_eq!(code, Some(0));
        let size = std::fs::metadata(&file).expect("is there").len();
        (started.elapsed().as_secs_f64(), peak as f64 / 1_024.0, size as f64)
    };
    let (first, second) = (save(), save());
    write(&lists, distinct, rows, true);
    let third = save();
    let (read, _) = watched::tongban(
        1,
        &["snapshot", "export", "@1", "--db", &db, "-o", &format!("{named}.json")],
    );
    println!(
        "{:9} {rows:>8} {:>6.0} {:>7.2} {:>9.0} {:>9.1} {:>9.2} {:>9.0} {:>8.2} {:>7.2} {:>8.2} {:>7.2}",
        if distinct { "distinct" } else { "repeated" },
        bytes as f64 / 1e6,
        first.0,
        first.1,
        first.2 / 1e6,
        second.0,
        second.1,
        (second.2 - first.2) * 100.0 / first.2,
        third.0,
        (third.2 - second.2) * 100.0 / first.2,
        read.as_secs_f64(),
    );
}

/// The life of one item in 100 snapshots of 10,000 items, a hundred of which change each time.
fn life() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tongban.db");
    create_by(&file, create_snapshots).expect("a file of snapshots");
    let profile = Profile::load("national-12").expect("the profile ships");
    let fields: Vec<String> = profile.fields.iter().map(|field| field.id.clone()).collect();
    let mut snapshots = Snapshots::open_to_write(&file).expect("opens");
    let list = folder.path().join("440100.csv");
    let mut state: Vec<usize> = (0..10_000).collect();
    let started = Instant::now();
    for round in 0..100 {
        for nth in 0..100 {
            state[(round * 7_919 + nth * 101) % 10_000] += 10_000;
        }
        let mut out = BufWriter::new(File::create(&list).expect("a list"));
        let head = "事项名称,基本编码,实施编码,事项类型,设定依据,服务对象,受理条件,申请材料,办理流程,法定办结时限,承诺办结时限,是否收费,结果名称,实施主体编码";
        writeln!(out, "{head}").expect("written");
        for (item, &which) in state.iter().enumerate() {
            row(&mut out, 0, item, which);
        }
        drop(out);
        let catalogue = ingest::read(&[Source::file(&list)], &profile).catalogue;
        let keys = |row: RowId| {
            let text = |id| catalogue.text(row, profile.field(id)?).map(str::to_owned);
            ["code", "impl_code"].into_iter().filter_map(text).collect()
        };
        let saving = Saving {
            catalogue: &catalogue,
            fields: &fields,
            root: "",
            keys: &keys,
            about: About::default(),
        };
        snapshots.save(&saving).expect("is saved");
    }
    let saving = started.elapsed();
    drop(snapshots);
    let field = |id: &str| profile.field(id);
    let lists = Lists {
        field: &field,
        labels: &profile.labels(),
        root: "",
    };
    let took = watched::best(5, || {
        let snapshots = Snapshots::open(&file).expect("opens");
        let entries: Vec<_> = snapshots.list().iter().collect();
        let places = snapshots.places(&["000105001001"]).expect("are found");
        let found = snapshots.item(&places, &entries, lists).expect("is read");
        assert_eq!(found.rows.len(), 100);
    });
    let size = std::fs::metadata(&file).expect("is there").len() as f64 / 1e6;
    println!("rows of an item, 100 snapshots of 10,000 items ({size:.1} MB, saved in {saving:.1?}): {took:.1?}");
    // The whole program, from its start to the table.
    let db = file.to_string_lossy();
    let took = watched::best(10, || {
        watched::tongban(1, &["log", "--item", "000105001001", "--db", &db]);
    });
    println!("life of an item (tongban log --item): {took:.1?}");
}
