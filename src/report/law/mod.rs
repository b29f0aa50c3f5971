//! Documents about laws: what an amendment touches, which items rest on what.
//!
//! Must not compute.

pub(super) mod check;
pub(super) mod impact;
pub(super) mod items;
pub(super) mod wire;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{WirePlace, place};
use super::{Style, show};
use crate::model::{Citation, Passage};
use crate::normalise::citations;

/// The name of a region, or its id where it has none of its own.
fn region<'a>(id: &'a str, name: &'a str) -> &'a str {
    if name.is_empty() { id } else { name }
}

/// Code, name and case of an item.
fn item(code: &str, name: &str, handling: Option<&str>) -> String {
    let name = show::item_name(name, handling);
    match code {
        "" => name,
        code => format!("{code} {name}"),
    }
}

/// The columns of a place that cites, as csv: always in Chinese.
const PASSAGE_HEADERS: [&str; 13] = [
    "区域编码",
    "区域",
    "实施主体",
    "事项编码",
    "业务办理项",
    "事项名称",
    "要素",
    "文件",
    "工作表",
    "行",
    "列",
    "引用原文",
    "引用",
];

fn passage_cells(passage: &Passage, style: &Style<'_>) -> Vec<String> {
    vec![
        passage.region.clone(),
        passage.region_name.clone(),
        passage.body.clone(),
        passage.code.clone(),
        passage.handling.clone().unwrap_or_default(),
        passage.name.clone(),
        style.element(&passage.element).to_owned(),
        passage.place.file.to_string(),
        passage.place.sheet.as_deref().unwrap_or_default().to_owned(),
        passage.place.row.to_string(),
        passage.place.column.to_string(),
        passage.written.clone(),
        citations::in_words(&passage.citation),
    ]
}

#[derive(Serialize, JsonSchema)]
struct WireArticle {
    number: u32,
    /// 之一 is 1; 0 for none.
    of: u32,
}

#[derive(Serialize, JsonSchema)]
struct WireCitation<'a> {
    title: &'a str,
    part: Option<&'a str>,
    article: Option<WireArticle>,
    to: Option<WireArticle>,
    paragraph: Option<u32>,
    item: Option<u32>,
    number: Option<&'a str>,
    version: Option<u32>,
    quote: Option<&'a str>,
    /// As laws write it.
    text: String,
}

fn wire_citation(citation: &Citation) -> WireCitation<'_> {
    let article = |article: crate::model::Article| WireArticle {
        number: article.number,
        of: article.of,
    };
    WireCitation {
        title: &citation.title,
        part: citation.part.as_deref(),
        article: citation.article.map(article),
        to: citation.to.map(article),
        paragraph: citation.paragraph,
        item: citation.item,
        number: citation.number.as_deref(),
        version: citation.version,
        quote: citation.quote.as_deref(),
        text: citations::in_words(citation),
    }
}

#[derive(Serialize, JsonSchema)]
struct WirePassage<'a> {
    region: &'a str,
    region_name: &'a str,
    body: &'a str,
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    element: &'a str,
    place: WirePlace<'a>,
    written: &'a str,
    citation: WireCitation<'a>,
}

fn wire_passage(passage: &Passage) -> WirePassage<'_> {
    WirePassage {
        region: &passage.region,
        region_name: &passage.region_name,
        body: &passage.body,
        code: &passage.code,
        handling: passage.handling.as_deref(),
        name: &passage.name,
        element: &passage.element,
        place: place(&passage.place),
        written: &passage.written,
        citation: wire_citation(&passage.citation),
    }
}
