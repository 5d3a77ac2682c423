# Conversations written out: what stands around the messages.

export-title = محادثة { $one } و{ $other }
export-patient = مريض/مريضة
export-practitioner = معالج/معالجة
export-born = تاريخ الميلاد { $date }
export-record = رقم الملف { $number }
export-made = أُعدّت في { $time } من أجل { $name }.
export-from-server = من خادم العيادة، مع النصوص السابقة وأوقات التسليم والقراءة.
export-from-device = من النسخة الموجودة على جهاز واحد. النصوص السابقة للرسائل المعدَّلة وبعض أوقات التسليم والقراءة غير معروفة هناك.
export-zone = كل الأوقات بالمنطقة الزمنية { $zone } مع فرقها عن التوقيت العالمي.
export-since = الرسائل منذ { $from } فقط.
export-before = الرسائل قبل { $until } فقط.
export-between = الرسائل من { $from } حتى { $until } فقط.
export-missing = { $count ->
    [zero] لا رسائل ناقصة: من { $from } إلى { $to }.
    [one] رسالة واحدة لم تكن على هذا الجهاز وهي ناقصة هنا: من الرقم { $from } إلى { $to }.
    [two] رسالتان لم تكونا على هذا الجهاز وهما ناقصتان هنا: من الرقم { $from } إلى { $to }.
    [few] { $count } رسائل لم تكن على هذا الجهاز وهي ناقصة هنا: من الرقم { $from } إلى { $to }.
    [many] { $count } رسالةً لم تكن على هذا الجهاز وهي ناقصة هنا: من الرقم { $from } إلى { $to }.
   *[other] { $count } رسالة لم تكن على هذا الجهاز وهي ناقصة هنا: من الرقم { $from } إلى { $to }.
}
export-urgent = عاجل
export-written = كُتبت في { $time } وأُرسلت لاحقًا
export-edited = عُدّلت في { $time }
export-earlier-unknown = ما كان فيها من قبل غير معروف هنا
export-earlier = حتى ذلك الحين، منذ { $time }: { $text }
export-retracted = سُحبت هذه الرسالة في { $time }.
export-reply = رد على { $name } (رقم { $number }): { $text }
export-reply-gone = رد على { $name } (رقم { $number })، وقد سُحبت
export-reactions = التفاعلات: { $list }
export-delivered = سُلّمت إلى { $name }
export-delivered-at = سُلّمت إلى { $name } في { $time }
export-read = قرأها { $name }
export-read-at = قرأها { $name } في { $time }
export-end = { $count ->
    [zero] النهاية: لا رسائل
    [one] النهاية: رسالة واحدة
    [two] النهاية: رسالتان
    [few] النهاية: { $count } رسائل
    [many] النهاية: { $count } رسالةً
   *[other] النهاية: { $count } رسالة
}
