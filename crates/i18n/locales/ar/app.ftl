# واجهة التطبيق.


## المناطق والشريط
rail-label = التنقل الرئيسي
rail-home = الرئيسية
rail-chat = المحادثات
rail-alerts = التنبيهات
rail-alerts-unread = { $count ->
    [zero] لا تنبيهات غير مقروءة
    [one] تنبيه واحد غير مقروء
    [two] تنبيهان غير مقروءين
    [few] { $count } تنبيهات غير مقروءة
    [many] { $count } تنبيهًا غير مقروء
   *[other] { $count } تنبيه غير مقروء
}
rail-settings = الإعدادات
rail-lock = قفل
rail-account = { $name }: { $connection }
connection-connecting = جارٍ الاتصال
connection-live = متصل
connection-limited = اتصال محدود
connection-reconnecting = جارٍ إعادة الاتصال
connection-offline = غير متصل
connection-signed-out = تم تسجيل الخروج
connection-wrong-server = لا يمكن استخدام هذا الخادم
connection-refused = هذا الحساب غير مقبول هنا
skip-to-messages = الانتقال إلى الرسائل
skip-to-composer = الانتقال إلى الكتابة

## الصفحة الرئيسية
home-done-title = لا شيء في انتظارك
home-done = لا توجد رسالة غير مقروءة أو عاجلة، ولا أحد ينتظر ردًّا.
home-first-title = لا شيء هنا بعد
home-first-practitioner = سيظهر هنا ما يحتاج إليك: الرسائل غير المقروءة والعاجلة والمرضى الذين ينتظرون ردًّا.
home-first-patient = سيظهر هنا فريق رعايتك حالما تربطك عيادتك بأحد.
home-people-title = فريق رعايتك
home-write-first = اكتب الرسالة الأولى
home-unsent-title = لم تُرسل بعد
home-parked = { $count ->
    [one] رسالة واحدة لم تُرسل.
    [two] رسالتان لم تُرسلا.
    [few] { $count } رسائل لم تُرسل.
   *[other] { $count } رسالة لم تُرسل.
}
home-parked-do = افتح المحادثة لإرسالها مرة أخرى أو حذفها.
home-unread-none = كل شيء مقروء
home-urgent-none = لا شيء عاجل
home-waiting-title = في انتظار ردك
home-waiting-none = لا أحد ينتظر ردًّا
home-unseen-title = لم يقرأها المريض
home-unseen-hint = { $count ->
    [one] لم تُفتح منذ يوم أو أكثر. قد تصل إليه مكالمة.
    [two] لم تُفتح منذ يومين أو أكثر. قد تصل إليه مكالمة.
    [few] لم تُفتح منذ { $count } أيام أو أكثر. قد تصل إليه مكالمة.
   *[other] لم تُفتح منذ { $count } يومًا أو أكثر. قد تصل إليه مكالمة.
}
home-unseen-none = { $count ->
    [one] لم تبقَ أي رسالة منك غير مقروءة يومًا
    [two] لم تبقَ أي رسالة منك غير مقروءة يومين
    [few] لم تبقَ أي رسالة منك غير مقروءة { $count } أيام
   *[other] لم تبقَ أي رسالة منك غير مقروءة { $count } يومًا
}
home-call = اتصل بدلًا من ذلك:
home-more = { $count ->
    [one] وواحدة أخرى
    [two] واثنتان أخريان
    [few] و{ $count } أخرى
   *[other] و{ $count } أخرى
}
home-all = عرض الكل
clinic-title = عيادتك
clinic-open = مفتوحة الآن حتى { $time }
clinic-later = مغلقة الآن. تفتح اليوم عند { $time }
clinic-on = مغلقة الآن. تفتح يوم { $day } { $time }
clinic-emergency = في حالة الطوارئ
lasted-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
lasted-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
lasted-days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
   *[other] { $count } يومًا
}

