//! Charges (收费): reads 不收费, 每件50元, 50-200元/㎡, 首次申领：20元；补领：40元 … into their normal form.
//!
//! Must not know elements, columns or rules: which words mean "nothing is charged", who pays less and which texts only point
//! elsewhere is in the vocabulary. Never guesses: what contradicts itself, and sums that are no price (thresholds, other currencies,
//! rates), stay text.

mod items;
mod prices;
mod reductions;

use std::borrow::Cow;

use items::{CHARGE, Items, documents, enrich, items, name, named, within};
use prices::MEASURES;
use reductions::reduction;

use super::scan::{Words, words};
use super::vocabulary::key;
use super::{Parts, Role, Vocabulary, enumerate, fold};
use crate::model::{Citation, FeeItem, Fees, Reduction, Shape, UnknownWhy, Value};

/// What says nothing in the column of the standard, where 无 is no answer.
const MISSING: &str = "无 没有 暂无 不涉及 不适用 0 null none n/a - -- / 无收费标准 无收费项目";
/// What a charge that costs nothing may be called without meaning only some cases.
static GENERAL: Words = words!(
    "本 该 此 事项 业务 项目 行政 许可 服务 申请 办理 全程 均 一律 目前 现 暂时 暂 的 已 全部 费用 工本费 费 按规定"
);
/// What points to another document.
static POINTING: Words = words!("详见 参见 请见 见附件 见附表");
/// By which a text claims that something is charged.
static CLAIMS: Words = words!("收费 收取 缴 征收");
/// What stands before the answer to 是否收费.
static ASKED: Words = words!("是否收费 收费情况 : ;");
/// What charges are called altogether: longer columns of names are essays.
const LONGEST_NAMES: usize = 3_000;
/// More that is said of no charge in particular makes no sense.
const MOST_LOOSE: usize = 64;

/// What one row says of its charges: of all of them in columns, or of one in a record.
#[derive(Default)]
struct Source<'a> {
    /// 是否收费, or everything in one text.
    value: Cow<'a, str>,
    /// 收费标准.
    standard: &'a str,
    /// 收费项目.
    name: &'a str,
    /// 收费依据.
    basis: &'a str,
    /// 是否允许减免.
    reducible: &'a str,
    /// 减免依据, which often says who.
    reduce_basis: &'a str,
}

/// What the sources say together.
#[derive(Default)]
struct Said {
    items: Vec<FeeItem>,
    /// Said without naming a charge.
    reductions: Vec<Reduction>,
    basis: Vec<Citation>,
    free: bool,
    charged: bool,
    refers: bool,
    unreadable: bool,
}

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    if let [part] = parts.parts
        && part.role == Role::Value
        && let Some(answer) = vocabulary.charges(part.text)
    {
        return yes_or_no(answer);
    }
    let said = |role| parts.raw(role).unwrap_or("");
    let is_list = |part: &&super::Part<'_>| part.role == Role::Value && part.shape == Shape::List;
    let records = parts.records();
    let mut sources = vec![Source {
        value: match parts.parts.iter().find(is_list) {
            Some(_) => Cow::Owned(parts.entries(Role::Value).join("；")),
            None => Cow::Borrowed(said(Role::Value)),
        },
        standard: said(Role::Standard),
        name: said(Role::Name),
        basis: said(Role::Basis),
        ..Source::default()
    }];
    for record in &records {
        let field = |name: &str| {
            let found = record.iter().find(|(field, _)| field == name);
            found.map_or("", |(_, text)| text.as_str())
        };
        sources.push(Source {
            standard: field("standard"),
            name: field("name"),
            basis: field("basis"),
            reducible: field("reducible"),
            reduce_basis: field("reduce_basis"),
            ..Source::default()
        });
    }
    let value = understood(&sources, vocabulary);
    if let Value::Fees(Fees::Charged(items)) = &value
        && !items.iter().all(is_plain)
    {
        // What does not read back holds a word that means something else.
        let spelt = Source {
            value: Cow::Owned(value.spelling()),
            ..Source::default()
        };
        if understood(&[spelt], vocabulary) != value {
            return Value::Unknown(UnknownWhy::Unreadable, texts(&sources).join("；"));
        }
    }
    value
}

/// Whether a charge is a sum and a well-known measure: nothing in that could mean something else.
fn is_plain(item: &FeeItem) -> bool {
    let sum = FeeItem {
        amount: item.amount,
        per: item.per.clone(),
        ..FeeItem::default()
    };
    *item == sum && (item.per.is_empty() || MEASURES.split_whitespace().any(|word| word == item.per))
}

