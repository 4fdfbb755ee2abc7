// The list beside the map: what lies at a place that was clicked, or around the middle when Enter is pressed. All words by textContent.

import { dayWords, getJson, number, seconds } from "./charts.js";

export const MOST = 100;                               // incidents that are listed; the server gives headlines of as many
const WITHIN = { 2: "near a place", 3: "somewhere in a district", 4: "somewhere in a province", 5: "somewhere in a region, on a road or river", 6: "somewhere in a country", 7: "at sea or in the air" };

// incidents: properties of the map's features. total: how many there are at the place. zoom(): goes nearer, or null.
export async function showPanel(element, incidents, total, { zoom = null, back = null } = {}) {
  const panel = element.parentElement.querySelector("[data-map-panel]");
  const close = () => {
    panel.hidden = true;
    back?.focus();
  };
  const list = make("ul");
  const shown = [...incidents].sort((a, b) => (b.day || "").localeCompare(a.day || "")).slice(0, MOST);
  const items = new Map(shown.map((one) => [one.number, item(element, one)]));
  list.append(...items.values());
  const head = make("header");
  head.append(make("h3", `${number(total)} incident${total === 1 ? "" : "s"} here`), button("Close", close));
  const more = total > shown.length ? [make("p", `${number(total - shown.length)} more are not listed: go nearer.`, "faint")] : [];
  panel.replaceChildren(head, list, ...more, ...(zoom ? [button("Go nearer", zoom)] : []));
  panel.hidden = false;
  panel.onkeydown = (event) => { if (event.key === "Escape") close(); };
  if (back) panel.focus();
  await fillIn(element, items);
}

export function hidePanel(element) {
  element.parentElement.querySelector("[data-map-panel]").hidden = true;
}

function item(element, one) {
  const line = make("li"), link = make("a", `DTL-${one.number}`);
  link.href = `${element.dataset.incident}${one.number}`;
  const told = [one.day ? dayWords(seconds(one.day)) : "day unknown", one.kind, WITHIN[one.precision], one.killed === undefined ? "" : `${number(one.killed)} killed`];
  line.append(link, make("span", told.filter(Boolean).join(" · "), "sub"));
  return line;
}

// Headlines and tolls in words come from the desk; without them the list stays as it is.
async function fillIn(element, items) {
  const { details } = element.dataset;
  if (!details || !items.size) return;
  const address = new URL(details, location.href);
  for (const one of items.keys()) address.searchParams.append("number", one);
  const rows = await getJson(address).catch(() => []);
  for (const row of rows) {
    const line = items.get(Number(String(row.id).replace(/^\D+/, "")));
    if (!line) continue;
    line.querySelector("a").textContent = row.headline;
    line.querySelector(".sub").textContent = [row.when, row.where, row.killed && row.killed !== "not told" ? `${row.killed} killed` : "", row.id].filter(Boolean).join(" · ");
  }
}

function make(name, words = "", className = "") {
  const element = document.createElement(name);
  if (words) element.textContent = words;
  if (className) element.className = className;
  return element;
}

function button(words, act) {
  const element = make("button", words, "quiet");
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}
