# The app's interface.


## Regions and the rail
rail-label = Main
rail-home = Home
rail-chat = Chat
rail-alerts = Alerts
rail-alerts-unread = { $count ->
    [one] { $count } unread alert
   *[other] { $count } unread alerts
}
rail-settings = Settings
rail-lock = Lock
rail-account = { $name }: { $connection }
connection-connecting = connecting
connection-live = connected
connection-limited = limited connection
connection-reconnecting = reconnecting
connection-offline = offline
connection-signed-out = signed out
connection-wrong-server = cannot use this server
connection-refused = this account is not accepted here
skip-to-messages = Skip to messages
skip-to-composer = Skip to writing

## Home page
home-done-title = Nothing is waiting for you
home-done = No message is unread or urgent, and nobody waits for an answer.
home-first-title = Nothing here yet
home-first-practitioner = What needs you will be here: unread and urgent messages, and patients who wait for an answer.
home-first-patient = Your care team will be here as soon as your clinic has linked you with somebody.
home-people-title = Your care team
home-write-first = Write the first message
home-unsent-title = Not sent yet
home-parked = { $count ->
    [one] { $count } message was NOT sent.
   *[other] { $count } messages were NOT sent.
}
home-parked-do = Open the conversation to send it again or delete it.
home-unread-none = All read
home-urgent-none = Nothing urgent
home-waiting-title = Waiting for your answer
home-waiting-none = Nobody waits for an answer
home-unseen-title = Unread by patient
home-unseen-hint = { $count ->
    [one] Not opened for a day or longer. A call may reach them.
   *[other] Not opened for { $count } days or longer. A call may reach them.
}
home-unseen-none = { $count ->
    [one] Nothing you wrote has stayed unread for a day
   *[other] Nothing you wrote has stayed unread for { $count } days
}
home-call = Call instead:
home-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
home-all = Show all
clinic-title = Your clinic
clinic-open = Open now, until { $time }
clinic-later = Closed now. Opens today at { $time }
clinic-on = Closed now. Opens { $day } { $time }
clinic-emergency = In an emergency
lasted-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
lasted-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
lasted-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

## Conversation list
conversations = Conversations
new-conversation = New conversation
search-clear = Clear search
search-all = Search people and messages
search-filters = Narrow the search
search-from-me = From me
search-from-them = From them
search-only-with = Only with { $name }
search-with-link = With a link
search-since-day = From
search-until-day = To
search-messages = Messages
search-messages-with = Messages with { $name }
search-more = Show more
search-looking = Searching
search-found = { $count ->
    [0] No message found
    [one] { $count } message found
   *[other] { $count } messages found
}
search-none-title = Nothing found
search-none = No person and no message matches “{ $search }”.
search-no-messages = No message matches.
search-hint = Type a name, a word or a part of one.
search-recent = Recent searches
search-forget = Clear recent searches
search-since = Searched since { $date }; older messages are still loading.
search-since-offline = Searched since { $date }; older messages will load when you are back online.
search-asking = Searched since { $date } on this computer; the server is being asked for older messages.
search-partly = Searched since { $date } on this computer. The server searched what it could: it is still making older messages searchable.
search-fully = All messages searched, those before { $date } by the server.
search-failed = Searched since { $date }; the server cannot be asked for older messages at the moment.
search-preparing = Messages on this computer are being made searchable: { $percent } % done.
filter-label = Show
filter-all = All
filter-unread = Unread
filter-urgent = Urgent
filter-archived = Archived
filter-waiting = Waiting for me
filter-unseen = Unread by patient
list-loading = Loading conversations
list-empty-title = No conversations yet
list-empty-practitioner = Start one with a patient you are linked with.
list-empty-patient = Start one with somebody of your care team.
list-empty-start = Start a conversation
list-none-unread-title = All read
list-none-unread = No conversation has unread messages.
list-none-urgent-title = Nothing urgent
list-none-urgent = No conversation has an unread urgent message.
list-none-archived-title = Nothing archived
list-none-archived = Conversations you archive are kept here. They come back by themselves with the next message.
list-none-waiting-title = Everybody answered
list-none-waiting = No conversation ends with a patient’s message.
list-none-unseen-title = Everything seen
list-none-unseen = { $count ->
    [one] Your patients have read what you wrote more than a day ago.
   *[other] Your patients have read what you wrote more than { $count } days ago.
}
list-show-all = Show all conversations
list-resize = Width of the conversation list
preview-you = You:
preview-retracted = Message taken back
preview-retracted-own = You took a message back
preview-draft = Draft:
preview-draft-offered = Draft from your other device
preview-failed = Not sent:
preview-none = No messages yet
preview-sensitive = Sensitive conversation
preview-typing = typing…
row-unread = { $count ->
    [one] { $count } unread message
   *[other] { $count } unread messages
}
row-pinned = Pinned
row-muted = Muted
row-marked-unread = Marked unread
row-unseen-since = Not read since { $date }
row-more = More about the conversation with { $name }
room-menu = Conversation with { $name }
room-pin = Pin to the top
room-unpin = Unpin
room-mute-hour = Mute for 1 hour
room-mute-eight-hours = Mute for 8 hours
room-mute-forever = Mute until I turn it on
room-unmute = Unmute
room-unmute-until = Unmute (muted until { $time })
room-mark-unread = Mark as unread
room-mark-read = Mark as read
room-archive = Archive
room-unarchive = Take out of the archive
list-archived = Conversation with { $name } archived
list-undo = Undo
list-not-kept = That could not be saved on this computer.
urgent = Urgent

