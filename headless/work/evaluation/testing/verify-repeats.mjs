// Drives one episode again and again in a process of its own, and prints the hash of each drive on a line.
// Arguments: how often, and the episode's spec as JSON.
import { register } from 'tsx/esm/api';

register();
const { Episode } = await import('../../../../sim/episode/episode.ts');
const { createExpert } = await import('../../../../sim/drivers/expert.ts');
const { openTrack } = await import('../../../../sim/track/catalogue.ts');

const [count, json] = process.argv.slice(2);
const spec = JSON.parse(json);
const track = openTrack(spec.track);
for (let i = 0; i < Number(count); i++) {
  const episode = new Episode({ track, spec, driver: createExpert() });
  while (!episode.done) await episode.tick();
  console.log(episode.stateHash);
}
