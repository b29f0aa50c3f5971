//! What the law commands ask of lists: whose rows they are, and which folders of law texts go with them.
//!
//! Must not judge anything itself.

use std::path::Path;
use std::sync::Arc;

use super::super::args::LawsArgs;
use super::super::workspace::Workspace;
use super::super::{Loaded, Session, matching};
use crate::compare::identity::{self, Item};
use crate::compare::sides;
use crate::error::Result;
use crate::forms::Forms;
use crate::law::Whose;
use crate::model::RowId;

/// Which item each row is of, with the normal forms that were needed to know it.
pub(in crate::cli) fn whose(session: &Session, workspace: &Workspace, loaded: &Loaded) -> Result<(Forms, Whose)> {
    let decisions = matching::decisions(session, workspace, loaded, None, matching::Reads::All)?;
    let rows = loaded.catalogue.rows.len();
    Ok(session.during("progress-normalising", rows, || {
        let needed: Vec<_> = identity::needed(&loaded.profile).collect();
        let forms = Forms::as_asked(&loaded.catalogue, &loaded.profile, &needed);
        let (order, sides) = sides(&loaded.catalogue);
        let items = identity::items(
            &loaded.catalogue,
            &forms,
            &loaded.profile,
            &sides,
            order.len(),
            &decisions,
        )
        .items;
        let whose = of_items(&items, rows);
        (forms, whose)
    }))
}

fn of_items(items: &[Item], rows: usize) -> Whose {
    let mut whose = Whose {
        items: items
            .iter()
            .map(|item| (item.code.clone(), item.name.clone()))
            .collect(),
        rows: vec![None; rows],
    };
    for (at, item) in items.iter().enumerate() {
        let mut put = |row: RowId, case: Option<&Arc<str>>| {
            // The case tells more than the item as a whole.
            let known = &mut whose.rows[row.index()];
            if known.as_ref().is_none_or(|(_, case)| case.is_none()) {
                *known = Some((at, case.cloned()));
            }
        };
        for unit in &item.units {
            let case = unit.case.as_deref().map(Arc::from);
            unit.rows.iter().flatten().for_each(|&row| put(row, case.as_ref()));
        }
        let rest = item.rows.iter().chain(&item.duplicates).flatten();
        rest.chain(&item.directory).for_each(|&row| put(row, None));
    }
    whose
}

/// The folders of law texts of lists, see [`super::folders`]; else those of the current folder.
pub(super) fn laws(args: &LawsArgs, workspace: &Workspace) -> Result<LawsArgs> {
    let says = |workspace: &Workspace| workspace.manifests.iter().any(|manifest| !manifest.laws.is_empty());
    let laws = match args.laws.is_empty() && !says(workspace) {
        true => super::folders(&args.laws, &Workspace::settings(Path::new("."))?),
        false => super::folders(&args.laws, workspace),
    }?;
    Ok(LawsArgs {
        laws,
        as_of: args.as_of,
    })
}
