//! The first page: signing in.

use std::rc::Rc;

use bedside_protocol::ipc::SessionView;
use yew::{Callback, Html, Properties, component, html};

use super::sign_in_form::SignInForm;
use crate::components::{Alert, Logo, Tone};
use crate::words::use_words;

/// The page's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub view: Rc<SessionView>,
    pub ended_by_server: bool,
}

/// The page.
#[component]
pub(super) fn SignInPage(props: &Props) -> Html {
    let words = use_words();
    html! {
        <main class="gate">
            <div class="gate__card">
                <Logo />
                <h1 class="gate__title">{ words.text("sign-in-title") }</h1>
                <p class="gate__lead">{ words.text("sign-in-lead") }</p>
                if props.ended_by_server {
                    <Alert tone={Tone::Notice} title={words.text("sign-in-ended")} text={words.text("sign-in-ended-text")} />
                }
                // The session view follows a success, and with it another page.
                <SignInForm view={props.view.clone()} on_done={Callback::noop()} />
            </div>
        </main>
    }
}
