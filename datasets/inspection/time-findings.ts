import { counted } from '../../sim/counted.ts';
import { storedIndex } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { type About, type Add, percent, someSamples } from './finding-rule.ts';

/** What is to be said about the times. */
export function timeFindings(about: About, recording: Recording, add: Add): void {
  const { timing, cut } = about;
  const { metadata, skipped, notes, cuts } = recording;
  if (timing.samples === 0) add('error', 'empty', 'There is no sample.', 'Record again.');
  for (const note of notes) add('info', 'note', sentence(note), 'Nothing to do if that is as you meant it.');
  if (skipped.length > 0) {
    const message = `${counted(skipped.length, 'bad sample was', 'bad samples were')} left out: ${skipped[0]}`;
    add('warning', 'skipped', message, 'Mend the source and read it again.');
  }
  if (cut > 0) {
    const message = `${counted(cut, 'sample is', 'samples are')} cut out; all this is about the others.`;
    const advice = 'Nothing to do: nothing learns from them; the player of the app gives them back.';
    add('info', 'cut', message, advice);
  }
  if (metadata.timeSource === 'assumed-rate') {
    const message = `The source has no usable times; ${metadata.rate} samples a second are assumed.`;
    add('warning', 'assumed-rate', message, 'If you know the true rate, import it with --rate.');
  }
  if (timing.samples > 0 && timing.duration < 60) {
    const advice = 'Enough to try things out; record some minutes at least to train on.';
    add('info', 'short', `It lasts ${timing.duration.toFixed(0)} s only.`, advice);
  }
  const gaps = timing.gaps.filter(({ seconds }) => seconds > 0);
  if (gaps.length > 0) {
    const first = `before sample ${storedIndex(cuts, gaps[0]!.sample)}`;
    const message =
      gaps.length === 1 ? `There is a gap ${first}.` : `There are ${gaps.length} gaps, the first ${first}.`;
    add('info', 'gaps', message, 'Nothing to do: windows never cross them.');
  }
  backwardsFinding(about, recording, add);
  if (timing.repeated > 0) {
    const message = `${counted(timing.repeated, 'sample repeats', 'samples repeat')} the time before.`;
    add('warning', 'repeated-times', message, 'Import it with --sort-by-time, which leaves the doubles out.');
  }
  if (timing.jitter > 0.25) {
    const message = `The steps between samples vary by ${percent(timing.jitter)}.`;
    add('info', 'jitter', message, 'Train at a fixed rate: windows then take the sample nearest in time.');
  }
}

function backwardsFinding({ timing }: About, { cuts }: Recording, add: Add): void {
  const { samples, fault } = timing.backwards;
  if (fault === 'none') return;
  const times = samples.length === 1 ? 'once' : `${samples.length} times`;
  const message = `Time runs backwards ${times}, before sample ${someSamples(cuts, samples)}`;
  if (fault === 'several-recordings') {
    const advice =
      'Windows never cross such a place, but what is held back for the test may then be of another drive: import it with ' +
      '--split, which makes a recording of each.';
    add('warning', 'several-recordings', `${message}: ${samples.length + 1} recordings lie in one folder.`, advice);
  } else {
    const advice = 'Windows never cross such a place, so little is left to train on: import it with --sort-by-time.';
    add('warning', 'backwards', `${message}: the samples are not in the order of their times.`, advice);
  }
}

function sentence(line: string): string {
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}
