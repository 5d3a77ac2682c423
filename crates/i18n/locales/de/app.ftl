# Die Oberfläche der App.


## Bereiche und Leiste
rail-label = Hauptnavigation
rail-home = Übersicht
rail-chat = Chat
rail-alerts = Hinweise
rail-alerts-unread = { $count ->
    [one] { $count } ungelesener Hinweis
   *[other] { $count } ungelesene Hinweise
}
rail-settings = Einstellungen
rail-lock = Sperren
rail-account = { $name }: { $connection }
connection-connecting = Verbindung wird aufgebaut
connection-live = verbunden
connection-limited = eingeschränkte Verbindung
connection-reconnecting = Verbindung wird wiederhergestellt
connection-offline = offline
connection-signed-out = abgemeldet
connection-wrong-server = Server nicht nutzbar
connection-refused = dieses Konto wird hier nicht angenommen
skip-to-messages = Zu den Nachrichten springen
skip-to-composer = Zum Schreiben springen

## Übersicht
home-done-title = Nichts wartet auf Sie
home-done = Nichts ist ungelesen oder dringend, und niemand wartet auf eine Antwort.
home-first-title = Hier ist noch nichts
home-first-practitioner = Hier wird stehen, was Sie braucht: ungelesene und dringende Nachrichten und wer auf eine Antwort wartet.
home-first-patient = Hier wird Ihr Behandlungsteam stehen, sobald Ihre Praxis Sie mit jemandem verbunden hat.
home-people-title = Ihr Behandlungsteam
home-write-first = Erste Nachricht schreiben
home-unsent-title = Noch nicht gesendet
home-parked = { $count ->
    [one] { $count } Nachricht wurde NICHT gesendet.
   *[other] { $count } Nachrichten wurden NICHT gesendet.
}
home-parked-do = Öffnen Sie die Unterhaltung, um sie noch einmal zu senden oder zu löschen.
home-unread-none = Alles gelesen
home-urgent-none = Nichts Dringendes
home-waiting-title = Warten auf Ihre Antwort
home-waiting-none = Niemand wartet auf eine Antwort
home-unseen-title = Vom Patienten ungelesen
home-unseen-hint = { $count ->
    [one] Seit mindestens einem Tag nicht geöffnet. Ein Anruf hilft vielleicht.
   *[other] Seit mindestens { $count } Tagen nicht geöffnet. Ein Anruf hilft vielleicht.
}
home-unseen-none = { $count ->
    [one] Nichts von Ihnen blieb einen Tag lang ungelesen
   *[other] Nichts von Ihnen blieb { $count } Tage lang ungelesen
}
home-call = Stattdessen anrufen:
home-more = { $count ->
    [one] und { $count } weitere
   *[other] und { $count } weitere
}
home-all = Alle zeigen
clinic-title = Ihre Praxis
clinic-open = Jetzt geöffnet, bis { $time }
clinic-later = Zurzeit geschlossen. Öffnet heute um { $time }
clinic-on = Zurzeit geschlossen. Öffnet { $day } { $time }
clinic-emergency = Im Notfall
lasted-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
lasted-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
lasted-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}

## Liste der Unterhaltungen
conversations = Unterhaltungen
new-conversation = Neue Unterhaltung
search-clear = Suche leeren
search-all = Personen und Nachrichten suchen
search-filters = Suche eingrenzen
search-from-me = Von mir
search-from-them = Von der anderen Seite
search-only-with = Nur mit { $name }
search-with-link = Mit Link
search-since-day = Von
search-until-day = Bis
search-messages = Nachrichten
search-messages-with = Nachrichten mit { $name }
search-more = Mehr anzeigen
search-looking = Wird gesucht
search-found = { $count ->
    [0] Keine Nachricht gefunden
    [one] { $count } Nachricht gefunden
   *[other] { $count } Nachrichten gefunden
}
search-none-title = Nichts gefunden
search-none = Keine Person und keine Nachricht passt zu „{ $search }“.
search-no-messages = Keine Nachricht passt.
search-hint = Geben Sie einen Namen, ein Wort oder einen Teil davon ein.
search-recent = Letzte Suchen
search-forget = Letzte Suchen löschen
search-since = Durchsucht seit { $date }; ältere Nachrichten werden noch geladen.
search-since-offline = Durchsucht seit { $date }; ältere Nachrichten werden geladen, sobald Sie wieder verbunden sind.
search-asking = Auf diesem Computer durchsucht seit { $date }; der Server wird nach älteren Nachrichten gefragt.
search-partly = Auf diesem Computer durchsucht seit { $date }. Der Server hat durchsucht, was er konnte: Ältere Nachrichten macht er noch durchsuchbar.
search-fully = Alle Nachrichten durchsucht, die vor dem { $date } vom Server.
search-failed = Durchsucht seit { $date }; der Server kann gerade nicht nach älteren Nachrichten gefragt werden.
search-preparing = Nachrichten auf diesem Computer werden durchsuchbar gemacht: { $percent } % fertig.
filter-label = Anzeigen
filter-all = Alle
filter-unread = Ungelesen
filter-urgent = Dringend
filter-archived = Archiviert
filter-waiting = Wartet auf mich
filter-unseen = Von Patienten ungelesen
list-loading = Unterhaltungen werden geladen
list-empty-title = Noch keine Unterhaltungen
list-empty-practitioner = Beginnen Sie eine mit einer Patientin oder einem Patienten, mit denen Sie verbunden sind.
list-empty-patient = Beginnen Sie eine mit jemandem aus Ihrem Behandlungsteam.
list-empty-start = Unterhaltung beginnen
list-none-unread-title = Alles gelesen
list-none-unread = In keiner Unterhaltung gibt es ungelesene Nachrichten.
list-none-urgent-title = Nichts Dringendes
list-none-urgent = In keiner Unterhaltung gibt es eine ungelesene dringende Nachricht.
list-none-archived-title = Nichts archiviert
list-none-archived = Hier liegen Unterhaltungen, die Sie archivieren. Mit der nächsten Nachricht kommen sie von selbst zurück.
list-none-waiting-title = Alle haben Antwort
list-none-waiting = Keine Unterhaltung endet mit der Nachricht einer Patientin oder eines Patienten.
list-none-unseen-title = Alles gesehen
list-none-unseen = { $count ->
    [one] Was Sie vor mehr als einem Tag geschrieben haben, ist gelesen worden.
   *[other] Was Sie vor mehr als { $count } Tagen geschrieben haben, ist gelesen worden.
}
list-show-all = Alle Unterhaltungen zeigen
list-resize = Breite der Unterhaltungsliste
preview-you = Sie:
preview-retracted = Nachricht zurückgenommen
preview-retracted-own = Sie haben eine Nachricht zurückgenommen
preview-draft = Entwurf:
preview-draft-offered = Entwurf von Ihrem anderen Gerät
preview-failed = Nicht gesendet:
preview-none = Noch keine Nachrichten
preview-sensitive = Vertrauliche Unterhaltung
preview-typing = schreibt …
row-unread = { $count ->
    [one] { $count } ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}
