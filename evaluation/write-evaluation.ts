import type { ImageCodec } from '../datasets/images/codec.ts';
import type { FileStorage } from '../datasets/storage/storage.ts';
import { CLEAR_DAY } from '../sim/conditions/conditions.ts';
import type { DrivenEpisode } from './drive/drive-episode.ts';
import { EVALUATION_FILE, type Evaluation, REPORT_FILE } from './files/evaluation.ts';
import type { Metrics } from './metrics/scores.ts';
import type { EpisodePictures } from './report/episode-pictures.ts';
import { renderReport } from './report/render-report.ts';
import { outlineOf } from './report/road-outline.ts';
import { keptRoadName, openEpisodeTrack, ROADS_FOLDER, type RoadFiles, roadHash } from './roads/road-files.ts';
import { DRIVES_FOLDER, driveFileName, encodeDrive } from './trace/drive-file.ts';

/** Quality of the pictures in a report, of 100. */
const PICTURE_QUALITY = 85;

interface EvaluationToWrite {
  readonly evaluation: Evaluation;
  readonly episodes: readonly DrivenEpisode[];
  /** The road files of its suite. */
  readonly roads?: RoadFiles;
}

/**
 * Writes the drive of each episode, the road files that were driven on, `report.html`, and last `evaluation.json`: without it nobody takes the others for an
 * evaluation. What an earlier evaluation left there is replaced.
 * @throws what the storage refuses; what was written until then is removed
 */
export async function writeEvaluation(
  files: FileStorage,
  { evaluation, episodes, roads = {} }: EvaluationToWrite,
  codec: Pick<ImageCodec, 'encode'>,
  metrics: Metrics,
): Promise<void> {
  const pictures = await Promise.all(episodes.map((episode) => picturesOf(episode, roads, codec)));
  const report = renderReport({ evaluation, pictures, metrics });
  const remove = async () => {
    for (const name of [EVALUATION_FILE, REPORT_FILE, DRIVES_FOLDER, ROADS_FOLDER]) await files.remove(name);
  };
  await remove();
  try {
    for (const [i, { result, trace }] of episodes.entries()) {
      const { track, seed } = result;
      await files.write(driveFileName(i), encodeDrive(result.spec ?? { track, seed, conditions: CLEAR_DAY }, trace));
    }
    for (const [file, text] of Object.entries(roads)) await files.write(keptRoadName(file, roadHash(text)), text);
    await files.write(REPORT_FILE, report);
    await files.write(EVALUATION_FILE, `${JSON.stringify(evaluation, null, 2)}\n`);
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
}

async function picturesOf(
  { result, trace, frames }: DrivenEpisode,
  roads: RoadFiles,
  codec: Pick<ImageCodec, 'encode'>,
): Promise<EpisodePictures> {
  const encoded = frames.map(async (frame) => ({
    time: frame.time,
    mime: 'image/jpeg',
    bytes: await codec.encode(frame, { type: 'jpeg', quality: PICTURE_QUALITY }),
  }));
  return { road: outlineOf(openEpisodeTrack(result.spec ?? result, roads)), trace, frames: await Promise.all(encoded) };
}
