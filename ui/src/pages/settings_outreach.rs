//! How one is reached outside the app. The server has it, so it is asked, and again once it is reached.

use bedside_protocol::ipc::{ConnectionMode, IpcError, Reply, Request};
use bedside_protocol::wire::{Channel, Outreach, OutreachWishes, QuietHours, SmsFor};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{AttrValue, Callback, Event, Html, UseStateSetter, component, html, use_effect_with, use_state_eq};

use super::settings_contact::ContactRow;
use crate::components::{Alert, Segmented, Switch, Tone};
use crate::errors::explain;
use crate::hooks::{PageProps, ask};
use crate::words::{Words, use_words};

const DELAYS: [u16; 8] = [2, 5, 10, 15, 30, 60, 120, 240];
const REMINDERS: [u16; 4] = [0, 15, 30, 60];
/// What quiet hours begin with: ten at night to seven in the morning.
pub(super) const NIGHT: QuietHours = QuietHours { from: 22 * 60, to: 7 * 60 };

/// What is known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    Asking,
    Yes(Outreach),
    /// The server could not be asked.
    No,
}

/// The section.
#[component]
pub(super) fn OutreachSection(props: &PageProps) -> Html {
    let words = use_words();
    let (known, failed) = (use_state_eq(|| Known::Asking), use_state_eq(|| None::<IpcError>));
    let reached = matches!(props.store.mode(), ConnectionMode::Live | ConnectionMode::Limited);
    use_effect_with(reached, {
        let known = known.setter();
        move |_| ask(Request::Outreach, move |answer| known.set(read(answer)))
    });
    let on_ask = asked(known.setter(), failed.setter());
    html! {
        <section class="card" aria-labelledby="settings-outreach">
            <h2 class="card__title" id="settings-outreach">{ words.text("settings-outreach") }</h2>
            <p class="card__lead">{ words.text("settings-outreach-lead") }</p>
            if let Some(error) = &*failed {
                { failure(&words, error) }
            }
            { match &*known {
                Known::Asking => html! { <p class="switch__hint">{ words.text("settings-asking") }</p> },
                Known::No => html! { <p class="switch__hint">{ words.text("settings-needs-connection") }</p> },
                Known::Yes(outreach) if outreach.channels.is_empty() => {
                    html! { <p class="switch__hint">{ words.text("settings-outreach-none") }</p> }
                }
                Known::Yes(outreach) => body(&words, outreach, &on_ask),
            } }
        </section>
    }
}

fn read(answer: Result<Reply, IpcError>) -> Known {
    match answer {
        Ok(Reply::Outreach { outreach }) => Known::Yes(outreach),
        _ => Known::No,
    }
}

/// Nothing is shown as kept before the server has it.
fn asked(known: UseStateSetter<Known>, failed: UseStateSetter<Option<IpcError>>) -> Callback<Request> {
    Callback::from(move |request| {
        let (known, failed) = (known.clone(), failed.clone());
        ask(request, move |answer| {
            failed.set(answer.as_ref().err().cloned());
            if let Ok(Reply::Outreach { outreach }) = answer {
                known.set(Known::Yes(outreach));
            }
        });
    })
}

fn failure(words: &Words, error: &IpcError) -> Html {
    let refused = matches!(error, IpcError::Refused { code: bedside_protocol::ErrorCode::InvalidValue });
    let (what, advice) = if refused {
        (words.text("outreach-refused"), words.text("outreach-refused-do"))
    } else {
        let explained = explain(words, error);
        (explained.what, explained.advice)
    };
    html! { <Alert tone={Tone::Error} title={what} text={advice} /> }
}

fn body(words: &Words, outreach: &Outreach, on_ask: &Callback<Request>) -> Html {
    let row = |channel: Channel| {
        let contact = outreach.contacts.iter().find(|contact| contact.channel == channel).cloned();
        html! { <ContactRow key={channel.as_str()} {channel} {contact} on_ask={on_ask.clone()} /> }
    };
    let reached = outreach.contacts.iter().any(|contact| contact.address.is_some());
    html! {
        <>
            { for outreach.channels.iter().copied().map(row) }
            if reached {
                { wishes(words, outreach, on_ask) }
            }
        </>
    }
}

