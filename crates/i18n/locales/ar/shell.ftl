# علبة النظام والإشعارات ونوافذ الغلاف.

tray-open = فتح Bedside
tray-unread = { $count ->
    [0] لا رسائل غير مقروءة
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
tray-pause = عدم الإزعاج
tray-pause-hour = لمدة ساعة
tray-pause-tomorrow = حتى صباح الغد
tray-pause-off = إيقاف
tray-lock = قفل Bedside
tray-quit = إنهاء Bedside
tray-tooltip = Bedside
tray-tooltip-unread = { $count ->
    [one] Bedside: رسالة واحدة غير مقروءة
    [two] Bedside: رسالتان غير مقروءتين
    [few] Bedside: { $count } رسائل غير مقروءة
   *[other] Bedside: { $count } رسالة غير مقروءة
}
notification-title = رسالة جديدة
notification-title-urgent = رسالة عاجلة
notification-body = افتح Bedside لقراءتها.
notification-open = فتح
notification-from = رسالة جديدة من { $name }
notification-from-urgent = رسالة عاجلة من { $name }
notification-sum = { $count ->
    [zero] لا رسائل جديدة
    [one] رسائل جديدة في محادثة واحدة
    [two] رسائل جديدة في محادثتين
    [few] رسائل جديدة في { $count } محادثات
    [many] رسائل جديدة في { $count } محادثة
   *[other] رسائل جديدة في { $count } محادثة
}
notification-sum-urgent = { $count ->
    [zero] لا رسائل جديدة
    [one] رسائل جديدة في محادثة واحدة، بعضها عاجل
    [two] رسائل جديدة في محادثتين، بعضها عاجل
    [few] رسائل جديدة في { $count } محادثات، بعضها عاجل
    [many] رسائل جديدة في { $count } محادثة، بعضها عاجل
   *[other] رسائل جديدة في { $count } محادثة، بعضها عاجل
}
notification-no-reply = لا ردّ بعد
notification-no-reply-from = لا ردّ من { $name } بعد
notification-no-reply-body = طلبت أن تعلم إن لم يصل ردّ حتى الآن.
notification-mark-read = وضع علامة مقروءة
notification-reply = رد
notification-test-title = هكذا ينبّهك Bedside
notification-test-body = إن كنت تقرأ هذا فالإشعارات تعمل.
notification-still-running-title = لا يزال Bedside يعمل
notification-still-running-body = ستستمر في تلقي الرسائل. للإنهاء استخدم الأيقونة في علبة النظام.
window-title = Bedside
window-title-unread = { $count ->
    [zero] Bedside
    [one] ({ $count }) Bedside
    [two] ({ $count }) Bedside
    [few] ({ $count }) Bedside
    [many] ({ $count }) Bedside
   *[other] ({ $count }) Bedside
}
device-unnamed = حاسوب ({ $system })
link-title = هل تريد فتح هذا الرابط؟
link-text = يُفتح في متصفحك خارج Bedside. لا تفتح إلا الروابط التي تتوقعها.
link-text-program = يُفتح في برنامج آخر على هذا الحاسوب خارج Bedside. لا تفتح إلا الروابط التي تتوقعها.
link-open = فتح الرابط

# Where a file goes, and which is looked at.
file-save-title = حفظ سجل المحادثة
file-save = حفظ
file-open-title = فحص ملف منزَّل
file-open = فتح