row-pinned = Angeheftet
row-muted = Stummgeschaltet
row-marked-unread = Als ungelesen markiert
row-unseen-since = Ungelesen seit { $date }
row-more = Mehr zur Unterhaltung mit { $name }
room-menu = Unterhaltung mit { $name }
room-pin = Oben anheften
room-unpin = Nicht mehr anheften
room-mute-hour = 1 Stunde stummschalten
room-mute-eight-hours = 8 Stunden stummschalten
room-mute-forever = Stummschalten, bis ich es aufhebe
room-unmute = Stummschaltung aufheben
room-unmute-until = Stummschaltung aufheben (bis { $time })
room-mark-unread = Als ungelesen markieren
room-mark-read = Als gelesen markieren
room-archive = Archivieren
room-unarchive = Aus dem Archiv holen
list-archived = Unterhaltung mit { $name } archiviert
list-undo = Rückgängig
list-not-kept = Das ließ sich auf diesem Computer nicht speichern.
urgent = Dringend

## Unterhaltung
conversation-pick-title = Unterhaltung auswählen
conversation-pick = Ihre Unterhaltungen stehen an der Seite. Was Sie schon gelesen haben, lässt sich auch offline lesen.
conversation-loading = Nachrichten werden geladen
conversation-typing = { $name } schreibt
presence-online = Online
presence-seen-today = Zuletzt gesehen um { $time }
presence-seen-yesterday = Zuletzt gesehen gestern um { $time }
presence-seen-on = Zuletzt gesehen: { $date }
conversation-back = Zurück zu den Unterhaltungen
conversation-details = Angaben zu { $name }
details-close = Angaben schließen
conversation-start-title = Der Anfang Ihrer Unterhaltung mit { $name }
conversation-empty-title = Noch keine Nachrichten
conversation-empty = Schreiben Sie { $name } unten die erste Nachricht.
messages-with = Nachrichten mit { $name }
day-today = Heute
day-yesterday = Gestern
new-messages = { $count ->
    [one] { $count } neue Nachricht
   *[other] { $count } neue Nachrichten
}
jump-to-latest = Zur neuesten springen
jump-to-latest-new = { $count ->
    [one] Zur neuesten springen, { $count } neue Nachricht
   *[other] Zur neuesten springen, { $count } neue Nachrichten
}
gap-loading = Nachrichten werden vom Server geholt …
gap-waiting = { $count ->
    [one] { $count } Nachricht ist noch nicht auf diesem Computer. Sie wird geholt, sobald Sie verbunden sind.
   *[other] { $count } Nachrichten sind noch nicht auf diesem Computer. Sie werden geholt, sobald Sie verbunden sind.
}
role-patient = Patient/in
role-practitioner = Behandelnde Person
role-admin = Verwaltung
age-years = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}
patient-since = In Behandlung seit { $year }
fact-born = Geboren
fact-born-value = { $date } ({ $age })
fact-role = Rolle
fact-profession = Beruf
fact-record-number = Aktennummer
fact-phone = Telefon
fact-language = Sprache
fact-local-time = Ortszeit
phone-call = { $number } anrufen
fact-patient-since = In Behandlung seit
fact-since = Dabei seit
details-about = Angaben

## Nachrichten
message-label = { $sender }: { $text } { $details }
message-you = Sie
state-waiting = Wartet auf das Senden
state-sent = Gesendet
state-delivered = Zugestellt
state-read = Gelesen
state-failed = Nicht gesendet
state-stale = Nicht gesendet
message-edited = bearbeitet
message-retracted = Diese Nachricht wurde zurückgenommen
message-retracted-own = Sie haben diese Nachricht zurückgenommen
message-urgent = Dringend
message-written-delivered = Geschrieben { $written }, zugestellt { $delivered }
message-written-sent = Geschrieben { $written }, gesendet { $sent }
message-retry = Noch einmal
message-send-now = Jetzt senden
message-delete = Löschen
message-failed = Nicht gesendet: { $reason }
message-stale = Ihre Praxis hat diese Nachricht NICHT erhalten: Sie hat zu lange auf eine Verbindung gewartet. Stimmt sie noch, senden Sie sie jetzt; wenn nicht, löschen Sie sie.
message-stale-practitioner = { $name } hat diese Nachricht NICHT erhalten: Sie hat zu lange auf eine Verbindung gewartet. Stimmt sie noch, senden Sie sie jetzt; wenn nicht, löschen Sie sie.
stale-notice = { $count ->
    [one] Ihre Praxis hat { $count } Nachricht NICHT erhalten. Lesen Sie sie noch einmal, bevor Sie sie senden.
   *[other] Ihre Praxis hat { $count } Nachrichten NICHT erhalten. Lesen Sie sie noch einmal, bevor Sie sie senden.
}
stale-notice-practitioner = { $count ->
    [one] { $name } hat { $count } Nachricht NICHT erhalten. Lesen Sie sie noch einmal, bevor Sie sie senden.
   *[other] { $name } hat { $count } Nachrichten NICHT erhalten. Lesen Sie sie noch einmal, bevor Sie sie senden.
}
stale-send-all = Alle senden
state-saving = Wird gespeichert …
state-not-saved = Änderung nicht gespeichert
message-actions = Was mit dieser Nachricht tun
message-react = Reagieren
message-reply = Antworten
quote-visit = Zu dieser Nachricht gehen
quote-of = Antwort auf
quote-label = Antwort auf { $name }: { $text }
quote-retracted = Nachricht zurückgenommen
quote-unknown = Nachricht noch nicht auf diesem Computer
message-copy = Text kopieren
message-more = Mehr
message-edit = Bearbeiten
message-versions = Frühere Fassungen zeigen
message-details = Nachrichtendetails
message-take-back = Zurücknehmen
message-copied = Kopiert
message-not-copied = Der Text ließ sich nicht kopieren. Markieren und kopieren Sie ihn selbst.
message-reactions = Reaktionen
message-not-changed = Änderung nicht gespeichert: { $reason }
message-not-taken-back = Nicht zurückgenommen: { $reason }
message-keep = Änderung verwerfen
reaction-both = Sie und { $name }
reaction-label = { $emoji } { $count }, { $who }
refused-forbidden = Sie dürfen hier nicht mehr schreiben.
refused-too-large = sie ist zu lang.
refused-empty = sie ist leer.
refused-gone = diese Unterhaltung ist nicht mehr verfügbar.
refused-no-original = die Nachricht, auf die sie antwortet, ist nicht in dieser Unterhaltung.
refused-conflict = es gibt schon eine andere Nachricht mit derselben Nummer.
refused-invalid = der Server nimmt diesen Text nicht an.
refused-other = der Server hat sie nicht angenommen.

