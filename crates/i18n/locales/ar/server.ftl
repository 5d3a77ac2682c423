# الصفحات التي يعرضها الخادم بنفسه.

page-sign-in = تسجيل الدخول
page-sign-in-title = تسجيل الدخول إلى Bedside
page-username = اسم المستخدم
page-password = كلمة المرور
page-wrong-credentials = اسم المستخدم أو كلمة المرور غير صحيحة. حاول مرة أخرى.
page-too-many-attempts = محاولات كثيرة جدًا. انتظر لحظة ثم حاول مرة أخرى.
page-sign-out = تسجيل الخروج
page-conversations = المحادثات
page-no-conversations = ليست لديك محادثات بعد.
page-administrator-title = حساب إداري
page-administrator = ليست لهذا الحساب محادثات. يُدار الأشخاص والعيادة على الخادم بالأمر «bedside-server admin».
page-administrator-do = لقراءة الرسائل وكتابتها، سجّل الخروج، ثم سجّل الدخول بحساب معالِج أو مريض.
page-unread = { $count ->
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
page-you = أنت
page-back = كل المحادثات
page-write = اكتب رسالة
page-write-to = اكتب إلى { $name }
page-send = إرسال
page-no-messages = لا توجد رسائل بعد. اكتب الرسالة الأولى أدناه.
page-older = عرض رسائل أقدم
page-retracted = سُحبت هذه الرسالة.
page-edited = معدّلة
page-urgent = عاجل
page-not-writable = يمكنك قراءة هذه المحادثة، لكن لم يعد بإمكانك الكتابة فيها.
page-not-found = لا توجد صفحة كهذه هنا.
page-error = حدث خطأ ما. حاول مرة أخرى.
page-not-sent = تعذّر إرسال الرسالة. حاول مرة أخرى.
page-signed-out = تم تسجيل خروجك هنا. لا يُرسل شيء ولا يُستقبل؛ وما كتبته ما زال في الحقل.
page-missing = لا يوجد اتصال بالعيادة الآن. قد تنقص رسائل جديدة؛ وتواصل هذه الصفحة المحاولة.

# ما يصل إلى الناس خارج التطبيق: لا اسم ولا شيء من نص الرسالة.
outreach-message = لديك رسالة جديدة
outreach-message-body = كتب إليك شخص ما في Bedside. سجّل الدخول لقراءة الرسالة.
outreach-urgent = رسالة عاجلة في انتظارك
outreach-urgent-body = في Bedside رسالة مُعلَّمة بأنها عاجلة في انتظارك ولم تُقرأ بعد.
outreach-notice = لديك إشعار جديد
outreach-notice-body = هناك شيء جديد لك في Bedside. سجّل الدخول لرؤيته.
outreach-open-page = افتح في المتصفح
outreach-open-app = افتح في تطبيق Bedside
outreach-why = تصلك هذه الرسالة لأنك طلبت من Bedside إخبارك بما لم تقرأه بعد. لا يمكن الرد عليها.
outreach-stop = إيقاف هذه الرسائل
outreach-code = رمزك في Bedside
outreach-code-body = اكتب هذا الرمز في Bedside لتأكيد أن هذا العنوان لك. الرمز صالح لمدة 15 دقيقة.
outreach-code-unasked = إذا لم تطلب هذا الرمز فلا داعي لفعل أي شيء.
outreach-code-sms = { $code } هو رمزك في Bedside. صالح لمدة 15 دقيقة.
page-stop-title = هل تريد إيقاف هذه الرسائل؟
page-stop-what = لن يخبرك Bedside بعد ذلك بهذه الطريقة بما لم تقرأه. يمكنك تشغيلها مرة أخرى من إعدادات التطبيق.
page-stop-do = إيقاف
page-stopped-title = تم الإيقاف
page-stopped-what = لن تصلك رسائل أخرى من هذا النوع. يمكنك تشغيلها مرة أخرى من إعدادات التطبيق.
