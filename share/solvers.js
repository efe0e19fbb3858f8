// Explicit solvers with equal steps as Butcher tableaus, as in core/flow/solvers.cpp.

/** The tableau of a step; `first` is true for the first one. */
function tableauOf(solver, first) {
  switch (solver) {
    case "euler": return { c: [0], a: [[]], b: [1] };
    case "midpoint": return { c: [0, 0.5], a: [[], [0.5]], b: [0, 1] };
    case "heun": return { c: [0, 1], a: [[], [1]], b: [0.5, 0.5] };
    case "rk4": return { c: [0, 0.5, 0.5, 1], a: [[], [0.5], [0, 0.5], [0, 0, 1]], b: [1 / 6, 1 / 3, 1 / 3, 1 / 6] };
    case "ab2":
      // Stage 0 is the velocity at the previous point; the first step is a midpoint step.
      return first ? { c: [0, 0.5], a: [[], [0.5]], b: [0, 1], carried: 0 }
                   : { c: [-1, 0], a: [[], [0]], b: [-0.5, 1.5], carried: 1 };
    default: throw new Error(`unknown solver ${solver}`);
  }
}

/** x + h · Σ weights_i · stages_i. */
function moved(x, stages, weights, h) {
  const result = Float32Array.from(x);
  for (let s = 0; s < weights.length; ++s) {
    const factor = h * weights[s], stage = stages[s];
    if (weights[s] !== 0) for (let i = 0; i < x.length; ++i) result[i] += factor * stage[i];
  }
  return result;
}

/**
 * Solves dx/dt = field(x, t) from 0 to 1. A generator: it yields after every evaluation, and returns the
 * states at the step boundaries, x at t = 0 first.
 */
function* integrate(field, x, solver, steps) {
  const states = [x];
  let carried = null;
  for (let step = 0; step < steps; ++step) {
    const t = step / steps, end = (step + 1) / steps, h = end - t, from = states[step];
    const tableau = tableauOf(solver, step === 0), stages = step > 0 && carried ? [carried] : [];
    while (stages.length < tableau.c.length) {
      const c = tableau.c[stages.length], at = c === 1 ? end : t + c * h;
      stages.push(field(stages.length === 0 ? from : moved(from, stages, tableau.a[stages.length], h), at));
      yield (step + stages.length / tableau.c.length) / steps;
    }
    carried = tableau.carried === undefined ? null : stages[tableau.carried];
    states.push(moved(from, stages, tableau.b, h));
  }
  return states;
}
