// Writing: text, commands, files, inline mode, answers of a reply keyboard.

import { get, post } from "./api.js";
import { find, make } from "./dom.js";
import { attempt } from "./notices.js";

const INLINE_PAUSE_MS = 300;

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.text = find("text");
    this.choices = find("choices");
    this.commands = [];
    this.reference = null;
    this.chosen = -1;
    this.asked = 0;
    find("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.key(event));
    find("menu").addEventListener("click", () => this.menu());
    find("attach").addEventListener("click", () => find("file").click());
    find("file").addEventListener("change", (event) => this.attach(event.target));
    find("reference-drop").addEventListener("click", () => { this.refer(null); this.text.focus(); });
    this.choices.addEventListener("mousedown", (event) => event.preventDefault());
    this.choices.addEventListener("keydown", (event) => this.key(event));
  }

  refer(reference) {
    this.reference = reference;
    find("reference").hidden = !reference;
    if (!reference) return;
    const words = reference.message.text || "a file";
    find("reference-text").textContent = `${reference.edits ? "Editing" : "Reply to"}: ${words}`;
    if (reference.edits) this.write(reference.message.text);
    this.text.focus();
  }

  write(text) {
    this.text.value = text;
    this.text.focus();
    this.changed();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  changed() {
    this.grow();
    const text = this.text.value;
    const inline = this.inlineQuery(text);
    if (inline !== null) return this.ask(inline);
    this.asked += 1;
    if (!/^\/\w*$/u.test(text)) return this.offer([]);
    const found = this.commands.filter((item) => `/${item.command}`.startsWith(text));
    return this.offer(found.map((item) => this.commandChoice(item)));
  }

  commandChoice(item) {
    const run = () => { this.text.value = `/${item.command}`; this.send(); };
    return { label: `/${item.command}`, note: item.description, run };
  }

  menu() {
    if (!this.choices.hidden) return this.offer([]);
    this.text.focus();
    this.offer(this.commands.map((item) => this.commandChoice(item)));
    if (!this.commands.length) this.offer([{ label: "No commands", note: "The bot has set none for this chat.", run: () => this.offer([]) }]);
    return undefined;
  }

  inlineQuery(text) {
    const match = /^@(\w+) (.*)$/su.exec(text);
    const bot = match && this.chat.bots.find((item) => item.username.toLowerCase() === match[1].toLowerCase());
    return bot?.supports_inline_queries ? { bot, query: match[2] } : null;
  }

  ask(inline) {
    const turn = (this.asked += 1);
    setTimeout(() => turn === this.asked && attempt(() => this.results(inline, turn)), INLINE_PAUSE_MS);
  }

  async results({ bot, query }, turn) {
    const answer = await post("inline", { user: this.chat.me, bot: bot.id, query, wait: 10 });
    if (turn !== this.asked) return;
    const button = answer.button ? [this.startChoice(bot, answer.button)] : [];
    const results = (answer.results ?? []).map((item) => this.resultChoice(answer.inline_query_id, item, query));
    const nothing = { label: answer.answered ? "Nothing found" : "The bot does not answer", note: "", run: () => this.offer([]) };
    this.offer(button.length + results.length ? [...button, ...results] : [nothing]);
  }

  startChoice(bot, button) {
    return { label: button.text, note: "", run: () => this.chat.open({ bot, payload: button.start_parameter }) };
  }

  resultChoice(queryId, item, query) {
    const run = () => attempt(async () => {
      const where = this.chat.target();
      await post("choose", { user: this.chat.me, inline_query_id: queryId, result_id: item.id, query, ...where });
      this.text.value = "";
      this.offer([]);
      this.grow();
    });
    return { label: item.title, note: item.description, run };
  }

  offer(choices) {
    this.offered = choices;
    this.chosen = -1;
    this.choices.hidden = !choices.length;
    find("choices-told").textContent = choices.length ? `${choices.length} suggestions, arrow keys choose` : "";
    this.choices.replaceChildren(...choices.map((choice, place) => this.choiceElement(choice, place)));
    if (choices.length) this.mark(0);
    else this.point(null);
  }

  choiceElement(choice, place) {
    const properties = { class: "choice", role: "option", id: `choice-${place}`, onclick: () => choice.run() };
    return make("li", properties, make("b", {}, choice.label), choice.note ? make("span", {}, choice.note) : null);
  }

  mark(place) {
    const options = [...this.choices.children];
    this.chosen = (place + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.chosen)));
    options[this.chosen].scrollIntoView({ block: "nearest" });
    this.point(`choice-${this.chosen}`);
  }

  point(id) {
    for (const element of [this.text, this.choices]) {
      if (id) element.setAttribute("aria-activedescendant", id);
      else element.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    const open = !this.choices.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.mark(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && (open || this.reference)) {
      if (open) this.offer([]);
      else this.refer(null);
    } else if (open && event.key === "Tab" && !event.shiftKey && this.offered[this.chosen].label.startsWith("/")) {
      event.preventDefault();
      this.write(this.offered[this.chosen].label);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open) this.offered[this.chosen].run();
      else this.send();
    }
  }

  async send() {
    const text = this.text.value;
    if (!text.trim()) return;
    const reference = this.reference;
    this.text.value = "";
    this.refer(null);
    this.offer([]);
    this.grow();
    const where = { user: this.chat.me, ...this.chat.target() };
    const sent = await attempt(() =>
      reference?.edits
        ? post("edit", { ...where, message_id: reference.message.message_id, text })
        : post("say", { ...where, text, reply_to: reference?.message.message_id }),
    );
    if (!sent) this.write(text);
  }

  async attach(input) {
    const [file] = input.files;
    if (!file) return;
    const buffer = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let place = 0; place < buffer.length; place += 32768) {
      binary += String.fromCharCode(...buffer.subarray(place, place + 32768));
    }
    input.value = "";
    await attempt(() => post("document", {
      user: this.chat.me,
      ...this.chat.target(),
      file_name: file.name,
      mime_type: file.type,
      content_base64: btoa(binary),
      caption: this.text.value,
    }));
    this.text.value = "";
    this.grow();
  }

  async loadCommands(bot, me, language, inGroup) {
    // The narrowest scope wins, and inside it the reader's language before the rest, as in the apps.
    const state = await get("state");
    const known = state.bots.find((item) => item.id === bot)?.commands ?? [];
    const scopes = inGroup ? ["all_group_chats", "default"] : [`chat:${me}`, "all_private_chats", "default"];
    const languages = language ? [language.slice(0, 2), ""] : [""];
    const ranked = scopes.flatMap((scope) => languages.map((code) => known.find((set) => set.scope === scope && set.language_code === code)));
    this.commands = ranked.find((set) => set?.commands.length)?.commands ?? [];
  }

  keyboard(rows) {
    const holder = find("reply-keyboard");
    const shown = JSON.stringify(rows);
    if (holder.dataset.shown === shown) return;
    holder.dataset.shown = shown;
    holder.hidden = !rows.length;
    const answer = (text) => { this.text.value = text; this.send(); };
    holder.replaceChildren(...rows.map((row) => make("div", { class: "keyboard-row" }, ...row.map((button) =>
      make("button", { type: "button", class: "key", onclick: () => answer(button.text) }, button.text)))));
  }
}
