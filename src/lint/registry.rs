//! THE list of rules. A code is never reused; what is retired stays explained.
//!
//! Must not hold checks nor texts.

use super::{Check, Lists, Rule, Run, Sink};
use super::{basis, code, conditions, contact, cross, fee, materials, name, online, result, time};

const fn row(code: &'static str, check: Check) -> Rule {
    Rule {
        code,
        run: Run::Row(check),
    }
}

const fn cell(code: &'static str, element: &'static str, check: Check) -> Rule {
    Rule {
        code,
        run: Run::Cell(element, check),
    }
}

const fn lists(code: &'static str, check: fn(&Lists<'_>, &mut Sink<'_>)) -> Rule {
    Rule {
        code,
        run: Run::Lists(check),
    }
}

const fn ingest(code: &'static str) -> Rule {
    Rule { code, run: Run::Ingest }
}

/// All rules, by family.
pub const RULES: &[Rule] = &[
    ingest("FIL001"),
    ingest("FIL002"),
    ingest("FIL003"),
    ingest("FIL004"),
    ingest("FIL005"),
    ingest("FIL006"),
    ingest("FIL007"),
    ingest("FIL008"),
    ingest("FIL009"),
    ingest("FIL010"),
    ingest("FIL011"),
    ingest("FIL012"),
    ingest("FIL013"),
    ingest("FIL014"),
    ingest("FIL015"),
    ingest("FIL016"),
    ingest("FIL017"),
    ingest("FIL018"),
    ingest("FIL019"),
    ingest("FIL020"),
    ingest("FIL021"),
    ingest("FIL022"),
    ingest("FIL023"),
    ingest("FIL024"),
    ingest("FIL025"),
    ingest("FIL026"),
    ingest("FIL027"),
    ingest("FIL028"),
    ingest("FIL029"),
    ingest("FIL030"),
    ingest("FIL031"),
    ingest("FIL032"),
    ingest("FIL033"),
    row("COD001", code::length),
    row("COD002", code::body_code),
    row("COD003", code::type_digits),
    row("COD004", code::parts),
    row("COD005", code::body_in_code),
    row("COD006", code::level_digit),
    row("COD007", code::division),
    row("COD008", code::off_list),
    row("COD009", code::system),
    row("COD010", code::letter),
    row("COD011", code::division_unknown),
    row("COD012", code::division_gone),
    cell("NAM001", "name", name::unbalanced),
    cell("NAM002", "name", name::half_width),
    cell("NAM003", "name", name::level),
    cell("NAM004", "name", name::vague),
    cell("NAM005", "name", name::untidy),
    cell("NAM006", "name", name::remark),
    row("BAS001", basis::none),
    cell("BAS002", "basis", basis::no_article),
    cell("BAS003", "basis", basis::number_brackets),
    cell("BAS004", "basis", basis::varying),
    row("BAS005", basis::documents_only),
    cell("BAS006", "basis", basis::title_marks),
    cell("BAS007", "basis", basis::no_law),
    cell("CON001", "conditions", conditions::catch_all),
    row("CON002", conditions::empty),
    cell("CON003", "conditions", conditions::cut_off),
    cell("CON004", "conditions", conditions::local_only),
    cell("CON005", "conditions", conditions::unmeasurable),
    cell("MAT001", "materials", materials::catch_all),
    cell("MAT002", "materials", materials::punctuation),
    row("MAT003", materials::none),
    cell("MAT004", "materials", materials::no_copies),
    cell("MAT005", "materials", materials::bundle),
    cell("MAT006", "materials", materials::shareable),
    cell("MAT007", "materials", materials::twice),
    row("TIM001", time::promise_longer),
    row("TIM002", time::case_type),
    row("TIM003", time::over_twenty),
    row("TIM004", time::over_forty_five),
    row("TIM005", time::bare_day),
    row("TIM006", time::steps_sum),
    row("TIM007", time::no_limit),
    row("TIM008", time::unreadable),
    row("ONL001", online::online_visits),
    row("ONL002", online::visits),
    row("ONL003", online::reason),
    row("FEE001", fee::no_standard),
    row("FEE002", fee::contradiction),
    row("FEE003", fee::no_amount),
    row("RES001", result::none),
    row("CTC001", contact::same_number),
    row("CTC002", contact::written),
    row("CTC003", contact::same_hotline),
    lists("CRO001", cross::duplicate),
    lists("CRO002", cross::several_codes),
    lists("CRO003", cross::several_names),
    lists("CRO004", cross::outside_directory),
    lists("CRO005", cross::nobody_handles),
    lists("CRO006", cross::undivided),
];