## Schreiben
composer-label = Nachricht an { $name }
composer-placeholder = An { $name } schreiben
composer-send = Senden
composer-urgent = Als dringend kennzeichnen
composer-send-urgent = Als dringend senden
composer-hint-enter = Eingabetaste sendet · Umschalt+Eingabe für eine neue Zeile
composer-hint-shift-enter = Umschalt+Eingabe sendet · Eingabetaste für eine neue Zeile
composer-left = { $count ->
    [one] noch { $count } Zeichen
   *[other] noch { $count } Zeichen
}
composer-over = { $count ->
    [one] { $count } Zeichen zu viel
   *[other] { $count } Zeichen zu viel
}
composer-closed = Sie können diese Unterhaltung lesen, aber nicht mehr darin schreiben: Sie und { $name } sind nicht mehr verbunden.
draft-offer = Entwurf von Ihrem anderen Gerät
draft-offer-take = Diesen verwenden
draft-offer-append = Darunter einfügen
draft-offer-drop = Verwerfen
draft-arrived = Der Entwurf ist jetzt so, wie Sie ihn an Ihrem anderen Gerät verlassen haben.
composer-not-kept = Dieser Text ist noch nicht aufbewahrt. Er geht verloren, wenn Sie Bedside jetzt schließen.
composer-not-kept-long = Als Entwurf ist er zu lang. Kürzen Sie ihn, oder senden Sie ihn in Teilen.
composer-editing = Nachricht bearbeiten
composer-edit-cancel = Bearbeiten abbrechen
reply-to = Antwort auf { $name }
reply-to-own = Antwort auf Ihre eigene Nachricht
reply-cancel = Antwort abbrechen
composer-edit-label = Neuer Text Ihrer Nachricht an { $name }
composer-edit-placeholder = Nichts mehr da: Beim Speichern können Sie die Nachricht zurücknehmen
composer-save = Speichern
composer-hint-save-enter = Eingabetaste speichert · Esc bricht ab
composer-hint-save-shift-enter = Umschalt+Eingabe speichert · Esc bricht ab

## Emoji
emoji-insert = Emoji einfügen
emoji-all = Alle Emoji
emoji-search = Emoji suchen
emoji-none = Kein Emoji gefunden.
emoji-groups = Gruppen von Emoji
emoji-recent = Zuletzt benutzt
emoji-smileys = Smileys und Gefühle
emoji-people = Menschen
emoji-animals = Tiere und Natur
emoji-food = Essen und Trinken
emoji-travel = Reisen und Orte
emoji-activities = Aktivitäten
emoji-objects = Gegenstände
emoji-symbols = Symbole
emoji-flags = Flaggen
emoji-tone = Hautton
emoji-tone-light = helle Hautfarbe
emoji-tone-medium-light = mittelhelle Hautfarbe
emoji-tone-medium = mittlere Hautfarbe
emoji-tone-medium-dark = mitteldunkle Hautfarbe
emoji-tone-dark = dunkle Hautfarbe
emoji-in-tone = { $name }: { $tone }
emoji-in-two-tones = { $name }: { $tone }, { $other }
emoji-with-tones = { $name } (für Hauttöne gedrückt halten)
emoji-tones-of = Hauttöne von „{ $name }“
emoji-tones-back = Zurück zu allen Emoji
emoji-found = { $count ->
    [one] { $count } Emoji gefunden
   *[other] { $count } Emoji gefunden
}
emoji-suggestions = Emoji zu diesem Namen
emoji-offered = { $count ->
    [one] { $count } Emoji zu diesem Namen. Enter fügt es ein.
   *[other] { $count } Emoji zu diesem Namen. Pfeiltasten wählen, Enter fügt ein.
}

## Schnellantworten
quick-replies = Schnellantworten
quick-replies-lead = Fertige Texte. Fügen Sie einen mit der Schaltfläche neben dem Textfeld ein, oder tippen Sie / in das leere Feld.
quick-replies-own = Meine Schnellantworten
quick-replies-clinic = Die der Klinik
quick-replies-offline = Sie können sie jetzt verwenden; zum Ändern muss dieser Computer verbunden sein.
quick-replies-offered = { $count ->
    [one] { $count } Schnellantwort. Enter fügt sie ein.
   *[other] { $count } Schnellantworten. Pfeiltasten wählen, Enter fügt ein.
}
quick-reply-insert = Schnellantwort einfügen
quick-reply-add = Schnellantwort hinzufügen
quick-reply-new = Neue Schnellantwort
quick-reply-change = Schnellantwort ändern
quick-reply-edit = „{ $name }“ ändern
quick-reply-up = „{ $name }“ nach oben
quick-reply-down = „{ $name }“ nach unten
quick-reply-title = Titel
quick-reply-text = Text
quick-reply-hint = Was in geschweiften Klammern steht, wird beim Einfügen ausgefüllt.
quick-reply-placeholders = In den Text einfügen
quick-reply-missing = Hier steht noch nichts.
quick-reply-remove = Löschen
quick-reply-save = Speichern
placeholder-patient-first-name = Vorname des Patienten
placeholder-my-name = mein Name
placeholder-clinic-name = Name der Klinik
placeholder-clinic-phone = Telefon der Klinik
placeholder-next-opening = nächste Öffnung
opening-moment = { $day } um { $time }
unfilled-title = Eine Lücke in Ihrer Nachricht
unfilled-text = In Ihrer Nachricht steht noch { $placeholder }. Bedside weiß nicht, was dort hingehört.
unfilled-back = Zurück und ausfüllen
unfilled-send = So senden

## Verbindungsleiste
bar-connecting = Verbindung wird aufgebaut …
bar-reconnecting = Verbindung wird wiederhergestellt … Sie können alles lesen und schreiben.
bar-offline = Offline. Sie können alles lesen und schreiben; Nachrichten werden gesendet, sobald Sie wieder verbunden sind.
bar-limited = Eingeschränkte Verbindung. Nachrichten werden gesendet und empfangen, nur etwas langsamer.
bar-signed-out = Sie sind abgemeldet. Sie können lesen und schreiben; gesendet wird, sobald Sie sich wieder anmelden.
bar-wrong-server = Diese App und der Server Ihrer Praxis verstehen einander nicht. Sie können lesen; gesendet wird nach einer Aktualisierung.
bar-refused = Der Server Ihrer Praxis öffnet für dieses Konto keine Unterhaltungen. Sie können lesen, was hier aufbewahrt ist; gesendet und empfangen wird nichts. Fragen Sie Ihre Praxis, oder melden Sie sich in den Einstellungen ab.
bar-waiting = { $count ->
    [one] { $count } Nachricht wartet.
   *[other] { $count } Nachrichten warten.
}
bar-try-now = Jetzt versuchen
bar-sign-in = Anmelden

