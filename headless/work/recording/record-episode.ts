import { createRecordingWriter, type RecordingWriterOptions } from '../../../datasets/formats/wheelhouse/writer.ts';
import type { ImageCodec } from '../../../datasets/images/codec.ts';
import { drivenMetadata, drivenValues } from '../../../datasets/recording/driven.ts';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { Episode, type Tick } from '../../../sim/episode/episode.ts';
import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import type { Track } from '../../../sim/track/track.ts';
import type { Cameras } from '../../machine/cameras/cameras.ts';
import { writeTruth } from './truth-writer.ts';

export interface RecordOptions {
  readonly track: Track;
  readonly spec: EpisodeSpec;
  readonly driver: Driver;
  readonly cameras: Cameras;
  /** An empty folder. */
  readonly storage: FileStorage;
  readonly codec: ImageCodec;
  readonly name: string;
  readonly writer?: RecordingWriterOptions;
  /** Also write lane and depth of each frame, see `writeTruth`. */
  readonly truth?: boolean;
  readonly signal?: AbortSignal;
  onTick?(tick: Tick, episode: Episode): void;
}

export interface Recorded {
  readonly samples: number;
  readonly seconds: number;
  readonly interventions: number;
  readonly stateHash: string;
  /** The person stopped it before the route was finished; what was driven is kept. */
  readonly stopped: boolean;
}

/**
 * Drives an episode and records it: what the cameras saw, what the expert would have done there (the label, whoever
 * drove) and the car's state. A stop through the signal ends the recording cleanly.
 */
export async function recordEpisode(options: RecordOptions): Promise<Recorded> {
  const { track, spec, driver, cameras, storage, signal } = options;
  const mounted = await cameras.mount(track, spec.conditions);
  const { origin } = track;
  const driven = { name: options.name, driver: driver.name, spec, rig: cameras.rig, ...(origin && { origin }) };
  const metadata = drivenMetadata(driven);
  const writer = await createRecordingWriter(storage, metadata, options.codec, options.writer);
  let interventions = 0;
  try {
    const episode = new Episode({
      track,
      spec,
      driver,
      labeller: createExpert(),
      cameras: mounted.sources,
      captureAlways: true,
    });
    while (!episode.done && signal?.aborted !== true) {
      const tick = await episode.tick();
      if (tick.intervened) interventions++;
      await writer.append({
        time: tick.time,
        values: drivenValues(tick, tick.label ?? tick.command),
        frames: tick.frames,
        gap: tick.intervened,
      });
      if (options.truth) {
        const sample = writer.count - 1;
        for (const [camera, source] of Object.entries(mounted.sources)) {
          await writeTruth(storage, camera, sample, await source.truth(tick.state, tick.time, tick.others));
        }
      }
      options.onTick?.(tick, episode);
    }
    await writer.close();
    return {
      samples: writer.count,
      seconds: episode.time,
      interventions,
      stateHash: episode.stateHash,
      stopped: !episode.done,
    };
  } finally {
    await writer.close();
    mounted.dispose();
  }
}
