/** `npm run build`: everything that can be built, into `dist/app`. */
import { Refusal } from '../sim/refusal.ts';
import { buildApp } from './build-app.ts';

try {
  await buildApp();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`refused: ${error.message}`);
  process.exitCode = 1;
}
