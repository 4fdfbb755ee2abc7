// Keys. j and k move through the page's list ([data-list] with [data-item]); any other key presses the element with that data-key,
// in the current item before the rest of the page. No key counts while a field is being written in, with Ctrl, Alt or Meta, or
// while a dialog is open; all of them can be turned off (WCAG 2.1.4), which this browser remembers.

const KEPT = "dateline.keys";
let on = true;
try { on = localStorage.getItem(KEPT) !== "off"; } catch { /* storage is forbidden: keys are on */ }

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* lasts as long as the page */ }
  });
}

const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

document.addEventListener("keydown", (event) => {
  if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (isWriting(event.target) || document.querySelector("dialog:modal") || event.target.closest?.(".maplibregl-map, [data-choosing]")) return;
  const acted = event.key === "j" ? move(1) : event.key === "k" ? move(-1) : press(event.key);
  if (acted) event.preventDefault();
});

function items() {
  const list = document.querySelector("[data-list]");
  return list ? [...list.querySelectorAll("[data-item]")].filter(isShown) : [];
}

function move(step) {
  const all = items();
  if (!all.length) return false;
  const focused = all.findIndex((item) => item.contains(document.activeElement));
  const from = focused >= 0 ? focused : all.findIndex((item) => item.classList.contains("current"));
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), all.length - 1);
  makeCurrent(all[to], all);
  return true;
}

function makeCurrent(item, all) {
  for (const other of all) {
    other.classList.toggle("current", other === item);
    other.removeAttribute("aria-current");
  }
  item.setAttribute("aria-current", "true");
  const link = item.querySelector("[data-open-item]") ?? item.querySelector("a, button") ?? item;
  if (link === item && !item.hasAttribute("tabindex")) item.tabIndex = -1;
  link.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const current = items().find((item) => item.classList.contains("current"));
  const found = [...(current?.querySelectorAll(selector) ?? []), ...document.querySelectorAll(selector)]
    .find((element) => !element.disabled && (isShown(element) || key === "?"));
  if (!found) return false;
  if (found.matches("input, textarea, select")) found.focus(); else found.click();
  return true;
}
