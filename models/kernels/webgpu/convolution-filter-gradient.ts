import type { TensorInfo } from '../../tf.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from '../convolution/geometry.ts';
import { geometryKey, LANES, reachesOut } from './convolution-forward.ts';
import { sumParts } from './partial-sums.ts';
import { declare, dispatch, divisorUpTo, times, type WebgpuArguments } from './runner.ts';

type Attributes = ConvolutionAttributes & { readonly filterShape: readonly number[] };

/** Parts of the reduction: enough to keep a GPU busy, not so many that adding them up costs more than it gains. */
const MOST_PARTS = 64;

/** Whether the kernel takes this convolution. */
export function filterGradientFits(g: Geometry): boolean {
  return g.outChannels % 4 === 0;
}

/**
 * The gradient of a convolution's filter, a sum over all pixels of all images. The rows of output pixels are dealt out to
 * parts that are summed side by side; a thread keeps a few channels of one or two filter weights.
 */
export function convolutionFilterGradient({
  inputs: { x, dy },
  attrs,
  backend,
}: WebgpuArguments<Attributes, { x: TensorInfo; dy: TensorInfo }>): TensorInfo {
  const g = geometryOf(x.shape, attrs.filterShape, attrs);
  const taps = g.kernelHeight * g.kernelWidth * g.inChannels;
  const quads = g.outChannels / 4;
  const block = divisorUpTo(quads, 3);
  // As few lanes as possible are left over.
  const perThread = Math.min(taps, 4);
  const groups = Math.ceil(taps / (LANES * perThread));
  const lanes = Math.ceil(taps / (8 * perThread * groups)) * 8;
  const rows = g.batch * g.outHeight;
  const parts = Math.min(MOST_PARTS, rows);
  const partial = backend.makeTensorInfo([parts, ...attrs.filterShape], 'float32');
  dispatch(backend, {
    key: `conv-filter ${geometryKey(g)}`,
    code: () => filterGradientCode(g, taps, block, perThread, lanes),
    outputs: [partial],
    inputs: [x, dy],
    whole: [rows, parts],
    workgroups: [groups, quads / block, parts],
  });
  return sumParts(backend, partial, attrs.filterShape);
}

function filterGradientCode(g: Geometry, taps: number, block: number, perThread: number, lanes: number): string {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, kernelWidth, strideWidth } = g;
  const quads = g.outChannels / 4;
  const padded = reachesOut(g);
  return `${declare(
    [['result', 'vec4<f32>']],
    [
      ['x', 'f32'],
      ['dy', 'vec4<f32>'],
    ],
    'vec4<i32>',
  )}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let k = i32(group.y) * ${block};
${times(
  perThread,
  (i) => `  let t${i} = i32(group.x) * ${lanes * perThread} + i32(local.x) + ${i * lanes};
  let r${i} = min(t${i}, ${taps - 1});
  let y${i} = r${i} / ${kernelWidth * inChannels} - ${g.padTop};
  let x${i} = r${i} / ${inChannels} % ${kernelWidth} - ${g.padLeft};
  let c${i} = r${i} % ${inChannels};
${times(block, (m) => `  var a${i}_${m} = vec4<f32>();`)}`,
)}
  let part = i32(group.z);
  let end = (part + 1) * u.x / u.y;
  for (var row = part * u.x / u.y; row < end; row++) {
    let image = row / ${outHeight};
    let top = row % ${outHeight} * ${g.strideHeight};
${times(
  perThread,
  (i) => `    var s${i} = ((image * ${inHeight} + top + y${i}) * ${inWidth} + x${i}) * ${inChannels} + c${i};
${padded ? `    let in${i} = top + y${i} >= 0 && top + y${i} < ${inHeight};` : ''}`,
)}
    var source = row * ${outWidth * quads} + k;
    for (var column = 0; column < ${outWidth}; column++) {
${times(perThread, (i) =>
  padded
    ? `      let at${i} = column * ${strideWidth} + x${i};
      let ok${i} = in${i} && at${i} >= 0 && at${i} < ${inWidth};
      let v${i} = select(0.0, x[select(0, s${i}, ok${i})], ok${i});`
    : `      let v${i} = x[s${i}];`,
)}
${times(block, (m) => `      let d${m} = dy[source + ${m}];`)}
${times(perThread, (i) => times(block, (m) => `      a${i}_${m} += v${i} * d${m};`))}
${times(perThread, (i) => `      s${i} += ${strideWidth * inChannels};`)}
      source += ${quads};
    }
  }
${times(
  perThread,
  (i) => `  if (t${i} < ${taps}) {
    let to = (part * ${taps} + t${i}) * ${quads} + k;
${times(block, (m) => `    result[to + ${m}] = a${i}_${m};`)}
  }`,
)}
}`;
}
