//! Holds JSON against a JSON Schema, as far as the schemas of `tongban schema` go. A keyword that it does not know is a failure, so that
//! none is passed over in silence.

use serde_json::Value;

/// Words that say nothing of what is valid.
const WORDS: [&str; 6] = ["$schema", "$defs", "title", "description", "default", "format"];

/// A schema, and whether an object may have keys that it does not name although it does not forbid them.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub root: &'a Value,
    pub open: bool,
}

impl Judge<'_> {
    /// What is wrong with a document; empty where it fits.
    pub(crate) fn faults(self, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.judge(self.root, document, "", &mut faults);
        faults
    }

    fn fits(self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.judge(schema, value, "", &mut faults);
        faults.is_empty()
    }

    fn judge(self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let schema = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return faults.push(format!("{at}: nothing is allowed here")),
            schema => schema.as_object().expect("a schema is an object"),
        };
        let mut wrong = |text: String| faults.push(format!("{at}: {text}"));
        let number = value.as_f64();
        for (word, says) in schema {
            match word.as_str() {
                word if WORDS.contains(&word) => {}
                "type" => {
                    let kinds: Vec<&str> = match says {
                        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
                        kind => vec![kind.as_str().expect("a type is a word")],
                    };
                    if !kinds.iter().any(|kind| is_a(kind, value)) {
                        wrong(format!("{value} is no {kinds:?}"));
                    }
                }
                "const" if says != value => wrong(format!("{value} is not {says}")),
                "enum" if !says.as_array().expect("a list").contains(value) => {
                    wrong(format!("{value} is none of {says}"));
                }
                "minimum" if number.is_some_and(|number| number < says.as_f64().expect("a number")) => {
                    wrong(format!("{value} is under {says}"));
                }
                "maximum" if number.is_some_and(|number| number > says.as_f64().expect("a number")) => {
                    wrong(format!("{value} is over {says}"));
                }
                "minItems" | "maxItems" => {
                    let many = value.as_array().map(|all| all.len() as u64);
                    let limit = says.as_u64().expect("a number");
                    let bad = |many: u64| if word == "minItems" { many < limit } else { many > limit };
                    if many.is_some_and(bad) {
                        wrong(format!("{many:?} entries against {word} {says}"));
                    }
                }
                "pattern" => {
                    let pattern = regex::Regex::new(says.as_str().expect("a text")).expect("a pattern");
                    if value.as_str().is_some_and(|text| !pattern.is_match(text)) {
                        wrong(format!("{value} does not match {says}"));
                    }
                }
                "anyOf" | "oneOf" => {
                    let kinds = says.as_array().expect("a list");
                    let many = kinds.iter().filter(|kind| self.fits(kind, value)).count();
                    if many == 0 || (word == "oneOf" && many > 1) {
                        wrong(format!("{value} fits {many} of {word}"));
                    }
                }
                "required" => {
                    let missing = |key: &&Value| value.get(key.as_str().expect("a key")).is_none();
                    if let (true, Some(key)) =
                        (value.is_object(), says.as_array().expect("a list").iter().find(missing))
                    {
                        wrong(format!("{key} is missing"));
                    }
                }
                "const" | "enum" | "minimum" | "maximum" | "$ref" | "items" | "properties" | "additionalProperties" => {
                }
                other => panic!("the judge does not know {other}"),
            }
        }
        if let Some(reference) = schema.get("$ref") {
            let path = reference
                .as_str()
                .and_then(|path| path.strip_prefix('#'))
                .expect("a path");
            let meant = self.root.pointer(path).expect("what is referred to is there");
            self.judge(meant, value, at, faults);
        }
        if let (Some(items), Value::Array(values)) = (schema.get("items"), value) {
            for (number, value) in values.iter().enumerate() {
                self.judge(items, value, &format!("{at}/{number}"), faults);
            }
        }
        if let Value::Object(values) = value {
            let named = schema.get("properties");
            let others = schema.get("additionalProperties");
            for (key, value) in values {
                let at = format!("{at}/{key}");
                match (named.and_then(|named| named.get(key)), others) {
                    (Some(schema), _) | (None, Some(schema)) => self.judge(schema, value, &at, faults),
                    (None, None) if named.is_some() && !self.open => faults.push(format!("{at}: is not in the schema")),
                    (None, None) => {}
                }
            }
        }
    }
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("there is no type {other}"),
    }
}
