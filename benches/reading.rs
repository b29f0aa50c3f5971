//! Speed of reading: a workbook of 200,000 rows and 14 columns. Figures are ratios against calamine's own stream of cells over
//! the same file in the same run.
//!
//! `cargo bench --bench reading` (or with `-- ROWS`).
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
    "办理地点",
    "咨询电话",
];

fn main() {
    let rows = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(200_000_u32);
    let folder = tempfile::tempdir().expect("a folder for the lists");
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
