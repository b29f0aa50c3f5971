//! THE list of rules. A code is never reused; what is retired stays explained.
//!
//! Must not hold checks nor texts.

use super::{Rule, Run, code, time};

const fn row(code: &'static str, check: fn(&super::RowView<'_>, &mut super::Sink<'_>)) -> Rule {
    Rule { code, run: Run::Row(check) }
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
    row("COD002", code::body_code),
    row("TIM001", time::promise_longer),
];
