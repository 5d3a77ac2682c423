//! One way to be reached: an address that is given, confirmed by a code, stopped, and taken away.

use bedside_protocol::ipc::Request;
use bedside_protocol::wire::{ChangeContact, Channel, Contact};
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state_eq};

use crate::components::{Button, Kind, Switch, TextField, Typing};
use crate::words::{Words, use_words};

/// The row's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub channel: Channel,
    /// What the server has of it.
    pub contact: Option<Contact>,
    pub on_ask: Callback<Request>,
}

/// The words that differ.
struct Ids {
    name: &'static str,
    field: &'static str,
    hint: &'static str,
    sent: &'static str,
}

const fn ids(channel: Channel) -> Ids {
    match channel {
        Channel::Email => Ids {
            name: "outreach-email",
            field: "outreach-email-address",
            hint: "outreach-email-hint",
            sent: "outreach-email-sent",
        },
        Channel::Sms => Ids {
            name: "outreach-sms",
            field: "outreach-sms-number",
            hint: "outreach-sms-hint",
            sent: "outreach-sms-sent",
        },
    }
}

/// The row.
#[component]
pub(super) fn ContactRow(props: &Props) -> Html {
    let words = use_words();
    let typed = use_state_eq(String::new);
    let on_type = {
        let typed = typed.setter();
        Callback::from(move |text| typed.set(text))
    };
    let channel = props.channel;
    let change = props.on_ask.reform(|change| Request::ChangeContact { change });
    let send = |with: fn(Channel, String) -> ChangeContact| {
        let (change, text, typed) = (change.clone(), (*typed).clone(), typed.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !text.trim().is_empty() {
                change.emit(with(channel, text.trim().to_owned()));
                typed.set(String::new());
            }
        })
    };
    let remove = change.reform(move |_: yew::MouseEvent| ChangeContact::Remove { channel });
    let address = props.contact.as_ref().and_then(|contact| contact.address.clone());
    let pending = props.contact.as_ref().and_then(|contact| contact.pending.clone());
    let id = format!("contact-{}", channel.as_str());
    let ids = ids(channel);
    match (address, pending) {
        (_, Some(pending)) => html! {
            <form class="contact" onsubmit={send(|channel, code| ChangeContact::Confirm { channel, code })}>
                <p class="card__lead" role="status">{ words.text_with(ids.sent, &[("address", pending.into())]) }</p>
                <TextField {id} label={words.text("outreach-code-field")} value={(*typed).clone()} typing={Typing::Words}
                    on_change={on_type} />
                <div class="contact__deeds">
                    <Button kind={Kind::Primary}>{ words.text("outreach-confirm") }</Button>
                    <Button onclick={remove}>{ words.text("outreach-other") }</Button>
                </div>
            </form>
        },
        (Some(address), None) => confirmed(&words, props, &address, &change, remove),
        (None, None) => html! {
            <form class="contact" onsubmit={send(|channel, address| ChangeContact::Add { channel, address })}>
                <TextField {id} label={words.text(ids.field)} hint={words.text(ids.hint)} value={(*typed).clone()}
                    typing={Typing::Words} on_change={on_type} />
                <div class="contact__deeds">
                    <Button kind={Kind::Primary}>{ words.text("outreach-send-code") }</Button>
                </div>
            </form>
        },
    }
}

fn confirmed(
    words: &Words,
    props: &Props,
    address: &str,
    change: &Callback<ChangeContact>,
    remove: Callback<yew::MouseEvent>,
) -> Html {
    let channel = props.channel;
    let on = props.contact.as_ref().is_some_and(|contact| !contact.stopped);
    let on_change = change.reform(move |on: bool| match on {
        true => ChangeContact::Resume { channel },
        false => ChangeContact::Stop { channel },
    });
    html! {
        <div class="contact">
            <Switch id={format!("contact-{}", channel.as_str())} label={words.text(ids(channel).name)}
                hint={address.to_owned()} {on} {on_change} />
            <div class="contact__deeds"><Button onclick={remove}>{ words.text("outreach-remove") }</Button></div>
        </div>
    }
}
