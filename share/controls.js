// The controls of the samples: their values, limits and keys.

const MOST_SEED = (1n << 64n) - 1n;
const DIGITS = 40;

function byId(id) { return document.getElementById(id); }

/** Fills the lists, and sets what the model's own sampler uses. */
function prepareControls(data) {
  const classes = byId("class");
  classes.append(new Option(data.labelled ? "all in turn" : "unconditional", "-1"));
  if (data.labelled) for (let digit = 0; digit < NO_CLASS; ++digit) classes.append(new Option(String(digit), String(digit)));
  for (const solver of data.solvers) byId("solver").append(new Option(solver.name, solver.id));
  byId("seed").value = data.seed;
  byId("solver").value = data.solver;
  byId("steps").value = data.steps;
  classes.disabled = byId("guidance").disabled = !data.labelled;
}

/** A whole number in the range of seeds; the text of the field is corrected. */
function seedValue() {
  const digits = byId("seed").value.replace(/[^0-9]/g, "").slice(0, 20) || "0";
  const seed = BigInt(digits) > MOST_SEED ? MOST_SEED : BigInt(digits);
  byId("seed").value = seed.toString();
  return seed.toString();
}

function stepsValue() {
  const steps = Math.min(64, Math.max(1, Math.round(Number(byId("steps").value)) || 1));
  byId("steps").value = steps;
  return steps;
}

/** What the controls request. */
function requestedBatch(data) {
  const digit = Number(byId("class").value);
  const label = (i) => (!data.labelled ? NO_CLASS : digit < 0 ? i % NO_CLASS : digit);
  return {
    seed: seedValue(),
    labels: Array.from({ length: DIGITS }, (_, i) => label(i)),
    guidance: data.labelled ? Number(byId("guidance").value) : 1,
    solver: byId("solver").value,
    steps: stepsValue(),
  };
}

/** Function evaluations of a sample, as the program counts them. */
function evaluations(data, request) {
  const solver = data.solvers.find(({ id }) => id === request.solver);
  const both = request.guidance === 1 || request.guidance === 0 ? 1 : 2;
  return (request.steps * solver.evaluations + solver.extra) * both;
}

function describeControls(data) {
  const solver = data.solvers.find(({ id }) => id === byId("solver").value);
  byId("solver").title = solver.meaning;
  byId("guidance-out").textContent = Number(byId("guidance").value).toFixed(2);
}

/** Other noise: a seed that follows from the clock. */
function otherSeed() {
  byId("seed").value = String(Math.floor(Math.random() * 1e6));
}

/** Keys of the whole page, except where a field takes them. */
function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target, typing = target.matches("select, input[type=text], input[type=number]");
    const slides = target.matches("input[type=range], canvas, .strip");
    const key = event.key.toLowerCase();
    if (typing || (slides && key.startsWith("arrow"))) return;
    const action = /^[0-9]$/.test(key) ? actions.digit : actions[key];
    if (!action) return;
    event.preventDefault();
    action(key);
  });
}

/** A theme of the user's choice in place of the system's. */
function prepareTheme(changed) {
  const system = window.matchMedia("(prefers-color-scheme: light)");
  let chosen = null;
  const show = () => {
    const light = chosen === null ? system.matches : chosen;
    document.documentElement.dataset.theme = light ? "light" : "dark";
    byId("theme").textContent = light ? "Dark theme" : "Light theme";
    byId("theme").setAttribute("aria-pressed", String(light));
    changed();
  };
  const toggle = () => { chosen = !isLight(); show(); };
  byId("theme").addEventListener("click", toggle);
  system.addEventListener("change", show);
  show();
  return toggle;
}
