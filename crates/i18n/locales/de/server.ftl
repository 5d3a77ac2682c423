# Seiten, die der Server selbst erzeugt.

page-sign-in = Anmelden
page-sign-in-title = Bei Bedside anmelden
page-username = Benutzername
page-password = Passwort
page-wrong-credentials = Benutzername oder Passwort ist falsch. Bitte versuchen Sie es noch einmal.
page-too-many-attempts = Zu viele Versuche. Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal.
page-sign-out = Abmelden
page-conversations = Unterhaltungen
page-no-conversations = Sie haben noch keine Unterhaltungen.
page-administrator-title = Ein Verwaltungskonto
page-administrator = Dieses Konto hat keine Unterhaltungen. Personen und Praxis werden auf dem Server verwaltet, mit „bedside-server admin“.
page-administrator-do = Um Nachrichten zu lesen und zu schreiben, melden Sie sich ab, und melden Sie sich mit dem Konto einer behandelnden Person oder einer Patientin oder eines Patienten an.
page-unread = { $count ->
    [one] { $count } ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}
page-you = Sie
page-back = Alle Unterhaltungen
page-write = Nachricht schreiben
page-write-to = An { $name } schreiben
page-send = Senden
page-no-messages = Noch keine Nachrichten. Schreiben Sie unten die erste.
page-older = Ältere Nachrichten zeigen
page-retracted = Diese Nachricht wurde zurückgenommen.
page-edited = bearbeitet
page-urgent = Dringend
page-not-writable = Sie können diese Unterhaltung lesen, aber nicht mehr darin schreiben.
page-not-found = Diese Seite gibt es hier nicht.
page-error = Etwas ist schiefgegangen. Bitte versuchen Sie es noch einmal.
page-not-sent = Die Nachricht konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.
page-signed-out = Sie sind hier abgemeldet. Es wird nichts gesendet oder empfangen; was Sie geschrieben haben, steht noch im Feld.
page-missing = Zur Praxis besteht gerade keine Verbindung. Neue Nachrichten können fehlen; diese Seite versucht es weiter.
