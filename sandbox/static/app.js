// The page as a whole: who is looking at which chat, kept up to date by the sandbox's events.

import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { day, refresh, setOffset } from "./dates.js";
import * as developer from "./developer.js";
import { find, make } from "./dom.js";
import { replace } from "./focus.js";
import { message as render } from "./messages.js";
import { askPerson, attempt } from "./notices.js";
import * as opening from "./opening.js";
import * as panel from "./panel.js";
import * as people from "./people.js";
import { Pressing } from "./pressing.js";
import * as scroll from "./scroll.js";
import { deepLink } from "./text.js";

const TYPING_MS = 5000;
const SOON_MS = 100;

const chat = {
  me: Number(localStorage.getItem("me")) || null,
  bots: [],
  people: [],
  total: 0,
  chats: [],
  current: null,
  messages: new Map(),
  started: true,
  blocked: false,
  offset: 0,
  target() {
    return this.current ? { chat: this.current.chat, ...(this.current.bot ? { bot: this.current.bot } : {}) } : {};
  },
  open: (link) => attempt(() => pressing.openLink(link)),
};
// What is told while a chat is being loaded, to be heard when it is there.
let late = null;
// Where the page was opened by a link to a bot: what it brings is not sent before somebody presses Start.
let followed = null;
const composer = new Composer(chat);
const pressing = new Pressing(chat, show, (text) => composer.write(text));

const actions = {
  bots: () => chat.bots,
  message: (id) => chat.messages.get(id),
  say: (text) => attempt(() => post("say", { user: chat.me, ...chat.target(), text })),
  open: (link) => attempt(() => pressing.openLink(link)),
  reply: (message) => composer.refer({ message, edits: false }),
  edit: (message) => composer.refer({ message, edits: true }),
  select(item, event) {
    if (developer.isOpen() && !event.target.closest("a, button")) actions.inspect(item, event);
  },
  inspect: (item, event) => developer.select(item, event.currentTarget.closest(".message")),
  press: (item, button, element) => attempt(() => pressing.press(item, button, element)),
};

// Loading

async function loadWorld() {
  const [state] = await Promise.all([get("state"), loadPeople()]);
  chat.bots = state.bots;
  pushed(state.offset);
  if (!chat.people.some((person) => person.id === chat.me)) chat.me = chat.people[0]?.id ?? null;
  await loadChats();
  drawPeople();
  await follow();
}

async function follow() {
  const link = deepLink(location.pathname.slice(1) + location.search, chat.bots);
  if (!link) return;
  history.replaceState(null, "", "/");
  followed = link.payload ? link : null;
  await show(chat.chats.find((item) => item.bot === link.bot.id) ?? chat.current);
}

function invited() {
  return followed?.bot.id === chat.current.bot ? followed.payload : undefined;
}

async function start() {
  const payload = invited();
  followed = null;
  await post("start", { user: chat.me, bot: chat.current.bot, payload });
  drawState();
}

async function loadPeople() {
  const found = await get("people", { q: find("find").value.trim() || undefined });
  chat.people = found.people;
  chat.total = found.total;
  drawPeople();
}

function drawPeople() {
  people.draw(chat.people, chat.total, chat.me, (id) => attempt(() => become(id)));
}

async function loadChats() {
  chat.chats = chat.me === null ? [] : (await get("chats", { user: chat.me })).chats;
  const same = chat.chats.find((item) => item.chat === chat.current?.chat && item.bot === chat.current?.bot);
  const group = chat.chats.find((item) => item.chat === chat.current?.chat && item.chat < 0);
  await show(same ?? group ?? chat.chats[0] ?? null);
}

async function become(id) {
  chat.me = id;
  localStorage.setItem("me", String(id));
  if (find("people").classList.contains("open")) openPeople(false);
  composer.refer(null);
  await loadChats();
  drawPeople();
}

async function show(target) {
  chat.current = target;
  drawChats();
  find("title").textContent = target?.title ?? (chat.me === null ? "Nobody is here yet" : "No bot yet");
  if (!target) {
    drawNothing();
    hearLate();
    return;
  }
  late = late ?? [];
  try {
    const [found] = await Promise.all([get("chat", { chat: target.chat, bot: target.bot }), loadCommands()]);
    if (chat.current === target) draw(found);
  } finally {
    if (chat.current === target) hearLate();
  }
}

