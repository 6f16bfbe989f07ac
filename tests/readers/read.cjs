// What a calendar library finds in calendars: `node read.cjs LIBRARY FILE...`. Prints, for each file, its events as
// [uid, start, end, title, status], the times in seconds since 1970. NODE_PATH says where the libraries are.
"use strict";

const { readFileSync } = require("node:fs");

const seconds = (date) => date.getTime() / 1000;

const libraries = {
  "ical.js": (text) => {
    const ICAL = require("ical.js");
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      const times = [event.startDate, event.endDate].map((time) => time.toUnixTime());
      return [event.uid, ...times, event.summary, component.getFirstPropertyValue("status")];
    });
  },
  "node-ical": (text) => {
    const found = Object.values(require("node-ical").sync.parseICS(text));
    return found
      .filter((event) => event.type === "VEVENT")
      .map((event) => [event.uid, seconds(event.start), seconds(event.end), event.summary, event.status]);
  },
};

const [library, ...files] = process.argv.slice(2);
console.log(JSON.stringify(files.map((file) => libraries[library](readFileSync(file, "utf8")))));
