# Tray, native notifications and dialogs of the shell.

tray-open = Open Bedside
tray-unread = { $count ->
    [0] No unread messages
    [one] { $count } unread message
   *[other] { $count } unread messages
}
tray-quit = Quit Bedside
tray-tooltip = Bedside
tray-tooltip-unread = { $count ->
    [one] Bedside: { $count } unread message
   *[other] Bedside: { $count } unread messages
}
notification-title = New message
notification-title-urgent = Urgent message
notification-body = Open Bedside to read it.
notification-open = Open
notification-still-running-title = Bedside is still running
notification-still-running-body = You will go on getting messages. To quit, use the icon in the system tray.
window-title = Bedside
device-unnamed = Computer ({ $system })
link-title = Open this link?
link-text = It opens in your web browser, outside Bedside. Only open links you expect.
link-text-program = It opens in another program of this computer, outside Bedside. Only open links you expect.
link-open = Open link
