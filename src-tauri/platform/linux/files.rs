//! Choosing a file in a window of GTK's own, over the main window.

use std::cell::Cell;
use std::path::PathBuf;

use gtk::prelude::{DialogExt, FileChooserExt, GtkWindowExt, WidgetExt};
use gtk::{FileChooserAction, FileChooserDialog, ResponseType};
use tauri::WebviewWindow;
use tokio::sync::oneshot;

use crate::platform::FileQuestion;

/// Asks the person; `None` if they chose none.
pub(crate) async fn choose_file(window: &WebviewWindow, question: FileQuestion) -> Option<PathBuf> {
    let (said, answer) = oneshot::channel();
    let parent = window.clone();
    window.run_on_main_thread(move || show(&parent, &question, said)).ok()?;
    answer.await.ok().flatten()
}

fn show(window: &WebviewWindow, question: &FileQuestion, said: oneshot::Sender<Option<PathBuf>>) {
    let action = if question.name.is_some() { FileChooserAction::Save } else { FileChooserAction::Open };
    let parent = window.gtk_window().ok();
    let dialog = FileChooserDialog::new(Some(&question.title), parent.as_ref(), action);
    dialog.set_modal(true);
    dialog.set_destroy_with_parent(true);
    dialog.set_local_only(true);
    dialog.set_do_overwrite_confirmation(true);
    if let Some(name) = &question.name {
        dialog.set_current_name(name);
    }
    dialog.add_button(&question.no, ResponseType::Cancel);
    dialog.add_button(&question.yes, ResponseType::Accept);
    dialog.set_default_response(ResponseType::Accept);
    let said = Cell::new(Some(said));
    dialog.connect_response(move |dialog, response| {
        if let Some(said) = said.take() {
            let chosen = (response == ResponseType::Accept).then(|| dialog.filename()).flatten();
            // The app may be ending; then nobody waits for the answer.
            let _ = said.send(chosen);
            dialog.close();
        }
    });
    dialog.show_all();
}
