//! The command line: the only place that knows the pipe, the environment and the system's language.
//!
//! Must not judge anything itself: it reads, hands on, writes, and says how it went.

mod align;
mod args;
mod baseline;
mod blame;
mod completions;
mod diff;
mod explain;
mod export;
mod fix;
mod fmt;
mod init;
mod law;
mod lint;
mod log;
mod manifest;
mod matching;
mod pairwise;
mod past;
mod progress;
mod question;
mod report;
mod rules;
mod schema;
mod settings;
mod since;
mod snapshot;
mod taken;
mod variances;
mod workspace;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::FromArgMatches;
use toml::Spanned;

use crate::compare::identity;
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{self, Encoding, FORMATS, Intake, Source};
use crate::messages::{Lang, Messages};
use crate::model::{Catalogue, Log, RuleInfo};
use crate::normalise::fold::is_unseen;
use crate::profile::{self, Profile, RetiredRule};
use crate::report::escape::terminal;
use crate::report::{self as output, By, Document, Only, Style};
use crate::store::Entry;
use args::{Cli, Cmd, ColorChoice, Target};
use progress::Progress;
use workspace::Workspace;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Clean,
    Found,
    Failed,
}

/// How much of a result is shown.
#[derive(Default)]
struct Asked<'a> {
    /// Only this item.
    item: Option<&'a str>,
    /// What else of N regions is shown.
    only: Only<'a>,
    /// What a report of N regions is listed by.
    by: By,
    /// Why texts were read as they were.
    explain: bool,
    /// How many; 0 for all.
    top: usize,
    /// Whether cells that look like formulas are left as they are.
    raw_csv: bool,
    /// The snapshots, of which a page shows the trend.
    trend: Option<&'a Log>,
}

/// What every command has at hand.
struct Session {
    messages: Messages,
    other: Messages,
    rules: Vec<RuleInfo>,
    /// How many of them ship; what follows is the workspace's own.
    shipped: usize,
    retired: OnceCell<Vec<RetiredRule>>,
    color: ColorChoice,
    profile: Option<String>,
    encoding: Option<Encoding>,
    input_format: Option<&'static str>,
    /// When the run began.
    started: Instant,
}

/// Runs the program with its arguments (the first is its name) and gives the exit code: 0 clean, 1 findings or differences at or
/// above `--fail-on`, 2 something was not read or was used wrongly.
pub fn run(args: Vec<OsString>) -> u8 {
    let started = Instant::now();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // A reader that is not ours gave up on a file: that is said as an error of the file.
        if !ingest::in_foreign_reader() {
            hook(info);
        }
    }));
    let lang = language(&args);
    let rules = match profile::rules() {
        Ok(rules) => rules,
        Err(error) => {
            say(&format!("{error}"));
            return 2;
        }
    };
    let messages = Messages::new(lang, &rules);
    let cli = args::command(&messages)
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match cli {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // What was typed is repeated in it, and a name of a file that a script typed may hold anything.
            let text = error.render().to_string();
            match text.contains(|c| c != '\n' && is_unseen(c)) {
                true => text.lines().for_each(|line| say(&terminal(line))),
                false => drop(error.print()),
            }
            return 2;
        }
        Err(help) => {
            // Help and version go to standard output; a closed pipe is nobody's fault.
            help.print().ok();
            return 0;
        }
    };
    let other = Messages::new(if lang == Lang::Zh { Lang::En } else { Lang::Zh }, &rules);
    let mut session = Session {
        messages,
        other,
        shipped: rules.len(),
        rules: rules.into_iter().map(|(rule, _)| rule).collect(),
        retired: OnceCell::new(),
        color: cli.color,
        profile: cli.profile,
        encoding: None,
        started,
        input_format: FORMATS
            .into_iter()
            .find(|format| Some(*format) == cli.input_format.as_deref()),
    };
    if let Some(name) = cli.encoding {
        session.encoding = Encoding::named(&name);
        if session.encoding.is_none() {
            let known = format!("--encoding {name} (utf-8, gb18030, gbk, big5, utf-16le, utf-16be …)");
            session.complain(&Error::plain(Kind::UnknownName, known));
            return 2;
        }
    }
    let result = match &cli.command {
        Cmd::Report(args) => report::run(&session, args),
        Cmd::Diff(args) => diff::run(&session, args),
        Cmd::Align(args) => align::run(&session, args),
        Cmd::Match(args) => matching::run(&session, args),
        Cmd::Lint(args) => lint::run(&mut session, args),
        Cmd::Baseline(args) => baseline::run(&mut session, args),
        Cmd::Export(args) => export::run(&session, args),
        Cmd::Fmt(args) => fmt::run(&session, args),
        Cmd::Init(args) => init::run(&session, args),
        Cmd::Inspect(args) => init::inspect(&session, args),
        Cmd::Explain(args) => explain::run(&mut session, args),
        Cmd::Rules(args) => rules::run(&mut session, args),
        Cmd::Law(args) => law::run(&session, args),
        Cmd::Schema(args) => schema::run(&session, args),
        Cmd::Completions(args) => completions::run(&session, args),
        Cmd::Man(args) => completions::man(&session, args),
        Cmd::Snapshot(args) => snapshot::run(&session, args),
        Cmd::Log(args) => log::run(&session, args),
        Cmd::Blame(args) => blame::run(&session, args),
    };
    match result {
        Ok(Outcome::Clean) => 0,
        Ok(Outcome::Found) => 1,
        Ok(Outcome::Failed) => 2,
        Err(error) => {
            session.complain(&error);
            2
        }
    }
}

