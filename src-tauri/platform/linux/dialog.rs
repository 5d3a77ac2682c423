//! A question in a window of GTK's own, over the main window.

use std::cell::Cell;

use gtk::prelude::{DialogExt, GtkWindowExt, MessageDialogExt, WidgetExt};
use gtk::{ButtonsType, DialogFlags, MessageDialog, MessageType, ResponseType};
use tauri::WebviewWindow;
use tokio::sync::oneshot;

use crate::platform::Question;

/// Asks the person; whether the answer was yes.
pub(crate) async fn ask(window: &WebviewWindow, question: Question) -> bool {
    let (said, answer) = oneshot::channel();
    let parent = window.clone();
    let queued = window.run_on_main_thread(move || show(&parent, &question, said));
    queued.is_ok() && answer.await.unwrap_or(false)
}

fn show(window: &WebviewWindow, question: &Question, said: oneshot::Sender<bool>) {
    let flags = DialogFlags::MODAL | DialogFlags::DESTROY_WITH_PARENT;
    let parent = window.gtk_window().ok();
    let (kind, buttons) = (MessageType::Question, ButtonsType::None);
    let dialog = MessageDialog::new(parent.as_ref(), flags, kind, buttons, &question.title);
    dialog.set_title(&question.title);
    dialog.set_secondary_text(Some(&question.text));
    dialog.add_button(&question.no, ResponseType::Cancel);
    dialog.add_button(&question.yes, ResponseType::Accept);
    // What a hasty Enter chooses is to change nothing.
    dialog.set_default_response(ResponseType::Cancel);
    let said = Cell::new(Some(said));
    dialog.connect_response(move |dialog, response| {
        if let Some(said) = said.take() {
            // The app may be ending; then nobody waits for the answer.
            let _ = said.send(response == ResponseType::Accept);
            dialog.close();
        }
    });
    dialog.show_all();
}
