# Infobereich, Benachrichtigungen und Dialoge der Hülle.

tray-open = Bedside öffnen
tray-unread = { $count ->
    [0] Keine ungelesenen Nachrichten
    [one] { $count } ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}
tray-quit = Bedside beenden
tray-tooltip = Bedside
tray-tooltip-unread = { $count ->
    [one] Bedside: { $count } ungelesene Nachricht
   *[other] Bedside: { $count } ungelesene Nachrichten
}
notification-title = Neue Nachricht
notification-body = Öffnen Sie Bedside, um sie zu lesen.
notification-open = Öffnen
notification-still-running-title = Bedside läuft weiter
notification-still-running-body = Sie erhalten weiterhin Nachrichten. Beenden können Sie Bedside über das Symbol im Infobereich.
window-title = Bedside