/// `--lang`, else the environment, else the system. Read before everything else, for even a wrong argument is answered in it.
fn language(args: &[OsString]) -> Lang {
    let texts: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    for (at, arg) in texts.iter().enumerate() {
        if let Some(value) = arg.strip_prefix("--lang=") {
            return Lang::of_locale(value);
        }
        if arg == "--lang"
            && let Some(value) = texts.get(at + 1)
        {
            return Lang::of_locale(value);
        }
    }
    for name in ["TONGBAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        if let Ok(value) = std::env::var(name)
            && !value.is_empty()
        {
            return Lang::of_locale(&value);
        }
    }
    sys_locale::get_locale().map_or(Lang::Zh, |locale| Lang::of_locale(&locale))
}

/// Talk goes to standard error. When even that is closed there is no one left to tell.
fn say(text: &str) {
    writeln!(io::stderr().lock(), "{text}").ok();
}

/// Lists that were read, with their normal forms.
struct Loaded {
    profile: Arc<Profile>,
    catalogue: Arc<Catalogue>,
    forms: OnceCell<Forms>,
    /// The snapshots among them, each with its side.
    taken: Vec<(u16, Entry)>,
    /// Whether a file was not read at all.
    unread: bool,
    incomplete: bool,
    inputs: Vec<PathBuf>,
}

impl Loaded {
    /// The normal forms: of what regions are compared in at once, of other elements when they are asked for.
    fn forms(&self) -> &Forms {
        let compared = self.profile.compared().map(|(element, _)| element);
        let first = || compared.chain(identity::needed(&self.profile)).collect::<Vec<_>>();
        self.forms
            .get_or_init(|| Forms::as_asked(&self.catalogue, &self.profile, &first()))
    }
}

impl Session {
    /// Says an error: what, where, and what to do.
    fn complain(&self, error: &Error) {
        let kind = error.kind().to_string();
        let mut text = format!(
            "{}: {}",
            self.messages.text("word-error"),
            self.messages.text(&format!("error-{kind}"))
        );
        let place = error.place();
        if !place.file.is_empty() {
            text.push_str(&format!(": {}", place.file));
            if place.row > 0 {
                text.push_str(&format!(":{}", place.row));
            }
        }
        let (detail, hint) = match error.reason() {
            Some((reason, args)) => (
                self.messages.with(&format!("reason-{reason}"), args),
                self.messages.with(&format!("advice-{reason}"), args),
            ),
            None => (error.detail().to_owned(), self.messages.text(&format!("hint-{kind}"))),
        };
        if !detail.is_empty() {
            text.push_str(&format!(" ({detail})"));
        }
        say(&terminal(&text));
        let hint = match error.near() {
            Some(near) => self.messages.with("did-you-mean", &[("word", near.to_owned())]),
            None => hint,
        };
        say(&terminal(&format!("{}: {hint}", self.messages.text("word-hint"))));
    }

