//! What is heard when a message comes: three sounds of our own, made of sines here, so that there is no file to ship.
//!
//! A computer without audio is silent, and nothing else changes.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bedside_engine::Tone;
use bedside_protocol::ipc::NoticeSound;
use bedside_runtime::Runtime;
use rodio::buffer::SamplesBuffer;
use rodio::{ChannelCount, DeviceSinkBuilder, MixerDeviceSink, SampleRate};

const RATE: SampleRate = NonZero::<u32>::MIN.saturating_add(44_099);
const MONO: ChannelCount = NonZero::<u16>::MIN;
/// How long a device goes on after it was given the last of a sound.
const REST: Duration = Duration::from_millis(400);
/// Sounds end in silence by then.
const LENGTH: Duration = Duration::from_millis(900);
/// How loud the loudest is: below what distorts where tones meet.
const HEADROOM: f32 = 0.35;

/// There is nothing here that sounds.
#[derive(Debug, thiserror::Error)]
#[error("no sound here")]
pub(crate) struct NoSound(#[from] pub(crate) rodio::DeviceSinkError);

/// One tone: when it begins, how high it is, how it falls, how soon it fades; in seconds and Hertz.
struct Strike {
    at: f32,
    pitch: f32,
    falls: f32,
    fades: f32,
}

const fn strike(at: f32, pitch: f32, falls: f32, fades: f32) -> Strike {
    Strike { at, pitch, falls, fades }
}

/// An E and the A above it.
const CHIME: &[Strike] = &[strike(0.0, 659.3, 0.0, 0.16), strike(0.13, 880.0, 0.0, 0.22)];
/// A tone that falls as a drop does.
const DROP: &[Strike] = &[strike(0.0, 988.0, 900.0, 0.10)];
/// A tone with the overtones of a bell.
const BELL: &[Strike] =
    &[strike(0.0, 784.0, 0.0, 0.30), strike(0.0, 1_881.0, 0.0, 0.12), strike(0.0, 2_352.0, 0.0, 0.07)];

/// Plays sounds, one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Player {
    runtime: Runtime,
    playing: Arc<AtomicBool>,
}

impl Player {
    pub(crate) fn new(runtime: &Runtime) -> Self {
        Player { runtime: runtime.clone(), playing: Arc::default() }
    }

    /// Plays a sound unless one is being played. Returns when it is over.
    ///
    /// # Errors
    /// When there is nothing that sounds.
    pub(crate) async fn play(&self, tone: Tone) -> Result<(), NoSound> {
        if tone.sound == NoticeSound::Off || tone.volume == 0 || self.playing.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        let opened = self.runtime.blocking(move || open(tone)).await;
        if let Ok(device) = opened {
            self.runtime.sleep(LENGTH + REST).await;
            self.runtime.blocking(move || drop(device)).await;
            self.playing.store(false, Ordering::Release);
            return Ok(());
        }
        self.playing.store(false, Ordering::Release);
        opened.map(drop)
    }

    /// Plays a sound, and waits for nothing.
    pub(crate) fn begin(&self, tone: Tone) {
        let player = self.clone();
        self.runtime.spawn("shell.sound", async move {
            if let Err(error) = player.play(tone).await {
                tracing::info!(error = ?error, "nothing is heard");
            }
        });
    }
}

fn open(tone: Tone) -> Result<MixerDeviceSink, NoSound> {
    let mut device = DeviceSinkBuilder::open_default_sink()?;
    device.log_on_drop(false);
    device.mixer().add(SamplesBuffer::new(MONO, RATE, samples(tone)));
    Ok(device)
}

/// The sound itself.
fn samples(tone: Tone) -> Vec<f32> {
    let strikes = match tone.sound {
        NoticeSound::Off => &[][..],
        NoticeSound::Chime => CHIME,
        NoticeSound::Drop => DROP,
        NoticeSound::Bell => BELL,
    };
    // Loudness is heard by its square, roughly.
    let volume = (f32::from(tone.volume.min(100)) / 100.0).powi(2) * HEADROOM;
    let count = u16::try_from(LENGTH.as_millis()).unwrap_or(u16::MAX);
    let steps = u32::from(count) * RATE.get() / 1_000;
    (0..steps).map(|step| volume * strikes.iter().map(|one| heard(one, seconds(step))).sum::<f32>()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a second has 44,100 steps")]
fn seconds(step: u32) -> f32 {
    step as f32 / RATE.get() as f32
}

/// One tone at a moment: it comes within some milliseconds, so that nothing clicks, and fades.
fn heard(strike: &Strike, now: f32) -> f32 {
    let since = now - strike.at;
    if since < 0.0 {
        return 0.0;
    }
    let comes = (since / 0.006).min(1.0);
    let turns = (strike.pitch - strike.falls * since.min(0.4) / 2.0) * since;
    comes * (-since / strike.fades).exp() * (turns * std::f32::consts::TAU).sin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loudest(sound: NoticeSound, volume: u8) -> f32 {
        samples(Tone { sound, volume }).into_iter().fold(0.0, |most, one| most.max(one.abs()))
    }

    #[test]
    fn each_sound_is_one_of_its_own_is_heard_and_never_distorts() {
        let all = [NoticeSound::Chime, NoticeSound::Drop, NoticeSound::Bell];
        for sound in all {
            assert!((0.1..1.0).contains(&loudest(sound, 100)), "{sound:?}");
            assert!(loudest(sound, 30) < loudest(sound, 60));
            let end = samples(Tone { sound, volume: 100 }).into_iter().rev().take(400);
            assert!(end.into_iter().all(|one| one.abs() < 0.03), "{sound:?} ends in silence");
        }
        let [chime, drop, bell] = all.map(|sound| samples(Tone { sound, volume: 70 }));
        assert!(chime != drop && drop != bell && bell != chime);
        assert!(loudest(NoticeSound::Off, 100) < f32::EPSILON);
    }
}
