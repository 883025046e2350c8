/** How a gradient becomes a step. `m`, `v` are remembered per weight; `t` counts steps from 1. */
export const OPTIMISERS = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamw'] as const;
export type OptimiserName = (typeof OPTIMISERS)[number];

/** Settings of a step, the same for all weights. */
export interface RuleSettings {
  readonly rule: OptimiserName;
  /** Learning rate. */
  readonly rate: number;
  /** Share of the remembered gradient that is kept: momentum, or Adam's β₁. */
  readonly beta1: number;
  /** Share of the remembered square that is kept: RMSProp's ρ, or Adam's β₂. */
  readonly beta2: number;
  readonly epsilon: number;
  /** Added to the gradient: weight · l2 (and sign · l1). */
  readonly l1: number;
  readonly l2: number;
  /** Decoupled weight decay, AdamW only: weight · rate · weightDecay is taken off (Loshchilov & Hutter 2019). */
  readonly weightDecay: number;
  readonly step: number;
}

/** Which of the two memories a rule needs. */
export function slotsOf(rule: OptimiserName): readonly ('m' | 'v')[] {
  if (rule === 'sgd') return [];
  if (rule === 'momentum' || rule === 'nesterov') return ['m'];
  if (rule === 'adagrad' || rule === 'rmsprop') return ['v'];
  return ['m', 'v'];
}

/**
 * One step on plain numbers; `m` and `v` are updated in place, `next` receives the new weights.
 * Sources: momentum Polyak 1964, Nesterov as in Sutskever et al. 2013, AdaGrad Duchi et al. 2011, RMSProp Hinton 2012,
 * Adam Kingma & Ba 2015, AdamW Loshchilov & Hutter 2019.
 * @param scale factor on the gradient (clipping); 0 leaves weights and memories as they are
 */
export function stepNumbers(
  settings: RuleSettings,
  weights: Float32Array,
  gradient: Float32Array,
  scale: number,
  m: Float32Array,
  v: Float32Array,
  next: Float32Array,
): void {
  const { rule, rate, beta1, beta2, epsilon, l1, l2, weightDecay, step } = settings;
  const length = weights.length;
  if (scale === 0) {
    next.set(weights);
    return;
  }
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  const penalised = l1 !== 0 || l2 !== 0;
  for (let i = 0; i < length; i++) {
    const w = weights[i]!;
    let g = gradient[i]! * scale;
    if (penalised) g += l2 * w + l1 * Math.sign(w);
    if (rule === 'adam' || rule === 'adamw') {
      const first = beta1 * m[i]! + (1 - beta1) * g;
      const second = beta2 * v[i]! + (1 - beta2) * g * g;
      m[i] = first;
      v[i] = second;
      const move = (rate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon);
      next[i] = rule === 'adamw' ? w - move - rate * weightDecay * w : w - move;
    } else if (rule === 'sgd') {
      next[i] = w - rate * g;
    } else if (rule === 'momentum' || rule === 'nesterov') {
      const velocity = beta1 * m[i]! + g;
      m[i] = velocity;
      next[i] = w - rate * (rule === 'nesterov' ? g + beta1 * velocity : velocity);
    } else {
      const second = rule === 'adagrad' ? v[i]! + g * g : beta2 * v[i]! + (1 - beta2) * g * g;
      v[i] = second;
      next[i] = w - (rate * g) / (Math.sqrt(second) + epsilon);
    }
  }
}
