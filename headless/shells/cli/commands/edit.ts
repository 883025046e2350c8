import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Cut } from '../../../../datasets/recording/edits.ts';
import { samplesCut } from '../../../../datasets/recording/edits.ts';
import { counted } from '../../../../sim/counted.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';
import { type AdjustingFlags, addAdjustingOptions, adjustmentsOf } from '../reading-options.ts';

interface EditCommandOptions extends AdjustingFlags {
  readonly dropouts?: 'interpolate' | 'cut';
  readonly cut: readonly Cut[];
  readonly restore?: boolean;
}

export function register(program: Command, context: CommandContext): void {
  const command = program
    .command('edit')
    .summary('mend a recording without changing its files')
    .description(
      'Keeps edits beside a recording of any format, in edits.json and columns.json of its folder: every command and the app ' +
        'then see it so. The samples stay as they are stored, and --restore takes everything back. Without options it ' +
        'tells which edits there are.',
    )
    .argument('<recording>', 'the recording’s folder');
  addAdjustingOptions(command)
    .addOption(
      new Option(
        '--dropouts <what>',
        'single values that fall away from their neighbours: interpolate puts values between those on a line, cut leaves ' +
          'the samples out',
      ).choices(['interpolate', 'cut']),
    )
    .option('--cut <samples>', 'leave samples out, such as 120..180, as inspect counts them; may come again', cut, [])
    .option('--restore', 'take all edits back first')
    .action((place: string, options: EditCommandOptions) => edit(place, options, context));
}

async function edit(place: string, options: EditCommandOptions, { output }: CommandContext): Promise<void> {
  const { editRecording } = await import('../../../work/recording/edit-recording.ts');
  const { dropouts, restore, cut: cuts } = options;
  const columns = adjustmentsOf(options);
  const edited = await editRecording(place, {
    cuts,
    columns,
    ...(restore !== undefined && { restore }),
    ...(dropouts !== undefined && { dropouts }),
  });
  output.result({ recording: place, ...edited }, () => {
    if (dropouts !== undefined) output.line(`${counted(edited.dropouts, 'dropout')} found`);
    const { interpolated = [], cuts: out } = edited.edits;
    const adjusted = Object.entries(edited.columns)
      .filter(([, reading]) => typeof reading === 'object')
      .map(([role, reading]) => `${role} ${JSON.stringify(reading)}`);
    output.line(`${printable(place)}: ${counted(edited.samples, 'sample')}, ${samplesCut(out)} of them cut out`);
    if (interpolated.length > 0)
      output.line(`${counted(samplesCut(interpolated), 'value is', 'values are')} interpolated`);
    if (adjusted.length > 0) output.line(`columns: ${printable(adjusted.join(', '))}`);
  });
}

/** A parser for `120..180` or `120`, the last one included. */
function cut(text: string, before: readonly Cut[]): Cut[] {
  const [, first, last = first] = /^\s*(\d{1,9})(?:\.\.(\d{1,9}))?\s*$/.exec(text) ?? [];
  if (first === undefined || last === undefined) throw new InvalidArgumentError('Write it as 120..180.');
  if (Number(last) < Number(first)) throw new InvalidArgumentError(`The range ${text} ends before it begins.`);
  return [...before, { start: Number(first), end: Number(last) + 1 }];
}
