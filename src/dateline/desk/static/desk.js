// What every page does: theme, dialogs, messages, times, the token of htmx's requests; and it loads what the page's elements ask for.
//
// An element asks by an attribute: data-map, data-timeline, data-band-chart, data-choose-words (each a module of that name, which
// exports start(element)). mark[data-for] and [data-field] light each other (evidence.js); [data-list] and [data-key] answer keys
// (keys.js). What htmx swaps in is started too.

import "./keys.js";
import "./evidence.js";
import { said } from "./charts.js";

const MODULES = { "[data-map]": "./map.js", "[data-timeline]": "./timeline.js", "[data-band-chart]": "./band.js", "[data-choose-words]": "./choose-words.js" };
const started = new WeakSet();

function startAll(root) {
  showTimes(root);
  for (const [selector, module] of Object.entries(MODULES)) {
    for (const element of [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)]) {
      if (started.has(element)) continue;
      started.add(element);
      import(module).then((m) => m.start(element)).catch((error) => said(`This part of the page could not be shown: ${error.message}`, element));
    }
  }
}

// Times: <time datetime="2026-11-22T09:30:00Z" data-local> to the reader's zone; its title keeps UTC.
const LOCAL = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
function showTimes(root) {
  for (const element of root.querySelectorAll("time[data-local]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.title ||= `${element.dateTime} UTC`;
    element.textContent = LOCAL.format(at);
    element.removeAttribute("data-local");
  }
}

// Theme
const root = document.documentElement;
for (const input of document.querySelectorAll("[data-theme-switch] input")) {
  input.checked = input.value === (root.dataset.theme ?? "auto");
  input.addEventListener("change", () => {
    if (input.value === "auto") delete root.dataset.theme; else root.dataset.theme = input.value;
    keep("dateline.theme", input.value === "auto" ? null : input.value);
    document.dispatchEvent(new CustomEvent("dateline:theme"));
  });
}
function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
  } catch { /* storage is forbidden: the choice lasts as long as the page */ }
}

// Dialogs, messages, menus
document.addEventListener("click", (event) => {
  const open = event.target.closest?.("[data-open]");
  if (open) document.getElementById(open.dataset.open)?.showModal();
  const close = event.target.closest?.("[data-close]");
  if (close) close.closest("dialog")?.close();
  event.target.closest?.("[data-dismiss]")?.closest(".flash")?.remove();
  for (const menu of document.querySelectorAll("details.reader[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.reader[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// htmx: the token of forms goes with every request; no part of a page may ask it to run code
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) event.detail.ctx.request.headers["X-CSRF-Token"] = token;
});
document.addEventListener("htmx:after:process", (event) => startAll(event.target));
document.addEventListener("htmx:error", () => said("The desk could not be reached. Nothing was changed."));

startAll(document);
