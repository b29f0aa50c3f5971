//! What a rule sees of a row: normal forms by element, raw text by field, places.
//!
//! Must not know rules.

use std::cell::{Cell, OnceCell};
use std::sync::{Arc, OnceLock};

use super::cross::{Item, Peers};
use super::materials::{self, Piece};
use super::vague::{self, Spot};
use super::{LONGEST, start_of};
use crate::forms::{self, Batch, OnDemand};
use crate::model::{
    self, Catalogue, Choice, Code, Column, Duration, ElementId, FieldId, Name, Place, RegionId, RowId, Shape, TableId,
    Value, decode_table,
};
use crate::normalise::Role;
use crate::normalise::codes::{self, CodeFault};
use crate::profile::Profile;

macro_rules! known {
    (elements { $($(#[$doc:meta])* $name:ident = $id:literal),* $(,)? } fields { $($field:ident),* $(,)? }) => {
        /// The elements and fields that rules ask for, looked up once; `None` where the profile does not have them.
        pub struct Known {
            $($(#[$doc])* pub $name: Option<ElementId>,)*
            /// The fields, by the same names as in `catalogs/fields.toml`.
            pub field: Fields,
            /// The elements whose values are those of a code list.
            pub listed: Vec<ElementId>,
        }
        /// The fields that rules ask for, each by its id.
        pub struct Fields {
            $(pub $field: Option<FieldId>,)*
        }
        impl Known {
            pub(super) fn of(profile: &Profile) -> Known {
                Known {
                    $($name: profile.element($id),)*
                    field: Fields { $($field: profile.field(stringify!($field)),)* },
                    listed: listed(profile),
                }
            }
        }
    };
}

known!(
    elements {
        /// 事项名称.
        name = "name",
        /// 基本编码.
        code = "code",
        /// 事项类型.
        kind = "type",
        /// 设定依据.
        basis = "basis",
        /// 服务对象.
        audience = "audience",
        /// 受理条件.
        conditions = "conditions",
        /// 申请材料.
        materials = "materials",
        /// 办理流程.
        procedure = "procedure",
        /// 法定办结时限.
        statutory_time = "statutory_time",
        /// 承诺办结时限.
        promised_time = "promised_time",
        /// 收费.
        fees = "fees",
        /// 办理结果.
        result = "result",
        /// 办件类型.
        case_type = "case_type",
        /// 行使层级.
        level = "level",
        /// 到办事现场次数.
        visits = "visits",
        /// 网上办理深度.
        online_depth = "online_depth",
        /// 办理形式.
        channel = "channel",
        /// 事项状态.
        state = "state",
        /// 审查类型.
        review_type = "review_type",
    }
    fields {
        name, main_name, sub_name, handling_name, code, impl_code, handling_code, national_code, body, body_code,
        region_code, region_name, basis, legal_bases, conditions, materials, fees, fee_standard, fee_items, result, visits,
        visit_reason, consult, complain, parent_id, agent, procedure, review_std, statutory_time, statutory_note,
        promised_time, promised_note, online, online_url, link_url, mobile_url, express, fee_name, fee_basis, pay_online,
        result_type, result_sample, topic_person, topic_corp, place, time, qa, quota, intermediary, version,
    }
);

fn listed(profile: &Profile) -> Vec<ElementId> {
    let elements = profile.elements.iter().enumerate();
    let listed = elements.filter(|(_, element)| element.list.is_some());
    listed.map(|(at, _)| ElementId::of(at)).collect()
}

/// One row as rules see it.
pub struct RowView<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The profile.
    pub profile: &'a Profile,
    /// The elements that rules ask for.
    pub known: &'a Known,
    forms: Source<'a>,
    row: RowId,
    item: OnceCell<Arc<str>>,
    /// What rules read of it in the same way; apart, for whoever keeps many rows.
    memo: OnceCell<Box<Memo>>,
    /// The one element that the rule at work is to look at, and what it looked at.
    only: Cell<Option<ElementId>>,
    looked: Cell<Looked>,
}

/// What is read of a row once for all rules.
#[derive(Default)]
struct Memo {
    /// The codes in the columns of codes.
    codes: [OnceCell<Option<Code>>; 5],
    /// What is wrong with them.
    faults: [OnceCell<Option<CodeFault>>; 5],
    /// The materials piece by piece.
    pieces: OnceCell<Vec<Piece>>,
    /// Whether any clause of the conditions has a vague phrase.
    vague: OnceCell<bool>,
}

/// What a rule looked at of a row, beside what is the same for all rows of its table: its columns, and fields and elements that no
/// row of it says anything of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looked {
    /// At nothing.
    Nowhere,
    /// At the one element that it is to look at, and nothing else.
    There,
    /// At other things.
    Elsewhere,
}

/// Where the normal forms of a row come from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// From the columns of all rows.
    Columns(&'a OnDemand<'a>),
    /// From those of the rows at hand, by its place among them.
    Batch(&'a Batch<'a>, usize),
}

impl<'a> RowView<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        forms: Source<'a>,
        profile: &'a Profile,
        known: &'a Known,
        row: RowId,
    ) -> Self {
        RowView {
            catalogue,
            profile,
            known,
            forms,
            row,
            item: OnceCell::new(),
            memo: OnceCell::new(),
            only: Cell::new(None),
            looked: Cell::new(Looked::Elsewhere),
        }
    }

    /// From now on it is noted what is looked at; `only` is where looking is expected.
    pub(super) fn watch(&self, only: Option<ElementId>) {
        self.only.set(only);
        self.looked.set(Looked::Nowhere);
    }

    /// What was looked at since then.
    pub(super) fn looked(&self) -> Looked {
        self.looked.get()
    }

    fn look_elsewhere(&self) {
        self.looked.set(Looked::Elsewhere);
    }

    fn look(&self, field: Option<FieldId>) {
        if let (Some(field), Source::Batch(batch, nth)) = (field, self.forms)
            && self.looked.get() != Looked::Elsewhere
            && batch.says_in(nth, field)
        {
            let of = |only: ElementId| {
                self.profile.elements[only.index()]
                    .fields
                    .iter()
                    .any(|&(_, of)| of == field)
            };
            self.looked.set(match self.only.get() {
                Some(only) if of(only) => Looked::There,
                _ => Looked::Elsewhere,
            });
        }
    }

    fn look_at(&self, element: Option<ElementId>) {
        if let (Some(at), Source::Batch(batch, nth)) = (element, self.forms)
            && self.looked.get() != Looked::Elsewhere
            && batch.says_of(nth, at)
        {
            self.looked.set(match self.only.get() == element {
                true => Looked::There,
                false => Looked::Elsewhere,
            });
        }
    }

    /// The row's number in the catalogue.
    pub fn row(&self) -> RowId {
        self.look_elsewhere();
        self.row
    }

    /// The normal form of an element; `Empty` where the profile does not have it.
    pub fn value(&self, element: Option<ElementId>) -> &'a Value {
        self.look_at(element);
        match (element, self.forms) {
            (None, _) => &Value::Empty,
            (Some(element), Source::Columns(forms)) => forms.any(self.row, element),
            (Some(element), Source::Batch(batch, nth)) => batch.get(nth, element),
        }
    }

    /// The time limit of an element, where it is one.
    pub fn duration(&self, element: Option<ElementId>) -> Option<&'a Duration> {
        match self.value(element) {
            Value::Duration(duration) => Some(duration),
            _ => None,
        }
    }

    /// The choice of an element, where it is one of its list.
    pub fn choice(&self, element: Option<ElementId>) -> Option<&'a Choice> {
        match self.value(element) {
            Value::Choice(choice) => Some(choice),
            _ => None,
        }
    }

    /// The code of the row, where it has one.
    pub fn code(&self) -> Option<&'a Code> {
        match self.value(self.known.code) {
            Value::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The name of the row, where it has one.
    pub fn name(&self) -> Option<&'a Name> {
        match self.value(self.known.name) {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Whether the item is an administrative permit (行政许可).
    pub fn is_permit(&self) -> bool {
        self.choice(self.known.kind).is_some_and(|choice| choice.code == "01")
    }

    /// Whether the row belongs to the basic directory.
    pub fn in_directory(&self) -> bool {
        self.look_elsewhere();
        self.catalogue.regions[self.region().index()].directory
    }

    /// The text of a field as it stands in the file, blanks at its ends included.
    pub fn raw(&self, field: Option<FieldId>) -> Option<&'a str> {
        self.look(field);
        let cell = self.cell(field?)?;
        Some(self.catalogue.texts.get(cell.text))
    }

    /// The text of a field, trimmed; `None` where it is blank or not there.
    pub fn text(&self, field: Option<FieldId>) -> Option<&'a str> {
        let text = self.raw(field)?.trim();
        (!text.is_empty()).then_some(text)
    }

    fn cell(&self, field: FieldId) -> Option<&'a model::Cell> {
        match self.forms {
            // What no row of the table says need not be looked for.
            Source::Batch(batch, nth) if !batch.says_in(nth, field) => None,
            _ => self.catalogue.cell(self.row, field),
        }
    }

    /// The text of a field that says something: not 无, not -.
    pub fn said(&self, field: Option<FieldId>) -> Option<&'a str> {
        // No word that says nothing is long or begins with a digit; nearly every code does.
        let certain = |text: &str| text.len() > 64 || text.starts_with(|c: char| c.is_ascii_digit());
        self.text(field)
            .filter(|text| certain(text) || !self.profile.vocabulary.is_empty_word(text))
    }

    /// What the answer of a column of yes and no says; `None` where it says neither.
    pub fn answer(&self, field: Option<FieldId>) -> Option<bool> {
        self.profile.vocabulary.answers(self.text(field)?)
    }

    /// How the text of a field is to be read.
    pub fn shape(&self, field: Option<FieldId>) -> Shape {
        self.look(field);
        field
            .and_then(|field| self.cell(field))
            .map_or(Shape::Text, |cell| cell.shape)
    }

    /// The records of a field that holds a table; none where it does not.
    pub fn records(&self, field: Option<FieldId>) -> Vec<Vec<(String, String)>> {
        match self.raw(field) {
            Some(text) if self.shape(field) == Shape::Table => decode_table(text),
            _ => Vec::new(),
        }
    }

    /// The names as they stand in the file, with the fields that they stand in: of the item, and of the handling item where
    /// that is not part of it.
    pub fn raw_names(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        let fields = &self.known.field;
        let of = |(id, field)| self.said(field).and(self.raw(field)).map(|text| (id, text));
        let item = [
            ("name", fields.name),
            ("sub_name", fields.sub_name),
            ("main_name", fields.main_name),
        ];
        let item: Option<(&str, &str)> = item.into_iter().find_map(of);
        let case = of(("handling_name", fields.handling_name));
        let case = case.filter(|(_, case)| item.is_none_or(|(_, item)| !item.contains(case.trim())));
        item.into_iter().chain(case)
    }

    /// The code in one of the columns of codes.
    pub fn code_in(&self, field: Option<FieldId>) -> Option<&Code> {
        self.look(field);
        let at = self.code_column(field)?;
        self.memo().codes[at]
            .get_or_init(|| self.said(field).map(codes::parse))
            .as_ref()
    }

    /// What is wrong with the code in one of the columns of codes, judged when a rule first asks.
    pub(super) fn code_fault(
        &self,
        field: Option<FieldId>,
        judge: impl FnOnce(&Code) -> Option<CodeFault>,
    ) -> Option<CodeFault> {
        let code = self.code_in(field)?;
        let at = self.code_column(field)?;
        *self.memo().faults[at].get_or_init(|| judge(code))
    }

    fn code_column(&self, field: Option<FieldId>) -> Option<usize> {
        let fields = &self.known.field;
        let columns = [
            fields.code,
            fields.impl_code,
            fields.handling_code,
            fields.national_code,
            fields.parent_id,
        ];
        columns.iter().position(|column| field.is_some() && *column == field)
    }

    fn memo(&self) -> &Memo {
        self.memo.get_or_init(Box::default)
    }

    /// Whether any clause of the conditions has a vague phrase of any kind.
    pub(super) fn vague_conditions(&self) -> bool {
        let value = self.value(self.known.conditions);
        *self.memo().vague.get_or_init(|| match value {
            Value::Clauses(clauses) => clauses
                .items
                .iter()
                .any(|clause| vague::any(Spot::Conditions, &clause.text)),
            _ => false,
        })
    }

    /// The materials as they stand in the file, piece by piece.
    pub(super) fn pieces(&self) -> &[Piece] {
        self.look(self.known.field.materials);
        self.memo().pieces.get_or_init(|| materials::pieces(self))
    }

    /// The raw text of an element as it is quoted.
    pub fn quote(&self, element: Option<ElementId>) -> String {
        self.look_at(element);
        element.map_or_else(String::new, |element| {
            forms::quote(self.catalogue, self.profile, self.row, element)
        })
    }

    /// Whether the list has a column for a field at all: what a list does not carry, it cannot be asked for.
    pub fn has_column(&self, field: Option<FieldId>) -> bool {
        field.is_some() && self.columns().iter().any(|column| column.field == field)
    }

    /// The columns of the row's table.
    pub fn columns(&self) -> &'a [Column] {
        &self.catalogue.tables[self.catalogue.rows[self.row.index()].table.index()].columns
    }

    /// Whether the list has a column for an element's value, as one text or as records.
    pub fn carries(&self, element: Option<ElementId>) -> bool {
        element
            .and_then(|element| self.profile.elements.get(element.index()))
            .is_some_and(|element| {
                let holds = |role: Role| matches!(role, Role::Value | Role::Text | Role::Table);
                element
                    .fields
                    .iter()
                    .any(|&(role, field)| holds(role) && self.has_column(Some(field)))
            })
    }

    /// The region of the row.
    pub fn region(&self) -> RegionId {
        self.look_elsewhere();
        self.catalogue.rows[self.row.index()].region
    }

    /// The table of the row: the list that it stands in.
    pub fn table(&self) -> TableId {
        self.look_elsewhere();
        self.catalogue.rows[self.row.index()].table
    }

    /// Whether the item is in use, as far as the list says: not suspended, cancelled or a draft.
    pub fn is_live(&self) -> bool {
        self.choice(self.known.state)
            .is_none_or(|choice| !matches!(choice.code.as_str(), "2" | "3" | "4"))
    }

    /// Where an element stands (by its id, or by the id of a field), with the number of its column. Where it has no cell: its
    /// column, else the row.
    pub fn place(&self, element: &str) -> (Place, Option<(RowId, u16)>) {
        let id = self.profile.element(element);
        let field = self.profile.field(element);
        let cell = id
            .and_then(|id| forms::main_cell(self.catalogue, self.profile, self.row, id))
            .or_else(|| self.catalogue.cell(self.row, field?));
        let mut place = self.catalogue.place(self.row, cell);
        if cell.is_none() {
            let fields = id
                .and_then(|id| self.profile.elements.get(id.index()))
                .map_or(&[][..], |e| &e.fields[..]);
            let wanted =
                |of: Option<FieldId>| of.is_some() && (of == field || fields.iter().any(|&(_, f)| of == Some(f)));
            if let Some(column) = self.columns().iter().find(|column| wanted(column.field)) {
                place.column.clone_from(&column.header);
            }
        }
        (place, cell.map(|cell| (self.row, cell.column)))
    }

    /// The id of the region.
    pub fn region_id(&self) -> &'a Arc<str> {
        &self.catalogue.regions[self.region().index()].id
    }

    /// The item's code as it is reported: the basic code, else the name, of either only the beginning where it is long.
    pub fn item(&self) -> Arc<str> {
        let item = || match (self.code(), self.name()) {
            (Some(code), _) => start_of(code.basic(), LONGEST).into(),
            (None, Some(name)) => start_of(&name.item, LONGEST).into(),
            (None, None) => "".into(),
        };
        self.item.get_or_init(item).clone()
    }
}

/// All rows as rules see them.
pub struct Lists<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The normal forms: of an element that is asked for, those of all rows.
    pub forms: &'a OnDemand<'a>,
    /// The profile.
    pub profile: &'a Profile,
    /// The elements that rules ask for.
    pub known: &'a Known,
    /// The items over all regions, put together when a rule first asks.
    pub(super) peers: OnceLock<Peers<'a>>,
    /// The items of the lists, put together when a rule first asks.
    pub(super) listed: OnceLock<Vec<Item<'a>>>,
}

impl<'a> Lists<'a> {
    /// The items over all regions.
    pub(super) fn peers(&self) -> &Peers<'a> {
        self.peers.get_or_init(|| Peers::of(self))
    }

    /// The rows that stand for an item of a known code and are in use, in order; the directory's are not among them.
    pub(super) fn items(&self) -> &[Item<'a>] {
        self.listed.get_or_init(|| Item::listed(self))
    }

    /// One row.
    pub fn row(&self, row: RowId) -> RowView<'a> {
        RowView::new(
            self.catalogue,
            Source::Columns(self.forms),
            self.profile,
            self.known,
            row,
        )
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = RowView<'a>> + '_ {
        self.catalogue.row_ids().map(|row| self.row(row))
    }
}
