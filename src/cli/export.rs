//! `tongban export`: the standardised guides (办事指南), one row per handling item.
//!
//! Must not compute: the normal forms are there.

use super::args::ExportArgs;
use super::workspace::Workspace;
use super::{Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::model::RowId;
use crate::report;

pub(super) fn run(session: &Session, args: &ExportArgs) -> Result<Outcome> {
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let catalogue = &loaded.catalogue;
    let wanted = |row: RowId| {
        let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
        !region.directory
            && args
                .region
                .as_ref()
                .is_none_or(|id| *region.id == **id || region.name == *id)
    };
    let mut rows: Vec<RowId> = catalogue.row_ids().filter(|&row| wanted(row)).collect();
    if rows.is_empty()
        && let Some(region) = &args.region
    {
        let known = catalogue.regions.iter().filter(|r| !r.directory);
        let known: Vec<(&str, &str)> = known.map(|r| (&*r.id, r.name.as_str())).collect();
        let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
        let error = Error::plain(Kind::UnknownName, format!("{region} ({})", ids.join(", ")));
        return Err(error.meant(region, known.iter().flat_map(|(id, name)| [*id, *name])));
    }
    rows.sort_by_key(|row| {
        let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
        (region.id.clone(), *row)
    });
    let elements: Vec<_> = loaded.profile.compared().collect();
    let mut headers: Vec<&str> = elements.iter().map(|(_, element)| element.title.as_str()).collect();
    headers.extend(["区域代码", "区域名称", "实施主体", "来源文件", "工作表", "来源行"]);
    let body = loaded.profile.field("body");
    let guides = rows.iter().map(|&row| {
        let mut cells: Vec<String> = elements
            .iter()
            .map(|&(element, _)| loaded.forms().get(row, element).spelling())
            .collect();
        let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
        let place = catalogue.place(row, None);
        cells.push(region.id.to_string());
        cells.push(region.name.clone());
        cells.push(
            body.and_then(|field| catalogue.text(row, field))
                .unwrap_or_default()
                .to_owned(),
        );
        cells.push(place.file.to_string());
        cells.push(place.sheet.unwrap_or_default().to_string());
        cells.push(place.row.to_string());
        cells
    });
    session.write_out(args.output.as_deref(), &loaded.inputs, true, |out| {
        report::guides(&headers, guides, args.raw_csv, out)
    })?;
    Ok(session.outcome(false, &loaded))
}
