//! What a rule sees of a row: normal forms by element, raw text by field, places.
//!
//! Must not know rules.

use crate::forms::{self, Forms};
use crate::model::{Catalogue, Cell, Choice, Code, Duration, ElementId, FieldId, Place, RowId, Value};
use crate::profile::Profile;

macro_rules! known {
    ($($(#[$doc:meta])* $name:ident = $id:literal),* $(,)?) => {
        /// The elements that rules ask for, looked up once; `None` where the profile does not have them.
        pub struct Known {
            $($(#[$doc])* pub $name: Option<ElementId>,)*
        }
        impl Known {
            pub(super) fn of(profile: &Profile) -> Known {
                Known { $($name: profile.element($id),)* }
            }
        }
    };
}

known!(
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
);

/// One row as rules see it.
pub struct RowView<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The profile.
    pub profile: &'a Profile,
    /// The elements that rules ask for.
    pub known: &'a Known,
    forms: &'a Forms,
    row: RowId,
}

impl<'a> RowView<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        forms: &'a Forms,
        profile: &'a Profile,
        known: &'a Known,
        row: RowId,
    ) -> Self {
        RowView { catalogue, profile, known, forms, row }
    }

    /// The row's number in the catalogue.
    pub fn row(&self) -> RowId {
        self.row
    }

    /// The normal form of an element; `Empty` where the profile does not have it.
    pub fn value(&self, element: Option<ElementId>) -> &'a Value {
        element.map_or(&Value::Empty, |element| self.forms.get(self.row, element))
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

    /// Whether the item is an administrative permit (行政许可).
    pub fn is_permit(&self) -> bool {
        self.choice(self.known.kind).is_some_and(|choice| choice.code == "01")
    }

    /// Whether the row belongs to the basic directory.
    pub fn in_directory(&self) -> bool {
        self.catalogue.regions[self.catalogue.rows[self.row.index()].region.index()].directory
    }

    /// The raw text of a field (by the field's id), trimmed; `None` where it is blank or not there.
    pub fn text(&self, field: &str) -> Option<&'a str> {
        self.catalogue.text(self.row, self.profile.field(field)?)
    }

    /// The raw text of a field that says something: not 无, not -.
    pub fn said(&self, field: &str) -> Option<&'a str> {
        self.text(field).filter(|text| !self.profile.vocabulary.is_empty_word(text))
    }

    /// The cell of a field.
    pub fn cell(&self, field: FieldId) -> Option<&'a Cell> {
        self.catalogue.cell(self.row, field)
    }

    /// The raw text of an element as it is quoted.
    pub fn quote(&self, element: Option<ElementId>) -> String {
        element.map_or_else(String::new, |element| forms::quote(self.catalogue, self.profile, self.row, element))
    }

    /// Whether the list has a column for a field at all: what a list does not carry, it cannot be asked for.
    pub fn has_column(&self, field: &str) -> bool {
        let Some(field) = self.profile.field(field) else { return false };
        let table = &self.catalogue.tables[self.catalogue.rows[self.row.index()].table.index()];
        table.columns.iter().any(|column| column.field == Some(field))
    }

    /// Where an element stands (by its id, or by the id of a field); the row where it has no cell.
    pub fn place(&self, element: &str) -> Place {
        let cell = self
            .profile
            .element(element)
            .and_then(|element| forms::main_cell(self.catalogue, self.profile, self.row, element))
            .or_else(|| self.catalogue.cell(self.row, self.profile.field(element)?));
        self.catalogue.place(self.row, cell)
    }

    /// The id of the region.
    pub fn region_id(&self) -> &'a str {
        &self.catalogue.regions[self.catalogue.rows[self.row.index()].region.index()].id
    }

    /// The item's code as it is reported: the basic code, else the name.
    pub fn item(&self) -> String {
        match (self.code(), self.value(self.known.name)) {
            (Some(code), _) => code.basic().to_owned(),
            (None, Value::Name(name)) => name.item.clone(),
            _ => String::new(),
        }
    }
}

/// All rows as rules see them.
pub struct Lists<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The normal forms.
    pub forms: &'a Forms,
    /// The profile.
    pub profile: &'a Profile,
    /// The elements that rules ask for.
    pub known: &'a Known,
}

impl<'a> Lists<'a> {
    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = RowView<'a>> + '_ {
        self.catalogue.row_ids().map(|row| RowView::new(self.catalogue, self.forms, self.profile, self.known, row))
    }
}
