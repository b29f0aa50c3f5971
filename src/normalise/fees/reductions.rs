//! Who pays less: 低保户免收, 残疾人减半, 小微企业按80%收取.
//!
//! Must not know the charge. Who is known to pay less is handed in; a case of a charge (首次申领免费) is no reduction.

use super::super::scan::{Words, numeral_at, words};
use super::super::{enumerate, fold};
use crate::model::{Amount, Reduction};

static FREE: Words =
    words!("免收 免费 免征 免缴 免交 全免 免收费 不收费 不收取 不收 免除 免收费用 减免全部费用 全额减免");
static HALF: Words =
    words!("减半 减半收取 减半收费 减半征收 减半计收 半价 半价收取 半价收费 收费减半 费用减半 减半缴纳 减半交纳");
static OPEN: Words =
    words!("减免 可减免 酌情减免 给予减免 予以减免 可以减免 适当减免 减收 可减收 优惠 可申请减免 减免收费 减征");
static BEFORE: Words = words!("对于 对 其中 凡是 凡 属于 属 ： ，");
static AFTER: Words = words!("予以 给予 可以 可 享受 实行 均 一律 全部 的 工本费 费用 收费 办理 ： ，");
static SHARE_BEFORE: Words = words!("收费标准的 标准的 原价的 原标准的 按照 按 减按 标准");
/// Cases of a charge, which are no reductions of it.
static CASES: Words = words!("首次 补 换");
static CHARGED: Words = words!("收取 计收 收费 征收 优惠 缴纳 执行");
static LESS: Words = words!("减免 减收 降低 下调 减征 优惠");
const LONGEST: usize = 240;

/// The reductions that one part of a text gives; none where it says anything else. One that speaks of nobody who is `entitled` is none;
/// without that list anybody is believed.
pub(super) fn reduction(piece: &str, entitled: Option<&[String]>) -> Vec<Reduction> {
    if piece.len() > LONGEST || !piece.contains(['免', '减', '半', '%', '折', '惠', '不']) {
        return Vec::new();
    }
    let text = enumerate::bare(piece);
    let text = fold::unwrap_brackets(&text);
    let Some((who, much)) = split(text) else {
        return Vec::new();
    };
    let who = AFTER.off_end(BEFORE.off_start(who));
    let known = |who: &str| entitled.is_none_or(|words| words.iter().any(|word| who.contains(word.as_str())));
    if who.is_empty() {
        let open = entitled.is_none() && much == Reduction::OPEN;
        return open.then(|| one("", much)).into_iter().collect();
    }
    if who.contains(['元', '：', '，']) || CASES.begins(who) || !known(who) {
        return Vec::new();
    }
    let each: Vec<&str> = fold::split_outside(who, &['、', '和', '及', '与']);
    if each.len() > 1 && each.iter().all(|who| who.chars().count() > 1 && known(who)) {
        return each.into_iter().map(|who| one(who, much.clone())).collect();
    }
    vec![one(who, much)]
}

fn one(who: &str, much: String) -> Reduction {
    Reduction {
        who: who.to_owned(),
        much,
    }
}

/// Who, and how much.
fn split(text: &str) -> Option<(&str, String)> {
    for (words, much) in [(&FREE, "免收"), (&HALF, "减半")] {
        if let Some(who) = longest(text, words) {
            return Some((who, much.to_owned()));
        }
    }
    if let Some(found) = share(text) {
        return Some(found);
    }
    longest(text, &OPEN).map(|who| (who, Reduction::OPEN.to_owned()))
}

/// What stands before the longest of the words at the end.
fn longest<'a>(text: &'a str, words: &Words) -> Option<&'a str> {
    let word = words.longest_last(text)?;
    Some(&text[..text.len() - word.len()])
}

/// 按80%收取, 减免20%, 八折.
fn share(text: &str) -> Option<(&str, String)> {
    let text = CHARGED.off_end(text);
    let (rest, off) = if let Some(rest) = text.strip_suffix('折') {
        (rest, false)
    } else {
        (text.strip_suffix('%')?, true)
    };
    let from = rest
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c.is_ascii_digit() || c == '.' || super::super::number::is_chinese_digit(c))
        .last()?
        .0;
    let (number, end) = numeral_at(rest, from)?;
    let (mut part, front) = (number.filter(|_| end == rest.len())?, rest.get(..from)?);
    let hundred = Amount::whole(100);
    if !off && part < Amount::whole(10) {
        part = part.times(10);
    }
    let (who, less) = match longest(front, &LESS) {
        Some(who) => (who, true),
        None => (front, false),
    };
    if part > hundred {
        return None;
    }
    let part = if less { hundred.minus(part) } else { part };
    let much = match part {
        part if part.is_zero() => "免收".to_owned(),
        part if part == Amount::whole(50) => "减半".to_owned(),
        part => format!("按{part}%收取"),
    };
    Some((SHARE_BEFORE.off_end(who), much))
}