## قائمة المحادثات
conversations = المحادثات
new-conversation = محادثة جديدة
search-clear = مسح البحث
search-all = البحث عن الأشخاص والرسائل
search-filters = تضييق البحث
search-from-me = مني
search-from-them = من الطرف الآخر
search-only-with = مع { $name } فقط
search-with-link = مع رابط
search-since-day = من
search-until-day = إلى
search-messages = الرسائل
search-messages-with = الرسائل مع { $name }
search-more = عرض المزيد
search-looking = جارٍ البحث
search-found = { $count ->
    [0] لم يُعثر على أي رسالة
    [one] عُثر على رسالة واحدة
    [two] عُثر على رسالتين
    [few] عُثر على { $count } رسائل
    [many] عُثر على { $count } رسالة
   *[other] عُثر على { $count } رسالة
}
search-none-title = لم يُعثر على شيء
search-none = لا يوجد شخص أو رسالة تطابق «{ $search }».
search-no-messages = لا توجد رسالة مطابقة.
search-hint = اكتب اسمًا أو كلمة أو جزءًا منها.
search-recent = عمليات البحث الأخيرة
search-forget = مسح عمليات البحث الأخيرة
search-since = تم البحث منذ { $date }؛ لا تزال الرسائل الأقدم قيد التحميل.
search-since-offline = تم البحث منذ { $date }؛ ستُحمَّل الرسائل الأقدم عند عودة الاتصال.
search-asking = تم البحث على هذا الحاسوب منذ { $date }؛ يُسأل الخادم عن الرسائل الأقدم.
search-partly = تم البحث على هذا الحاسوب منذ { $date }. بحث الخادم فيما أمكنه: لا يزال يجهّز الرسائل الأقدم للبحث.
search-fully = تم البحث في كل الرسائل، وما قبل { $date } بحث فيه الخادم.
search-failed = تم البحث منذ { $date }؛ لا يمكن سؤال الخادم عن الرسائل الأقدم في الوقت الحالي.
search-preparing = يجري تجهيز الرسائل على هذا الحاسوب للبحث: اكتمل { $percent } %.
filter-label = عرض
filter-all = الكل
filter-unread = غير مقروءة
filter-urgent = عاجلة
filter-archived = المؤرشفة
filter-waiting = بانتظار ردّي
filter-unseen = لم يقرأها المريض
list-loading = جارٍ تحميل المحادثات
list-empty-title = لا محادثات بعد
list-empty-practitioner = ابدأ محادثة مع أحد المرضى المرتبطين بك.
list-empty-patient = ابدأ محادثة مع أحد أعضاء فريق رعايتك.
list-empty-start = بدء محادثة
list-none-unread-title = كل شيء مقروء
list-none-unread = لا توجد محادثة فيها رسائل غير مقروءة.
list-none-urgent-title = لا شيء عاجل
list-none-urgent = لا توجد محادثة فيها رسالة عاجلة غير مقروءة.
list-none-archived-title = لا شيء في الأرشيف
list-none-archived = هنا تُحفظ المحادثات التي تؤرشفها. وتعود من تلقاء نفسها مع الرسالة التالية.
list-none-waiting-title = تم الرد على الجميع
list-none-waiting = لا توجد محادثة تنتهي برسالة من مريض.
list-none-unseen-title = كل شيء مقروء
list-none-unseen = { $count ->
    [one] قرأ مرضاك كل ما كتبتَه قبل أكثر من يوم.
    [two] قرأ مرضاك كل ما كتبتَه قبل أكثر من يومين.
    [few] قرأ مرضاك كل ما كتبتَه قبل أكثر من { $count } أيام.
   *[other] قرأ مرضاك كل ما كتبتَه قبل أكثر من { $count } يومًا.
}
list-show-all = عرض كل المحادثات
list-resize = عرض قائمة المحادثات
preview-you = أنت:
preview-retracted = سُحبت الرسالة
preview-retracted-own = سحبتَ رسالة
preview-draft = مسودة:
preview-draft-offered = مسودة من جهازك الآخر
preview-failed = لم تُرسل:
preview-none = لا رسائل بعد
preview-sensitive = محادثة حسّاسة
preview-typing = جارٍ الكتابة…
row-unread = { $count ->
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
row-pinned = مثبّتة
row-muted = مكتومة
row-marked-unread = معلَّمة كغير مقروءة
row-unseen-since = لم تُقرأ منذ { $date }
row-more = المزيد عن المحادثة مع { $name }
room-menu = المحادثة مع { $name }
room-pin = تثبيت في الأعلى
room-unpin = إلغاء التثبيت
room-mute-hour = كتم لمدة ساعة
room-mute-eight-hours = كتم لمدة 8 ساعات
room-mute-forever = كتم حتى ألغيه بنفسي
room-unmute = إلغاء الكتم
room-unmute-until = إلغاء الكتم (مكتومة حتى { $time })
room-mark-unread = تعليم كغير مقروءة
room-mark-read = تعليم كمقروءة
room-archive = أرشفة
room-unarchive = إخراج من الأرشيف
list-archived = أُرشفت المحادثة مع { $name }
list-undo = تراجع
list-not-kept = تعذّر حفظ ذلك على هذا الحاسوب.
urgent = عاجل

## المحادثة
conversation-pick-title = اختر محادثة
conversation-pick = محادثاتك في القائمة الجانبية. كل ما قرأته من قبل يمكن قراءته دون اتصال أيضًا.
conversation-loading = جارٍ تحميل الرسائل
conversation-typing = { $name }: جارٍ الكتابة
presence-online = متصل الآن
presence-seen-today = آخر ظهور { $time }
presence-seen-yesterday = آخر ظهور أمس { $time }
presence-seen-on = آخر ظهور { $date }
conversation-back = العودة إلى المحادثات
conversation-details = معلومات عن { $name }
details-close = إغلاق المعلومات
conversation-start-title = بداية محادثتك مع { $name }
conversation-empty-title = لا رسائل بعد
conversation-empty = اكتب الرسالة الأولى إلى { $name } أدناه.
messages-with = الرسائل مع { $name }
day-today = اليوم
day-yesterday = أمس
new-messages = { $count ->
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $count } رسائل جديدة
   *[other] { $count } رسالة جديدة
}
jump-to-latest = الانتقال إلى الأحدث
jump-to-latest-new = { $count ->
    [one] الانتقال إلى الأحدث، رسالة جديدة واحدة
    [two] الانتقال إلى الأحدث، رسالتان جديدتان
    [few] الانتقال إلى الأحدث، { $count } رسائل جديدة
   *[other] الانتقال إلى الأحدث، { $count } رسالة جديدة
}
gap-loading = جارٍ جلب الرسائل من الخادم…
gap-waiting = { $count ->
    [one] رسالة واحدة ليست على هذا الحاسوب بعد. ستُجلب عندما تكون متصلًا.
    [two] رسالتان ليستا على هذا الحاسوب بعد. ستُجلبان عندما تكون متصلًا.
    [few] { $count } رسائل ليست على هذا الحاسوب بعد. ستُجلب عندما تكون متصلًا.
   *[other] { $count } رسالة ليست على هذا الحاسوب بعد. ستُجلب عندما تكون متصلًا.
}
role-patient = مريض
role-practitioner = ممارس صحي
role-admin = إدارة
age-years = { $count ->
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
   *[other] { $count } سنة
}
patient-since = مريض منذ { $year }
fact-born = تاريخ الميلاد
fact-born-value = { $date } ({ $age })
fact-role = الدور
fact-profession = المهنة
fact-record-number = رقم الملف
fact-phone = الهاتف
fact-language = اللغة
fact-local-time = الوقت المحلي
phone-call = الاتصال بالرقم { $number }
fact-patient-since = مريض منذ
fact-since = منذ
details-about = معلومات

## الرسائل
message-label = { $sender }: { $text } { $details }
message-you = أنت
state-waiting = بانتظار الإرسال
state-sent = أُرسلت
state-delivered = وصلت
state-read = قُرئت
state-failed = لم تُرسل
state-stale = لم تُرسل
message-edited = معدّلة
message-retracted = سُحبت هذه الرسالة
message-retracted-own = سحبتَ هذه الرسالة
message-urgent = عاجل
message-written-delivered = كُتبت { $written }، ووصلت { $delivered }
message-written-sent = كُتبت { $written }، وأُرسلت { $sent }
message-retry = إعادة المحاولة
message-send-now = إرسال الآن
message-delete = حذف
message-failed = لم تُرسل: { $reason }
message-stale = لم تستلم عيادتك هذه الرسالة: لقد انتظرت الاتصال وقتًا طويلًا. إن كانت لا تزال صحيحة فأرسلها الآن، وإلا فاحذفها.
message-stale-practitioner = لم يستلم { $name } هذه الرسالة: لقد انتظرت الاتصال وقتًا طويلًا. إن كانت لا تزال صحيحة فأرسلها الآن، وإلا فاحذفها.
stale-notice = { $count ->
    [one] لم تستلم عيادتك رسالة واحدة. اقرأها مرة أخرى قبل إرسالها.
    [two] لم تستلم عيادتك رسالتين. اقرأهما مرة أخرى قبل إرسالهما.
    [few] لم تستلم عيادتك { $count } رسائل. اقرأها مرة أخرى قبل إرسالها.
   *[other] لم تستلم عيادتك { $count } رسالة. اقرأها مرة أخرى قبل إرسالها.
}
stale-notice-practitioner = { $count ->
    [one] لم يستلم { $name } رسالة واحدة. اقرأها مرة أخرى قبل إرسالها.
    [two] لم يستلم { $name } رسالتين. اقرأهما مرة أخرى قبل إرسالهما.
    [few] لم يستلم { $name } { $count } رسائل. اقرأها مرة أخرى قبل إرسالها.
   *[other] لم يستلم { $name } { $count } رسالة. اقرأها مرة أخرى قبل إرسالها.
}
stale-send-all = إرسال الكل
state-saving = جارٍ الحفظ…
state-not-saved = لم يُحفظ التعديل
message-actions = إجراءات هذه الرسالة
message-react = تفاعل
message-reply = رد
quote-visit = الانتقال إلى هذه الرسالة
quote-of = رد على
quote-label = رد على { $name }: { $text }
quote-retracted = سُحبت الرسالة
quote-unknown = الرسالة ليست على هذا الحاسوب بعد
message-copy = نسخ النص
message-more = المزيد
message-edit = تعديل
message-versions = عرض النسخ السابقة
message-details = تفاصيل الرسالة
message-take-back = سحب الرسالة
message-copied = تم النسخ
message-not-copied = تعذّر نسخ النص. حدّده وانسخه بنفسك.
message-reactions = التفاعلات
message-not-changed = لم يُحفظ التعديل: { $reason }
message-not-taken-back = لم تُسحب الرسالة: { $reason }
message-keep = تجاهل التعديل
reaction-both = أنت و{ $name }
reaction-label = { $emoji } { $count }، { $who }
refused-forbidden = لم يعد مسموحًا لك بالكتابة هنا.
refused-too-large = إنها طويلة جدًا.
refused-empty = إنها فارغة.
refused-gone = لم تعد هذه المحادثة متاحة.
refused-no-original = الرسالة التي ترد عليها ليست في هذه المحادثة.
refused-conflict = توجد رسالة أخرى بالرقم نفسه.
refused-invalid = لا يقبل الخادم هذا النص.
refused-other = لم يقبلها الخادم.

