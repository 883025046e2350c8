// Lets the expert drive over a road and prints how well it did. No graphics are needed: it knows the road.
//
//   node examples/drive-the-expert.mjs [track]
import { driveEpisode, METRICS, openTrack } from 'wheelhouse-testbed';

const track = await openTrack(process.argv[2] ?? 'country:7');
const { result } = await driveEpisode({ track, driver: 'expert', route: 300, conditions: 'rain' });

console.log(`${track.name}: ${result.simulatedSeconds.toFixed(1)} s of driving`);
for (const { key, name, unit } of METRICS) console.log(`${name}: ${result[key]} ${unit ?? ''}`);
console.log(`state hash: ${result.stateHash}`);
