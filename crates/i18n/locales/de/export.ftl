# Conversations written out: what stands around the messages.

export-title = Unterhaltung von { $one } und { $other }
export-patient = Patientin/Patient
export-practitioner = Behandelnde Person
export-born = geboren { $date }
export-record = Akte { $number }
export-made = Erstellt am { $time } für { $name }.
export-from-server = Vom Server der Praxis, mit früheren Fassungen und mit den Zeiten von Zustellung und Lesen.
export-from-device = Aus der Kopie auf einem Gerät. Frühere Fassungen bearbeiteter Nachrichten und manche Zeiten von Zustellung und Lesen sind dort nicht bekannt.
export-zone = Alle Zeiten in der Zeitzone { $zone }, mit ihrem Abstand zu UTC.
export-since = Nur Nachrichten seit { $from }.
export-before = Nur Nachrichten vor { $until }.
export-between = Nur Nachrichten von { $from } bis { $until }.
export-missing = { $count ->
    [one] Eine Nachricht war nicht auf diesem Gerät und fehlt hier: Nummer { $from } bis { $to }.
   *[other] { $count } Nachrichten waren nicht auf diesem Gerät und fehlen hier: Nummer { $from } bis { $to }.
}
export-urgent = Dringend
export-written = Geschrieben am { $time }, später gesendet
export-edited = Bearbeitet am { $time }
export-earlier-unknown = Was vorher darin stand, ist hier nicht bekannt
export-earlier = Bis dahin, seit { $time }: { $text }
export-retracted = Diese Nachricht wurde am { $time } zurückgenommen.
export-reply = Antwort an { $name } (#{ $number }): { $text }
export-reply-gone = Antwort an { $name } (#{ $number }), zurückgenommen
export-reactions = Reaktionen: { $list }
export-delivered = Zugestellt an { $name }
export-delivered-at = Zugestellt an { $name } am { $time }
export-read = Gelesen von { $name }
export-read-at = Gelesen von { $name } am { $time }
export-end = { $count ->
    [one] Ende: eine Nachricht
   *[other] Ende: { $count } Nachrichten
}