fn wishes(words: &Words, outreach: &Outreach, on_ask: &Callback<Request>) -> Html {
    let held = &outreach.wishes;
    let has = |channel| outreach.channels.contains(&channel);
    let save = |change: fn(&mut OutreachWishes, u16)| {
        let held = held.clone();
        on_ask.reform(move |value: u16| {
            let mut wishes = held.clone();
            change(&mut wishes, value);
            Request::SaveOutreach { wishes }
        })
    };
    let minutes = |value: u16| words.count("outreach-minutes", value.into()).to_string();
    let reminder =
        |value: u16| if value == 0 { words.text("outreach-reminder-none") } else { minutes(value) };
    let choices: Vec<AttrValue> =
        vec![words.text("outreach-sms-urgent").into(), words.text("outreach-sms-all").into()];
    let on_choose = save(|wishes, at| wishes.sms_for = if at == 1 { SmsFor::All } else { SmsFor::Urgent });
    html! {
        <>
            if has(Channel::Email) {
                { select("email-after", &words.text("outreach-email-after"), &DELAYS, held.email_after, &minutes,
                    save(|wishes, value| wishes.email_after = value)) }
            }
            if has(Channel::Sms) {
                <Segmented name="sms-for" label={words.text("outreach-sms-for")} {choices}
                    chosen={usize::from(held.sms_for == SmsFor::All)}
                    on_choose={on_choose.reform(|at: usize| u16::from(at == 1))} />
                { select("sms-after", &words.text("outreach-sms-after"), &DELAYS, held.sms_after, &minutes,
                    save(|wishes, value| wishes.sms_after = value)) }
            }
            { select("reminder", &words.text("outreach-reminder"), &REMINDERS, held.reminder, &reminder,
                save(|wishes, value| wishes.reminder = value)) }
            { quiet(words, held, on_ask) }
        </>
    }
}

fn select(
    id: &'static str,
    label: &str,
    usual: &[u16],
    value: u16,
    say: &dyn Fn(u16) -> String,
    on_choose: Callback<u16>,
) -> Html {
    let mut values = usual.to_vec();
    if !values.contains(&value) {
        values.push(value);
        values.sort_unstable();
    }
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(value) = select.and_then(|select| select.value().parse().ok()) {
            on_choose.emit(value);
        }
    });
    html! {
        <div class="setting">
            <label class="setting__label" for={id}>{ label }</label>
            <select class="select" {id} {onchange}>
                { for values.into_iter().map(|one| html! {
                    <option value={one.to_string()} selected={one == value}>{ say(one) }</option>
                }) }
            </select>
        </div>
    }
}

fn quiet(words: &Words, held: &OutreachWishes, on_ask: &Callback<Request>) -> Html {
    let save = {
        let held = held.clone();
        on_ask.reform(move |quiet: Option<QuietHours>| Request::SaveOutreach {
            wishes: OutreachWishes { quiet, ..held.clone() },
        })
    };
    let on_change = save.reform(|on: bool| on.then_some(NIGHT));
    html! {
        <>
            <Switch id="quiet" label={words.text("outreach-quiet")} hint={words.text("outreach-quiet-hint")}
                on={held.quiet.is_some()} {on_change} />
            if let Some(hours) = held.quiet {
                <div class="setting">
                    { time("quiet-from", &words.text("outreach-quiet-from"), hours.from,
                        save.reform(move |from| Some(QuietHours { from, ..hours }))) }
                    { time("quiet-to", &words.text("outreach-quiet-to"), hours.to,
                        save.reform(move |to| Some(QuietHours { to, ..hours }))) }
                </div>
            }
        </>
    }
}

pub(super) fn time(id: &'static str, label: &str, minute: u16, on_choose: Callback<u16>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(minute) = input.and_then(|input| minute_of(&input.value())) {
            on_choose.emit(minute);
        }
    });
    let value = format!("{:02}:{:02}", minute / 60, minute % 60);
    html! {
        <span class="time-field">
            <label class="setting__label" for={id}>{ label }</label>
            <input class="select" type="time" required=true {id} {value} {onchange} />
        </span>
    }
}

/// Minutes since midnight of `HH:MM`.
fn minute_of(time: &str) -> Option<u16> {
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_browsers_write_it() {
        assert_eq!(minute_of("07:30"), Some(450));
        assert_eq!(minute_of("07:30:00"), Some(450));
        assert_eq!(minute_of(""), None);
        assert_eq!(minute_of("25:00"), None);
    }
}
