# علبة النظام والإشعارات ونوافذ الغلاف.

tray-open = فتح Bedside
tray-unread = { $count ->
    [0] لا رسائل غير مقروءة
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
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
notification-still-running-title = لا يزال Bedside يعمل
notification-still-running-body = ستستمر في تلقي الرسائل. للإنهاء استخدم الأيقونة في علبة النظام.
window-title = Bedside
device-unnamed = حاسوب ({ $system })
link-title = هل تريد فتح هذا الرابط؟
link-text = يُفتح في متصفحك خارج Bedside. لا تفتح إلا الروابط التي تتوقعها.
link-text-program = يُفتح في برنامج آخر على هذا الحاسوب خارج Bedside. لا تفتح إلا الروابط التي تتوقعها.
link-open = فتح الرابط
