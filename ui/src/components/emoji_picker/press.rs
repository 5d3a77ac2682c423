//! One emoji of a grid: pressed to take it, held to see its tones.

use emojis::Emoji;
use gloo_timers::callback::Timeout;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_mut_ref};

/// How long it is held until its tones are shown, in milliseconds.
const HELD_MS: u32 = 500;

/// The properties of one emoji.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub emoji: &'static Emoji,
    pub name: AttrValue,
    pub title: AttrValue,
    /// The language of the name, if it is another one than the page's.
    pub lang: Option<&'static str>,
    /// Whether the tabulator stops here.
    pub way_in: bool,
    pub on_pick: Callback<&'static Emoji>,
    /// Shows its tones, if it has some.
    #[prop_or_default]
    pub on_tones: Option<Callback<()>>,
}

/// The emoji. Held, right-clicked, or with Alt and Down its tones are shown.
#[component]
pub(super) fn Cell(props: &Props) -> Html {
    let timer = use_mut_ref(|| None::<Timeout>);
    let (emoji, tones) = (props.emoji, props.on_tones.clone());
    let onpointerdown = Callback::from({
        let (timer, tones) = (timer.clone(), tones.clone());
        move |event: PointerEvent| {
            let tones = tones.clone().filter(|_| event.button() == 0);
            *timer.borrow_mut() = tones.map(|tones| Timeout::new(HELD_MS, move || tones.emit(())));
        }
    });
    let let_go = Callback::from(move |_: PointerEvent| drop(timer.borrow_mut().take()));
    let oncontextmenu = Callback::from({
        let tones = tones.clone();
        move |event: MouseEvent| {
            event.prevent_default();
            tones.iter().for_each(|tones| tones.emit(()));
        }
    });
    let has_tones = tones.is_some();
    html! {
        <button
            class={classes!("emoji-picker__one", has_tones.then_some("emoji-picker__one--tones"))}
            type="button"
            role="gridcell"
            tabindex={if props.way_in { "0" } else { "-1" }}
            data-emoji={emoji.as_str()}
            aria-label={&props.name}
            title={&props.title}
            lang={props.lang}
            aria-haspopup={has_tones.then_some("grid")}
            aria-keyshortcuts={has_tones.then_some("Alt+ArrowDown")}
            {onpointerdown}
            onpointerup={let_go.clone()}
            onpointerleave={let_go.clone()}
            onpointercancel={let_go}
            {oncontextmenu}
            onkeydown={keys(tones)}
            onclick={props.on_pick.reform(move |_| emoji)}
        >
            { emoji.as_str() }
        </button>
    }
}

fn keys(tones: Option<Callback<()>>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let opens = match event.key().as_str() {
            "ArrowDown" => event.alt_key(),
            "ContextMenu" => true,
            "F10" => event.shift_key(),
            _ => false,
        };
        if let Some(tones) = tones.as_ref().filter(|_| opens) {
            event.prevent_default();
            tones.emit(());
        }
    })
}
