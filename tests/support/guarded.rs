//! The program under guard: with little memory, little time, and a look at how much it took. For input that wants to do harm.
//!
//! Must not judge what the program says. Linux only: elsewhere `ulimit -v` and `/proc` say nothing.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used)]

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The address space a guarded run may have, in KiB (threats, last section: 2 GiB for the whole hostile corpus).
pub(crate) const ADDRESS_SPACE: u64 = 2 << 20;
/// Seconds of processor time: what a machine that is busy with others does not change.
pub(crate) const PROCESSOR_SECONDS: u64 = 5;
/// Seconds on the clock, for what hangs without working.
const CLOCK: Duration = Duration::from_secs(60);

/// What a guarded run gave.
pub(crate) struct Guarded {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// The signal: 6 aborted, 9 killed after a minute, 11 overflowed its stack, 24 used up its processor time.
    pub signal: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// The most memory it held at once (`VmHWM`), in KiB, as last seen before its end.
    pub peak: u64,
    pub took: Duration,
}

impl Guarded {
    /// How it ended, in words.
    pub(crate) fn end(&self) -> String {
        match (self.code, self.signal) {
            (Some(code), _) => format!("exit code {code}"),
            (None, Some(24)) => format!("out of time after {PROCESSOR_SECONDS} s"),
            (None, Some(9)) => "hangs".to_owned(),
            (None, signal) => format!("signal {}", signal.unwrap_or(0)),
        }
    }

    /// What no run may ever do, whatever it was given: end by a signal, panic, or let bytes through that are no text, stand for
    /// lost text, or command a terminal.
    pub(crate) fn sins(&self) -> Vec<String> {
        let mut sins = Vec::new();
        if self.code.is_none() {
            sins.push(self.end());
        }
        for (stream, bytes) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let Ok(text) = std::str::from_utf8(bytes) else {
                sins.push(format!("{stream} is not UTF-8"));
                continue;
            };
            if text.contains("panicked") || text.contains("RUST_BACKTRACE") {
                sins.push(format!("{stream} tells of a panic"));
            }
            let commands = |c: char| {
                (c.is_control() && c != '\n' && c != '\t')
                    || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            };
            if let Some(found) = text.chars().find(|&c| c == '\u{FFFD}' || commands(c)) {
                sins.push(format!("{stream} holds U+{:04X}", u32::from(found)));
            }
        }
        sins
    }

    /// Both streams as text, for messages.
    pub(crate) fn said(&self) -> String {
        let both = [&self.stdout[..], &self.stderr[..]].concat();
        String::from_utf8_lossy(&both).into_owned()
    }
}

/// A command that runs another one within the limits.
pub(crate) fn limited(program: &Path, seconds: u64) -> Command {
    let mut command = Command::new("sh");
    let limits = format!("ulimit -v {ADDRESS_SPACE}; ulimit -S -t {seconds}; ulimit -c 0; exec \"$0\" \"$@\"");
    command.args(["-c", &limits]).arg(program);
    command
}

/// Runs the program in a folder under guard.
pub(crate) fn guarded(folder: &Path, args: &[&str]) -> Guarded {
    guarded_for(folder, args, PROCESSOR_SECONDS)
}

/// The same with so many seconds of processor time.
pub(crate) fn guarded_for(folder: &Path, args: &[&str], seconds: u64) -> Guarded {
    let mut command = limited(Path::new(env!("CARGO_BIN_EXE_tongban")), seconds);
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TONGBAN_LANG", "zh")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let stdout = drain(child.stdout.take().expect("stdout is piped"));
    let stderr = drain(child.stderr.take().expect("stderr is piped"));
    let (status, peak) = watch(&mut child, started);
    Guarded {
        code: status.code(),
        signal: status.signal(),
        stdout: stdout.join().expect("stdout is read"),
        stderr: stderr.join().expect("stderr is read"),
        peak,
        took: started.elapsed(),
    }
}

/// Waits for the end, looking at the memory every millisecond, and ends what hangs.
fn watch(child: &mut Child, started: Instant) -> (std::process::ExitStatus, u64) {
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status_file).unwrap_or_default();
        let held = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let held = held.and_then(|held| held.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(held.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the child can be waited for") {
            return (status, peak);
        }
        if started.elapsed() > CLOCK {
            child.kill().ok();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn drain(mut stream: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok();
        bytes
    })
}
