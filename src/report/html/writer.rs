//! The writer of a page. Tags and names of attributes are our own words (`&'static str`); whatever else is written goes through the
//! one escaper. Pages are XML as well as HTML, so that a strict parser can check what a browser would forgive.
//!
//! Must not know what a page is about.

use std::io::{self, Write};

use crate::report::escape::xml;

/// Attributes of a tag.
pub(in crate::report) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A page that is being written.
pub(in crate::report) struct Html<'w> {
    out: &'w mut dyn Write,
}

impl<'w> Html<'w> {
    pub(in crate::report) fn new(out: &'w mut dyn Write) -> Self {
        Html { out }
    }

    /// Markup of our own.
    pub(in crate::report) fn raw(&mut self, markup: &'static str) -> io::Result<()> {
        self.out.write_all(markup.as_bytes())
    }

    fn start(&mut self, tag: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        write!(self.out, "<{tag}")?;
        for (name, value) in attributes {
            write!(self.out, " {name}=\"{}\"", xml(value))?;
        }
        Ok(())
    }

    /// The start of an element.
    pub(in crate::report) fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        self.start(tag, attributes)?;
        self.raw(">")
    }

    /// An element without content (`meta`, `col`, `br`).
    pub(in crate::report) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        self.start(tag, attributes)?;
        self.raw("/>")
    }

    /// A page up to the start of its body: its language, what it is called, what a browser may do with it, how it looks.
    pub(in crate::report) fn begin(
        &mut self,
        lang: &str,
        title: &str,
        policy: &str,
        style: &'static str,
    ) -> io::Result<()> {
        self.raw("<!DOCTYPE html>\n")?;
        self.open("html", &[("lang", lang)])?;
        self.raw("<head><meta charset=\"utf-8\"/>\n")?;
        self.void(
            "meta",
            &[("http-equiv", "Content-Security-Policy"), ("content", policy)],
        )?;
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")?;
        self.raw("<meta name=\"referrer\" content=\"no-referrer\"/>\n")?;
        self.el("title", &[], title)?;
        self.raw("<style>")?;
        self.raw(style)?;
        self.raw("</style></head>\n<body>\n")
    }

    /// The end of an element.
    pub(in crate::report) fn close(&mut self, tag: &'static str) -> io::Result<()> {
        write!(self.out, "</{tag}>")
    }

    /// Text, whatever is in it.
    pub(in crate::report) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(xml(text).as_bytes())
    }

    /// Text that keeps its line breaks, for places where the style sheet shows them.
    pub(in crate::report) fn lines(&mut self, text: &str) -> io::Result<()> {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.raw("\n")?;
            }
            self.text(line)?;
        }
        Ok(())
    }

    /// An element that holds a text.
    pub(in crate::report) fn el(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> io::Result<()> {
        self.open(tag, attributes)?;
        self.text(text)?;
        self.close(tag)
    }

    /// The row of a table's head: a header of a column for each text.
    pub(in crate::report) fn head<T: AsRef<str>>(&mut self, columns: &[T]) -> io::Result<()> {
        self.raw("<thead><tr>")?;
        for column in columns {
            self.el("th", &[("scope", "col")], column.as_ref())?;
        }
        self.raw("</tr></thead>\n")
    }

    /// A cell with a number, right aligned.
    pub(in crate::report) fn number(&mut self, number: impl ToString) -> io::Result<()> {
        self.el("td", &[("class", "n")], &number.to_string())
    }
}
