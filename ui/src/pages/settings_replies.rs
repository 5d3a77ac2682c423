//! The quick replies one has: one's own to be changed, the clinic's to be seen.

use bedside_protocol::QuickReplyId;
use bedside_protocol::ipc::{ConnectionMode, IpcError, QuickReplyView, Request};
use yew::{Callback, Html, component, html, use_effect_with, use_state_eq};

use crate::components::{Alert, Button, IconButton, IconName, Tone};
use crate::dom;
use crate::errors::explain;
use crate::hooks::{PageProps, Store, ask};
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::words::{Words, use_words};

/// The section; nothing for those who have no quick replies.
#[component]
pub(super) fn RepliesSection(props: &PageProps) -> Html {
    let store = &props.store;
    let words = use_words();
    let failed = use_state_eq(|| None::<IpcError>);
    let moved = use_state_eq(|| None::<QuickReplyId>);
    let view = store.quick_replies.view.clone().unwrap_or_default();
    let ids: Vec<QuickReplyId> = view.replies.iter().map(|reply| reply.id).collect();
    use_effect_with((ids, *moved), |(_, moved)| keep_focus(*moved));
    if !store.has_quick_replies() {
        return Html::default();
    }
    let (own, clinic): (Vec<_>, Vec<_>) = view.replies.iter().cloned().partition(|reply| reply.own);
    let online = matches!(store.mode(), ConnectionMode::Live | ConnectionMode::Limited);
    let on_move = Callback::from({
        let (failed, moved) = (failed.setter(), moved.setter());
        move |(id, to)| {
            moved.set(Some(id));
            let failed = failed.clone();
            ask(Request::MoveQuickReply { id, to }, move |answer| failed.set(answer.err()));
        }
    });
    html! {
        <section class="card" aria-labelledby="settings-replies">
            <h2 class="card__title" id="settings-replies">{ words.text("quick-replies") }</h2>
            <p class="card__lead">{ words.text("quick-replies-lead") }</p>
            if let Some(error) = &*failed {
                <Alert tone={Tone::Error} title={explain(&words, error).what} text={explain(&words, error).advice} />
            }
            if !online {
                <Alert tone={Tone::Notice} title={words.text("quick-replies-offline")} />
            }
            if !own.is_empty() {
                <ul class="replies" aria-label={words.text("quick-replies-own")}>
                    { for own.iter().enumerate().map(|(at, reply)| {
                        row(reply, online.then(|| deeds(&words, store, reply, (at, own.len()), &on_move)))
                    }) }
                </ul>
            }
            if online {
                <div><Button onclick={open(store, None)}>{ words.text("quick-reply-add") }</Button></div>
            }
            if !clinic.is_empty() {
                <h3 class="replies__title" id="clinic-replies">{ words.text("quick-replies-clinic") }</h3>
                <ul class="replies" aria-labelledby="clinic-replies">
                    { for clinic.iter().map(|reply| row(reply, None)) }
                </ul>
            }
        </section>
    }
}

fn row(reply: &QuickReplyView, deeds: Option<Html>) -> Html {
    html! {
        <li class="reply-row" key={reply.id.to_string()} data-reply={reply.id.to_string()}>
            <div class="reply-row__words">
                <p class="reply-row__title cut"><bdi>{ &reply.title }</bdi></p>
                <p class="reply-row__text cut"><bdi>{ reply.text.replace('\n', " ") }</bdi></p>
            </div>
            { deeds.unwrap_or_default() }
        </li>
    }
}

fn deeds(
    words: &Words,
    store: &Store,
    reply: &QuickReplyView,
    (at, count): (usize, usize),
    on_move: &Callback<(QuickReplyId, u32)>,
) -> Html {
    let about = |id: &str| words.about(id, &reply.title);
    let go = |to: Option<usize>| {
        let to = to.and_then(|to| u32::try_from(to).ok());
        let id = reply.id;
        to.map(|to| on_move.reform(move |_: yew::MouseEvent| (id, to)))
    };
    let (up, down) = (go(at.checked_sub(1)), go(Some(at + 1).filter(|to| *to < count)));
    html! {
        <>
            if let Some(onclick) = up {
                <IconButton icon={IconName::ArrowUp} label={about("quick-reply-up")} {onclick} class="reply-row__up" />
            }
            if let Some(onclick) = down {
                <IconButton icon={IconName::ArrowDown} label={about("quick-reply-down")} {onclick} class="reply-row__down" />
            }
            <IconButton icon={IconName::Edit} label={about("quick-reply-edit")} onclick={open(store, Some(reply.clone()))} class="reply-row__edit" />
        </>
    }
}

fn open(store: &Store, reply: Option<QuickReplyView>) -> Callback<yew::MouseEvent> {
    let dispatch = store.dispatcher();
    Callback::from(move |_| {
        dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::QuickReply(reply.clone()))));
    })
}

/// A row that moves may lose the focus on its way.
fn keep_focus(moved: Option<QuickReplyId>) {
    if let Some(id) = moved.filter(|_| dom::focus_is_lost()) {
        drop(dom::focus(&format!("[data-reply='{id}'] .reply-row__edit")));
    }
}
