// Adds the reader's own time beside every time whose zone is another, and makes addresses copyable.
"use strict";

const template = document.body.dataset.yours;
const english = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const day = { weekday: "short", day: "numeric", month: "short" };

function written(moment, options, timeZone) {
  return new Intl.DateTimeFormat(english, { ...options, timeZone }).format(moment);
}

for (const time of document.querySelectorAll("time[data-zone]")) {
  const moment = new Date(time.dateTime);
  const zone = time.dataset.zone;
  const sameDay = written(moment, day) === written(moment, day, zone);
  if (sameDay && written(moment, clock) === written(moment, clock, zone)) continue;
  const own = document.createElement("span");
  own.className = "yours";
  own.textContent = template.replace("{time}", written(moment, sameDay ? clock : { ...day, ...clock }));
  time.after(" ", own);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    });
  }
}
