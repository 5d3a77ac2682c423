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
