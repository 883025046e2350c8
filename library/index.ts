/** What `import … from 'wheelhouse-testbed'` gives a script. */
export { createExpert } from '../sim/drivers/expert.ts';
export { Episode } from '../sim/episode/episode.ts';
export { openTrack } from '../sim/track/catalogue.ts';
