import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvolutionAttributes, type Geometry, geometryOf } from '../convolution/geometry.ts';
import { geometryKey, LANES } from './convolution-forward.ts';
import { declare, dispatch, divisorUpTo, MOST_WORKGROUPS, times, type WebgpuArguments } from './runner.ts';

type Attributes = ConvolutionAttributes & { readonly inputShape: readonly number[] };

/** Pixels a thread computes, 64 apart. */
const PIXELS = 2;

function pixelsOfPhase(g: Geometry): number {
  return g.batch * Math.ceil(g.inHeight / g.strideHeight) * Math.ceil(g.inWidth / g.strideWidth);
}

/** Whether the kernel takes this convolution. */
export function inputGradientFits(g: Geometry): boolean {
  const fours = g.inChannels % 4 === 0 && g.outChannels % 4 === 0;
  return fours && pixelsOfPhase(g) <= LANES * PIXELS * MOST_WORKGROUPS;
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
  const block = divisorUpTo(quads, 4);
  const pixels = pixelsOfPhase(g);
  dispatch(backend, {
    key: `conv-input ${geometryKey(g)}`,
    code: () => inputGradientCode(g, block),
    outputs: [result],
    inputs: [dy, filter],
    whole: [pixels],
    workgroups: [Math.ceil(pixels / (LANES * PIXELS)), quads / block, g.strideHeight * g.strideWidth],
  });
  return result;
}

function inputGradientCode(g: Geometry, block: number): string {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, kernelHeight, kernelWidth, strideHeight, strideWidth } =
    g;
  const [rows, columns] = [Math.ceil(inHeight / strideHeight), Math.ceil(inWidth / strideWidth)];
  const quads = g.outChannels / 4;
  return `${declare(
    [['result', 'vec4<f32>']],
    [
      ['dy', 'vec4<f32>'],
      ['w', 'vec4<f32>'],
    ],
    'vec4<i32>',
  )}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let c = i32(group.y) * ${4 * block};
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
      let s${i} = select(0, ((n${i} * ${outHeight} + row${i}) * ${outWidth} + column${i}) * ${quads}, ok${i});`,
)}
      var weight = ((ky * ${kernelWidth} + kx) * ${inChannels} + c) * ${quads};
      for (var k = 0; k < ${quads}; k++) {
${times(PIXELS, (i) => `        let d${i} = select(vec4<f32>(), dy[s${i} + k], ok${i});`)}
${times(
  block,
  (m) => `${times(4, (j) => `        let w${m}_${j} = w[weight + ${(4 * m + j) * quads}];`)}
${times(PIXELS, (i) => `        a${i}_${m} += vec4<f32>(${times(4, (j) => `dot(d${i}, w${m}_${j})`, ', ')});`)}`,
)}
        weight += 1;
      }
    }
  }
${times(
  PIXELS,
  (i) => `  if (p${i} < u.x && y${i} < ${inHeight} && x${i} < ${inWidth}) {
    let to = ((n${i} * ${inHeight} + y${i}) * ${inWidth} + x${i}) * ${inChannels / 4} + c / 4;
${times(block, (m) => `    result[to + ${m}] = a${i}_${m};`)}
  }`,
)}
}`;
}
