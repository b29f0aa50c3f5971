//! Where bytes come from (threats, row 21): names of every kind, folders, ZIPs, standard input; what is no file; what is no list.
//! Nothing is ever written, started, or waited for.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Run, root, run_in};
use encoding_rs::GB18030;
use zip::write::SimpleFileOptions;

const LIST: &str =
    "事项名称,基本编码,受理条件\n取水许可,000119001000,有固定的经营场所\n采砂许可,000119002000,有营业执照\n";

/// Runs with something on standard input, and arguments that need not be UTF-8.
fn run_with(folder: &Path, stdin: &[u8], args: &[&OsStr]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongban"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("TONGBAN_LANG", "zh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Who does not want it closes the pipe.
    child.stdin.take().unwrap().write_all(stdin).ok();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("talk is UTF-8"),
    }
}

fn pipe(folder: &Path, stdin: &[u8], args: &[&str]) -> Run {
    run_with(folder, stdin, &args.iter().map(OsStr::new).collect::<Vec<_>>())
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The ids of the regions of a report.
fn regions(run: &Run) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let regions = report["regions"].as_array().expect("regions");
    regions
        .iter()
        .map(|region| region["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Every file below a folder, with its bytes and its time.
fn tree(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>, std::time::SystemTime)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(tree(&path));
        } else {
            let time = path.metadata().unwrap().modified().unwrap();
            all.push((path.clone(), std::fs::read(&path).unwrap(), time));
        }
    }
    all.sort();
    all
}

#[cfg(unix)]
#[test]
fn files_of_any_name_are_read() {
    use std::os::unix::ffi::OsStrExt;
    let long = format!("{}.csv", "长".repeat(83) + "xx");
    assert_eq!(long.len(), 255);
    let names: [&[u8]; 20] = [
        "两\n行.csv".as_bytes(),
        b"\x1B[31mred.csv",
        b"\x1B]0;title\x07.csv",
        b"quote'.csv",
        b"double\".csv",
        b"-o.csv",
        b"--fail-on=never.csv",
        b"latin-\xE9.csv",
        b"\xD0\xED\xBF\xC9.csv",
        long.as_bytes(),
        b"..double..dots...csv",
        b" spaces at both ends .csv",
        "中文清单.csv".as_bytes(),
        "表情😀.csv".as_bytes(),
        b"tab\there.csv",
        b"back\\slash.csv",
        b"$(touch owned);`id`.csv",
        b"star*?[a].csv",
        "left\u{202E}right.csv".as_bytes(),
        b"%s%n{ $file }.csv",
    ];
    let home = folder();
    for name in names {
        std::fs::write(home.path().join(OsStr::from_bytes(name)), LIST).unwrap();
    }
    let before = tree(home.path());
    // A hidden name is passed over in a folder; this one begins with a dot and is named below.
    let found = names.iter().filter(|name| !name.starts_with(b".")).count();
    let run = run_in(home.path(), &["report", ".", "--format", "json"]);
    assert_eq!((run.code, regions(&run).len()), (0, found), "{}", run.stderr);
    for command in [
        &["report", ".", "--top", "0"][..],
        &["lint", "."],
        &["export", "."],
        &["report", ".", "-f", "md"],
    ] {
        let run = run_in(home.path(), command);
        assert!(run.code < 2, "{command:?}: {}", run.stderr);
        let all = [run.stdout.as_str(), run.stderr.as_str()].concat();
        assert!(!all.contains('\u{FFFD}'), "{command:?}: {all}");
        // A CSV is data: it says what is there.
        let acts = command[0] != "export" && all.contains(['\x1B', '\x07', '\u{202E}']);
        assert!(!acts, "{command:?}: {all}");
    }
    for name in names {
        let name = [b"./", name].concat();
        let args = [OsStr::new("inspect"), OsStr::new("--"), OsStr::from_bytes(&name)];
        let run = run_with(home.path(), b"", &args);
        assert_eq!(run.code, 0, "{:?}: {}", String::from_utf8_lossy(&name), run.stderr);
        assert!(run.stdout.contains("csv，编码 UTF-8"), "{}", run.stdout);
        assert!(
            !run.stdout.contains(['\x1B', '\x07', '\u{FFFD}', '\u{202E}']),
            "{}",
            run.stdout
        );
        // And when it is not there: said, escaped.
        let gone = [
            OsStr::new("lint"),
            OsStr::new("--"),
            OsStr::from_bytes(&[&name, &b"x"[..]].concat()),
        ]
        .map(OsStr::to_owned);
        let run = run_with(home.path(), b"", &gone.iter().map(AsRef::as_ref).collect::<Vec<_>>());
        assert_eq!(run.code, 2);
        assert!(
            !run.stderr.contains(['\x1B', '\x07', '\u{FFFD}', '\u{202E}']),
            "{}",
            run.stderr
        );
    }
    let run = run_with(
        home.path(),
        b"",
        &[
            OsStr::new("diff"),
            OsStr::from_bytes(b"latin-\xE9.csv"),
            OsStr::from_bytes(b"\xD0\xED\xBF\xC9.csv"),
        ],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("latin-\\xE9"), "{}", run.stdout);
    assert!(tree(home.path()) == before, "the folder changed");
}

