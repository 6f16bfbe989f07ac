// Adds the reader's own time beside every time whose zone is another, and makes addresses copyable.
"use strict";

const words = document.body.dataset;
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
  own.textContent = words.yours.replace("{time}", written(moment, sameDay ? clock : { ...day, ...clock }));
  time.after(" ", own);
}

// The reader's own day, unless a line of the page shows the same hours already.
function minutes(moment) {
  const [hours, rest] = written(moment, clock).split(":");
  return Number(hours) * 60 + Number(rest);
}

function drawOwn(list) {
  const start = new Date(list.dataset.start), end = new Date(list.dataset.end);
  const whole = { ...day, ...clock };
  const same = [...list.children].find((line) => written(start, whole) === written(start, whole, line.dataset.zone));
  if (same) {
    same.classList.add("own");
    same.querySelector(".city").append(` (${words.yourClock})`);
    return;
  }
  const line = list.firstElementChild.cloneNode(true);
  line.className = "own";
  line.querySelector(".city").textContent = words.yourClock[0].toUpperCase() + words.yourClock.slice(1);
  line.querySelector(".time").textContent = `${written(start, clock)}–${written(end, clock)}`;
  const blocks = line.querySelectorAll(".block");
  const begin = minutes(start), length = Math.min(1440, (end - start) / 60000);
  blocks[0].setAttribute("x", begin);
  blocks[0].setAttribute("width", Math.max(20, Math.min(length, 1440 - begin)));
  for (const more of [...blocks].slice(1)) more.remove();
  if (begin + length > 1440) {
    const rest = blocks[0].cloneNode();
    rest.setAttribute("x", 0);
    rest.setAttribute("width", Math.max(20, begin + length - 1440));
    blocks[0].after(rest);
  }
  list.append(line);
}

for (const list of document.querySelectorAll(".clocks")) drawOwn(list);

// Where the browser does not let us, the address is marked for the reader to copy it.
async function copied(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    return button.dataset.done;
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    return button.dataset.marked;
  }
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = await copied(button);
      button.textContent = said;
      button.nextElementSibling.textContent = said; // which screen readers say aloud
    });
  }
}
