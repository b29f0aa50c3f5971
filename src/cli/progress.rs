//! Progress: one line on a terminal while work takes long, gone when it ends.
//!
//! Must not know the work. Nothing is written where standard error is a pipe, and nothing in the first second of a run.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

/// How long a run may take before anything is said.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that stands while this is alive.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Says a text when the run, which began at `started`, has taken long enough.
    pub(super) fn say(text: impl FnOnce() -> String, started: Instant) -> Progress {
        if !io::stderr().is_terminal() {
            return Progress { running: None };
        }
        let text = text();
        let (stop, stopped) = channel();
        let line = move || {
            let wait = PATIENCE.saturating_sub(started.elapsed());
            if stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                draw(&text);
                // The sender never sends: it ends.
                stopped.recv().ok();
                // Blanks, not an escape: a console of Windows may not know those.
                draw(&" ".repeat(text.width()));
                draw("");
            }
        };
        Progress {
            running: Some((stop, std::thread::spawn(line))),
        }
    }
}

/// Writes from the start of the line. When standard error is closed there is no one to tell.
fn draw(text: &str) {
    let mut out = io::stderr().lock();
    write!(out, "\r{text}").and_then(|()| out.flush()).ok();
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            thread.join().ok();
        }
    }
}
