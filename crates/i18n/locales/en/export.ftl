# Conversations written out: what stands around the messages.

export-title = Conversation of { $one } and { $other }
export-patient = Patient
export-practitioner = Practitioner
export-born = born { $date }
export-record = record { $number }
export-made = Written out on { $time } for { $name }.
export-from-server = From the clinic’s server, with earlier texts and with the times of delivery and reading.
export-from-device = From the copy on one device. Earlier texts of edited messages, and some times of delivery and reading, are not known there.
export-zone = All times are shown in the time zone { $zone }, with their distance from UTC.
export-since = Only messages since { $from }.
export-before = Only messages before { $until }.
export-between = Only messages from { $from } until { $until }.
export-missing = { $count ->
    [one] One message was not on this device and is missing here: number { $from } to { $to }.
   *[other] { $count } messages were not on this device and are missing here: number { $from } to { $to }.
}
export-urgent = Urgent
export-written = Written on { $time }, sent later
export-edited = Edited on { $time }
export-earlier-unknown = What it said before is not known here
export-earlier = Until then, since { $time }: { $text }
export-retracted = This message was taken back on { $time }.
export-reply = Reply to { $name } (#{ $number }): { $text }
export-reply-gone = Reply to { $name } (#{ $number }), which was taken back
export-reactions = Reactions: { $list }
export-delivered = Delivered to { $name }
export-delivered-at = Delivered to { $name } on { $time }
export-read = Read by { $name }
export-read-at = Read by { $name } on { $time }
export-end = { $count ->
    [one] End: one message
   *[other] End: { $count } messages
}
