// Shows every <time> in the reader's own zone and language.
"use strict";

function localTime(iso) {
  const at = new Date(iso);
  const today = new Date().toDateString() === at.toDateString();
  const parts = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, parts).format(at);
}

for (const time of document.querySelectorAll("time[datetime]")) {
  time.textContent = localTime(time.dateTime);
}