## Anmeldung und die Ansichten vor den Unterhaltungen
sign-in-title = Bei Bedside anmelden
sign-in-lead = Vertrauliche Unterhaltungen zwischen Patienten und Behandelnden.
sign-in-server = Adresse des Servers
sign-in-server-hint = Ihre Praxis hat Ihnen diese Adresse gegeben, zum Beispiel chat.example.org.
sign-in-username = Benutzername
sign-in-password = Passwort
sign-in-password-show = Passwort zeigen
sign-in-password-hide = Passwort verbergen
sign-in-passphrase = Kennsatz für diesen Computer
sign-in-passphrase-hint = Dieser Computer hat keinen Schlüsselbund. Der Kennsatz schützt die hier aufbewahrten Nachrichten; Sie brauchen ihn bei jedem Start von Bedside. Niemand kann ihn wiederherstellen.
sign-in-passphrase-repeat = Kennsatz wiederholen
sign-in-passphrase-differs = Das ist nicht derselbe Kennsatz.
sign-in-submit = Anmelden
sign-in-busy = Anmeldung läuft …
sign-in-ended = Ihre Sitzung wurde beendet
sign-in-ended-text = Der Server hat diesen Computer abgemeldet. Melden Sie sich wieder an; was hier aufbewahrt ist, ist noch da.
sign-in-again-title = Wieder anmelden
sign-in-again-lead = Ihre Sitzung ist zu Ende. Was Sie geschrieben haben, ist aufbewahrt und wird nach der Anmeldung gesendet.
field-missing = Bitte ausfüllen.
unlock-title = Bedside entsperren
unlock-lead = Die Nachrichten auf diesem Computer sind durch Ihren Kennsatz geschützt.
unlock-passphrase = Kennsatz
unlock-submit = Entsperren
unlock-busy = Wird entsperrt …
unlock-forgotten = Kennsatz vergessen?
unlock-lead-code = Bedside ist gesperrt. Nachrichten kommen weiterhin an.
unlock-code = Sperrcode
unlock-forgotten-code = Code vergessen?
unlock-code-wrong = Der Code ist falsch.
unlock-code-wrong-do = Versuchen Sie es noch einmal. Nach mehreren falschen müssen Sie warten.
broken-key-lost-title = Der Schlüssel zu den Nachrichten auf diesem Computer ist fort
broken-key-lost-text = Der Schlüsselbund dieses Computers hat ihn nicht mehr; ohne ihn kann niemand die Datei lesen. Nachrichten, die der Server erhalten hat, sind dort sicher. Beginnen Sie neu, um sie wieder zu holen.
broken-keychain-title = Der Schlüsselbund dieses Computers antwortet nicht
broken-keychain-text = Er enthält den Schlüssel zu den Nachrichten, die hier aufbewahrt sind. Entsperren Sie ihn, oder melden Sie sich neu an diesem Computer an, und versuchen Sie es noch einmal. Nichts wurde geändert, nichts ging verloren.
broken-in-use-title = Bedside ist schon geöffnet
broken-in-use-text = Ein anderes Fenster oder eine andere an diesem Computer angemeldete Person hat diese Nachrichten geöffnet. Schließen Sie Bedside dort und versuchen Sie es noch einmal.
broken-disk-title = Der Datenträger dieses Computers lässt sich nicht benutzen
broken-disk-text = Er ist voll, nicht da oder nicht beschreibbar. Schaffen Sie Platz oder schließen Sie ihn wieder an, und versuchen Sie es noch einmal. Nichts wurde geändert, nichts ging verloren.
broken-title = Die Nachrichten auf diesem Computer lassen sich nicht öffnen
broken-text = Bedside hat die Datei gelassen, wie sie ist. Nachrichten, die der Server erhalten hat, sind dort sicher. Versuchen Sie es noch einmal; hilft das nicht, fragen Sie die Betreuung Ihrer Praxis, oder beginnen Sie neu.
broken-newer-title = Die Nachrichten auf diesem Computer stammen von einem neueren Bedside
broken-newer-text = Aktualisieren Sie Bedside, um sie zu öffnen. Nichts wurde geändert, nichts ging verloren.
broken-still = Es lässt sich noch immer nicht öffnen.
broken-retry = Noch einmal versuchen
broken-retry-busy = Wird geöffnet …
fresh-start = Neu beginnen …
fresh-start-title = Auf diesem Computer neu beginnen?
fresh-start-back = Sie melden sich wieder an, und alles, was der Server erhalten hat, kommt zurück.
fresh-start-lost = Hier geschriebene Nachrichten, die noch nicht gesendet waren, und Entwürfe kommen nicht zurück und werden nicht gesendet. Die alte Datei wird beiseitegelegt, nicht gelöscht: Sollte sie sich wieder öffnen lassen, kann die Betreuung Ihrer Praxis sie herausholen.
fresh-start-do = Neu beginnen
fresh-start-busy = Es wird neu begonnen …
opening = Bedside wird geöffnet

