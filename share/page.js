// The page: its samples, the time of the flow, the film strip, the time-lapse.

class Page {
  constructor(data) {
    this.data = data;
    this.chosen = 0;
    this.slices = new Slices();
    this.sheet = new DigitSheet(DIGITS);
    this.filmSheet = new DigitSheet(1);
    this.shownState = -1;
    this.playing = false;
  }

  /** Reads the weights and computes the first samples. */
  start() {
    const { network } = this.data;
    if (network) {
      this.model = new PageModel(network, byId("weights").textContent);
      prepareControls(this.data);
      this.listen();
      this.sample();
    }
    this.toggleTheme = prepareTheme(() => this.drawAll());
    this.prepareLapse();
    window.addEventListener("resize", () => this.drawAll());
  }

  listen() {
    const again = () => this.sample();
    for (const id of ["class", "guidance", "solver", "steps", "seed"]) byId(id).addEventListener("change", again);
    byId("guidance").addEventListener("input", () => describeControls(this.data));
    byId("new-noise").addEventListener("click", () => this.newNoise());
    byId("t").addEventListener("input", () => { this.stop(); this.drawTime(); });
    byId("play").addEventListener("click", () => this.togglePlay());
    byId("grid").addEventListener("pointerdown", (event) => this.chooseAt(event));
    byId("grid").addEventListener("keydown", (event) => this.moveChoice(event));
    listenToKeys({
      n: () => this.newNoise(), p: () => this.togglePlay(), t: () => this.toggleTheme(),
      a: () => this.chooseClass("-1"), digit: (key) => this.chooseClass(key),
      arrowleft: () => this.moveTime(-1), arrowright: () => this.moveTime(1),
    });
  }

  newNoise() { otherSeed(); this.sample(); }

  chooseClass(value) {
    if (!this.data.labelled) return;
    byId("class").value = value;
    this.sample();
  }

  moveTime(direction) {
    this.stop();
    byId("t").value = Math.min(1, Math.max(0, (Math.round(this.time() * this.batch.steps) + direction) / this.batch.steps));
    this.drawTime();
  }

  time() { return Number(byId("t").value); }
  state() { return Math.round(this.time() * this.batch.steps); }

  /** Computes what the controls request; the shown samples stay until the first new ones are ready. */
  sample() {
    describeControls(this.data);
    const batch = new Batch(requestedBatch(this.data)), begun = performance.now();
    byId("status").textContent = "computing …";
    document.documentElement.dataset.ready = "no";
    this.slices.start(computeBatch(this.model, batch, () => this.state()), (done) => this.progressed(batch, begun, done));
    this.next = batch;
    if (!this.batch) this.batch = batch;
  }

  progressed(batch, begun, done) {
    const all = batch.solved === batch.count && batch.stateDecoded(batch.steps);
    if (all && batch.milliseconds === 0) this.completed(batch, performance.now() - begun);
    if (done && batch === this.batch) this.finished();
    this.shownState = -1;
    if (batch === this.batch) this.requestDrawing();
  }

  /** All digits are there: they replace the samples before. */
  completed(batch, milliseconds) {
    batch.milliseconds = milliseconds;
    this.batch = batch;
    this.placeOnMap();
    const nfe = evaluations(this.data, batch);
    byId("status").textContent = `${batch.count} digits in ${(milliseconds / 1000).toFixed(2)} s · ${nfe} function evaluations each`;
    byId("film-unit").textContent = `${batch.steps} steps, digit ${this.chosen + 1} of ${batch.count}`;
    document.documentElement.dataset.milliseconds = milliseconds.toFixed(0);
    this.describeGrid();
    this.drawAll();
  }

  placeOnMap() {
    const batch = this.batch, { plane } = this.data.network;
    this.places = batch.states.map((x) => project(plane, x, batch.count));
    batch.range = mapRange(plane, this.places);
  }

  /** Every state is decoded. Then the page compares itself with the program. */
  finished() {
    document.documentElement.dataset.ready = "yes";
    if (this.compared) return;
    this.compared = true;
    const { data } = this;
    const reference = new Batch({ seed: data.seed, labels: data.labels, guidance: 1, solver: data.solver, steps: data.steps });
    const expected = bytesOf(data.samples);
    const work = computeBatch(this.model, reference, () => 0);
    while (!reference.stateDecoded(reference.steps)) work.next();
    const computed = reference.pixels[reference.steps];
    let most = 0;
    for (let i = 0; i < expected.length; ++i) most = Math.max(most, Math.abs(expected[i] - computed[i]));
    document.documentElement.dataset.difference = String(most);
    byId("exactness").textContent = `The same noise (seed ${data.seed}) computed in this page differs by at most ${most} of 255 grey levels.`;
  }

