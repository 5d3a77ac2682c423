# Infobereich, Benachrichtigungen und Dialoge der Hülle.

tray-open = Bedside öffnen
tray-unread = { $count ->
    [0] Keine ungelesenen Nachrichten
    [one] { $count } ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}
tray-pause = Nicht stören
tray-pause-hour = 1 Stunde lang
tray-pause-tomorrow = Bis morgen früh
tray-pause-off = Ausschalten
tray-lock = Bedside sperren
tray-quit = Bedside beenden
tray-tooltip = Bedside
tray-tooltip-unread = { $count ->
    [one] Bedside: { $count } ungelesene Nachricht
   *[other] Bedside: { $count } ungelesene Nachrichten
}
notification-title = Neue Nachricht
notification-title-urgent = Dringende Nachricht
notification-body = Öffnen Sie Bedside, um sie zu lesen.
notification-open = Öffnen
notification-from = Neue Nachricht von { $name }
notification-from-urgent = Dringende Nachricht von { $name }
notification-sum = { $count ->
    [one] Neue Nachrichten in { $count } Unterhaltung
   *[other] Neue Nachrichten in { $count } Unterhaltungen
}
notification-sum-urgent = { $count ->
    [one] Neue Nachrichten in { $count } Unterhaltung, auch dringende
   *[other] Neue Nachrichten in { $count } Unterhaltungen, auch dringende
}
notification-no-reply = Noch keine Antwort
notification-no-reply-from = Noch keine Antwort von { $name }
notification-no-reply-body = Sie wollten es erfahren, wenn bis jetzt keine gekommen ist.
notification-mark-read = Als gelesen markieren
notification-reply = Antworten
notification-test-title = So meldet sich Bedside
notification-test-body = Wenn Sie das lesen können, funktionieren Benachrichtigungen.
notification-still-running-title = Bedside läuft weiter
notification-still-running-body = Sie erhalten weiterhin Nachrichten. Beenden können Sie Bedside über das Symbol im Infobereich.
window-title = Bedside
window-title-unread = { $count ->
    [one] ({ $count }) Bedside
   *[other] ({ $count }) Bedside
}
device-unnamed = Computer ({ $system })
link-title = Diesen Link öffnen?
link-text = Er öffnet sich in Ihrem Browser, außerhalb von Bedside. Öffnen Sie nur Links, die Sie erwarten.
link-text-program = Er öffnet sich in einem anderen Programm dieses Computers, außerhalb von Bedside. Öffnen Sie nur Links, die Sie erwarten.
link-open = Link öffnen

# Where a file goes, and which is looked at.
file-save-title = Chatverlauf speichern
file-save = Speichern
file-open-title = Heruntergeladene Datei prüfen
file-open = Öffnen
