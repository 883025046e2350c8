import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { DrivenEpisode } from '../../../evaluation/drive/drive-episode.ts';
import { driveFileName, encodeDrive } from '../../../evaluation/files/drive-file.ts';
import type { Evaluation } from '../../../evaluation/files/evaluation.ts';
import type { EpisodeTrace } from '../../../evaluation/report/episode-trace.ts';
import { renderReport } from '../../../evaluation/report/render-report.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import type { Track } from '../../../sim/track/track.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';

/** Distance between two points of a road's outline in the report [m]. */
const OUTLINE_STEP = 2;

/**
 * Writes `evaluation.json`, `report.html` and the drive of each episode into a folder.
 * @returns path of the report
 */
export async function writeEvaluation(
  folder: string,
  evaluation: Evaluation,
  episodes: readonly DrivenEpisode[],
): Promise<string> {
  const traces = await Promise.all(episodes.map(traceOf));
  await mkdir(folder, { recursive: true });
  const storage = new DiskStorage(folder);
  for (const [i, { result, samples, interventions }] of episodes.entries()) {
    const { track, seed } = result;
    const spec = result.spec ?? { track, seed, conditions: CLEAR_DAY };
    await storage.write(driveFileName(i), encodeDrive(spec, samples, [...interventions]));
  }
  await storage.write('evaluation.json', `${JSON.stringify(evaluation, null, 2)}\n`);
  await storage.write('report.html', renderReport({ evaluation, traces }));
  await storage.close();
  return path.join(folder, 'report.html');
}

async function traceOf(episode: DrivenEpisode): Promise<EpisodeTrace> {
  const codec = createSharpCodec();
  const frames = episode.frames.map(async (frame) => ({
    time: frame.time,
    mime: 'image/jpeg' as const,
    bytes: await codec.encode(frame, { type: 'jpeg', quality: 85 }),
  }));
  return {
    track: episode.result.track,
    road: outlineOf(openTrack(episode.result.track)),
    samples: episode.samples,
    interventions: episode.interventions,
    frames: await Promise.all(frames),
  };
}

/** The road from above: its middle and its edges. */
function outlineOf(track: Track): EpisodeTrace['road'] {
  const centre: [number, number][] = [];
  const left: [number, number][] = [];
  const right: [number, number][] = [];
  const steps = Math.ceil(track.length / OUTLINE_STEP);
  for (let i = 0; i <= steps; i++) {
    const s = Math.min((i * track.length) / steps, track.length - (track.closed ? 1e-6 : 0));
    const { x, y, heading } = track.pointAt(s);
    const across = (offset: number): [number, number] => [
      x - Math.sin(heading) * offset,
      y + Math.cos(heading) * offset,
    ];
    centre.push([x, y]);
    left.push(across(track.leftEdge(s)));
    right.push(across(track.rightEdge(s)));
  }
  return { centre, left, right, closed: track.closed };
}
