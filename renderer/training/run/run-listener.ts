import type { WindowSource } from '../../../datasets/windows/window-source.ts';
import type { Network } from '../../../models/network/network.ts';
import { predictOpenLoop } from '../../../models/open-loop/predict.ts';
import type { RunListener } from '../../../models/runs/train-in-run.ts';
import { turnTaker } from '../../../sim/pace/turn-taker.ts';
import type { RunEvent } from './events.ts';
import type { LastLook } from './last-look.ts';
import { lookInside } from './look-inside.ts';

/** Windows of the held-back clip that are predicted after each epoch: 20 s of 8 frames at 20 Hz. */
const CLIP_WINDOWS = 50;

export interface ListenerOptions {
  readonly tell: (event: RunEvent) => void;
  /** What stands between the files of the windows and whoever asks for them. */
  readonly through: (source: WindowSource) => WindowSource;
  /** Called at the end of each epoch with what the network makes of a clip that was held back. */
  readonly keepLook: (look: LastLook) => Promise<void>;
}

/** Tells a page how a training goes, and looks at the network after each epoch. */
export function listenFor({ tell, through, keepLook }: ListenerOptions): RunListener {
  const pause = turnTaker();
  /** Set before the first step. */
  let look: () => Promise<void> = async () => {};
  return {
    onTransfer: ({ taken, fresh }) => tell({ type: 'transferred', taken, fresh }),
    onReady({ network, heldBack }, plan) {
      tell({ type: 'plan', plan });
      tell({ type: 'stage', words: 'Training' });
      const shown = { ...through(heldBack), length: Math.min(heldBack.length, CLIP_WINDOWS) };
      if (shown.length > 0) look = () => lookAt(network, shown);
    },
    onProgress: (progress, step) => tell({ type: 'progress', progress, step }),
    onExamination: (examination, step) => tell({ type: 'examined', examination, step }),
    async onEpoch(record, step) {
      tell({ type: 'epoch', record, step });
      // A look is worth less than the training: one that fails, at a damaged picture say, is not there.
      await look().catch(() => undefined);
    },
  };

  async function lookAt(network: Network, shown: WindowSource): Promise<void> {
    const { steeringAngle } = await predictOpenLoop(network, shown, { pause });
    const { predicted, truth } = steeringAngle;
    const clip = { predicted, truth, rate: network.spec.input.rate };
    const inside = await lookInside(network, shown);
    tell({ type: 'clip', ...clip });
    tell({ type: 'inside', inside });
    await keepLook({ clip, inside });
  }
}