## Conversation
conversation-pick-title = Choose a conversation
conversation-pick = Your conversations are on the side. Everything you have read before can be read offline, too.
conversation-loading = Loading messages
conversation-typing = { $name } is typing
presence-online = Online
presence-seen-today = Last seen { $time }
presence-seen-yesterday = Last seen yesterday at { $time }
presence-seen-on = Last seen { $date }
conversation-back = Back to conversations
conversation-details = Details about { $name }
details-close = Close details
conversation-start-title = The start of your conversation with { $name }
conversation-empty-title = No messages yet
conversation-empty = Write the first message to { $name } below.
messages-with = Messages with { $name }
day-today = Today
day-yesterday = Yesterday
new-messages = { $count ->
    [one] { $count } new message
   *[other] { $count } new messages
}
jump-to-latest = Jump to latest
jump-to-latest-new = { $count ->
    [one] Jump to latest, { $count } new message
   *[other] Jump to latest, { $count } new messages
}
gap-loading = Fetching messages from the server…
gap-waiting = { $count ->
    [one] { $count } message is not on this computer yet. It is fetched when you are connected.
   *[other] { $count } messages are not on this computer yet. They are fetched when you are connected.
}
role-patient = Patient
role-practitioner = Practitioner
role-admin = Administrator
age-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
patient-since = Patient since { $year }
fact-born = Born
fact-born-value = { $date } ({ $age })
fact-role = Role
fact-profession = Profession
fact-record-number = Record number
fact-phone = Phone
fact-language = Language
fact-local-time = Local time
phone-call = Call { $number }
fact-patient-since = Patient since
fact-since = Joined
details-about = About

## Messages
message-label = { $sender }: { $text } { $details }
message-you = You
state-waiting = Waiting to be sent
state-sent = Sent
state-delivered = Delivered
state-read = Read
state-failed = Not sent
state-stale = Not sent
message-edited = edited
message-retracted = This message was taken back
message-retracted-own = You took this message back
message-urgent = Urgent
message-written-delivered = Written { $written }, delivered { $delivered }
message-written-sent = Written { $written }, sent { $sent }
message-retry = Retry
message-send-now = Send now
message-delete = Delete
message-failed = Not sent: { $reason }
message-stale = Your clinic has NOT received this message: it waited too long for a connection. If it is still right, send it now; if not, delete it.
message-stale-practitioner = { $name } has NOT received this message: it waited too long for a connection. If it is still right, send it now; if not, delete it.
stale-notice = { $count ->
    [one] Your clinic has NOT received { $count } message. Read it once more before you send it.
   *[other] Your clinic has NOT received { $count } messages. Read them once more before you send them.
}
stale-notice-practitioner = { $count ->
    [one] { $name } has NOT received { $count } message. Read it once more before you send it.
   *[other] { $name } has NOT received { $count } messages. Read them once more before you send them.
}
stale-send-all = Send all
state-saving = Saving…
state-not-saved = Change not saved
message-actions = What to do with this message
message-react = React
message-reply = Reply
quote-visit = Go to this message
quote-of = Reply to
quote-label = Reply to { $name }: { $text }
quote-retracted = Message taken back
quote-unknown = Message not on this computer yet
message-copy = Copy text
message-more = More
message-edit = Edit
message-versions = Show earlier versions
message-details = Message details
message-take-back = Take back
message-copied = Copied
message-not-copied = The text could not be copied. Select it and copy it yourself.
message-reactions = Reactions
message-not-changed = Change not saved: { $reason }
message-not-taken-back = Not taken back: { $reason }
message-keep = Discard change
reaction-both = You and { $name }
reaction-label = { $emoji } { $count }, { $who }
refused-forbidden = you may not write here any more.
refused-too-large = it is too long.
refused-empty = it is empty.
refused-gone = this conversation is no longer available.
refused-no-original = the message it replies to is not in this conversation.
refused-conflict = another message with the same number exists.
refused-invalid = the server does not accept this text.
refused-other = the server did not accept it.

