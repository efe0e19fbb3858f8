// Samples a batch in slices, so that the page answers between them.

const GROUP = 10; // digits computed at once: about ten milliseconds an evaluation
const SLICE_MS = 12;

/** Networks of the page. */
class PageModel {
  constructor(data, weightsText) {
    const weights = readWeights(data.weights, weightsText);
    this.net = new VelocityNetwork(data, weights, GROUP);
    this.decoder = new Decoder(data, weights, GROUP);
  }

  /** The velocity field of one group: v = v_null + w (v_class − v_null), Ho & Salimans 2022. */
  field(labels, guidance) {
    const count = labels.length, none = new Array(count).fill(NO_CLASS);
    const run = (x, t, given) => {
      const v = new Float32Array(count * LATENT_SIZE);
      this.net.velocity(x, t, given, 0, count, v);
      return v;
    };
    if (guidance === 1) return (x, t) => run(x, t, labels);
    if (guidance === 0) return (x, t) => run(x, t, none);
    return (x, t) => {
      const v = run(x, t, none), conditional = run(x, t, labels);
      for (let i = 0; i < v.length; ++i) v[i] += guidance * (conditional[i] - v[i]);
      return v;
    };
  }
}

/** A batch of samples: every state of its trajectories, decoded as far as needed. */
class Batch {
  constructor(request) {
    Object.assign(this, request); // seed, labels, guidance, solver, steps
    this.count = this.labels.length;
    this.states = Array.from({ length: this.steps + 1 }, () => new Float32Array(this.count * LATENT_SIZE));
    this.states[0] = sampleNoise(this.seed, this.count);
    this.pixels = Array.from({ length: this.steps + 1 }, () => new Uint8Array(this.count * 784));
    this.decoded = new Uint8Array((this.steps + 1) * Math.ceil(this.count / GROUP));
    this.solved = 0; // digits whose trajectory is complete
    this.milliseconds = 0; // until the last digit was decoded
  }

  groups() { return Math.ceil(this.count / GROUP); }
  stateDecoded(state) {
    for (let g = 0; g < this.groups(); ++g) if (!this.decoded[state * this.groups() + g]) return false;
    return true;
  }

  decode(model, state, group) {
    const first = group * GROUP, count = Math.min(GROUP, this.count - first);
    model.decoder.decode(this.states[state], first, count, this.pixels[state], first);
    this.decoded[state * this.groups() + group] = 1;
  }
}

/** Solves and decodes a batch. Yields between evaluations; first all digits, then the states between. */
function* computeBatch(model, batch, wantedState) {
  for (let g = 0; g < batch.groups(); ++g) {
    const first = g * GROUP, labels = batch.labels.slice(first, first + GROUP);
    const from = first * LATENT_SIZE, noise = batch.states[0].slice(from, from + labels.length * LATENT_SIZE);
    const states = yield* integrate(model.field(labels, batch.guidance), noise, batch.solver, batch.steps);
    for (let s = 1; s < states.length; ++s) batch.states[s].set(states[s], from);
    batch.solved = first + labels.length;
    batch.decode(model, batch.steps, g);
    yield;
  }
  for (;;) {
    const state = nearestMissing(batch, wantedState());
    if (state < 0) return;
    for (let g = 0; g < batch.groups(); ++g) {
      if (batch.decoded[state * batch.groups() + g]) continue;
      batch.decode(model, state, g);
      yield;
    }
  }
}

/** The state nearest to `wanted` that is not decoded; −1 if there is none. */
function nearestMissing(batch, wanted) {
  let best = -1;
  for (let s = 0; s <= batch.steps; ++s)
    if (!batch.stateDecoded(s) && (best < 0 || Math.abs(s - wanted) < Math.abs(best - wanted))) best = s;
  return best;
}

/** Runs one generator at a time in slices of SLICE_MS; a new one replaces it. */
class Slices {
  constructor() {
    this.number = 0;
    this.channel = new MessageChannel(); // setTimeout would wait four milliseconds each time
    this.channel.port1.onmessage = (event) => { if (event.data === this.number) this.slice(); };
  }

  start(work, progressed) {
    ++this.number;
    this.work = work;
    this.progressed = progressed;
    this.channel.port2.postMessage(this.number);
  }

  slice() {
    const end = performance.now() + SLICE_MS;
    let done = false;
    while (!done && performance.now() < end) done = this.work.next().done;
    this.progressed(done);
    if (!done) this.channel.port2.postMessage(this.number);
  }
}