/// Runs under a limit of memory, and holds it to one second.
#[cfg(unix)]
fn run_limited(folder: &Path, args: &[&str]) -> Run {
    let start = Instant::now();
    let output = Command::new("sh")
        .args([
            "-c",
            "ulimit -v 2000000; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_tongban"),
        ])
        .args(args)
        .current_dir(folder)
        .env("TONGBAN_LANG", "zh")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(1), "{args:?} took {took:?}");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let home = folder();
    let home = home.path();
    put(home, "好.csv", LIST);
    std::fs::create_dir(home.join("空.csv")).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(home.join("管道.csv"))
            .status()
            .unwrap()
            .success()
    );
    symlink("/dev/zero", home.join("零.csv")).unwrap();
    symlink("没有.csv", home.join("断.csv")).unwrap();
    put(home, "禁.csv", LIST);
    std::fs::set_permissions(home.join("禁.csv"), std::fs::Permissions::from_mode(0o000)).unwrap();
    let mut odd = vec!["空.csv", "管道.csv", "零.csv", "断.csv", "/dev/zero", "没有.csv"];
    if std::fs::File::open(home.join("禁.csv")).is_err() {
        odd.push("禁.csv");
    } else {
        println!("skipped: a file without permission, for this user may read all files");
        std::fs::remove_file(home.join("禁.csv")).unwrap();
    }
    for path in &odd {
        for command in [
            &["lint", path][..],
            &["inspect", path],
            &["diff", "好.csv", path],
            &["report", "好.csv", path],
            &["export", path],
        ] {
            let run = run_limited(home, command);
            assert_eq!(run.code, 2, "{command:?}: {}", run.stdout);
            assert!(run.stderr.contains(path), "{command:?}: {}", run.stderr);
        }
    }
    // As a manifest, and as a profile.
    std::fs::create_dir(home.join("工作区")).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(home.join("工作区/tongban.toml"))
            .status()
            .unwrap()
            .success()
    );
    for command in [
        &["lint", "工作区/tongban.toml"][..],
        &["lint", "好.csv", "--profile", "工作区/tongban.toml"],
    ] {
        assert_eq!(run_limited(home, command).code, 2, "{command:?}");
    }
    // In a folder what is odd is said, and the rest is read.
    let run = run_limited(home, &["report", ".", "--format", "json"]);
    assert_eq!((run.code, regions(&run)), (2, vec!["好".to_owned()]), "{}", run.stderr);
    for name in ["管道.csv", "零.csv", "断.csv"] {
        assert!(run.stderr.contains(name), "{name}: {}", run.stderr);
    }
}

