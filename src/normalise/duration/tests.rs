//! Laws of time limits, and what cannot be said as a case (`tests/cases/elements/duration.toml`).

use super::*;

fn list(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

fn words() -> TimeWords {
    TimeWords::new(
        &list("即办件 即时办理 即时办结 当场 当场办理 当场办结 现场办结 现场办理 立等可取 秒批"),
        &list("当天 当日办结 当天办结"),
        &list("无时限 长期 不限 无法定办结时限"),
        &list("听证 检测 检验 专家评审 招标 法定节假日 补正材料"),
    )
}

#[test]
fn units() {
    for (text, want) in [
        ("工作日", Some(TimeUnit::WorkingDay)),
        ("个工作日", Some(TimeUnit::WorkingDay)),
        ("工作天", Some(TimeUnit::WorkingDay)),
        ("1", Some(TimeUnit::WorkingDay)),
        ("单位：工作日", Some(TimeUnit::WorkingDay)),
        ("（工作日）", Some(TimeUnit::WorkingDay)),
        ("自然日", Some(TimeUnit::CalendarDay)),
        ("日历日", Some(TimeUnit::CalendarDay)),
        ("日历天", Some(TimeUnit::CalendarDay)),
        ("天", Some(TimeUnit::Day)),
        ("日", Some(TimeUnit::Day)),
        ("周", Some(TimeUnit::Week)),
        ("星期", Some(TimeUnit::Week)),
        ("月", Some(TimeUnit::Month)),
        ("个月", Some(TimeUnit::Month)),
        ("年", Some(TimeUnit::Year)),
        ("小时", Some(TimeUnit::Hour)),
        ("时", Some(TimeUnit::Hour)),
        ("分钟", Some(TimeUnit::Minute)),
        ("3", None),
        ("", None),
        ("个", None),
    ] {
        assert_eq!(unit(text), want, "{text}");
    }
}

#[test]
fn hints_that_do_not_help() {
    for (text, hint) in [
        ("20", "不知"),
        ("20", ""),
        ("20；30", "工作日"),
        ("一般20，复杂30个工作日", "工作日"),
        ("见20楼", "工作日"),
        ("", "工作日"),
    ] {
        assert_eq!(parse(text, Some(hint), &words()), None, "{text} {hint}");
    }
}

#[test]
fn what_is_not_counted() {
    for (text, uncounted, excludes) in [
        ("20个工作日（不含听证、检测、专家评审时间）", "专家评审 听证 检测", ""),
        ("20个工作日（听证、检测和专家评审除外）", "专家评审 听证 检测", ""),
        ("20个工作日（听证、招标等所需时间不计入）", "听证 招标", ""),
        (
            "20个工作日，依法需要听证、检验的，所需时间不计算在规定的期限内",
            "听证 检验",
            "",
        ),
        ("20个工作日（法定节假日除外）", "法定节假日", ""),
        ("20个工作日，不包括补正材料时间。", "补正材料", ""),
        ("20个工作日（不含公示7个工作日）", "", "公示"),
        ("20个工作日（不含公示、听证、制证时间）", "听证", "公示 制证"),
        ("20个工作日", "", ""),
    ] {
        let duration = parse(text, None, &words()).unwrap_or_else(|| panic!("{text}"));
        let said = (duration.uncounted.join(" "), duration.excludes.join(" "));
        assert_eq!(said, (uncounted.to_owned(), excludes.to_owned()), "{text}");
    }
}

/// Numbers that follow each other without end.
fn random() -> impl FnMut(usize) -> usize {
    let mut seed = 1_u64;
    move |below| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    }
}

#[test]
fn spelling_reads_back() {
    let parts = list(
        "20 5 0 半 二十 1.5 90 120 工作日 个工作日 自然日 日 天 周 个月 年 小时 分钟 ( ) （ ） ， ； 。 、 ： - 至 自 收到申请 受理 之日起 \
         日起 后 时 内 不含 听证 公示 制证 除外 不计入 延长 可以 即办 当场 当日 当天 其中 长期 无期限 \n ① 1、 《 》 材料 决定 前 每 第 约 次日 \
         从 以 按 \" !",
    );
    let (mut random, words, mut read) = (random(), words(), 0);
    for round in 0..100_000 {
        let mut text = String::new();
        for _ in 0..2 + round % 9 {
            let part = &parts[random(parts.len())];
            text.push_str(part);
            if random(12) == 0 {
                text.push(' ');
            }
        }
        let hint = (round % 3 == 0).then_some("工作日");
        let Some(mut duration) = parse(&text, hint, &words) else {
            continue;
        };
        read += 1;
        duration.uncounted.clear();
        // The spelling needs no vocabulary, and no unit beside it changes it.
        let again = parse(&duration.to_string(), None, &TimeWords::default());
        assert_eq!(again.as_ref(), Some(&duration), "{text:?} {duration}");
        assert_eq!(
            parse(&duration.to_string(), Some("2"), &TimeWords::default()).map(|again| again.span),
            Some(duration.span),
            "{text:?}"
        );
    }
    assert!(read > 2_500, "{read}");
}

#[test]
fn linear_on_hostile_text() {
    let parts = list(
        "20个工作日 1 一 半 ( （1 1- 1(1 1个 即办 即办， 不含 、 不计入 自 之日起 《 其中 可以延长 , 1,000, 受理5个工作日， 个 不超过 20 1. \
         \n 20日（ ） ① 后 有效期 第 不含1 不含一、 内 时限 公示除外， 即 20个工作日不含公示， 自收到申请之日起20日，",
    );
    let words = words();
    for part in parts {
        let started = std::time::Instant::now();
        let text = part.repeat(1_048_576 / part.len());
        let _ = parse(&text, Some("工作日"), &words);
        let _ = parse(&format!("20个工作日{text}"), Some(&text), &words);
        let _ = parse(&format!("20个工作日不含{text}"), None, &words);
        // A megabyte squared would take hours.
        assert!(started.elapsed().as_secs() < 30, "{part:?}: {:?}", started.elapsed());
    }
}

#[test]
fn real_lists() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/guangdong"));
    let (mut read, mut empty) = (0, 0);
    for file in ["440000.jsonl", "440100.jsonl"] {
        let Ok(lines) = std::fs::read_to_string(folder.join(file)) else {
            // As in tests/real.rs: other people's data may not be there.
            eprintln!("skipped: {} is not there", folder.join(file).display());
            return;
        };
        for field in ["\"handle_time\": \"", "\"handle_time_limit\": \""] {
            for (at, _) in lines.match_indices(field) {
                let rest = &lines[at + field.len()..];
                let text = &rest[..rest.find('"').unwrap_or(0)];
                match parse(text, None, &TimeWords::default()) {
                    Some(duration) => {
                        read += 1;
                        assert_eq!(duration.to_string(), text.replace(['(', ')'], ""));
                    }
                    None => {
                        empty += 1;
                        assert_eq!(text, "无");
                    }
                }
            }
        }
    }
    assert_eq!((read, empty), (1579, 609));
}
