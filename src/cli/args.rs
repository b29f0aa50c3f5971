//! Arguments: what can be typed. The wording is in the message files and is put in at run time, in the user's language.
//!
//! Must not act on anything.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::error::{Error, Kind, Result};
use crate::ingest;
use crate::messages::Messages;
use crate::model::Day;
use crate::report::{About, FORMATS, Format, formats_of};

/// The command line.
#[derive(Parser, Debug)]
#[command(
    name = "tongban",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Cmd,
    #[arg(long, global = true, value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    #[arg(long, global = true, default_value = "auto")]
    pub color: ColorChoice,
    #[arg(long, global = true)]
    pub profile: Option<String>,
    #[arg(long, global = true, value_name = "NAME")]
    pub encoding: Option<String>,
    #[arg(long = "input-format", global = true, value_parser = ingest::FORMATS)]
    pub input_format: Option<String>,
}

/// When to use colours.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(super) enum Cmd {
    Report(ReportArgs),
    Diff(DiffArgs),
    Align(AlignArgs),
    Match(MatchArgs),
    Lint(LintArgs),
    Baseline(BaselineArgs),
    Export(ExportArgs),
    Fmt(FmtArgs),
    Init(InitArgs),
    Inspect(InspectArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Law(LawArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    Snapshot(SnapshotArgs),
    Log(LogArgs),
    Blame(BlameArgs),
}

/// Where the result goes, and how.
#[derive(Args, Debug)]
pub(super) struct OutputArgs {
    #[arg(long, short = 'f')]
    pub format: Option<String>,
    #[arg(long, short = 'o')]
    pub output: Option<PathBuf>,
    #[arg(long = "raw-csv")]
    pub raw_csv: bool,
}

impl OutputArgs {
    /// The one output of a document of some kind.
    pub(super) fn target(&self, about: About) -> Result<Target<'_>> {
        let path = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = chosen(self.format.as_deref(), path, "table", about)?;
        if !format.takes(about) {
            return Err(no_such_format(path.unwrap_or(Path::new("-")), format.name, about));
        }
        Target { format, path }.possible()
    }
}

/// Where findings go, and how: any number of files, each in a format of its own.
#[derive(Args, Debug)]
pub(super) struct LintOutputArgs {
    #[arg(id = "lint_format", long = "format", short = 'f')]
    pub format: Option<String>,
    #[arg(id = "outputs", long = "output", short = 'o', value_name = "[FORMAT:]PATH")]
    pub outputs: Vec<OsString>,
    #[arg(long)]
    pub statistics: bool,
    #[arg(long = "raw-csv")]
    pub raw_csv: bool,
}

impl LintOutputArgs {
    /// The outputs. Standard output is one when no file is named, or when a format is asked for that no file takes.
    pub(super) fn targets(&self) -> Result<Vec<Target<'_>>> {
        let (usual, about) = match self.statistics {
            true => ("table", About::Statistics),
            false => ("full", About::Lint),
        };
        let asked = self.format.as_deref();
        // One file without a format of its own takes what `-f` says; of several each goes by its own name, and `-f` is of standard output.
        let single = matches!(self.outputs.as_slice(), [only] if split(only).0.is_none());
        let mut targets = Vec::new();
        for output in &self.outputs {
            let (word, path) = split(output);
            if path == Path::new("-") {
                let format = match word {
                    Some(word) => Format::named(word),
                    None => Some(chosen(asked, None, usual, about)?),
                };
                let format = format.ok_or_else(|| no_such_format(path, word.unwrap_or_default(), about))?;
                targets.push(Target { format, path: None });
                continue;
            }
            let format = match word {
                Some(word) => Format::named(word).ok_or_else(|| no_such_format(path, word, about))?,
                None => chosen(asked.filter(|_| single), Some(path), usual, about)?,
            };
            let path = Some(path);
            targets.push(Target { format, path });
        }
        if targets.is_empty() || (asked.is_some() && !single) {
            let format = chosen(asked, None, usual, about)?;
            targets.push(Target { format, path: None });
        }
        for target in &targets {
            let path = target.path.unwrap_or(Path::new("-"));
            if !target.format.takes(about) {
                return Err(no_such_format(path, target.format.name, about));
            }
            target.possible()?;
        }
        Ok(targets)
    }
}