## الكتابة
composer-label = رسالة إلى { $name }
composer-placeholder = اكتب إلى { $name }
composer-send = إرسال
composer-urgent = وضع علامة عاجل
composer-send-urgent = إرسال كرسالة عاجلة
composer-hint-enter = Enter للإرسال · Shift+Enter لسطر جديد
composer-hint-shift-enter = Shift+Enter للإرسال · Enter لسطر جديد
composer-left = { $count ->
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقي { $count } أحرف
   *[other] بقي { $count } حرفًا
}
composer-over = { $count ->
    [one] حرف واحد زائد
    [two] حرفان زائدان
    [few] { $count } أحرف زائدة
   *[other] { $count } حرفًا زائدًا
}
composer-closed = يمكنك قراءة هذه المحادثة، لكن لم يعد بإمكانك الكتابة فيها: لم تعد مرتبطًا مع { $name }.
draft-offer = مسودة من جهازك الآخر
draft-offer-take = استخدام هذه
draft-offer-append = إضافتها في الأسفل
draft-offer-drop = تجاهلها
draft-arrived = أصبحت المسودة كما تركتها على جهازك الآخر.
composer-not-kept = لم يُحفظ هذا النص بعد، وسيضيع إذا أغلقت Bedside الآن.
composer-not-kept-long = النص أطول من أن يُحفظ كمسودة. اختصره أو أرسله على أجزاء.
composer-editing = تعديل الرسالة
composer-edit-cancel = إلغاء التعديل
reply-to = رد على { $name }
reply-to-own = رد على رسالتك
reply-cancel = إلغاء الرد
composer-edit-label = النص الجديد لرسالتك إلى { $name }
composer-edit-placeholder = لم يبقَ نص: عند الحفظ يمكنك سحب الرسالة
composer-save = حفظ
composer-hint-save-enter = Enter للحفظ · Esc للإلغاء
composer-hint-save-shift-enter = Shift+Enter للحفظ · Esc للإلغاء

## الرموز التعبيرية
emoji-insert = إدراج رمز تعبيري
emoji-all = كل الرموز التعبيرية
emoji-search = البحث عن رمز تعبيري
emoji-none = لم يُعثر على أي رمز.
emoji-groups = مجموعات الرموز
emoji-recent = المستخدمة مؤخرًا
emoji-smileys = الوجوه والمشاعر
emoji-people = الناس
emoji-animals = الحيوانات والطبيعة
emoji-food = الطعام والشراب
emoji-travel = السفر والأماكن
emoji-activities = الأنشطة
emoji-objects = الأشياء
emoji-symbols = العلامات
emoji-flags = الأعلام
emoji-tone = لون البشرة
emoji-tone-light = بشرة فاتحة
emoji-tone-medium-light = بشرة فاتحة إلى متوسطة
emoji-tone-medium = بشرة متوسطة
emoji-tone-medium-dark = بشرة متوسطة إلى داكنة
emoji-tone-dark = بشرة داكنة
emoji-in-tone = { $name }: { $tone }
emoji-in-two-tones = { $name }: { $tone }، { $other }
emoji-with-tones = { $name } (اضغط مطولًا لألوان البشرة)
emoji-tones-of = ألوان البشرة للرمز «{ $name }»
emoji-tones-back = العودة إلى كل الرموز
emoji-found = { $count ->
    [zero] لم يُعثر على أي رمز
    [one] عُثر على رمز واحد
    [two] عُثر على رمزين
    [few] عُثر على { $count } رموز
   *[other] عُثر على { $count } رمزًا
}
emoji-suggestions = رموز بهذا الاسم
emoji-offered = { $count ->
    [one] رمز واحد بهذا الاسم. مفتاح Enter يُدرجه.
    [two] رمزان بهذا الاسم. الأسهم تختار وEnter يُدرج.
    [few] { $count } رموز بهذا الاسم. الأسهم تختار وEnter يُدرج.
   *[other] { $count } رمزًا بهذا الاسم. الأسهم تختار وEnter يُدرج.
}

## الردود السريعة
quick-replies = الردود السريعة
quick-replies-lead = نصوص جاهزة. أدرج أحدها بالزر المجاور للمربع، أو اكتب / في مربع فارغ.
quick-replies-own = ردودي السريعة
quick-replies-clinic = ردود العيادة
quick-replies-offline = يمكنك استخدامها الآن؛ أما تغييرها فيتطلب أن يكون هذا الحاسوب متصلًا.
quick-replies-offered = { $count ->
    [one] رد سريع واحد. مفتاح Enter يُدرجه.
    [two] ردان سريعان. الأسهم تختار وEnter يُدرج.
    [few] { $count } ردود سريعة. الأسهم تختار وEnter يُدرج.
   *[other] { $count } ردًا سريعًا. الأسهم تختار وEnter يُدرج.
}
quick-reply-insert = إدراج رد سريع
quick-reply-add = إضافة رد سريع
quick-reply-new = رد سريع جديد
quick-reply-change = تغيير الرد السريع
quick-reply-edit = تغيير «{ $name }»
quick-reply-up = تحريك «{ $name }» إلى أعلى
quick-reply-down = تحريك «{ $name }» إلى أسفل
quick-reply-title = العنوان
quick-reply-text = النص
quick-reply-hint = ما بين القوسين المعقوفين يُملأ عند الإدراج.
quick-reply-placeholders = إدراج في النص
quick-reply-missing = لم يُكتب شيء هنا بعد.
quick-reply-remove = حذف
quick-reply-save = حفظ
placeholder-patient-first-name = اسم المريض الأول
placeholder-my-name = اسمي
placeholder-clinic-name = اسم العيادة
placeholder-clinic-phone = هاتف العيادة
placeholder-next-opening = موعد الفتح القادم
opening-moment = { $day } الساعة { $time }
unfilled-title = فراغ في رسالتك
unfilled-text = ما زالت رسالتك تحتوي على { $placeholder }. لا يعرف Bedside ما الذي ينبغي أن يكون هناك.
unfilled-back = العودة وملؤه
unfilled-send = الإرسال كما هي

