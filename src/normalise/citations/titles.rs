//! Titles of laws in their canonical spelling.
//!
//! Must not know clauses, nor which laws exist.

use crate::normalise::fold;

use super::numbers::document_number;
use super::{COUNTRY, MOST_NUMBERS};

/// The canonical title: without 《》, without 中华人民共和国 in front (of an inner title, too), folded, inner titles in 〈〉,
/// without a note of its state behind it such as （2018年修订）. （试行） and （暂行） belong to a title and stay.
pub fn title(text: &str) -> String {
    let mut title = fold::spelling(&fold::half(text).replace('《', "<").replace('》', ">"));
    for _ in 0..MOST_NUMBERS {
        let kept = without_country(&title)
            .or_else(|| unmarked(&title))
            .or_else(|| without_state(&title));
        if let Some(kept) = kept {
            title = fold::spelling(kept);
            continue;
        }
        let mut inner = title.match_indices('〈').map(|(at, mark)| at + mark.len());
        match inner.find(|&at| without_country(title.get(at..).unwrap_or_default()).is_some()) {
            Some(at) => title.replace_range(at..at + COUNTRY.len(), ""),
            None => break,
        }
    }
    title
}

/// The title without the country, which a treaty (中华人民共和国和…) needs.
fn without_country(title: &str) -> Option<&str> {
    title
        .strip_prefix(COUNTRY)
        .filter(|own| !own.is_empty() && !own.starts_with(['和', '与']))
}

/// The text between the title marks around a title; a note behind them goes.
fn unmarked(title: &str) -> Option<&str> {
    let inner = title.strip_prefix('〈')?;
    let mut depth = 1_usize;
    for (at, c) in inner.char_indices() {
        match c {
            '〈' => depth += 1,
            '〉' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let behind = inner.get(at..)?.strip_prefix('〉')?;
            let note = behind.is_empty() || (behind.starts_with('（') && behind.ends_with('）'));
            return inner.get(..at).filter(|_| note);
        }
    }
    None
}

/// The title without the bracket at its end, if that only tells of its state: amended, issued, a document number.
fn without_state(title: &str) -> Option<&str> {
    let (kept, note) = title
        .strip_suffix('）')?
        .rsplit_once('（')
        .filter(|(kept, _)| !kept.is_empty())?;
    let says = |words: &str| words.split(' ').any(|word| note.contains(word));
    let dated = note.contains('年') || note.contains(|c: char| c.is_ascii_digit());
    let amended = says("修订 修正 修改") && !note.contains("草案");
    let issued = dated && says("公布 发布 颁布 施行 实施 通过");
    (amended || issued || document_number(note).is_some()).then_some(kept)
}