/// One output: how, and to which file; standard output without one.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub format: Format,
    pub path: Option<&'a Path>,
}

impl Target<'_> {
    /// What is no text is not for standard output.
    fn possible(self) -> Result<Self> {
        if self.path.is_none() && self.format.binary() {
            let args = vec![("format", self.format.name.to_owned())];
            return Err(Error::why(Kind::Unwritable, Path::new("-"), "output-binary", args));
        }
        Ok(self)
    }
}

/// The ending of a text file: it may hold what the terminal shows.
const PLAIN: &str = "txt";

/// The format: as told, else by the ending of the file, else the usual one. An ending that is none of a format is an error: whoever
/// writes `-o x.pdf` does not want a table in it.
fn chosen(told: Option<&str>, path: Option<&Path>, usual: &str, about: About) -> Result<Format> {
    let usual = || Format::named(usual).unwrap_or(FORMATS[0]);
    if let Some(told) = told.and_then(Format::named) {
        return Ok(told);
    }
    let Some(path) = path else { return Ok(usual()) };
    if let Some(format) = Format::of_file(path) {
        return Ok(format);
    }
    let endings = formats_of(about).map(|format| format.ending);
    known_ending(path, &endings.filter(|ending| !ending.is_empty()).collect::<Vec<_>>())?;
    Ok(usual())
}

/// Refuses a file whose ending is neither one of these nor that of a text file; one without an ending is taken.
///
/// # Errors
/// When it has another ending.
pub(super) fn known_ending(path: &Path, known: &[&str]) -> Result<()> {
    let Some(ending) = path.extension().map(OsStr::to_string_lossy) else {
        return Ok(());
    };
    if known
        .iter()
        .chain([&PLAIN])
        .any(|known| ending.eq_ignore_ascii_case(known))
    {
        return Ok(());
    }
    let known: Vec<String> = known
        .iter()
        .chain([&PLAIN])
        .map(|ending| format!(".{ending}"))
        .collect();
    let args = vec![("ending", ending.into_owned()), ("known", known.join("、"))];
    Err(Error::why(Kind::Unwritable, path, "output-ending", args))
}

/// `FORMAT:PATH` in its parts. One letter is a drive of Windows, and what is no word belongs to the path.
fn split(output: &OsStr) -> (Option<&str>, &Path) {
    let parts = output.to_str().and_then(|text| text.split_once(':'));
    match parts.filter(|(word, _)| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some((word, path)) => (Some(word), Path::new(path)),
        None => (None, Path::new(output)),
    }
}

/// That something cannot be written in a format.
fn no_such_format(path: &Path, format: &str, about: About) -> Error {
    let known: Vec<&str> = formats_of(about).map(|format| format.name).collect();
    let args = vec![("format", format.to_owned()), ("known", known.join("、"))];
    Error::why(Kind::Unwritable, path, "output-format", args)
}

#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub question: QuestionArgs,
    #[arg(long, default_value = "item", value_parser = ["item", "region", "element"])]
    pub by: String,
    #[arg(long)]
    pub item: Option<String>,
    #[arg(long, value_name = "ELEMENT")]
    pub element: Option<String>,
    #[arg(id = "only_region", long = "region", value_name = "REGION")]
    pub region: Option<String>,
    #[arg(
        long = "min-index",
        value_name = "0..1",
        default_value = "0",
        allow_hyphen_values = true
    )]
    pub min_index: String,
    #[arg(id = "report_top", long = "top", value_name = "TOP")]
    pub top: Option<usize>,
    #[arg(long)]
    pub pairwise: bool,
    #[arg(id = "report_history", long = "history", value_name = "FILE.db", num_args = 0..=1, require_equals = true, conflicts_with = "pairwise")]
    pub history: Option<Option<PathBuf>>,
    #[arg(id = "report_fail_on", long = "fail-on", value_name = "FAIL_ON", default_value = "never", value_parser = ["substantive", "must-equal", "never"])]
    pub fail_on: String,
}

/// What regions are held against, and what is allowed.
#[derive(Args, Debug)]
pub(super) struct QuestionArgs {
    #[arg(long, value_name = "directory|majority|region:ID")]
    pub reference: Option<String>,
    #[arg(long = "dedupe-sources")]
    pub dedupe: bool,
    #[command(flatten)]
    pub files: DecidedArgs,
}

