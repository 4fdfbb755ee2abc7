// Incidents and deaths over time, in two panels that share their days.
//
// <div data-timeline data-src="URL" [data-brush]>. The URL gives
//   {"by": "day" | "week" | "month", "bars": [["2018-01-27", incidents, killed_low, killed_high | null], ...], "undated": n}
// killed_high null: the top is open. Deaths are drawn as what the tolls allow: full to the least, pale from the least to the most.
// With data-brush, dragging over days opens this page with since and until set to them. What it draws stands beside it as a table.

import { axes, colour, dayWords, getJson, innerWidthOf, isoDay, keepDrawn, number, rangeWords, said, seconds, uPlot } from "./charts.js";

const DAY_S = 86400;
const HEIGHTS = { incidents: 104, killed: 124 };

export async function start(element) {
  const [Plot, data] = await Promise.all([uPlot(), getJson(element.dataset.src)]);
  const bars = data.bars.map(([day, incidents, low, high]) => ({ at: seconds(day), incidents, low: low ?? 0, high }));
  if (!bars.length) {
    element.replaceChildren(emptyWords(data.undated));
    said("", element);
    return;
  }
  const rest = restWords(element, data);
  said(rest, element);
  keepDrawn(element, () => draw(Plot, element, bars, data.by, rest));
}

function emptyWords(undated) {
  const words = document.createElement("p");
  words.className = "chart-foot";
  words.textContent = undated ? `None of these has a day: ${number(undated)} undated.` : "No incident to show.";
  return words;
}

const restWords = (element, data) => [
  `By ${data.by}.`, data.undated ? `${number(data.undated)} without a day are not drawn.` : "",
  "brush" in element.dataset ? "Drag over days to show only these." : "",
].filter(Boolean).join(" ");

function draw(Plot, element, bars, by, rest) {
  element.replaceChildren();
  const x = bars.map((bar) => bar.at), width = innerWidthOf(element);
  const span = [x[0] - stepOf(by), x.at(-1) + stepOf(by)];
  const common = {
    width, legend: { show: false }, tzDate: (s) => Plot.tzDate(new Date(s * 1000), "Etc/UTC"), padding: [8, 8, 0, 0],
    scales: { x: { time: true, range: () => span }, y: { range: (_, __, most) => [0, Math.max(most * 1.08, 4)] } },
    cursor: { sync: { key: `timeline-${element.dataset.src}` }, y: false, points: { show: false }, drag: { x: "brush" in element.dataset, y: false, setScale: false } },
    hooks: {
      setCursor: [(plot) => tell(element, plot, bars, by, rest)],
      setSelect: [(plot) => choose(element, plot, bars, by)],
    },
  };
  const incidents = new Plot({
    ...common, height: HEIGHTS.incidents, axes: axes(true), padding: [8, 8, 8, 0],
    series: [{}, { fill: colour("link", 0.75), width: 0, points: { show: false }, paths: Plot.paths.bars({ size: [0.85, 40], gap: 1 }) }],
  }, [x, bars.map((bar) => bar.incidents)], labelled(element, "Incidents"));
  const killed = new Plot({
    ...common, height: HEIGHTS.killed, axes: axes(),
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: { ...common.hooks, draw: [(plot) => drawTolls(plot, bars, by)] },
  }, [x, bars.map((bar) => bar.high ?? bar.low)], labelled(element, "Killed, least to most"));
  return [incidents, killed];
}

function labelled(element, words) {
  const box = document.createElement("div"), label = document.createElement("p");
  label.className = "chart-label";
  label.textContent = words;
  box.append(label);
  element.append(box);
  return box;
}

const stepOf = (by) => ({ day: 1, week: 7, month: 30.4 })[by] * DAY_S;

// Full up to the least that was told, pale up to the most; a stroke on top where there is no most.
function drawTolls(plot, bars, by) {
  const { ctx } = plot, floor = plot.valToPos(0, "y", true), ratio = devicePixelRatio;
  const step = Math.abs(plot.valToPos(bars[0].at + stepOf(by), "x", true) - plot.valToPos(bars[0].at, "x", true));
  const wide = Math.min(Math.max(step * 0.85 - ratio, 2 * ratio), 40 * ratio);
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
  ctx.clip();
  for (const bar of bars) {
    const left = plot.valToPos(bar.at, "x", true) - wide / 2, low = plot.valToPos(bar.low, "y", true);
    ctx.fillStyle = colour("killed-fill");
    ctx.fillRect(left, low, wide, floor - low);
    if (bar.high === null) {
      ctx.fillStyle = colour("killed-fill", 0.35);
      ctx.fillRect(left, low - 5 * ratio, wide, 2 * ratio);
      ctx.fillRect(left, low - 9 * ratio, wide, 2 * ratio);
    } else if (bar.high > bar.low) {
      const high = plot.valToPos(bar.high, "y", true);
      ctx.fillStyle = colour("killed-fill", 0.35);
      ctx.fillRect(left, high, wide, low - high);
    }
  }
  ctx.restore();
}

function tell(element, plot, bars, by, rest) {
  const bar = bars[plot.cursor.idx];
  const words = bar && plot.cursor.left >= 0
    ? `${by === "day" ? "" : `${by} from `}${dayWords(bar.at)}: ${number(bar.incidents)} incident${bar.incidents === 1 ? "" : "s"}, ${rangeWords(bar.low, bar.high)} killed`
    : rest;
  const line = element.closest(".chart")?.querySelector("[data-chart-said]");
  if (line) line.textContent = words;
}

function choose(element, plot) {
  const { left, width } = plot.select;
  if (width < 4) return;
  const address = new URL(location.href);
  address.searchParams.set("since", isoDay(plot.posToVal(left, "x")));
  address.searchParams.set("until", isoDay(plot.posToVal(left + width, "x")));
  for (const name of ["after", "before"]) address.searchParams.delete(name);      // another list: its pages begin anew
  location.assign(address);
}
