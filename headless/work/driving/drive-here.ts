import { type DrivenEpisode, type DriveOptions, driveEpisode } from '../../../evaluation/drive/drive-episode.ts';
import type { OpenedDriver } from '../drivers/open-driver.ts';
import { describeEpisode, type EpisodeChoices } from './describe-episode.ts';

export interface DriveHereOptions extends EpisodeChoices, Pick<DriveOptions, 'track' | 'signal' | 'onTick'> {
  /** Whoever opened it closes it. */
  readonly driver: OpenedDriver;
}

/**
 * Drives one episode with an opened driver, through its own cameras where it looks, and scores it against the expert.
 * @throws Refusal for conditions of an unknown name, or a driver that answers with no numbers; the signal's reason when
 *   aborted
 */
export async function driveHere(options: DriveHereOptions): Promise<DrivenEpisode> {
  const { track, driver: opened, signal, onTick } = options;
  const spec = describeEpisode(track, options);
  const driver = opened.createDriver();
  const mounted = driver.needsFrames ? await opened.cameras?.mount(track, spec.conditions) : undefined;
  try {
    return await driveEpisode({
      track,
      spec,
      driver,
      ...(mounted && { cameras: mounted.sources }),
      ...(signal && { signal }),
      ...(onTick && { onTick }),
    });
  } finally {
    driver.dispose?.();
    mounted?.dispose();
  }
}