/// What people decided.
#[derive(Args, Clone, Debug)]
pub(super) struct DecidedArgs {
    #[arg(long, value_name = "FILE")]
    pub variances: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub matches: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct MatchArgs {
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub matches: Option<PathBuf>,
    #[arg(long, short = 'o')]
    pub output: Option<PathBuf>,
    #[arg(long = "all")]
    pub all: bool,
}

#[derive(Args, Debug)]
pub(super) struct AlignArgs {
    #[arg(id = "align_region", value_name = "REGION")]
    pub region: String,
    pub paths: Vec<PathBuf>,
    #[arg(long, default_value = "majority", value_name = "directory|majority|best|region:ID")]
    pub to: String,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(long, value_name = "ELEMENT")]
    pub element: Option<String>,
    #[arg(long)]
    pub item: Option<String>,
    #[arg(long)]
    pub apply: bool,
    #[arg(long)]
    pub reverse: bool,
    #[arg(long = "allow-worse")]
    pub allow_worse: bool,
    #[command(flatten)]
    pub files: DecidedArgs,
}

#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    pub left: PathBuf,
    pub right: Option<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(long)]
    pub item: Option<String>,
    #[arg(long, default_value_t = 30)]
    pub top: usize,
    #[arg(long)]
    pub explain: bool,
    #[arg(long)]
    pub workspace: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub matches: Option<PathBuf>,
    #[arg(long = "fail-on", default_value = "substantive", value_parser = ["substantive", "any", "never"])]
    pub fail_on: String,
}

#[derive(Args, Debug)]
pub(super) struct LintArgs {
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub output: LintOutputArgs,
    #[arg(long, value_delimiter = ',')]
    pub select: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    pub ignore: Vec<String>,
    #[arg(long)]
    pub workspace: Option<PathBuf>,
    #[arg(long)]
    pub isolated: bool,
    #[command(flatten)]
    pub laws: LawsArgs,
    #[arg(long)]
    pub baseline: Option<PathBuf>,
    #[arg(long)]
    pub since: Option<PathBuf>,
    #[arg(long, group = "fixing")]
    pub fix: bool,
    #[arg(long, group = "fixing", conflicts_with_all = ["lint_format", "outputs", "statistics"])]
    pub diff: bool,
    #[arg(long, requires = "fixing")]
    pub unsafe_fixes: bool,
    #[arg(long, default_value_t = 200)]
    pub top: usize,
    #[arg(long = "fail-on", default_value = "error", value_parser = ["error", "warning", "info", "never"])]
    pub fail_on: String,
}

#[derive(Args, Debug)]
pub(super) struct BaselineArgs {
    pub what: BaselineDo,
    pub paths: Vec<PathBuf>,
    #[arg(long)]
    pub baseline: Option<PathBuf>,
}

/// What to do with a baseline.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaselineDo {
    Write,
    Prune,
    Stats,
}

#[derive(Args, Debug)]
pub(super) struct ExportArgs {
    pub paths: Vec<PathBuf>,
    #[arg(id = "export_format", long = "format", short = 'f', value_name = "FORMAT", value_parser = ["csv", "xlsx", "md", "html", "json", "jsonl"], conflicts_with = "template")]
    pub format: Option<String>,
    #[arg(id = "export_output", long = "output", short = 'o', value_name = "OUTPUT")]
    pub output: Option<PathBuf>,
    #[arg(long = "raw-csv")]
    pub raw_csv: bool,
    #[arg(id = "export_region", long = "region", value_name = "REGION", value_delimiter = ',')]
    pub region: Vec<String>,
    #[arg(id = "export_item", long = "item", value_name = "ITEM", value_delimiter = ',')]
    pub item: Vec<String>,
    #[arg(long, value_name = "ELEMENT,…")]
    pub columns: Option<String>,
    #[arg(long = "one-file-per-item")]
    pub one_file_per_item: bool,
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["export_region", "export_item", "columns", "one_file_per_item", "template"])]
    pub directory: bool,
}

#[derive(Args, Debug)]
pub(super) struct FmtArgs {
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long)]
    pub check: bool,
    #[arg(long)]
    pub diff: bool,
    #[arg(long = "unsafe", id = "unsafe")]
    pub vocabulary: bool,
}

