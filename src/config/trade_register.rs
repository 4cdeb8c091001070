//! The settings of the trade register (Handelsregister): the key of the KvK's own service, where that is, and by whose
//! certificate it is known.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Fault, Key, Secret, Source, fit};

/// How the trade register is asked; there only when there is a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeRegister {
    pub key: Secret,
    /// Without a slash at the end.
    pub url: String,
    /// A certificate (PEM) to trust beside the usual ones.
    pub root: Option<PathBuf>,
}

pub(super) fn read(chosen: &BTreeMap<Key, (String, Source)>, faults: &mut Vec<Fault>) -> Option<Option<TradeRegister>> {
    let key = fit(chosen, Key::KvkApiKey, read_key, faults);
    let url = fit(chosen, Key::KvkApiUrl, read_url, faults);
    let root = fit(chosen, Key::KvkApiRoot, |written| Some(PathBuf::from(written)), faults);
    let (key, url, root) = (key?, url?, root?);
    let root = (!root.as_os_str().is_empty()).then_some(root);
    Some((!key.is_empty()).then_some(TradeRegister { key: Secret(key), url, root }))
}

/// It goes into a header as it is.
fn read_key(written: &str) -> Option<String> {
    written.trim().bytes().all(|b| b.is_ascii_graphic()).then(|| written.trim().to_owned())
}

/// The key does not go over a network in the open.
fn read_url(written: &str) -> Option<String> {
    let here = ["http://127.0.0.1:", "http://localhost:"].iter().any(|start| written.starts_with(start));
    let fits = (written.starts_with("https://") || here) && written.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| written.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_goes_only_where_nobody_reads_along() {
        assert_eq!(read_url("https://api.kvk.nl/api/").as_deref(), Some("https://api.kvk.nl/api"));
        assert_eq!(read_url("http://127.0.0.1:9000/api").as_deref(), Some("http://127.0.0.1:9000/api"));
        assert_eq!((read_url("http://api.kvk.nl/api"), read_url(""), read_url("https://a b")), (None, None, None));
        assert_eq!(read_key("l7xx\r\nX: y"), None);
    }
}
