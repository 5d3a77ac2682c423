//! The columns of a person: the one piece of SQL that both databases read alike.

/// The columns of a person, of a table alias, in the order in which each store reads them.
macro_rules! person_columns {
    ($alias:literal) => {
        concat!(
            $alias,
            ".id, ",
            $alias,
            ".role, ",
            $alias,
            ".role_no, ",
            $alias,
            ".name, ",
            $alias,
            ".profession, ",
            $alias,
            ".birth_date, ",
            $alias,
            ".created_at, ",
            $alias,
            ".phone, ",
            $alias,
            ".language, ",
            $alias,
            ".time_zone, ",
            $alias,
            ".record_number"
        )
    };
}
pub(in crate::store) use person_columns;

/// How many columns [`person_columns`] names.
pub(in crate::store) const PERSON_WIDTH: usize = 11;
