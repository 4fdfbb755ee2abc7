// Correct a field by choosing its words in the report's text.
//
// <form data-choose-words> has hidden inputs named report, start, end and quote, an element [data-chosen] that shows the words, and
// optionally a button [data-choose] that begins. The text is .report-text[data-report] with pieces [data-start] (code points of
// report.text at which the piece begins), so that report.text[start:end] == quote, whatever the browser counts in.
// By pointer: select words. By keyboard, after the button: arrows move word by word, with Shift they take in more, Enter ends, Escape leaves.

import { said } from "./charts.js";

const codePoints = (text) => [...text].length;

export function start(form) {
  const button = form.querySelector("[data-choose]");
  button?.addEventListener("click", () => chooseByKeyboard(form));
  document.addEventListener("selectionchange", () => {
    if (form.isConnected && form.checkVisibility()) take(form);
  });
}

// The chosen words, or null: {report, start, end, quote}, without white space at their ends.
export function chosen(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = textOf(range.startContainer);
  if (!text || text !== textOf(range.endContainer)) return null;
  if ([...text.querySelectorAll(".gap")].some((gap) => range.intersectsNode(gap))) return null;     // words that are left out cannot be quoted
  const from = offset(range.startContainer, range.startOffset), to = offset(range.endContainer, range.endOffset);
  const words = range.toString();
  if (from === null || to === null || !words.trim()) return null;
  const lead = codePoints(words) - codePoints(words.trimStart()), tail = codePoints(words) - codePoints(words.trimEnd());
  return { report: text.dataset.report, start: from + lead, end: to - tail, quote: words.trim() };
}

const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
const textOf = (node) => elementOf(node)?.closest(".report-text");

function offset(node, at) {
  const text = textOf(node);
  let piece = elementOf(node).closest("[data-start]");
  if (!piece) {                                        // the point lies between pieces: at the beginning of the next, else the end of the last
    const next = node.childNodes[at];
    piece = next?.closest?.("[data-start]") ?? next?.querySelector?.("[data-start]");
    if (piece) return Number(piece.dataset.start);
    piece = [...text.querySelectorAll("[data-start]")].at(-1);
    return piece ? Number(piece.dataset.start) + codePoints(piece.textContent) : null;
  }
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, at);
  return Number(piece.dataset.start) + codePoints(before.toString());
}

function take(form) {
  const words = chosen(document.getSelection());
  if (!words) return;
  for (const name of ["report", "start", "end", "quote"]) {
    const input = form.elements.namedItem(name);
    if (input) input.value = words[name];
  }
  const shown = form.querySelector("[data-chosen]");
  if (shown) shown.textContent = words.quote;
  form.dispatchEvent(new CustomEvent("dateline:chosen", { bubbles: true, detail: words }));
}

function chooseByKeyboard(form) {
  const text = document.querySelector(form.dataset.text || ".report-text");
  if (!text) return;
  const selection = document.getSelection();
  text.tabIndex = -1;
  text.dataset.choosing = "";
  text.focus();
  if (!selection.rangeCount || textOf(selection.anchorNode) !== text) {
    selection.collapse(text.querySelector("[data-start]") ?? text, 0);
    selection.modify("extend", "forward", "word");
  }
  said("Choosing words: arrows move, Shift and arrows take in more, Enter ends.");
  const onKey = (event) => {
    if (event.key === "Enter" || event.key === "Escape" || event.key === "Tab") {
      stop();
      if (event.key !== "Tab") { event.preventDefault(); form.querySelector("[data-choose]")?.focus(); }
      return;
    }
    const ways = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
    if (!ways[event.key]) return;
    event.preventDefault();
    const [way, unit] = ways[event.key];
    if (event.shiftKey) selection.modify("extend", way, unit);
    else {
      if (way === "backward") selection.collapseToStart(); else selection.collapseToEnd();
      if (way === "backward") selection.modify("move", way, unit);
      else if (unit === "line") selection.modify("move", way, unit);
      selection.modify("extend", "forward", "word");
    }
    if (textOf(selection.focusNode) !== text) selection.collapse(text, text.childNodes.length);
    elementOf(selection.focusNode)?.scrollIntoView({ block: "nearest" });
    said(selection.toString().slice(0, 200));
  };
  const stop = () => {
    text.removeEventListener("keydown", onKey);
    delete text.dataset.choosing;
  };
  text.addEventListener("keydown", onKey);
  text.addEventListener("blur", stop, { once: true });
}
