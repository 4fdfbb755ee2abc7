// What the map looks like: outlines, the user's own boundaries, incidents by how well their place is known. Pure: colours and data in, a
// MapLibre style out. There are no glyphs and no sprite: words and counts are pictures that map-marks.js draws when they are asked for.

import { here } from "./charts.js";

export const WORLD = { coarse: here("./outlines/countries-110m.json"), fine: here("./outlines/countries-50m.json") };
export const MARKS = ["exact", "near", "area", "clusters", "cells"];       // layers that answer a click
const EMPTY = { type: "FeatureCollection", features: [] };

// Radius in km that stands for a precision when the data have none: district, province, region, country, sea or airspace.
const RADIUS_KM = { 3: 20, 4: 75, 5: 100, 6: 200, 7: 150 };
const KM_AROUND = 40075.017, TILE_PX = 512;

// points: rows of the desk's data, see map.js. Features of a source that clusters.
export function incidentsOf({ points = [], kinds = [] }) {
  return collection(points.map(([number, lon, lat, precision, killed, kind, day, radiusKm]) => {
    const properties = { number, precision: precision ?? 6, kind: kinds[kind] ?? "", day: day ?? "" };
    if (killed !== null && killed !== undefined) properties.killed = killed;
    const km = radiusKm ?? RADIUS_KM[properties.precision];
    if (properties.precision >= 3) properties.px = (km / KM_AROUND / Math.cos((lat * Math.PI) / 180)) * TILE_PX;    // at zoom 0
    return feature([lon, lat], properties);
  }));
}

export const cellsOf = ({ cells = [] }) => collection(cells.map(([lon, lat, count, killed]) => feature([lon, lat], { count, killed, short: shortNumber(count) })));
export const labelsOf = (labels) => collection(labels.map(([name, lon, lat, size]) => feature([lon, lat], { name, size })));

const collection = (features) => ({ type: "FeatureCollection", features });
const feature = (coordinates, properties) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates } });
const shortNumber = (n) => (n < 1000 ? `${n}` : n < 10000 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`);

// held: {world: address, labels, incidents, cells: collections, under: {sources, layers} or null}; ink: colours by name.
export function style(held, ink) {
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: held.world, attribution: "Natural Earth" },
      labels: { type: "geojson", data: held.labels ?? EMPTY },
      incidents: {
        type: "geojson", data: held.incidents ?? EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 11,
        clusterProperties: { killed: ["+", ["coalesce", ["get", "killed"], 0]] },
      },
      cells: { type: "geojson", data: held.cells ?? EMPTY },
      ...held.under?.sources,
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": ink.sea } },
      { id: "land", type: "fill", source: "world", filter: ["!=", ["get", "name"], "borders"], paint: { "fill-color": ink.land, "fill-antialias": true } },
      { id: "borders", type: "line", source: "world", filter: ["==", ["get", "name"], "borders"], paint: { "line-color": ink.border, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.4] } },
      ...(held.under?.layers ?? []),
      labelLayer(),
      ...incidentLayers(ink),
      ...countedLayers(ink),
    ],
  };
}

function labelLayer() {
  const larger = (size) => [">", ["get", "size"], size];
  return {
    id: "labels", type: "symbol", source: "labels", filter: ["step", ["zoom"], larger(14), 2, larger(6), 3.1, larger(2.2), 4.4, larger(0)],
    layout: { "icon-image": ["concat", "label:", ["get", "name"]], "symbol-sort-key": ["-", 0, ["get", "size"]], "icon-padding": 6 },
  };
}

// A full point only where the place is exact; a ring near a place; a pale disc, as wide as the doubt, for a district or more.
function incidentLayers(ink) {
  const single = ["!", ["has", "point_count"]];
  const bySize = ["+", 4.5, ["min", 9, ["*", 1.1, ["sqrt", ["coalesce", ["get", "killed"], 0]]]]];
  return [
    {
      id: "area", type: "circle", source: "incidents", filter: ["all", single, [">=", ["get", "precision"], 3]],
      paint: {
        "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 0, ["+", 6, ["get", "px"]], 18, ["*", ["get", "px"], 2 ** 18]],
        "circle-color": ink.killed, "circle-opacity": 0.13, "circle-stroke-color": ink.killed, "circle-stroke-opacity": 0.55, "circle-stroke-width": 1,
      },
    },
    {
      id: "near", type: "circle", source: "incidents", filter: ["all", single, ["==", ["get", "precision"], 2]],
      paint: { "circle-radius": bySize, "circle-color": ink.killed, "circle-opacity": 0.08, "circle-stroke-color": ink.killed, "circle-stroke-width": 2 },
    },
    {
      id: "exact", type: "circle", source: "incidents", filter: ["all", single, ["==", ["get", "precision"], 1]],
      paint: { "circle-radius": bySize, "circle-color": ink.killed, "circle-opacity": 0.85, "circle-stroke-color": ink.land, "circle-stroke-width": 1 },
    },
  ];
}

function countedLayers(ink) {
  const counted = (id, source, filter, count, words) => [
    {
      id, type: "circle", source, ...(filter && { filter }),
      paint: { "circle-radius": ["interpolate", ["linear"], ["sqrt", count], 1, 11, 10, 16, 60, 26, 200, 34], "circle-color": ink.cluster, "circle-opacity": 0.92, "circle-stroke-color": ink.land, "circle-stroke-width": 1.5 },
    },
    {
      id: `${id}-counts`, type: "symbol", source, ...(filter && { filter }),
      layout: { "icon-image": ["concat", "count:", ["to-string", words]], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
  ];
  return [
    ...counted("clusters", "incidents", ["has", "point_count"], ["get", "point_count"], ["get", "point_count_abbreviated"]),
    ...counted("cells", "cells", null, ["get", "count"], ["get", "short"]),
  ];
}