## Composer
composer-label = Message to { $name }
composer-placeholder = Write to { $name }
composer-send = Send
composer-urgent = Mark as urgent
composer-send-urgent = Send as urgent
composer-hint-enter = Enter to send · Shift+Enter for a new line
composer-hint-shift-enter = Shift+Enter to send · Enter for a new line
composer-left = { $count ->
    [one] { $count } character left
   *[other] { $count } characters left
}
composer-over = { $count ->
    [one] { $count } character too many
   *[other] { $count } characters too many
}
composer-closed = You can read this conversation, but no longer write in it: you and { $name } are no longer linked.
draft-offer = Draft from your other device
draft-offer-take = Use this one
draft-offer-append = Add it below
draft-offer-drop = Discard it
draft-arrived = The draft is now as you left it at your other device.
composer-not-kept = This text is not kept yet. It is lost if you close Bedside now.
composer-not-kept-long = It is too long to be kept as a draft. Shorten it, or send it in parts.
composer-editing = Editing message
composer-edit-cancel = Cancel editing
reply-to = Reply to { $name }
reply-to-own = Reply to your own message
reply-cancel = Cancel reply
composer-edit-label = New text of your message to { $name }
composer-edit-placeholder = Nothing left: saving offers to take the message back
composer-save = Save
composer-hint-save-enter = Enter to save · Esc to cancel
composer-hint-save-shift-enter = Shift+Enter to save · Esc to cancel

## Emoji
emoji-insert = Insert emoji
emoji-all = All emoji
emoji-search = Search emoji
emoji-none = No emoji found.
emoji-groups = Groups of emoji
emoji-recent = Used last
emoji-smileys = Smileys and feelings
emoji-people = People
emoji-animals = Animals and nature
emoji-food = Food and drink
emoji-travel = Travel and places
emoji-activities = Activities
emoji-objects = Objects
emoji-symbols = Symbols
emoji-flags = Flags
emoji-tone = Skin tone
emoji-tone-light = light skin tone
emoji-tone-medium-light = medium-light skin tone
emoji-tone-medium = medium skin tone
emoji-tone-medium-dark = medium-dark skin tone
emoji-tone-dark = dark skin tone
emoji-in-tone = { $name }: { $tone }
emoji-in-two-tones = { $name }: { $tone }, { $other }
emoji-with-tones = { $name } (hold for skin tones)
emoji-tones-of = Skin tones of “{ $name }”
emoji-tones-back = Back to all emoji
emoji-found = { $count ->
    [one] { $count } emoji found
   *[other] { $count } emoji found
}
emoji-suggestions = Emoji for this name
emoji-offered = { $count ->
    [one] { $count } emoji for this name. Enter inserts it.
   *[other] { $count } emoji for this name. Arrows choose, Enter inserts.
}

## Quick replies
quick-replies = Quick replies
quick-replies-lead = Ready-made texts. Put one into a message with the button beside the box, or type / in an empty box.
quick-replies-own = My quick replies
quick-replies-clinic = The clinic’s
quick-replies-offline = You can use them now; to change them, this computer must be connected.
quick-replies-offered = { $count ->
    [one] { $count } quick reply. Enter inserts it.
   *[other] { $count } quick replies. Arrows choose, Enter inserts.
}
quick-reply-insert = Insert a quick reply
quick-reply-add = Add a quick reply
quick-reply-new = New quick reply
quick-reply-change = Change quick reply
quick-reply-edit = Change “{ $name }”
quick-reply-up = Move “{ $name }” up
quick-reply-down = Move “{ $name }” down
quick-reply-title = Title
quick-reply-text = Text
quick-reply-hint = What stands in braces is filled in when you insert it.
quick-reply-placeholders = Insert into the text
quick-reply-missing = Nothing is written here yet.
quick-reply-remove = Delete
quick-reply-save = Save
placeholder-patient-first-name = patient first name
placeholder-my-name = my name
placeholder-clinic-name = clinic name
placeholder-clinic-phone = clinic phone
placeholder-next-opening = next opening
opening-moment = { $day }, { $time }
unfilled-title = A gap in your message
unfilled-text = Your message still says { $placeholder }. Bedside does not know what belongs there.
unfilled-back = Go back and fill it in
unfilled-send = Send it as it is

