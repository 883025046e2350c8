import { storedIndex } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { type About, type Add, percent } from './finding-rule.ts';

/** What is to be said about the times. */
export function timeFindings({ timing, cut }: About, { metadata, skipped, notes, cuts }: Recording, add: Add): void {
  if (timing.samples === 0) add('error', 'empty', 'There is no sample.', 'Record again.');
  for (const note of notes) add('info', 'note', sentence(note), 'Nothing to do if that is as you meant it.');
  if (skipped.length > 0) {
    add(
      'warning',
      'skipped',
      `${skipped.length} bad samples were left out: ${skipped[0]}`,
      'Mend the source and read it again.',
    );
  }
  if (cut > 0) {
    const advice = 'Nothing to do: nothing learns from them; the player of the app gives them back.';
    add('info', 'cut', `${cut} samples are cut out; all this is about the others.`, advice);
  }
  if (metadata.timeSource === 'assumed-rate') {
    const message = `The source has no usable times; ${metadata.rate} samples a second are assumed.`;
    add('warning', 'assumed-rate', message, 'If you know the true rate, import it with --rate.');
  }
  if (timing.samples > 0 && timing.duration < 60) {
    const advice = 'Enough to try things out; record some minutes at least to train on.';
    add('info', 'short', `It lasts ${timing.duration.toFixed(0)} s only.`, advice);
  }
  if (timing.gaps.length > 0) {
    const message = `There are ${timing.gaps.length} gaps, the first before sample ${storedIndex(cuts, timing.gaps[0]!.sample)}.`;
    add('info', 'gaps', message, 'Nothing to do: windows never cross them.');
  }
  const backwards = timing.gaps.filter((gap) => gap.seconds < 0).length;
  if (backwards > 0)
    add('warning', 'backwards', `Time runs backwards ${backwards} times.`, 'Sort the recording by time.');
  if (timing.repeated > 0) {
    add('warning', 'repeated-times', `${timing.repeated} samples repeat the time before.`, 'Remove the doubles.');
  }
  if (timing.jitter > 0.25) {
    const message = `The steps between samples vary by ${percent(timing.jitter)}.`;
    add('info', 'jitter', message, 'Train at a fixed rate: windows then take the sample nearest in time.');
  }
}

function sentence(line: string): string {
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}
