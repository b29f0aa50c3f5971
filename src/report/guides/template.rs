//! Guides in a user's own layout: a template in the language of Jinja, which sees one guide at a time and nothing else: no file, no other
//! template, nothing of the system.
//!
//! Must not compute; reads no file.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, context};

use super::super::escape::xml;
use super::json::{KEYS, Wire};
use super::layout::UNSAID;
use super::{Entry, GuideFormat, in_order, md};
use crate::model::{Guide, Guides};

/// Steps of one guide: enough for a thousand materials, and over in a moment for a loop without sense.
const FUEL: u64 = 2_000_000;

/// Bytes of one guide.
const LONGEST: usize = 16 << 20;

/// Names that a template sees, see `examples/templates/README.md`.
const NAMES: [&str; 8] = [
    "guide", "elements", "titles", "number", "count", "first", "last", "profile",
];

/// Names that stand in `typed`.
const TYPED: [&str; 24] = [
    "title",
    "state",
    "spelling",
    "raw",
    "kind",
    "value",
    "article",
    "text",
    "depth",
    "originals",
    "copies",
    "sheets",
    "form",
    "necessity",
    "when",
    "remark",
    "days",
    "special",
    "low",
    "high",
    "unit",
    "charged",
    "per",
    "reductions",
];

/// Words of the language that may be meant by a wrong one.
const FILTERS: [&str; 19] = [
    "default",
    "join",
    "length",
    "replace",
    "trim",
    "upper",
    "lower",
    "first",
    "last",
    "sort",
    "unique",
    "items",
    "list",
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "safe",
];

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1; 0 where it is not known.
    pub line: u32,
    /// What is wrong, in the words of the language.
    pub what: String,
    /// The name that is not known, where it is one.
    pub name: Option<String>,
    /// What is known in its place.
    pub known: Vec<String>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{}: {name}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for Wrong {}

/// What a template writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Html,
    Markdown,
    Plain,
}

/// A template.
pub struct Template {
    source: String,
    kind: Kind,
    ending: String,
}

impl Template {
    /// A template by the name of its file, which says what it writes (`.html`, `.htm`, `.md`; `.j2`, `.jinja` behind it is left out), and
    /// its text.
    ///
    /// # Errors
    /// When the text is no template.
    pub fn of(name: &str, source: String) -> Result<Template, Wrong> {
        let lower = name.to_lowercase();
        let bare = [".j2", ".jinja", ".jinja2"]
            .iter()
            .find_map(|end| lower.strip_suffix(end));
        let ending = bare
            .unwrap_or(&lower)
            .rsplit_once('.')
            .map_or("txt", |(_, ending)| ending);
        let kind = match ending {
            "html" | "htm" | "xhtml" => Kind::Html,
            "md" | "markdown" => Kind::Markdown,
            _ => Kind::Plain,
        };
        let plain = !ending.is_empty() && ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let template = Template {
            ending: if plain { ending } else { "txt" }.to_owned(),
            source,
            kind,
        };
        let env = template.environment();
        let checked = env.template_from_named_str("", &template.source).map(drop);
        checked.map_err(|error| template.wrong(&error, &[]))?;
        drop(env);
        Ok(template)
    }

    /// The ending of the files that it writes.
    pub fn ending(&self) -> &str {
        &self.ending
    }

