import type { TensorInfo } from '../../tf.ts';
import { declare, dispatch, type WebgpuBackend } from './runner.ts';

/**
 * Adds up what the parts of a split reduction left behind, and frees them.
 * @param parts `[part, ...shape]`
 * @returns `[...shape]`
 */
export function sumParts(backend: WebgpuBackend, parts: TensorInfo, shape: readonly number[]): TensorInfo {
  const sum = backend.makeTensorInfo([...shape], 'float32');
  const size = shape.reduce((a, b) => a * b, 1);
  dispatch(backend, {
    key: 'sum-parts',
    code: () => `${declare([['sum', 'f32']], [['parts', 'f32']], 'vec4<i32>')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let at = i32(id.x);
  if (at >= u.x) { return; }
  var total = 0.0;
  for (var part = 0; part < u.y; part++) { total += parts[part * u.x + at]; }
  sum[at] = total;
}`,
    outputs: [sum],
    inputs: [parts],
    whole: [size, parts.shape[0]!],
    workgroups: [Math.ceil(size / 64)],
  });
  backend.disposeData(parts.dataId);
  return sum;
}