## شريط الاتصال
bar-connecting = جارٍ الاتصال…
bar-reconnecting = جارٍ إعادة الاتصال… يمكنك قراءة كل شيء والكتابة.
bar-offline = لا يوجد اتصال. يمكنك قراءة كل شيء والكتابة؛ ستُرسل الرسائل عند عودة الاتصال.
bar-limited = اتصال محدود. تُرسل الرسائل وتُستقبل، لكن ببطء قليل.
bar-signed-out = تم تسجيل خروجك. يمكنك القراءة والكتابة؛ تُرسل الرسائل بعد تسجيل الدخول من جديد.
bar-wrong-server = هذا التطبيق وخادم عيادتك لا يفهم أحدهما الآخر. يمكنك القراءة؛ تُرسل الرسائل بعد التحديث.
bar-refused = خادم عيادتك لا يفتح محادثات لهذا الحساب. يمكنك قراءة المحفوظ هنا؛ ولا يُرسل شيء ولا يُستقبل. اسأل عيادتك، أو سجّل الخروج من الإعدادات.
bar-waiting = { $count ->
    [one] رسالة واحدة في الانتظار.
    [two] رسالتان في الانتظار.
    [few] { $count } رسائل في الانتظار.
   *[other] { $count } رسالة في الانتظار.
}
bar-try-now = حاول الآن
bar-sign-in = تسجيل الدخول

## تسجيل الدخول والشاشات قبل المحادثات
sign-in-title = تسجيل الدخول إلى Bedside
sign-in-lead = محادثات آمنة بين المرضى والممارسين الصحيين.
sign-in-server = عنوان الخادم
sign-in-server-hint = أعطتك عيادتك هذا العنوان، مثل chat.example.org.
sign-in-username = اسم المستخدم
sign-in-password = كلمة المرور
sign-in-password-show = إظهار كلمة المرور
sign-in-password-hide = إخفاء كلمة المرور
sign-in-passphrase = عبارة المرور لهذا الحاسوب
sign-in-passphrase-hint = لا توجد سلسلة مفاتيح على هذا الحاسوب. تحمي عبارة المرور الرسائل المحفوظة هنا؛ وستحتاج إليها في كل مرة تشغّل فيها Bedside. لا يستطيع أحد استعادتها.
sign-in-passphrase-repeat = أعد كتابة عبارة المرور
sign-in-passphrase-differs = ليست عبارة المرور نفسها.
sign-in-submit = تسجيل الدخول
sign-in-busy = جارٍ تسجيل الدخول…
sign-in-ended = أُنهيت جلستك
sign-in-ended-text = سجّل الخادم خروج هذا الحاسوب. سجّل الدخول من جديد للمتابعة؛ ما هو محفوظ هنا لا يزال هنا.
sign-in-again-title = تسجيل الدخول من جديد
sign-in-again-lead = انتهت جلستك. ما كتبته محفوظ وسيُرسل بعد تسجيل الدخول.
field-missing = يرجى ملء هذا الحقل.
unlock-title = فتح قفل Bedside
unlock-lead = الرسائل على هذا الحاسوب محمية بعبارة المرور الخاصة بك.
unlock-passphrase = عبارة المرور
unlock-submit = فتح القفل
unlock-busy = جارٍ فتح القفل…
unlock-forgotten = هل نسيت عبارة المرور؟
unlock-lead-code = Bedside مقفل. الرسائل مستمرة في الوصول.
unlock-code = رمز القفل
unlock-forgotten-code = هل نسيت الرمز؟
unlock-code-wrong = الرمز غير صحيح.
unlock-code-wrong-do = حاول مرة أخرى. بعد عدة محاولات خاطئة عليك الانتظار.
broken-key-lost-title = ضاع مفتاح الرسائل على هذا الحاسوب
broken-key-lost-text = لم يعد المفتاح في سلسلة مفاتيح هذا الحاسوب، ومن دونه لا يستطيع أحد قراءة الملف. الرسائل التي استلمها الخادم محفوظة لديه. ابدأ من جديد لجلبها مرة أخرى.
broken-keychain-title = سلسلة مفاتيح هذا الحاسوب لا تستجيب
broken-keychain-text = فيها مفتاح الرسائل المحفوظة هنا. افتح قفل سلسلة المفاتيح، أو سجّل الدخول إلى هذا الحاسوب من جديد، ثم حاول مرة أخرى. لم يتغير شيء ولم يضِع شيء.
broken-in-use-title = Bedside مفتوح بالفعل
broken-in-use-text = هذه الرسائل مفتوحة في نافذة أخرى أو لدى شخص آخر سجّل الدخول إلى هذا الحاسوب. أغلق Bedside هناك وحاول مرة أخرى.
broken-disk-title = لا يمكن استخدام قرص هذا الحاسوب
broken-disk-text = القرص ممتلئ أو غير موصول أو لا تمكن الكتابة عليه. وفّر مساحة أو صِله من جديد، ثم حاول مرة أخرى. لم يتغير شيء ولم يضِع شيء.
broken-title = لا يمكن فتح الرسائل على هذا الحاسوب
broken-text = ترك Bedside الملف كما هو. الرسائل التي استلمها الخادم محفوظة لديه. حاول مرة أخرى؛ وإن لم ينفع ذلك فاسأل دعم عيادتك، أو ابدأ من جديد.
broken-newer-title = كُتبت رسائل هذا الحاسوب بإصدار أحدث من Bedside
broken-newer-text = حدّث Bedside لفتحها. لم يتغير شيء ولم يضِع شيء.
broken-still = ما زال لا يُفتح.
broken-retry = حاول مرة أخرى
broken-retry-busy = جارٍ الفتح…
fresh-start = البدء من جديد…
fresh-start-title = هل تبدأ من جديد على هذا الحاسوب؟
fresh-start-back = ستسجّل الدخول مرة أخرى، ويعود كل ما استلمه الخادم.
fresh-start-lost = الرسائل التي كُتبت هنا ولم تُرسل بعد، وكذلك المسودات، لا تعود ولا تُرسل. يوضع الملف القديم جانبًا ولا يُحذف: فإن أمكن فتحه لاحقًا استطاع دعم عيادتك استخراجها منه.
fresh-start-do = ابدأ من جديد
fresh-start-busy = جارٍ البدء من جديد…
opening = جارٍ فتح Bedside

