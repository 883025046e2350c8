import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import type { OpenOptions, RecordingFormat } from '../format.ts';
import { decodeText } from '../json.ts';
import { openPictureFiles } from '../picture-files.ts';
import { PictureIndex } from '../picture-index.ts';
import { pictureNotes } from '../picture-notes.ts';
import { headerOf, parseTable } from '../table.ts';

const PICTURES = 'center';
/** The organisers' template: its angles are made up. */
const TEMPLATE = 'final_example.csv';

/** The test drive of Udacity challenge 2: pictures in `center/` and a table of angles by picture. */
export const udacityTestDrive: RecordingFormat = {
  name: 'udacity-challenge2-test',
  title: 'Udacity challenge 2, test drive (frame_id,steering_angle)',
  files: ['csv', 'jpg', 'jpeg', 'png'],
  docs: {
    knownBy: 'a table `frame_id,steering_angle` beside `center/`',
    steering: 'rad of the wheel, left + → 1',
    others: 'none',
    times: '`frame_id` [ns]',
    cameras: 'centre',
  },
  detect: async (storage) => (await findTables(storage)).length > 0,
  open: openTestDrive,
};

async function findTables(storage: FileStorage): Promise<string[]> {
  const tables: string[] = [];
  for (const { name, kind } of await storage.list()) {
    if (kind !== 'file' || !name.endsWith('.csv')) continue;
    const header = headerOf(decodeText(await storage.readRange(name, 0, 256)));
    if (header.includes('frame_id') && header.includes('steering_angle')) tables.push(name);
  }
  return tables;
}

async function openTestDrive(storage: FileStorage, codec: ImageCodec, options: OpenOptions): Promise<Recording> {
  if (!(await storage.exists(PICTURES))) {
    throw new Refusal(
      'bad-recording',
      storage.name,
      'there are steering angles but no pictures',
      `put the pictures of the drive into ${PICTURES}/; tables alone are compared with: wheelhouse score`,
    );
  }
  const [table, ...more] = (await findTables(storage)).filter((name) => name !== TEMPLATE);
  if (table === undefined || more.length > 0) {
    const where = `${storage.name}/${table ?? TEMPLATE}`;
    const what = table === undefined ? 'its angles are a template, not the drive' : `${more[0]} holds angles too`;
    throw new Refusal(
      'bad-recording',
      where,
      what,
      'leave the one table with the true angles, CH2_final_evaluation.csv',
    );
  }
  const where = `${storage.name}/${table}`;
  const bad = new BadSamples(options.skipBad);
  const pictures = new Map(
    (await storage.list(PICTURES)).map(({ name }) => [name.replace(/\.(jpe?g|png)$/i, ''), name]),
  );
  const rows: { line: number; stamp: bigint; angle: number; picture: string }[] = [];
  for (const row of parseTable(decodeText(await storage.read(table)), where).rows) {
    const place = `${where}:${row.line}`;
    const parsed = bad.try(() => {
      const frame = row.text('frame_id');
      if (!/^\d{1,19}$/.test(frame)) throw badSample(`${place}: frame_id`, `${JSON.stringify(frame)} is no time stamp`);
      const picture = pictures.get(frame);
      if (picture === undefined)
        throw badSample(`${place}: frame_id`, `the picture ${PICTURES}/${frame}.jpg is missing`);
      return { line: row.line, stamp: BigInt(frame), angle: row.number('steering_angle'), picture };
    });
    if (parsed !== undefined) rows.push(parsed);
  }
  if (rows.length === 0) throw new Refusal('bad-recording', where, 'there is no sample in it', 'use a table with rows');
  rows.sort((a, b) => Number(a.stamp - b.stamp));
  const time = Float64Array.from(rows, ({ stamp }) => Number((stamp - rows[0]!.stamp) / 1000n) / 1e6);
  const paths = rows.map(({ picture }) => `${PICTURES}/${picture}`);
  const files = await openPictureFiles(storage, codec, paths, time);
  const unit = 'rad of the steering wheel, left positive';
  return createRecording({
    metadata: {
      format: 'udacity-challenge2-test',
      name: storage.name,
      rate: meanRate(time, 20),
      timeSource: 'recorded',
      cameras: { centre: { ...files.size } },
      conversions: [{ column: 'steeringAngle', field: 'steering_angle', unit, factor: 1 }],
    },
    columns: { time, steeringAngle: Float64Array.from(rows, ({ angle }) => angle) },
    cameras: { centre: files },
    breaks: rows.flatMap(({ line }, i) => (i > 0 && line !== rows[i - 1]!.line + 1 ? [i] : [])),
    skipped: bad.skipped,
    notes: pictureNotes(await PictureIndex.of(storage), new Set(paths), table),
    close: () => storage.close(),
  });
}
