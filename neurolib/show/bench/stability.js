// Whether a rest is stable: what becomes of small disturbances.

/** Derivatives of the states' rates of change (1/ms) by central differences, as rows. */
function jacobian(cell, state, I) {
  const n = cell.states, moved = state.slice(), sides = [zeros(n), zeros(n)];
  const rows = Array.from({ length: n }, () => zeros(n));
  for (let j = 0; j < n; j++) {
    const step = 1e-5 * Math.max(Math.abs(state[j]), cell.names[j] === "Ca" ? 1e-6 : 1e-3);
    [1, -1].forEach((sign, side) => {
      moved[j] = state[j] + sign * step;
      kernel.derivative(moved, cell.p, I, sides[side]);
    });
    moved[j] = state[j];
    for (let i = 0; i < n; i++) rows[i][j] = (sides[0][i] - sides[1][i]) / (2 * step);
  }
  return rows;
}

/** Solve A X = B in place, by elimination; B becomes X. */
function solve(A, B) {
  const n = A.length;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i][k]) > Math.abs(A[best][k])) best = i;
    [A[k], A[best], B[k], B[best]] = [A[best], A[k], B[best], B[k]];
    for (let i = 0; i < n; i++) {
      const factor = i === k ? 0 : A[i][k] / A[k][k];
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) {
        A[i][j] -= factor * A[k][j];
        B[i][j] -= factor * B[k][j];
      }
    }
  }
  for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) B[k][j] /= A[k][k];
  return B;
}

/**
 * The growth of the slowest mode to die, 1/step: negative where all die. The Cayley transform (1 − J/2)⁻¹(1 + J/2) maps what
 * dies into the unit circle, exactly, and its powers of two tell its spectral radius.
 */
function growth(J) {
  const n = J.length, one = (i, j) => (i === j ? 1 : 0);
  let E = solve(J.map((row, i) => row.map((value, j) => one(i, j) - value / 2)), J.map((row, i) => row.map((value, j) => one(i, j) + value / 2)));
  let sum = 0;
  for (let k = 0; k < 30; k++) {
    let norm = 0;
    for (const row of E) for (const value of row) norm = Math.max(norm, Math.abs(value));
    if (!(norm > 0)) return -Infinity;
    sum += Math.log(norm) / 2 ** k;
    const S = E.map((row) => row.map((value) => value / norm));
    E = S.map((row) => {
      const made = zeros(n);
      for (let m = 0; m < n; m++) if (row[m] !== 0) for (let j = 0; j < n; j++) made[j] += row[m] * S[m][j];
      return made;
    });
  }
  return sum;
}

const isStable = (cell, state, I) => growth(jacobian(cell, state, I)) < 0;