## الأخطاء: ما حدث وما العمل
error-wrong-credentials = اسم المستخدم أو كلمة المرور غير صحيحة.
error-wrong-credentials-do = تحقق منهما وحاول مرة أخرى. حالة الأحرف مهمة في كلمة المرور.
error-too-many-attempts = محاولات كثيرة جدًا.
error-too-many-attempts-do = { $seconds ->
    [one] انتظر ثانية واحدة ثم حاول مرة أخرى.
    [two] انتظر ثانيتين ثم حاول مرة أخرى.
    [few] انتظر { $seconds } ثوانٍ ثم حاول مرة أخرى.
   *[other] انتظر { $seconds } ثانية ثم حاول مرة أخرى.
}
error-invalid-server = هذا ليس عنوان خادم صالحًا.
error-invalid-server-do = يبدو العنوان مثل chat.example.org ويجب الوصول إليه عبر https.
error-unreachable = لا إجابة من هذا الخادم.
error-unreachable-do = تحقق من العنوان ومن اتصالك بالإنترنت ثم حاول مرة أخرى.
error-not-bedside = لا يوجد خادم Bedside على هذا العنوان.
error-not-bedside-do = تحقق من العنوان. في شبكة فندق أو مستشفى قد يلزمك تسجيل الدخول إلى الشبكة أولًا.
error-certificate = شهادة الخادم غير موثوقة.
error-certificate-do = لم يُرسل شيء. تحقق من العنوان ومن تاريخ هذا الحاسوب، أو اسأل عيادتك.
error-incompatible = هذا التطبيق والخادم لا يفهم أحدهما الآخر.
error-incompatible-do = حدّث Bedside، أو اسأل عيادتك عن الإصدار المناسب.
error-other-account = الرسائل المحفوظة هنا تخص شخصًا آخر.
error-other-account-do = سجّل الدخول بذلك الحساب ثم سجّل الخروج منه، أو اطلب ملفًا خاصًا بك.
error-administrator = هذا حساب إداري. ليست له محادثات، فلا شيء يُعرض هنا.
error-administrator-do = سجّل الدخول بحساب معالِج أو مريض. يُدار الأشخاص والعيادة على الخادم بالأمر «bedside-server admin».
error-passphrase-needed = عبارة المرور مطلوبة.
error-passphrase-needed-do = اختر عبارة تحمي الرسائل المحفوظة على هذا الحاسوب.
error-wrong-passphrase = عبارة المرور غير صحيحة.
error-wrong-passphrase-do = حاول مرة أخرى. حالة الأحرف مهمة.
error-no-lock-code = لا رمز قفل بعد.
error-no-lock-code-do = عيّن رمزًا في الإعدادات تحت «القفل».
error-bad-lock-code = الرمز قصير جدًّا أو طويل جدًّا.
error-bad-lock-code-do = اختر 4 أحرف على الأقل و128 على الأكثر.
error-cache-unreadable = لا يمكن فتح الرسائل على هذا الحاسوب.
error-cache-unreadable-do = تُرك الملف كما هو. اسأل دعم عيادتك.
error-cache-in-use = Bedside مفتوح بالفعل بهذه الرسائل.
error-cache-in-use-do = أغلقه هناك وحاول مرة أخرى.
error-cache-newer = كُتبت الرسائل المحفوظة هنا بإصدار أحدث من Bedside.
error-cache-newer-do = حدّث Bedside لفتحها.
error-disk = قرص هذا الحاسوب ممتلئ أو لا يمكن الكتابة عليه.
error-disk-do = لم يُحفظ شيء. أفرغ بعض المساحة وحاول مرة أخرى.
error-unsent = { $count ->
    [one] رسالة واحدة أو تعديل واحد لم يُرسل.
    [two] رسالتان أو تعديلان لم يُرسلا.
    [few] { $count } رسائل وتعديلات لم تُرسل.
   *[other] { $count } رسالة وتعديلًا لم تُرسل.
}
error-unsent-do = انتظر حتى تُرسل، أو افقدها بتسجيل الخروج.
error-empty-message = الرسالة فارغة.
error-empty-message-do = اكتب شيئًا أولًا.
error-message-too-long = { $over ->
    [one] الرسالة أطول بحرف واحد من المسموح.
    [two] الرسالة أطول بحرفين من المسموح.
    [few] الرسالة أطول بـ { $over } أحرف من المسموح.
   *[other] الرسالة أطول بـ { $over } حرفًا من المسموح.
}
error-message-too-long-do = اختصرها أو أرسلها على جزأين.
error-not-changeable = لم يعد ممكنًا تغيير هذه الرسالة.
error-not-changeable-do = لقد سُحبت، أو انتهت المحادثة.
error-not-discardable = لم يعد ممكنًا حذف هذه الرسالة هنا.
error-not-discardable-do = ربما وصلت إلى الخادم.
error-not-signed-in = لم تسجّل الدخول.
error-not-signed-in-do = سجّل الدخول وحاول مرة أخرى.
error-offline = يحتاج هذا إلى اتصال.
error-offline-do = حاول مرة أخرى عندما تكون متصلًا.
error-not-found = لم يعد هذا موجودًا.
error-not-found-do = اختر محادثة أخرى.
error-refused = رفض الخادم ذلك.
error-refused-do = حاول لاحقًا، أو اسأل عيادتك.
error-internal = حدث خطأ ما في Bedside.
error-internal-do = لم يضِع شيء. حاول مرة أخرى؛ وإن تكرر ذلك فأعد تشغيل Bedside.

