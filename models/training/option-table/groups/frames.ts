import { cropSchema, FRAME_SIDE, WINDOW_LENGTH } from '../../../spec.ts';
import { decimal, whole, wholeOrAbsent } from '../option.ts';

/**
 * Frames in a window, for networks whose memory learns as well from short windows: a step of as many frames then sees
 * twice as many places, and the loss falls in half the steps.
 */
export const SHORT_WINDOWS = { frames: 4, networks: ['cnn-rnn', 'cnn-gru', 'cnn-lstm'] } as const;

const AS_THE_NETWORK = 'as the network has it';
const SIDE = { range: FRAME_SIDE, unit: 'px', absent: AS_THE_NETWORK, flag: null } as const;

/** What the network sees of a recording. */
export const FRAMES = {
  width: wholeOrAbsent({ ...SIDE, label: 'Width', help: 'width of the frames that the network sees' }),
  height: wholeOrAbsent({ ...SIDE, label: 'Height', help: 'height of the frames that the network sees' }),
  crop: {
    kind: 'numbers',
    parts: { top: 'top', bottom: 'bottom', left: 'left', right: 'right' },
    range: { min: 0, below: 1 },
    example: '0.35,0.15,0,0',
    schema: cropSchema.optional(),
    absent: AS_THE_NETWORK,
    unit: 'share',
    label: 'Crop',
    help: 'shares of the frame that are cut off first',
  } as const,
  time: wholeOrAbsent({
    range: WINDOW_LENGTH,
    absent: `${SHORT_WINDOWS.frames} for ${SHORT_WINDOWS.networks.join(', ')}; else ${AS_THE_NETWORK}`,
    unit: 'frames',
    label: 'T',
    help: 'frames in a window',
  }),
  stride: whole({
    range: { min: 1, max: 512 },
    default: 4,
    unit: 'samples',
    label: 'Stride',
    help: 'samples between the starts of two training windows',
  }),
  sideCameras: decimal({
    range: { min: 0, max: 5 },
    default: 0,
    unit: 'm',
    label: 'Side cameras',
    help: 'how far the left and right ones are from the middle, to learn from them with steering that leads back; 0: not',
    source: 'Bojarski et al. 2016',
  }),
};
