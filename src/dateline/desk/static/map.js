// A map of incidents.
//
// <div data-map data-src="URL" data-incident="/incidents/DTL-" [data-details="URL"] [data-under="pmtiles" | "geojson" data-under-src="URL"]>
// The URL gives
//   {"points": [[number, lon, lat, precision 1-7 | null, killed_best | null, kind, "2018-01-27" | null, radius_km?], ...],
//    "kinds": ["attack", ...], "total": n, "unplaced": n, "undated": n}               `kind` is an index into kinds
// or, where these are too many,
//   {"cells": [[lon, lat, incidents, killed], ...], "total": n, "unplaced": n, "undated": n}
// and is then asked again for the part that is looked at, with west, south, east, north and zoom.
// data-details, asked with number=1&number=2, gives [{id, headline, when, where, killed}] in words for the list of a place.
// data-under: the user's own boundaries, from this desk (connect-src 'self').
//
// By keyboard: arrows and + and - move the map, Enter lists what is around its middle, Escape leaves the list.

import { colour, getJson, here, loadScript, loadStyle, number, onTheme, said } from "./charts.js";
import { drawWords } from "./map-marks.js";
import { hidePanel, MOST, showPanel } from "./map-panel.js";
import { cellsOf, incidentsOf, labelsOf, MARKS, style, WORLD } from "./map-style.js";

const LIBRARY = "./vendor/maplibre-gl-6.17.0/";
const FINE_FROM = 3.4;                                 // zoom from which the finer outlines are worth loading
const AROUND_PX = { pointer: 4, middle: 36 };

export async function start(element) {
  const [library, data, labels, under] = await Promise.all([
    loadLibrary(), getJson(element.dataset.src), getJson(here("./outlines/labels.json")), underOf(element)]);
  const held = { world: WORLD.coarse, labels: labelsOf(labels), incidents: incidentsOf(data), cells: cellsOf(data), under: await under?.(library) };
  const isCoarse = matchMedia("(pointer: coarse)").matches;
  element.replaceChildren();
  const map = new library.Map({
    container: element, style: style(held, inks()), ...viewOf(data), attributionControl: { compact: true }, renderWorldCopies: false,
    dragRotate: false, pitchWithRotate: false, cooperativeGestures: isCoarse, maxZoom: 15, fadeDuration: 0,
    locale: { "Map.Title": element.closest("[aria-label]")?.getAttribute("aria-label") ?? "Map" },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  drawWords(map, inks);
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-left");
  map.addControl(new library.ScaleControl({ maxWidth: 90 }), "bottom-left");
  map.once("idle", () => { element.dataset.ready = ""; });
  onTheme(() => map.setStyle(style(held, inks()), { diff: false }));
  tell(element, data);
  followZoom(map, held);
  followView(map, held, element, data);
  answerClicks(map, element);
}

async function loadLibrary() {
  const [library] = await Promise.all([import(`${LIBRARY}maplibre-gl.mjs`), loadStyle(here(`${LIBRARY}maplibre-gl.css`))]);
  library.setWorkerUrl(here(`${LIBRARY}maplibre-gl-worker.mjs`));
  return library;
}

function inks() {
  const dark = colour("sheet") !== "rgb(255, 255, 255)";
  return {
    sea: dark ? "#141b21" : "#dfe7ea", land: dark ? "#262e35" : "#faf9f5", border: dark ? "#55616c" : "#a9aaa3",
    label: dark ? "#a3adb7" : "#5a626b", killed: colour("killed-fill"), cluster: dark ? "#9db4c7" : "#3b5166", onCluster: dark ? "#10161b" : "#ffffff", under: dark ? "#7f93a6" : "#6f7f92",
  };
}

// Where the map begins: around all that is drawn, and not nearer than a province.
function viewOf({ points = [], cells = [] }) {
  const places = points.length ? points.map((row) => [row[1], row[2]]) : cells;
  if (!places.length) return { center: [20, 20], zoom: 1 };
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of places) {
    west = Math.min(west, lon); east = Math.max(east, lon);
    south = Math.min(south, lat); north = Math.max(north, lat);
  }
  return { bounds: [[west, Math.max(south, -80)], [east, Math.min(north, 84)]], fitBoundsOptions: { padding: 40, maxZoom: 4.5 } };
}

function tell(element, { points, cells, total = 0, unplaced = 0 }) {
  const drawn = points?.length ?? cells?.reduce((sum, cell) => sum + cell[2], 0) ?? 0;
  const parts = [`${number(total)} incident${total === 1 ? "" : "s"}.`];
  if (unplaced) parts.push(`${number(unplaced)} without a place ${unplaced === 1 ? "is" : "are"} in the list only.`);
  if (drawn) parts.push("Choose a mark to list its incidents.");
  said(parts.join(" "), element);
}

function followZoom(map, held) {
  const onZoom = () => {
    if (map.getZoom() < FINE_FROM) return;
    held.world = WORLD.fine;
    map.getSource("world")?.setData(WORLD.fine);
    map.off("zoomend", onZoom);
  };
  map.on("zoomend", onZoom);
  map.once("load", onZoom);
}

// Where there are too many points for one answer, what is looked at is asked for again as the map moves.
function followView(map, held, element, data) {
  if (!data.cells) return;
  let waiting = 0, newest = 0;
  map.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++newest;
      const seen = await getJson(addressOfView(map, element.dataset.src)).catch((error) => said(error.message, element));
      if (!seen || turn !== newest) return;
      held.incidents = incidentsOf(seen);
      held.cells = cellsOf(seen);
      map.getSource("incidents").setData(held.incidents);
      map.getSource("cells").setData(held.cells);
    }, 200);
  });
}

