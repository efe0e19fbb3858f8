// The velocity network compact-dit and the decoder, as in core/models/velocity_dit.cpp and
// core/models/conv_autoencoder.cpp. Latents are (digit, channel 4, row 4, column 4).

const NO_CLASS = 10;
const FREQUENCIES = 32;

/** v(x, t, class) of a batch of at most `batch` digits. */
class VelocityNetwork {
  constructor(shape, weights, batch) {
    Object.assign(this, shape);
    this.named = weights;
    this.side = 4 / this.patch;
    this.tokens = this.side * this.side;
    this.patchSize = this.patch * this.patch * 4;
    const rows = batch * this.tokens, wide = Math.max(3 * this.width, this.hidden);
    this.input = new Float32Array(rows * this.patchSize);
    this.stream = new Float32Array(rows * this.width);
    this.normed = new Float32Array(rows * this.width);
    this.branch = new Float32Array(rows * this.width);
    this.wide = new Float32Array(rows * wide);
    this.scores = new Float64Array(this.tokens);
    this.conditions = new Map(); // of the present time: class → modulations
    this.time = NaN;
    this.frequencies = Float32Array.from({ length: FREQUENCIES }, (_, i) =>
      Math.fround(2 * Math.PI * Math.pow(10, -1 + (i * (Math.log10(16) + 1)) / (FREQUENCIES - 1))));
  }

  /** Writes the velocity of digits [first, first + count) of x (·, 64) at t into v. */
  velocity(x, t, labels, first, count, v) {
    this.patchify(x, t, first, count);
    const rows = count * this.tokens, w = this.width;
    multiply(rows, this.patchSize, w, this.input, this.named["patch.weight"], this.stream);
    this.addPositions(rows);
    const conditions = [];
    for (let b = 0; b < count; ++b) conditions.push(this.condition(t, labels[first + b]));
    for (let i = 0; i < this.blocks; ++i) this.block(i, count, conditions);
    this.norm(count, (b) => [conditions[b].final, 0, w]);
    multiply(rows, w, this.patchSize, this.normed, this.named["final.weight"], this.input);
    this.unpatchify(x, t, first, count, v);
  }

  /** Tokens in raster order, each (row in patch, column in patch, channel). */
  patchify(x, t, first, count) {
    const scale = this.precondition ? 1 / Math.sqrt(t * t + (1 - t) * (1 - t)) : 1;
    this.eachLatent(first, count, (token, latent) => { this.input[token] = x[latent] * scale; });
  }

  unpatchify(x, t, first, count, v) {
    const known = this.precondition ? (2 * t - 1) / (t * t + (1 - t) * (1 - t)) : 0;
    this.eachLatent(first, count, (token, latent) => { v[latent] = x[latent] * known + this.input[token]; });
  }

  eachLatent(first, count, visit) {
    const p = this.patch;
    for (let b = 0, token = 0; b < count; ++b)
      for (let ty = 0; ty < this.side; ++ty)
        for (let tx = 0; tx < this.side; ++tx)
          for (let y = 0; y < p; ++y)
            for (let column = 0; column < p; ++column)
              for (let c = 0; c < 4; ++c, ++token)
                visit(token, (first + b) * LATENT_SIZE + c * 16 + (ty * p + y) * 4 + tx * p + column);
  }

  addPositions(rows) {
    const positions = this.named.positions, size = this.tokens * this.width;
    for (let i = 0; i < rows * this.width; ++i) this.stream[i] += positions[i % size];
  }

  /** Modulations of a time and a class, computed once for each pair. */
  condition(t, label) {
    if (t !== this.time) this.conditions.clear();
    this.time = t;
    if (!this.conditions.has(label)) this.conditions.set(label, this.newCondition(t, label));
    return this.conditions.get(label);
  }