/// Nothing in the source can start a program or open a socket.
#[test]
fn nothing_is_spawned() {
    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
            .collect()
    }
    let files = files(&root().join("src"));
    assert!(files.len() > 50);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["process::Command", "std::net", "TcpStream", "UdpSocket"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn folders_of_folders_are_descended() {
    use std::os::unix::fs::symlink;
    let outside = folder();
    put(outside.path(), "外.csv", LIST);
    let home = folder();
    let home = home.path();
    for name in ["甲区/清单.csv", "乙区/清单.CSV", "乙区/村/丙.tsv", "丁.csv"] {
        put(home, name, LIST);
    }
    for name in [
        "甲区/.隐藏.csv",
        "甲区/~$清单.csv",
        ".git/x.csv",
        "__MACOSX/._x.csv",
        "甲区/说明.docx",
        "甲区/readme.md",
        "甲区/tongban.toml",
    ] {
        put(home, name, "no list");
    }
    put(
        home,
        "要素.toml",
        "id = \"own\"\ntitle = \"本市\"\nextends = \"national-12\"\n",
    );
    symlink("..", home.join("甲区/圈")).unwrap();
    symlink("../丁.csv", home.join("甲区/丁.csv")).unwrap();
    let clean = run_in(home, &["report", ".", "--format", "json"]);
    assert_eq!(clean.code, 0, "{}", clean.stderr);
    assert_eq!(regions(&clean), ["丁", "丙", "乙区/清单", "甲区/清单"]);
    let before = tree(&home.join("乙区"));
    assert!(run_in(home, &["lint", "."]).code < 2);
    assert!(before == tree(&home.join("乙区")), "lint wrote something");
    // A link that leads out is said and not followed.
    symlink(outside.path(), home.join("甲区/外面")).unwrap();
    symlink(outside.path().join("外.csv"), home.join("甲区/外.csv")).unwrap();
    let run = run_in(home, &["report", ".", "--format", "json"]);
    assert_eq!((run.code, run.stdout), (2, clean.stdout), "{}", run.stderr);
    assert!(
        run.stderr.contains("甲区/外面") && run.stderr.contains("甲区/外.csv"),
        "{}",
        run.stderr
    );
}

#[test]
fn folders_are_descended_to_a_limit() {
    let deep = |levels: usize| {
        let home = folder();
        put(home.path(), "好.csv", LIST);
        put(home.path(), &format!("{}深.csv", "层/".repeat(levels)), LIST);
        run_in(home.path(), &["report", ".", "--format", "json"])
    };
    let run = deep(16);
    assert_eq!((run.code, regions(&run).len()), (0, 2), "{}", run.stderr);
    let run = deep(17);
    assert_eq!((run.code, regions(&run).len()), (2, 1));
    assert!(run.stderr.contains("超过 16 层"), "{}", run.stderr);
}

#[test]
fn lists_are_counted() {
    let home = folder();
    for at in 0..4_097 {
        put(home.path(), &format!("{at}.csv"), "x");
    }
    let run = run_in(home.path(), &["lint", "."]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("超过 4096 份"), "{}", run.stderr);
    std::fs::remove_file(home.path().join("0.csv")).unwrap();
    let run = run_in(home.path(), &["lint", "."]);
    assert!(!run.stderr.contains("4096"), "{}", run.stderr);
}

#[test]
fn settings_have_a_limit() {
    let home = folder();
    put(home.path(), "好.csv", LIST);
    let run = |size: usize| {
        let manifest = "\u{FEFF}[[region]]\nid = \"1\"\nfiles = [\"好.csv\"]\n#";
        let padded = format!("{manifest}{}", "x".repeat(size - manifest.len()));
        put(home.path(), "tongban.toml", padded);
        run_in(home.path(), &["export"])
    };
    assert_eq!(run(1 << 20).code, 0);
    let over = run((1 << 20) + 1);
    assert!(
        over.code == 2 && over.stderr.contains("超过 1048576 字节"),
        "{}",
        over.stderr
    );
    put(home.path(), "tongban.toml", GB18030.encode("profile = \"要素\"").0);
    let run = run_in(home.path(), &["export"]);
    assert!(run.code == 2 && run.stderr.contains("另存为 UTF-8"), "{}", run.stderr);
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// A member as it is put into a ZIP by hand: names need not be UTF-8, and what it says of itself need not be true.
struct Member {
    name: Vec<u8>,
    bytes: Vec<u8>,
    flags: u16,
    claims: Option<u32>,
}

fn member(name: impl AsRef<[u8]>, bytes: impl AsRef<[u8]>) -> Member {
    Member {
        name: name.as_ref().to_vec(),
        bytes: bytes.as_ref().to_vec(),
        flags: 0,
        claims: None,
    }
}

fn zip_of(members: &[Member]) -> Vec<u8> {
    let (mut out, mut table) = (Vec::new(), Vec::new());
    for Member {
        name,
        bytes,
        flags,
        claims,
    } in members
    {
        let length = u32::try_from(bytes.len()).unwrap();
        let at = u32::try_from(out.len()).unwrap();
        let mut head = Vec::new();
        head.extend([20, 0]);
        head.extend(flags.to_le_bytes());
        head.extend([0, 0, 0, 0, 0x21, 0x50]);
        head.extend(crc(bytes).to_le_bytes());
        head.extend(length.to_le_bytes());
        head.extend(claims.unwrap_or(length).to_le_bytes());
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name);
        out.extend(bytes);
        table.extend(b"PK\x01\x02\x14\0");
        table.extend(&head);
        table.extend([0; 10]);
        table.extend(at.to_le_bytes());
        table.extend(name);
    }
    let (count, size, at) = (members.len(), table.len(), out.len());
    out.extend(table);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(u16::try_from(count).unwrap().to_le_bytes());
    out.extend(u16::try_from(count).unwrap().to_le_bytes());
    out.extend(u32::try_from(size).unwrap().to_le_bytes());
    out.extend(u32::try_from(at).unwrap().to_le_bytes());
    out.extend([0, 0]);
    out
}

fn workbook() -> Vec<u8> {
    std::fs::read(root().join("examples/three-districts/nanping.xlsx")).unwrap()
}

#[test]
fn a_zip_is_read_as_a_folder_of_lists() {
    let home = folder();
    let gb = |text: &str| GB18030.encode(text).0.into_owned();
    let lists = [
        member("甲区/清单.csv", LIST),
        member(gb("乙区\\清单.csv"), gb(LIST)),
        member("../../丙.csv", LIST),
        member("/etc/丁.csv", LIST),
        member("戊.xls", LIST),
        member("南坪.csv", workbook()),
        member("甲区/", ""),
    ];
    let passed = [
        member("__MACOSX/._甲区.csv", "x"),
        member("甲区/.DS_Store", "x"),
        member("甲区/~$清单.xlsx", "x"),
    ];
    let all: Vec<Member> = lists.into_iter().chain(passed).collect();
    put(home.path(), "档案.zip", zip_of(&all));
    let before = tree(home.path());
    let run = run_in(home.path(), &["report", "档案.zip", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let found = regions(&run);
    for name in ["甲区/清单", "乙区/清单", "丙", "丁", "戊"] {
        assert!(found.iter().any(|region| region == name), "{name}: {found:?}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
    let guides = run_in(home.path(), &["export", "档案.zip"]).stdout;
    for name in [
        "档案.zip/甲区/清单.csv",
        "档案.zip/乙区/清单.csv",
        "档案.zip/../../丙.csv",
        "档案.zip//etc/丁.csv",
    ] {
        assert!(guides.contains(name), "{name}: {guides}");
    }
    for command in [
        &["lint", "档案.zip"][..],
        &["inspect", "档案.zip"],
        &["diff", "档案.zip", "档案.zip"],
        &["lint", "."],
    ] {
        let run = run_in(home.path(), command);
        assert!(run.code < 2, "{command:?}: {}", run.stderr);
    }
    // One list of it, by the name that reports give it.
    let run = run_in(home.path(), &["export", "档案.zip/甲区/清单.csv"]);
    assert!(
        run.code == 0 && run.stdout.contains("取水许可") && !run.stdout.contains("乙区"),
        "{}",
        run.stderr
    );
    let gone = run_in(home.path(), &["export", "档案.zip/甲区/没有.csv"]);
    assert!(
        gone.code == 2 && gone.stderr.contains("档案.zip/甲区/没有.csv"),
        "{}",
        gone.stderr
    );
    assert_eq!(
        run_in(home.path(), &["export", "档案.zip/甲区/清单.csv", "-o", "档案.zip"]).code,
        2
    );
    let run = run_in(
        home.path(),
        &["diff", "档案.zip/甲区/清单.csv", "档案.zip/乙区/清单.csv"],
    );
    assert!(
        run.code == 0 && run.stdout.contains("甲区"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let run = run_in(home.path(), &["report", "档案.zip", "--format", "json"]);
    // What init writes reads the same.
    assert_eq!(run_in(home.path(), &["init", "."]).code, 0);
    let by_manifest = run_in(home.path(), &["report", ".", "--format", "json"]);
    assert_eq!(regions(&by_manifest), regions(&run), "{}", by_manifest.stderr);
    std::fs::remove_file(home.path().join("tongban.toml")).unwrap();
    // The order inside does not matter.
    let turned: Vec<Member> = all.into_iter().rev().collect();
    put(home.path(), "档案.zip", zip_of(&turned));
    assert_eq!(
        run_in(home.path(), &["report", "档案.zip", "--format", "json"]).stdout,
        run.stdout
    );
    assert_eq!(tree(home.path()).len(), before.len(), "something was written");
}

#[test]
fn what_is_not_read_of_a_zip_is_said() {
    let home = folder();
    let good = || member("好.csv", LIST);
    let inner = zip_of(&[good()]);
    let cases: [(&str, Member, i32, &str); 9] = [
        ("document", member("说明.docx", "x"), 0, "不是清单"),
        ("manifest", member("tongban.toml", "x"), 0, "不是清单"),
        ("nested", member("内.zip", &inner), 2, "压缩包里的压缩包"),
        (
            "nested by another name",
            member("内.xlsx", &inner),
            2,
            "压缩包里的压缩包",
        ),
        (
            "encrypted",
            Member {
                flags: 1,
                ..member("密.csv", LIST)
            },
            2,
            "加了密码",
        ),
        ("name", member(b"\xFF\xFF.csv", LIST), 2, "文件名既不是"),
        ("twice", good(), 2, "同名的文件"),
        (
            "longer than it claims",
            Member {
                claims: Some(10),
                ..member("谎.csv", LIST)
            },
            2,
            "损坏",
        ),
        ("no list", member("图.csv", "\u{89}PNG\r\n"), 2, "图.csv"),
    ];
    for (name, odd, code, said) in cases {
        put(home.path(), "档案.zip", zip_of(&[good(), odd]));
        let run = run_in(home.path(), &["export", "档案.zip"]);
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
        assert!(run.stdout.contains("取水许可"), "{name}: the rest was not read");
        assert!(!run.stderr.contains('\u{FFFD}'));
    }
    for (name, bytes, said) in [
        ("empty", zip_of(&[]), "没有清单"),
        ("no lists", zip_of(&[member("说明.docx", "x")]), "没有清单"),
        ("cut", inner[..inner.len() - 9].to_vec(), "损坏"),
    ] {
        put(home.path(), "档案.zip", bytes);
        let run = run_in(home.path(), &["export", "档案.zip"]);
        assert!(run.code == 2 && run.stderr.contains(said), "{name}: {}", run.stderr);
    }
}

#[test]
fn limits_of_a_zip() {
    let home = folder();
    let run = |bytes: &[u8]| {
        put(home.path(), "档案.zip", bytes);
        run_in(home.path(), &["lint", "档案.zip"])
    };
    let many = |count: usize| {
        let mut members: Vec<Member> = (1..count).map(|at| member(format!("{at}.png"), "")).collect();
        members.push(member("好.csv", LIST));
        zip_of(&members)
    };
    assert!(run(&many(2_000)).code < 2);
    let over = run(&many(2_001));
    assert!(
        over.code == 2 && over.stderr.contains("2001 个文件，上限 2000"),
        "{}",
        over.stderr
    );
    // What members claim is added up before anything is inflated; each packs at most 200:1.
    let claim = |name: &str, claims: u32| Member {
        claims: Some(claims),
        ..member(name, vec![b'x'; 3 << 20])
    };
    let half = 1 << 29;
    let whole = run(&zip_of(&[claim("a.csv", half), claim("b.csv", half)]));
    assert!(
        whole.code == 2 && !whole.stderr.contains("解压后超过"),
        "{}",
        whole.stderr
    );
    let over = run(&zip_of(&[claim("a.csv", half), claim("b.csv", half + 1)]));
    assert!(
        over.code == 2 && over.stderr.contains("解压后超过 1073741824 字节"),
        "{}",
        over.stderr
    );
    let packed = |size: usize| {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in [("大.csv", vec![b'x'; size]), ("好.csv", LIST.into())] {
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(&bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    // Up to 10 MiB packing is not looked at.
    assert!(!run(&packed(10 << 20)).stdout.contains("200:1"));
    let over = run(&packed((10 << 20) + 1));
    assert!(over.code == 2 && over.stdout.contains("200:1"), "{}", over.stdout);
}

#[test]
fn standard_input_is_a_file_too() {
    let home = folder();
    let home = home.path();
    put(home, "乙.csv", LIST.replace("营业执照", "固定的场所"));
    let list = LIST.as_bytes();
    for command in [
        &["lint", "-"][..],
        &["report", "-", "乙.csv"],
        &["export", "-"],
        &["inspect", "-"],
    ] {
        let run = pipe(home, list, command);
        assert!(run.code < 2, "{command:?}: {}", run.stderr);
        assert!(
            command[0] == "lint" || run.stdout.contains("stdin"),
            "{command:?}: {}",
            run.stdout
        );
    }
    let run = pipe(home, list, &["report", "-", "乙.csv", "--format", "json"]);
    assert_eq!(regions(&run), ["<stdin>", "乙"]);
    for command in [["diff", "-", "乙.csv"], ["diff", "乙.csv", "-"]] {
        assert_eq!(pipe(home, list, &command).code, 1, "{command:?}");
    }
    // Any format, by content or by name.
    let jsonl = b"{\"task_name\":\"a\",\"task_code\":\"1\"}\n";
    let zip = zip_of(&[member("甲区/清单.csv", list), member("乙区/清单.csv", list)]);
    for (bytes, format, found) in [
        (list, "csv", "csv"),
        (list, "tsv", "tsv"),
        (&jsonl[..], "jsonl", "jsonl"),
        (&workbook()[..], "xlsx", "xlsx"),
        (&zip[..], "zip", "<stdin>/甲区/清单.csv"),
    ] {
        let run = pipe(home, bytes, &["inspect", "-", "--input-format", format]);
        assert!(run.stdout.contains(found), "{format}: {}{}", run.stdout, run.stderr);
    }
    let run = pipe(home, list, &["inspect", "-", "--input-format", "xlsx"]);
    assert!(run.code == 2 && run.stderr.contains("说是 xlsx"), "{}", run.stderr);
    let run = pipe(home, &workbook(), &["inspect", "-", "--input-format", "csv"]);
    assert!(run.code == 2 && run.stderr.contains("内容却是 xlsx"), "{}", run.stderr);
    let run = pipe(home, &GB18030.encode(LIST).0, &["export", "-"]);
    assert!(
        run.code == 0 && run.stdout.contains("取水许可") && run.stderr.contains("<stdin>"),
        "{}",
        run.stderr
    );
    for command in [&["report", "-", "-"][..], &["diff", "-", "-"]] {
        let run = pipe(home, list, command);
        assert!(
            run.code == 2 && run.stderr.contains("只能用一次"),
            "{command:?}: {}",
            run.stderr
        );
    }
    assert!(pipe(home, b"", &["lint", "-"]).stderr.contains("空的"));
    // A file that is really called so.
    put(home, "-", LIST);
    assert_eq!(pipe(home, b"", &["inspect", "./-"]).code, 0);
}

#[test]
fn an_output_never_replaces_an_input() {
    let home = folder();
    let home = home.path();
    put(home, "清单.csv", LIST);
    put(home, "档案.zip", zip_of(&[member("甲.csv", LIST)]));
    let mut commands = vec![
        vec!["export", "清单.csv", "-o", "清单.csv"],
        vec!["export", "清单.csv", "-o", "./清单.csv"],
        vec!["export", "档案.zip", "-o", "档案.zip"],
        vec!["report", "档案.zip", "清单.csv", "-o", "档案.zip"],
        vec!["export", ".", "-o", "档案.zip"],
        vec!["report", "清单.csv", "-o", "tongban.toml"],
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("档案.zip", home.join("链.zip")).unwrap();
        std::os::unix::fs::symlink("清单.csv", home.join("链.csv")).unwrap();
        commands.push(vec!["export", "档案.zip", "-o", "链.zip"]);
        commands.push(vec!["export", "链.zip", "-o", "档案.zip"]);
        commands.push(vec!["export", "清单.csv", "-o", "链.csv"]);
    }
    let before = tree(home);
    for command in commands {
        let run = run_in(home, &command);
        assert_eq!(run.code, 2, "{command:?}");
        assert!(run.stderr.contains("没有写"), "{command:?}: {}", run.stderr);
    }
    #[cfg(target_os = "linux")]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_tongban"))
            .args(["export", "-", "-o", "清单.csv"])
            .current_dir(home)
            .stdin(std::fs::File::open(home.join("清单.csv")).unwrap())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "standard input was written over");
    }
    assert!(tree(home) == before, "an input changed");
}

/// The container that Office wrote before 2007, with these streams.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(512, 0);
    for name in streams {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut entry = vec![0_u8; 128];
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len() + 2).unwrap();
        entry[66] = 2;
        bytes.extend(entry);
    }
    bytes
}

#[test]
fn what_is_no_list_is_called_by_its_name() {
    let office = |part: &str| zip_of(&[member("[Content_Types].xml", "x"), member(part, "x")]);
    let html =
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table><tr><td>事项名称</td></tr></table>";
    let utf16: Vec<u8> = ["\u{FEFF}", html]
        .concat()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("网页.xls", html.into(), "网页"),
        ("网页.csv", GB18030.encode(html).0.into_owned(), "网页"),
        ("网页16.xls", utf16, "网页"),
        ("坏网页.xls", [html.as_bytes(), b"\xFF"].concat(), "网页"),
        (
            "单页.xls",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x".to_vec(),
            "网页",
        ),
        (
            "表2003.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>".to_vec(),
            "Excel 2003",
        ),
        (
            "数据.json",
            b"<?xml version=\"1.0\"?><list><item/></list>".to_vec(),
            "这是 XML",
        ),
        ("文.xlsx", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), "PDF"),
        ("文.csv", office("word/document.xml"), "文字文档"),
        ("演.xlsx", office("ppt/presentation.xml"), "演示文稿"),
        ("版.xlsx", zip_of(&[member("OFD.xml", "x")]), "OFD"),
        ("旧文.xls", compound(&["Root Entry", "WordDocument"]), "文字文档"),
        ("旧演.xls", compound(&["PowerPoint Document"]), "演示文稿"),
        ("密.xlsx", compound(&["EncryptionInfo", "EncryptedPackage"]), "密码"),
        ("富.csv", b"{\\rtf1\\ansi}".to_vec(), "文字文档"),
        ("包.csv", b"Rar!\x1A\x07\x01\0".to_vec(), "RAR"),
        ("七.csv", b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(), "7z"),
        ("压.csv", b"\x1F\x8B\x08\0\0\0".to_vec(), "gzip"),
        ("图.csv", b"\x89PNG\r\n\x1A\n\0\0".to_vec(), "图片"),
        ("照.csv", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "图片"),
        ("库.csv", b"SQLite format 3\0\x10\0".to_vec(), "SQLite"),
        ("二进制.xlsx", office("xl/workbook.bin"), "xlsb"),
        ("程.csv", b"\x7FELF\x02\x01\x01\0".to_vec(), "程序"),
        ("窗.csv", b"MZ\x90\0\x03\0\0\0".to_vec(), "程序"),
        ("空.csv", Vec::new(), "空的"),
        ("白.csv", " \u{3000}\r\n\t\n".into(), "空白"),
        ("标.csv", b"\xEF\xBB\xBF".to_vec(), "空白"),
    ];
    for (name, bytes, said) in cases {
        let home = folder();
        put(home.path(), name, bytes);
        put(home.path(), "好.csv", LIST);
        let run = run_in(home.path(), &["export", name, "好.csv"]);
        assert_eq!(run.code, 2, "{name}");
        assert!(
            run.stderr.contains(said) && run.stderr.contains(name),
            "{name}: {}",
            run.stderr
        );
        assert!(run.stdout.contains("取水许可"), "{name}: the rest was not read");
        let english = run_in(home.path(), &["export", name, "--lang", "en"])
            .stderr
            .replace(name, "");
        let chinese = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
        assert!(
            english.contains("hint: ") && !english.contains(chinese),
            "{name}: {english}"
        );
    }
}

#[test]
fn lists_are_read_under_any_name() {
    let tabs = LIST.replace(',', "\t");
    for (name, bytes, format) in [
        ("清单.xls", LIST.as_bytes().to_vec(), "csv"),
        ("清单.xlsx", GB18030.encode(&tabs).0.into_owned(), "csv GB18030"),
        ("清单.csv", workbook(), "xlsx"),
        ("清单.json", LIST.as_bytes().to_vec(), "csv"),
        (
            "清单.csv",
            b"[{\"task_name\":\"\xE7\x94\xB2\",\"task_code\":\"1\"}]".to_vec(),
            "json",
        ),
        ("清单", LIST.as_bytes().to_vec(), "csv"),
    ] {
        let home = folder();
        put(home.path(), name, bytes);
        let run = run_in(home.path(), &["inspect", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let format = format.replace(' ', "，编码 ");
        assert!(run.stdout.contains(&format!("格式 {format}")), "{name}: {}", run.stdout);
    }
}

/// A manifest with settings and nothing else: the lists are those of its folder; reports of our own are none; own rules need no manifest.
#[test]
fn a_folder_is_read_as_it_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::create_dir_all(folder.join("w/rules")).unwrap();
    std::fs::write(
        folder.join("w/甲.csv"),
        "事项名称,基本编码\n取水许可(新办),000119001000\n",
    )
    .unwrap();
    let rows = |args: &[&str]| {
        let args = [&["lint", "w", "-f", "json", "--fail-on", "never"], args].concat();
        let run = run_in(folder, &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let lint: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(lint["findings"][0]["place"]["file"], "w/甲.csv");
        lint["summary"]["rows"].as_u64().unwrap()
    };
    assert_eq!(rows(&[]), 1);
    for output in ["a.json", "gitlab:b.json", "c.csv", "d.xlsx"] {
        let output = match output.split_once(':') {
            Some((format, name)) => format!("{format}:w/{name}"),
            None => format!("w/{output}"),
        };
        run_in(folder, &["lint", "w", "-o", &output]);
    }
    run_in(folder, &["lint", "w", "--statistics", "-o", "w/e.csv"]);
    run_in(folder, &["report", "w", "-o", "w/f.csv"]);
    run_in(folder, &["diff", "w/甲.csv", "w/甲.csv", "-o", "w/g.csv"]);
    assert_eq!(std::fs::read_dir(folder.join("w")).unwrap().count(), 9);
    assert_eq!(rows(&[]), 1);
    std::fs::write(folder.join("w/tongban.toml"), "[lint]\nignore = [\"CON\"]\n").unwrap();
    assert_eq!(rows(&[]), 1);
    std::fs::remove_file(folder.join("w/tongban.toml")).unwrap();
    std::fs::write(
        folder.join("w/rules/own.toml"),
        "[[rule]]\ncode = \"XY001\"\nname = \"no-brackets\"\nseverity = \"error\"\ntitle = \"括号\"\nmessage = \"有括号\"\non = \"name\"\nforbidden = '[(（]'\n",
    )
    .unwrap();
    let run = run_in(folder, &["lint", "w", "--select", "XY001", "-o", "-"]);
    assert!(
        run.code == 1 && run.stdout.contains("XY001"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}
