// Helpers that charts and the map share: colours of the theme, data of the desk, days, words for readers who hear the page.

const probe = document.createElement("span");
probe.hidden = true;

// A token of desk.css as a colour that a canvas knows ("rgb(…)"), in the theme that is in force.
export function colour(token, alpha = 1) {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.color = `var(--${token})`;
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g);
  return alpha === 1 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

export function onTheme(redraw) {
  document.addEventListener("dateline:theme", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

// JSON of this desk. Throws an Error whose message tells a reader what went wrong.
export async function getJson(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) throw new Error(body?.detail ?? body?.title ?? `the desk answered ${response.status}`);
  return body;
}

// Says `words` to readers who hear the page, and writes them into the element's own line where it has one.
export function said(words, near = null) {
  const line = near?.closest(".map, .chart")?.querySelector("[data-map-said], [data-chart-said]");
  if (line) line.textContent = words;
  else {
    const all = document.querySelector("[data-said]");
    if (all) all.textContent = words;
  }
}

// A script of others that is no module: loaded once, gives the global `name`.
const loading = new Map();
export function loadScript(url, name) {
  if (globalThis[name]) return Promise.resolve(globalThis[name]);
  if (!loading.has(url)) {
    loading.set(url, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => resolve(globalThis[name]);
      script.onerror = () => reject(new Error(`${name} could not be loaded`));
      document.head.append(script);
    }));
  }
  return loading.get(url);
}

export function loadStyle(url) {
  if (document.querySelector(`link[href="${CSS.escape(url)}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = resolve;
    link.onerror = () => reject(new Error("a style sheet could not be loaded"));
    document.head.prepend(link);                       // before ours, which may change what it says
  });
}

export const here = (path) => new URL(path, import.meta.url).href;

// Days are seconds of UTC midnight in charts; words of them as everywhere on the desk.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const seconds = (day) => Date.parse(`${day}T00:00:00Z`) / 1000;
export const isoDay = (s) => new Date(s * 1000).toISOString().slice(0, 10);
export function dayWords(s) {
  const day = new Date(s * 1000);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}
// Words of an axis' days: the year where it is another than that of the day before, and at the first.
export function tickWords(all, stepS) {
  return all.map((s, i) => {
    const day = new Date(s * 1000), year = day.getUTCFullYear(), month = MONTHS[day.getUTCMonth()];
    if (stepS >= 360 * 86400) return `${year}`;
    const words = stepS >= 28 * 86400 ? month : `${day.getUTCDate()} ${month}`;
    return i === 0 || new Date(all[i - 1] * 1000).getUTCFullYear() !== year ? `${words}\n${year}` : words;
  });
}
export const number = (n) => n.toLocaleString("en-GB");
export const rangeWords = (low, high) => (high === null ? (low ? `at least ${number(low)}` : "not told how many") : low === high ? number(low) : `${number(low)}–${number(high)}`);

// uPlot, which sets its sizes by the element's own style properties: no inline style in the page's text.
export async function uPlot() {
  await loadStyle(here("./vendor/uplot-1.6.32/uPlot.min.css"));
  return loadScript(here("./vendor/uplot-1.6.32/uPlot.iife.min.js"), "uPlot");
}

// What the charts have in common: UTC days, quiet axes in the theme's colours.
export function axes(isTop = false) {
  const faint = colour("faint"), line = colour("line");
  const base = { stroke: faint, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 }, font: "12px system-ui, sans-serif" };
  return [
    { ...base, grid: { show: false }, size: isTop ? 0 : 38, show: !isTop, values: (_, splits, __, ___, step) => tickWords(splits, step), space: 60 },
    { ...base, size: 46, space: 24, values: (_, splits) => splits.map((n) => (Number.isInteger(n) ? number(n) : "")) },
  ];
}

// Redraws when the element's width or the theme changes. draw() returns the uPlot instances that it made.
export function keepDrawn(element, draw) {
  let plots = draw();
  let width = element.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(element.clientWidth - width) < 2) return;
    width = element.clientWidth;
    for (const plot of plots) plot.setSize({ width: innerWidthOf(element), height: plot.height });
  }).observe(element);
  onTheme(() => {
    for (const plot of plots) plot.destroy();
    plots = draw();
  });
}

export function innerWidthOf(element) {
  const style = getComputedStyle(element);
  return element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
}
