import type { TensorInfo } from '../../tf.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from '../convolution/geometry.ts';
import { declare, dispatch, divisorUpTo, MOST_WORKGROUPS, times, type WebgpuArguments } from './runner.ts';

/** Threads of a workgroup: a multiple of what GPUs run in step (32 or 64), and little enough for every device. */
export const LANES = 64;
/** Pixels a thread computes, 64 apart. */
const PIXELS = 4;

type ForwardInputs = { x: TensorInfo; filter: TensorInfo; bias?: TensorInfo };

/** Names the shader of a convolution's shape; the batch is not part of it. */
export function geometryKey(g: Geometry): string {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = g;
  const sizes = [inHeight, inWidth, inChannels, outHeight, outWidth, outChannels];
  return [...sizes, g.kernelHeight, g.kernelWidth, g.strideHeight, g.strideWidth, g.padTop, g.padLeft].join(',');
}

/** Whether a filter reaches beyond the picture anywhere. */
export function reachesOut(g: Geometry): boolean {
  return (
    g.padTop > 0 ||
    g.padLeft > 0 ||
    (g.outHeight - 1) * g.strideHeight + g.kernelHeight > g.inHeight ||
    (g.outWidth - 1) * g.strideWidth + g.kernelWidth > g.inWidth
  );
}

/** Whether the forward kernel takes this convolution. */
export function forwardFits(g: Geometry): boolean {
  const pixels = g.batch * g.outHeight * g.outWidth;
  return g.outChannels % 4 === 0 && pixels <= LANES * PIXELS * MOST_WORKGROUPS;
}

/**
 * Convolution, bias and ReLU. A thread computes a few channels of a few pixels; the threads of a workgroup share their
 * channels, so that a weight is read once for all of them.
 */
export function convolutionForward(
  { inputs, attrs, backend }: WebgpuArguments<ConvolutionAttributes, ForwardInputs>,
  relu: boolean,
): TensorInfo {
  const { x, filter, bias } = inputs;
  const g = geometryOf(x.shape, filter.shape, attrs);
  const out = backend.makeTensorInfo([g.batch, g.outHeight, g.outWidth, g.outChannels], 'float32');
  const pixels = g.batch * g.outHeight * g.outWidth;
  const quads = g.outChannels / 4;
  const block = divisorUpTo(quads, 3);
  dispatch(backend, {
    key: `conv-forward ${geometryKey(g)} ${relu} ${bias !== undefined}`,
    code: () => forwardCode(g, block, relu, bias !== undefined),
    outputs: [out],
    inputs: bias === undefined ? [x, filter] : [x, filter, bias],
    whole: [pixels],
    workgroups: [Math.ceil(pixels / (LANES * PIXELS)), quads / block],
  });
  return out;
}

function forwardCode(g: Geometry, block: number, relu: boolean, bias: boolean): string {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, kernelHeight, kernelWidth } = g;
  const padded = reachesOut(g);
  // Where the filter stays inside, the numbers below one row of it lie side by side.
  const columns = padded ? kernelWidth : 1;
  const run = padded ? inChannels : kernelWidth * inChannels;
  const quads = g.outChannels / 4;
  const inputs = [['x', 'f32'], ['w', 'vec4<f32>'], ...(bias ? [['bias', 'vec4<f32>']] : [])] as [string, string][];
  return `${declare([['result', 'vec4<f32>']], inputs, 'vec4<i32>')}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let k = i32(group.y) * ${block};
${times(
  PIXELS,
  (i) => `  let p${i} = i32(group.x) * ${LANES * PIXELS} + i32(local.x) + ${i * LANES};
  let q${i} = min(p${i}, u.x - 1);
  let n${i} = q${i} / ${outHeight * outWidth};
  let r${i} = q${i} % ${outHeight * outWidth};
  let y${i} = r${i} / ${outWidth} * ${g.strideHeight} - ${g.padTop};
  let x${i} = r${i} % ${outWidth} * ${g.strideWidth} - ${g.padLeft};
  let b${i} = ((n${i} * ${inHeight} + y${i}) * ${inWidth} + x${i}) * ${inChannels};
${times(block, (m) => `  var a${i}_${m} = ${bias ? `bias[k + ${m}]` : 'vec4<f32>()'};`)}`,
)}
  var weight = k;
  for (var ky = 0; ky < ${kernelHeight}; ky++) {
    for (var kx = 0; kx < ${columns}; kx++) {
      let offset = (ky * ${inWidth} + kx) * ${inChannels};
${times(PIXELS, (i) =>
  padded
    ? `      let in${i} = y${i} + ky >= 0 && y${i} + ky < ${inHeight} && x${i} + kx >= 0 && x${i} + kx < ${inWidth};
      let s${i} = select(0, b${i} + offset, in${i});`
    : `      let s${i} = b${i} + offset;`,
)}
      for (var j = 0; j < ${run}; j++) {
${times(PIXELS, (i) => `        let v${i} = ${padded ? `select(0.0, x[s${i} + j], in${i})` : `x[s${i} + j]`};`)}
${times(block, (m) => `        let w${m} = w[weight + ${m}];`)}
${times(PIXELS, (i) => times(block, (m) => `        a${i}_${m} += v${i} * w${m};`))}
        weight += ${quads};
      }
    }
  }
${times(
  PIXELS,
  (i) => `  if (p${i} < u.x) {
${times(block, (m) => `    result[p${i} * ${quads} + k + ${m}] = ${relu ? `max(a${i}_${m}, vec4<f32>())` : `a${i}_${m}`};`)}
  }`,
)}
}`;
}
