//! `tongban export`: the standardised guides (办事指南), one per handling item, as a list or as pages; and a draft of the unified
//! directory (`--directory`).
//!
//! Must not compute: the normal forms and the comparison are there.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::args::{DecidedArgs, ExportArgs, QuestionArgs, known_ending};
use super::workspace::Workspace;
use super::{Loaded, Outcome, Session, question, refuse, say};
use crate::compare::draft;
use crate::compare::uniformity::{self, Question, Told};
use crate::error::{Error, Kind, Result};
use crate::forms;
use crate::ingest::{self, is_list_name, limits, path_name};
use crate::model::{ElementId, FieldId, Guides, RowId};
use crate::report;
use crate::report::escape::terminal;
use crate::report::guides::names::Names;
use crate::report::guides::{
    ABOUT, About, Column, DRAFT_FORMATS, DraftFormat, Entry, FORMATS, GuideFormat, GuideStyle, ORDER, Template, Usual,
    Wrong, only,
};

/// The name of the table of contents, without its ending.
const INDEX: &str = "目录";

/// An element, and whether a printed guide names it where nothing is said of it.
type Shown = (ElementId, bool);

/// How each guide is written.
enum How {
    Format(GuideFormat),
    Template(Box<Template>, PathBuf),
}

pub(super) fn run(session: &Session, args: &ExportArgs) -> Result<Outcome> {
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if args.directory {
        return directory(session, args, output);
    }
    let how = how(args, output)?;
    let workspace = Workspace::of(&args.paths)?;
    let mut loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    loaded.inputs.extend(args.template.clone());
    let rows = rows(&loaded, args)?;
    let (elements, columns) = columns(&loaded, args, &rows)?;
    let style = GuideStyle {
        columns,
        raw_csv: args.raw_csv,
    };
    let region = |row: &RowId| loaded.catalogue.rows[row.index()].region;
    let several = rows.iter().any(|row| region(row) != region(&rows[0]));
    let guides = forms::guides(&loaded.catalogue, &loaded.profile, loaded.forms(), rows, &elements);
    match output.filter(|_| args.one_file_per_item) {
        Some(folder) => one_by_one(session, &loaded, &guides, several, (&how, &style), folder)?,
        None => {
            let wrong = RefCell::new(None);
            let bom = matches!(&how, How::Format(format) if format.name == "csv");
            let written = session.write_out(output, &loaded.inputs, bom, |out| match &how {
                How::Format(format) => format.write(&guides, &style, out),
                How::Template(template, _) => template.write(&guides, out).inspect_err(|error| keep(error, &wrong)),
            });
            told(written, &how, wrong)?;
            // Guides are a list themselves: beside the lists they are read with them the next time.
            if let Some(output) = output.filter(|output| is_list_name(&output.to_string_lossy()))
                && loaded.inputs.iter().any(|input| same_folder(input, output))
            {
                say(&session.messages.with("export-beside", &[("file", path_name(output))]));
            }
        }
    }
    let outcome = session.outcome(false, &loaded);
    drop(guides);
    // The program ends here: the system takes the memory back at once, and we would take it piece by piece.
    std::mem::forget(loaded);
    Ok(outcome)
}

fn same_folder(one: &Path, other: &Path) -> bool {
    let folder = |path: &Path| std::path::absolute(path).ok()?.parent()?.canonicalize().ok();
    folder(one).is_some_and(|one| Some(one) == folder(other))
}

/// Keeps what is wrong with a template: what saves a file only knows that it could not be written.
fn keep(error: &io::Error, kept: &RefCell<Option<Wrong>>) {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Wrong>());
    if let Some(wrong) = inner {
        *kept.borrow_mut() = Some(wrong.clone());
    }
}

/// The error of a template in the place of that of its output.
fn told<T>(written: Result<T>, how: &How, wrong: RefCell<Option<Wrong>>) -> Result<T> {
    match (written, how, wrong.into_inner()) {
        (Err(_), How::Template(_, path), Some(wrong)) => Err(of_template(path, &wrong)),
        (written, ..) => written,
    }
}

