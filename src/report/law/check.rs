//! Citations held against the law library (`tongban law check`), in the formats that take it. What is wrong is said in the words of the
//! rule of lint that says it too.
//!
//! Must not judge.

use std::collections::BTreeMap;
use std::io::{self, Write};

use comfy_table::Color;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Catalogue, Cited, FieldId, LawCheck, Place, Remark, Ruling, Unverifiable};
use crate::normalise::citations;
use crate::report::csv::Rows;
use crate::report::escape::markdown;
use crate::report::json::{WirePlace, emit, place};
use crate::report::{Style, md, show, table};

/// What was said of citations, with the lists that they stand in.
pub struct LawReport<'a> {
    /// The rulings.
    pub check: &'a LawCheck,
    /// The lists.
    pub catalogue: &'a Catalogue,
    /// The fields that name an item, the most telling first.
    pub names: Vec<FieldId>,
    /// The fields that hold its code, the most telling first.
    pub codes: Vec<FieldId>,
    /// The ids of the fields.
    pub fields: Vec<String>,
    /// For each citation the rules that have something to say, with the arguments of their messages.
    pub told: Vec<Vec<Told>>,
    /// Whether citations that nothing is said of are listed, too.
    pub all: bool,
}

/// A rule's code, and the arguments of its message.
pub type Told = (&'static str, Vec<(&'static str, String)>);

/// The rulings, in the order of the summary.
const WORDS: [&str; 10] = [
    "no-such-place",
    "renumbered",
    "repealed",
    "changed",
    "misquoted",
    "other-article",
    "wrong-title",
    "ambiguous-title",
    "unverifiable",
    "confirmed",
];

impl LawReport<'_> {
    /// The citations that are listed, with what is told of each.
    fn listed(&self) -> impl Iterator<Item = (&Cited, &[Told])> {
        let told = self.told.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        self.check
            .cited
            .iter()
            .zip(told)
            .filter(|(cited, told)| self.all || cited.ruling.is_wrong() || !told.is_empty())
    }

    fn first(&self, cited: &Cited, fields: &[FieldId]) -> String {
        let text = fields.iter().find_map(|&field| self.catalogue.text(cited.row, field));
        text.unwrap_or_default().trim().to_owned()
    }

    fn region(&self, cited: &Cited) -> (&str, &str) {
        let region = &self.catalogue.regions[cited.region.index()];
        (&region.id, &region.name)
    }

    fn place(&self, cited: &Cited) -> Place {
        self.catalogue
            .place(cited.row, self.catalogue.cell(cited.row, cited.field))
    }

    /// How many citations have each ruling.
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for cited in &self.check.cited {
            *counts.entry(cited.ruling.word()).or_default() += 1;
        }
        counts
    }

    /// How many citations have each remark.
    fn remarks(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for remark in self.check.cited.iter().flat_map(|cited| &cited.remarks) {
            *counts.entry(remark.word()).or_default() += 1;
        }
        counts
    }
}

/// What is said of a citation, a sentence each.
fn sentences(cited: &Cited, told: &[Told], style: &Style<'_>) -> Vec<String> {
    let mut said: Vec<String> = told.iter().map(|(code, args)| style.with(code, args)).collect();
    if let Ruling::Unverifiable(why) = &cited.ruling {
        said.push(unverifiable(why, style));
    }
    let said_so = matches!(cited.ruling, Ruling::Unverifiable(Unverifiable::NoPlace));
    if cited.remarks.contains(&Remark::NoArticle) && !said_so {
        said.push(style.text("law-no-article"));
    }
    said
}

fn unverifiable(why: &Unverifiable, style: &Style<'_>) -> String {
    let said = style.text(&format!("law-{}", why.word()));
    match why {
        Unverifiable::NotInLibrary(near) if !near.is_empty() => {
            let near: Vec<String> = near.iter().take(3).map(|title| format!("《{title}》")).collect();
            said + &style.with("law-alike", &[("titles", near.join("、"))])
        }
        _ => said,
    }
}

fn ruling(cited: &Cited, style: &Style<'_>) -> String {
    if !cited.ruling.is_wrong() && cited.remarks.iter().any(Remark::is_wrong) {
        let base = style.text(&format!("law-ruling-{}", cited.ruling.word()));
        return style.with("law-ruling-but", &[("ruling", base)]);
    }
    style.text(&format!("law-ruling-{}", cited.ruling.word()))
}

