# Pages the server renders itself.

page-sign-in = Sign in
page-sign-in-title = Sign in to Bedside
page-username = User name
page-password = Password
page-wrong-credentials = The user name or the password is wrong. Please try again.
page-too-many-attempts = Too many attempts. Please wait a moment and try again.
page-sign-out = Sign out
page-conversations = Conversations
page-no-conversations = You have no conversations yet.
page-administrator-title = An administrator’s account
page-administrator = This account has no conversations. People and the clinic are managed on the server, with “bedside-server admin”.
page-administrator-do = To read and write messages, sign out, and sign in with a practitioner’s or a patient’s account.
page-unread = { $count ->
    [one] { $count } unread message
   *[other] { $count } unread messages
}
page-you = You
page-back = All conversations
page-write = Write a message
page-write-to = Write to { $name }
page-send = Send
page-no-messages = No messages yet. Write the first one below.
page-older = Show older messages
page-retracted = This message was taken back.
page-edited = edited
page-urgent = Urgent
page-not-writable = You can read this conversation, but no longer write in it.
page-not-found = There is no such page here.
page-error = Something went wrong. Please try again.
page-not-sent = The message could not be sent. Please try again.
page-signed-out = You are signed out here. Nothing is sent or received; what you wrote is still in the box.
page-missing = There is no connection to the clinic at the moment. New messages may be missing; this page keeps trying.

# What reaches people outside the app: never a name, never anything of a message.
outreach-message = You have a new message
outreach-message-body = Somebody has written to you in Bedside. Sign in to read it.
outreach-urgent = An urgent message is waiting for you
outreach-urgent-body = A message marked as urgent is waiting for you in Bedside and has not been read yet.
outreach-notice = You have a new notification
outreach-notice-body = There is something new for you in Bedside. Sign in to see it.
outreach-open-page = Open in the browser
outreach-open-app = Open in the Bedside app
outreach-why = You are sent this because you asked Bedside to tell you about what you have not read. It cannot be answered.
outreach-stop = Stop these e-mails
outreach-code = Your code for Bedside
outreach-code-body = Type this code in Bedside to confirm that this address is yours. It is valid for 15 minutes.
outreach-code-unasked = If you did not ask for it, you need not do anything.
outreach-code-sms = { $code } is your code for Bedside. It is valid for 15 minutes.
page-stop-title = Stop these e-mails?
page-stop-what = Bedside will no longer tell you by this way about what you have not read. You can turn it on again in the settings of the app.
page-stop-do = Stop
page-stopped-title = Stopped
page-stopped-what = You will be sent no more of these. You can turn them on again in the settings of the app.