#[derive(Args, Debug)]
pub(super) struct InitArgs {
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    #[arg(long)]
    pub force: bool,
}

#[derive(Args, Debug)]
pub(super) struct InspectArgs {
    pub file: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    pub name: String,
}

#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    #[arg(id = "rules_do", value_name = "WHAT", default_value = "list")]
    pub what: PathBuf,
    pub dir: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct LawArgs {
    #[command(subcommand)]
    pub what: LawDo,
}

/// What to do with the law library.
#[derive(Subcommand, Debug)]
pub(super) enum LawDo {
    Check(LawCheckArgs),
    Show(LawShowArgs),
    Index(LawIndexArgs),
    Find(LawFindArgs),
    Impact(LawImpactArgs),
    Items(LawItemsArgs),
}

/// Which laws.
#[derive(Args, Debug, Default)]
pub(super) struct LawsArgs {
    /// Folders of law texts, instead of those of the manifest.
    #[arg(long, value_name = "DIR")]
    pub laws: Vec<PathBuf>,
    /// Which version is asked for: the one in force on this day.
    #[arg(long = "as-of", value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Day>,
}

/// A day, as 2019-04-23.
fn day(text: &str) -> std::result::Result<Day, String> {
    Day::iso(text).ok_or_else(|| "YYYY-MM-DD (2019-04-23)".to_owned())
}

#[derive(Args, Debug)]
pub(super) struct LawCheckArgs {
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub laws: LawsArgs,
    #[arg(id = "law_all", long = "all")]
    pub all: bool,
    #[arg(id = "law_top", long = "top", value_name = "TOP", default_value_t = 50)]
    pub top: usize,
    #[arg(id = "law_fail_on", long = "fail-on", value_name = "FAIL_ON", default_value = "wrong", value_parser = ["wrong", "never"])]
    pub fail_on: String,
}

#[derive(Args, Debug)]
pub(super) struct LawShowArgs {
    #[arg(id = "law_title", value_name = "TITLE")]
    pub title: String,
    #[arg(id = "law_place", value_name = "ARTICLE")]
    pub place: Option<String>,
    #[command(flatten)]
    pub laws: LawsArgs,
}

#[derive(Args, Debug)]
pub(super) struct LawFindArgs {
    #[arg(id = "law_quote", value_name = "TEXT")]
    pub quote: String,
    #[command(flatten)]
    pub laws: LawsArgs,
}

#[derive(Args, Debug)]
pub(super) struct LawIndexArgs {
    #[arg(long, value_name = "DIR")]
    pub laws: Vec<PathBuf>,
    #[arg(id = "law_index_output", long = "output", short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct LawImpactArgs {
    pub paths: Vec<PathBuf>,
    #[arg(
        id = "impact_law",
        long = "law",
        value_name = "TITLE",
        required_unless_present = "impact_old"
    )]
    pub law: Option<String>,
    #[arg(id = "impact_from", long = "from", value_name = "YYYY-MM-DD", value_parser = day)]
    pub from: Option<Day>,
    #[arg(id = "impact_to", long = "to", value_name = "YYYY-MM-DD", value_parser = day, conflicts_with = "as_of")]
    pub to: Option<Day>,
    #[arg(id = "impact_old", long = "old", value_name = "FILE", requires = "impact_new", conflicts_with_all = ["impact_from", "impact_to", "as_of", "laws"])]
    pub old: Option<PathBuf>,
    #[arg(id = "impact_new", long = "new", value_name = "FILE", requires = "impact_old")]
    pub new: Option<PathBuf>,
    #[command(flatten)]
    pub laws: LawsArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(id = "impact_top", long = "top", value_name = "TOP", default_value_t = 50)]
    pub top: usize,
    #[arg(id = "impact_fail_on", long = "fail-on", value_name = "FAIL_ON", default_value = "never", value_parser = ["touched", "never"])]
    pub fail_on: String,
}

