import type { Command } from 'commander';
import { Refusal } from '../../../../sim/refusal.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { SampledDrive } from '../../../work/tracks/sample-file.ts';
import type { CommandContext } from '../context.ts';
import { integer } from '../options.ts';

interface TracksOptions {
  readonly suite?: string;
  readonly sample?: number;
  readonly render?: string;
}

export function register(program: Command, context: CommandContext): void {
  program
    .command('tracks')
    .summary('the built-in tracks and suites, or points along the roads of a file')
    .description(
      'Lists the built-in tracks and the suites that models are compared on. Any other road comes from a seed: ' +
        '<family>:<seed> or <family>:<seed>:<difficulty>, e.g. country:42:0.3; or from a file: a CSV centre line or ' +
        'OpenDRIVE (.xodr), whose roads are sampled here. With --suite, the episodes of a suite. With --render, pictures of ' +
        'all built-in roads in six conditions.',
    )
    .argument('[file]', 'a .csv or .xodr file to sample; behind it a start, as in town.xodr#road=5,lane=-1')
    .option('--suite <suite>', 'list the episodes of a suite: its name, or a suite file (.json)')
    .option('--sample <n>', 'points a road of the file (default: 24)', integer({ min: 1, max: 100_000 }))
    .option('--render <folder>', 'write a contact sheet of every built-in road as the camera sees it')
    .action(async (file: string | undefined, options: TracksOptions) => {
      if (file !== undefined) return sample(file, options.sample ?? 24, context.output);
      if (options.sample !== undefined) {
        throw new Refusal('no-file', '--sample', 'there is no file to sample', 'name a .csv or .xodr file before it');
      }
      if (options.render !== undefined) return render(options.render, context);
      if (options.suite !== undefined) return listEpisodes(options.suite, context.output);
      return list(context.output);
    });
}

async function sample(file: string, count: number, output: Output): Promise<void> {
  const { sampleFile } = await import('../../../work/tracks/sample-file.ts');
  const sampled = await sampleFile(file, count);
  for (const note of sampled.notes) output.note(`${file}: ${note}`);
  output.note(`${file}: ${inWords(sampled.drive)}`);
  output.result(sampled, () => {
    const [{ roads }] = sampled.files as [(typeof sampled.files)[number]];
    output.table({
      head: ['road', 's', 'x', 'y', 'z', 'heading', 'lanes'],
      rows: roads.flatMap(({ id, samples }) =>
        samples.map(({ s, x, y, z, hdg, lanes }) => [
          printable(id),
          ...[s, x, y, z].map((value) => value.toFixed(2)),
          hdg.toFixed(4),
          lanes.length - 1,
        ]),
      ),
      align: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    });
  });
}

function inWords(drive: SampledDrive | string): string {
  if (typeof drive === 'string') return `nothing to drive: ${drive}`;
  const from = drive.start === '' ? '' : ` from #${drive.start}`;
  return `a drive goes ${drive.length.toFixed(0)} m${drive.closed ? ' in laps' : ''}${from}`;
}

async function render(folder: string, { output, signal }: CommandContext): Promise<void> {
  const { renderContactSheet } = await import('../../../work/tracks/contact-sheet.ts');
  const progress = output.progress({ label: 'pictures of roads', total: 100, unit: '%' });
  const sheet = await renderContactSheet(folder, {
    signal,
    onPicture: (share, name) => progress.update(Math.floor(share * 100), printable(name)),
  });
  progress.finish();
  output.result(sheet, () => {
    output.line(`${sheet.roads} roads × ${sheet.conditions.length} conditions in ${printable(sheet.file)}`);
  });
}

async function list(output: Output): Promise<void> {
  const { listTracks } = await import('../../../../sim/track/catalogue.ts');
  const { listSuites } = await import('../../../work/suites/open-suite.ts');
  const tracks = listTracks();
  const suites = await listSuites();
  output.result({ tracks, suites }, () => {
    output.table({
      head: ['track', 'name', 'family', 'length', 'sharpest bend', 'climb', 'difficulty'],
      rows: tracks.map((track) => [
        track.id,
        track.name,
        track.family,
        `${track.length.toFixed(0)} m`,
        `${track.minimumRadius.toFixed(0)} m`,
        `${track.climb.toFixed(0)} m`,
        track.difficulty.toFixed(2),
      ]),
      align: ['left', 'left', 'left', 'right', 'right', 'right', 'right'],
    });
    output.line();
    output.table({
      head: ['suite', 'episodes', 'what it asks'],
      rows: suites.map((suite) => [suite.name, suite.episodes.length, suite.description]),
      align: ['left', 'right', 'left'],
    });
  });
}

async function listEpisodes(nameOrFile: string, output: Output): Promise<void> {
  const { openSuite } = await import('../../../work/suites/open-suite.ts');
  const suite = await openSuite(nameOrFile);
  output.result(suite, () => {
    output.line(`${suite.name}: ${printable(suite.description)}`);
    output.line();
    output.table({
      head: ['episode', 'track', 'seed', 'route', 'steered by', 'disturbances'],
      rows: suite.episodes.map(({ id, track, seed, route, actuation, disturbances = [] }) => [
        id ?? '',
        track,
        seed,
        `${route.toFixed(0)} m`,
        actuation,
        disturbances.map(({ kind }) => kind).join(', '),
      ]),
      align: ['left', 'left', 'right', 'right', 'left', 'left'],
    });
  });
}