fn yes_or_no(charged: bool) -> Value {
    Value::Fees(if charged { Fees::Charged(Vec::new()) } else { Fees::None })
}

/// Everything that is said, for a value that cannot be known.
fn texts(sources: &[Source<'_>]) -> Vec<String> {
    let texts = sources
        .iter()
        .flat_map(|source| [&*source.value, source.name, source.standard]);
    let mut texts: Vec<String> = texts.map(fold::spelling).collect();
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    texts
}

fn understood(sources: &[Source<'_>], vocabulary: &Vocabulary) -> Value {
    let value = fold::half(sources.first().map_or("", |source| &source.value));
    let (answer, rest) = answer(&value, vocabulary);
    // A lone number is a price in the column of standards; in the column of answers it may be a code.
    let unreadable = is_number(rest) && rest.contains(|c: char| c.is_ascii_digit());
    let mut said = Said {
        unreadable,
        ..Said::default()
    };
    let mut rest = if unreadable { "" } else { rest };
    for source in sources {
        said.read(source, std::mem::take(&mut rest), answer, vocabulary);
    }
    said.settle(answer)
        .unwrap_or_else(|why| Value::Unknown(why, texts(sources).join("；")))
}

impl Said {
    /// Reads one source; `value` is what its answer leaves.
    fn read(&mut self, source: &Source<'_>, value: &str, answer: Option<bool>, vocabulary: &Vocabulary) {
        let before = self.items.len();
        self.unreadable |= source.name.len() > LONGEST_NAMES;
        let names = names(source.name, vocabulary);
        let (mut reductions, mut basis) = (Vec::new(), Vec::new());
        for text in [value, source.standard] {
            let loose = self.add(text, &names, answer, vocabulary);
            reductions.extend(loose.reductions);
            basis.extend(loose.basis);
        }
        if self.items.len() == before && !self.free {
            self.items.extend(names.into_iter().map(named));
        }
        basis.extend(documents(source.basis));
        if vocabulary.charges(source.reducible) != Some(false) {
            let named = source.reduce_basis.split([';', '；', '。', '\n', ',', '，']);
            let named: Vec<Reduction> = named
                .flat_map(|piece| reduction(piece, Some(&vocabulary.pay_less)))
                .collect();
            let open = named.is_empty() && vocabulary.charges(source.reducible) == Some(true);
            reductions.extend(named);
            reductions.extend(open.then(|| Reduction {
                who: String::new(),
                much: Reduction::OPEN.to_owned(),
            }));
        }
        reductions.sort_unstable();
        reductions.dedup();
        for item in &mut self.items[before..] {
            enrich(item, &reductions, &basis);
        }
        if self.items.len() == before {
            self.reductions.append(&mut reductions);
            self.basis.append(&mut basis);
        }
    }

    /// Reads one text; `names` are what it speaks of. Gives back what it says of no charge in particular.
    fn add(&mut self, text: &str, names: &[String], answer: Option<bool>, vocabulary: &Vocabulary) -> Items {
        let said = key(text);
        let nothing = Items::default();
        if said.is_empty() || is(&said, MISSING) || vocabulary.is_empty_word(text) {
            return nothing;
        }
        if let Some(charged) = vocabulary.charges(&said) {
            self.free |= !charged;
            self.charged |= charged;
            return nothing;
        }
        let mut all = items(text, &vocabulary.pay_less, &vocabulary.some_fee);
        let items = &mut all.found;
        let priced = items.iter().any(|item| item.amount.is_some());
        let points = vocabulary.refers.contains(&said) || POINTING.begins(&said);
        if !priced && points {
            self.refers = true;
            return nothing;
        }
        let odd = |item: &FeeItem| {
            item.name.is_empty() && item.amount.is_none() && !item.is_bare() && !CHARGE.within(&item.text)
        };
        if !priced && items.iter().any(odd) {
            self.unreadable |= answer.is_none();
            return nothing;
        }
        let unnamed = items.iter().all(|item| item.name.is_empty());
        if names.len() > 1 && names.len() == items.len() && unnamed {
            for (item, name) in items.iter_mut().zip(names) {
                item.name.clone_from(name);
            }
        } else if !names.is_empty() {
            let name = names.join("，");
            for item in items.iter_mut().filter(|item| !item.name.starts_with(&name)) {
                item.name = within(&name, &item.name);
            }
        }
        self.items.append(items);
        all
    }

    /// The value, if the sources do not contradict each other.
    fn settle(mut self, answer: Option<bool>) -> Result<Value, UnknownWhy> {
        let (mut items, bare): (Vec<FeeItem>, Vec<FeeItem>) = self.items.drain(..).partition(|item| !item.is_bare());
        for bare in bare {
            self.charged = true;
            self.reductions.extend(bare.reductions);
            self.basis.extend(bare.basis);
        }
        if self.charged && answer == Some(false) || self.reductions.len() + self.basis.len() > MOST_LOOSE {
            return Err(UnknownWhy::Unreadable);
        }
        let answer = if self.charged { Some(true) } else { answer };
        let zero = |item: &FeeItem| item.amount.is_some_and(|amount| amount.high.is_zero());
        let charged = items.iter().any(|item| !zero(item));
        let free = self.free || items.iter().any(|item| zero(item) && item.name.is_empty());
        let general = items.len() > 1
            || items
                .iter()
                .all(|item| item.name.ends_with('费') || GENERAL.off(&item.name).is_empty());
        match answer {
            Some(false) => {
                let claims = |item: &FeeItem| {
                    !zero(item)
                        && (item.amount.is_some()
                            || item.text.is_empty()
                            || item.follows_document()
                            || CLAIMS.within(&item.text))
                };
                if items.iter().any(claims) {
                    Err(UnknownWhy::Unreadable)
                } else {
                    Ok(yes_or_no(false))
                }
            }
            _ if self.unreadable || (free && charged) => Err(UnknownWhy::Unreadable),
            // 是 in the column of answers and 0元 or 免征 as the standard: there is a charge by name, and nobody pays it.
            Some(true) if !self.charged && !charged && (free || (!items.is_empty() && general)) => Ok(yes_or_no(false)),
            Some(true) if free || (!items.is_empty() && !charged) => Err(UnknownWhy::Unreadable),
            Some(true) if items.is_empty() => {
                // 是 with a basis, or with who pays less.
                let mut bare = FeeItem::default();
                enrich(&mut bare, &self.reductions, &self.basis);
                let says = bare != FeeItem::default();
                Ok(Value::Fees(Fees::Charged(says.then_some(bare).into_iter().collect())))
            }
            _ if charged => {
                for item in &mut items {
                    enrich(item, &self.reductions, &self.basis);
                }
                Ok(Value::Fees(Fees::Charged(united(items))))
            }
            _ if !items.is_empty() && !general => Err(UnknownWhy::Unreadable),
            _ if free || !items.is_empty() => Ok(yes_or_no(false)),
            // Somebody pays less than something that is not there.
            _ if !self.reductions.is_empty() => Err(UnknownWhy::Unreadable),
            _ if self.refers => Err(UnknownWhy::Refers),
            _ => Ok(Value::Empty),
        }
    }
}

/// Sorted; a charge that is named twice is one, with all that is said of it.
fn united(mut items: Vec<FeeItem>) -> Vec<FeeItem> {
    items.sort_unstable();
    items.dedup_by(|again, first| {
        let same = (&again.name, again.amount, &again.per, &again.text)
            == (&first.name, first.amount, &first.per, &first.text);
        if same {
            enrich(first, &again.reductions, &again.basis);
        }
        same
    });
    items
}

fn is(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| word == text)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".,-~".contains(c))
}

/// The answer of a yes/no column, and what else it says.
fn answer<'a>(value: &'a str, vocabulary: &Vocabulary) -> (Option<bool>, &'a str) {
    let value = ASKED.off_start(value);
    if let Some(answer) = vocabulary.charges(value) {
        return (Some(answer), "");
    }
    for (word, answer) in [('是', true), ('否', false)] {
        let rest = value.strip_prefix(word);
        if let Some(rest) = rest.filter(|rest| rest.starts_with([',', ':', ';', '。', '(', ' ', '\n'])) {
            return (Some(answer), rest);
        }
    }
    (None, value)
}

/// What is charged for, as a column of its own says it.
fn names(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    if text.is_empty() || text.len() > LONGEST_NAMES || is(&key(text), MISSING) || vocabulary.is_empty_word(text) {
        return Vec::new();
    }
    if vocabulary.charges(text).is_some() {
        return Vec::new();
    }
    let half = fold::half(text);
    let entries = enumerate::entries(&half);
    let names = entries.iter().flat_map(|entry| entry.text.split([';', '。'])).map(name);
    names.filter(|name| !name.is_empty()).collect()
}