    fn environment(&self) -> Environment<'_> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        env.set_debug(true);
        let kind = self.kind;
        env.set_auto_escape_callback(move |_| match kind {
            Kind::Html => AutoEscape::Html,
            Kind::Markdown => AutoEscape::Custom(Cow::Borrowed("markdown")),
            Kind::Plain => AutoEscape::None,
        });
        env.set_formatter(|out, state, value| {
            let text = match value.is_none() {
                true => UNSAID.to_owned(),
                false => value.to_string(),
            };
            let escaped = match state.auto_escape() {
                _ if value.is_safe() => text,
                AutoEscape::Html => xml(&text).replace('\'', "&apos;"),
                AutoEscape::Custom(_) => md::text(&text),
                _ => text,
            };
            out.write_str(&escaped).map_err(Error::from)
        });
        env
    }

    /// Writes each guide, one after the other.
    ///
    /// # Errors
    /// Whatever the output says; an error that holds a [`Wrong`] where the template asks for what is not there.
    pub fn write(&self, guides: &Guides<'_>, out: &mut dyn Write) -> io::Result<()> {
        let env = self.environment();
        let template = env
            .template_from_named_str("", &self.source)
            .map_err(|error| io::Error::other(self.wrong(&error, &[])))?;
        let elements = guides.elements.iter();
        let titles: Vec<(&str, &str)> = elements
            .map(|element| (element.id.as_str(), element.title.as_str()))
            .collect();
        let elements: Value = titles
            .iter()
            .map(|(id, title)| context! { id => *id, title => *title })
            .collect();
        let titles = Value::from_pairs(titles);
        let spell = |at: usize, guide: &Guide<'_>, bytes: &mut Vec<u8>| {
            let context = context! {
                guide => Value::from(Serde(Wire(&guides.elements, guide))),
                elements => elements.clone(),
                titles => titles.clone(),
                number => at + 1,
                count => guides.count,
                first => at == 0,
                last => at + 1 == guides.count,
                profile => guides.profile,
            };
            let mut limited = Limited { bytes, room: LONGEST };
            let written = template.render_captured_to(context, &mut limited).map(drop);
            written.map_err(|error| io::Error::other(self.wrong(&error, &titles_of(guides))))?;
            // The language drops the last line break of a template; the next guide begins on a line of its own.
            bytes.extend(self.source.ends_with('\n').then_some(b'\n'));
            Ok(())
        };
        in_order(guides, spell, out)
    }

    /// Writes the table of contents of guides that are files of their own, in the way of the format that the template writes.
    ///
    /// # Errors
    /// Whatever the output says.
    pub fn write_index(&self, entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
        let format = match self.kind {
            Kind::Html => "html",
            _ => "md",
        };
        match GuideFormat::named(format) {
            Some(format) => format.write_index(entries, out),
            None => Ok(()),
        }
    }

    /// The format whose table of contents it takes.
    pub fn index_ending(&self) -> &'static str {
        match self.kind {
            Kind::Html => "html",
            _ => "md",
        }
    }

    fn wrong(&self, error: &Error, elements: &[String]) -> Wrong {
        let line = error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
        let at = error
            .range()
            .and_then(|range| self.source.get(range))
            .unwrap_or_default();
        let word = |text: &str| {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let last = text.trim_end_matches(|c| !is_word(c)).rsplit(|c| !is_word(c)).next();
            last.filter(|word| !word.is_empty()).map(str::to_owned)
        };
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (name, known) = match error.kind() {
            ErrorKind::UndefinedError => {
                let known = [own(&NAMES), own(&KEYS), own(&TYPED), elements.to_vec()].concat();
                // Of giude.name the first word is wrong, of guide.nmae the last; what a loop calls its own is not known here.
                let words = || at.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                let wrong = |word: &&str| !word.is_empty() && !known.iter().any(|known| known == word);
                let last = words().next_back().filter(wrong).or_else(|| words().find(wrong));
                (last.map(str::to_owned).or_else(|| word(at)), known)
            }
            ErrorKind::UnknownFilter => {
                let named = error.detail().and_then(|detail| detail.split_whitespace().nth(1));
                (named.map(str::to_owned), own(&FILTERS))
            }
            _ => (None, Vec::new()),
        };
        let detail = match error.kind() {
            ErrorKind::UndefinedError | ErrorKind::UnknownFilter => None,
            _ => error.detail(),
        };
        // What the output says is behind what the language says of it.
        let mut cause = std::error::Error::source(error);
        while let Some(next) = cause.and_then(std::error::Error::source) {
            cause = Some(next);
        }
        let cause = cause
            .filter(|_| error.kind() == ErrorKind::WriteFailure)
            .map(ToString::to_string);
        let detail = cause.as_deref().or(detail);
        let what = match detail {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        Wrong {
            line,
            what,
            name,
            known,
        }
    }
}

fn titles_of(guides: &Guides<'_>) -> Vec<String> {
    guides.elements.iter().map(|element| element.id.clone()).collect()
}

/// An output with an end.
struct Limited<'w> {
    bytes: &'w mut Vec<u8>,
    room: usize,
}

impl Write for Limited<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room = self
            .room
            .checked_sub(bytes.len())
            .ok_or_else(|| io::Error::other("more than 16 MiB for one guide"))?;
        self.bytes.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(name: &str, text: &str) -> Wrong {
        Template::of(name, text.to_owned()).err().expect("a wrong template")
    }

    #[test]
    fn the_name_says_what_is_written() {
        for (name, ending, kind) in [
            ("办事指南.html.j2", "html", Kind::Html),
            ("a.HTM", "htm", Kind::Html),
            ("a.md.jinja", "md", Kind::Markdown),
            ("a.txt", "txt", Kind::Plain),
            ("a", "txt", Kind::Plain),
        ] {
            let template = Template::of(name, String::new()).unwrap_or_else(|wrong| panic!("{wrong}"));
            assert_eq!((template.ending(), template.kind), (ending, kind), "{name}");
        }
    }

    #[test]
    fn no_template_is_said_with_its_line() {
        assert_eq!(wrong("a.md", "甲\n{% for %}").line, 2);
    }
}
