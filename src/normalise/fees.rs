//! stub until the helper delivers
use crate::model::Value;
pub struct Parts<'a> { pub value: Option<&'a str>, pub standard: Option<&'a str>, pub name: Option<&'a str>, pub basis: Option<&'a str>, pub records: &'a [Vec<(String, String)>] }
pub fn parse(parts: &Parts<'_>, _none: &[String], _refers: &[String]) -> Value { match parts.value.or(parts.standard) { Some(t) => Value::Text(t.to_owned()), None => Value::Empty } }
