//! Storage that belongs to an origin, <https://storage.spec.whatwg.org/> and the APIs that keep theirs in it.

use std::collections::BTreeMap;

use super::{
    super::{origin::Origin, reason::Reason, words},
    rules::HtmlRules,
};

words! {
    /// Where something is kept.
    StorageArea {
        /// `localStorage`
        LocalStorage = "local-storage",
        /// `sessionStorage`
        SessionStorage = "session-storage",
        /// `indexedDB`: a database of the key's name with one value in it.
        IndexedDb = "indexed-db",
        /// `caches`: a cache of the key's name with one answer in it.
        CacheStorage = "cache-storage",
        /// A `SharedWorker` of the key's name, which keeps one value as long as somebody is connected.
        SharedWorker = "shared-worker",
        /// A `BroadcastChannel` of the key's name: whoever has set a value answers those who ask on it.
        BroadcastChannel = "broadcast-channel",
        /// `document.cookie`, which RFC 6265bis keeps by host and not by origin.
        Cookie = "cookie",
    }
}

words! {
    /// What a script does with a key.
    StorageOperation {
        /// Reads its value.
        Get = "get",
        /// Gives it one.
        Set = "set",
        /// Takes it away.
        Delete = "delete",
    }
}

/// What all storage of a user agent holds.
#[derive(Clone, Debug, Default)]
pub struct Storage(BTreeMap<(StorageArea, String, String), String>);

impl Storage {
    /// What a script of `origin` learns: the value that is read, `null` where there is none; `undefined` of an
    /// operation that reads nothing.
    ///
    /// # Errors
    /// [`Reason::OpaqueStorage`] for a SecurityError: there is no storage key for an opaque origin.
    pub fn perform(
        &mut self,
        rules: &(impl HtmlRules + ?Sized),
        origin: &Origin,
        area: StorageArea,
        operation: StorageOperation,
        key: &str,
        value: &str,
    ) -> Result<String, Reason> {
        // A channel keeps nothing, so an opaque origin has one, too: its own
        // (https://storage.spec.whatwg.org/#obtain-a-storage-key-for-non-storage-purposes).
        let for_channels = || (area == StorageArea::BroadcastChannel).then(|| origin.serialize());
        let storage_key =
            rules.obtain_a_storage_key(origin).or_else(for_channels).ok_or(Reason::OpaqueStorage)?;
        let key = (area, storage_key, key.to_owned());
        Ok(match operation {
            StorageOperation::Get => self.0.get(&key).cloned().unwrap_or_else(|| "null".to_owned()),
            StorageOperation::Set => {
                self.0.insert(key, value.to_owned());
                "undefined".to_owned()
            }
            StorageOperation::Delete => {
                self.0.remove(&key);
                "undefined".to_owned()
            }
        })
    }
}

/// <https://storage.spec.whatwg.org/#obtain-a-storage-key>; `None` for failure.
pub(super) fn obtain_a_storage_key(origin: &Origin) -> Option<String> {
    origin.scheme().map(|_| origin.serialize())
}
