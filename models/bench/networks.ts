import type { ModelSpec } from '../spec.ts';
import { createSpec } from '../zoo/zoo.ts';

/** The network that speed is quoted for: 66×200×3 frames, T = 5, 289,083 parameters. */
export function referenceSpec(): ModelSpec {
  return createSpec('cnn-lstm', {
    input: { width: 200, height: 66, time: 5 },
    options: {
      convolutions: [
        { filters: 24, kernel: 5, stride: 2 },
        { filters: 36, kernel: 5, stride: 2 },
        { filters: 48, kernel: 5, stride: 2 },
        { filters: 64, kernel: 3 },
        { filters: 64, kernel: 3 },
      ],
      dense: [100],
      units: 64,
    },
  });
}
