//! What is told of a snapshot, and how one is named.
//!
//! Must not know what is in it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::Day;

/// When, why and by what a snapshot was made. Kept as JSON, so that every program can read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Seconds since 1970, UTC.
    pub time: i64,
    /// What the user says of it.
    pub message: String,
    /// The version of tongban.
    pub tongban: String,
    /// The id of the profile.
    pub profile: String,
    /// What the lists were read and judged by.
    pub yardstick: Yardstick,
    /// The files that were read.
    pub inputs: Vec<Input>,
    /// The text of the workspace's manifest.
    pub manifest: Option<String>,
    /// Rows.
    pub rows: usize,
    /// Regions, without the directory.
    pub regions: usize,
    /// Whether something of the files could not be judged when it was made.
    pub incomplete: bool,
}

/// Digests of what is data and may change from one snapshot to the next: what is different in a comparison of two may be the reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yardstick {
    /// Of the profile and the list of fields.
    pub profile: String,
    /// Of the vocabularies and code lists.
    pub vocabulary: String,
    /// Of the rules.
    pub rules: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// As seen from the folder of the database, where it is below it.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl About {
    pub(super) fn read(text: &str) -> Option<About> {
        serde_json::from_str(text).ok()
    }

    /// The day, as `2026-11-01`.
    pub fn day(&self) -> String {
        let (year, month, day) = civil(self.time.div_euclid(86_400));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Day and time, as `2026-11-01 08:30:00Z`.
    pub fn moment(&self) -> String {
        let second = self.time.rem_euclid(86_400);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        format!("{} {hour:02}:{minute:02}:{:02}Z", self.day(), second % 60)
    }
}

/// The date of a day since 1970, after Howard Hinnant's `civil_from_days`.
pub fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = match month_from_march < 10 {
        true => month_from_march + 3,
        false => month_from_march - 9,
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// How many days a day is after the first of 1970, after Howard Hinnant's `days_from_civil`.
pub fn days(day: Day) -> i64 {
    let (year, month) = (i64::from(day.year), i64::from(day.month));
    let year = year - i64::from(month <= 2);
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + i64::from(day.day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// A snapshot as it is named after the `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `@3`.
    Number(u32),
    /// `@latest` is 0 before the latest, `@-1` is 1.
    Back(u32),
    /// `@2026-11-01`: the newest of that day or before.
    On(Day),
}

impl Which {
    /// Reads what stands after the `@`.
    pub fn parse(text: &str) -> Option<Which> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match text.strip_prefix('-') {
            _ if text == "latest" => Some(Which::Back(0)),
            Some(back) if digits(back) => back.parse().ok().map(Which::Back),
            None if digits(text) => text.parse().ok().map(Which::Number),
            _ => Day::iso(text).map(Which::On),
        }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Which::Number(number) => write!(f, "@{number}"),
            Which::Back(0) => f.write_str("@latest"),
            Which::Back(back) => write!(f, "@-{back}"),
            Which::On(day) => write!(f, "@{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (text, which) in [
            ("3", Some(Which::Number(3))),
            ("latest", Some(Which::Back(0))),
            ("-1", Some(Which::Back(1))),
            ("2026-11-01", Day::iso("2026-11-01").map(Which::On)),
            ("2026-13-01", None),
            ("", None),
            ("-", None),
            ("last", None),
            ("99999999999", None),
        ] {
            assert_eq!(Which::parse(text), which, "{text}");
        }
    }

    #[test]
    fn days_there_and_back() {
        for at in (-25_000..80_000).step_by(13) {
            let (year, month, day) = civil(at);
            let iso = Day::iso(&format!("{year:04}-{month:02}-{day:02}"));
            assert_eq!(iso.map(days), (1900..=2199).contains(&year).then_some(at));
        }
    }

    #[test]
    fn moments() {
        let moment = |time| {
            About {
                time,
                ..About::default()
            }
            .moment()
        };
        assert_eq!(moment(0), "1970-01-01 00:00:00Z");
        assert_eq!(moment(951_827_696), "2000-02-29 12:34:56Z");
        assert_eq!(moment(-1), "1969-12-31 23:59:59Z");
    }
}