## Connection bar
bar-connecting = Connecting…
bar-reconnecting = Reconnecting… You can read everything and write.
bar-offline = Offline. You can read everything and write; messages will be sent when you’re back.
bar-limited = Limited connection. Messages are sent and received, a little more slowly.
bar-signed-out = You are signed out. You can read and write; messages are sent once you sign in again.
bar-wrong-server = This app and your clinic’s server do not understand each other. You can read; messages are sent after an update.
bar-refused = Your clinic’s server opens no conversations to this account. You can read what is kept here; nothing is sent or received. Ask your clinic, or sign out in the settings.
bar-waiting = { $count ->
    [one] { $count } message is waiting.
   *[other] { $count } messages are waiting.
}
bar-try-now = Try now
bar-sign-in = Sign in

## Sign-in and the screens before the conversations
sign-in-title = Sign in to Bedside
sign-in-lead = Secure conversations between patients and practitioners.
sign-in-server = Server address
sign-in-server-hint = Your clinic gave you this address, for example chat.example.org.
sign-in-username = User name
sign-in-password = Password
sign-in-password-show = Show password
sign-in-password-hide = Hide password
sign-in-passphrase = Passphrase for this computer
sign-in-passphrase-hint = This computer has no keychain. The passphrase protects the messages kept here; you will need it each time you start Bedside. Nobody can recover it.
sign-in-passphrase-repeat = Repeat the passphrase
sign-in-passphrase-differs = This is not the same passphrase.
sign-in-submit = Sign in
sign-in-busy = Signing in…
sign-in-ended = Your session was ended
sign-in-ended-text = The server signed this computer out. Sign in again to go on; what is kept here is still here.
sign-in-again-title = Sign in again
sign-in-again-lead = Your session ended. What you wrote is kept and will be sent once you are signed in.
field-missing = Please fill this in.
unlock-title = Unlock Bedside
unlock-lead = The messages on this computer are protected by your passphrase.
unlock-passphrase = Passphrase
unlock-submit = Unlock
unlock-busy = Unlocking…
unlock-forgotten = Forgotten the passphrase?
unlock-lead-code = Bedside is locked. Messages go on arriving.
unlock-code = Lock code
unlock-forgotten-code = Forgotten the code?
unlock-code-wrong = The code is wrong.
unlock-code-wrong-do = Try again. After several wrong ones you have to wait.
broken-key-lost-title = The key to the messages on this computer is gone
broken-key-lost-text = This computer’s keychain no longer has it; without it nobody can read the file. Messages the server has received are safe there. Start anew to fetch them again.
broken-keychain-title = This computer’s keychain does not answer
broken-keychain-text = It holds the key to the messages kept here. Unlock the keychain, or sign in to this computer again, and try again. Nothing has been changed or lost.
broken-in-use-title = Bedside is open already
broken-in-use-text = Another window, or another person signed in to this computer, has these messages open. Close Bedside there and try again.
broken-disk-title = This computer’s disk cannot be used
broken-disk-text = It is full, gone or cannot be written. Free some space or connect it again, then try again. Nothing has been changed or lost.
broken-title = The messages on this computer cannot be opened
broken-text = Bedside has left the file as it is. Messages the server has received are safe there. Try again; if that does not help, ask your clinic’s support, or start anew.
broken-newer-title = This computer’s messages were written by a newer Bedside
broken-newer-text = Update Bedside to open them. Nothing has been changed or lost.
broken-still = It still does not open.
broken-retry = Try again
broken-retry-busy = Opening…
fresh-start = Start anew…
fresh-start-title = Start anew on this computer?
fresh-start-back = You sign in again, and everything the server has received comes back.
fresh-start-lost = Messages written here that were not sent yet, and drafts, do not come back and are not sent. The old file is put aside, not deleted: should it open again, your clinic’s support can get them out of it.
fresh-start-do = Start anew
fresh-start-busy = Starting anew…
opening = Opening Bedside