fn written(cited: &Cited) -> String {
    citations::in_words(&cited.citation)
}

fn summary(report: &LawReport<'_>, style: &Style<'_>) -> Vec<(String, String)> {
    let counts = report.counts();
    let mut lines = vec![(
        style.text("law-scope"),
        style.with(
            "law-scope-value",
            &[
                ("citations", report.check.cited.len().to_string()),
                ("without", report.check.without.to_string()),
                ("laws", report.check.laws.to_string()),
                (
                    "day",
                    report
                        .check
                        .as_of
                        .map_or_else(|| "newest".to_owned(), |day| day.to_string()),
                ),
            ],
        ),
    )];
    let listed = |words: &mut dyn Iterator<Item = (String, usize)>| {
        let list: Vec<String> = words.map(|(word, count)| format!("{word} {count}")).collect();
        list.join(&style.text("impact-comma"))
    };
    let rulings = WORDS.iter().filter_map(|word| Some((*word, *counts.get(word)?)));
    let rulings = listed(&mut rulings.map(|(word, count)| (style.text(&format!("law-ruling-{word}")), count)));
    lines.push((style.text("law-rulings"), rulings));
    let remarks = report.remarks().into_iter();
    let remarks = listed(&mut remarks.map(|(word, count)| (style.text(&format!("law-remark-{word}")), count)));
    if !remarks.is_empty() {
        lines.push((style.text("law-remarks"), remarks));
    }
    lines
}

/// Citations of which the same is said, with the places: one wrong number is copied into hundreds of rows.
struct Alike<'a> {
    first: &'a Cited,
    said: Vec<String>,
    count: usize,
    places: Vec<String>,
}

/// How many places of one fault are named.
const PLACES: usize = 3;

fn alike<'a>(report: &'a LawReport<'_>, style: &Style<'_>) -> Vec<Alike<'a>> {
    let mut at: BTreeMap<(usize, String, Vec<String>), usize> = BTreeMap::new();
    let mut all: Vec<Alike<'a>> = Vec::new();
    for (cited, told) in report.listed() {
        let said = sentences(cited, told, style);
        let rank = WORDS.iter().position(|word| *word == cited.ruling.word());
        let key = (rank.unwrap_or(WORDS.len()), written(cited), said.clone());
        let nth = *at.entry(key).or_insert(all.len());
        if nth == all.len() {
            all.push(Alike {
                first: cited,
                said,
                count: 0,
                places: Vec::new(),
            });
        }
        let one = &mut all[nth];
        one.count += 1;
        if one.places.len() < PLACES {
            let place = report.place(cited);
            let name = show::shorten(&report.first(cited, &report.names), 24);
            one.places
                .push(format!("{} {name}", show::place(&place)).trim_end().to_owned());
        }
    }
    // What is worst first, and of that what stands in most places.
    let mut order: Vec<(usize, usize)> = at.into_iter().map(|((rank, ..), nth)| (rank, nth)).collect();
    order.sort_by_key(|&(rank, nth)| (rank, std::cmp::Reverse(all[nth].count), nth));
    let mut slots: Vec<Option<Alike<'a>>> = all.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, nth)| slots[nth].take()).collect()
}

fn places(one: &Alike<'_>, style: &Style<'_>) -> Vec<String> {
    let mut lines = one.places.clone();
    let more = one.count - lines.len();
    if more > 0 {
        lines.push(style.with("law-more-places", &[("count", more.to_string())]));
    }
    lines
}

/// The longest difference, in characters, that is shown in a cell of a table; longer ones stand in the other formats.
const INLINE: usize = 240;

/// The most paragraphs of an article that are looked through.
const PARAGRAPHS: usize = 40;

/// The difference of a quotation and the text in force, where there is one to see.
fn inline(cited: &Cited) -> Option<String> {
    let quote = cited.citation.quote.as_deref()?;
    let (Ruling::Changed { text, .. } | Ruling::Misquoted { text, .. }) = &cited.ruling else {
        return None;
    };
    let bare = |text: &str| text.trim().trim_end_matches(['。', '；', '，', '.', ';']).to_owned();
    let shown = show::inline_text(&bare(quote), &bare(paragraph(quote, text)));
    (shown.chars().count() <= INLINE).then_some(shown)
}

