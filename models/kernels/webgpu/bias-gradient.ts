import type { TensorInfo } from '../../tf.ts';
import { sumParts } from './partial-sums.ts';
import { declare, dispatch, type WebgpuArguments } from './runner.ts';

/** Threads of a workgroup. */
const LANES = 64;
/** Parts of the sum over rows. */
const MOST_PARTS = 256;

/**
 * Passes a gradient back through ReLU (or nothing) and a bias in one reading of it.
 * @returns the gradient before the bias `[..., channel]`, and that of the bias `[channel]`
 */
export function biasGradient({
  inputs: { dy, y },
  attrs: { relu },
  backend,
}: WebgpuArguments<{ relu: boolean }, { dy: TensorInfo; y: TensorInfo }>): TensorInfo[] {
  const channels = dy.shape.at(-1)!;
  const rows = dy.shape.reduce((a, b) => a * b, 1) / channels;
  // Where the channels leave lanes free, a workgroup takes several rows at a time.
  const abreast = Math.max(1, Math.floor(LANES / channels));
  const groups = Math.min(Math.ceil(MOST_PARTS / abreast), Math.ceil(rows / abreast));
  const parts = groups * abreast;
  const partial = backend.makeTensorInfo([parts, channels], 'float32');
  let before: TensorInfo = dy;
  if (relu) before = backend.makeTensorInfo([...dy.shape], 'float32');
  else backend.incRef(dy.dataId);
  dispatch(backend, {
    key: `bias-gradient ${channels} ${relu}`,
    code: () => biasGradientCode(channels, abreast, relu),
    outputs: relu ? [partial, before] : [partial],
    inputs: relu ? [dy, y] : [dy],
    whole: [rows, parts],
    workgroups: [groups, Math.ceil(channels / LANES)],
  });
  return [{ dataId: before.dataId, shape: dy.shape, dtype: 'float32' }, sumParts(backend, partial, [channels])];
}

function biasGradientCode(channels: number, abreast: number, relu: boolean): string {
  const width = Math.min(channels, LANES);
  return `${declare(
    relu
      ? [
          ['partial', 'f32'],
          ['before', 'f32'],
        ]
      : [['partial', 'f32']],
    relu
      ? [
          ['dy', 'f32'],
          ['y', 'f32'],
        ]
      : [['dy', 'f32']],
    'vec4<i32>',
  )}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let lane = i32(local.x);
  let channel = i32(group.y) * ${LANES} + lane % ${width};
  if (lane >= ${width * abreast} || channel >= ${channels}) { return; }
  let part = i32(group.x) * ${abreast} + lane / ${width};
  var sum = 0.0;
  for (var row = part; row < u.x; row += u.y) {
    let at = row * ${channels} + channel;
    ${relu ? 'let value = select(0.0, dy[at], y[at] > 0.0);\n    before[at] = value;' : 'let value = dy[at];'}
    sum += value;
  }
  partial[part * ${channels} + channel] = sum;
}`;
}