## Errors: what happened, and what to do
error-wrong-credentials = User name or password is wrong.
error-wrong-credentials-do = Check both and try again. Capital letters matter in the password.
error-too-many-attempts = Too many attempts.
error-too-many-attempts-do = { $seconds ->
    [one] Wait { $seconds } second, then try again.
   *[other] Wait { $seconds } seconds, then try again.
}
error-invalid-server = This is not a usable server address.
error-invalid-server-do = It looks like chat.example.org and must be reached by https.
error-unreachable = No answer from this server.
error-unreachable-do = Check the address and your internet connection, then try again.
error-not-bedside = There is no Bedside server at this address.
error-not-bedside-do = Check the address. In a hotel or hospital network you may have to sign in to the network first.
error-certificate = The server’s certificate is not trusted.
error-certificate-do = Nothing was sent. Check the address and this computer’s date, or ask your clinic.
error-incompatible = This app and the server do not understand each other.
error-incompatible-do = Update Bedside, or ask your clinic which version it uses.
error-other-account = The messages kept here belong to another person.
error-other-account-do = Sign in as that person and sign out properly, or ask for a profile of your own.
error-administrator = This is an administrator’s account. It has no conversations, so there is nothing to show here.
error-administrator-do = Sign in with a practitioner’s or a patient’s account. People and the clinic are managed on the server, with “bedside-server admin”.
error-passphrase-needed = A passphrase is needed.
error-passphrase-needed-do = Choose one to protect the messages kept on this computer.
error-wrong-passphrase = The passphrase is wrong.
error-wrong-passphrase-do = Try again. Capital letters matter.
error-no-lock-code = There is no lock code yet.
error-no-lock-code-do = Set one in the settings under “Lock”.
error-bad-lock-code = The code is too short or too long.
error-bad-lock-code-do = Choose at least 4 characters, and 128 at most.
error-cache-unreadable = The messages on this computer cannot be opened.
error-cache-unreadable-do = The file was left as it is. Ask your clinic’s support.
error-cache-in-use = Bedside is open already with these messages.
error-cache-in-use-do = Close it there and try again.
error-cache-newer = The messages kept here were written by a newer Bedside.
error-cache-newer-do = Update Bedside to open them.
error-disk = This computer’s disk is full or cannot be written.
error-disk-do = Nothing was stored. Free some space and try again.
error-unsent = { $count ->
    [one] { $count } message or change has not been sent.
   *[other] { $count } messages and changes have not been sent.
}
error-unsent-do = Wait until it is sent, or lose it by signing out.
error-empty-message = The message is empty.
error-empty-message-do = Write something first.
error-message-too-long = { $over ->
    [one] The message is { $over } character too long.
   *[other] The message is { $over } characters too long.
}
error-message-too-long-do = Shorten it, or send it in two parts.
error-not-changeable = This message can no longer be changed.
error-not-changeable-do = It was taken back, or the conversation has ended.
error-not-discardable = This message can no longer be deleted here.
error-not-discardable-do = The server may already have it.
error-not-signed-in = You are not signed in.
error-not-signed-in-do = Sign in and try again.
error-offline = This needs a connection.
error-offline-do = Try again when you are connected.
error-not-found = This is no longer there.
error-not-found-do = Choose another conversation.
error-refused = The server refused this.
error-refused-do = Try again later, or ask your clinic.
error-internal = Something went wrong in Bedside.
error-internal-do = Nothing was lost. Try again; if it happens again, restart Bedside.

## Dialogs
dialog-close = Close
dialog-cancel = Cancel
link-failed = The link could not be opened.
link-failed-do = Copy it and open it yourself, or try again.
link-refused-do = Bedside does not open links of this kind.
take-back-title = Take this message back?
take-back-text = The message will no longer be shown to { $name }. It stays in the clinic’s record.
urgent-title = Send as urgent?
urgent-text = The message stays at the top of { $name }’s list until it is opened.
urgent-sms = The clinic may also announce it by SMS.
urgent-emergency = In an emergency, do not wait for an answer here. Call { $number }.
urgent-not-watched = Nobody may be looking at messages right now.
urgent-send = Send as urgent
moments-title = Message details
moments-written = Written
moments-sent = Sent
moments-delivered = Delivered
moments-read = Read
moments-edited = Last edited
moments-retracted = Taken back
moments-not-yet = Not yet
moments-asking = Asking the server…
moments-unknown = Time not known
moments-offline = The server cannot be asked now, so some times are missing.
moments-is-theirs = From { $name }.
moments-is-waiting = On this device only, waiting to be sent to { $name }.
moments-is-sent = The clinic’s server has it. No device of { $name } has received it yet.
moments-is-delivered = A device of { $name } has received it. It has not been read yet.
moments-is-read = { $name } has read it.
moments-is-failed = It was not sent to { $name }.
moments-is-stale = It was not sent to { $name }: it had waited too long.
versions-title = Versions of this message
versions-now = Now
versions-loading = Fetching earlier versions from the server…
versions-retry = Try again
people-title = New conversation
people-search = Search by name
people-loading = Loading people
people-empty = You are not linked with anybody yet. Your clinic links patients and practitioners.
people-none-found = Nobody called “{ $search }”.
people-has-room = Open conversation
people-opening = Opening…
keys-title = Keyboard
key-control = Ctrl
key-escape = Esc
keys-switch = Switch conversation
keys-search = Search people and messages
keys-find = Search in this conversation
keys-previous = Previous conversation
keys-next = Next conversation
keys-close = Close or go back
keys-home = Home page
keys-conversations = Conversations
keys-alerts = Alerts
keys-settings = Settings
keys-regions = Move between regions
keys-messages = Move between messages
keys-actions = What to do with the message in focus
keys-emoji = Insert an emoji by name: two letters, then Enter
keys-room-menu = What to do with the conversation in focus
keys-reply = Reply to the message in focus
keys-quick-reply = Insert a quick reply, from an empty box
keys-edit-last = Edit your last message, from an empty box
keys-help = This list

