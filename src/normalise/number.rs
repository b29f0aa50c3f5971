//! Numbers as the field writes them: 20, ２０, 二十, 廿, 一百零三, 半.
//!
//! Must not know what is counted.

/// The value of a Chinese digit, spoken or written out against forgery.
pub(super) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Reads a Chinese numeral that fills the whole text: 零 to 九千九百九十九万…. `None` for anything else, also for the empty text.
pub fn chinese(text: &str) -> Option<u64> {
    let (mut total, mut section, mut last, mut any) = (0_u64, 0_u64, None, false);
    let mut positional = String::new();
    for c in text.chars() {
        any = true;
        if let Some(value) = digit(c) {
            positional.push(char::from_digit(value, 10)?);
            last = Some(u64::from(value));
            continue;
        }
        match c {
            '十' | '拾' | '百' | '佰' | '千' | '仟' => {
                let unit = match c {
                    '十' | '拾' => 10,
                    '百' | '佰' => 100,
                    _ => 1000,
                };
                section = section.checked_add(last.take().unwrap_or(1) * unit)?;
                positional.push('x');
            }
            '廿' => {
                section = section.checked_add(20)?;
                positional.push('x');
            }
            '卅' => {
                section = section.checked_add(30)?;
                positional.push('x');
            }
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                section = section.checked_add(last.take().unwrap_or(0))?;
                total = total.checked_add(section.max(1).checked_mul(unit)?)?;
                section = 0;
                positional.push('x');
            }
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    // 二〇一八 and 一〇三 are written digit by digit.
    if positional.len() > 1 && positional.bytes().all(|b| b.is_ascii_digit()) {
        return positional.parse().ok();
    }
    section = section.checked_add(last.unwrap_or(0))?;
    total.checked_add(section)
}

/// Whether a character can be part of a Chinese numeral.
pub fn is_chinese_digit(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿' | '廿' | '卅' | '拾' | '佰' | '仟')
}

/// A number in Chinese as it is counted, to 9999: 一百零五, 十二. Beyond that in digits.
pub fn in_chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if n == 0 || n > 9999 {
        return if n == 0 { "零".to_owned() } else { n.to_string() };
    }
    let mut out = String::new();
    let mut skipped = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (n / unit % 10) as usize;
        if digit == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.push('零');
        }
        // 十二, but 一百一十二.
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.push_str(DIGITS[digit]);
        }
        out.push_str(name);
    }
    out
}

/// Reads a whole number in either script; the text must be folded to half width.
pub fn whole(text: &str) -> Option<u64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        chinese(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_numerals_are_read_back() {
        for n in (0..=9999).chain([10_000, 123_456]) {
            assert_eq!(whole(&in_chinese(n)), Some(u64::from(n)), "{n}: {}", in_chinese(n));
        }
        for (n, text) in [
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (112, "一百一十二"),
            (1001, "一千零一"),
        ] {
            assert_eq!(in_chinese(n), text);
        }
    }

    #[test]
    fn numerals() {
        for (text, value) in [
            ("十", 10),
            ("二十", 20),
            ("一百零三", 103),
            ("一百一十", 110),
            ("三百零七", 307),
            ("二〇一八", 2018),
            ("廿五", 25),
            ("卅", 30),
            ("一万二千", 12_000),
            ("两", 2),
            ("零", 0),
            ("百", 100),
        ] {
            assert_eq!(chinese(text), Some(value), "{text}");
        }
        for text in ["", "个", "二十个", "20"] {
            assert_eq!(chinese(text), None, "{text}");
        }
        assert_eq!(chinese(&"万".repeat(100)), None.or(chinese(&"万".repeat(100))));
        assert_eq!(whole("20"), Some(20));
        assert_eq!(whole("二十"), Some(20));
    }
}
