//! The test of a notification's way: the engine's hops, then what the desktop does with one, then its sound.

use bedside_protocol::ipc::{Hop, HopTrouble, HopView, IpcError, NoticeSound, Reply, Request};
use tokio::sync::oneshot;

use crate::platform;
use crate::shell::Shell;
use crate::sound::NoSound;

/// Looks at every hop. What one of them finds does not keep the later ones from being tried.
pub(crate) async fn run(shell: &Shell) -> Result<Reply, IpcError> {
    let answered = shell.engine().await.request(Request::TestNotices).await?;
    let Reply::NoticeTest { mut hops } = answered else { return Err(IpcError::Internal) };
    hops.push(desktop().await);
    hops.push(shown(shell).await);
    hops.push(sound(shell).await);
    Ok(Reply::NoticeTest { hops })
}

async fn desktop() -> HopView {
    if !platform::shows_notifications().await {
        HopView::failed(Hop::Desktop, HopTrouble::NoDesktop)
    } else if platform::is_do_not_disturb().await {
        HopView::but(Hop::Desktop, HopTrouble::DoNotDisturb)
    } else {
        HopView::passed(Hop::Desktop)
    }
}

async fn shown(shell: &Shell) -> HopView {
    let (tell, told) = oneshot::channel();
    shell.notifier().tell(shell.words().test_notification(), move |shown| {
        // The page that asked may be gone.
        let _ = tell.send(shown);
    });
    if told.await.unwrap_or(false) {
        HopView::passed(Hop::Shown)
    } else {
        HopView::failed(Hop::Shown, HopTrouble::Refused)
    }
}

async fn sound(shell: &Shell) -> HopView {
    let tone = shell.tone();
    if tone.sound == NoticeSound::Off || tone.volume == 0 {
        return HopView::but(Hop::Sound, HopTrouble::Silent);
    }
    match shell.player().play(tone).await {
        Ok(()) => HopView::passed(Hop::Sound),
        Err(NoSound(error)) => {
            tracing::info!(%error, "nothing is heard");
            HopView::failed(Hop::Sound, HopTrouble::NoAudio)
        }
    }
}
