//! `tongban completions` and `tongban man`: completions for shells and pages for `man`, from the same description of the command line
//! as its help, in the user's language.
//!
//! Must not know a command or an option.

use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::args::{CompletionsArgs, ManArgs, command};
use super::{Outcome, Session};
use crate::error::{Error, Kind, Result};

pub(super) fn run(session: &Session, args: &CompletionsArgs) -> Result<Outcome> {
    let mut script = Vec::new();
    generate(args.shell, &mut command(&session.messages), "tongban", &mut script);
    // PowerShell of Windows takes a file for one of the old code page otherwise; the others stumble over the mark.
    let mark = args.shell == Shell::PowerShell;
    session.write_out(args.output.as_deref(), &[], mark, |out| out.write_all(&script))?;
    Ok(Outcome::Clean)
}

pub(super) fn man(session: &Session, args: &ManArgs) -> Result<Outcome> {
    let mut command = command(&session.messages);
    // Puts the options of all commands into each, and gives each its whole name.
    command.build();
    match &args.output {
        None => page(session, command, None)?,
        Some(folder) => {
            let failed = |error: std::io::Error| Error::file(Kind::Unwritable, folder, error.to_string());
            std::fs::create_dir_all(folder).map_err(failed)?;
            pages(session, command, folder)?;
        }
    }
    Ok(Outcome::Clean)
}

/// The page of a command, and of each of its own.
fn pages(session: &Session, command: Command, folder: &Path) -> Result<()> {
    for inner in command.get_subcommands() {
        pages(session, inner.clone(), folder)?;
    }
    page(session, command, Some(folder))
}

fn page(session: &Session, command: Command, folder: Option<&Path>) -> Result<()> {
    let man = Man::new(command);
    let path = folder.map(|folder| folder.join(man.get_filename()));
    session.write_out(path.as_deref(), &[], false, |out| man.render(out))
}
