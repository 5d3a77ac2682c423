//! Really send this? What was noticed in a text, and the ways on. Never a refusal.

use bedside_protocol::ipc::{ClinicView, Danger, MatchedBy, Warning};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::link::use_link;
use super::writing::sending::send_anyway;
use crate::components::{Button, ClinicHours, Dialog, Kind, PhoneLink, tel};
use crate::hooks::Store;
use crate::state::thought::Thought;
use crate::words::{Words, use_words};

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub thought: Thought,
    /// Whom it is written to.
    pub name: AttrValue,
    pub store: Store,
    pub on_close: Callback<()>,
}

/// The dialog. What one is most likely to want has the focus.
#[component]
pub(super) fn ThinkOverDialog(props: &Props) -> Html {
    let words = use_words();
    let open = use_link(&props.store);
    let dangers = props.thought.warnings.iter().find_map(|warning| match warning {
        Warning::Emergency { dangers } => Some(dangers.as_slice()),
        Warning::OtherPatient { .. } => None,
    });
    match dangers {
        Some(dangers) => emergency(&words, props, &open, dangers),
        None => other_patient(&words, props),
    }
}

fn other_patient(words: &Words, props: &Props) -> Html {
    html! {
        <Dialog title={words.text("other-patient-title")} on_close={props.on_close.clone()}>
            { for props.thought.warnings.iter().filter_map(|warning| named(words, warning)) }
            <p class="dialog__text">{ words.about("other-patient-to", &props.name) }</p>
            <div class="dialog__deeds">
                <Button kind={Kind::Primary} onclick={props.on_close.reform(|_| ())}>{ words.text("think-over-back") }</Button>
                <Button onclick={anyway(props)}>{ words.text(anyway_words(props)) }</Button>
            </div>
        </Dialog>
    }
}

fn named(words: &Words, warning: &Warning) -> Option<Html> {
    let Warning::OtherPatient { name, matched, .. } = warning else { return None };
    let by: Vec<String> = matched.iter().map(|by| words.text(matched_by(*by))).collect();
    Some(html! {
        <p class="dialog__text">
            <strong>{ words.about("other-patient-named", name) }</strong>{ " " }
            { format!("({})", by.join(", ")) }
        </p>
    })
}

const fn matched_by(by: MatchedBy) -> &'static str {
    match by {
        MatchedBy::Name => "matched-name",
        MatchedBy::BirthDate => "matched-birth-date",
        MatchedBy::RecordNumber => "matched-record-number",
    }
}

fn emergency(words: &Words, props: &Props, open: &Callback<AttrValue>, dangers: &[Danger]) -> Html {
    let clinic = props.store.clinic();
    let number = clinic.emergency_number.clone();
    let call = call(open, &number);
    let call_words = words.text_with("emergency-call", &[("number", number.as_str().into())]);
    let suicidal = dangers.contains(&Danger::SuicidalThoughts);
    let others: Vec<String> =
        dangers.iter().filter_map(|danger| Some(words.text(in_words(*danger)?))).collect();
    html! {
        <Dialog title={words.text(if suicidal { "care-title" } else { "emergency-title" })} on_close={props.on_close.clone()}>
            if suicidal {
                <p class="dialog__text">{ words.text("care-text") }</p>
                <p class="dialog__text">{ words.text_with("care-call", &[("number", number.as_str().into())]) }</p>
            }
            if !others.is_empty() {
                <p class="dialog__text">{ words.text_with("emergency-text", &[("signs", others.join(", ").into())]) }</p>
                <p class="dialog__text">{ words.text_with("emergency-do", &[("number", number.as_str().into())]) }</p>
            }
            { when_somebody_is_there(words, open, &clinic) }
            <div class="dialog__deeds">
                <Button kind={Kind::Danger} onclick={call}>{ call_words }</Button>
                <Button onclick={anyway(props)}>{ words.text(anyway_words(props)) }</Button>
                <Button onclick={props.on_close.reform(|_| ())}>{ words.text("think-over-back") }</Button>
            </div>
        </Dialog>
    }
}

/// `None` for what is said in words of its own.
const fn in_words(danger: Danger) -> Option<&'static str> {
    Some(match danger {
        Danger::SuicidalThoughts => return None,
        Danger::ChestPain => "danger-chest-pain",
        Danger::Stroke => "danger-stroke",
        Danger::Breathing => "danger-breathing",
        Danger::Bleeding => "danger-bleeding",
        Danger::Anaphylaxis => "danger-anaphylaxis",
        Danger::Unconscious => "danger-unconscious",
        Danger::HeadInjury => "danger-head-injury",
        Danger::Poisoning => "danger-poisoning",
        Danger::Pregnancy => "danger-pregnancy",
        Danger::InfantFever => "danger-infant-fever",
    })
}

/// Nobody may read a message at once: when somebody is there, and where to call.
pub(super) fn when_somebody_is_there(words: &Words, open: &Callback<AttrValue>, clinic: &ClinicView) -> Html {
    let on_link = open.clone();
    html! {
        <>
            <p class="dialog__text">{ words.text("emergency-unread") }</p>
            if !clinic.hours.is_empty() {
                <section class="clinic-times" aria-label={words.text("clinic-hours")}>
                    <h3 class="clinic-times__title">{ words.text("clinic-hours") }</h3>
                    <dl class="facts"><ClinicHours hours={clinic.hours.clone()} /></dl>
                </section>
            }
            if let Some(phone) = &clinic.phone {
                <p class="dialog__text">{ words.text("clinic-phone") }{ " " }<PhoneLink number={phone.clone()} {on_link} /></p>
            }
        </>
    }
}

fn anyway(props: &Props) -> Callback<yew::MouseEvent> {
    let (store, thought) = (props.store.clone(), props.thought.clone());
    Callback::from(move |_| send_anyway(&store, &thought))
}

fn anyway_words(props: &Props) -> &'static str {
    if props.thought.message_id.is_some() { "think-over-save" } else { "think-over-send" }
}

fn call(open: &Callback<AttrValue>, number: &str) -> Callback<yew::MouseEvent> {
    let (open, target) = (open.clone(), AttrValue::from(tel(number)));
    Callback::from(move |_| open.emit(target.clone()))
}
