//! `tongban law check`: the citations of lists, held against the law library.
//!
//! Must not judge.

use super::super::args::LawCheckArgs;
use super::super::workspace::Workspace;
use super::super::{Asked, Outcome, Session};
use crate::error::Result;
use crate::lint;
use crate::model::{Cited, Remark};
use crate::report::{About, Document, LawReport};

pub(super) fn run(session: &Session, args: &LawCheckArgs) -> Result<Outcome> {
    let target = args.output.target(About::LawCheck)?;
    let workspace = Workspace::of_lint(&args.paths, None, false)?;
    // That there is no library is said before the lists are read.
    super::folders(&args.laws.laws, &workspace)?;
    let mut loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let (check, incomplete) = super::held(session, &workspace, &loaded, &args.laws)?;
    loaded.incomplete |= incomplete;
    let field = |id: &str| loaded.profile.field(id);
    let told: Vec<_> = check.cited.iter().map(lint::told_of_law).collect();
    let report = LawReport {
        check: &check,
        catalogue: &loaded.catalogue,
        names: ["name", "sub_name", "handling_name", "main_name"]
            .iter()
            .filter_map(|id| field(id))
            .collect(),
        codes: ["code", "impl_code", "handling_code", "national_code"]
            .iter()
            .filter_map(|id| field(id))
            .collect(),
        fields: loaded.profile.fields.iter().map(|field| field.id.clone()).collect(),
        told,
        all: args.all,
    };
    session.emit(
        &Document::LawCheck(&report),
        &loaded,
        &[target],
        &Asked {
            top: args.top,
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    let wrong = |cited: &Cited| cited.ruling.is_wrong() || cited.remarks.iter().any(Remark::is_wrong);
    let found = args.fail_on == "wrong" && check.cited.iter().any(wrong);
    Ok(session.outcome(found, &loaded))
}