    /// Says a finding of reading, where no report lists it.
    fn complain_findings(&self, catalogue: &Catalogue) {
        for finding in catalogue.findings.iter().take(50) {
            let place = &finding.place;
            let mut at = place.file.to_string();
            if let Some(sheet) = &place.sheet {
                at.push_str(&format!("[{sheet}]"));
            }
            if place.row > 0 {
                at.push_str(&format!(":{}", place.row));
            }
            let severity = self.messages.text(&format!("severity-{}", finding.severity.word()));
            let message = self.messages.finding(finding);
            say(&terminal(&format!("{at}: {severity} {}: {message}", finding.rule)));
        }
        if catalogue.findings.len() > 50 {
            let more = (catalogue.findings.len() - 50).to_string();
            say(&self.messages.with("and-more", &[("count", more)]));
        }
    }

    /// The rules that there were.
    fn retired(&self) -> &[RetiredRule] {
        // Shipped data, of which a test rules out that it is broken.
        self.retired
            .get_or_init(|| profile::retired_rules().unwrap_or_default())
    }

    /// The profile: `--profile`, else the manifest's, else the default; with the words of the workspace.
    fn load_profile(&self, workspace: &Workspace) -> Result<Profile> {
        let told = match &self.profile {
            Some(told) => Some(told.as_str()),
            None => workspace.profile()?,
        };
        Profile::load_with(told.unwrap_or("national-12"), &workspace.words)
    }

    /// The sources with what the command line says of them, which counts more than the manifest.
    fn as_told(&self, workspace: &Workspace, profile: &Profile) -> Result<Vec<Source>> {
        for manifest in &workspace.manifests {
            let wrong = |id: &&Spanned<String>| profile.target_column(id.get_ref()).is_none();
            if let Some(wrong) = manifest.columns.iter().find(wrong) {
                let elements = profile.elements.iter().map(|element| element.id.as_str());
                let known = profile.fields.iter().map(|field| field.id.as_str()).chain(elements);
                return Err(manifest.written().unknown("columns", wrong, known));
            }
        }
        let told = |source: &Source| Source {
            encoding: self.encoding.or(source.encoding),
            format: self.input_format,
            ..source.clone()
        };
        Ok(workspace.sources.iter().map(told).collect())
    }

    /// The same, and takes the rules of the workspace's own among the known ones.
    fn load_rules(&mut self, workspace: &Workspace) -> Result<Profile> {
        let profile = self.load_profile(workspace)?;
        for messages in [&mut self.messages, &mut self.other] {
            messages.add_rules(profile.rules.iter().map(|rule| (&rule.info, &rule.message)));
        }
        // Lists that are read again have the same rules.
        self.rules.truncate(self.shipped);
        self.rules.extend(profile.rules.iter().map(|rule| rule.info.clone()));
        Ok(profile)
    }

    /// Reads; what is normalised only when it is asked for.
    fn load(&self, workspace: &Workspace) -> Result<Loaded> {
        self.read(workspace, self.load_profile(workspace)?)
    }

    /// The same with a profile that was loaded.
    fn read(&self, workspace: &Workspace, profile: Profile) -> Result<Loaded> {
        let count = workspace.sources.len() + workspace.snapshots.len();
        let (loaded, unread) = self.during("progress-reading", count, || self.read_again(workspace, profile))?;
        for error in workspace.errors.iter().chain(&unread) {
            self.complain(error);
        }
        // Of what was saved it was said then.
        if !workspace.sources.is_empty() {
            self.say_guesses(&loaded.catalogue);
        }
        Ok(loaded)
    }

