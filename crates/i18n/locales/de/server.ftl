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

# Was Menschen außerhalb der App erreicht: nie ein Name, nie etwas aus einer Nachricht.
outreach-message = Sie haben eine neue Nachricht
outreach-message-body = Jemand hat Ihnen in Bedside geschrieben. Melden Sie sich an, um es zu lesen.
outreach-urgent = Eine dringende Nachricht wartet auf Sie
outreach-urgent-body = In Bedside wartet eine als dringend markierte Nachricht auf Sie, die noch nicht gelesen wurde.
outreach-notice = Sie haben eine neue Mitteilung
outreach-notice-body = In Bedside gibt es etwas Neues für Sie. Melden Sie sich an, um es zu sehen.
outreach-open-page = Im Browser öffnen
outreach-open-app = In der Bedside-App öffnen
outreach-why = Sie erhalten dies, weil Bedside Ihnen auf Ihren Wunsch sagt, was Sie noch nicht gelesen haben. Auf diese E-Mail kann nicht geantwortet werden.
outreach-stop = Diese E-Mails beenden
outreach-code = Ihr Code für Bedside
outreach-code-body = Geben Sie diesen Code in Bedside ein, um zu bestätigen, dass diese Adresse Ihnen gehört. Er gilt 15 Minuten.
outreach-code-unasked = Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun.
outreach-code-sms = { $code } ist Ihr Code für Bedside. Er gilt 15 Minuten.
page-stop-title = Diese E-Mails beenden?
page-stop-what = Bedside sagt Ihnen dann auf diesem Weg nicht mehr, was Sie noch nicht gelesen haben. In den Einstellungen der App können Sie es wieder einschalten.
page-stop-do = Beenden
page-stopped-title = Beendet
page-stopped-what = Sie erhalten keine weiteren. In den Einstellungen der App können Sie sie wieder einschalten.
