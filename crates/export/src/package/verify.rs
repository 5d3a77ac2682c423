//! Says of a file whether it is as it was made: intact, changed and where, cut off, or nothing that could be said of.

use std::borrow::Cow;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use super::manifest::{File, Manifest};
use super::seal::{self, Seal};
use super::signature::Signature;
use super::{MANIFEST, SIGNATURE};
use crate::digest::hex;
use crate::document::Format;
use crate::json::{self, Wrong};

/// What is true of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every byte is as it was made.
    Intact {
        /// What it holds.
        manifest: Box<Manifest>,
        /// Who answers for that.
        signed: Signed,
    },
    /// Every byte is as it was made; what it holds, and who answers for that, is behind its password.
    IntactLocked,
    /// Something was changed.
    Changed {
        /// What, as far as it can be told.
        parts: Vec<Part>,
    },
    /// The end is missing, or a file that should be in it.
    Incomplete {
        /// The files that are missing; none if the end is.
        missing: Vec<String>,
    },
    /// The password does not open it.
    WrongPassword,
    /// A file that carries nothing to check it by: only packages do.
    NotAPackage,
}

/// Who answers for a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nobody: it was made from the copy on somebody's device.
    NotSigned,
    /// Who has this key, in base64. It is the clinic's if the clinic says so.
    By(String),
}

/// Something that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is in a file.
    File(String),
    /// Messages of a conversation that is written as JSON.
    Messages {
        /// The file.
        file: String,
        /// Which.
        wrong: Vec<Wrong>,
    },
    /// The manifest is not what was signed.
    Manifest,
    /// A file that nobody speaks of.
    Added(String),
    /// The archive around the files, which are all as they were.
    Archive,
}

/// Looks at a file, from its beginning to its end and then at each of its parts.
///
/// # Errors
/// When it cannot be read.
pub fn verify(mut file: impl Read + Seek, password: Option<&str>) -> io::Result<Verdict> {
    file.seek(SeekFrom::Start(0))?;
    let seal = seal::check(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    let mut start = [0; 4];
    let is_zip = file.read_exact(&mut start).is_ok() && start == *b"PK\x03\x04";
    file.seek(SeekFrom::Start(0))?;
    let archive = ZipArchive::new(&mut file);
    match (archive, seal) {
        (Ok(archive), Seal::Missing) if !names(&archive).iter().any(|name| name == MANIFEST) => {
            Ok(Verdict::NotAPackage)
        }
        (Ok(mut archive), seal) => look_into(&mut archive, seal, password),
        (Err(_), Seal::Missing) if is_zip => Ok(Verdict::Incomplete { missing: Vec::new() }),
        (Err(_), Seal::Missing) => Ok(Verdict::NotAPackage),
        (Err(_), Seal::Whole | Seal::Broken) => Ok(Verdict::Changed { parts: vec![Part::Archive] }),
    }
}

/// What the archive says it holds; a name that is none is shown as well as it can be.
fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> Vec<String> {
    archive.file_names().map(|name| name.map_or_else(|_| "?".to_owned(), Cow::into_owned)).collect()
}

/// A file's content, or why there is none.
enum Content<T> {
    Read(T),
    Damaged,
    Missing,
    Locked,
}

fn look_into<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    seal: Seal,
    password: Option<&str>,
) -> io::Result<Verdict> {
    let whole = seal == Seal::Whole;
    let body = match content(archive, MANIFEST, password, whole_file)? {
        Content::Read(body) => body,
        Content::Locked if password.is_some() => return Ok(Verdict::WrongPassword),
        Content::Locked if whole => return Ok(Verdict::IntactLocked),
        Content::Locked => return Ok(Verdict::Changed { parts: vec![Part::Archive] }),
        Content::Missing => return Ok(Verdict::Incomplete { missing: vec![MANIFEST.to_owned()] }),
        Content::Damaged => return Ok(Verdict::Changed { parts: vec![Part::Manifest] }),
    };
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&body) else {
        return Ok(Verdict::Changed { parts: vec![Part::Manifest] });
    };
    let (mut parts, mut missing, mut signed) = (Vec::new(), Vec::new(), Signed::NotSigned);
    match content(archive, SIGNATURE, password, whole_file)? {
        Content::Read(text) => match serde_json::from_slice::<Signature>(&text) {
            Ok(signature) if signature.is_of(&body) => signed = Signed::By(signature.key),
            _ => parts.push(Part::Manifest),
        },
        Content::Missing => {}
        Content::Damaged | Content::Locked => parts.push(Part::File(SIGNATURE.to_owned())),
    }
    for file in &manifest.files {
        match content(archive, &file.name, password, digest)? {
            Content::Read((sha256, bytes)) if sha256 == file.sha256 && bytes == file.bytes => {}
            Content::Missing => missing.push(file.name.clone()),
            _ => parts.push(what_of(archive, file, manifest.written_as, password)),
        }
    }
    let known = |name: &str| {
        [MANIFEST, SIGNATURE].contains(&name) || manifest.files.iter().any(|file| file.name == name)
    };
    let added = names(archive).into_iter().filter(|name| !known(name));
    parts.extend(added.map(Part::Added));
    Ok(match (parts.is_empty(), missing.is_empty()) {
        (true, true) if whole => Verdict::Intact { manifest: Box::new(manifest), signed },
        (true, true) => Verdict::Changed { parts: vec![Part::Archive] },
        (true, false) => Verdict::Incomplete { missing },
        (false, _) => Verdict::Changed { parts },
    })
}

/// Which messages of it, if it can be told.
fn what_of<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    file: &File,
    written_as: Format,
    password: Option<&str>,
) -> Part {
    let whole = Part::File(file.name.clone());
    if written_as != Format::Json {
        return whole;
    }
    let read = |reader: &mut dyn Read| Ok(json::read(reader, |_| ()).ok());
    match content(archive, &file.name, password, read) {
        Ok(Content::Read(Some(found))) if !found.wrong.is_empty() => {
            Part::Messages { file: file.name.clone(), wrong: found.wrong }
        }
        _ => whole,
    }
}

fn content<R: Read + Seek, T>(
    archive: &mut ZipArchive<R>,
    name: &str,
    password: Option<&str>,
    read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<Content<T>> {
    let opened = match password {
        Some(password) => archive.by_name_decrypt(name, password.as_bytes()),
        None => archive.by_name(name),
    };
    let mut file = match opened {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(Content::Missing),
        Err(ZipError::InvalidPassword) => return Ok(Content::Locked),
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Ok(Content::Locked);
        }
        Err(ZipError::Io(error)) if error.kind() != io::ErrorKind::UnexpectedEof => return Err(error),
        Err(_) => return Ok(Content::Damaged),
    };
    // What cannot be unpacked or has another checksum is damaged; a disk that fails says the same here.
    Ok(read(&mut file).map_or(Content::Damaged, Content::Read))
}

/// A manifest is never longer: a list of files, and of conversations.
const MANIFEST_BYTES: u64 = 16 * 1024 * 1024;

fn whole_file(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    reader.take(MANIFEST_BYTES).read_to_end(&mut body)?;
    Ok(body)
}

fn digest(reader: &mut dyn Read) -> io::Result<(String, u64)> {
    let (mut digest, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let read = reader.read(&mut piece)?;
        if read == 0 {
            return Ok((hex(&digest.finalize()), bytes));
        }
        digest.update(piece.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}