## Fehler: was geschehen ist und was zu tun ist
error-wrong-credentials = Benutzername oder Passwort ist falsch.
error-wrong-credentials-do = Prüfen Sie beides und versuchen Sie es noch einmal. Beim Passwort kommt es auf Groß- und Kleinschreibung an.
error-too-many-attempts = Zu viele Versuche.
error-too-many-attempts-do = { $seconds ->
    [one] Warten Sie { $seconds } Sekunde und versuchen Sie es dann noch einmal.
   *[other] Warten Sie { $seconds } Sekunden und versuchen Sie es dann noch einmal.
}
error-invalid-server = Das ist keine brauchbare Serveradresse.
error-invalid-server-do = Sie sieht aus wie chat.example.org und muss über https erreichbar sein.
error-unreachable = Dieser Server antwortet nicht.
error-unreachable-do = Prüfen Sie die Adresse und Ihre Internetverbindung und versuchen Sie es noch einmal.
error-not-bedside = Unter dieser Adresse gibt es keinen Bedside-Server.
error-not-bedside-do = Prüfen Sie die Adresse. Im Netz eines Hotels oder Krankenhauses müssen Sie sich vielleicht erst beim Netz anmelden.
error-certificate = Dem Zertifikat des Servers wird nicht vertraut.
error-certificate-do = Es wurde nichts gesendet. Prüfen Sie die Adresse und das Datum dieses Computers oder fragen Sie Ihre Praxis.
error-incompatible = Diese App und der Server verstehen einander nicht.
error-incompatible-do = Aktualisieren Sie Bedside oder fragen Sie Ihre Praxis nach der passenden Version.
error-other-account = Die hier aufbewahrten Nachrichten gehören einer anderen Person.
error-other-account-do = Melden Sie sich als diese Person an und ordentlich ab, oder bitten Sie um ein eigenes Profil.
error-administrator = Das ist ein Verwaltungskonto. Es hat keine Unterhaltungen, also gibt es hier nichts zu zeigen.
error-administrator-do = Melden Sie sich mit dem Konto einer behandelnden Person oder einer Patientin oder eines Patienten an. Personen und Praxis werden auf dem Server verwaltet, mit „bedside-server admin“.
error-passphrase-needed = Es wird ein Kennsatz gebraucht.
error-passphrase-needed-do = Wählen Sie einen, der die Nachrichten auf diesem Computer schützt.
error-wrong-passphrase = Der Kennsatz ist falsch.
error-wrong-passphrase-do = Versuchen Sie es noch einmal. Es kommt auf Groß- und Kleinschreibung an.
error-no-lock-code = Es gibt noch keinen Sperrcode.
error-no-lock-code-do = Legen Sie in den Einstellungen unter „Sperre“ einen fest.
error-bad-lock-code = Der Code ist zu kurz oder zu lang.
error-bad-lock-code-do = Wählen Sie mindestens 4 und höchstens 128 Zeichen.
error-cache-unreadable = Die Nachrichten auf diesem Computer lassen sich nicht öffnen.
error-cache-unreadable-do = Die Datei wurde gelassen, wie sie ist. Fragen Sie die Betreuung Ihrer Praxis.
error-cache-in-use = Bedside ist mit diesen Nachrichten schon geöffnet.
error-cache-in-use-do = Schließen Sie es dort und versuchen Sie es noch einmal.
error-cache-newer = Die hier aufbewahrten Nachrichten stammen von einem neueren Bedside.
error-cache-newer-do = Aktualisieren Sie Bedside, um sie zu öffnen.
error-disk = Der Datenträger dieses Computers ist voll oder nicht beschreibbar.
error-disk-do = Es wurde nichts gespeichert. Schaffen Sie Platz und versuchen Sie es noch einmal.
error-unsent = { $count ->
    [one] { $count } Nachricht oder Änderung wurde noch nicht gesendet.
   *[other] { $count } Nachrichten und Änderungen wurden noch nicht gesendet.
}
error-unsent-do = Warten Sie, bis alles gesendet ist, oder verlieren Sie es beim Abmelden.
error-empty-message = Die Nachricht ist leer.
error-empty-message-do = Schreiben Sie zuerst etwas.
error-message-too-long = { $over ->
    [one] Die Nachricht ist { $over } Zeichen zu lang.
   *[other] Die Nachricht ist { $over } Zeichen zu lang.
}
error-message-too-long-do = Kürzen Sie sie oder senden Sie sie in zwei Teilen.
error-not-changeable = Diese Nachricht lässt sich nicht mehr ändern.
error-not-changeable-do = Sie wurde zurückgenommen, oder die Unterhaltung ist beendet.
error-not-discardable = Diese Nachricht lässt sich hier nicht mehr löschen.
error-not-discardable-do = Der Server hat sie vielleicht schon.
error-not-signed-in = Sie sind nicht angemeldet.
error-not-signed-in-do = Melden Sie sich an und versuchen Sie es noch einmal.
error-offline = Dafür braucht es eine Verbindung.
error-offline-do = Versuchen Sie es noch einmal, wenn Sie verbunden sind.
error-not-found = Das gibt es nicht mehr.
error-not-found-do = Wählen Sie eine andere Unterhaltung.
error-refused = Der Server hat das abgelehnt.
error-refused-do = Versuchen Sie es später noch einmal oder fragen Sie Ihre Praxis.
error-internal = In Bedside ist etwas schiefgegangen.
error-internal-do = Es ging nichts verloren. Versuchen Sie es noch einmal; geschieht es wieder, starten Sie Bedside neu.

## Dialoge
dialog-close = Schließen
dialog-cancel = Abbrechen
link-failed = Der Link ließ sich nicht öffnen.
link-failed-do = Kopieren Sie ihn und öffnen Sie ihn selbst, oder versuchen Sie es noch einmal.
link-refused-do = Links dieser Art öffnet Bedside nicht.
take-back-title = Diese Nachricht zurücknehmen?
take-back-text = Die Nachricht wird { $name } nicht mehr angezeigt. In den Akten der Praxis bleibt sie erhalten.
urgent-title = Als dringend senden?
urgent-text = Die Nachricht bleibt ganz oben in der Liste von { $name }, bis sie geöffnet wird.
urgent-sms = Die Praxis kann zusätzlich per SMS darauf hinweisen.
urgent-emergency = Warten Sie im Notfall hier nicht auf Antwort. Rufen Sie { $number } an.
urgent-not-watched = Es kann sein, dass gerade niemand die Nachrichten liest.
urgent-send = Als dringend senden
moments-title = Nachrichtendetails
moments-written = Geschrieben
moments-sent = Gesendet
moments-delivered = Zugestellt
moments-read = Gelesen
moments-edited = Zuletzt bearbeitet
moments-retracted = Zurückgenommen
moments-not-yet = Noch nicht
moments-asking = Der Server wird gefragt …
moments-unknown = Zeitpunkt nicht bekannt
moments-offline = Der Server kann jetzt nicht gefragt werden, daher fehlen einige Zeitpunkte.
moments-is-theirs = Von { $name }.
moments-is-waiting = Nur auf diesem Gerät; wartet darauf, an { $name } gesendet zu werden.
moments-is-sent = Der Server Ihrer Praxis hat sie. Noch kein Gerät von { $name } hat sie erhalten.
moments-is-delivered = Ein Gerät von { $name } hat sie erhalten. Gelesen wurde sie noch nicht.
moments-is-read = { $name } hat sie gelesen.
moments-is-failed = Sie wurde nicht an { $name } gesendet.
moments-is-stale = Sie wurde nicht an { $name } gesendet: Sie hatte zu lange gewartet.
versions-title = Fassungen dieser Nachricht
versions-now = Jetzt
versions-loading = Frühere Fassungen werden vom Server geholt …
versions-retry = Noch einmal versuchen
people-title = Neue Unterhaltung
people-search = Nach Namen suchen
people-loading = Personen werden geladen
people-empty = Sie sind noch mit niemandem verbunden. Ihre Praxis verbindet Patienten und Behandelnde.
people-none-found = Niemand namens „{ $search }“.
people-has-room = Unterhaltung öffnen
people-opening = Wird geöffnet …
keys-title = Tastatur
key-control = Strg
key-escape = Esc
keys-switch = Unterhaltung wechseln
keys-search = Personen und Nachrichten suchen
keys-find = In dieser Unterhaltung suchen
keys-previous = Vorige Unterhaltung
keys-next = Nächste Unterhaltung
keys-close = Schließen oder zurück
keys-home = Übersicht
keys-conversations = Unterhaltungen
keys-alerts = Hinweise
keys-settings = Einstellungen
keys-regions = Zwischen Bereichen wechseln
keys-messages = Zwischen Nachrichten wechseln
keys-actions = Was mit der Nachricht im Fokus tun
keys-emoji = Emoji nach Namen einfügen: zwei Buchstaben, dann Enter
keys-room-menu = Was mit der Unterhaltung im Fokus tun
keys-reply = Auf die Nachricht im Fokus antworten
keys-quick-reply = Schnellantwort einfügen, aus einem leeren Feld
keys-edit-last = Letzte eigene Nachricht bearbeiten, aus leerem Feld
keys-help = Diese Liste