  newCondition(t, label) {
    const w = this.width, features = new Float32Array(2 * FREQUENCIES);
    for (let i = 0; i < FREQUENCIES; ++i) {
      const angle = Math.fround(Math.fround(t) * this.frequencies[i]);
      features[i] = Math.cos(angle);
      features[FREQUENCIES + i] = Math.sin(angle);
    }
    const inner = new Float32Array(w), c = new Float32Array(w);
    multiply(1, 2 * FREQUENCIES, w, features, this.named["time.0.weight"], inner);
    silu(w, inner);
    multiply(1, w, w, inner, this.named["time.2.weight"], c);
    for (let i = 0; i < w; ++i) c[i] += this.named.labels[label * w + i];
    silu(w, c);
    const shared = new Float32Array(6 * w), final = new Float32Array(2 * w), blocks = [];
    multiply(1, w, 6 * w, c, this.named["modulation.weight"], shared);
    multiply(1, w, 2 * w, c, this.named["final.modulation.weight"], final);
    for (let i = 0; i < this.blocks; ++i) {
      const bias = this.named[`blocks.${i}.modulation.bias`];
      blocks.push(shared.map((value, at) => value + bias[at]));
    }
    return { blocks, final };
  }

  /** Layer norm of the stream, times 1 + scale, plus shift; `where` gives [numbers, shift, scale]. */
  norm(count, where) {
    const w = this.width;
    for (let row = 0; row < count * this.tokens; ++row) {
      const [numbers, shift, scale] = where(Math.floor(row / this.tokens)), at = row * w;
      let sum = 0, squares = 0;
      for (let i = 0; i < w; ++i) sum += this.stream[at + i];
      const mean = sum / w;
      for (let i = 0; i < w; ++i) squares += (this.stream[at + i] - mean) ** 2;
      const factor = 1 / Math.sqrt(squares / w + 1e-6);
      for (let i = 0; i < w; ++i)
        this.normed[at + i] = (this.stream[at + i] - mean) * factor * (1 + numbers[scale + i]) + numbers[shift + i];
    }
  }

  block(index, count, conditions) {
    const w = this.width, rows = count * this.tokens, name = `blocks.${index}.`;
    const part = (first) => (b) => [conditions[b].blocks[index], first * w, (first + 1) * w];
    this.norm(count, part(0));
    multiply(rows, w, 3 * w, this.normed, this.named[name + "qkv.weight"], this.wide);
    this.attend(count);
    multiply(rows, w, w, this.normed, this.named[name + "proj.weight"], this.branch);
    this.addBranch(count, conditions, index, 2 * w);
    this.norm(count, part(3));
    multiply(rows, w, this.hidden, this.normed, this.named[name + "fc1.weight"], this.wide);
    squaredRelu(rows * this.hidden, this.wide);
    multiply(rows, this.hidden, w, this.wide, this.named[name + "fc2.weight"], this.branch);
    this.addBranch(count, conditions, index, 5 * w);
  }

  addBranch(count, conditions, index, gate) {
    const w = this.width;
    for (let row = 0; row < count * this.tokens; ++row) {
      const gates = conditions[Math.floor(row / this.tokens)].blocks[index];
      for (let i = 0; i < w; ++i) this.stream[row * w + i] += gates[gate + i] * this.branch[row * w + i];
    }
  }

  /** Attention with normalised queries and keys, from `wide` (q, k, v) to `normed`. */
  attend(count) {
    const w = this.width, head = w / this.heads, row = 3 * w;
    for (let b = 0; b < count; ++b) {
      for (let h = 0; h < this.heads; ++h) {
        const first = b * this.tokens * row + h * head;
        for (let i = 0; i < this.tokens; ++i) {
          this.normalise(first + i * row, head, 1 / Math.sqrt(head));
          this.normalise(first + i * row + w, head, 1);
        }
        for (let i = 0; i < this.tokens; ++i) this.attendToken(first, i, (b * this.tokens + i) * w + h * head);
      }
    }
  }

  /** Divides a head's queries or keys by their root mean square. */
  normalise(at, head, extra) {
    const factor = extra / Math.sqrt(dot(head, this.wide, at, this.wide, at) / head + 1e-6);
    for (let i = 0; i < head; ++i) this.wide[at + i] *= factor;
  }

  attendToken(first, token, out) {
    const w = this.width, head = w / this.heads, row = 3 * w;
    let most = -Infinity, sum = 0;
    for (let j = 0; j < this.tokens; ++j) {
      this.scores[j] = dot(head, this.wide, first + token * row, this.wide, first + j * row + w);
      most = Math.max(most, this.scores[j]);
    }
    for (let j = 0; j < this.tokens; ++j) sum += this.scores[j] = Math.exp(this.scores[j] - most);
    for (let i = 0; i < head; ++i) {
      let mixed = 0;
      for (let j = 0; j < this.tokens; ++j) mixed += this.scores[j] * this.wide[first + j * row + 2 * w + i];
      this.normed[out + i] = mixed / sum;
    }
  }
}

