//! Who may know of whom whether they are there: the one statement, and what its rows say.

use bedside_protocol::AccountId;

use crate::store::{Acquaintance, Acquaintances};

/// The acquaintances of an account, by the column of `links` that names it and the one that names the other; its own row,
/// which says whether it hides itself, is among them.
macro_rules! acquaintances {
    ($own:literal, $other:literal, $account:literal, $no:literal, $never:literal) => {
        concat!(
            "SELECT l.",
            $other,
            ", coalesce(p.hide_presence, ",
            $no,
            "), s.seen_at
             FROM links l
             JOIN rooms r ON r.patient_id = l.patient_id AND r.practitioner_id = l.practitioner_id
             LEFT JOIN preferences p ON p.account_id = l.",
            $other,
            "
             LEFT JOIN last_seen s ON s.account_id = l.",
            $other,
            "
             WHERE l.",
            $own,
            " = ",
            $account,
            " AND l.ended_at IS NULL
             UNION ALL
             SELECT ",
            $account,
            ", coalesce((SELECT hide_presence FROM preferences WHERE account_id = ",
            $account,
            "), ",
            $no,
            "), ",
            $never
        )
    };
}
pub(in crate::store) use acquaintances;

/// The rows, sorted out.
pub(in crate::store) fn sorted(own: AccountId, rows: Vec<Acquaintance>) -> Acquaintances {
    let (me, people): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.account_id == own);
    Acquaintances { hidden: me.iter().any(|me| me.hidden), people }
}
