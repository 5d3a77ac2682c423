//! Where a file goes and which file is looked at: the person says so in a window of the system's, and no page hears of it.

use bedside_protocol::ipc::{ExportOrder, IpcError, Reply};
use tauri::WebviewWindow;

use crate::platform::{self, FileQuestion};
use crate::shell::Shell;

impl Shell {
    /// Asks where to, and begins.
    pub(crate) async fn export(&self, window: &WebviewWindow, order: ExportOrder) -> Result<Reply, IpcError> {
        let client = self.engine().await;
        let name = client.export_name(&order).await?;
        let question = FileQuestion {
            title: self.words().text("file-save-title"),
            yes: self.words().text("file-save"),
            no: self.words().text("dialog-cancel"),
            name: Some(name),
        };
        match self.one_at_a_time(platform::choose_file(window, question)).await? {
            Some(place) => client.export(order, place).map(|()| Reply::Done),
            None => Ok(Reply::NotChosen),
        }
    }

    /// Asks which file, unless it is the last one again, and looks at it.
    pub(crate) async fn check_file(
        &self,
        window: &WebviewWindow,
        again: bool,
        password: Option<String>,
    ) -> Result<Reply, IpcError> {
        let client = self.engine().await;
        let mut path = None;
        if !again {
            let question = FileQuestion {
                title: self.words().text("file-open-title"),
                yes: self.words().text("file-open"),
                no: self.words().text("dialog-cancel"),
                name: None,
            };
            path = self.one_at_a_time(platform::choose_file(window, question)).await?;
            if path.is_none() {
                return Ok(Reply::NotChosen);
            }
        }
        client.check_file(path, password).await.map(|checked| Reply::Checked { checked })
    }
}