/** Standardised latents to pixels. */
class Decoder {
  constructor(shape, weights, batch) {
    this.channels = shape.channels;
    this.shift = Float32Array.from(shape.shift);
    this.scale = Float32Array.from(shape.scale);
    const c = this.channels;
    this.layers = [["conv1", 4, c], ["conv2", c, c], ["conv3", c, c], ["conv4", c, 16]].map(([name, inputs, outputs]) => ({
      inputs, outputs,
      weight: reordered(weights[`decoder.${name}.weight`], inputs, outputs),
      bias: weights[`decoder.${name}.bias`],
    }));
    this.latents = new Float32Array(batch * LATENT_SIZE);
    this.patches = new Float32Array(batch * 49 * 9 * c);
    this.small = new Float32Array(batch * 16 * c);
    this.first = new Float32Array(batch * 49 * c);
    this.second = new Float32Array(batch * 49 * c);
    this.logits = new Float32Array(batch * 49 * 16);
  }

  /** Digits [first, first + count) of latents x (·, 64) to `pixels` (·, 784), from digit `to` on. */
  decode(x, first, count, pixels, to) {
    for (let b = 0; b < count; ++b)
      for (let i = 0; i < LATENT_SIZE; ++i) // (position, channel)
        this.latents[b * 64 + (i % 16) * 4 + (i >> 4)] = x[(first + b) * 64 + i] * this.scale[i] + this.shift[i];
    this.convolve(0, count, this.latents, 4, 4, this.small);
    silu(count * 16 * this.channels, this.small);
    this.convolve(1, count, this.small, 4, 7, this.first);
    silu(count * 49 * this.channels, this.first);
    this.convolve(2, count, this.first, 7, 7, this.second);
    silu(count * 49 * this.channels, this.second);
    for (let i = 0; i < count * 49 * this.channels; ++i) this.first[i] += this.second[i];
    this.convolve(3, count, this.first, 7, 7, this.logits);
    for (let b = 0; b < count; ++b)
      for (let i = 0; i < 784; ++i) {
        const y = Math.floor(i / 28), column = i % 28;
        const at = (b * 49 + (y >> 2) * 7 + (column >> 2)) * 16 + (y & 3) * 4 + (column & 3);
        pixels[(to + b) * 784 + i] = Math.round(255 / (1 + Math.exp(-this.logits[at])));
      }
  }

  /** 3×3 convolution with padding 1 of grids (position, channel); a side that differs is enlarged first. */
  convolve(index, count, x, side, enlarged, y) {
    const { inputs, outputs, weight, bias } = this.layers[index], rows = count * enlarged * enlarged;
    let to = 0;
    for (let b = 0; b < count; ++b)
      for (let row = 0; row < enlarged; ++row)
        for (let column = 0; column < enlarged; ++column)
          for (let dy = -1; dy <= 1; ++dy)
            for (let dx = -1; dx <= 1; ++dx, to += inputs) {
              const fromY = row + dy, fromX = column + dx;
              if (fromY < 0 || fromX < 0 || fromY >= enlarged || fromX >= enlarged) {
                this.patches.fill(0, to, to + inputs);
                continue;
              }
              const nearY = Math.floor((fromY * side) / enlarged), nearX = Math.floor((fromX * side) / enlarged);
              const from = ((b * side + nearY) * side + nearX) * inputs;
              for (let c = 0; c < inputs; ++c) this.patches[to + c] = x[from + c];
            }
    multiply(rows, 9 * inputs, outputs, this.patches, weight, y);
    for (let i = 0; i < rows * outputs; ++i) y[i] += bias[i % outputs];
  }
}

/** (outputs, inputs, 3, 3) as (outputs, 3, 3, inputs), the order of a patch. */
function reordered(weight, inputs, outputs) {
  const result = new Float32Array(weight.length);
  for (let o = 0; o < outputs; ++o)
    for (let c = 0; c < inputs; ++c)
      for (let k = 0; k < 9; ++k) result[(o * 9 + k) * inputs + c] = weight[(o * inputs + c) * 9 + k];
  return result;
}