fn of_template(path: &Path, wrong: &Wrong) -> Error {
    let error = Error::line(Kind::BadSettings, path, wrong.line, wrong.to_string());
    match &wrong.name {
        Some(name) => error.meant(name, wrong.known.iter().map(String::as_str)),
        None => error,
    }
}

/// That something cannot be written in a format.
fn no_such_format<'a>(output: Option<&Path>, format: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let known: Vec<&str> = known.collect();
    let args = vec![("format", format.to_owned()), ("known", known.join("、"))];
    Error::why(
        Kind::Unwritable,
        output.unwrap_or(Path::new("-")),
        "output-format",
        args,
    )
}

fn how(args: &ExportArgs, output: Option<&Path>) -> Result<How> {
    let one_by_one = args.one_file_per_item;
    if one_by_one && output.is_none() {
        return Err(Error::why(
            Kind::Unwritable,
            Path::new("-"),
            "export-no-folder",
            Vec::new(),
        ));
    }
    if let Some(path) = &args.template {
        let bytes = ingest::read_file(path, limits::FILE_BYTES)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            Error::file(
                Kind::BadSettings,
                path,
                format!("UTF-8: {}", error.utf8_error().valid_up_to()),
            )
        })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = text.trim_start_matches('\u{FEFF}').to_owned();
        let template = Template::of(&name, text).map_err(|wrong| of_template(path, &wrong))?;
        return Ok(How::Template(Box::new(template), path.clone()));
    }
    let usual = if one_by_one { "html" } else { "csv" };
    let by_name = output.filter(|_| !one_by_one);
    let format = args.format.as_deref().and_then(GuideFormat::named);
    let format = format.or_else(|| by_name.and_then(GuideFormat::of_file));
    if let (None, Some(path)) = (format, by_name) {
        known_ending(path, &FORMATS.map(|format| format.name))?;
    }
    let format = format.or_else(|| GuideFormat::named(usual)).unwrap_or(FORMATS[0]);
    if one_by_one && !format.one_by_one() {
        let known = FORMATS
            .iter()
            .filter(|format| format.one_by_one())
            .map(|format| format.name);
        return Err(no_such_format(output, format.name, known));
    }
    if output.is_none() && format.binary() {
        return Err(binary(format.name));
    }
    Ok(How::Format(format))
}

/// What is no text is not for standard output.
fn binary(format: &str) -> Error {
    let args = vec![("format", format.to_owned())];
    Error::why(Kind::Unwritable, Path::new("-"), "output-binary", args)
}

/// The rows that are asked for, by region and then as they stand.
fn rows(loaded: &Loaded, args: &ExportArgs) -> Result<Vec<RowId>> {
    let catalogue = &loaded.catalogue;
    let regions = args.region.iter().map(|word| question::region(loaded, word.trim()));
    let regions = regions.collect::<Result<Vec<String>>>()?;
    let region_of = |row: RowId| &catalogue.regions[catalogue.rows[row.index()].region.index()];
    let wanted = |row: &RowId| {
        let region = region_of(*row);
        !region.directory && (regions.is_empty() || regions.iter().any(|id| **id == *region.id))
    };
    let mut rows: Vec<RowId> = catalogue.row_ids().filter(wanted).collect();
    rows.sort_by(|a, b| (&region_of(*a).id, a).cmp(&(&region_of(*b).id, b)));
    if args.item.is_empty() {
        return Ok(rows);
    }
    // Code and name of each row; its other codes are found as they stand.
    let every: Vec<Shown> = Vec::new();
    let guides = forms::guides(catalogue, &loaded.profile, loaded.forms(), rows.clone(), &every);
    let mut known: Vec<String> = Vec::new();
    let mut met = vec![false; args.item.len()];
    let mut kept = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        let guide = (guides.make)(at);
        let mut keep = false;
        for (word, met) in args.item.iter().zip(&mut met) {
            let is_code = *word == guide.code || guide.codes.iter().any(|(_, _, code)| code == word);
            if is_code || guide.name.contains(word.as_str()) {
                (keep, *met) = (true, true);
            }
        }
        if keep {
            kept.push(row);
        } else {
            known.extend([guide.code, guide.name]);
        }
    }
    match args.item.iter().zip(met).find(|(_, met)| !met) {
        Some((word, _)) => {
            let error = Error::plain(Kind::UnknownName, word.clone());
            Err(error.meant(word, known.iter().map(String::as_str)))
        }
        None => Ok(kept),
    }
}