#[derive(Args, Debug)]
pub(super) struct LawItemsArgs {
    pub paths: Vec<PathBuf>,
    #[arg(id = "items_law", long = "law", value_name = "TITLE", group = "items_question")]
    pub law: Option<String>,
    #[arg(
        id = "items_article",
        long = "article",
        value_name = "ARTICLE",
        requires = "items_law"
    )]
    pub article: Option<String>,
    #[arg(id = "items_none", long = "none", group = "items_question")]
    pub none: bool,
    #[arg(id = "items_differing", long = "differing", group = "items_question")]
    pub differing: bool,
    #[command(flatten)]
    pub laws: LawsArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(id = "items_top", long = "top", value_name = "TOP", default_value_t = 50)]
    pub top: usize,
}

#[derive(Args, Debug)]
pub(super) struct SchemaArgs {
    #[arg(id = "schema_name", value_name = "NAME")]
    pub name: Option<String>,
    #[arg(id = "schema_output", long = "output", short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct CompletionsArgs {
    pub shell: Shell,
    #[arg(id = "completions_output", long = "output", short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ManArgs {
    #[arg(id = "man_output", long = "output", short = 'o', value_name = "DIR")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotArgs {
    #[command(subcommand)]
    pub what: SnapshotDo,
}

/// What to do with snapshots.
#[derive(Subcommand, Debug)]
pub(super) enum SnapshotDo {
    Save(SnapshotSaveArgs),
    List(SnapshotListArgs),
    Show(SnapshotShowArgs),
    Verify(SnapshotVerifyArgs),
    Export(SnapshotExportArgs),
    Prune(SnapshotPruneArgs),
    Backup(SnapshotBackupArgs),
}

/// Which database, and how what is told of it is written.
#[derive(Args, Debug)]
pub(super) struct DatabaseArgs {
    #[arg(id = "snapshot_db", long = "db", value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(id = "snapshot_format", long = "format", short = 'f', value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"])]
    pub format: String,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotSaveArgs {
    pub paths: Vec<PathBuf>,
    #[arg(
        id = "snapshot_message",
        long = "message",
        short = 'm',
        value_name = "TEXT",
        default_value = ""
    )]
    pub message: String,
    #[arg(id = "snapshot_date", long = "date", value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<Day>,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotListArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotShowArgs {
    #[arg(id = "snapshot", value_name = "SNAPSHOT")]
    pub snapshot: PathBuf,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotVerifyArgs {
    #[arg(id = "snapshot", value_name = "SNAPSHOT")]
    pub snapshot: Option<PathBuf>,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotExportArgs {
    #[arg(id = "snapshot", value_name = "SNAPSHOT")]
    pub snapshot: PathBuf,
    #[arg(id = "snapshot_output", long = "output", short = 'o', value_name = "DIR")]
    pub output: PathBuf,
    #[arg(id = "snapshot_lists", long = "format", short = 'f', value_name = "FORMAT", default_value = "csv", value_parser = ["csv", "jsonl"])]
    pub format: String,
    #[arg(id = "snapshot_db", long = "db", value_name = "FILE")]
    pub db: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("pruning").required(true).multiple(true))]
pub(super) struct SnapshotPruneArgs {
    #[arg(id = "snapshot_keep", long = "keep", value_name = "N", group = "pruning", value_parser = clap::value_parser!(u32).range(1..))]
    pub keep: Option<u32>,
    #[arg(id = "snapshot_before", long = "before", value_name = "YYYY-MM-DD", group = "pruning", value_parser = day)]
    pub before: Option<Day>,
    #[arg(id = "snapshot_dry", long = "dry-run")]
    pub dry_run: bool,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Args, Debug)]
pub(super) struct SnapshotBackupArgs {
    #[arg(id = "snapshot_backup", value_name = "FILE")]
    pub file: PathBuf,
    #[arg(id = "snapshot_db", long = "db", value_name = "FILE")]
    pub db: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("history_question"))]
