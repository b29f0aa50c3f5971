//! x
use super::super::sheet::Context;
use super::super::table::Loaded;
pub(super) fn read(_context: Context<'_>, _bytes: &[u8], _loaded: &mut Loaded) -> Result<(), String> {
    Err("xls".to_owned())
}
