// Products and loops on Float32Array: sums are double, results are rounded to float32.

/**
 * y (rows, outputs) = x (rows, inputs) times the transpose of w (outputs, inputs). Blocks of 4 × 4 results
 * stay in registers: each number that is read is used four times.
 */
function multiply(rows, inputs, outputs, x, w, y) {
  const wholeRows = rows - (rows % 4), wholeOutputs = outputs - (outputs % 4);
  for (let o = 0; o < wholeOutputs; o += 4) {
    const w0 = o * inputs, w1 = w0 + inputs, w2 = w1 + inputs, w3 = w2 + inputs;
    for (let r = 0; r < wholeRows; r += 4) {
      const x0 = r * inputs, x1 = x0 + inputs, x2 = x1 + inputs, x3 = x2 + inputs;
      let a00 = 0, a01 = 0, a02 = 0, a03 = 0, a10 = 0, a11 = 0, a12 = 0, a13 = 0;
      let a20 = 0, a21 = 0, a22 = 0, a23 = 0, a30 = 0, a31 = 0, a32 = 0, a33 = 0;
      for (let k = 0; k < inputs; ++k) {
        const b0 = w[w0 + k], b1 = w[w1 + k], b2 = w[w2 + k], b3 = w[w3 + k];
        const c0 = x[x0 + k], c1 = x[x1 + k], c2 = x[x2 + k], c3 = x[x3 + k];
        a00 += c0 * b0; a01 += c0 * b1; a02 += c0 * b2; a03 += c0 * b3;
        a10 += c1 * b0; a11 += c1 * b1; a12 += c1 * b2; a13 += c1 * b3;
        a20 += c2 * b0; a21 += c2 * b1; a22 += c2 * b2; a23 += c2 * b3;
        a30 += c3 * b0; a31 += c3 * b1; a32 += c3 * b2; a33 += c3 * b3;
      }
      let at = r * outputs + o;
      y[at] = a00; y[at + 1] = a01; y[at + 2] = a02; y[at + 3] = a03;
      at += outputs;
      y[at] = a10; y[at + 1] = a11; y[at + 2] = a12; y[at + 3] = a13;
      at += outputs;
      y[at] = a20; y[at + 1] = a21; y[at + 2] = a22; y[at + 3] = a23;
      at += outputs;
      y[at] = a30; y[at + 1] = a31; y[at + 2] = a32; y[at + 3] = a33;
    }
  }
  for (let r = 0; r < rows; ++r)
    for (let o = r < wholeRows ? wholeOutputs : 0; o < outputs; ++o) y[r * outputs + o] = dot(inputs, x, r * inputs, w, o * inputs);
}

function dot(n, a, atA, b, atB) {
  let sum = 0;
  for (let i = 0; i < n; ++i) sum += a[atA + i] * b[atB + i];
  return sum;
}

/** x · sigmoid(x) for the first n numbers, in place. */
function silu(n, x) {
  for (let i = 0; i < n; ++i) x[i] = x[i] / (1 + Math.exp(-x[i]));
}

/** max(x, 0)² for the first n numbers, in place. */
function squaredRelu(n, x) {
  for (let i = 0; i < n; ++i) x[i] = x[i] > 0 ? x[i] * x[i] : 0;
}

/** The bytes of a base64 text. */
function bytesOf(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; ++i) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** Named weights from three bytes each: the upper 24 bits of a float32, little-endian. */
function readWeights(list, text) {
  const bytes = bytesOf(text), weights = {};
  let at = 0;
  for (const { name, shape } of list) {
    const count = shape.reduce((product, side) => product * side, 1), bits = new Uint32Array(count);
    for (let i = 0; i < count; ++i, at += 3)
      bits[i] = (bytes[at] << 8) | (bytes[at + 1] << 16) | (bytes[at + 2] << 24);
    weights[name] = new Float32Array(bits.buffer);
  }
  return weights;
}
