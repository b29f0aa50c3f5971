//! Encodings (threats, row 1): what is one text reads as one text whatever it was saved as, what is no text is refused at its byte,
//! and nothing ever becomes a replacement character.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use crate::support::{Run, run_in};
use encoding_rs::{BIG5, Encoding, GB18030, GBK};
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::profile::Profile;

/// A list that GBK can spell, and one that needs the four bytes of GB18030.
const PLAIN: &str = "事项名称,基本编码,法定办结时限,受理条件\n取水许可,000119001000,20个工作日,有固定的经营场所\n\
                     采砂许可,000119002000,45个工作日,“具备”条件；有5万元以上资金\n";
const RARE: &str = "事项名称,基本编码,法定办结时限,受理条件\n𠮷祥水库取水许可,000119001000,20个工作日,符合䶮山规划\n\
                    采砂许可,000119002000,45个工作日,有€5万元\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    ["\u{FEFF}", text].concat().encode_utf16().flat_map(bytes).collect()
}

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding.encode(text);
    assert!(!lost, "{} cannot spell it", encoding.name());
    bytes.into_owned()
}

/// The text as each program saves it: the name and the bytes.
fn saved(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (ending, eol) in [("LF", "\n"), ("CRLF", "\r\n")] {
        for (separator, by) in [("comma", ","), ("tab", "\t")] {
            let text = text.replace(',', by).replace('\n', eol);
            let mut add = |name: &str, bytes| files.push((format!("{name} {ending} {separator}"), bytes));
            add("UTF-8", text.clone().into_bytes());
            add("UTF-8+BOM", format!("\u{FEFF}{text}").into_bytes());
            add("UTF-16LE", utf16(&text, u16::to_le_bytes));
            add("UTF-16BE", utf16(&text, u16::to_be_bytes));
            // Windows spells the euro sign 0x80 in GBK: that one is refused.
            if !text.contains('𠮷') {
                add("GBK", encode(GBK, &text));
            }
            add("GB18030", encode(GB18030, &text));
        }
    }
    files
}

fn quiet(run: &Run) {
    let all = [run.stdout.as_str(), run.stderr.as_str()].concat();
    assert!(!all.contains('\u{FFFD}'), "a replacement character: {all}");
    assert!(!all.contains("panicked"), "{all}");
}

#[test]
fn one_text_reads_as_one_text() {
    let mut files = 0;
    for text in [PLAIN, RARE] {
        let mut first: Option<(Run, Run)> = None;
        for (name, bytes) in saved(text) {
            files += 1;
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("清单.csv"), &bytes).unwrap();
            let report = run_in(folder.path(), &["report", "清单.csv", "--format", "json"]);
            let export = run_in(folder.path(), &["export", "清单.csv"]);
            quiet(&report);
            assert_eq!((report.code, export.code), (0, 0), "{name}: {}", report.stderr);
            // What is not said by the file is said to the user.
            let guessed = name.starts_with("GB");
            assert_eq!(
                report.stderr.contains("--encoding"),
                guessed,
                "{name}: {}",
                report.stderr
            );
            assert_eq!(report.stderr.contains("GB18030"), guessed, "{name}: {}", report.stderr);
            assert!(!report.stderr.contains("个文件"), "{name}: {}", report.stderr);
            match &first {
                None => {
                    assert!(export.stdout.contains(if text == RARE { "𠮷祥水库" } else { "“具备”" }));
                    first = Some((report, export));
                }
                Some((one, other)) => {
                    assert_eq!(one.stdout, report.stdout, "{name}");
                    assert_eq!(other.stdout, export.stdout, "{name}");
                }
            }
        }
    }
    assert_eq!(files, 24 + 20);
}

#[test]
fn what_is_no_text_is_refused_at_its_byte() {
    let gb = |text: &str| encode(GB18030, text);
    let utf16_bare: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = ["\u{FEFF}", PLAIN]
        .concat()
        .chars()
        .flat_map(|c| (c as u32).to_le_bytes())
        .collect();
    // A character of four bytes that loses its last.
    let rare = gb(RARE);
    let at = rare.windows(4).position(|four| four == gb("𠮷")).unwrap();
    let cut = [&rare[..at + 3], &rare[at + 4..]].concat();
    let latin = b"nom,code\ncaf\xE9,000119001000\n".to_vec();
    let (head, tail) = PLAIN.split_at(PLAIN.find("采砂").unwrap());
    let half = [head.as_bytes(), &gb(tail)].concat();
    let ff = [&gb(PLAIN), &b"\xFF\n"[..]].concat();
    let stray = [&gb(PLAIN), &b"\x81\x20\n"[..]].concat();
    let nul: Vec<u8> = PLAIN.bytes().flat_map(|byte| [byte, 0]).collect();
    let first_nul = |bytes: &[u8]| bytes.iter().position(|&byte| byte == 0).unwrap();
    let files: [(&str, &[u8], usize); 8] = [
        ("UTF-16 without BOM", &utf16_bare, first_nul(&utf16_bare)),
        ("UTF-32", &utf32, 2),
        ("cut sequence", &cut, at),
        ("Latin-1", &latin, 12),
        ("half and half", &half, head.len()),
        ("0xFF", &ff, ff.len() - 2),
        ("0x81 0x20", &stray, stray.len() - 3),
        ("NUL-ridden", &nul, 1),
    ];
    for (name, bytes, at) in files {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("清单.csv"), bytes).unwrap();
        std::fs::write(folder.path().join("好.csv"), PLAIN).unwrap();
        let run = run_in(folder.path(), &["report", "清单.csv", "好.csv", "--format", "json"]);
        quiet(&run);
        assert_eq!(run.code, 2, "{name}");
        let said = format!("byte {at}）");
        assert!(
            run.stderr.contains(&said) && run.stderr.contains("清单.csv"),
            "{name}: no {said} in {}",
            run.stderr
        );
        // The rest is read all the same.
        assert!(run.stdout.contains("取水许可"), "{name}");
    }
    // A lone 0x80 is the euro sign of Windows and nothing of GB18030; who knows that it is one says so.
    let euro = [&gb(PLAIN), &b"\x80,1\n"[..]].concat();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("清单.csv"), &euro).unwrap();
    let run = run_in(folder.path(), &["export", "清单.csv"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains(&format!("byte {}）", euro.len() - 4)),
        "{}",
        run.stderr
    );
    let run = run_in(folder.path(), &["inspect", "清单.csv", "--encoding", "gbk"]);
    assert!(
        run.stdout.contains("GBK") && !run.stderr.contains("byte"),
        "{}",
        run.stderr
    );
}

