// Training curves as SVG, with the last values in text.

const SVG = "http://www.w3.org/2000/svg";

function svgElement(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const PLOT = { height: 168, left: 48, right: 8, top: 8, bottom: 24 };

/** Smallest and largest of all values of the curves that can be drawn. */
function rangeOf(lists) {
  let least = Infinity, most = -Infinity;
  for (const list of lists) for (const value of list) { least = Math.min(least, value); most = Math.max(most, value); }
  return least < most ? [least, most] : [least - 0.5, least + 0.5];
}

/** One plot: logarithmic values over steps. `lines` are {name, colour, curve}. */
function addPlot(parent, title, lines) {
  const shown = lines.filter(({ curve }) => curve.step.length > 1);
  if (shown.length === 0) return;
  const width = Math.max(260, parent.clientWidth), right = width - PLOT.right;
  const positive = shown.every(({ curve }) => curve.value.every((value) => value > 0));
  const scaled = (value) => (positive ? Math.log10(value) : value);
  const [x0, x1] = rangeOf(shown.map(({ curve }) => curve.step));
  const [y0, y1] = rangeOf(shown.map(({ curve }) => curve.value.map(scaled)));
  const x = (step) => PLOT.left + ((step - x0) / (x1 - x0)) * (right - PLOT.left);
  const y = (value) => PLOT.top + ((y1 - scaled(value)) / (y1 - y0)) * (PLOT.height - PLOT.top - PLOT.bottom);
  const ends = shown.map(({ name, curve }) => `${name} ${shortNumber(curve.value.at(-1))}`).join(", ");
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${PLOT.height}`, role: "img",
                                  "aria-label": `${title} from step ${Math.round(x0)} to ${Math.round(x1)}; at the end ${ends}` });
  for (const part of [0, 0.5, 1]) {
    const value = y0 + part * (y1 - y0), real = positive ? 10 ** value : value, at = y(real);
    svg.append(svgElement("line", { class: "rule", x1: PLOT.left, x2: right, y1: at, y2: at }));
    svg.append(svgElement("text", { x: PLOT.left - 6, y: at + 4, "text-anchor": "end" }, shortNumber(real)));
  }
  svg.append(svgElement("text", { x: PLOT.left, y: PLOT.height - 6 }, shortNumber(x0)));
  svg.append(svgElement("text", { x: right, y: PLOT.height - 6, "text-anchor": "end" }, `step ${Math.round(x1).toLocaleString("en")}`));
  for (const { colour, curve } of shown)
    svg.append(svgElement("polyline", { class: "line", stroke: `var(${colour})`, points: curve.step.map((step, i) => `${x(step).toFixed(1)},${y(curve.value[i]).toFixed(1)}`).join(" ") }));
  const figure = document.createElement("figure"), caption = document.createElement("figcaption");
  figure.className = "curve";
  caption.append(title + (positive ? " (logarithmic)" : ""));
  for (const { name, colour, curve } of shown) {
    const key = document.createElement("span");
    key.className = "key";
    key.style.color = `var(${colour})`;
    key.textContent = `${name} ${shortNumber(curve.value.at(-1))}`;
    caption.append(key);
  }
  figure.append(caption, svg);
  parent.append(figure);
}

function shortNumber(value) {
  if (value === 0) return "0";
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}

/** Draws all curves into `parent`, in its present width. */
function drawCurves(parent, curves) {
  parent.replaceChildren();
  addPlot(parent, "Flow loss", [{ name: "training", colour: "--flow", curve: curves.flow }, { name: "held out", colour: "--held-out", curve: curves.flow_test }]);
  addPlot(parent, "Autoencoder loss", [{ name: "training", colour: "--autoencoder", curve: curves.autoencoder }]);
  addPlot(parent, "FD % during training", [{ name: "live score", colour: "--data", curve: curves.fd }]);
}
