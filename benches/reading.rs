//! Speed and memory of reading: a CSV of 1,000,000 rows and 14 columns (about 480 MB) against what the `csv` crate needs to count its
//! records, and a workbook of 200,000 rows against calamine's own stream of its cells. Figures are ratios within one run.
//!
//! `cargo bench --bench reading` (or with `-- ROWS`, rows of the CSV; the workbook has a fifth of them).
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use tongban::ingest::{self, Source};
use tongban::profile::Profile;

const HEADERS: [&str; 14] = [
    "事项名称",
    "基本编码",
    "事项类型",
    "设定依据",
    "服务对象",
    "受理条件",
    "申请材料",
    "办理流程",
    "法定办结时限",
    "承诺办结时限",
    "是否收费",
    "办理结果",
    "实施编码",
    "咨询电话",
];

fn main() {
    let rows = std::env::args()
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(1_000_000_u32);
    let folder = tempfile::tempdir().expect("a folder for the lists");
    csv(&folder.path().join("list.csv"), rows);
    let rows = rows / 5;
    let path = folder.path().join("list.xlsx");
    workbook(&path, rows);
    let bytes = std::fs::read(&path).expect("the workbook is there");
    println!("{rows} rows x {}, {:.1} MB", HEADERS.len(), bytes.len() as f64 / 1e6);

    let stream = best(5, || {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).expect("opens");
        let mut reader = workbook.worksheet_cells_reader("清单").expect("has the sheet");
        let mut cells = 0;
        while reader.next_cell().expect("reads").is_some() {
            cells += 1;
        }
        assert_eq!(cells, (rows as usize + 1) * HEADERS.len());
    });
    let profile = Profile::load("national-12").expect("the profile ships");
    let read = best(5, || {
        let intake = ingest::read(&[Source::file(&path)], &profile);
        assert!(intake.errors.is_empty() && !intake.incomplete);
        assert_eq!(intake.catalogue.tables[0].rows, rows as usize);
    });
    println!("calamine's stream {stream:.2?}, tongban {read:.2?}");
    println!(
        "workbook / stream of cells: {:.2}",
        read.as_secs_f64() / stream.as_secs_f64()
    );
}

/// A province's list: 3,000 items in hundreds of districts, codes of their own, conditions of several lines in quotes.
fn csv(path: &Path, rows: u32) {
    const MATERIALS: [&str; 7] = [
        "申请书",
        "身份证",
        "营业执照",
        "论证报告",
        "承诺书",
        "平面图",
        "审查意见",
    ];
    let mut writer = csv::Writer::from_path(path).expect("a file for the list");
    writer.write_record(HEADERS).expect("written");
    for row in 0..rows {
        let (item, region) = (row % 3_000, row / 3_000);
        let code = format!("0001{:02}{:03}{:03}", item % 80, item / 10, item % 10);
        let materials = MATERIALS[..2 + (item + region) as usize % 5].join("；");
        let record = [
            format!("事项{item:04}许可（情形{}）", item % 7),
            code.clone(),
            "行政许可".to_owned(),
            format!("《取水许可和水资源费征收管理条例》第{}条", item % 40),
            "自然人；企业法人".to_owned(),
            format!(
                "1.申请人具备第{}类资格；\n2.符合规划要求；3.有相应的场所和设施，面积不少于{}平方米。",
                item % 9,
                region % 5 * 10 + item
            ),
            materials,
            "受理→审查→决定→送达".to_owned(),
            format!("{}个工作日", 20 + item % 10),
            format!("{}个工作日", 5 + region % 5),
            "不收费".to_owned(),
            format!("许可证{item}"),
            format!("11{region:016}4{code}"),
            format!("020-8{region:04}{:03}", item % 80),
        ];
        writer.write_record(&record).expect("written");
    }
    writer.flush().expect("written");
    drop(writer);
    let bytes = std::fs::metadata(path).expect("is there").len();
    println!("{rows} rows x {}, {:.1} MB", HEADERS.len(), bytes as f64 / 1e6);
    let count = best(5, || {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(path)
            .expect("opens");
        let mut record = csv::ByteRecord::new();
        let mut records = 0;
        while reader.read_byte_record(&mut record).expect("reads") {
            records += 1;
        }
        assert_eq!(records, rows + 1);
    });
    let profile = Profile::load("national-12").expect("the profile ships");
    // On Linux: the peak from here on, and what is left of it once everything is read.
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let before = memory("VmRSS:");
    let intake = ingest::read(&[Source::file(path)], &profile);
    let (peak, kept) = (memory("VmHWM:"), memory("VmRSS:"));
    drop(intake);
    let read = best(5, || {
        let intake = ingest::read(&[Source::file(path)], &profile);
        assert!(intake.errors.is_empty() && !intake.incomplete);
        assert_eq!(intake.catalogue.tables[0].rows, rows as usize);
    });
    println!("counting {count:.2?}, tongban {read:.2?}");
    println!(
        "CSV / counting its records: {:.2}",
        read.as_secs_f64() / count.as_secs_f64()
    );
    if let (Some(before), Some(peak), Some(kept)) = (before, peak, kept) {
        println!(
            "catalogue {} MB, peak {} MB beyond it",
            (kept - before) / 1024,
            (peak - kept) / 1024
        );
    }
}

/// A figure of this process in KiB, where the system gives it.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Half of the columns repeat few texts, as lists do; the others are different on every row.
fn workbook(path: &Path, rows: u32) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("清单").expect("a fine name");
    for (column, header) in (0_u16..).zip(HEADERS) {
        sheet.write(0, column, header).expect("written");
        for row in 1..=rows {
            let text = match column {
                0 => format!("第{row}项许可"),
                1 => format!("{:012}", 119_001_000_u64 + u64::from(row)),
                _ if column % 2 == 0 => format!("{header}的常见写法之{}", row % 50),
                _ => format!("{header}：由第{row}号窗口受理，材料齐全的当场决定"),
            };
            sheet.write(row, column, text).expect("written");
        }
    }
    workbook.save(path).expect("saved");
}

fn best(times: usize, mut run: impl FnMut()) -> Duration {
    let once = |_| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}