## Einstellungen
settings = Einstellungen
settings-appearance = Aussehen
settings-theme = Farben
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
settings-text-size = Schriftgröße
settings-text-size-value = { $percent } %
settings-language = Sprache
settings-language-system = Wie das System
settings-writing = Schreiben
settings-enter-sends = Eingabetaste sendet
settings-enter-sends-hint = Wenn aus, beginnt die Eingabetaste eine neue Zeile, und Umschalt+Eingabe sendet.
settings-unseen-days = Mir sagen, dass ein Patient etwas nicht gelesen hat, nach
settings-share-drafts = Entwürfe mit meinen anderen Geräten teilen
settings-share-drafts-hint = Was Sie zu schreiben begonnen haben, liegt bis zum Senden auf dem Server der Praxis, damit Sie an einem anderen Gerät weiterschreiben können, an dem das ebenfalls eingeschaltet ist. Nur Sie können es sehen. Wenn Sie es ausschalten, wird dort entfernt, was dieses Gerät geteilt hat.
settings-notifications = Benachrichtigungen
settings-notify = Über neue Nachrichten informieren
settings-notify-hint = Als Benachrichtigungen Ihres Computers, auch wenn das Fenster geschlossen ist.
notices-content = Eine Benachrichtigung sagt
notices-nothing = Neue Nachricht
notices-name = Auch den Namen
notices-name-and-text = Name und Text
notices-content-hint = Sie zeigt weder Namen noch Text, wer auch immer auf Ihren Bildschirm sieht.
notices-content-seen = Wer Ihren Bildschirm sieht, kann das lesen. Nicht, solange Bedside gesperrt ist, und nicht bei Unterhaltungen, die Sie als vertraulich kennzeichnen.
notices-clinic-nothing = Eine Benachrichtigung sagt „Neue Nachricht“, ohne Namen und Text. Mehr erlaubt Ihre Klinik nicht.
notices-clinic-name = Ihre Klinik erlaubt den Text von Nachrichten in Benachrichtigungen nicht.
notices-sound = Ton
notices-sound-off = Keiner
notices-sound-chime = Zweiklang
notices-sound-drop = Tropfen
notices-sound-bell = Glocke
notices-volume = Lautstärke
notices-volume-value = { $percent } %
notices-pause = Nicht stören
notices-pause-hour = 1 Stunde lang
notices-pause-tomorrow = Bis morgen früh
notices-pause-off = Ausschalten
notices-paused = Bis { $time }
notices-quiet = Ruhezeiten
notices-quiet-hint = Täglich zu diesen Zeiten meldet dieser Computer nichts.
notices-urgent = Dringende Nachrichten kommen durch
notices-urgent-hint = Sie werden auch in Ruhezeiten gemeldet, und wenn Sie nicht gestört werden möchten.
room-sensitive = Vertrauliche Unterhaltung
room-sensitive-hint = Benachrichtigungen nennen sie nie und zeigen nie ihren Text, und die Liste zeigt ihre letzten Worte nicht. Nur auf diesem Computer.
room-notices-usual = Wie bei den anderen
reply-wait = Keine Antwort?
reply-wait-hint = Dieser Computer sagt Ihnen, wenn bis dahin keine Antwort gekommen ist, auch ohne Verbindung.
reply-wait-hours = In 4 Stunden
reply-wait-tomorrow = Morgen, 9 Uhr
reply-wait-days = In 3 Tagen
reply-wait-at = Mir sagen, wenn keine da ist bis
reply-wait-off = Nicht mehr sagen
reply-wait-until = Wenn bis { $time } keine Antwort gekommen ist, erfahren Sie es.
reply-wait-over = Bis { $time } war keine Antwort gekommen.
row-reply-awaited = Antwort wird erwartet
row-reply-over = Antwort ist nicht rechtzeitig gekommen
notices-test-label = Erreichen Benachrichtigungen Sie?
notices-test = Test senden
notices-test-busy = Jeder Schritt wird versucht …
hop-passed = geht
hop-but = geht, aber
hop-failed = geht nicht
hop-server = Der Server der Klinik antwortet
hop-socket = Neue Nachrichten kommen sofort an
hop-settings = Benachrichtigungen sind eingeschaltet
hop-desktop = Ihr Computer zeigt Benachrichtigungen
hop-shown = Die Testbenachrichtigung wurde gezeigt
hop-sound = Der Ton wurde gespielt
hop-unreachable = Der Server antwortet nicht. Prüfen Sie Ihr Netzwerk, oder fragen Sie Ihre Klinik, ob er läuft.
hop-signed-out = Ihre Sitzung ist beendet. Melden Sie sich neu an.
hop-limited = Sie kommen etwas später: Ihr Netzwerk lässt keine dauernde Verbindung zu. Bitten Sie, WebSocket zu erlauben.
hop-not-connected = Es gibt keine Verbindung zum Server. Nachrichten kommen, sobald es wieder eine gibt.
hop-turned-off = Sie sind oben ausgeschaltet. Schalten Sie „Über neue Nachrichten informieren“ ein.
hop-paused = Sie möchten nicht gestört werden. Schalten Sie das oben aus, um wieder informiert zu werden.
hop-quiet-hours = Es ist Ihre Ruhezeit; danach werden Sie wieder informiert.
hop-no-desktop = Auf diesem Computer zeigt nichts Benachrichtigungen. Schalten Sie sie in den Systemeinstellungen ein, oder installieren Sie einen Benachrichtigungsdienst.
hop-do-not-disturb = Ihr Computer soll Sie nicht stören und hält sie vielleicht zurück. Bedside macht solange keinen Ton.
hop-refused = Ihr Computer hat sie abgelehnt. Erlauben Sie Bedside Benachrichtigungen in den Systemeinstellungen.
hop-no-audio = Auf diesem Computer spielt nichts Ton. Prüfen Sie, ob Lautsprecher angeschlossen und eingeschaltet sind.
hop-silent = Der Ton ist oben ausgeschaltet.
settings-window = Fenster
settings-close-to-tray = Weiterlaufen, wenn das Fenster geschlossen wird
settings-close-to-tray-hint = Sie erhalten weiterhin Nachrichten. Beenden können Sie Bedside über das Symbol im Infobereich.
settings-start-with-session = Starten, wenn ich mich an diesem Computer anmelde
settings-start-with-session-hint = Damit Sie von Nachrichten erfahren, ohne Bedside erst zu öffnen.
settings-start-hidden = Ohne Fenster starten
settings-start-hidden-hint = Nur das Symbol im Infobereich erscheint. Ohne Infobereich öffnet sich das Fenster wie gewohnt.
settings-lock = Sperre
lock-by-passphrase = „Sperren“ verbirgt alles, bis Sie Ihren Kennsatz eingeben. Nachrichten kommen weiterhin an.
lock-by-code = „Sperren“ verbirgt alles, bis Sie Ihren Code eingeben. Nachrichten kommen weiterhin an.
lock-by-nothing = Mit einem Code können Sie Bedside sperren, während Sie nicht an diesem Computer sind. Nachrichten kommen weiterhin an.
lock-set = Code festlegen
lock-change = Code ändern
lock-kept = Gespeichert.
lock-before = Bisheriger Code
lock-code = Neuer Code
lock-code-hint = Mindestens { $least } Zeichen. Wenn Sie ihn vergessen, melden Sie sich neu an, und noch nicht gesendete Nachrichten gehen verloren.
lock-save = Speichern
lock-remove = Code entfernen
settings-privacy = Privatsphäre
settings-hide-presence = Verbergen, wann ich online bin
settings-hide-presence-hint = Niemand, dem Sie schreiben, sieht, ob Sie online sind oder wann Sie zuletzt da waren. Sie sehen es dann auch von niemandem.
settings-asking = Der Server Ihrer Klinik wird gefragt …
settings-needs-connection = Das liegt auf dem Server Ihrer Klinik. Mit einer Verbindung können Sie es sehen und ändern.
settings-account = Konto
settings-server = Server
settings-profile = Profil
settings-version = Version
settings-not-saved = Die Einstellung konnte nicht gespeichert werden.
sign-out = Abmelden
sign-out-title = Abmelden?
sign-out-text = Um zurückzukommen, brauchen Sie Ihr Passwort. Ihre Unterhaltungen bleiben auf dem Server.
sign-out-erase = Auch die auf diesem Computer aufbewahrten Nachrichten entfernen
sign-out-lose = Abmelden und verlieren
sign-out-busy = Abmeldung läuft …
sign-out-unsent = { $count ->
    [one] { $count } Nachricht oder Änderung wurde nicht gesendet. Beim Abmelden geht sie verloren.
   *[other] { $count } Nachrichten und Änderungen wurden nicht gesendet. Beim Abmelden gehen sie verloren.
}