/// Big5 decodes as GB18030 without an error, into nonsense: only the header tells.
#[test]
fn big5_is_read_when_it_is_named() {
    let towns = [
        "中正", "大同", "中山", "松山", "大安", "信義", "士林", "北投", "內湖", "南港",
    ];
    let folder = tempfile::tempdir().unwrap();
    let list = |town: &str| {
        format!(
            "事項名稱,基本編碼,受理條件\n{town}取水許可,000119001000,具備固定營業場所\n採砂許可,000119002000,依法登記\n"
        )
    };
    for town in towns {
        std::fs::write(folder.path().join(format!("{town}.csv")), encode(BIG5, &list(town))).unwrap();
        let run = run_in(folder.path(), &["lint", &format!("{town}.csv")]);
        quiet(&run);
        assert_eq!(run.code, 2, "{town}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("--encoding"), "{town}: {}", run.stderr);
    }
    // Nobody knows these headers by themselves: that is another matter, and the workspace says what they mean.
    let manifest = |encoding: &str| {
        let regions: String = towns
            .iter()
            .map(|town| {
                format!(
                    "[[region]]\nid = \"{town}\"\nfiles = [\"{town}.csv\"]\n{encoding}\
                     columns = {{ \"事項名稱\" = \"name\", \"基本編碼\" = \"code\", \"受理條件\" = \"conditions\" }}\n"
                )
            })
            .collect();
        std::fs::write(folder.path().join("tongban.toml"), regions).unwrap();
    };
    manifest("");
    assert_eq!(run_in(folder.path(), &["export"]).code, 2);
    let told = run_in(folder.path(), &["export", "--encoding", "big5"]);
    manifest("encoding = \"Big5\"\n");
    let written = run_in(folder.path(), &["export"]);
    for run in [&told, &written] {
        quiet(run);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            !run.stderr.contains("--encoding"),
            "nothing was guessed: {}",
            run.stderr
        );
        for town in towns {
            assert!(run.stdout.contains(&format!("{town}取水許可")), "{town}");
        }
    }
    assert_eq!(told.stdout, written.stdout);
    // The command line counts more, and is held to its word.
    let run = run_in(folder.path(), &["export", "--encoding", "utf-8"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("byte 0）") && run.stderr.contains("UTF-8"),
        "{}",
        run.stderr
    );
    let run = run_in(folder.path(), &["export", "--encoding", "klingon"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("klingon") && run.stderr.contains("gb18030"),
        "{}",
        run.stderr
    );
    manifest("encoding = \"klingon\"\n");
    assert!(run_in(folder.path(), &["export"]).stderr.contains("klingon"));
}

struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[2]
    }
}

/// Random bytes, random bytes behind a header, and lists with some bytes struck.
fn noise(dice: &mut Dice, at: usize) -> Vec<u8> {
    let (_, list) = saved([PLAIN, RARE][at % 2]).swap_remove(dice.below(20));
    match at % 4 {
        0 => (0..dice.below(400)).map(|_| dice.byte()).collect(),
        1 => {
            let mut bytes = list;
            bytes.extend((0..dice.below(60)).map(|_| dice.byte() | 0x80));
            bytes
        }
        2 => {
            let mut bytes = list;
            for _ in 0..=dice.below(6) {
                let at = dice.below(bytes.len());
                bytes[at] = dice.byte();
            }
            bytes
        }
        _ => list[dice.below(3)..list.len() - dice.below(9)].to_vec(),
    }
}

#[test]
fn nothing_becomes_a_replacement_character() {
    let mut dice = Dice(0x00C0_FFEE);
    let folder = tempfile::tempdir().unwrap();
    let profile = Profile::load("national-12").unwrap();
    let (mut read, mut refused) = (0, 0);
    for at in 0..1_000 {
        let bytes = noise(&mut dice, at);
        std::fs::write(folder.path().join(format!("{at:03}.csv")), &bytes).unwrap();
        let intake = ingest::read(&[Source::stdin(bytes)], &profile);
        let catalogue = &intake.catalogue;
        let cells: Vec<&str> = catalogue
            .cells
            .iter()
            .map(|cell| catalogue.texts.get(cell.text))
            .collect();
        let shown = format!(
            "{cells:?}{:?}{:?}{:?}",
            catalogue.tables, catalogue.findings, intake.errors
        );
        assert!(!shown.contains('\u{FFFD}'), "{at}: {shown}");
        Forms::of(&intake.catalogue, &profile);
        refused += intake.errors.len();
        read += intake.catalogue.files.len();
    }
    assert!(
        read > 200 && refused > 200,
        "{read} read, {refused} refused: the noise is too even"
    );
    for command in ["lint", "report", "export"] {
        let run = run_in(folder.path(), &[command, "."]);
        quiet(&run);
        assert_eq!(run.code, 2, "{command}");
    }
}
