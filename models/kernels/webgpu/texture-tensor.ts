import type { DrawingSurface, DrawnFrame } from '../../../sim/frame.ts';
import { channelsOf, type InputSpec } from '../../spec.ts';
import * as tf from '../../tf.ts';
import { oursInUse } from './register.ts';
import { declare, dispatch, type WebgpuBackend } from './runner.ts';

/** Rows of a texture copy start at multiples of this in WebGPU [byte]. */
const ROW_ALIGNMENT = 256;

/**
 * Whether what is drawn there can become a network's input as it is: the backend in use now runs shaders of ours on the
 * same device.
 */
export function textureFits(surface: DrawingSurface, input: InputSpec): boolean {
  const { crop, width, height } = input;
  const whole = crop.top === 0 && crop.bottom === 0 && crop.left === 0 && crop.right === 0;
  if (!whole || surface.width !== width || surface.height !== height) return false;
  if (tf.getBackend() !== 'webgpu' || !oursInUse()) return false;
  return (tf.backend() as unknown as WebgpuBackend).device === surface.device;
}

/**
 * A camera's picture as a network wants it, without a way through the processor: the same numbers, up to rounding, as
 * `frameTensor` gives for its bytes.
 * @param frame read when what is recorded is submitted: it is released only after that
 * @returns `[1, 1, height, width, channel]`
 * @throws RangeError when it does not fit
 */
export function textureTensor(frame: DrawnFrame, input: InputSpec): tf.Tensor5D {
  const { width, height, colourSpace, normalisation } = input;
  if (!textureFits(frame, input)) {
    throw new RangeError(
      `a texture of ${frame.width}×${frame.height} does not fit an input of ${width}×${height} here`,
    );
  }
  const { texture } = frame;
  const backend = tf.backend() as unknown as WebgpuBackend;
  const stride = Math.ceil((width * 4) / ROW_ALIGNMENT) * ROW_ALIGNMENT;
  // Bytes four to a number: the backend's own pool gives the buffer, so nothing is made anew for each frame.
  const bytes = backend.makeTensorInfo([(stride / 4) * height], 'float32');
  backend.uploadToGPU(bytes.dataId);
  const { buffer } = backend.tensorToBinding(bytes) as GPUBufferBinding;
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder!.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: stride }, [width, height]);
  const channels = channelsOf(colourSpace);
  const result = backend.makeTensorInfo([1, 1, height, width, channels], 'float32');
  const { mean, std } = normalisation;
  dispatch(backend, {
    key: `texture-tensor ${width} ${height} ${colourSpace}`,
    code: () => unpackCode(width, height, stride / 4, colourSpace),
    outputs: [result],
    inputs: [bytes],
    real: [...[0, 1, 2, 3].map((i) => mean[i] ?? 0), ...[0, 1, 2, 3].map((i) => std[i] ?? 1)],
    workgroups: [Math.ceil((width * height) / 64)],
  });
  backend.disposeData(bytes.dataId);
  return tf.engine().makeTensorFromTensorInfo(result) as tf.Tensor5D;
}

/** ITU-R BT.601 luma, and for `yuv` the full-range colour differences around 128 (JFIF), as on the processor. */
const LUMA = '0.299 * r + 0.587 * g + 0.114 * b';
const COLOURS: Readonly<Record<InputSpec['colourSpace'], readonly string[]>> = {
  rgb: ['r', 'g', 'b'],
  grey: [LUMA],
  yuv: [LUMA, `128.0 + 0.564 * (b - (${LUMA}))`, `128.0 + 0.713 * (r - (${LUMA}))`],
};

function unpackCode(width: number, height: number, stride: number, colourSpace: InputSpec['colourSpace']): string {
  const numbers = COLOURS[colourSpace];
  const write = (value: string, i: number): string =>
    `  result[at * ${numbers.length} + ${i}] = (${value} - u[0][${i}]) / u[1][${i}];`;
  return `${declare([['result', 'f32']], [['bytes', 'u32']], 'array<vec4<f32>, 2>')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = i32(id.x);
  if (at >= ${width * height}) { return; }
  let pixel = bytes[at / ${width} * ${stride} + at % ${width}];
  let r = f32(pixel & 255u);
  let g = f32((pixel >> 8u) & 255u);
  let b = f32((pixel >> 16u) & 255u);
${numbers.map(write).join('\n')}
}`;
}