## Überdenken, was gesendet werden soll
think-over-back = Zurück
think-over-send = Trotzdem senden
think-over-save = Trotzdem speichern
other-patient-title = Eine andere Person?
other-patient-named = Hier geht es auch um { $name }.
other-patient-to = Sie schreiben an { $name }.
matched-name = Name
matched-birth-date = Geburtsdatum
matched-record-number = Aktennummer
emergency-title = Könnte das ein Notfall sein?
emergency-text = Was Sie schreiben, kann ein Zeichen für etwas sein, das nicht warten kann: { $signs }.
emergency-do = Wenn es jetzt geschieht, rufen Sie sofort { $number } an. Warten Sie nicht auf eine Antwort hier.
emergency-unread = Nachrichten werden nicht rund um die Uhr gelesen.
emergency-call = { $number } anrufen
care-title = Sie sind damit nicht allein
care-text = Was Sie schreiben, klingt sehr schwer. Gut, dass Sie es aussprechen. Bitte sprechen Sie jetzt mit jemandem und bleiben Sie nicht allein: mit einem Menschen, dem Sie vertrauen, oder mit Menschen, die genau dafür da sind.
care-call = { $number } erreichen Sie zu jeder Stunde. Sagen Sie, dass Sie an Suizid denken; man nimmt Sie ernst.
clinic-hours = Wann jemand in der Praxis ist
clinic-phone = Die Praxis anrufen:
danger-chest-pain = Schmerzen oder Druck in der Brust
danger-stroke = Anzeichen eines Schlaganfalls
danger-breathing = Atemnot
danger-bleeding = eine starke Blutung
danger-anaphylaxis = eine schwere allergische Reaktion
danger-unconscious = Bewusstlosigkeit oder ein Krampfanfall
danger-head-injury = eine Kopfverletzung
danger-poisoning = eine Vergiftung oder Überdosis
danger-pregnancy = eine Komplikation in der Schwangerschaft
danger-infant-fever = Fieber bei einem jungen Säugling

# Hinweise: was kam, während man nicht da war, und was die Plattform der Praxis mitteilt.
alerts-show = Anzeigen
alerts-all = Alle
alerts-unread = Ungelesen
alerts-urgent = Dringend
alerts-mark-all = Alle als gelesen markieren
alerts-loading = Hinweise werden geladen
alerts-away = Hinweise können gerade nicht gezeigt werden
alerts-none = Keine Hinweise
alerts-none-text = Was kommt, während Sie nicht da sind, steht hier.
alerts-message = Neue Nachricht
alerts-message-urgent = Dringende Nachricht
alerts-is-unread = ungelesen

