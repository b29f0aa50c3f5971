//! Messages: everything said to people, in Chinese and in English, from `catalogs/messages/*.ftl` and the rule texts.
//!
//! Must not know who says what. Wire formats never pass through here.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use crate::model::{Finding, RuleInfo};

/// The language that people are spoken to in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// From a locale name: `zh_CN.UTF-8` is Chinese, anything else is English.
    pub fn of_locale(locale: &str) -> Lang {
        if locale.to_ascii_lowercase().starts_with("zh") {
            Lang::Zh
        } else {
            Lang::En
        }
    }

    fn at(self) -> usize {
        match self {
            Lang::Zh => 0,
            Lang::En => 1,
        }
    }

    /// The text of this language out of a Chinese and English pair.
    pub fn pick(self, pair: &[String; 2]) -> &str {
        let chosen = &pair[self.at()];
        if chosen.is_empty() { &pair[0] } else { chosen }
    }
}

const FILES: [(&str, &str); 2] = [
    ("zh-CN", include_str!("../catalogs/messages/zh.ftl")),
    ("en", include_str!("../catalogs/messages/en.ftl")),
];

/// The messages of one language.
pub struct Messages {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// Loads a language, with the wording of the rules' findings.
    pub fn new(lang: Lang, rules: &[(RuleInfo, [String; 2])]) -> Messages {
        let (locale, text) = FILES[lang.at()];
        let mut bundle = FluentBundle::new(locale.parse().into_iter().collect());
        // Isolation marks are for mixed directions; here they would only be invisible characters in the output.
        bundle.set_use_isolating(false);
        let mut messages = Messages { lang, bundle };
        messages.add(text.to_owned());
        messages.add_rules(rules.iter().map(|(rule, wording)| (rule, wording)));
        messages
    }

    /// Adds the wording of the findings of further rules.
    pub fn add_rules<'r>(&mut self, rules: impl Iterator<Item = (&'r RuleInfo, &'r [String; 2])>) {
        let findings = rules.map(|(rule, wording)| format!("{} = {}\n", rule.code, wording[self.lang.at()]));
        let findings: String = findings.collect();
        self.add(findings);
    }

    fn add(&mut self, source: String) {
        // A broken message is left out here and found by a test.
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source);
        self.bundle.add_resource_overriding(resource);
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a message of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle
            .get_message(key)
            .is_some_and(|message| message.value().is_some())
    }

    /// A message without arguments; the key itself where it is missing.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message of a finding, in the wording of its rule.
    pub fn finding(&self, finding: &Finding) -> String {
        self.with(&finding.rule, &finding.args)
    }

    /// A message with arguments. Numbers are texts: they are spelt the same in every language.
    pub fn with(&self, key: &str, args: &[(&str, String)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, FluentValue::from(value.as_str()));
        }
        self.bundle
            .format_pattern(pattern, Some(&values), &mut Vec::new())
            .into_owned()
    }
}
