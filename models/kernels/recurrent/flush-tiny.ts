/** What is smaller teaches nothing in float32: a step of any optimiser loses it in rounding. */
const TINY = 1e-20;

/**
 * Sets numbers next to zero to zero. The gradients of a saturated memory are products of many small slopes and end below
 * 1.2e-38, where float32 becomes subnormal and a processor computes some twenty-five times slower; in WebAssembly there is
 * no switch that would round them to zero. They would pass through every layer before the memory.
 */
export function flushTiny(numbers: Float32Array): void {
  for (let i = 0; i < numbers.length; i++) if (Math.abs(numbers[i]!) < TINY) numbers[i] = 0;
}