function hearLate() {
  const told = late ?? [];
  late = null;
  told.forEach(hear);
}

function draw(found) {
  chat.messages = new Map(found.messages.map((item) => [item.message_id, item]));
  chat.started = found.started ?? true;
  chat.blocked = found.blocked ?? false;
  drawState();
  drawMessages();
}

async function loadCommands() {
  const person = chat.people.find((item) => item.id === chat.me);
  const bot = chat.current?.bot ?? chat.bots[0]?.id;
  if (bot) await composer.loadCommands(bot, chat.me, person?.language_code, chat.current.chat < 0);
}

// Drawing

function pushed(offset) {
  chat.offset = offset;
  setOffset(offset);
  panel.drawClock(offset);
  refresh(find("log"));
}

function drawNothing() {
  find("log").replaceChildren();
  find("composer").hidden = true;
  find("start").hidden = true;
  find("block").hidden = true;
  find("subtitle").textContent = "";
  if (chat.me === null) opening.nobody(() => attempt(newPerson));
  else opening.noBot();
}

function drawChats() {
  const nav = find("chats");
  nav.hidden = chat.chats.length < 2;
  nav.replaceChildren(...chat.chats.map((item) => make(
    "button",
    { type: "button", "aria-current": item === chat.current ? "true" : undefined, onclick: () => attempt(() => show(item)) },
    item.title,
  )));
}

function drawState() {
  const dialog = chat.current.chat > 0;
  const bot = chat.bots.find((item) => item.id === chat.current.bot);
  const begins = dialog && (!chat.started || invited() !== undefined);
  find("composer").hidden = begins;
  if (document.activeElement === find("start") && !begins) find("scroller").focus();
  find("start").hidden = !begins;
  find("block").hidden = !dialog || !chat.started;
  find("block").textContent = chat.blocked ? "Unblock" : "Block";
  const person = chat.people.find((item) => item.id === chat.me);
  const ahead = panel.ahead(chat.offset);
  const whoever = [person ? `You are ${person.first_name}` : "", ahead && `clock ${ahead}`].filter(Boolean).join(" · ");
  find("subtitle").textContent = chat.blocked ? "You have blocked this bot" : whoever;
  if (chat.messages.size) find("empty").hidden = true;
  else opening.talk(bot, person, chat.started || !dialog);
}

function drawMessages() {
  const log = find("log");
  find("talk").setAttribute("aria-live", "off");
  log.replaceChildren();
  let previous = "";
  for (const item of chat.messages.values()) {
    const date = day(item.date);
    if (date !== previous) log.append(make("li", { class: "day" }, date));
    previous = date;
    log.append(render(item, chat.me, actions));
  }
  scroll.toEnd();
  seen();
  replyKeyboard();
  requestAnimationFrame(() => find("talk").setAttribute("aria-live", "polite"));
}

function element(id) {
  return find("log").querySelector(`[data-id="${id}"]`);
}

function replyKeyboard() {
  const last = [...chat.messages.values()].reverse().find((item) => item.reply_keyboard.length || item.from.id === chat.me);
  composer.keyboard(last?.reply_keyboard ?? []);
}

function seen() {
  if (document.hidden || !chat.current?.bot) return;
  const fromBot = [...chat.messages.values()].filter((item) => item.from.id === chat.current.bot);
  if (fromBot.length) people.markRead(chat.me, chat.current.bot, fromBot.at(-1).message_id);
}

// Events

function here(event) {
  return chat.current !== null && event.chat === chat.current.chat && (event.bot ?? null) === (chat.current.bot ?? null);
}