/// The elements of the guides, each with whether it is always named, and the columns of a list.
fn columns(loaded: &Loaded, args: &ExportArgs, rows: &[RowId]) -> Result<(Vec<Shown>, Vec<Column>)> {
    let profile = &loaded.profile;
    let Some(words) = &args.columns else {
        let mut elements: Vec<Shown> = ORDER
            .iter()
            .filter_map(|(id, always)| {
                let at = profile.elements.iter().position(|element| element.id == *id)?;
                Some((ElementId::of(at), *always || profile.elements[at].compare))
            })
            .collect();
        for (id, _) in profile.compared() {
            if !elements.iter().any(|(known, _)| *known == id) {
                elements.push((id, true));
            }
        }
        let columns = usual(loaded, rows, &elements);
        return Ok((elements, columns));
    };
    let (mut elements, mut columns) = (Vec::new(), Vec::new());
    for word in words
        .split([',', '，', '、'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        let about = ABOUT.iter().position(|(id, title, ..)| *id == word || *title == word);
        let column = match (profile.element(word), about) {
            // A region is told by its list as a whole, not by the cells of a row.
            (Some(element), _) if profile.elements[element.index()].id != "region" => {
                let known = elements.iter().position(|(known, _)| *known == element);
                Column::Element(known.unwrap_or_else(|| {
                    elements.push((element, true));
                    elements.len() - 1
                }))
            }
            (_, Some(at)) => Column::About(at),
            (Some(_), None) => Column::About(ABOUT.iter().position(|(id, ..)| *id == "region_name").unwrap_or(0)),
            (None, None) => {
                let own = profile
                    .elements
                    .iter()
                    .flat_map(|element| [element.id.as_str(), &element.title]);
                let known: Vec<&str> = own
                    .chain(ABOUT.iter().flat_map(|(id, title, ..)| [*id, *title]))
                    .collect();
                return Err(question::unknown(word, &known));
            }
        };
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    match columns.is_empty() {
        true => Err(question::unknown("--columns", &[])),
        false => Ok((elements, columns)),
    }
}

/// The columns of a list when nobody asks: in the place of the code as a whole the parts of name and code stand as lists have them, each
/// in its own, so that the list is read back as it was.
fn usual(loaded: &Loaded, rows: &[RowId], elements: &[Shown]) -> Vec<Column> {
    let (catalogue, profile) = (&loaded.catalogue, &loaded.profile);
    let tables: BTreeSet<usize> = rows
        .iter()
        .map(|row| catalogue.rows[row.index()].table.index())
        .collect();
    let columns = tables.iter().flat_map(|&table| &catalogue.tables[table].columns);
    let had: BTreeSet<FieldId> = columns.filter_map(|column| column.field).collect();
    let element = |at: usize| &profile.elements[elements[at].0.index()];
    let whole = |at: usize| ["name", "code"].contains(&element(at).id.as_str());
    // In some profiles a part is an element of its own.
    let told = |field: FieldId| {
        let fields = |at: usize| element(at).fields.iter().any(|(_, own)| *own == field);
        (0..elements.len()).any(|at| !whole(at) && fields(at))
    };
    let there = |&at: &usize| match ABOUT[at] {
        (.., Usual::Always) => true,
        (_, _, About::Part(id), Usual::Had) => profile
            .field(id)
            .is_some_and(|field| had.contains(&field) && !told(field)),
        _ => false,
    };
    let is_part = |at: &usize| matches!(ABOUT[*at].2, About::Part(_));
    let (parts, about): (Vec<usize>, Vec<usize>) = (0..ABOUT.len()).filter(there).partition(is_part);
    let name = (0..elements.len()).filter(|&at| element(at).id == "name");
    let others = (0..elements.len()).filter(|&at| !whole(at));
    let head = name.map(Column::Element).chain(parts.into_iter().map(Column::About));
    let rest = others.map(Column::Element).chain(about.into_iter().map(Column::About));
    head.chain(rest).collect()
}

/// Writes each guide to a file of its own, and a table of contents.
fn one_by_one(
    session: &Session,
    loaded: &Loaded,
    guides: &Guides<'_>,
    several: bool,
    (how, style): (&How, &GuideStyle),
    folder: &Path,
) -> Result<()> {
    let (ending, index_ending) = match how {
        How::Format(format) => (format.name, format.name),
        How::Template(template, _) => (template.ending(), template.index_ending()),
    };
    // Pages of an earlier export that are not written again would stay beside the new ones.
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::why(Kind::Exists, folder, "folder-filled", Vec::new()));
    }
    let index = format!("{INDEX}.{index_ending}");
    let mut names = Names::default();
    names.keep(&index);
    let entries: Vec<Entry> = (0..guides.count)
        .map(|at| {
            let guide = (guides.make)(at);
            let mut wanted = format!("{} {}", guide.code, guide.name);
            // The guides of a region are called the same in whatever order the regions are.
            if several {
                wanted = format!("{} {wanted}", guide.region.name);
            }
            Entry {
                file: names.name(&wanted, ending),
                region: guide.region.name.clone(),
                code: guide.code,
                name: guide.name,
            }
        })
        .collect();
    // Nothing is written where something must not be.
    refuse(&folder.join(&index), &loaded.inputs)?;
    for entry in &entries {
        refuse(&folder.join(&entry.file), &loaded.inputs)?;
    }
    let failed = |error: io::Error| Error::file(Kind::Unwritable, folder, error.to_string());
    std::fs::create_dir_all(folder).map_err(failed)?;
    session.during("progress-writing", guides.count, || {
        for (at, entry) in entries.iter().enumerate() {
            let guide = only(guides, at);
            let wrong = RefCell::new(None);
            let written = report::save_as(&folder.join(&entry.file), &loaded.inputs, |out| match how {
                How::Format(format) => format.write(&guide, style, out),
                How::Template(template, _) => template.write(&guide, out).inspect_err(|error| keep(error, &wrong)),
            });
            told(written, how, wrong)?;
        }
        report::save_as(&folder.join(&index), &loaded.inputs, |out| match how {
            How::Format(format) => format.write_index(&entries, out),
            How::Template(template, _) => template.write_index(&entries, out),
        })
    })?;
    let args = [
        ("count", guides.count.to_string()),
        ("path", path_name(folder)),
        ("index", index),
    ];
    say(&terminal(&session.messages.with("export-written", &args)));
    Ok(())
}