## Settings
settings = Settings
settings-appearance = Appearance
settings-theme = Colours
theme-system = As the system
theme-light = Light
theme-dark = Dark
settings-text-size = Text size
settings-text-size-value = { $percent } %
settings-language = Language
settings-language-system = As the system
settings-writing = Writing
settings-enter-sends = Enter sends
settings-enter-sends-hint = When off, Enter begins a new line and Shift+Enter sends.
settings-unseen-days = Tell me that a patient has not read something after
settings-share-drafts = Share drafts with my other devices
settings-share-drafts-hint = What you have begun to write is kept on the clinic’s server until you send it, so that you can go on at another device where this is on as well. Only you can see it. When you turn it off, what this device has shared is removed there.
settings-notifications = Notifications
settings-notify = Tell me about new messages
settings-notify-hint = As notifications of your computer, also while the window is closed.
notices-content = A notification says
notices-nothing = New message
notices-name = And the name
notices-name-and-text = Name and text
notices-content-hint = It shows no name and no text, whoever looks at your screen.
notices-content-seen = Whoever sees your screen can read this. Not used while Bedside is locked, nor for conversations you mark as sensitive.
notices-clinic-nothing = A notification says “New message”, without a name or text. Your clinic does not allow more.
notices-clinic-name = Your clinic does not allow the text of messages in notifications.
notices-sound = Sound
notices-sound-off = None
notices-sound-chime = Chime
notices-sound-drop = Drop
notices-sound-bell = Bell
notices-volume = Volume
notices-volume-value = { $percent } %
notices-pause = Do not disturb
notices-pause-hour = For 1 hour
notices-pause-tomorrow = Until tomorrow morning
notices-pause-off = Turn off
notices-paused = Until { $time }
notices-quiet = Quiet hours
notices-quiet-hint = At these times of every day this computer tells you of nothing.
notices-urgent = Urgent messages get through
notices-urgent-hint = They are told of during quiet hours and when you do not want to be disturbed.
room-sensitive = Sensitive conversation
room-sensitive-hint = Notifications never name it and never show its text, and the list does not show its last words. On this computer only.
room-notices-usual = As for the others
reply-wait = No reply?
reply-wait-hint = This computer tells you if no reply has come by then, also without a connection.
reply-wait-hours = In 4 hours
reply-wait-tomorrow = Tomorrow, 9:00
reply-wait-days = In 3 days
reply-wait-at = Tell me if there is none by
reply-wait-off = Don’t tell me
reply-wait-until = If no reply has come by { $time }, you are told.
reply-wait-over = No reply had come by { $time }.
row-reply-awaited = a reply is awaited
row-reply-over = no reply has come in time
notices-test-label = Do notifications reach you?
notices-test = Send a test
notices-test-busy = Each step is being tried…
hop-passed = works
hop-but = works, but
hop-failed = does not work
hop-server = The clinic’s server answers
hop-socket = New messages arrive at once
hop-settings = Notifications are on
hop-desktop = Your computer shows notifications
hop-shown = The test notification was shown
hop-sound = The sound was played
hop-unreachable = The server does not answer. Check your network, or ask your clinic whether it is running.
hop-signed-out = Your session has ended. Sign in again.
hop-limited = They come a little later: your network does not let a permanent connection through. Ask whoever runs it to allow WebSocket.
hop-not-connected = There is no connection to the server. Messages come as soon as there is one again.
hop-turned-off = They are turned off above. Turn on “Tell me about new messages”.
hop-paused = You have asked not to be disturbed. Turn that off above to be told again.
hop-quiet-hours = These are your quiet hours; you are told again when they end.
hop-no-desktop = Nothing on this computer shows notifications. Turn them on in your system’s settings, or install a notification service.
hop-do-not-disturb = Your computer is set not to disturb you, so it may keep them back. Bedside makes no sound meanwhile.
hop-refused = Your computer refused it. Allow notifications for Bedside in your system’s settings.
hop-no-audio = Nothing on this computer plays sound. Check that speakers are connected and turned on.
hop-silent = Sound is turned off above.
settings-window = Window
settings-close-to-tray = Keep running when the window is closed
settings-close-to-tray-hint = You go on getting messages. To quit, use the icon in the system tray.
settings-start-with-session = Start when I sign in to this computer
settings-start-with-session-hint = So that you are told of messages without opening Bedside first.
settings-start-hidden = Start without a window
settings-start-hidden-hint = Only the icon in the system tray appears. Without a system tray the window opens as usual.
settings-lock = Lock
lock-by-passphrase = “Lock” hides everything until you type your passphrase. Messages go on arriving.
lock-by-code = “Lock” hides everything until you type your code. Messages go on arriving.
lock-by-nothing = With a code you can lock Bedside while you are away from this computer. Messages go on arriving.
lock-set = Set a code
lock-change = Change the code
lock-kept = Saved.
lock-before = Code until now
lock-code = New code
lock-code-hint = At least { $least } characters. If you forget it, you sign in again, and messages that were not sent yet are lost.
lock-save = Save
lock-remove = Remove the code
settings-privacy = Privacy
settings-hide-presence = Hide when I am online
settings-hide-presence-hint = Nobody you write with sees whether you are online or when you were last here. You do not see it of them either.
settings-asking = Asking your clinic’s server…
settings-needs-connection = Your clinic’s server keeps this. Connect to see it or change it.
settings-account = Account
settings-server = Server
settings-profile = Profile
settings-version = Version
settings-not-saved = The setting could not be kept.
sign-out = Sign out
sign-out-title = Sign out?
sign-out-text = You will need your password to come back. Your conversations stay on the server.
sign-out-erase = Also remove the messages kept on this computer
sign-out-lose = Sign out and lose them
sign-out-busy = Signing out…
sign-out-unsent = { $count ->
    [one] { $count } message or change has not been sent. Signing out loses it.
   *[other] { $count } messages and changes have not been sent. Signing out loses them.
}

