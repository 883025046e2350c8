import type { TensorInfo } from '../../tf.ts';
import { type RuleSettings, slotsOf } from '../optimiser-rules.ts';
import { declare, dispatch, type WebgpuArguments } from './runner.ts';

type Inputs = Record<'weights' | 'gradient' | 'scale' | 'm' | 'v', TensorInfo>;

/** All of an optimiser's move of one variable, in one dispatch. */
export function optimiserStep({ inputs, attrs, backend }: WebgpuArguments<RuleSettings, Inputs>): TensorInfo[] {
  const { rule, rate, beta1, beta2, epsilon, l1, l2, weightDecay, step } = attrs;
  const slots = slotsOf(rule);
  const { weights, gradient, scale } = inputs;
  const size = weights.shape.reduce((a, b) => a * b, 1);
  const next = backend.makeTensorInfo([...weights.shape], 'float32');
  const memories = slots.map((slot) => backend.makeTensorInfo([...inputs[slot].shape], 'float32'));
  dispatch(backend, {
    key: `optimiser ${rule}`,
    code: () => stepCode(rule),
    outputs: [next, ...memories],
    inputs: [weights, gradient, scale, ...slots.map((slot) => inputs[slot])],
    real: [rate, beta1, beta2, epsilon, l1, l2, weightDecay, size, 1 - beta1 ** step, 1 - beta2 ** step],
    workgroups: [Math.min(1024, Math.ceil(size / 64))],
  });
  const result = (slot: 'm' | 'v'): TensorInfo => {
    const at = slots.indexOf(slot);
    if (at >= 0) return memories[at]!;
    const { dataId, shape, dtype } = inputs[slot];
    backend.incRef(dataId);
    return { dataId, shape, dtype };
  };
  return [next, result('m'), result('v')];
}

/** What a rule does to a gradient `g` of a weight `x`: sources at `stepNumbers`. */
const MOVES: Readonly<Record<RuleSettings['rule'], string>> = {
  sgd: 'moved = rate * g;',
  momentum: 'first = beta1 * first + g; moved = rate * first;',
  nesterov: 'first = beta1 * first + g; moved = rate * (g + beta1 * first);',
  adagrad: 'second = second + g * g; moved = rate * g / (sqrt(second) + epsilon);',
  rmsprop: 'second = beta2 * second + (1.0 - beta2) * g * g; moved = rate * g / (sqrt(second) + epsilon);',
  adam: `first = beta1 * first + (1.0 - beta1) * g;
    second = beta2 * second + (1.0 - beta2) * g * g;
    moved = rate * (first / u[2].x) / (sqrt(second / u[2].y) + epsilon);`,
  adamw: `first = beta1 * first + (1.0 - beta1) * g;
    second = beta2 * second + (1.0 - beta2) * g * g;
    moved = rate * (first / u[2].x) / (sqrt(second / u[2].y) + epsilon) + rate * u[1].z * x;`,
};

function stepCode(rule: RuleSettings['rule']): string {
  const slots = slotsOf(rule);
  const named = (names: readonly string[]) => names.map((name) => [name, 'f32'] as const);
  const outputs = named(['next', ...slots.map((slot) => `${slot}Next`)]);
  const inputs = named(['weights', 'gradient', 'scale', ...slots]);
  const [hasM, hasV] = [slots.includes('m'), slots.includes('v')];
  return `${declare(outputs, inputs, 'array<vec4<f32>, 3>')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let rate = u[0].x;
  let beta1 = u[0].y;
  let beta2 = u[0].z;
  let epsilon = u[0].w;
  let factor = scale[0];
  for (var i = id.x; i < u32(u[1].w); i += groups.x * 64u) {
    let x = weights[i];
    // A gradient that is not finite comes with the factor 0 and must leave no trace.
    let g = gradient[i] * factor + u[1].y * x + u[1].x * sign(x);
    var first = ${hasM ? 'm[i]' : '0.0'};
    var second = ${hasV ? 'v[i]' : '0.0'};
    var moved = 0.0;
    ${MOVES[rule]}
    next[i] = select(x - moved, x, factor == 0.0);
    ${hasM ? 'mNext[i] = select(first, m[i], factor == 0.0);' : ''}
    ${hasV ? 'vNext[i] = select(second, v[i], factor == 0.0);' : ''}
  }
}`;
}
