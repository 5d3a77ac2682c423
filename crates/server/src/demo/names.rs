//! Given and family names by the language they come from, so that a list looks like a city's clinic.

/// Names that go together, and how they are put together.
pub(super) struct Culture {
    pub(super) given: &'static [&'static str],
    pub(super) family: &'static [&'static str],
    pub(super) order: Order,
}

/// Which name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    GivenFirst,
    FamilyFirst,
    /// Family first and no space between.
    FamilyFirstJoined,
}

pub(super) const CULTURES: &[Culture] = &[
    Culture {
        given: &["Margarete", "Jonas", "Anneliese", "Friedrich", "Lena", "Hans-Peter", "Katharina", "Moritz"],
        family: &[
            "Schönleber-Winterstein",
            "Vogt",
            "Brandt",
            "Köhler",
            "Neumann",
            "Weiß",
            "Lindner",
            "Baumgärtner",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Peter", "Charlotte", "Oliver", "Grace", "Hannah", "William", "Sophie", "Alistair"],
        family: &[
            "Whitfield",
            "Thornbury",
            "Hughes",
            "O’Sullivan",
            "Fraser",
            "Ashworth",
            "Clarke",
            "Penhaligon",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Beatriz", "João", "Dolores", "Mateus", "María del Carmen", "Joaquín", "Inês", "Rafael"],
        family: &[
            "Ribeiro",
            "Castillo",
            "Fernández de la Vega",
            "Carvalho",
            "Ortega",
            "dos Santos",
            "Navarro",
            "Peixoto",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Yusuf", "Layla", "Karim", "Nour", "Amina", "Tariq", "Samira", "Idris"],
        family: &["Haddad", "El-Masri", "Benali", "Khoury", "Rahmani", "al-Farouqi", "Mansour", "Saïdi"],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Tomasz", "Agnieszka", "Zbigniew", "Małgorzata", "Jiří", "Božena", "Łukasz", "Eliška"],
        family: &[
            "Kowalski",
            "Wiśniewska",
            "Grzęda",
            "Dvořák",
            "Procházka",
            "Zielińska",
            "Szczepański",
            "Nováková",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Ingrid", "Lars", "Astrid", "Søren", "Eero", "Aino", "Björn", "Guðrún"],
        family: &[
            "Johansen",
            "Nygård",
            "Mikkelsen",
            "Virtanen",
            "Lindqvist",
            "Østergaard",
            "Jónsdóttir",
            "Hakala",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Ben", "Chiamaka", "Kwame", "Adaeze", "Thandiwe", "Sipho", "Fatoumata", "Amadou"],
        family: &["Okafor", "Adeyemi", "Mensah", "Nkosi", "Diallo", "Balogun", "Mwangi", "Ouédraogo"],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Linh", "Minh Anh", "Quang", "Thu Hà", "Bảo", "Ngọc", "Đức", "Thanh Tâm"],
        family: &["Nguyễn", "Trần", "Phạm", "Lê", "Hoàng", "Võ", "Đặng", "Bùi"],
        order: Order::FamilyFirst,
    },
    Culture {
        given: &["Priya", "Arjun", "Lakshmi", "Rohan", "Meera", "Vikram", "Ananya", "Siddharth"],
        family: &[
            "Raghunathan",
            "Sharma",
            "Venkatasubramanian",
            "Patel",
            "Iyer",
            "Chatterjee",
            "Kaur",
            "Nair",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Ольга", "Дмитрий", "Светлана", "Тарас", "Наталія", "Михаил", "Ірина", "Андрій"],
        family: &["Шевченко", "Коваль", "Бондаренко", "Ткаченко", "Мороз", "Кравчук", "Лысенко", "Гончар"],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["美咲", "健太", "陽子", "直樹", "さくら", "大輔", "恵子", "翔太"],
        family: &["佐藤", "高橋", "田中", "渡辺", "小林", "伊藤", "山本", "中村"],
        order: Order::FamilyFirstJoined,
    },
    Culture {
        given: &["ليلى", "يوسف", "مريم", "عمر", "سلمى", "كريم", "هدى", "طارق"],
        family: &["حداد", "الخطيب", "منصور", "الشامي", "درويش", "النجار", "صالح", "بركات"],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Ελένη", "Γιώργος", "Μαρία", "Νίκος", "Κατερίνα", "Δημήτρης", "Άννα", "Σπύρος"],
        family: &[
            "Παπαδοπούλου",
            "Οικονόμου",
            "Γεωργίου",
            "Αθανασίου",
            "Νικολάου",
            "Βλάχου",
            "Αλεξίου",
            "Δήμου",
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &["Deniz", "Ayşe", "Emre", "Zeynep", "Mehmet", "Elif", "Çağlar", "Gülşen"],
        family: &["Yılmaz", "Öztürk", "Demir", "Kaya", "Şahin", "Aydın", "Çelik", "Arslan"],
        order: Order::GivenFirst,
    },
];

pub(super) const PROFESSIONS: &[&str] = &[
    "General practitioner",
    "Physiotherapist",
    "Cardiologist",
    "Diabetes nurse",
    "Dietitian",
    "Midwife",
    "Psychotherapist",
    "Dermatologist",
    "Orthopaedic surgeon",
    "Speech therapist",
];
