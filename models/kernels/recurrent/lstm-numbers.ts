import { flushTiny } from './flush-tiny.ts';

/** Sizes of an LSTM over a sequence. */
export interface LstmSizes {
  readonly batch: number;
  readonly time: number;
  readonly units: number;
}

/**
 * An LSTM over a sequence (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000):
 * i, f, o = σ(·), g = tanh(·), c = f·c₋₁ + i·g, h = o·tanh(c), gate order i, f, g, o.
 */
export interface LstmNumbers {
  /** The input's share of the gates, bias included: `[batch, time, 4·units]`. */
  readonly projected: Float32Array;
  /** Recurrent weights: `[units, 4·units]`. */
  readonly recurrent: Float32Array;
  /** `[batch, units]` each. */
  readonly initialHidden: Float32Array;
  readonly initialCell: Float32Array;
  /** Results, `[batch, time, units]` each, and the gates after their activation `[batch, time, 4·units]`. */
  readonly hidden: Float32Array;
  readonly cell: Float32Array;
  readonly gates: Float32Array;
}

/** Fills `hidden`, `cell` and `gates`. */
export function lstmForward(sizes: LstmSizes, numbers: LstmNumbers): void {
  const { batch, time, units } = sizes;
  const { projected, recurrent, initialHidden, initialCell, hidden, cell, gates } = numbers;
  const width = 4 * units;
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < time; t++) {
      const step = b * time + t;
      const row = step * width;
      const [before, beforeCell] = t === 0 ? [initialHidden, initialCell] : [hidden, cell];
      const past = t === 0 ? b * units : (step - 1) * units;
      for (let k = 0; k < width; k++) gates[row + k] = projected[row + k]!;
      for (let unit = 0; unit < units; unit++) {
        const h = before[past + unit]!;
        const weights = unit * width;
        for (let k = 0; k < width; k++) gates[row + k]! += h * recurrent[weights + k]!;
      }
      for (let unit = 0; unit < units; unit++) {
        const i = sigmoid(gates[row + unit]!);
        const f = sigmoid(gates[row + units + unit]!);
        const g = Math.tanh(gates[row + 2 * units + unit]!);
        const o = sigmoid(gates[row + 3 * units + unit]!);
        const c = Math.fround(f * beforeCell[past + unit]! + i * g);
        gates[row + unit] = i;
        gates[row + units + unit] = f;
        gates[row + 2 * units + unit] = g;
        gates[row + 3 * units + unit] = o;
        cell[step * units + unit] = c;
        hidden[step * units + unit] = o * Math.tanh(c);
      }
    }
  }
}

/** What flows back through the sequence. */
export interface LstmGradients {
  /** Gradient of the loss with respect to the results: `[batch, time, units]` each. */
  readonly hiddenGradient: Float32Array;
  readonly cellGradient: Float32Array;
  /** Results: `[batch, time, 4·units]`, then `[batch, units]` twice. */
  readonly projectedGradient: Float32Array;
  readonly initialHiddenGradient: Float32Array;
  readonly initialCellGradient: Float32Array;
}

/** Fills the last three of `gradients`: back-propagation through time. */
export function lstmBackward(sizes: LstmSizes, numbers: LstmNumbers, gradients: LstmGradients): void {
  const { batch, time, units } = sizes;
  const { recurrent, initialCell, cell, gates } = numbers;
  const { hiddenGradient, cellGradient, projectedGradient, initialHiddenGradient, initialCellGradient } = gradients;
  const width = 4 * units;
  const dh = new Float32Array(units);
  const dc = new Float32Array(units);
  for (let b = 0; b < batch; b++) {
    dh.fill(0);
    dc.fill(0);
    for (let t = time - 1; t >= 0; t--) {
      const step = b * time + t;
      const row = step * width;
      for (let unit = 0; unit < units; unit++) {
        const i = gates[row + unit]!;
        const f = gates[row + units + unit]!;
        const g = gates[row + 2 * units + unit]!;
        const o = gates[row + 3 * units + unit]!;
        const squashed = Math.tanh(cell[step * units + unit]!);
        const past = t === 0 ? initialCell[b * units + unit]! : cell[(step - 1) * units + unit]!;
        const h = dh[unit]! + hiddenGradient[step * units + unit]!;
        const c = dc[unit]! + cellGradient[step * units + unit]! + h * o * (1 - squashed * squashed);
        projectedGradient[row + unit] = c * g * i * (1 - i);
        projectedGradient[row + units + unit] = c * past * f * (1 - f);
        projectedGradient[row + 2 * units + unit] = c * i * (1 - g * g);
        projectedGradient[row + 3 * units + unit] = h * squashed * o * (1 - o);
        dc[unit] = c * f;
      }
      for (let unit = 0; unit < units; unit++) {
        const weights = unit * width;
        let sum = 0;
        for (let k = 0; k < width; k++) sum += projectedGradient[row + k]! * recurrent[weights + k]!;
        dh[unit] = sum;
      }
    }
    initialHiddenGradient.set(dh, b * units);
    initialCellGradient.set(dc, b * units);
  }
  for (const results of [projectedGradient, initialHiddenGradient, initialCellGradient]) flushTiny(results);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
