//! What a connection costs on which nothing happens.

use anyhow::Result;

use super::clinic::Clinic;
use crate::server::target::{Side, Target};

/// Memory of the server per idle connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Idle {
    pub(super) connections: u32,
    pub(super) kib_each: f64,
}

/// Opens account sockets to the first server up to each of these numbers and divides what its memory grew by. Beyond
/// the first of each account they are further devices of the same people. The server is started anew before: what
/// sign-ins have left free in its memory would otherwise hold the first connections.
pub(super) async fn measure(clinic: &mut Clinic<'_>, target: &Target, numbers: &[u32]) -> Result<Vec<Idle>> {
    let node = clinic.first()?;
    node.stop().await?;
    node.start_again().await?;
    let before = node.resident()?;
    let (mut held, mut measured) = (Vec::new(), Vec::new());
    for number in numbers.iter().copied() {
        while held.len() < usize::try_from(number)? {
            let account = held.len();
            let side = if account % 2 == 0 { Side::Sender } else { Side::Receiver };
            held.push(target.connect((account / 2) % target.pairs(), side).await?);
        }
        let grown = node.resident()?.saturating_sub(before);
        #[expect(clippy::cast_precision_loss, reason = "bytes far below 2^52")]
        let kib_each = grown as f64 / 1024.0 / f64::from(number);
        measured.push(Idle { connections: number, kib_each });
    }
    Ok(measured)
}
