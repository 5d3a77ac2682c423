//! A package shows every change of it.

use std::io::{self, Cursor, Write};
use std::sync::{Arc, Mutex};

use bedside_export::model::{Head, Message};
use bedside_export::package::{
    Assembly, Container, Frames, Package, Part, Plain, Signed, Signer, Unframer, Verdict, Zip, verify,
};
use bedside_export::{Format, Words, Wrong};
use proptest::prelude::*;

use super::generated::{Draw, conversation};

/// What is written stays readable here.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn signer(seed: u8) -> Signer {
    Signer::from_seed(&[seed; 32]).unwrap()
}

const PASSWORD: &str = "correct horse battery";

#[derive(Clone, Copy, PartialEq)]
enum Lock {
    Open,
    Password,
}

fn packed(format: Format, lock: Lock, signer: Option<&Signer>, of: &[(Head, Vec<Message>)]) -> Vec<u8> {
    let out = Shared::default();
    let container: Box<dyn Container + Send> = match lock {
        Lock::Open => Box::new(Zip::new(out.clone())),
        Lock::Password => Box::new(Zip::encrypted(out.clone(), PASSWORD).unwrap()),
    };
    assembled(container, format, signer, of);
    out.0.lock().unwrap().clone()
}

fn assembled(
    container: Box<dyn Container + Send>,
    format: Format,
    signer: Option<&Signer>,
    of: &[(Head, Vec<Message>)],
) -> u64 {
    let mut assembly = Assembly::new(container, format, Words::new("en", "UTC"));
    for (head, messages) in of {
        assembly.begin(head.clone()).unwrap();
        messages.iter().for_each(|message| assembly.message(message).unwrap());
    }
    assembly.finish(signer).unwrap()
}

fn whole(seed: u64, count: i64) -> (Head, Vec<Message>) {
    let (mut head, messages) = conversation(seed, count);
    (head.from, head.until) = (None, None);
    (head, messages)
}

fn looked(bytes: &[u8], password: Option<&str>) -> Verdict {
    verify(Cursor::new(bytes), password).unwrap()
}

#[test]
fn what_was_not_changed_is_intact_and_says_who_signed_it() {
    for format in Format::ALL {
        let bytes = packed(format, Lock::Open, Some(&signer(1)), &[whole(4, 30)]);
        let Verdict::Intact { manifest, signed } = looked(&bytes, None) else { panic!("{format:?}") };
        assert_eq!(signed, Signed::By(signer(1).public_key()));
        assert_eq!((manifest.files.len(), manifest.conversations[0].messages), (1, 30));
        assert_eq!(manifest.files[0].name, format!("{} (7).{}", other_of(4), format.ending()));
    }
    let bytes = packed(Format::Json, Lock::Open, None, &[whole(4, 30)]);
    assert!(matches!(looked(&bytes, None), Verdict::Intact { signed: Signed::NotSigned, .. }));
}

fn other_of(seed: u64) -> String {
    let (head, _) = whole(seed, 0);
    head.people.iter().find(|person| person.account_id != head.made_for).unwrap().name.clone()
}

#[test]
fn a_flipped_byte_is_found_wherever_it_is() {
    let packages = [
        packed(Format::Html, Lock::Open, Some(&signer(1)), &[whole(8, 60)]),
        packed(Format::Json, Lock::Open, Some(&signer(1)), &[whole(9, 60)]),
        packed(Format::Csv, Lock::Password, Some(&signer(1)), &[whole(10, 60)]),
    ];
    let mut draw = Draw(77);
    for (bytes, password) in packages.iter().zip([None, None, Some(PASSWORD)]) {
        assert!(matches!(looked(bytes, password), Verdict::Intact { .. }));
        for round in 0..1_000 {
            let (at, bit) = (draw.below(bytes.len() as u64) as usize, draw.below(8));
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            // Deriving the key takes its time: without the password all are looked at, with it some.
            for password in [password.filter(|_| round % 20 == 0), None] {
                let verdict = looked(&changed, password);
                let fine = matches!(verdict, Verdict::Intact { .. } | Verdict::IntactLocked);
                assert!(!fine, "byte {at}, bit {bit}: {verdict:?}");
            }
        }
    }
}

#[test]
fn a_file_that_is_cut_off_is_incomplete() {
    let bytes = packed(Format::Html, Lock::Open, Some(&signer(1)), &[whole(8, 60)]);
    for end in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 2_000] {
        assert_eq!(looked(&bytes[..end], None), Verdict::Incomplete { missing: Vec::new() }, "{end}");
    }
    for end in [bytes.len() - 1, bytes.len() - 70] {
        assert!(!matches!(looked(&bytes[..end], None), Verdict::Intact { .. }), "{end}");
    }
}

/// What somebody makes who knows how it is done, but not the key: the files as they like, the old manifest and signature.
fn forged(format: Format, of: (Head, Vec<Message>), manifest: &[u8], signature: &[u8]) -> Vec<u8> {
    let out = Shared::default();
    let mut zip = Zip::new(out.clone());
    let name = bedside_export::package::file_name(&of.0, format);
    let plain = Shared::default();
    assembled(Box::new(Plain::new(plain.clone())), format, None, &[of]);
    for (name, body) in [
        (name.as_str(), plain.0.lock().unwrap().as_slice()),
        ("manifest.json", manifest),
        ("manifest.sig", signature),
    ] {
        zip.begin(name).unwrap();
        zip.write(body).unwrap();
        zip.end().unwrap();
    }
    zip.finish().unwrap();
    out.0.lock().unwrap().clone()
}