#[command(group = clap::ArgGroup::new("history_laws").args(["laws", "as_of"]).multiple(true).requires("history_stale_basis"))]
pub(super) struct LogArgs {
    #[arg(id = "history_place", value_name = "DIR|FILE.db", conflicts_with = "snapshot_db")]
    pub place: Option<PathBuf>,
    #[arg(
        id = "history_item",
        long = "item",
        value_name = "CODE|NAME",
        group = "history_question"
    )]
    pub item: Option<String>,
    #[arg(id = "history_by", long = "by", value_name = "BY", group = "history_question", value_parser = ["element", "region", "item"])]
    pub by: Option<String>,
    #[arg(id = "history_between", long = "between", value_names = ["SNAPSHOT", "SNAPSHOT"], num_args = 2, group = "history_question", allow_hyphen_values = true)]
    pub between: Vec<String>,
    #[arg(id = "history_stale", long = "stale", value_name = "YYYY-MM-DD", group = "history_question", value_parser = day)]
    pub stale: Option<Day>,
    #[arg(id = "history_stale_basis", long = "stale-basis", group = "history_question")]
    pub stale_basis: bool,
    #[command(flatten)]
    pub laws: LawsArgs,
    #[arg(id = "history_top", long = "top", value_name = "TOP", default_value_t = 50)]
    pub top: usize,
    #[arg(id = "snapshot_db", long = "db", value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Args, Debug)]
pub(super) struct BlameArgs {
    #[arg(id = "blame_item", value_name = "CODE|NAME")]
    pub item: String,
    #[arg(id = "blame_element", value_name = "ELEMENT")]
    pub element: String,
    #[arg(id = "snapshot_db", long = "db", value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The command with its wording in the user's language.
pub(super) fn command(messages: &Messages) -> Command {
    let styles = Styles::styled()
        .header(AnsiColor::Green.on_default().bold())
        .literal(AnsiColor::Cyan.on_default());
    // Each command writes the formats that can write what it gives.
    let formats = [
        ("lint", "lint_format", About::Lint),
        ("report", "format", About::Report),
        ("diff", "format", About::Diff),
        ("align", "format", About::Patch),
        ("law impact", "format", About::LawImpact),
        ("law items", "format", About::LawItems),
        ("log", "format", About::History),
        ("blame", "format", About::History),
    ];
    let mut command = Cli::command();
    for (path, arg, about) in formats {
        let path: Vec<&str> = path.split(' ').collect();
        command = with_formats(command, &path, arg, about);
    }
    worded(command.styles(styles), messages)
        .about(messages.text("cli-about"))
        .after_help(messages.text("cli-after"))
}

/// Lets the argument of a command (of a command, `law impact`) take the formats of a kind of document.
fn with_formats(command: Command, path: &[&str], arg: &str, about: About) -> Command {
    match path {
        [] => {
            let known: Vec<&str> = formats_of(about).map(|format| format.name).collect();
            command.mut_arg(arg, |arg| arg.value_parser(known).value_name("FORMAT"))
        }
        [name, inner @ ..] => command.mut_subcommand(name, |command| with_formats(command, inner, arg, about)),
    }
}

fn worded(command: Command, messages: &Messages) -> Command {
    let name = command.get_name().to_owned();
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        messages.text("cli-usage")
    );
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(messages.text("cli-commands").trim_end_matches([':', '：']).to_owned())
        .disable_help_flag(true)
        .disable_version_flag(name != "tongban");
    for id in ids.iter().filter(|id| *id != "help" && *id != "version") {
        command = command.mut_arg(id, |arg| {
            let heading = if arg.is_positional() {
                "cli-arguments"
            } else if ["lang", "color", "profile", "encoding", "input_format"].contains(&id.as_str()) {
                "cli-global"
            } else {
                "cli-options"
            };
            let heading = messages.text(heading).trim_end_matches([':', '：']).to_owned();
            arg.help(messages.text(&format!("arg-{id}"))).help_heading(heading)
        });
    }
    let heading = messages.text("cli-global").trim_end_matches([':', '：']).to_owned();
    command = command.arg(
        clap::Arg::new("help")
            .short('h')
            .long("help")
            .action(clap::ArgAction::Help)
            .help(messages.text("arg-help"))
            // Last of all, however many options and commands there are.
            .display_order(1000)
            .help_heading(heading.clone()),
    );
    if name == "tongban" {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(messages.text("arg-version"))
                .display_order(1001)
                .help_heading(heading),
        );
    }
    for inner in names {
        // `show` of one command is not `show` of another.
        let own = format!("cmd-{name}-{inner}");
        let key = match messages.has(&own) {
            true => own,
            false => format!("cmd-{inner}"),
        };
        command = command.mut_subcommand(&inner, |sub| worded(sub, messages).about(messages.text(&key)));
    }
    command
}