## Thinking over what is to be sent
think-over-back = Go back
think-over-send = Send anyway
think-over-save = Save anyway
other-patient-title = Another patient?
other-patient-named = This mentions { $name }.
other-patient-to = You are writing to { $name }.
matched-name = name
matched-birth-date = date of birth
matched-record-number = record number
emergency-title = Could this be an emergency?
emergency-text = What you write may be a sign of something that cannot wait: { $signs }.
emergency-do = If it is happening now, call { $number } straight away. Do not wait for an answer here.
emergency-unread = Messages are not watched around the clock.
emergency-call = Call { $number }
care-title = You are not alone with this
care-text = What you write sounds very heavy. Thank you for putting it into words. Please talk to somebody now, and do not stay alone: someone you trust, or people who are there for exactly this.
care-call = You can call { $number } at any hour. Say that you are thinking of suicide; they will take you seriously.
clinic-hours = When somebody is at the clinic
clinic-phone = Call the clinic:
danger-chest-pain = pain or pressure in the chest
danger-stroke = signs of a stroke
danger-breathing = trouble breathing
danger-bleeding = heavy bleeding
danger-anaphylaxis = a severe allergic reaction
danger-unconscious = loss of consciousness or a seizure
danger-head-injury = a head injury
danger-poisoning = poisoning or an overdose
danger-pregnancy = a complication in pregnancy
danger-infant-fever = fever in a young baby

# Alerts: what came while one was away, and what the clinic's platform tells.
alerts-show = Show
alerts-all = All
alerts-unread = Unread
alerts-urgent = Urgent
alerts-mark-all = Mark all as read
alerts-loading = Alerts are being loaded
alerts-away = Alerts cannot be shown now
alerts-none = No alerts
alerts-none-text = What comes while you are away is listed here.
alerts-message = New message
alerts-message-urgent = Urgent message
alerts-is-unread = unread

