import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';

export function register(program: Command, { output }: CommandContext): void {
  program
    .command('tracks')
    .summary('the built-in tracks and suites')
    .description(
      'Lists the built-in tracks and the suites that models are compared on. Any other road comes from a seed: ' +
        '<family>:<seed> or <family>:<seed>:<difficulty>, e.g. country:42:0.3.',
    )
    .action(async () => {
      const { listTracks } = await import('../../../sim/track/catalogue.ts');
      const { listSuites } = await import('../../../sim/suites/suites.ts');
      const tracks = listTracks();
      const suites = listSuites();
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
    });
}
