# Tray, native notifications and dialogs of the shell.

tray-open = Open Bedside
tray-unread = { $count ->
    [0] No unread messages
    [one] { $count } unread message
   *[other] { $count } unread messages
}
tray-pause = Do not disturb
tray-pause-hour = For 1 hour
tray-pause-tomorrow = Until tomorrow morning
tray-pause-off = Turn off
tray-lock = Lock Bedside
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
notification-from = New message from { $name }
notification-from-urgent = Urgent message from { $name }
notification-sum = { $count ->
    [one] New messages in { $count } conversation
   *[other] New messages in { $count } conversations
}
notification-sum-urgent = { $count ->
    [one] New messages in { $count } conversation, some of them urgent
   *[other] New messages in { $count } conversations, some of them urgent
}
notification-no-reply = No reply yet
notification-no-reply-from = No reply from { $name } yet
notification-no-reply-body = You asked to be told if none had come by now.
notification-mark-read = Mark as read
notification-reply = Reply
notification-test-title = This is how Bedside tells you
notification-test-body = If you can read this, notifications work.
notification-still-running-title = Bedside is still running
notification-still-running-body = You will go on getting messages. To quit, use the icon in the system tray.
window-title = Bedside
window-title-unread = { $count ->
    [one] ({ $count }) Bedside
   *[other] ({ $count }) Bedside
}
device-unnamed = Computer ({ $system })
link-title = Open this link?
link-text = It opens in your web browser, outside Bedside. Only open links you expect.
link-text-program = It opens in another program of this computer, outside Bedside. Only open links you expect.
link-open = Open link

# Where a file goes, and which is looked at.
file-save-title = Save chat history
file-save = Save
file-open-title = Check a downloaded file
file-open = Open