    /// The same without a word on what was not read, which comes back: of lists that were read before.
    fn read_again(&self, workspace: &Workspace, profile: Profile) -> Result<(Loaded, Vec<Error>)> {
        let sources = self.as_told(workspace, &profile)?;
        let Intake {
            catalogue,
            errors: unread,
            incomplete,
        } = ingest::read(&sources, &profile);
        let mut catalogue = catalogue;
        let mut incomplete = incomplete || !workspace.errors.is_empty();
        let mut told = Vec::new();
        let mut behind = Vec::new();
        for taken in &workspace.snapshots {
            let (rows, entry) = taken.read(&profile)?;
            behind.extend(taken::sources(&taken.path, &entry));
            incomplete |= entry.about.incomplete;
            catalogue.append(rows, taken.side);
            told.push((taken.side, entry));
        }
        let databases = workspace.snapshots.iter().map(|taken| taken.path.clone());
        let loaded = Loaded {
            forms: OnceCell::new(),
            catalogue: Arc::new(catalogue),
            taken: told,
            unread: !unread.is_empty(),
            incomplete,
            inputs: sources.into_iter().map(input).chain(databases).chain(behind).collect(),
            profile: Arc::new(profile),
        };
        Ok((loaded, unread))
    }

    /// Does a piece of work, and says so on a terminal where it takes long.
    fn during<T>(&self, message: &str, count: usize, work: impl FnOnce() -> T) -> T {
        let text = || self.messages.with(message, &[("count", count.to_string())]);
        let _line = Progress::say(text, self.started);
        work()
    }

    /// Says which files were read in an encoding that nothing in them names.
    fn say_guesses(&self, catalogue: &Catalogue) {
        let mut guessed = catalogue.files.iter().filter(|file| file.reading.guessed);
        if let Some(first) = guessed.next() {
            let count = match guessed.count() {
                0 => "one".to_owned(),
                more => (more + 1).to_string(),
            };
            let args = [
                ("file", first.name.to_string()),
                ("count", count),
                ("encoding", first.reading.encoding.to_owned()),
            ];
            say(&terminal(&self.messages.with("encoding-guessed", &args)));
        }
    }

    /// Writes a document to each of its outputs: files first, so that a full disk is said before the last line of the result.
    fn emit(&self, document: &Document<'_>, loaded: &Loaded, targets: &[Target<'_>], asked: &Asked<'_>) -> Result<()> {
        let elements: HashMap<String, [String; 2]> = loaded
            .profile
            .elements
            .iter()
            .map(|element| (element.id.clone(), [element.title.clone(), element.en.clone()]))
            .collect();
        let mut places = HashSet::new();
        for path in targets.iter().filter_map(|target| target.path) {
            refuse(path, &loaded.inputs)?;
            if !places.insert(real(path)) {
                return Err(Error::why(Kind::Unwritable, path, "output-twice", Vec::new()));
            }
        }
        let (files, stdout): (Vec<&Target<'_>>, Vec<&Target<'_>>) =
            targets.iter().partition(|target| target.path.is_some());
        for target in files.into_iter().chain(stdout) {
            let style = Style {
                color: target.path.is_none() && self.wants_color(),
                width: width(target.path.is_none()),
                profile: &loaded.profile.id,
                elements: &elements,
                item: asked.item,
                only: asked.only,
                by: asked.by,
                explain: asked.explain,
                top: if asked.top == 0 { usize::MAX } else { asked.top },
                raw_csv: asked.raw_csv,
                trend: asked.trend,
                ..self.style(&elements)
            };
            let format = target.format;
            self.write_out(target.path, &loaded.inputs, format.name == "csv", |out| {
                output::write(format, document, &style, out)
            })?;
            if let Some(left_out) = output::left_out(format, document, &style) {
                say(&format!("{}: {left_out}", format.name));
            }
        }
        Ok(())
    }

    fn style<'a>(&'a self, elements: &'a HashMap<String, [String; 2]>) -> Style<'a> {
        let both = match self.messages.lang() {
            Lang::Zh => [&self.messages, &self.other],
            Lang::En => [&self.other, &self.messages],
        };
        Style {
            messages: &self.messages,
            both,
            color: self.wants_color(),
            width: width(true),
            blocks: has_blocks(),
            profile: "",
            elements,
            item: None,
            only: Only::default(),
            by: By::Item,
            explain: false,
            top: usize::MAX,
            raw_csv: false,
            trend: None,
        }
    }

    /// The Chinese messages, for files that are Chinese in every language.
    fn chinese(&self) -> &Messages {
        match self.messages.lang() {
            Lang::Zh => &self.messages,
            Lang::En => &self.other,
        }
    }

    fn wants_color(&self) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            }
        }
    }

    /// Writes what `write` gives to a file, as a whole or not at all, or to standard output. A closed pipe is not an error.
    fn write_out(
        &self,
        path: Option<&Path>,
        inputs: &[PathBuf],
        bom: bool,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        match path {
            Some(path) => {
                refuse(path, inputs)?;
                // Excel takes a CSV for UTF-8 only with a byte order mark.
                let mark: &[u8] = if bom { b"\xEF\xBB\xBF" } else { b"" };
                self.during("progress-writing", 1, || {
                    output::save_as(path, inputs, |out| out.write_all(mark).and_then(|()| write(out)))
                })?;
                say(&terminal(
                    &self.messages.with("saved", &[("path", ingest::path_name(path))]),
                ));
                Ok(())
            }
            None => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                match write(&mut out).and_then(|()| out.flush()) {
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                    result => result.map_err(|error| Error::plain(Kind::Unwritable, error.to_string())),
                }
            }
        }
    }

    /// The outcome, with a word on input that was not read.
    fn outcome(&self, found: bool, loaded: &Loaded) -> Outcome {
        if loaded.incomplete {
            say(&self.messages.text("incomplete"));
            return Outcome::Failed;
        }
        if found { Outcome::Found } else { Outcome::Clean }
    }
}

