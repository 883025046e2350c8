import { type InputSpec, NO_CROP } from '../spec.ts';

/** Colour frames, about −2 … 2 after normalisation. */
const COLOUR = { mean: [127.5, 127.5, 127.5], std: [64, 64, 64] };

/** What most of the zoo looks at. */
export const USUAL_INPUT: InputSpec = {
  width: 160,
  height: 64,
  crop: NO_CROP,
  colourSpace: 'rgb',
  normalisation: COLOUR,
  time: 8,
  rate: 20,
};

/** What PilotNet looked at. */
export const PILOTNET_INPUT: InputSpec = { ...USUAL_INPUT, width: 200, height: 66, colourSpace: 'yuv', time: 1 };

/** As little as a road can be seen on. */
export const SMALL_GREY_INPUT: InputSpec = {
  ...USUAL_INPUT,
  width: 32,
  height: 16,
  colourSpace: 'grey',
  normalisation: { mean: [127.5], std: [64] },
  time: 1,
};
