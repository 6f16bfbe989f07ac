// Text with entities as elements. Offsets count UTF-16 units, and so do JavaScript's strings.

import { inFull, written } from "./dates.js";
import { make } from "./dom.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

export function deepLink(url, bots) {
  // The chat with a bot that a link opens, and the payload it brings; null for every other link.
  const match =
    /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)(?:\?start=([\w-]{1,64}))?$/iu.exec(url) ??
    /^tg:\/\/resolve\/?\?domain=(\w+)(?:&start=([\w-]{1,64}))?$/iu.exec(url);
  const bot = match && bots.find((item) => item.username.toLowerCase() === match[1].toLowerCase());
  return bot ? { bot, payload: match[2] } : null;
}

export function render(text, entities, actions) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return stretch(text, ordered, 0, text.length, actions);
}

function stretch(text, entities, start, end, actions) {
  const nodes = [];
  let place = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    const inner = [];
    index += 1;
    while (index < entities.length && entities[index].offset < stop) inner.push(entities[index++]);
    const block = BLOCKS.has(entity.type);
    const before = text.slice(place, entity.offset);
    if (before) nodes.push(block ? before.replace(/\n$/u, "") : before);
    const children = stretch(text, inner, entity.offset, stop, actions);
    nodes.push(wrap(entity, text.slice(entity.offset, stop), children, actions));
    // A block begins and ends its own line: the line break beside it is not shown twice.
    place = block && text[stop] === "\n" ? stop + 1 : stop;
  }
  if (place < end) nodes.push(text.slice(place, end));
  return nodes;
}

function wrap(entity, raw, children, actions) {
  if (entity.type in PLAIN) return make(PLAIN[entity.type], {}, ...children);
  switch (entity.type) {
    case "text_link":
      return link(entity.url, children, actions);
    case "url":
      return link(/^[a-z]+:\/\//iu.test(raw) ? raw : `http://${raw}`, children, actions);
    case "email":
      return make("a", { href: `mailto:${raw}` }, ...children);
    case "mention":
      return link(`https://t.me/${raw.slice(1)}`, children, actions);
    case "bot_command":
      return make("button", { type: "button", class: "command", onclick: () => actions.say(raw) }, ...children);
    case "spoiler":
      return spoiler(children);
    case "date_time":
      return date(entity, raw);
    case "pre":
      return make("pre", { "data-language": entity.language, tabindex: "0" }, ...children);
    case "blockquote":
      return make("blockquote", {}, ...children);
    case "expandable_blockquote":
      return quotation(children);
    case "text_mention":
      return make("strong", { class: "named" }, ...children);
    default:
      return make("span", {}, ...children);
  }
}

function link(url, children, actions) {
  const inside = deepLink(url, actions.bots());
  if (inside) {
    return make("a", { href: url, onclick: (event) => { event.preventDefault(); actions.open(inside); } }, ...children);
  }
  const safe = /^https?:/iu.test(url) ? url : undefined;
  return make("a", { href: safe, title: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function spoiler(children) {
  // Bold and the like cut what is hidden into pieces, and a button would not break over lines: a part of the text that
  // can be pressed, and shows all that the message hides.
  const properties = { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" };
  const hidden = make("span", properties, make("span", {}, ...children));
  hidden.addEventListener("click", () => reveal(hidden.closest(".words")));
  hidden.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal(hidden.closest(".words"));
  });
  return hidden;
}

function reveal(words) {
  for (const hidden of words.querySelectorAll(".spoiler")) {
    hidden.classList.add("open");
    hidden.removeAttribute("aria-label");
    hidden.removeAttribute("role");
    hidden.setAttribute("tabindex", "-1");
  }
}

function date(entity, raw) {
  const shown = written(entity.unix_time, entity.date_time_format, raw);
  return make(
    "time",
    {
      datetime: new Date(entity.unix_time * 1000).toISOString(),
      "data-unix": entity.unix_time,
      "data-format": entity.date_time_format,
      title: `As written: ${raw}\nFor you: ${inFull(entity.unix_time)}`,
    },
    shown,
  );
}

function quotation(children) {
  const inner = make("div", { class: "folded" }, ...children);
  const more = make("button", { type: "button", class: "more", "aria-expanded": "false" }, "Show all");
  more.addEventListener("click", () => {
    const folded = inner.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = folded ? "Show all" : "Show less";
  });
  return make("blockquote", {}, inner, more);
}
