import { getGradient, registerGradient } from '../../tf.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { PRODUCTS } from './products.ts';
import { SHAPE } from './shape.ts';

/**
 * Registers the gradients of tfjs' own kernels that our networks use. The package keeps its gradients in a module that
 * Node cannot load by itself; these are our own, each checked against finite differences. Existing ones are left alone.
 */
export function registerGradients(): void {
  for (const rule of [...ELEMENTWISE, ...SHAPE, ...PRODUCTS]) {
    if (getGradient(rule.kernelName) === undefined) registerGradient(rule);
  }
}