fn entry(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut body = Vec::new();
    io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut body).unwrap();
    body
}

#[test]
fn a_message_taken_out_or_changed_is_named_and_not_covered_by_the_signature() {
    let (head, messages) = whole(9, 40);
    let of = [(head.clone(), messages.clone())];
    let original = packed(Format::Json, Lock::Open, Some(&signer(1)), &of);
    let (manifest, signature) = (entry(&original, "manifest.json"), entry(&original, "manifest.sig"));
    let name = bedside_export::package::file_name(&head, Format::Json);
    let mut without = messages.clone();
    without.remove(20);
    let verdict = looked(&forged(Format::Json, (head.clone(), without), &manifest, &signature), None);
    assert_eq!(
        verdict,
        Verdict::Changed { parts: vec![Part::File(name.clone())] },
        "made anew, its chain holds"
    );
    let edited = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value: serde_json::Value = serde_json::from_slice(&entry(&original, &name)).unwrap();
        change(&mut value);
        let out = Shared::default();
        let mut zip = Zip::new(out.clone());
        for (name, body) in [
            (name.as_str(), value.to_string().into_bytes()),
            ("manifest.json", manifest.clone()),
            ("manifest.sig", signature.clone()),
        ] {
            zip.begin(name).unwrap();
            zip.write(&body).unwrap();
        }
        zip.finish().unwrap();
        let bytes = out.0.lock().unwrap().clone();
        looked(&bytes, None)
    };
    let wrong = |verdict| match verdict {
        Verdict::Changed { parts } => match parts.as_slice() {
            [Part::Messages { wrong, .. }] => wrong.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let gone = edited(&|value| drop(value["messages"].as_array_mut().unwrap().remove(20)));
    assert_eq!(wrong(gone), [Wrong::Before(22), Wrong::End]);
    let changed = edited(&|value| value["messages"][20]["text"] = "Take twice as many.".into());
    assert_eq!(wrong(changed), [Wrong::Changed(21)]);
}

#[test]
fn whoever_makes_the_manifest_anew_cannot_sign_it() {
    let (head, messages) = whole(9, 40);
    let original = packed(Format::Text, Lock::Open, Some(&signer(1)), &[(head.clone(), messages.clone())]);
    let less = (head, messages[..39].to_vec());
    let anew = packed(Format::Text, Lock::Open, None, std::slice::from_ref(&less));
    assert!(matches!(looked(&anew, None), Verdict::Intact { signed: Signed::NotSigned, .. }));
    let stolen =
        forged(Format::Text, less.clone(), &entry(&anew, "manifest.json"), &entry(&original, "manifest.sig"));
    assert_eq!(looked(&stolen, None), Verdict::Changed { parts: vec![Part::Manifest] });
    let other = packed(Format::Text, Lock::Open, Some(&signer(2)), &[less]);
    let Verdict::Intact { signed, .. } = looked(&other, None) else { panic!("not intact") };
    assert_ne!(signed, Signed::By(signer(1).public_key()), "another key, which is not the clinic's");
}

#[test]
fn a_password_hides_everything_but_that_nothing_was_changed() {
    let bytes = packed(Format::Text, Lock::Password, Some(&signer(1)), &[whole(9, 40)]);
    assert_eq!(looked(&bytes, None), Verdict::IntactLocked);
    assert_eq!(looked(&bytes, Some("correct horse batter")), Verdict::WrongPassword);
    assert!(matches!(looked(&bytes, Some(PASSWORD)), Verdict::Intact { signed: Signed::By(_), .. }));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.contains("Good morning") && !text.contains("sha256\":"));
    assert!(Zip::encrypted(Vec::new(), "short").is_err());
}

#[test]
fn other_files_are_no_packages() {
    for bytes in [&b""[..], b"PK", b"%PDF-1.7 \n", b"<!doctype html>"] {
        assert_eq!(looked(bytes, None), Verdict::NotAPackage);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn what_comes_over_a_line_in_pieces_is_the_same_package(seed: u64, count in 0_i64..20, piece in 1_usize..5_000) {
        let of = [whole(seed, count), whole(seed ^ 1, 3)];
        let of: Vec<_> = of.into_iter().enumerate().map(|(at, (mut head, messages))| {
            head.room_id = bedside_protocol::RoomId(at as i64 + 1);
            (head, messages)
        }).collect();
        let direct = packed(Format::Html, Lock::Open, Some(&signer(1)), &of);
        let line = Shared::default();
        assembled(Box::new(Frames::new(line.clone())), Format::Html, Some(&signer(1)), &of);
        let sent = line.0.lock().unwrap().clone();
        let (out, mut unframer) = (Shared::default(), Unframer::default());
        let mut zip = Zip::new(out.clone());
        for bytes in sent.chunks(piece) {
            prop_assert!(!unframer.is_whole());
            unframer.take(bytes, &mut zip).unwrap();
        }
        prop_assert!(unframer.is_whole());
        prop_assert_eq!(&*out.0.lock().unwrap(), &direct);
    }
}

#[test]
fn a_file_is_not_written_outside_of_one() {
    let mut package = Package::new(Zip::new(Vec::new()));
    assert!(package.write_all(b"x").is_err());
}