  describeGrid() {
    const { batch } = this, given = byId("class").selectedOptions[0].text;
    byId("grid").setAttribute("aria-label", `${batch.count} samples, class ${given}, at t = ${this.time().toFixed(2)}; digit ${this.chosen + 1} is chosen`);
    byId("map").setAttribute("aria-label", `Map of latents with ${this.data.network.plane.labels.length} training digits and the trajectories of ${batch.count} samples`);
    byId("map-hint").textContent = this.data.network.plane.labels.length
      ? "Training latents (small), samples (large): each follows the velocity from noise to its class."
      : "The first two latent coordinates; this model has no stored latents.";
  }

  requestDrawing() {
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => { this.waits = false; this.drawTime(); });
  }

  /** The nearest decoded state to a time. */
  decodedState(wanted) {
    let best = -1;
    for (let s = 0; s <= this.batch.steps; ++s)
      if (this.batch.stateDecoded(s) && (best < 0 || Math.abs(s - wanted) < Math.abs(best - wanted))) best = s;
    return best;
  }

  /** Everything that depends on t. */
  drawTime() {
    if (!this.batch) return;
    byId("t-out").textContent = this.time().toFixed(2);
    byId("t").setAttribute("aria-valuetext", `t = ${this.time().toFixed(2)}`);
    if (!this.places) return;
    const state = this.decodedState(this.state());
    if (state !== this.shownState && state >= 0) {
      this.sheet.set(this.batch.pixels[state]);
      this.shownState = state;
      this.describeGrid();
    }
    drawGrid(byId("grid"), this.sheet, this.batch.labels, this.chosen);
    const exact = this.time() * this.batch.steps, before = Math.min(this.batch.steps, Math.floor(exact));
    drawMap(byId("map"), this.data.network.plane, this.batch, this.places, before, exact - before, this.chosen);
    drawFilm(byId("film"), this.filmSheet, this.batch, this.chosen, this.state());
  }

  drawAll() {
    this.shownState = -1;
    this.drawTime();
    this.drawLapse();
    if (this.data.curves) drawCurves(byId("curves"), this.data.curves);
  }

  chooseAt(event) {
    const box = byId("grid").getBoundingClientRect(), cells = gridCells(box.width, this.batch.count);
    for (let i = 0; i < this.batch.count; ++i) {
      const [x, y] = cells.place(i), dx = event.clientX - box.left - x, dy = event.clientY - box.top - y;
      if (dx >= 0 && dy >= 0 && dx < cells.size && dy < cells.size + cells.bar) this.choose(i);
    }
  }

  moveChoice(event) {
    const columns = gridCells(byId("grid").clientWidth, this.batch.count).columns;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.choose(Math.min(this.batch.count - 1, Math.max(0, this.chosen + by)));
  }

  choose(index) {
    this.chosen = index;
    byId("film-unit").textContent = `${this.batch.steps} steps, digit ${index + 1} of ${this.batch.count}`;
    this.describeGrid();
    this.drawTime();
  }

  togglePlay() {
    if (this.playing) return this.stop();
    this.playing = true;
    byId("play").setAttribute("aria-pressed", "true");
    byId("play").textContent = "Stop";
    if (this.time() >= 1) byId("t").value = 0;
    let last = performance.now();
    const frame = (now) => {
      if (!this.playing) return;
      const t = Math.min(1, this.time() + (now - last) / 4000);
      last = now;
      byId("t").value = t;
      this.drawTime();
      if (t >= 1) return this.stop();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  stop() {
    this.playing = false;
    byId("play").setAttribute("aria-pressed", "false");
    byId("play").textContent = "Play";
  }

  prepareLapse() {
    if (!this.data.lapse) return;
    this.lapseImage = byId("lapse");
    byId("lapse-step").addEventListener("input", () => this.drawLapse());
    this.lapseImage.decode().then(() => this.drawLapse());
  }

  /** The samples after one step of the training, large. */
  drawLapse() {
    if (!this.lapseImage || !this.lapseImage.complete) return;
    const { steps, digits } = this.data.lapse, at = Number(byId("lapse-step").value), view = byId("lapse-view");
    const columns = 5, gap = 4, width = Math.min(view.parentElement.clientWidth, 640);
    const size = (width - gap * (columns - 1)) / columns, rows = Math.ceil(digits / columns);
    view.style.width = `${width}px`;
    const context = sized(view, width, rows * (size + gap));
    context.filter = isLight() ? "invert(1)" : "none";
    for (let i = 0; i < digits; ++i)
      context.drawImage(this.lapseImage, at * DIGIT, i * DIGIT, DIGIT, DIGIT, (i % columns) * (size + gap),
                        Math.floor(i / columns) * (size + gap), size, size);
    byId("lapse-out").textContent = steps[at].toLocaleString("en");
    byId("lapse-step").setAttribute("aria-valuetext", `flow step ${steps[at]}`);
  }
}

if (typeof document !== "undefined") new Page(JSON.parse(byId("content").textContent)).start();
