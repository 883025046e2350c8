// Records the expert, trains a tiny network on the recording, and lets it drive. It will not drive well: it has seen one
// road for a few seconds. More roads, more epochs and the usual network make a driver of it.
//
//   node examples/train-and-drive.mjs [folder]
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { driveEpisode, openRecording, recordEpisode, train } from 'wheelhouse-testbed';

const folder = process.argv[2] ?? (await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-example-')));
const drive = path.join(folder, 'drive');
const model = path.join(folder, 'model');

const recorded = await recordEpisode({ track: 'country:7', route: 80, out: drive });
console.log(`recorded: ${recorded.samples} samples`);

const recording = await openRecording(drive);
console.log(`columns: ${Object.keys(recording.columns).join(', ')}`);
await recording.close();

const trained = await train({
  recordings: drive,
  out: model,
  model: 'mlp',
  network: { units: [16] },
  options: { epochs: 2, width: 32, height: 16, learningRate: 0.001 },
  backend: 'wasm',
});
console.log(`trained: ${trained.history.length} epochs, best loss ${trained.best?.validationLoss.toFixed(4)}`);

const { result } = await driveEpisode({ track: 'country:8', driver: model, route: 50, backend: 'wasm' });
console.log(`drove: ${(100 * result.completed).toFixed(0)} % of the route, ${result.interventions} interventions`);