## النوافذ
dialog-close = إغلاق
dialog-cancel = إلغاء
link-failed = تعذّر فتح الرابط.
link-failed-do = انسخه وافتحه بنفسك، أو حاول مرة أخرى.
link-refused-do = لا يفتح Bedside روابط من هذا النوع.
take-back-title = هل تريد سحب هذه الرسالة؟
take-back-text = لن تظهر الرسالة بعد الآن لدى { $name }. وتبقى في سجلّ العيادة.
urgent-title = الإرسال كرسالة عاجلة؟
urgent-text = تبقى الرسالة في أعلى قائمة { $name } حتى تُفتح.
urgent-sms = وقد تُعلن العيادة عنها برسالة نصية قصيرة أيضًا.
urgent-emergency = في حالة الطوارئ لا تنتظر ردًا هنا، واتصل بالرقم { $number }.
urgent-not-watched = قد لا يكون أحد يطّلع على الرسائل الآن.
urgent-send = إرسال كرسالة عاجلة
moments-title = تفاصيل الرسالة
moments-written = كُتبت
moments-sent = أُرسلت
moments-delivered = وصلت
moments-read = قُرئت
moments-edited = آخر تعديل
moments-retracted = سُحبت
moments-not-yet = ليس بعد
moments-asking = يُسأل الخادم…
moments-unknown = الوقت غير معروف
moments-offline = لا يمكن سؤال الخادم الآن، لذلك تنقص بعض الأوقات.
moments-is-theirs = من { $name }.
moments-is-waiting = على هذا الجهاز فقط، بانتظار الإرسال إلى { $name }.
moments-is-sent = وصلت إلى خادم عيادتك. لم تصل بعد إلى أي جهاز من أجهزة { $name }.
moments-is-delivered = وصلت إلى أحد أجهزة { $name }. لم تُقرأ بعد.
moments-is-read = قرأها { $name }.
moments-is-failed = لم تُرسل إلى { $name }.
moments-is-stale = لم تُرسل إلى { $name }: انتظرت وقتًا أطول من اللازم.
versions-title = نسخ هذه الرسالة
versions-now = الآن
versions-loading = يجري جلب النسخ السابقة من الخادم…
versions-retry = حاول مرة أخرى
people-title = محادثة جديدة
people-search = البحث بالاسم
people-loading = جارٍ تحميل الأشخاص
people-empty = لست مرتبطًا بأحد بعد. عيادتك هي التي تربط المرضى بالممارسين.
people-none-found = لا أحد باسم «{ $search }».
people-has-room = فتح المحادثة
people-opening = جارٍ الفتح…
keys-title = لوحة المفاتيح
key-control = Ctrl
key-escape = Esc
keys-switch = تبديل المحادثة
keys-search = البحث عن الأشخاص والرسائل
keys-find = البحث في هذه المحادثة
keys-previous = المحادثة السابقة
keys-next = المحادثة التالية
keys-close = إغلاق أو رجوع
keys-home = الصفحة الرئيسية
keys-conversations = المحادثات
keys-alerts = التنبيهات
keys-settings = الإعدادات
keys-regions = التنقل بين المناطق
keys-messages = التنقل بين الرسائل
keys-actions = إجراءات الرسالة المحددة
keys-emoji = إدراج رمز تعبيري باسمه: حرفان ثم Enter
keys-room-menu = إجراءات المحادثة المحددة
keys-reply = الرد على الرسالة المحددة
keys-quick-reply = إدراج رد سريع، من مربع فارغ
keys-edit-last = تعديل آخر رسالة لك، من خانة فارغة
keys-help = هذه القائمة

## الإعدادات
settings = الإعدادات
settings-appearance = المظهر
settings-theme = الألوان
theme-system = مثل النظام
theme-light = فاتح
theme-dark = داكن
settings-text-size = حجم النص
settings-text-size-value = { $percent } ٪
settings-language = اللغة
settings-language-system = مثل النظام
settings-writing = الكتابة
settings-enter-sends = Enter يرسل
settings-enter-sends-hint = عند الإيقاف يبدأ Enter سطرًا جديدًا ويرسل Shift+Enter.
settings-unseen-days = أخبرني بأن مريضًا لم يقرأ شيئًا بعد
settings-share-drafts = مشاركة المسودات مع أجهزتي الأخرى
settings-share-drafts-hint = يُحفظ ما بدأت كتابته على خادم العيادة إلى أن ترسله، لتتمكن من المتابعة على جهاز آخر مُفعَّل عليه هذا الخيار أيضًا. لا يراه أحد غيرك. وعند إيقافه يُزال من هناك ما شاركه هذا الجهاز.
settings-notifications = الإشعارات
settings-notify = أبلغني بالرسائل الجديدة
settings-notify-hint = كإشعارات على حاسوبك، حتى والنافذة مغلقة.
notices-content = يقول الإشعار
notices-nothing = رسالة جديدة
notices-name = والاسم أيضًا
notices-name-and-text = الاسم والنص
notices-content-hint = لا يُظهر اسمًا ولا نصًّا، أيًّا كان من ينظر إلى شاشتك.
notices-content-seen = يستطيع من يرى شاشتك قراءة ذلك. لا يُستخدم وBedside مقفل، ولا في المحادثات التي تعدّها حسّاسة.
notices-clinic-nothing = يقول الإشعار «رسالة جديدة» دون اسم ولا نص. عيادتك لا تسمح بأكثر من ذلك.
notices-clinic-name = عيادتك لا تسمح بنص الرسائل في الإشعارات.
notices-sound = الصوت
notices-sound-off = بلا صوت
notices-sound-chime = نغمتان
notices-sound-drop = قطرة
notices-sound-bell = جرس
notices-volume = مستوى الصوت
notices-volume-value = { $percent } %
notices-pause = عدم الإزعاج
notices-pause-hour = لمدة ساعة
notices-pause-tomorrow = حتى صباح الغد
notices-pause-off = إيقاف
notices-paused = حتى { $time }
notices-quiet = ساعات الهدوء
notices-quiet-hint = في هذه الأوقات من كل يوم لا ينبّهك هذا الحاسوب إلى شيء.
notices-urgent = الرسائل العاجلة تصل
notices-urgent-hint = يُنبَّه إليها في ساعات الهدوء وحين لا تريد الإزعاج.
room-sensitive = محادثة حسّاسة
room-sensitive-hint = لا تذكرها الإشعارات ولا تُظهر نصّها أبدًا، ولا تُظهر القائمة آخر كلماتها. على هذا الحاسوب فقط.
room-notices-usual = كالأخرى
reply-wait = لا ردّ؟
reply-wait-hint = يخبرك هذا الحاسوب إن لم يصل ردّ حتى ذلك الحين، ولو دون اتصال.
reply-wait-hours = بعد 4 ساعات
reply-wait-tomorrow = غدًا، الساعة 9
reply-wait-days = بعد 3 أيام
reply-wait-at = أخبرني إن لم يصل حتى
reply-wait-off = لا تخبرني
reply-wait-until = إن لم يصل ردّ حتى { $time } فستُخبر بذلك.
reply-wait-over = لم يصل ردّ حتى { $time }.
row-reply-awaited = يُنتظر ردّ
row-reply-over = لم يصل ردّ في وقته
notices-test-label = هل تصلك الإشعارات؟
notices-test = إرسال تجربة
notices-test-busy = تُجرَّب كل خطوة…
hop-passed = تعمل
hop-but = تعمل، لكن
hop-failed = لا تعمل
hop-server = خادم العيادة يجيب
hop-socket = الرسائل الجديدة تصل فورًا
hop-settings = الإشعارات مشغّلة
hop-desktop = حاسوبك يعرض الإشعارات
hop-shown = عُرض الإشعار التجريبي
hop-sound = شُغّل الصوت
hop-unreachable = الخادم لا يجيب. تحقّق من شبكتك، أو اسأل عيادتك إن كان يعمل.
hop-signed-out = انتهت جلستك. سجّل الدخول من جديد.
hop-limited = تصل متأخرة قليلًا: شبكتك لا تسمح باتصال دائم. اطلب ممن يديرها السماح بـ WebSocket.
hop-not-connected = لا اتصال بالخادم. تصل الرسائل حالما يعود.
hop-turned-off = الإشعارات متوقفة أعلاه. شغّل «أبلغني بالرسائل الجديدة».
hop-paused = طلبت عدم الإزعاج. أوقف ذلك أعلاه لتُنبَّه من جديد.
hop-quiet-hours = هذه ساعات هدوئك؛ تُنبَّه من جديد حين تنتهي.
hop-no-desktop = لا شيء على هذا الحاسوب يعرض الإشعارات. شغّلها في إعدادات النظام، أو ثبّت خدمة إشعارات.
hop-do-not-disturb = حاسوبك مضبوط على عدم الإزعاج، فقد يحجبها. لا يُصدر Bedside صوتًا في هذه الأثناء.
hop-refused = رفضه حاسوبك. اسمح بإشعارات Bedside في إعدادات النظام.
hop-no-audio = لا شيء على هذا الحاسوب يشغّل الصوت. تحقّق من أن مكبّرات الصوت موصولة ومشغّلة.
hop-silent = الصوت متوقف أعلاه.
settings-window = النافذة
settings-close-to-tray = الاستمرار في العمل عند إغلاق النافذة
settings-close-to-tray-hint = تستمر في تلقي الرسائل. للإنهاء استخدم الأيقونة في علبة النظام.
settings-start-with-session = التشغيل عند دخولي إلى هذا الحاسوب
settings-start-with-session-hint = لتعلم بالرسائل دون أن تفتح Bedside أولًا.
settings-start-hidden = التشغيل دون نافذة
settings-start-hidden-hint = تظهر الأيقونة في شريط النظام فقط. وإن لم يكن هناك شريط تُفتح النافذة كالمعتاد.
settings-lock = القفل
lock-by-passphrase = يُخفي «قفل» كل شيء حتى تكتب عبارة المرور. الرسائل مستمرة في الوصول.
lock-by-code = يُخفي «قفل» كل شيء حتى تكتب رمزك. الرسائل مستمرة في الوصول.
lock-by-nothing = برمز تستطيع قفل Bedside وأنت بعيد عن هذا الحاسوب. الرسائل مستمرة في الوصول.
lock-set = تعيين رمز
lock-change = تغيير الرمز
lock-kept = حُفظ.
lock-before = الرمز الحالي
lock-code = الرمز الجديد
lock-code-hint = { $least } أحرف على الأقل. إن نسيته فسجّل الدخول من جديد، وتضيع الرسائل التي لم تُرسل بعد.
lock-save = حفظ
lock-remove = إزالة الرمز
settings-privacy = الخصوصية
settings-hide-presence = إخفاء وقت اتصالي
settings-hide-presence-hint = لا يرى أحد ممن تراسلهم هل أنت متصل أو متى كنت هنا آخر مرة، ولا ترى أنت ذلك عنهم أيضًا.
settings-asking = جارٍ سؤال خادم عيادتك…
settings-needs-connection = هذا محفوظ لدى خادم عيادتك. اتصل لتراه أو تغيّره.
settings-account = الحساب
settings-server = الخادم
settings-profile = الملف
settings-version = الإصدار
settings-not-saved = تعذّر حفظ الإعداد.
sign-out = تسجيل الخروج
sign-out-title = تسجيل الخروج؟
sign-out-text = ستحتاج إلى كلمة المرور للعودة. تبقى محادثاتك على الخادم.
sign-out-erase = إزالة الرسائل المحفوظة على هذا الحاسوب أيضًا
sign-out-lose = تسجيل الخروج وفقدانها
sign-out-busy = جارٍ تسجيل الخروج…
sign-out-unsent = { $count ->
    [one] رسالة واحدة أو تعديل واحد لم يُرسل. تسجيل الخروج يفقدك إياه.
    [two] رسالتان أو تعديلان لم يُرسلا. تسجيل الخروج يفقدك إياهما.
    [few] { $count } رسائل وتعديلات لم تُرسل. تسجيل الخروج يفقدك إياها.
   *[other] { $count } رسالة وتعديلًا لم تُرسل. تسجيل الخروج يفقدك إياها.
}

