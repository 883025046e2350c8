import type { TensorInfo } from '../../tf.ts';
import { type ConvolutionAttributes, type Geometry, geometryOf } from '../convolution/geometry.ts';
import { geometryKey, LANES } from './convolution-forward.ts';
import {
  declare,
  dispatch,
  divisorUpTo,
  MOST_WORKGROUPS,
  times,
  type WebgpuArguments,
  type WebgpuBackend,
} from './runner.ts';

type Attributes = ConvolutionAttributes & { readonly inputShape: readonly number[] };

/** Pixels a thread computes, 64 apart. */
const PIXELS = 4;

function pixelsOfPhase(g: Geometry): number {
  return g.batch * Math.ceil(g.inHeight / g.strideHeight) * Math.ceil(g.inWidth / g.strideWidth);
}

/** Whether the kernel takes this convolution. */
export function inputGradientFits(g: Geometry): boolean {
  return g.inChannels % 4 === 0 && pixelsOfPhase(g) <= LANES * PIXELS * MOST_WORKGROUPS;
}

/**
 * The gradient of a convolution's input. With a stride, a pixel meets only every so many weights, which ones depending on
 * its place: pixels of the same phase go together, so that a workgroup meets the same weights and none for nothing.
 */
export function convolutionInputGradient({
  inputs: { dy, filter },
  attrs,
  backend,
}: WebgpuArguments<Attributes, { dy: TensorInfo; filter: TensorInfo }>): TensorInfo {
  const g = geometryOf(attrs.inputShape, filter.shape, attrs);
  const result = backend.makeTensorInfo([...attrs.inputShape], 'float32');
  const quads = g.inChannels / 4;
  const block = divisorUpTo(quads, 3);
  const pixels = pixelsOfPhase(g);
  const turned = turnFilter(backend, filter);
  dispatch(backend, {
    key: `conv-input ${geometryKey(g)}`,
    code: () => inputGradientCode(g, block),
    outputs: [result],
    inputs: [dy, turned],
    whole: [pixels],
    workgroups: [Math.ceil(pixels / (LANES * PIXELS)), quads / block, g.strideHeight * g.strideWidth],
  });
  backend.disposeData(turned.dataId);
  return result;
}

/** `[height, width, in, out]` → `[height, width, out, in]`: what a thread needs of the weights then lies side by side. */
function turnFilter(backend: WebgpuBackend, filter: TensorInfo): TensorInfo {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const turned = backend.makeTensorInfo([height, width, outChannels, inChannels], 'float32');
  const size = height * width * inChannels * outChannels;
  dispatch(backend, {
    key: 'turn-filter',
    code: () => `${declare([['turned', 'f32']], [['w', 'f32']], 'vec4<i32>')}
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = i32(id.x);
  if (at >= u.x) { return; }
  let plane = u.y * u.z;
  turned[at] = w[at / plane * plane + at % u.y * u.z + at / u.y % u.z];
}`,
    outputs: [turned],
    inputs: [filter],
    whole: [size, inChannels, outChannels],
    workgroups: [Math.ceil(size / LANES)],
  });
  return turned;
}

function inputGradientCode(g: Geometry, block: number): string {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, kernelHeight, kernelWidth, strideHeight, strideWidth } =
    g;
  const [rows, columns] = [Math.ceil(inHeight / strideHeight), Math.ceil(inWidth / strideWidth)];
  const quads = inChannels / 4;
  const { outChannels } = g;
  return `${declare(
    [['result', 'vec4<f32>']],
    [
      ['dy', 'f32'],
      ['w', 'vec4<f32>'],
    ],
    'vec4<i32>',
  )}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let c = i32(group.y) * ${block};
  let down = i32(group.z) / ${strideWidth};
  let right = i32(group.z) % ${strideWidth};
${times(
  PIXELS,
  (i) => `  let p${i} = i32(group.x) * ${LANES * PIXELS} + i32(local.x) + ${i * LANES};
  let n${i} = p${i} / ${rows * columns};
  let y${i} = p${i} / ${columns} % ${rows} * ${strideHeight} + down;
  let x${i} = p${i} % ${columns} * ${strideWidth} + right;
${times(block, (m) => `  var a${i}_${m} = vec4<f32>();`)}`,
)}
  for (var ky = (down + ${g.padTop}) % ${strideHeight}; ky < ${kernelHeight}; ky += ${strideHeight}) {
    for (var kx = (right + ${g.padLeft}) % ${strideWidth}; kx < ${kernelWidth}; kx += ${strideWidth}) {
${times(
  PIXELS,
  (i) => `      let down${i} = y${i} + ${g.padTop} - ky;
      let right${i} = x${i} + ${g.padLeft} - kx;
      let row${i} = down${i} / ${strideHeight};
      let column${i} = right${i} / ${strideWidth};
      let ok${i} = p${i} < u.x && down${i} >= 0 && right${i} >= 0 && row${i} < ${outHeight} && column${i} < ${outWidth};
      let s${i} = select(0, ((n${i} * ${outHeight} + row${i}) * ${outWidth} + column${i}) * ${outChannels}, ok${i});`,
)}
      var weight = (ky * ${kernelWidth} + kx) * ${outChannels * quads} + c;
      for (var k = 0; k < ${outChannels}; k++) {
${times(PIXELS, (i) => `        let d${i} = select(0.0, dy[s${i} + k], ok${i});`)}
${times(block, (m) => `        let w${m} = w[weight + ${m}];`)}
${times(PIXELS, (i) => times(block, (m) => `        a${i}_${m} += d${i} * w${m};`))}
        weight += ${quads};
      }
    }
  }
${times(
  PIXELS,
  (i) => `  if (p${i} < u.x && y${i} < ${inHeight} && x${i} < ${inWidth}) {
    let to = ((n${i} * ${inHeight} + y${i}) * ${inWidth} + x${i}) * ${quads} + c;
${times(block, (m) => `    result[to + ${m}] = a${i}_${m};`)}
  }`,
)}
}`;
}
