import path from 'node:path';
import type { Command } from 'commander';
import type { BackendName } from '../../../../models/backend/open-backend.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { addReadingOptions, openOptions, type ReadingFlags } from '../reading-options.ts';
import { backendOption } from '../world-options.ts';

interface SearchCommandOptions extends ReadingFlags {
  readonly out: string;
  readonly backend: BackendName | 'auto';
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('search')
    .summary('the best of many trainings')
    .description(
      'Trains many settings of a network, each from three seeds at least, and ranks them by how far off their steering is in validation (RMSE, rad). The ' +
        'file says how to search (grid, random or halving) and over which options. Stopped or killed, the same command ' +
        'goes on where it was.',
    )
    .argument('<config>', 'JSON: {"method": "grid", "settings": {"learningRate": [0.001, 0.003]}, …}')
    .argument('<recording...>', 'folders of recordings')
    .requiredOption('--out <folder>', 'where trials, table and picture go')
    .addOption(backendOption());
  addReadingOptions(command).action((config: string, folders: string[], options: SearchCommandOptions) =>
    searchCommand(config, folders, options, context),
  );
}

async function searchCommand(
  file: string,
  folders: string[],
  options: SearchCommandOptions,
  { output, signal }: CommandContext,
): Promise<void> {
  const { searchConfig } = await import('../../../../models/search/search-config.ts');
  const { readJsonObject } = await import('./training/train-config.ts');
  const { tellLeftOut } = await import('../left-out.ts');
  const { openComputing } = await import('../../../machine/computing/open-computing.ts');
  const { openRunRecordings } = await import('../../../work/runs/open-run-recordings.ts');
  const { runSearch } = await import('../../../work/search/run-search.ts');

  const config = searchConfig(await readJsonObject(file), file, (line) => output.note(printable(`${file}: ${line}`)));
  const places = folders.map((folder) => ({ reference: { folder: path.resolve(folder) }, folder }));
  const { recordings, data } = await openRunRecordings(places, openOptions(options));
  const cut = tellLeftOut(recordings, output);
  const { name: backend } = await openComputing(options.backend);
  let progress: ReturnType<typeof output.progress> | undefined;
  const rows = await runSearch({
    config,
    folder: options.out,
    folders,
    recordings,
    data,
    backend,
    signal,
    onTrial({ name }, done, total) {
      progress ??= output.progress({ label: 'search', total, unit: 'trainings' });
      progress.update(done, name);
    },
  });
  progress?.finish();
  for (const recording of recordings) await recording.close();
  const document = { out: options.out, cut, rows, page: `${options.out}/search.html` };
  output.result(document, () => {
    const names = Object.keys(config.settings);
    const loss = (value: number | null) => (value === null ? 'failed' : value.toFixed(4));
    output.table({
      head: [...names.map(printable), 'epochs', 'seeds', 'mean error', 'least', 'most'],
      rows: rows.map(({ setting, epochs, losses, mean, min, max }) => [
        ...names.map((name) => printable(String(setting[name]))),
        epochs ?? '',
        losses.length,
        loss(mean),
        loss(min),
        loss(max),
      ]),
      align: [...names.map(() => 'left' as const), 'right', 'right', 'right', 'right', 'right'],
    });
    output.line();
    output.line(`picture: ${printable(document.page)}`);
  });
}