## التفكير قبل الإرسال
think-over-back = رجوع
think-over-send = إرسال على أي حال
think-over-save = حفظ على أي حال
other-patient-title = مريض آخر؟
other-patient-named = تذكر هذه الرسالة { $name }.
other-patient-to = أنت تكتب إلى { $name }.
matched-name = الاسم
matched-birth-date = تاريخ الميلاد
matched-record-number = رقم الملف
emergency-title = هل يمكن أن تكون هذه حالة طارئة؟
emergency-text = قد يكون ما تكتبه علامة على أمر لا يحتمل الانتظار: { $signs }.
emergency-do = إذا كان ذلك يحدث الآن فاتصل بالرقم { $number } فورًا، ولا تنتظر ردًا هنا.
emergency-unread = لا تُقرأ الرسائل على مدار الساعة.
emergency-call = الاتصال بالرقم { $number }
care-title = لست وحدك في هذا
care-text = ما تكتبه يبدو ثقيلًا جدًا، ومن الجيد أنك عبّرت عنه. تحدّث الآن إلى شخص ما من فضلك ولا تبقَ وحدك: إلى من تثق به، أو إلى من وُجدوا لمثل هذا تمامًا.
care-call = يمكنك الاتصال بالرقم { $number } في أي ساعة. قل إنك تفكر في الانتحار، وسيؤخذ كلامك على محمل الجد.
clinic-hours = متى يوجد أحد في العيادة
clinic-phone = الاتصال بالعيادة:
danger-chest-pain = ألم أو ضغط في الصدر
danger-stroke = علامات سكتة دماغية
danger-breathing = صعوبة في التنفس
danger-bleeding = نزيف شديد
danger-anaphylaxis = رد فعل تحسسي شديد
danger-unconscious = فقدان الوعي أو نوبة تشنج
danger-head-injury = إصابة في الرأس
danger-poisoning = تسمم أو جرعة زائدة
danger-pregnancy = مضاعفات في الحمل
danger-infant-fever = حمى عند رضيع صغير

# التنبيهات: ما وصل في غيابك وما تخبرك به منصة العيادة.
alerts-show = عرض
alerts-all = الكل
alerts-unread = غير المقروءة
alerts-urgent = العاجلة
alerts-mark-all = تعليم الكل كمقروء
alerts-loading = يجري تحميل التنبيهات
alerts-away = لا يمكن عرض التنبيهات الآن
alerts-none = لا تنبيهات
alerts-none-text = ما يصل في غيابك يُدرج هنا.
alerts-message = رسالة جديدة
alerts-message-urgent = رسالة عاجلة
alerts-is-unread = غير مقروء

