//! The laws that the cases of the rules cite (`tests/laws-of-rules`): of our own, and of no country.

use std::sync::OnceLock;

use tongban::forms::Forms;
use tongban::ingest;
use tongban::law::{self, Library};
use tongban::model::{Catalogue, LawCheck};
use tongban::profile::Profile;

/// What these laws say of the citations of a catalogue.
pub(crate) fn held(catalogue: &Catalogue, profile: &Profile) -> LawCheck {
    static LAWS: OnceLock<Library> = OnceLock::new();
    let library = LAWS.get_or_init(|| {
        let laws = ingest::read_laws(&[super::root().join("tests/laws-of-rules")]).expect("the laws can be read");
        assert!(laws.errors.is_empty() && laws.others.is_empty());
        laws.library()
    });
    law::check(catalogue, &Forms::of(catalogue, profile), profile, library, None)
}
