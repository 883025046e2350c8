import { ALL_FORMATS, CustomSource, EncodedPacketSink, Input, VideoSampleSink } from 'mediabunny';
import { damageInWords } from '../../sim/damage.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { FileStorage } from '../storage/storage.ts';
import { needWebCodecs, pixelsOf, type Video, videoInOrder } from './video.ts';

/**
 * Opens the video track of an MP4, Matroska or WebM file.
 * @throws Refusal `bad-video`, `no-video-decoder`
 */
export async function openVideoFile(storage: FileStorage, path: string): Promise<Video> {
  const where = `${storage.name}/${path}`;
  const size = await storage.size(path);
  const input = new Input({
    formats: ALL_FORMATS,
    source: new CustomSource({
      getSize: () => size,
      read: (start, end) => storage.readRange(path, start, end - start),
      prefetchProfile: 'fileSystem',
    }),
  });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new Error('it has no video track');
    needWebCodecs(where);
    if (!(await track.canDecode())) throw new Error(`its codec ${await track.getCodec()} cannot be decoded here`);
    const times: number[] = [];
    for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
      times.push(packet.timestamp);
    }
    times.sort((a, b) => a - b);
    const sink = new VideoSampleSink(track);
    const about = {
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      times: Float64Array.from(times),
    };
    const video = videoInOrder(about, where, async function* (index) {
      try {
        for await (const sample of sink.samples(times[index]!)) {
          const frame = sample.toVideoFrame();
          sample.close();
          yield await pixelsOf(frame);
        }
      } catch (error) {
        throw badVideo(where, error);
      }
    });
    return {
      ...video,
      async close() {
        await video.close();
        input.dispose();
      },
    };
  } catch (error) {
    input.dispose();
    throw badVideo(where, error);
  }
}

export function badVideo(where: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal('bad-video', where, `the video cannot be read: ${damageInWords(error)}`, 'restore the video');
}