# Being reached outside the app.
settings-outreach = When you are away
settings-outreach-lead = Bedside can tell you that something waits for you when you have not read it. It never says from whom or what.
settings-outreach-none = Your clinic does not send e-mails or text messages.
outreach-email = E-mail
outreach-sms = Text message
outreach-email-address = E-mail address
outreach-email-hint = A code is sent there to confirm that it is yours.
outreach-email-sent = A code was sent to { $address }. It is valid for 15 minutes.
outreach-sms-number = Mobile number
outreach-sms-hint = With the country, for example +44 7700 900123. A code is sent there.
outreach-sms-sent = A code was sent to { $address }. It is valid for 15 minutes.
outreach-code-field = Code
outreach-send-code = Send code
outreach-confirm = Confirm
outreach-other = Use another
outreach-remove = Remove
outreach-refused = That did not work
outreach-refused-do = Check the address or the code. A code is valid for 15 minutes and can be tried five times.
outreach-email-after = E-mail if unread for
outreach-sms-after = Text message if unread for
outreach-sms-for = Text messages for
outreach-sms-urgent = Urgent messages
outreach-sms-all = All messages
outreach-reminder = Repeat for urgent messages
outreach-reminder-none = Never
outreach-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
outreach-quiet = Quiet hours
outreach-quiet-hint = Only what is urgent is sent in this time.
outreach-quiet-from = From
outreach-quiet-to = To

# Finding in a conversation
find-label = Search in this conversation
find-older = Previous match
find-newer = Next match
find-close = Close search
find-none = Nothing found
find-count = { $at } of { $total }
find-count-more = { $at } of more than { $total }
find-since = since { $date }, still loading
find-preparing = still being prepared

# Taking conversations along, and looking whether such a file was changed.
settings-download = Downloads
download = Download chat history
download-all = Download all conversations
download-title = Download the conversation with { $name }
download-begin = Download
download-format = Format
download-html = Web page (HTML)
download-html-hint = Opens in any browser, prints well.
download-text = Plain text
download-text-hint = Opens everywhere.
download-csv = Table (CSV)
download-csv-hint = For spreadsheets: one line for each message.
download-json = JSON
download-json-hint = Everything, for programs, by a published schema.
download-fhir = FHIR (R4)
download-fhir-hint = For the import into a clinic’s system.
download-days = Days
download-from = From
download-to = To
download-seal = Show changes
download-seal-hint = A ZIP file that shows whether anything in it was changed. Made online, it is signed by your clinic’s server.
download-password = Password (optional)
download-password-hint = Encrypts the file, as a ZIP (AES-256). Nobody can open it without the password, not even you: there is no way to find it out again.
download-password-short = A password needs at least 10 characters.
download-open = The file itself is not protected
download-open-do = Whoever gets hold of it can read it. Keep it where only you can reach it, or give it a password.
download-from-server = Your clinic’s server makes the file: complete, with earlier texts and with the times of delivery and reading.
download-from-device = There is no connection, so the file is made from the copy on this device. It is not signed, and says what is missing.
download-choose = Choose where to save
download-beginning = Making the file
download-came = { $size } kB received
download-written = { $done } of { $total } messages written
download-finished = Saved as { $file }.
download-finished-device = It was made from the copy on this device and is not signed.
download-missing = { $count ->
    [one] One message is not on this device and is missing in the file
   *[other] { $count } messages are not on this device and are missing in the file
}
download-missing-do = Download it again when there is a connection, and it is complete.
download-cancelled = Nothing was saved.
download-again = Try again
download-switched-off = Your clinic has switched this off
download-switched-off-do = Practitioners cannot download conversations here. Ask your clinic’s administrator.
download-disk = The file could not be written
download-disk-do = The disk may be full or the folder read-only. Nothing was left behind. Choose another place, or make room, and try again.
check-title = Check a downloaded file
check-hint = Says whether anything in a ZIP file from Bedside was changed, and who signed it. The file stays on this device.
check-choose = Choose a file
check-looking = Looking at every byte
check-intact = { $file } is as it was made
check-messages = { $count ->
    [one] One message.
   *[other] { $count } messages.
}
check-by-clinic = Signed by your clinic’s server.
check-by-nobody = Not signed: it was made from the copy on a device.
check-by-other = Signed, but not by your clinic: the key is { $key }.
check-by-unknown = Signed with the key { $key }. Whether it is your clinic’s can be told when there is a connection.
check-locked = What is in it, and who signed it, is behind its password.
check-password = Password of the file
check-unlock = Look inside
check-changed = { $file } was changed
check-incomplete = { $file } is incomplete
check-cut-off = The end of the file is missing.
check-wrong-password = The password does not open { $file }
check-wrong-password-do = Try again. Upper and lower case matter.
check-no-package = { $file } carries nothing to check it by
check-no-package-do = Only ZIP files made by Bedside do.
