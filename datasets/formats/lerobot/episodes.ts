import { z } from 'zod';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { decodeText, parseJson } from '../json.ts';
import { fillPath, type Info } from './info.ts';
import { asNumber, openParquet, type ParquetRow } from './parquet.ts';

/** Where the samples and videos of one episode lie. */
export interface Episode {
  readonly index: number;
  readonly length: number;
  readonly dataPath: string;
  /** First row in the data file, where the rows do not say themselves whose they are. */
  readonly firstRow: number;
  /** `index` of its first row in the set; undefined where the list of episodes does not say. */
  readonly from?: number;
  /** By video feature: file, and the time in it at which the episode begins [s]. None for one without that camera. */
  readonly videos: Readonly<Record<string, { readonly path: string; readonly from: number }>>;
}

const EPISODES_V2 = 'meta/episodes.jsonl';
const EPISODES_V3 = 'meta/episodes';

/** The episodes of a data set of either version, in order. @throws Refusal */
export async function listEpisodes(storage: FileStorage, info: Info, videoKeys: readonly string[]): Promise<Episode[]> {
  return /^v?3/.test(info.codebase_version)
    ? episodesV3(storage, info, videoKeys)
    : episodesV2(storage, info, videoKeys);
}

async function episodesV2(storage: FileStorage, info: Info, videoKeys: readonly string[]): Promise<Episode[]> {
  const lines = decodeText(await storage.read(EPISODES_V2)).split('\n');
  const schema = z.looseObject({ episode_index: z.int().min(0), length: z.int().min(0) });
  const episodes: Episode[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const { episode_index, length } = parseJson(line, schema, `${storage.name}/${EPISODES_V2}:${i + 1}`);
    const values = { episode_index, episode_chunk: Math.floor(episode_index / info.chunks_size) };
    const videos: Record<string, { path: string; from: number }> = {};
    for (const key of videoKeys) {
      videos[key] = { path: fillPath(info.video_path ?? '', { ...values, video_key: key }), from: 0 };
    }
    episodes.push({ index: episode_index, length, dataPath: fillPath(info.data_path, values), firstRow: 0, videos });
  }
  return episodes;
}

async function episodesV3(storage: FileStorage, info: Info, videoKeys: readonly string[]): Promise<Episode[]> {
  const rows: ParquetRow[] = [];
  for (const chunk of await storage.list(EPISODES_V3)) {
    if (chunk.kind !== 'folder') continue;
    for (const { name } of await storage.list(`${EPISODES_V3}/${chunk.name}`)) {
      if (!name.endsWith('.parquet')) continue;
      const file = await openParquet(storage, `${EPISODES_V3}/${chunk.name}/${name}`);
      rows.push(...(await file.read(file.columns.filter((column) => !column.startsWith('stats/')))));
    }
  }
  const firstOfFile = new Map<string, number>();
  const number = (row: ParquetRow, name: string): number => {
    const value = asNumber(row[name]);
    if (Number.isFinite(value) && value >= 0) return value;
    const where = `${storage.name}/${EPISODES_V3}: episode ${String(row.episode_index)}: ${name}`;
    throw new Refusal('bad-recording', where, 'the value is missing or no number', 'restore the file');
  };
  return rows
    .sort((a, b) => asNumber(a.episode_index) - asNumber(b.episode_index))
    .map((row) => {
      const place = (prefix: string) => ({
        chunk_index: number(row, `${prefix}/chunk_index`),
        file_index: number(row, `${prefix}/file_index`),
      });
      const dataPath = fillPath(info.data_path, place('data'));
      const from = number(row, 'dataset_from_index');
      const first = Math.min(firstOfFile.get(dataPath) ?? from, from);
      firstOfFile.set(dataPath, first);
      const videos: Record<string, { path: string; from: number }> = {};
      for (const key of videoKeys) {
        if (isAbsent(row, `videos/${key}`)) continue;
        const path = fillPath(info.video_path ?? '', { ...place(`videos/${key}`), video_key: key });
        videos[key] = { path, from: number(row, `videos/${key}/from_timestamp`) };
      }
      return {
        index: number(row, 'episode_index'),
        length: number(row, 'dataset_to_index') - from,
        dataPath,
        firstRow: from - first,
        from,
        videos,
      };
    });
}

/** Whether the list says that an episode has no video of a camera, as sets have that were joined from others. */
function isAbsent(row: ParquetRow, prefix: string): boolean {
  return ['chunk_index', 'file_index', 'from_timestamp'].every(
    // A table that lost its whole numbers to missing values holds NaN.
    (name) => Number.isNaN(asNumber(row[`${prefix}/${name}`])),
  );
}
