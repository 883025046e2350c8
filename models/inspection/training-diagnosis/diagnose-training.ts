import { OUTPUT_NAMES, OUTPUT_UNITS, type OutputName } from '../../spec.ts';
import { bestOf, type EpochRecord, judged } from '../../training/records.ts';
import { divergence, figure } from './divergence.ts';
import { type Beside, DEFAULTS, learned, type SeenTraining, unseen } from './seen-training.ts';

/** Epochs that a trend is read from. */
const TREND = 3;

/** A rule looks at a training and says one thing about it, with what to do where that would change something. */
type Rule = (seen: SeenTraining) => string | undefined;

/** In the order in which they are told. */
const RULES: readonly Rule[] = [verdict, idleHeads, byHeart, unlearned, unfinished, underWay];

/**
 * What a training made, in plain words, compared with what needs no picture; nothing while it is too early to say.
 * Advice is given only where following it would change the training.
 */
export function diagnoseTraining(seen: SeenTraining): string[] {
  const diverged = divergence(seen);
  if (diverged !== undefined) return [diverged];
  if (seen.history.length === 0 || (seen.stopped === null && seen.history.length < TREND)) return [];
  return RULES.flatMap((rule) => rule(seen) ?? []);
}

/** How well it steers, once it is over. */
function verdict(seen: SeenTraining): string | undefined {
  const steering = unseen(seen, 'steeringAngle');
  if (seen.stopped === null || steering === undefined || !Number.isFinite(steering.model)) return undefined;
  const words = {
    well: 'It has learned to steer: let it drive.',
    little: 'It has learned something of the steering, not all: let it drive, and record more where it fails.',
    nothing: 'It has not learned to steer what it has not seen.',
  }[learned(steering)];
  return `${besideWords(steering)} ${words}`;
}

function besideWords({ model, baseline, kind, correlation }: Beside): string {
  const r = correlation === null ? '' : ` (r = ${correlation.toFixed(2)})`;
  return kind === 'rmse'
    ? `On the end that was held back its steering is off by ${figure(model)} rad where the better of always straight on and always the mean is off by ${figure(baseline)}${r}.`
    : `In validation its steering has a loss of ${figure(model)} where always saying the mean has ${figure(baseline)}.`;
}

/** Heads beside the steering that say no more than their mean. */
function idleHeads(seen: SeenTraining): string | undefined {
  if (seen.stopped === null) return undefined;
  const idle = OUTPUT_NAMES.filter((name): name is Exclude<OutputName, 'steeringAngle'> => name !== 'steeringAngle')
    .filter((name) => seen.options.headWeights[name] > 0)
    .flatMap((name) => {
      const head = unseen(seen, name);
      if (head === undefined || learned(head) !== 'nothing') return [];
      const unit = head.kind === 'rmse' ? ` ${OUTPUT_UNITS[name]}` : '';
      return [`the ${name} (${figure(head.model)} beside ${figure(head.baseline)}${unit})`];
    });
  if (idle.length === 0) return undefined;
  return `No better than always saying their mean: ${idle.join(' and ')}. The steering chose which epoch is kept; --set headWeights.<name>=0 leaves such a head out.`;
}

/** The unseen gets worse while the seen gets better. */
function byHeart({ history, options, stopped }: SeenTraining): string | undefined {
  const [first, last, best] = [history[0]!, history.at(-1)!, bestOf(history)!];
  if (!Number.isFinite(last.validationLoss) || last.epoch - best.epoch < TREND) return undefined;
  if (!(judged(last) > 1.15 * judged(best) && last.loss < first.loss)) return undefined;
  const helps = ['more recordings', ...(options.mirror === 0 ? [`mirroring (--mirror ${DEFAULTS.mirror})`] : [])];
  const tense = stopped === null ? 'It begins to learn' : 'It began to learn';
  return `${tense} by heart: epoch ${best.epoch} was the best in validation and is kept. What helps is ${helps.join(', or ')}.`;
}

/** Why it has learned nothing, as far as the curves tell. */
function unlearned(seen: SeenTraining): string | undefined {
  const { history, options } = seen;
  const steering = unseen(seen, 'steeringAngle');
  if (steering !== undefined && learned(steering) !== 'nothing') return undefined;
  const [first, last] = [history[0]!, history.at(-1)!];
  const falls = last.loss < 0.9 * first.loss;
  if (falls && steering === undefined) return undefined;
  const begun = falls && seen.stopped === 'finished' && options.epochs < DEFAULTS.epochs;
  if (history.length < TREND || (begun && unfinished(seen) === undefined)) {
    const epochs = history.length === 1 ? 'one epoch' : `${history.length} epochs`;
    return `That is little after ${epochs}: train longer (--epochs ${DEFAULTS.epochs} is the default).`;
  }
  if (falls) {
    const balance =
      options.balance === 0
        ? ` or, where most of it goes straight on, balance the angles (--balance ${DEFAULTS.balance})`
        : '';
    return `What it learned from it knows better: record more, and on other roads${balance}.`;
  }
  if (options.learningRate > DEFAULTS.learningRate) {
    return `The loss does not fall: lower the learning rate (it is ${options.learningRate}, the default is ${DEFAULTS.learningRate}).`;
  }
  if (options.learningRate < DEFAULTS.learningRate) {
    return `The loss hardly falls: raise the learning rate (it is ${options.learningRate}, the default is ${DEFAULTS.learningRate}).`;
  }
  return 'The loss hardly falls: check with wheelhouse inspect that the recordings steer and that pictures and labels belong together.';
}

/** It ended while it was still getting better. */
function unfinished({ history, options, stopped }: SeenTraining): string | undefined {
  if (stopped !== 'finished' || history.length <= TREND) return undefined;
  const improved = improvement(history);
  if (!(improved > 0.1) || bestOf(history) !== history.at(-1)) return undefined;
  return `It was still getting better when it ended: train with more epochs (--epochs ${options.epochs * 2}).`;
}

/** What to do while it goes on. */
function underWay({ history, stopped }: SeenTraining): string | undefined {
  if (stopped !== null || history.length < TREND) return undefined;
  const [first, last] = [history[0]!, history.at(-1)!];
  if (last.loss > 0.9 * first.loss) return undefined;
  const before = history[history.length - 1 - TREND];
  if (before !== undefined && last.loss > 0.98 * before.loss) {
    return 'The loss has levelled off: it has learned what it can from these recordings. Stop it, and let it drive.';
  }
  return 'It is learning: the loss falls. Let it go on, or stop and look at how it drives.';
}

/** Share by which the judged loss has fallen over the last epochs. */
function improvement(history: readonly EpochRecord[]): number {
  const before = judged(history[history.length - 1 - TREND]!);
  return 1 - judged(history.at(-1)!) / before;
}