/// The paragraph of an article that a quotation is most like, where it is of one only.
fn paragraph<'a>(quote: &str, text: &'a str) -> &'a str {
    if quote.contains('\n') || quote.chars().count() > INLINE {
        return text;
    }
    let alike = |line: &str| similar::TextDiff::from_chars(quote, line).ratio();
    let lines = text.lines().take(PARAGRAPHS).map(|line| (alike(line), line));
    let best = lines.max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(alike, _)| *alike > 0.6).map_or(text, |(_, line)| line)
}

/// As table.
pub(in crate::report) fn table(report: &LawReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    table::write_summary(&summary(report, style), style, out)?;
    let all = alike(report, style);
    if !all.is_empty() {
        writeln!(out)?;
        let mut rows = table::table(
            style,
            &["law-col-cited", "law-col-ruling", "law-col-said", "law-col-where"],
        );
        for one in all.iter().take(style.top) {
            let mut said = one.said.join("\n");
            if let Some(inline) = inline(one.first) {
                said = format!("{said}\n{inline}");
            }
            let color = match one.first.ruling {
                Ruling::Confirmed | Ruling::Unverifiable(_) => Color::Grey,
                Ruling::Misquoted { .. } | Ruling::Changed { .. } | Ruling::Ambiguous { .. } => Color::Yellow,
                _ => Color::Red,
            };
            rows.add_row(vec![
                table::bold(&written(one.first), style),
                table::tinted(&ruling(one.first, style), color, style),
                table::plain(&said),
                table::plain(&places(one, style).join("\n")),
            ]);
        }
        writeln!(out, "{}", rows.trim_fmt())?;
    }
    table::more(all.len().saturating_sub(style.top), style, out)
}

/// As md.
pub(in crate::report) fn md(report: &LawReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", style.text("law-check-title"))?;
    for (name, value) in summary(report, style) {
        writeln!(out, "- **{name}**：{}", markdown(&value))?;
    }
    let all = alike(report, style);
    if !all.is_empty() {
        writeln!(out)?;
        md::header(
            style,
            &["law-col-cited", "law-col-ruling", "law-col-said", "law-col-where"],
            out,
        )?;
        for one in all.iter().take(style.top) {
            let cells = [
                markdown(&written(one.first)),
                markdown(&ruling(one.first, style)),
                md::lines(&one.said),
                md::lines(&places(one, style)),
            ];
            md::row(&cells, out)?;
        }
    }
    match all.len().checked_sub(style.top) {
        Some(more) if more > 0 => writeln!(out, "\n{}", style.with("and-more", &[("count", more.to_string())])),
        _ => Ok(()),
    }
}

/// The headers of the CSV.
const HEADERS: [&str; 16] = [
    "区域编码",
    "区域",
    "事项编码",
    "事项名称",
    "法规",
    "条款",
    "文号",
    "结论",
    "说明",
    "引文",
    "现行条文",
    "核对版本",
    "文件",
    "工作表",
    "行",
    "列",
];

/// As csv: a row for each citation.
pub(in crate::report) fn csv(report: &LawReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut rows = Rows::new(out, &HEADERS, style.raw_csv)?;
    for (cited, told) in report.listed() {
        let (id, region) = report.region(cited);
        let at = report.place(cited);
        let text = match &cited.ruling {
            Ruling::Changed { text, .. } | Ruling::Misquoted { text, .. } => text.clone(),
            _ => String::new(),
        };
        rows.row(&[
            id.to_owned(),
            region.to_owned(),
            report.first(cited, &report.codes),
            report.first(cited, &report.names),
            cited.citation.title.clone(),
            citations::place_in_words(&cited.citation),
            cited.citation.number.clone().unwrap_or_default(),
            ruling(cited, style),
            sentences(cited, told, style).join("；"),
            cited.citation.quote.clone().unwrap_or_default(),
            text,
            cited.version.map(|day| day.to_string()).unwrap_or_default(),
            at.file.to_string(),
            at.sheet.as_deref().unwrap_or_default().to_owned(),
            at.row.to_string(),
            at.column.to_string(),
        ])?;
    }
    rows.finish()
}

