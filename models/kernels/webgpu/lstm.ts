import type { TensorInfo } from '../../tf.ts';
import { declare, dispatch, type WebgpuArguments } from './runner.ts';

/** Numbers that a workgroup of every WebGPU device can share: 16 KiB; the backward pass needs five a unit. */
const MOST_UNITS = 512;
/** Threads a workgroup may have everywhere. */
const MOST_THREADS = 256;

/** Whether the kernels take an LSTM of so many units. */
export function lstmFits(units: number): boolean {
  return units <= MOST_UNITS;
}

const threadsFor = (width: number): number => Math.min(MOST_THREADS, Math.ceil(width / 32) * 32);

/**
 * A whole sequence in one dispatch, one workgroup for each sequence of the batch: the hidden state stays in shared memory
 * from step to step.
 * @returns hidden, cell `[batch, time, units]`, gates after their activation `[batch, time, 4·units]`
 */
export function lstmForward({ inputs, backend }: WebgpuArguments): TensorInfo[] {
  const { projected, recurrent, initialHidden, initialCell } = inputs as Record<string, TensorInfo>;
  const [batch, time, width] = projected!.shape as [number, number, number];
  const units = width / 4;
  const outputs = [units, units, width].map((size) => backend.makeTensorInfo([batch, time, size], 'float32'));
  dispatch(backend, {
    key: `lstm-forward ${units}`,
    code: () => forwardCode(units),
    outputs,
    inputs: [projected!, recurrent!, initialHidden!, initialCell!],
    whole: [time],
    workgroups: [batch],
  });
  return outputs;
}

// e^2x overflows for large x, and not every driver's tanh minds it.
const SQUASH = `fn squash(x: f32) -> f32 { return tanh(clamp(x, -15.0, 15.0)); }
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -80.0, 80.0))); }`;

function forwardCode(units: number): string {
  const width = 4 * units;
  const threads = threadsFor(width);
  return `${declare(
    [
      ['hidden', 'f32'],
      ['cell', 'f32'],
      ['gates', 'f32'],
    ],
    [
      ['projected', 'f32'],
      ['recurrent', 'f32'],
      ['initialHidden', 'f32'],
      ['initialCell', 'f32'],
    ],
    'vec4<i32>',
  )}
${SQUASH}
var<workgroup> past: array<f32, ${units}>;
var<workgroup> memory: array<f32, ${units}>;
var<workgroup> sums: array<f32, ${width}>;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let lane = i32(local.x);
  let sequence = i32(group.x);
  for (var unit = lane; unit < ${units}; unit += ${threads}) {
    past[unit] = initialHidden[sequence * ${units} + unit];
    memory[unit] = initialCell[sequence * ${units} + unit];
  }
  workgroupBarrier();
  for (var t = 0; t < u.x; t++) {
    let step = sequence * u.x + t;
    for (var k = lane; k < ${width}; k += ${threads}) {
      var sum = projected[step * ${width} + k];
      for (var unit = 0; unit < ${units}; unit++) { sum += past[unit] * recurrent[unit * ${width} + k]; }
      sums[k] = sum;
    }
    workgroupBarrier();
    for (var unit = lane; unit < ${units}; unit += ${threads}) {
      let i = sigmoid(sums[unit]);
      let f = sigmoid(sums[${units} + unit]);
      let g = squash(sums[${2 * units} + unit]);
      let o = sigmoid(sums[${3 * units} + unit]);
      let c = f * memory[unit] + i * g;
      let h = o * squash(c);
      memory[unit] = c;
      past[unit] = h;
      cell[step * ${units} + unit] = c;
      hidden[step * ${units} + unit] = h;
      gates[step * ${width} + unit] = i;
      gates[step * ${width} + ${units} + unit] = f;
      gates[step * ${width} + ${2 * units} + unit] = g;
      gates[step * ${width} + ${3 * units} + unit] = o;
    }
    workgroupBarrier();
  }
}`;
}

/**
 * Back-propagation through time in one dispatch.
 * @returns the gradients of the projected input `[batch, time, 4·units]` and, in one tensor, of the initial hidden and
 *   cell state `[2, batch, units]`: a device need not bind more than eight buffers
 */
export function lstmBackward({ inputs, backend }: WebgpuArguments): [projected: TensorInfo, initial: TensorInfo] {
  const { recurrent, initialCell, cell, gates, hiddenGradient, cellGradient } = inputs as Record<string, TensorInfo>;
  const [batch, time, units] = cell!.shape as [number, number, number];
  const projected = backend.makeTensorInfo([batch, time, 4 * units], 'float32');
  const initial = backend.makeTensorInfo([2, batch, units], 'float32');
  dispatch(backend, {
    key: `lstm-backward ${units}`,
    code: () => backwardCode(units),
    outputs: [projected, initial],
    inputs: [recurrent!, initialCell!, cell!, gates!, hiddenGradient!, cellGradient!],
    whole: [time, batch],
    workgroups: [batch],
  });
  return [projected, initial];
}

function backwardCode(units: number): string {
  const width = 4 * units;
  const threads = threadsFor(units);
  return `${declare(
    [
      ['projectedGradient', 'f32'],
      ['initial', 'f32'],
    ],
    [
      ['recurrent', 'f32'],
      ['initialCell', 'f32'],
      ['cell', 'f32'],
      ['gates', 'f32'],
      ['hiddenGradient', 'f32'],
      ['cellGradient', 'f32'],
    ],
    'vec4<i32>',
  )}
${SQUASH}
var<workgroup> dh: array<f32, ${units}>;
var<workgroup> dc: array<f32, ${units}>;
var<workgroup> step: array<f32, ${width}>;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let lane = i32(local.x);
  let sequence = i32(group.x);
  for (var unit = lane; unit < ${units}; unit += ${threads}) {
    dh[unit] = 0.0;
    dc[unit] = 0.0;
  }
  for (var t = u.x - 1; t >= 0; t--) {
    let at = (sequence * u.x + t) * ${units};
    for (var unit = lane; unit < ${units}; unit += ${threads}) {
      let i = gates[4 * at + unit];
      let f = gates[4 * at + ${units} + unit];
      let g = gates[4 * at + ${2 * units} + unit];
      let o = gates[4 * at + ${3 * units} + unit];
      let squashed = squash(cell[at + unit]);
      var past = 0.0;
      if (t == 0) { past = initialCell[sequence * ${units} + unit]; } else { past = cell[at - ${units} + unit]; }
      let h = dh[unit] + hiddenGradient[at + unit];
      let c = dc[unit] + cellGradient[at + unit] + h * o * (1.0 - squashed * squashed);
      step[unit] = c * g * i * (1.0 - i);
      step[${units} + unit] = c * past * f * (1.0 - f);
      step[${2 * units} + unit] = c * i * (1.0 - g * g);
      step[${3 * units} + unit] = h * squashed * o * (1.0 - o);
      dc[unit] = c * f;
    }
    workgroupBarrier();
    for (var k = lane; k < ${width}; k += ${threads}) { projectedGradient[4 * at + k] = step[k]; }
    for (var unit = lane; unit < ${units}; unit += ${threads}) {
      var sum = 0.0;
      for (var k = 0; k < ${width}; k++) { sum += step[k] * recurrent[unit * ${width} + k]; }
      dh[unit] = sum;
    }
    workgroupBarrier();
  }
  for (var unit = lane; unit < ${units}; unit += ${threads}) {
    initial[sequence * ${units} + unit] = dh[unit];
    initial[(u.y + sequence) * ${units} + unit] = dc[unit];
  }
}`;
}
