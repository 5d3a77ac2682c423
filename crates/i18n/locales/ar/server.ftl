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
