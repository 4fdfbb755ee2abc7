// Bounds over time: what is told of a group's strength.
//
// <div data-band-chart data-src="URL" data-unit="fighters">. The URL gives
//   {"points": [["2018-01-27", low | null, best | null, high | null, "who says so"], ...]}      in order of days
// A stroke goes from the least to the most that a statement allows, with its number as a dot; where an end is open it fades out.
// The pale band leads from one statement to the next where both have two ends: between them nobody said anything.

import { axes, colour, dayWords, getJson, innerWidthOf, keepDrawn, number, rangeWords, said, seconds, uPlot } from "./charts.js";

export async function start(element) {
  const [Plot, data] = await Promise.all([uPlot(), getJson(element.dataset.src)]);
  const points = data.points.map(([day, low, best, high, who]) => ({ at: seconds(day), low, best, high, who }))
    .filter((p) => p.low !== null || p.best !== null || p.high !== null);
  if (!points.length) { said("No number was ever told.", element); return; }
  const unit = element.dataset.unit || data.unit || "";
  const rest = `${number(points.length)} statement${points.length === 1 ? "" : "s"}.`;
  said(rest, element);
  keepDrawn(element, () => draw(Plot, element, points, unit, rest));
}

const floorOf = (p) => p.low ?? p.best ?? p.high;
const topOf = (p) => p.high ?? p.best ?? p.low;

function draw(Plot, element, points, unit, rest) {
  element.replaceChildren();
  const x = points.map((p) => p.at), pad = Math.max((x.at(-1) - x[0]) * 0.04, 30 * 86400);
  const most = Math.max(...points.map(topOf));
  return [new Plot({
    width: innerWidthOf(element), height: 210, legend: { show: false }, padding: [10, 10, 0, 0], axes: axes(),
    tzDate: (s) => Plot.tzDate(new Date(s * 1000), "Etc/UTC"),
    scales: { x: { time: true, range: () => [x[0] - pad, x.at(-1) + pad] }, y: { range: () => [0, most * 1.12 || 1] } },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: {
      draw: [(plot) => { drawBand(plot, points); drawStatements(plot, points); }],
      setCursor: [(plot) => {
        const p = points[plot.cursor.idx];
        said(p && plot.cursor.left >= 0 ? `${dayWords(p.at)}: ${wordsOf(p)} ${unit}${p.who ? ` (${p.who})` : ""}` : rest, element);
      }],
    },
  }, [x, points.map(topOf)], element)];
}

function wordsOf(p) {
  if (p.low === null && p.high !== null) return `up to ${number(p.high)}`;
  return rangeWords(p.low ?? p.best, p.high);
}

function drawBand(plot, points) {
  const { ctx } = plot;
  const at = (p, value) => [plot.valToPos(p.at, "x", true), plot.valToPos(value, "y", true)];
  const isClosed = (p) => p.low !== null && p.high !== null;
  ctx.save();
  ctx.fillStyle = colour("link", 0.14);
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (!isClosed(from) || !isClosed(to)) continue;
    ctx.beginPath();
    ctx.moveTo(...at(from, from.high));
    for (const [p, value] of [[to, to.high], [to, to.low], [from, from.low]]) ctx.lineTo(...at(p, value));
    ctx.fill();
  }
  ctx.restore();
}

function drawStatements(plot, points) {
  const { ctx } = plot, ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 2.5 * ratio;
  for (const p of points) {
    const x = plot.valToPos(p.at, "x", true), low = plot.valToPos(floorOf(p), "y", true), high = plot.valToPos(topOf(p), "y", true);
    ctx.strokeStyle = ctx.fillStyle = colour("link");
    line(ctx, x, low, x, high);
    if (p.high === null) fade(ctx, x, high, high - 22 * ratio);
    if (p.low === null) fade(ctx, x, low, low + 22 * ratio);
    if (p.best !== null) {
      ctx.beginPath();
      ctx.arc(x, plot.valToPos(p.best, "y", true), 3.5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}

function line(ctx, x0, y0, x1, y1) {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

function fade(ctx, x, from, to) {
  const ink = ctx.createLinearGradient(x, from, x, to);
  ink.addColorStop(0, colour("link"));
  ink.addColorStop(1, colour("link", 0));
  ctx.strokeStyle = ink;
  line(ctx, x, from, x, to);
}