# Außerhalb der App erreicht werden.
settings-outreach = Wenn Sie nicht da sind
settings-outreach-lead = Bedside kann Ihnen sagen, dass etwas auf Sie wartet, das Sie noch nicht gelesen haben. Nie von wem oder was.
settings-outreach-none = Ihre Praxis verschickt keine E-Mails oder SMS.
outreach-email = E-Mail
outreach-sms = SMS
outreach-email-address = E-Mail-Adresse
outreach-email-hint = Ein Code wird dorthin geschickt, um zu bestätigen, dass sie Ihnen gehört.
outreach-email-sent = Ein Code wurde an { $address } geschickt. Er gilt 15 Minuten.
outreach-sms-number = Mobilnummer
outreach-sms-hint = Mit der Landesvorwahl, zum Beispiel +49 151 23456789. Ein Code wird dorthin geschickt.
outreach-sms-sent = Ein Code wurde an { $address } geschickt. Er gilt 15 Minuten.
outreach-code-field = Code
outreach-send-code = Code senden
outreach-confirm = Bestätigen
outreach-other = Andere verwenden
outreach-remove = Entfernen
outreach-refused = Das hat nicht geklappt
outreach-refused-do = Prüfen Sie die Adresse oder den Code. Ein Code gilt 15 Minuten und kann fünfmal versucht werden.
outreach-email-after = E-Mail, wenn ungelesen seit
outreach-sms-after = SMS, wenn ungelesen seit
outreach-sms-for = SMS für
outreach-sms-urgent = Dringende Nachrichten
outreach-sms-all = Alle Nachrichten
outreach-reminder = Bei dringenden wiederholen
outreach-reminder-none = Nie
outreach-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
outreach-quiet = Ruhezeit
outreach-quiet-hint = In dieser Zeit wird nur Dringendes geschickt.
outreach-quiet-from = Von
outreach-quiet-to = Bis

# In einer Unterhaltung suchen
find-label = In dieser Unterhaltung suchen
find-older = Vorheriger Treffer
find-newer = Nächster Treffer
find-close = Suche schließen
find-none = Nichts gefunden
find-count = { $at } von { $total }
find-count-more = { $at } von mehr als { $total }
find-since = seit { $date }, wird noch geladen
find-preparing = wird noch vorbereitet

# Taking conversations along, and looking whether such a file was changed.
settings-download = Downloads
download = Chatverlauf herunterladen
download-all = Alle Unterhaltungen herunterladen
download-title = Unterhaltung mit { $name } herunterladen
download-begin = Herunterladen
download-format = Format
download-html = Webseite (HTML)
download-html-hint = Öffnet sich in jedem Browser und lässt sich gut drucken.
download-text = Reiner Text
download-text-hint = Öffnet sich überall.
download-csv = Tabelle (CSV)
download-csv-hint = Für Tabellenprogramme: eine Zeile je Nachricht.
download-json = JSON
download-json-hint = Alles, für Programme, nach einem veröffentlichten Schema.
download-fhir = FHIR (R4)
download-fhir-hint = Für die Übernahme in ein Praxissystem.
download-days = Tage
download-from = Von
download-to = Bis
download-seal = Änderungen sichtbar machen
download-seal-hint = Eine ZIP-Datei, an der sich zeigt, ob etwas darin geändert wurde. Mit Verbindung ist sie vom Server Ihrer Praxis unterschrieben.
download-password = Passwort (freiwillig)
download-password-hint = Verschlüsselt die Datei als ZIP (AES-256). Ohne das Passwort kann sie niemand öffnen, auch Sie nicht: Es lässt sich nicht wiederfinden.
download-password-short = Ein Passwort braucht mindestens 10 Zeichen.
download-open = Die Datei selbst ist nicht geschützt
download-open-do = Wer sie in die Hand bekommt, kann sie lesen. Bewahren Sie sie auf, wo nur Sie hinkommen, oder geben Sie ihr ein Passwort.
download-from-server = Der Server Ihrer Praxis erstellt die Datei: vollständig, mit früheren Fassungen und mit den Zeiten von Zustellung und Lesen.
download-from-device = Es besteht keine Verbindung. Die Datei entsteht aus der Kopie auf diesem Gerät; sie ist nicht unterschrieben und sagt, was fehlt.
download-choose = Speicherort wählen
download-beginning = Die Datei wird erstellt
download-came = { $size } kB empfangen
download-written = { $done } von { $total } Nachrichten geschrieben
download-finished = Gespeichert als { $file }.
download-finished-device = Sie entstand aus der Kopie auf diesem Gerät und ist nicht unterschrieben.
download-missing = { $count ->
    [one] Eine Nachricht ist nicht auf diesem Gerät und fehlt in der Datei
   *[other] { $count } Nachrichten sind nicht auf diesem Gerät und fehlen in der Datei
}
download-missing-do = Laden Sie sie mit Verbindung noch einmal herunter, dann ist sie vollständig.
download-cancelled = Es wurde nichts gespeichert.
download-again = Noch einmal
download-switched-off = Ihre Praxis hat das abgeschaltet
download-switched-off-do = Behandelnde können hier keine Unterhaltungen herunterladen. Fragen Sie die Verwaltung Ihrer Praxis.
download-disk = Die Datei konnte nicht geschrieben werden
download-disk-do = Vielleicht ist der Datenträger voll oder der Ordner schreibgeschützt. Es ist nichts zurückgeblieben. Wählen Sie einen anderen Ort oder schaffen Sie Platz.
check-title = Heruntergeladene Datei prüfen
check-hint = Sagt, ob an einer ZIP-Datei aus Bedside etwas geändert wurde und wer sie unterschrieben hat. Die Datei bleibt auf diesem Gerät.
check-choose = Datei wählen
check-looking = Jedes Byte wird angesehen
check-intact = { $file } ist, wie sie erstellt wurde
check-messages = { $count ->
    [one] Eine Nachricht.
   *[other] { $count } Nachrichten.
}
check-by-clinic = Unterschrieben vom Server Ihrer Praxis.
check-by-nobody = Nicht unterschrieben: Sie entstand aus der Kopie auf einem Gerät.
check-by-other = Unterschrieben, aber nicht von Ihrer Praxis: Der Schlüssel ist { $key }.
check-by-unknown = Unterschrieben mit dem Schlüssel { $key }. Ob es der Ihrer Praxis ist, zeigt sich mit Verbindung.
check-locked = Was darin ist und wer unterschrieben hat, liegt hinter dem Passwort.
check-password = Passwort der Datei
check-unlock = Hineinsehen
check-changed = { $file } wurde geändert
check-incomplete = { $file } ist unvollständig
check-cut-off = Das Ende der Datei fehlt.
check-wrong-password = Das Passwort öffnet { $file } nicht
check-wrong-password-do = Versuchen Sie es noch einmal. Groß- und Kleinschreibung zählt.
check-no-package = { $file } enthält nichts, woran sie sich prüfen ließe
check-no-package-do = Das tun nur ZIP-Dateien aus Bedside.
