// Evidence: a field ([data-field="f1 f2"]) and the words that it was read from (mark[data-for="f1 f3"]) light each other, by pointer,
// by focus and by tap. What was clicked or tapped stays lit until something else is, or Escape.

import { said } from "./charts.js";

let pinned = null;

const keysOf = (element) => (element.dataset.field ?? element.dataset.for ?? "").split(/\s+/).filter(Boolean);
const partOf = (target) => target.closest?.("[data-field], mark[data-for]");

function light(element, { scroll = "report", tell = false } = {}) {
  for (const lit of document.querySelectorAll("[data-field].lit, mark.lit")) lit.classList.remove("lit");
  const keys = element ? keysOf(element) : [];
  if (!keys.length) return;
  const attribute = element.dataset.field === undefined ? "data-field" : "data-for";
  const others = [...document.querySelectorAll(keys.map((key) => `[${attribute}~="${CSS.escape(key)}"]`).join(","))];
  for (const each of [element, ...others]) each.classList.add("lit");
  if (scroll === "none" || !others.length) return;
  if (attribute === "data-for") showInReports(others); else if (scroll === "all") others[0].scrollIntoView({ block: "nearest" });
  if (tell) said(attribute === "data-for" ? `Read from: ${others.map((mark) => mark.textContent).join(" … ").slice(0, 300)}` : `${others.length} fields rest on these words`);
}

// Each report's own box is scrolled to its first lit word; the page is not, so that what the pointer is on stays under it.
function showInReports(marks) {
  const seen = new Set();
  for (const mark of marks) {
    const box = mark.closest(".report-text");
    if (!box || seen.has(box)) continue;
    seen.add(box);
    const inside = mark.getBoundingClientRect(), around = box.getBoundingClientRect();
    if (inside.top < around.top || inside.bottom > around.bottom) box.scrollTop += inside.top - around.top - box.clientHeight / 3;
  }
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || pinned) return;
  light(partOf(event.target));
});
document.addEventListener("focusin", (event) => {
  const part = partOf(event.target);
  if (part && !pinned) light(part, { tell: event.target.matches(":focus-visible") });
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("a, button, input, select, textarea, label, summary")) return;
  const part = partOf(event.target);
  if (part?.dataset.for !== undefined && choosing()) return;       // words are being chosen there: the page must not move under the pointer
  pinned = part && part !== pinned ? part : null;
  light(pinned ?? part, { scroll: "all" });
  if (pinned && pinned.dataset.field !== undefined) firstMarkIntoView(pinned);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && pinned) { pinned = null; light(null); }
  const part = event.target;
  if ((event.key === "Enter" || event.key === " ") && part.matches?.("[data-field], mark[data-for]")) { event.preventDefault(); part.click(); }
});

const choosing = () => [...document.querySelectorAll("form[data-choose-words]")].some((form) => form.checkVisibility());

// On a phone the report stands below the fields: a tap brings its words into sight.
function firstMarkIntoView(field) {
  const selector = keysOf(field).map((key) => `mark[data-for~="${CSS.escape(key)}"]`).join(",");
  const mark = selector && document.querySelector(selector);
  if (!mark) return;
  const where = mark.getBoundingClientRect();
  if (where.top < 60 || where.bottom > innerHeight) mark.scrollIntoView({ block: "center" });
}