const heard = {
  message(event) {
    const person = chat.people.find((item) => item.id === event.chat);
    if (person && event.bot && event.message.from.id === event.bot) person.last[event.bot] = event.message.message_id;
    if (here(event) && !chat.messages.has(event.message.message_id)) arrived(event.message);
    drawPeople();
  },
  edited(event) {
    if (!here(event)) return;
    chat.messages.set(event.message.message_id, event.message);
    replace(element(event.message.message_id), render(event.message, chat.me, actions));
  },
  deleted(event) {
    if (!here(event)) return;
    chat.messages.delete(event.message_id);
    element(event.message_id)?.remove();
  },
  typing(event) {
    if (!here(event)) return;
    find("subtitle").textContent = event.action === "typing" ? "is typing…" : "is sending a file…";
    clearTimeout(heard.timer);
    heard.timer = setTimeout(drawState, TYPING_MS);
  },
  call: (event) => developer.isOpen() && developer.call(event.call),
  update(event) {
    developer.pressed(event.update, chat.messages.values());
    if (developer.isOpen()) developer.update(event.update);
  },
  person: () => soon(loadPeople),
  bot: () => soon(loadWorld),
  commands: () => loadWorldQuietly(),
  chat: (event) => (event.chat < 0 || event.chat === chat.me) && loadChats(),
  clock(event) {
    pushed(event.offset);
    if (chat.current) drawState();
  },
  reload: () => soon(loadWorld),
};

function hear(told) {
  attempt(async () => heard[told.event]?.(told));
}

function soon(load) {
  // Many events at once are one reason to look again.
  clearTimeout(soon.timers?.get(load));
  soon.timers ??= new Map();
  soon.timers.set(load, setTimeout(() => attempt(load), SOON_MS));
}

async function loadWorldQuietly() {
  chat.bots = (await get("state")).bots;
  await loadCommands();
}

function arrived(item) {
  const near = scroll.isNearEnd() || item.from.id === chat.me;
  const previous = [...chat.messages.values()].at(-1);
  chat.messages.set(item.message_id, item);
  chat.started = true;
  if (!previous || day(previous.date) !== day(item.date)) find("log").append(make("li", { class: "day" }, day(item.date)));
  find("log").append(render(item, chat.me, actions));
  if (near) scroll.toEnd();
  else find("newest").hidden = false;
  seen();
  replyKeyboard();
  drawState();
}

function listen() {
  const stream = new EventSource("/_/events");
  let broken = false;
  stream.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    if (late) late.push(told);
    else hear(told);
  });
  stream.addEventListener("open", () => {
    if (broken) attempt(loadWorld);
    broken = false;
  });
  stream.addEventListener("error", () => {
    broken = true;
    find("subtitle").textContent = "The sandbox is not running; waiting for it…";
  });
}

// Buttons of the page itself

async function newPerson() {
  const fields = await askPerson();
  if (!fields) return;
  const id = Math.max(1000, ...chat.people.map((person) => person.id)) + 1;
  await post("people", { id, ...fields });
  find("find").value = "";
  await loadPeople();
  await become(id);
  if (!find("start").hidden) find("start").focus();
}

function openPeople(open) {
  find("people").classList.toggle("open", open);
  find("people-open").setAttribute("aria-expanded", String(open));
  if (open) find("people-close").focus();
  else find("people-open").focus();
}

function connect() {
  find("new-person").addEventListener("click", () => attempt(newPerson));
  find("person-cancel").addEventListener("click", () => find("person-dialog").close());
  find("people-list").addEventListener("keydown", people.arrows);
  find("people-open").addEventListener("click", () => openPeople(true));
  find("people-close").addEventListener("click", () => openPeople(false));
  find("chat").addEventListener("click", (event) => {
    if (find("people").classList.contains("open") && !event.target.closest("#people-open")) openPeople(false);
  });
  find("find").addEventListener("input", () => attempt(loadPeople));
  find("start").addEventListener("click", () => attempt(start));
  find("block").addEventListener("click", () => attempt(() => post("block", { user: chat.me, bot: chat.current.bot, on: !chat.blocked })));
  find("developer-open").addEventListener("click", () => { developer.toggle(!developer.isOpen()); attempt(developer.load); });
  find("developer-close").addEventListener("click", () => developer.toggle(false));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (find("people").classList.contains("open")) openPeople(false);
    else if (developer.isOpen() && find("developer").contains(document.activeElement)) developer.toggle(false);
  });
  document.addEventListener("visibilitychange", () => { seen(); drawPeople(); });
  setInterval(() => refresh(find("log")), 30000);
}

connect();
panel.connect(() => chat.offset);
scroll.connect();
listen();
await attempt(loadWorld);
if (localStorage.getItem("developer") && innerWidth > 1099) {
  developer.toggle(true);
  await attempt(developer.load);
}