function addressOfView(map, src) {
  const address = new URL(src, location.href), bounds = map.getBounds();
  const edges = { west: Math.max(bounds.getWest(), -180), south: Math.max(bounds.getSouth(), -90), east: Math.min(bounds.getEast(), 180), north: Math.min(bounds.getNorth(), 90) };
  for (const [name, degrees] of Object.entries(edges)) address.searchParams.set(name, degrees.toFixed(4));
  address.searchParams.set("zoom", map.getZoom().toFixed(1));
  return address;
}

function answerClicks(map, element) {
  const canvas = map.getCanvas();
  map.on("click", (event) => list(map, element, event.point, AROUND_PX.pointer, null));
  map.on("mousemove", (event) => { canvas.style.cursor = at(map, event.point, 2).length ? "pointer" : ""; });
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list(map, element, map.project(map.getCenter()), AROUND_PX.middle, canvas);
    if (event.key === "Escape") hidePanel(element);
  });
}

const at = (map, point, around) => map.queryRenderedFeatures(
  [[point.x - around, point.y - around], [point.x + around, point.y + around]], { layers: MARKS.filter((id) => map.getLayer(id)) });

// back: what gets the focus again when the list is left; null: it was opened by pointer.
async function list(map, element, point, around, back) {
  const found = at(map, point, around);
  const cell = found.find((one) => one.layer.id === "cells");
  if (cell) { goNearer(map, cell.geometry.coordinates, map.getZoom() + 2); return; }
  const incidents = new Map(), clusters = new Map();
  for (const one of found) {
    if (one.properties.cluster) clusters.set(one.properties.cluster_id, one); else incidents.set(one.properties.number, one.properties);
  }
  let total = incidents.size;
  for (const [id, cluster] of clusters) {
    total += cluster.properties.point_count;
    for (const leaf of await map.getSource("incidents").getClusterLeaves(id, MOST, 0)) incidents.set(leaf.properties.number, leaf.properties);
  }
  if (!total) {
    hidePanel(element);
    if (back) said("There is no incident around the middle of the map.", element);
    return;
  }
  const [id, nearest] = [...clusters][0] ?? [];
  const zoom = nearest && (async () => goNearer(map, nearest.geometry.coordinates, await map.getSource("incidents").getClusterExpansionZoom(id)));
  await showPanel(element, incidents.values(), total, { zoom, back });
}

function goNearer(map, center, zoom) {
  map.easeTo({ center, zoom: Math.min(zoom + 0.3, map.getMaxZoom()) });
}

// The user's own boundaries, as lines under the incidents.
async function underOf(element) {
  const { under: kind, underSrc } = element.dataset;
  if (!kind) return null;
  const url = new URL(underSrc, location.href).href;
  const lines = (id, more) => ({ id: `under-${id}`, type: "line", source: "under", ...more, paint: { "line-color": inks().under, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.4, 9, 1.2] } });
  if (kind === "geojson") return () => ({ sources: { under: { type: "geojson", data: url } }, layers: [lines("all", {})] });
  const pmtiles = await loadScript(here("./vendor/pmtiles-4.5.0/pmtiles.js"), "pmtiles");
  const archive = new pmtiles.PMTiles(url);
  const { vector_layers: parts = [] } = await archive.getMetadata();
  return (library) => {
    const protocol = new pmtiles.Protocol();
    protocol.add(archive);
    library.addProtocol("pmtiles", protocol.tile);
    const layers = parts.length ? parts.map(({ id }) => lines(id, { "source-layer": id })) : [{ id: "under-picture", type: "raster", source: "under" }];
    return { sources: { under: { type: parts.length ? "vector" : "raster", url: `pmtiles://${url}`, ...(parts.length ? {} : { tileSize: 256 }) } }, layers };
  };
}
