import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { columnStatistics } from '../../../datasets/inspection/column-statistics.ts';
import { readModelFiles } from '../../../models/files/decode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import { channelsOf } from '../../../models/spec.ts';
import { planNetwork } from '../../../models/zoo/zoo.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import type { Output } from '../../machine/terminal/output.ts';
import { printable } from '../../machine/terminal/printable.ts';
import { DEFAULT_MODEL_FOLDER } from '../models/model-folder.ts';
import { filterPicture, firstFilters } from './filter-picture.ts';
import { INSPECTION_PAGE } from './inspect-recording-folder.ts';
import type { ModelInspection } from './model-inspection.ts';
import { modelPage } from './model-page.ts';

const BINS = 31;

/** Whether this names a model: `default`, or a folder that holds one. */
export async function isModelPlace(place: string): Promise<boolean> {
  const present = await readdir(place).catch((): string[] => []);
  return present.includes(MODEL_FILE) || (place === 'default' && present.length === 0);
}

/**
 * Looks into a model folder by its bytes alone, without making the network; writes `inspect.html` where a folder is given.
 * @throws Refusal when a file of it is missing or damaged
 */
export async function inspectModel(place: string, out: string | undefined): Promise<ModelInspection> {
  const folder = place === 'default' && !(await readdir(place).catch(() => undefined)) ? DEFAULT_MODEL_FOLDER : place;
  const files = new Map<string, Uint8Array>();
  for (const name of [MODEL_FILE, WEIGHTS_FILE]) {
    const bytes = await readFile(path.join(folder, name)).catch(() => undefined);
    if (bytes !== undefined) files.set(name, new Uint8Array(bytes));
  }
  const { file, weights } = readModelFiles(files, place);
  const { parameters, multiplyAdds } = planNetwork(file.spec);
  const variables = file.weights.variables.map(({ name, shape }) => ({ name, shape, values: weights.get(name)! }));
  const inspection: ModelInspection = {
    name: path.basename(path.resolve(folder)),
    spec: file.spec,
    parameters,
    multiplyAdds,
    training: file.training,
    variables: variables.map(({ name, shape, values }) => ({
      name,
      shape,
      ...columnStatistics(Float64Array.from(values), BINS),
    })),
  };
  if (out !== undefined) {
    const filters = firstFilters(variables, channelsOf(file.spec.input.colourSpace));
    const codec = createSharpCodec();
    const picture = filters && {
      name: filters.name,
      count: filters.shape[3],
      png: await codec.encode(filterPicture(filters), { type: 'png' }),
    };
    await new DiskStorage(out).write(INSPECTION_PAGE, modelPage(inspection, picture));
  }
  return inspection;
}

/** The inspection as text. */
export function printModel({ name, spec, parameters, multiplyAdds, variables }: ModelInspection, output: Output): void {
  const { width, height, colourSpace, time, rate } = spec.input;
  output.line(
    `${printable(name)} (${spec.architecture}): ${parameters} parameters, ${multiplyAdds} multiply-adds a frame`,
  );
  output.line(`input ${width}x${height} ${colourSpace}, windows of ${time} frames at ${rate} Hz`);
  output.line();
  output.table({
    head: ['variable', 'shape', 'numbers', 'mean', 'deviation', 'smallest', 'largest'],
    rows: variables.map((variable) => [
      printable(variable.name),
      variable.shape.join(' x '),
      variable.count,
      ...[variable.mean, variable.deviation, variable.min, variable.max].map((value) => value.toFixed(4)),
    ]),
    align: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
  });
}
