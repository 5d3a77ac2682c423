//! Who is named and who is not.

use super::*;

const ANA: AccountId = AccountId(1);
const BEN: AccountId = AccountId(2);

fn patient(id: i64, name: &str, birth_date: &str, record_number: &str) -> Patient {
    Patient {
        account_id: AccountId(id),
        name: name.to_owned(),
        birth_date: Some(birth_date.to_owned()),
        record_number: Some(record_number.to_owned()),
    }
}

fn clinic() -> Patients {
    Patients::new(vec![
        patient(1, "Ana Ribeiro", "1972-05-04", "104001"),
        patient(2, "Ben Okafor", "1989-11-23", "104002"),
        patient(3, "Margarete Schönleber-Winterstein", "1941-02-17", "A-77/3"),
        patient(4, "يوسف حداد", "2001-08-30", "104004"),
        patient(5, "佐藤 美咲", "1994-06-12", "104005"),
        patient(6, "Seán O’Sullivan", "1966-12-01", "12"),
        patient(7, "Ana Sofia Ribeiro", "1980-01-01", "104007"),
        patient(8, "Jörg Mueller", "1972-05-04", "104008"),
    ])
}

fn named(text: &str, to: AccountId) -> Vec<String> {
    clinic().named_in(text, to).into_iter().map(|mention| mention.name).collect()
}

#[test]
fn a_full_name_is_found_however_it_is_written() {
    for (text, name) in [
        ("As I told Ben Okafor, twice a day.", "Ben Okafor"),
        ("OKAFOR, Ben: results", "Ben Okafor"),
        ("the x-ray of ben\nokafor", "Ben Okafor"),
        ("Ben Okafor's results", "Ben Okafor"),
        ("Ben Okafors Befund", "Ben Okafor"),
        ("Margarete Schonleber Winterstein", "Margarete Schönleber-Winterstein"),
        ("Frau Schoenleber-Winterstein, Margarete", "Margarete Schönleber-Winterstein"),
        ("نتائج يُوسُف حدّاد", "يوسف حداد"),
        ("حداد يوسف", "يوسف حداد"),
        ("佐藤美咲さんの結果", "佐藤 美咲"),
        ("Sean OSullivan and Sean O'Sullivan", "Seán O’Sullivan"),
        ("Jorg Müller", "Jörg Mueller"),
        ("Jörg Müller", "Jörg Mueller"),
    ] {
        assert_eq!(named(text, ANA), [name], "{text}");
    }
}

#[test]
fn a_part_of_a_name_and_a_name_within_a_word_are_nobody() {
    for text in
        ["Ben called.", "Mr Okafor", "Big Ben Okaforest", "Reuben Okafor", "Ana and Ben; Mrs Okafor?", ""]
    {
        assert_eq!(named(text, ANA), [""; 0], "{text}");
    }
}

#[test]
fn whoever_is_written_to_may_be_named() {
    assert_eq!(named("Dear Ben Okafor, born 23.11.1989, record 104002", BEN), [""; 0]);
    assert_eq!(named("Dear Ana Sofia Ribeiro", AccountId(7)), [""; 0]);
    assert_eq!(named("Dear Ana Sofia Ribeiro", ANA), ["Ana Sofia Ribeiro"]);
    assert_eq!(named("born 04.05.1972", ANA), [""; 0], "the day is hers too");
    assert_eq!(named("born 04.05.1972", BEN), ["Ana Ribeiro", "Jörg Mueller"]);
}

#[test]
fn dates_of_birth_and_record_numbers_are_found() {
    for text in [
        "geb. 23.11.89",
        "born 23 Nov 1989",
        "11/23/1989",
        "٢٣ نوفمبر ١٩٨٩",
        "(104 002)",
        "Akte 104-002",
        "record no 104002",
    ] {
        assert_eq!(named(text, ANA), ["Ben Okafor"], "{text}");
    }
    assert_eq!(named("file A 77 3", ANA), ["Margarete Schönleber-Winterstein"]);
    assert_eq!(named("record 12", ANA), ["Seán O’Sullivan"]);
    assert_eq!(named("12 tablets, 1040020 steps, 2023-11-23", ANA), [""; 0]);
}

#[test]
fn somebody_is_named_once_with_everything_that_fits() {
    let mentions = clinic().named_in("Ben Okafor (23.11.1989, 104002), Ben Okafor", ANA);
    let [ben] = &mentions[..] else { panic!("{mentions:?}") };
    assert_eq!(ben.by, [MatchedBy::Name, MatchedBy::BirthDate, MatchedBy::RecordNumber]);
}

#[test]
fn thousands_of_patients_are_looked_for_at_once() {
    let many = (0..5_000).map(|n| {
        let record = (200_000 + n).to_string();
        patient(
            n,
            &format!("Given{n} Family{}", n * 7),
            &format!("19{:02}-0{}-1{}", n % 100, 1 + n % 9, n % 10),
            &record,
        )
    });
    let clinic = Patients::new(many.collect());
    let text = format!("{} Given4999 Family34993 {}", "a word ".repeat(500), "and another ".repeat(200));
    let mentions = clinic.named_in(&text, AccountId(1));
    assert_eq!(mentions.iter().map(|mention| mention.account_id).collect::<Vec<_>>(), [AccountId(4_999)]);
}
