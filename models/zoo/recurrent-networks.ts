import { z } from 'zod';
import { dropout } from '../layers/dropout.ts';
import { gru, lstm, rnn } from '../layers/recurrent.ts';
import { withSpeed } from '../layers/speed.ts';
import { frameStage, type Stage } from '../layers/stage.ts';
import type { VariableStore } from '../layers/variable-store.ts';
import type { Architecture } from './architecture.ts';
import { uncertaintyOption, withHeads } from './body.ts';
import { USUAL_INPUT } from './inputs.ts';
import { sideBySide } from './side-by-side.ts';
import { convolutionStack, trunkOptions } from './trunk.ts';

const options = z.strictObject({
  ...trunkOptions,
  /** Units of the memory. */
  units: z.int().min(1).max(1024).default(64),
  /** Gives the measured speed to the memory beside the frame's features. */
  speedInput: z.boolean().default(false),
  /** Share dropped, while training, before and behind the memory, the same for all frames of a window. */
  memoryDropout: z.number().min(0).lt(1).default(0),
  uncertainty: uncertaintyOption,
});

type Options = z.infer<typeof options>;
type Memory = (store: VariableStore, features: number, units: number) => Stage;

/**
 * A small convolutional trunk, run once over all frames with time folded into the rows, then a memory over the frames'
 * features, then one linear head per output. Past commands are never an input: a network that is given them learns to
 * copy them (de Haan et al. 2019) and drives worse for it.
 */
function withMemory(
  about: Pick<Architecture, 'name' | 'summary' | 'source' | 'cannotDrive'>,
  memory: Memory,
): Architecture<Options> {
  return {
    ...about,
    input: USUAL_INPUT,
    options,
    build(input, { units, speedInput, memoryDropout, uncertainty, ...trunk }, store) {
      const stages = [frameStage(convolutionStack(store, input, trunk))];
      if (speedInput) stages.push(withSpeed('speed', stages[0]!.outputShape[0]!));
      // One mask for all frames (Gal & Ghahramani 2016): a memory that forgets something else each time learns nothing.
      const dropBetween = (name: string): void => {
        const { outputShape } = stages.at(-1)!;
        if (memoryDropout > 0) stages.push(frameStage(dropout(name, outputShape, memoryDropout, 'window')));
      };
      dropBetween('dropout-before');
      stages.push(memory(store, stages.at(-1)!.outputShape[0]!, units));
      dropBetween('dropout-behind');
      return withHeads(store, input, stages, uncertainty);
    },
  };
}

export const cnnRnn = withMemory(
  {
    name: 'cnn-rnn',
    summary: 'The plainest memory: shows what gates are good for.',
    source: 'Elman 1990, behind a convolutional trunk',
  },
  (store, features, units) => rnn(store, 'rnn', features, units),
);

export const cnnGru = withMemory(
  {
    name: 'cnn-gru',
    summary: 'Gates with a quarter fewer weights than the LSTM.',
    source: 'Cho et al. 2014, behind a convolutional trunk',
  },
  (store, features, units) => gru(store, 'gru', features, units),
);

export const cnnLstm = withMemory(
  {
    name: 'cnn-lstm',
    summary: 'The default: a step in about a millisecond, with a memory for what one frame does not show.',
    source: 'after the winner of Udacity challenge 2 (komanda, 2016) and PilotNet (Bojarski et al. 2016)',
  },
  (store, features, units) => lstm(store, 'lstm', features, units),
);

export const cnnBiLstm = withMemory(
  {
    name: 'cnn-bilstm',
    summary: 'Looks at a window both ways: for labelling recordings that have no labels.',
    source: 'Graves & Schmidhuber 2005, behind a convolutional trunk',
    cannotDrive: 'it looks at the frames after the one it answers, which a driver does not have yet',
  },
  (store, features, units) => {
    const [forward, backward] = [false, true].map((reverse) =>
      lstm(store, reverse ? 'lstm-backward' : 'lstm-forward', features, units, reverse),
    );
    return sideBySide('bilstm', [forward!, backward!]);
  },
);
