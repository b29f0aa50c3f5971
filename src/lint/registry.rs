//! THE list of rules. A code is never reused; what is retired gets a block `[[retired]]` in `catalogs/rules/`.
//!
//! Must not hold checks nor texts.

use super::{Lists, RowView, Rule, Run, Sink};
use super::{basis, code, conditions, contact, cross, fee, materials, name, online, result, time};

const fn row(code: &'static str, check: fn(&RowView<'_>, &mut Sink<'_>)) -> Rule {
    Rule {
        code,
        run: Run::Row(check),
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
    ingest("SET001"),
    ingest("SET002"),
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
    row("NAM001", name::unbalanced),
    row("NAM002", name::half_width),
    row("NAM003", name::level),
    row("NAM004", name::vague),
    row("NAM005", name::untidy),
    row("NAM006", name::remark),
    row("BAS001", basis::none),
    row("BAS002", basis::no_article),
    row("BAS003", basis::number_brackets),
    row("BAS004", basis::varying),
    row("BAS005", basis::documents_only),
    row("BAS006", basis::title_marks),
    row("BAS007", basis::no_law),
    row("CON001", conditions::catch_all),
    row("CON002", conditions::empty),
    row("CON003", conditions::cut_off),
    row("CON004", conditions::local_only),
    row("CON005", conditions::unmeasurable),
    row("MAT001", materials::catch_all),
    row("MAT002", materials::punctuation),
    row("MAT003", materials::none),
    row("MAT004", materials::no_copies),
    row("MAT005", materials::bundle),
    row("MAT006", materials::shareable),
    row("MAT007", materials::twice),
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
