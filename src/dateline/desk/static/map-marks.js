// Words on the map, as pictures drawn on a canvas: MapLibre sets text from glyph files, of which there are none here. Names of
// countries ("label:Mali") and counts ("count:1.2k") are drawn when the map first asks for them.

const RATIO = Math.max(2, Math.ceil(devicePixelRatio || 1));
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

// Has `map` draw what it misses. inks(): the colours in force.
export function drawWords(map, inks) {
  map.setMissingStyleImageResolver((id) => {
    const [kind, words] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
    if ((kind !== "label" && kind !== "count") || map.hasImage(id)) return;
    const ink = inks();
    const image = kind === "label"
      ? drawn(words, `500 11.5px ${FONT}`, ink.label, ink.land)
      : drawn(words, `650 11.5px ${FONT}`, ink.onCluster, null);
    map.addImage(id, image, { pixelRatio: RATIO });
  });
}

function drawn(words, font, ink, halo) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = font;
  const wide = Math.ceil(context.measureText(words).width) + 6, high = 18;
  canvas.width = wide * RATIO;
  canvas.height = high * RATIO;
  context.scale(RATIO, RATIO);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (halo) {
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = halo;
    context.strokeText(words, wide / 2, high / 2);
  }
  context.fillStyle = ink;
  context.fillText(words, wide / 2, high / 2 + 0.5);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
