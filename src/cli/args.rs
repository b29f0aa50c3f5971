//! Arguments: what can be typed. The wording is in the message files and is put in at run time, in the user's language.
//!
//! Must not act on anything.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::ingest::FORMATS;
use crate::messages::Messages;
use crate::report;

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
    #[arg(long = "input-format", global = true, value_parser = FORMATS)]
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
    Lint(LintArgs),
    Baseline(BaselineArgs),
    Export(ExportArgs),
    Fmt(FmtArgs),
    Init(InitArgs),
    Inspect(InspectArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
}

/// Where the result goes, and how.
#[derive(Args, Debug)]
pub(super) struct OutputArgs {
    #[arg(long, short = 'f', value_parser = ["table", "csv", "json", "md"])]
    pub format: Option<String>,
    #[arg(long, short = 'o')]
    pub output: Option<PathBuf>,
}

impl OutputArgs {
    /// The format: as told, else by the ending of the output file, else a table.
    pub(super) fn format(&self) -> &str {
        let ending = self
            .output
            .as_ref()
            .and_then(|path| path.extension())
            .and_then(|ending| ending.to_str());
        match (&self.format, ending) {
            (Some(format), _) => format,
            (None, Some(ending @ ("csv" | "json" | "md" | "sarif"))) => ending,
            _ => "table",
        }
    }
}

#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(long)]
    pub item: Option<String>,
    #[arg(long, default_value_t = 30)]
    pub top: usize,
    #[arg(long = "fail-on", default_value = "never", value_parser = ["substantive", "never"])]
    pub fail_on: String,
}

#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    pub left: PathBuf,
    pub right: PathBuf,
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
    #[arg(long = "fail-on", default_value = "substantive", value_parser = ["substantive", "any", "never"])]
    pub fail_on: String,
}

#[derive(Args, Debug)]
pub(super) struct LintArgs {
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(long, value_delimiter = ',')]
    pub select: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    pub ignore: Vec<String>,
    #[arg(long)]
    pub workspace: Option<PathBuf>,
    #[arg(long)]
    pub isolated: bool,
    #[arg(long)]
    pub baseline: Option<PathBuf>,
    #[arg(long)]
    pub since: Option<PathBuf>,
    #[arg(long, group = "fixing")]
    pub fix: bool,
    #[arg(long, group = "fixing", conflicts_with_all = ["format", "output"])]
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
    #[arg(long, short = 'f', default_value = "csv", value_parser = ["csv"])]
    pub format: String,
    #[arg(long, short = 'o')]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub region: Option<String>,
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
    pub what: RulesDo,
    #[arg(default_value = ".")]
    pub dir: PathBuf,
}

/// What to do with rules.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RulesDo {
    List,
    Test,
}

/// The command with its wording in the user's language.
pub(super) fn command(messages: &Messages) -> Command {
    let styles = Styles::styled()
        .header(AnsiColor::Green.on_default().bold())
        .literal(AnsiColor::Cyan.on_default());
    // Findings have forms of their own for the servers of continuous integration.
    let formats: Vec<&str> = report::FORMATS.iter().map(|(name, _)| *name).collect();
    let command = Cli::command().mut_subcommand("lint", |lint| lint.mut_arg("format", |arg| arg.value_parser(formats)));
    worded(command.styles(styles), messages)
        .about(messages.text("cli-about"))
        .after_help(messages.text("cli-after"))
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
            .help_heading(heading.clone()),
    );
    if name == "tongban" {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(messages.text("arg-version"))
                .help_heading(heading),
        );
    }
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            worded(sub, messages).about(messages.text(&format!("cmd-{name}")))
        });
    }
    command
}
