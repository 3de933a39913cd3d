//! Uploaded files, named by their content.
//!
//! A file is written beside its place, synced, renamed and its folder synced: a crash leaves the whole
//! file or none.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use evidence::Digest;

use crate::Error;

/// Keeps two writers of the same file apart.
static TURN: AtomicU64 = AtomicU64::new(0);

/// A folder of files by SHA-256.
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Stores `bytes` durably; returns their digest in hexadecimal. A file that is there already is written
    /// again, so that nobody learns from a faster answer that somebody else holds the same one (C30).
    ///
    /// # Errors
    /// `Folder` when the disk is full or not writable.
    pub fn put(&self, bytes: &[u8]) -> Result<String, Error> {
        let digest = Digest::of(bytes).hex();
        let place = self.place(&digest);
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let store = || -> std::io::Result<()> {
            let folder = place.parent().unwrap_or(&self.folder);
            std::fs::create_dir_all(folder)?;
            let beside = place.with_extension(format!("part{turn}"));
            let mut file = std::fs::File::create(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(&beside, &place)?;
            std::fs::File::open(folder)?.sync_all()
        };
        store().map_err(|error| Error::Folder(error.to_string()))?;
        Ok(digest)
    }

    /// The bytes with this digest; a file whose content no longer matches its name is refused.
    ///
    /// # Errors
    /// `NotFound` for an unknown digest, `Folder` for a damaged file.
    pub fn get(&self, digest: &str) -> Result<Vec<u8>, Error> {
        if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::NotFound);
        }
        let bytes = std::fs::read(self.place(digest)).map_err(|_| Error::NotFound)?;
        if Digest::of(&bytes).hex() != digest {
            return Err(Error::Folder("a stored file is damaged".to_owned()));
        }
        Ok(bytes)
    }

    fn place(&self, digest: &str) -> PathBuf {
        let (first, _) = digest.split_at(2.min(digest.len()));
        self.folder.join(first).join(digest)
    }
}
