//! A quick reply of one's own: a new one, or another title and text for one, or its end.

use bedside_protocol::ipc::{IpcError, QuickReplyView, Request};
use web_sys::{HtmlTextAreaElement, SubmitEvent};
use yew::{Callback, Html, NodeRef, Properties, component, html, use_node_ref, use_state_eq};

use crate::components::{Alert, Button, Dialog, Kind, TextArea, TextField, Tone, Typing};
use crate::dom;
use crate::errors::explain;
use crate::hooks::ask;
use crate::state::completion::units;
use crate::state::quick_reply::Placeholder;
use crate::words::{Words, use_words};

/// The dialog's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Nothing for a new one.
    pub reply: Option<QuickReplyView>,
    pub on_close: Callback<()>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    Writing,
    Incomplete,
    Busy,
    Failed(IpcError),
}

/// The dialog. It closes once the server has it.
#[component]
pub(super) fn ReplyDialog(props: &Props) -> Html {
    let words = use_words();
    let area = use_node_ref();
    let held = props.reply.as_ref();
    let title = use_state_eq(|| held.map(|reply| reply.title.clone()).unwrap_or_default());
    let text = use_state_eq(|| held.map(|reply| reply.text.clone()).unwrap_or_default());
    let progress = use_state_eq(|| Progress::Writing);
    let busy = *progress == Progress::Busy;
    let tell = {
        let (progress, on_close) = (progress.clone(), props.on_close.clone());
        move |request: Request| {
            progress.set(Progress::Busy);
            let (progress, on_close) = (progress.clone(), on_close.clone());
            ask(request, move |answer| match answer {
                Ok(_) => on_close.emit(()),
                Err(error) => progress.set(Progress::Failed(error)),
            });
        }
    };
    let onsubmit = Callback::from({
        let (id, tell, progress) = (held.map(|reply| reply.id), tell.clone(), progress.clone());
        let (title, text) = ((*title).clone(), (*text).clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let (title, text) = (title.clone(), text.clone());
            if title.trim().is_empty() || text.trim().is_empty() {
                return progress.set(Progress::Incomplete);
            }
            tell(match id {
                Some(id) => Request::EditQuickReply { id, title, text },
                None => Request::AddQuickReply { title, text },
            });
        }
    });
    let remove = held
        .map(|reply| reply.id)
        .map(|id| Callback::from(move |_: yew::MouseEvent| tell(Request::RemoveQuickReply { id })));
    let missing = |value: &str| {
        let gap = *progress == Progress::Incomplete && value.trim().is_empty();
        if gap { words.text("quick-reply-missing") } else { String::new() }
    };
    let heading = if held.is_some() { "quick-reply-change" } else { "quick-reply-new" };
    let on_title = Callback::from({
        let title = title.clone();
        move |typed| title.set(typed)
    });
    let on_text = Callback::from({
        let text = text.clone();
        move |typed| text.set(typed)
    });
    html! {
        <Dialog title={words.text(heading)} on_close={props.on_close.clone()}>
            <form class="reply-form" {onsubmit}>
                if let Progress::Failed(error) = &*progress {
                    <Alert tone={Tone::Error} title={explain(&words, error).what} text={explain(&words, error).advice} />
                }
                <TextField id="reply-title" label={words.text("quick-reply-title")} value={(*title).clone()} typing={Typing::Words}
                    error={missing(&title)} on_change={on_title} />
                <TextArea id="reply-text" label={words.text("quick-reply-text")} value={(*text).clone()} rows={5} area={area.clone()}
                    hint={words.text("quick-reply-hint")} error={missing(&text)} on_change={on_text.clone()} />
                { placeholders(&words, &area, &on_text) }
                <div class="dialog__deeds">
                    if let Some(onclick) = remove {
                        <Button kind={Kind::Danger} {busy} {onclick}>{ words.text("quick-reply-remove") }</Button>
                    }
                    <Button onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-cancel") }</Button>
                    <Button kind={Kind::Primary} {busy}>{ words.text("quick-reply-save") }</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// A button for each placeholder; it is put where the caret is.
fn placeholders(words: &Words, area: &NodeRef, on_text: &Callback<String>) -> Html {
    let one = |placeholder: Placeholder| {
        let name = words.text(placeholder.id());
        let (area, on_text, token) = (area.clone(), on_text.clone(), format!("{{{name}}}"));
        let onclick = move |_| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let end = units(&area.value());
            let place = |at: Option<u32>| at.unwrap_or(end);
            let from = place(area.selection_start().ok().flatten());
            let to = place(area.selection_end().ok().flatten());
            // Throws only for a range that ends before it begins.
            let _ = area.set_range_text_with_start_and_end(&token, from, to);
            dom::focus_element(&area);
            let behind = from.saturating_add(units(&token));
            let _ = area.set_selection_range(behind, behind);
            on_text.emit(area.value());
        };
        html! { <button class="chip" type="button" {onclick}>{ name }</button> }
    };
    html! {
        <div class="reply-form__placeholders" role="group" aria-label={words.text("quick-reply-placeholders")}>
            { for Placeholder::ALL.into_iter().map(one) }
        </div>
    }
}