/// `tongban law check --format json`: citations held against the law library.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Wire<'a> {
    #[schemars(extend("const" = "tongban-law-check/1"))]
    format: &'static str,
    profile: &'a str,
    as_of: Option<String>,
    summary: WireSummary,
    citations: Vec<WireCited<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireSummary {
    laws: usize,
    citations: usize,
    without: usize,
    rulings: BTreeMap<&'static str, usize>,
    remarks: BTreeMap<&'static str, usize>,
}

#[derive(Serialize, JsonSchema)]
struct WireCited<'a> {
    region: &'a str,
    item: String,
    name: String,
    element: &'a str,
    #[schemars(with = "WirePlace<'_>")]
    place: WirePlaceOwned,
    title: &'a str,
    article: String,
    number: Option<&'a str>,
    quote: Option<&'a str>,
    version: Option<String>,
    ruling: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    titles: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    remarks: Vec<&'static str>,
    rules: Vec<&'static str>,
}

/// A place that belongs to no finding.
#[derive(Serialize)]
#[serde(transparent)]
struct WirePlaceOwned(serde_json::Value);

impl From<WirePlace<'_>> for WirePlaceOwned {
    fn from(place: WirePlace<'_>) -> Self {
        WirePlaceOwned(serde_json::to_value(place).unwrap_or_default())
    }
}

/// As json (`tongban-law-check/1`).
pub(in crate::report) fn json(report: &LawReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let citations = report.listed().map(|(cited, told)| {
        let (mut to, mut since, mut similarity, mut text, mut titles, mut why) =
            (None, None, None, None, Vec::new(), None);
        match &cited.ruling {
            Ruling::Renumbered {
                to: article,
                version,
                similarity: alike,
                ..
            } => (to, since, similarity) = (Some(article.to_string()), *version, Some(*alike)),
            Ruling::Changed {
                since: day,
                similarity: alike,
                text: now,
            } => (since, similarity, text) = (*day, Some(*alike), Some(now.as_str())),
            Ruling::Misquoted {
                similarity: alike,
                text: now,
            } => (similarity, text) = (Some(*alike), Some(now.as_str())),
            Ruling::OtherArticle {
                article,
                similarity: alike,
                ..
            } => (to, similarity) = (Some(article.to_string()), Some(*alike)),
            Ruling::Repealed { day, by } => {
                since = *day;
                titles.extend(by.as_deref());
            }
            Ruling::WrongTitle { nearest: all, .. } | Ruling::Ambiguous { titles: all } => {
                titles.extend(all.iter().map(String::as_str));
            }
            Ruling::Unverifiable(reason) => {
                why = Some(reason.word());
                if let Unverifiable::NotInLibrary(near) = reason {
                    titles.extend(near.iter().map(String::as_str));
                }
            }
            Ruling::NoSuchPlace { .. } | Ruling::Confirmed => {}
        }
        WireCited {
            region: report.region(cited).0,
            item: report.first(cited, &report.codes),
            name: report.first(cited, &report.names),
            element: report.fields.get(cited.field.index()).map_or("", String::as_str),
            place: place(&report.place(cited)).into(),
            title: &cited.citation.title,
            article: cited.citation.place(),
            number: cited.citation.number.as_deref(),
            quote: cited.citation.quote.as_deref(),
            version: cited.version.map(|day| day.to_string()),
            ruling: cited.ruling.word(),
            to,
            since: since.map(|day| day.to_string()),
            similarity,
            text,
            titles,
            why,
            remarks: cited.remarks.iter().map(Remark::word).collect(),
            rules: told.iter().map(|(code, _)| *code).collect(),
        }
    });
    let wire = Wire {
        format: "tongban-law-check/1",
        profile: style.profile,
        as_of: report.check.as_of.map(|day| day.to_string()),
        summary: WireSummary {
            laws: report.check.laws,
            citations: report.check.cited.len(),
            without: report.check.without,
            rulings: report.counts(),
            remarks: report.remarks(),
        },
        citations: citations.collect(),
    };
    emit(&wire, out)
}