/// `--directory`: what the regions agree on, as a directory.
fn directory(session: &Session, args: &ExportArgs, output: Option<&Path>) -> Result<Outcome> {
    let known = DRAFT_FORMATS.map(|format| format.name);
    let format = match (&args.format, output) {
        (Some(told), _) => DraftFormat::named(told).ok_or_else(|| no_such_format(output, told, known.into_iter()))?,
        (None, Some(path)) => match DraftFormat::of_file(path) {
            Some(format) => format,
            None => known_ending(path, &known).map(|()| DRAFT_FORMATS[0])?,
        },
        (None, None) => DRAFT_FORMATS[0],
    };
    if output.is_none() && format.name == "xlsx" {
        return Err(binary(format.name));
    }
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let usual = QuestionArgs {
        reference: None,
        dedupe: false,
        files: DecidedArgs {
            variances: None,
            matches: None,
        },
    };
    let question = Question {
        told: Told::Values,
        // What a region is allowed to do otherwise is no vote for the directory, but what it says is told.
        variances: Vec::new(),
        ..question::question(session, &workspace, &loaded, &usual)?
    };
    let report = session.during("progress-comparing", loaded.catalogue.regions.len(), || {
        uniformity::compare(&loaded.catalogue, loaded.forms(), &loaded.profile, &question)
    });
    let draft = draft::draft(&report, &loaded.profile);
    session.write_out(output, &loaded.inputs, format.name == "csv", |out| {
        format.write(&draft, args.raw_csv, out)
    })?;
    let open: usize = draft
        .items
        .iter()
        .filter(|item| item.disputes.iter().any(|it| it.why.open()))
        .count();
    let said = [("items", draft.items.len().to_string()), ("open", open.to_string())];
    say(&session.messages.with("export-draft", &said));
    Ok(session.outcome(false, &loaded))
}
