// Digits and clouds on canvases.

const DIGIT = 28;
const DARK_DIGITS = ["#35d9fb", "#f96e60", "#c9f9a5", "#fa7fb7", "#feef00", "#a56400", "#915fa4", "#d8236c", "#407d74", "#f7c3c0", "#98a1b0"];
const LIGHT_DIGITS = ["#0193b6", "#c24c49", "#436500", "#155759", "#b0a065", "#c9398c", "#71078a", "#c978ff", "#623930", "#74ab9e", "#566070"];

function isLight() { return document.documentElement.dataset.theme === "light"; }
function digitColour(label) { return (isLight() ? LIGHT_DIGITS : DARK_DIGITS)[label]; }
function styleColour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

/** Gives a canvas `width` × `height` CSS pixels in the resolution of the screen; returns its context. */
function sized(canvas, width, height) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const w = Math.round(width * ratio), h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Images (count, 784) from digit `first` on, below one another on a small canvas that others draw from. */
class DigitSheet {
  constructor(count) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = DIGIT;
    this.canvas.height = DIGIT * count;
    this.context = this.canvas.getContext("2d");
    this.image = this.context.createImageData(DIGIT, DIGIT * count);
  }

  set(pixels) {
    const light = isLight(), data = this.image.data;
    for (let i = 0; i < pixels.length; ++i) {
      data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = light ? 255 - pixels[i] : pixels[i];
      data[4 * i + 3] = 255;
    }
    this.context.putImageData(this.image, 0, 0);
  }

  draw(context, index, x, y, size) {
    context.imageSmoothingEnabled = size > DIGIT * 3;
    context.drawImage(this.canvas, 0, index * DIGIT, DIGIT, DIGIT, x, y, size, size);
  }
}

/** Cells of a grid that fills `width`. */
function gridCells(width, count) {
  const columns = width < 480 ? 8 : 10, gap = width < 480 ? 3 : 6;
  const size = (width - gap * (columns + 1)) / columns, bar = 3;
  const rows = Math.ceil(count / columns), step = size + gap + bar;
  return { columns, size, bar, height: gap + rows * step + 2,
           place: (i) => [gap + (i % columns) * (size + gap), gap + Math.floor(i / columns) * step] };
}

function drawGrid(canvas, sheet, labels, chosen) {
  const width = canvas.clientWidth, cells = gridCells(width, labels.length);
  const context = sized(canvas, width, cells.height);
  labels.forEach((label, i) => {
    const [x, y] = cells.place(i);
    sheet.draw(context, i, x, y, cells.size);
    context.fillStyle = digitColour(label);
    context.fillRect(x, y + cells.size + 1, cells.size, cells.bar - 1);
    if (i !== chosen) return;
    context.strokeStyle = styleColour("--accent");
    context.lineWidth = 2;
    context.strokeRect(x - 1, y - 1, cells.size + 2, cells.size + 2);
  });
}

/** Positions (count, 2) of latents x (count, 64) on the map's axes. */
function project(plane, x, count) {
  const places = new Float32Array(2 * count);
  for (let i = 0; i < count; ++i)
    for (let k = 0; k < LATENT_SIZE; ++k) {
      const away = x[i * LATENT_SIZE + k] - plane.centre[k];
      places[2 * i] += away * plane.directions[2 * k];
      places[2 * i + 1] += away * plane.directions[2 * k + 1];
    }
  return places;
}

/** The range of the map, the same for all times. */
function mapRange(plane, places) {
  let most = 1;
  for (const values of [plane.points, ...places]) for (const value of values) most = Math.max(most, Math.abs(value));
  return most * 1.05;
}

function drawMap(canvas, plane, batch, places, state, part, chosen) {
  const width = canvas.clientWidth, height = Math.min(width * 0.86, 460), context = sized(canvas, width, height);
  const scale = Math.min(width, height) / 2 / batch.range;
  const at = (x, y) => [width / 2 + x * scale, height / 2 - y * scale];
  context.globalAlpha = 0.34;
  for (let i = 0; i < plane.labels.length; ++i) dotAt(context, at(plane.points[2 * i], plane.points[2 * i + 1]), 1.5, digitColour(plane.labels[i]));
  for (let i = 0; i < batch.solved; ++i) {
    const now = placeAt(places, i, state, part);
    context.globalAlpha = i === chosen ? 1 : 0.35;
    context.lineWidth = i === chosen ? 2 : 1;
    context.strokeStyle = digitColour(batch.labels[i]);
    context.beginPath();
    for (let s = 0; s <= state; ++s) context.lineTo(...at(places[s][2 * i], places[s][2 * i + 1]));
    context.lineTo(...at(...now));
    context.stroke();
    context.globalAlpha = 1;
    dotAt(context, at(...now), i === chosen ? 6 : 4, digitColour(batch.labels[i]), i === chosen ? styleColour("--text") : "");
  }
  context.globalAlpha = 1;
}

/** Between two states a straight line is drawn. */
function placeAt(places, i, state, part) {
  const a = places[state], b = places[Math.min(state + 1, places.length - 1)];
  return [a[2 * i] + part * (b[2 * i] - a[2 * i]), a[2 * i + 1] + part * (b[2 * i + 1] - a[2 * i + 1])];
}

function dotAt(context, [x, y], radius, colour, ring) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  if (!ring) return;
  context.strokeStyle = ring;
  context.lineWidth = 2;
  context.stroke();
}

/** One digit at every ODE step, with its time below; wide strips scroll. */
function drawFilm(canvas, sheet, batch, chosen, nearest) {
  const room = canvas.parentElement.clientWidth, frames = batch.steps + 1;
  const size = Math.max(44, Math.min(96, Math.floor(room / frames) - 6)), step = size + 6;
  canvas.style.width = `${frames * step}px`;
  const context = sized(canvas, frames * step, size + 24);
  context.font = '11px "DejaVu Sans Mono", ui-monospace, monospace';
  context.textAlign = "center";
  for (let s = 0; s < frames; ++s) {
    if (batch.decoded[s * batch.groups() + Math.floor(chosen / GROUP)]) {
      sheet.set(batch.pixels[s].subarray(chosen * 784, (chosen + 1) * 784));
      sheet.draw(context, 0, s * step + 3, 3, size);
    }
    context.fillStyle = styleColour(s === nearest ? "--text" : "--dim");
    context.fillText((s / batch.steps).toFixed(2), s * step + 3 + size / 2, size + 18);
    if (s !== nearest) continue;
    context.strokeStyle = styleColour("--accent");
    context.lineWidth = 2;
    context.strokeRect(s * step + 2, 2, size + 2, size + 2);
  }
}