# الوصول إليك خارج التطبيق.
settings-outreach = عندما تكون غائبًا
settings-outreach-lead = يستطيع Bedside إخبارك بأن شيئًا ما ينتظرك ولم تقرأه بعد، دون أن يذكر المرسل أو المحتوى.
settings-outreach-none = عيادتك لا ترسل رسائل بريد إلكتروني أو رسائل نصية.
outreach-email = البريد الإلكتروني
outreach-sms = رسالة نصية
outreach-email-address = عنوان البريد الإلكتروني
outreach-email-hint = يُرسل إليه رمز لتأكيد أنه لك.
outreach-email-sent = أُرسل رمز إلى { $address }. الرمز صالح لمدة 15 دقيقة.
outreach-sms-number = رقم الهاتف المحمول
outreach-sms-hint = مع رمز البلد، مثل ‎+966 50 123 4567‎. يُرسل إليه رمز.
outreach-sms-sent = أُرسل رمز إلى { $address }. الرمز صالح لمدة 15 دقيقة.
outreach-code-field = الرمز
outreach-send-code = إرسال الرمز
outreach-confirm = تأكيد
outreach-other = استخدام عنوان آخر
outreach-remove = إزالة
outreach-refused = لم ينجح ذلك
outreach-refused-do = تحقق من العنوان أو الرمز. الرمز صالح لمدة 15 دقيقة ويمكن تجربته خمس مرات.
outreach-email-after = بريد إلكتروني إذا لم تُقرأ منذ
outreach-sms-after = رسالة نصية إذا لم تُقرأ منذ
outreach-sms-for = الرسائل النصية من أجل
outreach-sms-urgent = الرسائل العاجلة
outreach-sms-all = كل الرسائل
outreach-reminder = تكرار التنبيه للعاجل
outreach-reminder-none = أبدًا
outreach-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
outreach-quiet = ساعات الهدوء
outreach-quiet-hint = لا يُرسل في هذا الوقت إلا ما هو عاجل.
outreach-quiet-from = من
outreach-quiet-to = إلى

# البحث في محادثة
find-label = البحث في هذه المحادثة
find-older = النتيجة السابقة
find-newer = النتيجة التالية
find-close = إغلاق البحث
find-none = لم يُعثر على شيء
find-count = { $at } من { $total }
find-count-more = { $at } من أكثر من { $total }
find-since = منذ { $date }، لا يزال التحميل جاريًا
find-preparing = لا يزال قيد التجهيز

# Taking conversations along, and looking whether such a file was changed.
settings-download = التنزيلات
download = تنزيل سجل المحادثة
download-all = تنزيل كل المحادثات
download-title = تنزيل المحادثة مع { $name }
download-begin = تنزيل
download-format = الصيغة
download-html = صفحة ويب (HTML)
download-html-hint = تُفتح في أي متصفح وتُطبع جيدًا.
download-text = نص عادي
download-text-hint = يُفتح في كل مكان.
download-csv = جدول (CSV)
download-csv-hint = لبرامج الجداول: سطر لكل رسالة.
download-json = JSON
download-json-hint = كل شيء، للبرامج، وفق مخطط منشور.
download-fhir = FHIR (R4)
download-fhir-hint = للاستيراد إلى نظام العيادة.
download-days = الأيام
download-from = من
download-to = إلى
download-seal = إظهار التغييرات
download-seal-hint = ملف ZIP يُظهر ما إذا تغيّر شيء فيه. عند الاتصال يوقّعه خادم عيادتك.
download-password = كلمة مرور (اختيارية)
download-password-hint = تُشفّر الملف بصيغة ZIP ‏(AES-256). لا يستطيع أحد فتحه من دونها، ولا أنت: لا سبيل إلى استعادتها.
download-password-short = تحتاج كلمة المرور إلى 10 أحرف على الأقل.
download-open = الملف نفسه غير محمي
download-open-do = من يحصل عليه يستطيع قراءته. احفظه حيث لا يصل إليه غيرك، أو ضع له كلمة مرور.
download-from-server = يُعدّ خادم عيادتك الملف: كاملًا مع النصوص السابقة وأوقات التسليم والقراءة.
download-from-device = لا يوجد اتصال، لذلك يُعدّ الملف من النسخة الموجودة على هذا الجهاز. ليس موقّعًا، ويذكر ما ينقصه.
download-choose = اختيار مكان الحفظ
download-beginning = يجري إعداد الملف
download-came = استُلم { $size } كيلوبايت
download-written = كُتبت { $done } من { $total } رسالة
download-finished = حُفظ باسم { $file }.
download-finished-device = أُعدّ من النسخة الموجودة على هذا الجهاز وليس موقّعًا.
download-missing = { $count ->
    [zero] لا رسائل ناقصة في الملف
    [one] رسالة واحدة ليست على هذا الجهاز وهي ناقصة في الملف
    [two] رسالتان ليستا على هذا الجهاز وهما ناقصتان في الملف
    [few] { $count } رسائل ليست على هذا الجهاز وهي ناقصة في الملف
    [many] { $count } رسالةً ليست على هذا الجهاز وهي ناقصة في الملف
   *[other] { $count } رسالة ليست على هذا الجهاز وهي ناقصة في الملف
}
download-missing-do = نزّله مرة أخرى عند توفر الاتصال فيكون كاملًا.
download-cancelled = لم يُحفظ شيء.
download-again = المحاولة مرة أخرى
download-switched-off = أوقفت عيادتك هذه الميزة
download-switched-off-do = لا يستطيع المعالجون تنزيل المحادثات هنا. اسأل مسؤول عيادتك.
download-disk = تعذّرت كتابة الملف
download-disk-do = قد يكون القرص ممتلئًا أو المجلد للقراءة فقط. لم يبقَ شيء. اختر مكانًا آخر أو أفسح مجالًا ثم حاول مرة أخرى.
check-title = فحص ملف منزَّل
check-hint = يبيّن ما إذا تغيّر شيء في ملف ZIP من Bedside ومن وقّعه. يبقى الملف على هذا الجهاز.
check-choose = اختيار ملف
check-looking = يجري فحص كل بايت
check-intact = الملف { $file } كما أُعدّ
check-messages = { $count ->
    [zero] لا رسائل.
    [one] رسالة واحدة.
    [two] رسالتان.
    [few] { $count } رسائل.
    [many] { $count } رسالةً.
   *[other] { $count } رسالة.
}
check-by-clinic = وقّعه خادم عيادتك.
check-by-nobody = غير موقّع: أُعدّ من النسخة الموجودة على جهاز.
check-by-other = موقّع، لكن ليس من عيادتك: المفتاح هو { $key }.
check-by-unknown = موقّع بالمفتاح { $key }. يمكن معرفة ما إذا كان مفتاح عيادتك عند توفر الاتصال.
check-locked = ما فيه ومن وقّعه خلف كلمة مروره.
check-password = كلمة مرور الملف
check-unlock = النظر في داخله
check-changed = تغيّر الملف { $file }
check-incomplete = الملف { $file } ناقص
check-cut-off = نهاية الملف مفقودة.
check-wrong-password = كلمة المرور لا تفتح { $file }
check-wrong-password-do = حاول مرة أخرى. حالة الأحرف مهمة.
check-no-package = لا يحمل { $file } ما يُفحص به
check-no-package-do = ملفات ZIP التي يُعدّها Bedside وحدها تحمل ذلك.
