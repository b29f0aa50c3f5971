//! Laws named without title marks: 行政许可法第四十二条, 该法第五条, and what a name of a law looks like.
//!
//! Must not know where a citation ends, nor which laws exist.

use crate::normalise::fold;

use super::titles::title;
use super::words::{behind, eat, ends, tail};
use super::{COUNTRY, LONGEST_RUN, VERBS};

/// How the title of a law ends.
const LAW_ENDS: &str =
    "法 条例 规定 办法 决定 细则 规则 通知 意见 目录 法典 通则 规程 规范 准则 解释 决议 公告 清单 方案 章程 标准 批复";
/// Words that end like a law and are none.
const NO_LAW: &str = "方法 做法 违法 合法 执法 司法 依法 非法 守法 无法";
/// The last character of the name of an authority.
pub(super) const ISSUER_ENDS: [char; 16] = [
    '部', '委', '局', '院', '署', '会', '办', '厅', '府', '行', '席', '团', '省', '市', '室', '组',
];

/// Which law stands before 第X条 without title marks.
pub(super) enum Before {
    Law(String),
    /// The law named last: 同法第五条, ，第五条.
    Same,
    /// The text itself (本办法第五条), or nothing that can be cited.
    Nothing,
}

/// Which law the run of words at the end names.
pub(super) fn run_before(text: &str) -> Before {
    let (_, run) = tail(text, LONGEST_RUN, fold::is_han);
    if ends(run, "和 及 与 或 或者 附件 附表 修正 修订 公布 发布 施行") {
        return Before::Same;
    }
    let stem = LAW_ENDS
        .split(' ')
        .filter_map(|end| run.strip_suffix(end))
        .min_by_key(|stem| stem.len());
    let Some(stem) = stem.filter(|stem| is_law(run) && (!stem.ends_with('本') || stem.ends_with("基本"))) else {
        return Before::Nothing;
    };
    let name = title(own_name(run));
    if name.starts_with('的') {
        return Before::Nothing;
    }
    let refers = ends(stem, "该 同 此 上述 前述") && !stem.ends_with("合同");
    if refers || LAW_ENDS.split(' ').any(|end| end == name) {
        Before::Same
    } else {
        Before::Law(name)
    }
}

/// A run of words without what introduces the law in it: of 符合中华人民共和国执业医师法 the 执业医师法.
pub(super) fn own_name(run: &str) -> &str {
    if let Some(at) = run.rfind(COUNTRY) {
        return run.get(at..).unwrap_or(run);
    }
    // Behind 关于 the same words are part of a title: 关于适用法律若干问题的解释.
    let front = run.find("关于").and_then(|at| run.get(..at)).unwrap_or(run);
    let cut = front.len() - behind(front, VERBS).len();
    let own = run.get(cut..).unwrap_or(run);
    behind(own, "法和 条例和 规定和 办法和 法及 条例及 法与")
        .trim_start_matches(['和', '及', '与', '或', '由', '按', '将', '除'])
}

/// Whether a name ends like a law, notes in brackets aside.
pub(super) fn is_law(name: &str) -> bool {
    let body = name.split(['（', '(']).next().unwrap_or(name);
    ends(body, LAW_ENDS) && (body.ends_with("立法法") || !ends(body, NO_LAW))
}

pub(super) fn is_issuer(words: &str) -> bool {
    words.trim().ends_with(ISSUER_ENDS) && eat(words.trim(), VERBS).is_none()
}