/// The file that must not be written over.
fn input(source: Source) -> PathBuf {
    match source.given {
        // Where the system can tell which file stands behind it.
        Some(_) => PathBuf::from("/dev/stdin"),
        None => source.file_path().to_owned(),
    }
}

/// Refuses to write over what was read. The manifest and the variances are inputs of every command that reads them.
fn refuse(path: &Path, inputs: &[PathBuf]) -> Result<()> {
    let settings = [manifest::MANIFEST, variances::VARIANCES];
    match path
        .file_name()
        .is_some_and(|name| settings.iter().any(|own| name == *own))
    {
        true => Err(Error::file(Kind::OutputIsInput, path, "")),
        false => output::refuse(path, inputs),
    }
}

/// A path by which two names of the same file are told, also where it does not exist yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// The width for tables: that of the terminal, or a fixed one, so that what is piped or saved does not depend on where.
fn width(to_stdout: bool) -> u16 {
    if to_stdout && io::stdout().is_terminal() {
        return terminal_width().clamp(60, 200);
    }
    120
}

/// Whether block characters can be shown: always, but on a terminal that says that it cannot.
fn has_blocks() -> bool {
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| said(name));
    !io::stdout().is_terminal() || shows_blocks(said("TERM").as_deref(), locale.as_deref())
}

/// What a terminal says of itself: its name, and the locale with its charset (`zh_CN.UTF-8`, `zh_CN.GB18030`, `C`). All of Windows can.
fn shows_blocks(name: Option<&str>, locale: Option<&str>) -> bool {
    let charset = locale.map(|locale| locale.split_once('.').map_or(locale, |(_, charset)| charset));
    let charset = charset.map(|charset| charset.split('@').next().unwrap_or_default().to_ascii_lowercase());
    let narrow = charset
        .is_some_and(|charset| ["c", "posix", "ascii", "us-ascii", "ansi_x3.4-1968"].contains(&charset.as_str()));
    !narrow && name != Some("dumb")
}

fn terminal_width() -> u16 {
    comfy_table::Table::new().width().unwrap_or(120)
}

#[cfg(test)]
mod tests {
    use super::shows_blocks;

    #[test]
    fn blocks_where_they_can_be_shown() {
        for (name, locale, can) in [
            (Some("xterm"), Some("zh_CN.UTF-8"), true),
            (Some("xterm"), Some("zh_CN.GB18030"), true),
            (Some("xterm"), Some("C.UTF-8"), true),
            (Some("xterm"), Some("C"), false),
            (Some("xterm"), Some("POSIX"), false),
            (Some("dumb"), Some("zh_CN.UTF-8"), false),
            (None, None, true),
        ] {
            assert_eq!(shows_blocks(name, locale), can, "{name:?} {locale:?}");
        }
    }
}
