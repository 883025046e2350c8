import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../../datasets/formats/wheelhouse/reader.ts';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { describeStorage } from '../../../datasets/storage/testing/behaviour.ts';
import { createLibraryClient } from '../../../host-api/client.ts';
import { MAX_FILE_BODY } from '../../../host-api/contract.ts';
import type { ModelFile } from '../../../models/files/model-format.ts';
import type { MetricLine } from '../../../models/runs/metric-lines.ts';
import { describeRun } from '../../../models/runs/run-description.ts';
import { RunFolder, writeDescription } from '../../../models/runs/run-folder.ts';
import { SOME_PLAN as PLAN, someRunConfig } from '../../../models/runs/testing/run-config.ts';
import type { TrainingState } from '../../../models/training/records.ts';
import { createSpec } from '../../../models/zoo/zoo.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DEFAULT_MODEL_FOLDER as SHIPPED } from '../../work/models/model-folder.ts';
import { type Host, openHost } from './host.ts';

const BASE = 'http://wheelhouse.test';
let folder: string;
let host: Host;

/** As a page of ours would ask. */
function fromPage(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  if (request.method !== 'GET' && request.method !== 'HEAD') headers.set('origin', BASE);
  return host.fetch(new Request(request, { headers }));
}
const client = createLibraryClient(BASE, fromPage);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-host-'));
  host = await openHost({
    shell: 'web',
    library: path.join(folder, 'library'),
    pages: path.join(folder, 'pages'),
    hosts: ['wheelhouse.test'],
    originOf: (name) => `http://${name}`,
    report: (error) => {
      throw error;
    },
  });
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describeStorage('the library through the host', async () => client.files('drafts', (await client.createDraft()).id));

const METADATA = {
  format: 'wheelhouse',
  name: '<script>alert(1)</script>',
  rate: 20,
  timeSource: 'recorded' as const,
  cameras: { centre: { width: 4, height: 2 } },
  conversions: [],
};
const FRAME = { width: 4, height: 2, time: 0, pixels: new Uint8Array(24).fill(90) };

async function record(name: string, samples: number): Promise<string> {
  const { id } = await client.createRecording({ name });
  const writer = await createRecordingWriter(client.files('recordings', id), METADATA, createSharpCodec(), {
    encoding: 'png',
  });
  for (let i = 0; i < samples; i++) {
    await writer.append({ time: i / 20, values: { steeringAngle: i / 10 }, frames: { centre: FRAME } });
  }
  await writer.close();
  return id;
}

/** Body of an answer that must be an error. */
async function errorOf(response: Response): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, ...error };
}

describe('recordings', () => {
  it('are written through the host and read back through it', async () => {
    const id = await record('First drive', 5);
    const recording = await openRecording(client.files('recordings', id), createSharpCodec());
    expect(recording.length).toBe(5);
    expect([...recording.columns.steeringAngle!]).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect((await recording.frame(3, 'centre')).pixels).toEqual(FRAME.pixels);
    const details = await client.closeRecording(id);
    expect(details).toMatchObject({ id, samples: 5, duration: 0.2, edits: { cuts: [] }, problem: null });
  });

  it('keep the name as it was typed, and make a plain id of it', async () => {
    const name = '<img src=x onerror=alert(1)> ../../etc';
    const { id } = await client.createRecording({ name });
    expect(id).toMatch(/^[a-z0-9][a-z0-9._-]*$/);
    const entry = (await client.recordings()).find((one) => one.id === id);
    expect(entry).toMatchObject({ name, metadata: null, problem: null });
  });

  it('give equal names different ids', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => client.createRecording({ name: 'Same' })));
    expect(ids.map((one) => one.id).sort()).toEqual(['same', 'same-2', 'same-3']);
  });

  it('refuse an append that does not fit, so that nothing is written twice', async () => {
    const { id } = await client.createRecording({ name: 'Appended' });
    const send = (query: string) =>
      fromPage(
        new Request(`${BASE}/api/recordings/${id}/files/samples.jsonl${query}`, { method: 'POST', body: 'abc' }),
      );
    expect(await (await send('?offset=0')).json()).toEqual({ size: 3 });
    expect(await errorOf(await send('?offset=0'))).toMatchObject({ status: 409, code: 'bad-offset' });
    expect(await errorOf(await send('?offset=9'))).toMatchObject({ status: 409, code: 'bad-offset' });
    expect(await errorOf(await send(''))).toMatchObject({ status: 400, code: 'bad-request' });
    expect(await (await send('?offset=1&truncate=true')).json()).toEqual({ size: 4 });
  });

  it('are cut without a sample being touched', async () => {
    const id = await record('Cut', 10);
    const before = await client.files('recordings', id).read('samples.jsonl');
    const edits = { name: 'Better', cuts: [{ start: 2, end: 4 }] };
    expect(await client.editRecording(id, edits)).toMatchObject({ name: 'Better', samples: 10, edits });
    expect(await client.files('recordings', id).read('samples.jsonl')).toEqual(before);
    await expect(client.editRecording(id, { cuts: [{ start: 2, end: 40 }] })).rejects.toThrow(/cuts.0.end.*10 samples/);
    const overlapping = [
      { start: 2, end: 4 },
      { start: 3, end: 5 },
    ];
    await expect(client.editRecording(id, { cuts: overlapping })).rejects.toThrow(/overlap/);
    expect((await client.editRecording(id, { cuts: [] })).edits).toEqual({ cuts: [] });
  });

  it('are mended in how they are read, and it is taken back', async () => {
    const id = await record('Turned', 10);
    const stored = await client.files('recordings', id).read('samples.jsonl');
    const mended = {
      cuts: [],
      interpolated: [{ column: 'steeringAngle', start: 3, end: 4 }],
      columns: { steering: { flip: true } },
    };
    expect((await client.editRecording(id, mended)).edits).toEqual(mended);
    expect((await client.recording(id)).edits).toEqual(mended);
    expect(await client.files('recordings', id).read('samples.jsonl')).toEqual(stored);
    const beyond = { cuts: [], interpolated: [{ column: 'steeringAngle', start: 8, end: 10 }] };
    await expect(client.editRecording(id, beyond)).rejects.toThrow(/interpolated\.0\.end/);
    const unknown = { cuts: [], interpolated: [{ column: 'sped', start: 3, end: 4 }] };
    await expect(client.editRecording(id, unknown)).rejects.toThrow(/interpolated\.0\.column.*"sped"/);
    expect((await client.editRecording(id, { cuts: [] })).edits).toEqual({ cuts: [] });
    expect(await client.files('recordings', id).exists('columns.json')).toBe(false);
  });

  it('tell how many samples are cut out, and what is wrong with edits that were damaged', async () => {
    const id = await record('Cut twice', 10);
    const cuts = [
      { start: 0, end: 1 },
      { start: 4, end: 7 },
    ];
    expect(await client.editRecording(id, { cuts })).toMatchObject({ samples: 10, cut: 4 });
    const entryOf = async () => (await client.recordings()).find((one) => one.id === id);
    expect(await entryOf()).toMatchObject({ cut: 4, problem: null });
    await client.files('recordings', id).write('edits.json', '{"cuts": [{"start": 0}]}');
    expect((await entryOf())?.problem).toMatch(/edits\.json: cuts\.0\.end/);
    await client.files('recordings', id).write('edits.json', '{"cuts": [{"start": 0, "end": 11}]}');
    expect((await client.recording(id)).problem).toMatch(/edits\.json: cuts\.0\.end: .*10 samples/);
    // Good ones take the place of damaged ones.
    expect(await client.editRecording(id, { cuts })).toMatchObject({ cut: 4, problem: null });
  });

  it('have a thumbnail', async () => {
    const id = await record('Seen', 3);
    const response = await fromPage(new Request(client.thumbnailAddress(id)));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const picture = await createSharpCodec().decode(bytes, 'thumbnail', 0);
    expect([picture.width, picture.height]).toEqual([4, 2]);
    expect(Math.abs(picture.pixels[0]! - 90)).toBeLessThan(4);
  });

  it('name what is broken in them, and the others are listed all the same', async () => {
    const id = await record('Broken', 3);
    await client.files('recordings', id).write('recording.json', '{"format": "wheelhouse-recording"');
    const entry = (await client.recordings()).find((one) => one.id === id);
    expect(entry?.metadata).toBeNull();
    expect(entry?.problem).toMatch(/recording\.json.*JSON/);
  });

  it('are deleted with all their files', async () => {
    const id = await record('Gone', 1);
    await client.remove('recordings', id);
    await expect(client.recording(id)).rejects.toMatchObject({ code: 'not-found', status: 404 });
    expect((await client.recordings()).map((one) => one.id)).not.toContain(id);
  });
});

describe('files', () => {
  it('are sent in ranges', async () => {
    const { id } = await client.createDraft();
    await client.files('drafts', id).write('digits.txt', '0123456789');
    const get = (range: string) =>
      fromPage(new Request(`${BASE}/api/drafts/${id}/files/digits.txt`, { headers: { range } }));
    const middle = await get('bytes=2-4');
    expect([middle.status, middle.headers.get('content-range'), await middle.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    expect(await (await get('bytes=-3')).text()).toBe('789');
    expect(await (await get('bytes=7-')).text()).toBe('789');
    expect(await (await get('bytes=8-900')).text()).toBe('89');
    expect(await (await get('bytes=4-2')).text()).toBe('0123456789');
    expect(await errorOf(await get('bytes=10-'))).toMatchObject({ status: 416, code: 'bad-range' });
  });

  it('lie where there is room left, and how much', async () => {
    const id = await record('roomy', 1);
    expect(await client.files('recordings', id).freeBytes()).toBeGreaterThan(0);
  });

  it('larger than one piece come whole', async () => {
    const { id } = await client.createDraft();
    const large = new Uint8Array(9 * 1024 * 1024).map((_, i) => i % 251);
    await client.files('drafts', id).write('large.bin', large);
    expect(Buffer.compare(await client.files('drafts', id).read('large.bin'), large)).toBe(0);
  });

  it('that are pages themselves can do nothing as one of ours', async () => {
    const { id } = await client.createDraft();
    await client.files('drafts', id).write('evil.html', '<script>fetch("/api/recordings")</script>');
    const response = await fromPage(new Request(`${BASE}/api/drafts/${id}/files/evil.html`));
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain('sandbox allow-scripts;');
    expect(policy).not.toContain('allow-same-origin');
    expect(policy).toContain("default-src 'none'");
  });

  it('of models and evaluations cannot be changed one by one', async () => {
    const draft = await draftModel();
    const { id } = await client.publishModel({ draft, name: 'Fixed' });
    await expect(client.files('models', id).write('model.json', '{}')).rejects.toMatchObject({ code: 'read-only' });
    await expect(client.files('models', id).remove('weights.bin')).rejects.toMatchObject({ code: 'read-only' });
  });
});

/** A draft with the shipped model, told apart by the seed that it says it was trained with. */
async function draftModel(seed = 1, change: (model: ModelFile) => unknown = (model) => model): Promise<string> {
  const { id } = await client.createDraft();
  const model = JSON.parse(await readFile(path.join(SHIPPED, 'model.json'), 'utf8')) as ModelFile;
  const files = client.files('drafts', id);
  await files.write('model.json', JSON.stringify(change({ ...model, training: { seed } })));
  await files.write('weights.bin', await readFile(path.join(SHIPPED, 'weights.bin')));
  return id;
}

describe('models', () => {
  it('appear whole, under a free id', async () => {
    const first = await client.publishModel({ draft: await draftModel(1), name: 'My net' });
    const second = await client.publishModel({ draft: await draftModel(2), name: 'My net' });
    expect([first.id, second.id]).toEqual(['my-net', 'my-net-2']);
    expect(await client.model('my-net')).toMatchObject({
      name: 'My net',
      builtin: false,
      model: { training: { seed: 1 } },
    });
    expect(await client.model('my-net-2')).toMatchObject({ model: { training: { seed: 2 } } });
  });

  it('are replaced only when asked', async () => {
    await client.publishModel({ draft: await draftModel(1), name: 'R', id: 'replaced' });
    const draft = await draftModel(2);
    const again = { draft, name: 'R', id: 'replaced' };
    await expect(client.publishModel(again)).rejects.toMatchObject({ code: 'id-taken', status: 409 });
    await client.publishModel({ ...again, replace: true });
    expect(await client.model('replaced')).toMatchObject({ model: { training: { seed: 2 } } });
  });

  it('whose files are not what they say are refused by file and field', async () => {
    const { length } = await readFile(path.join(SHIPPED, 'weights.bin'));
    const spoil = async (weights: Uint8Array | string | null, change?: (model: ModelFile) => unknown) => {
      const draft = await draftModel(1, change);
      const files = client.files('drafts', draft);
      if (weights === null) await files.remove('weights.bin');
      else if (weights.length > 0) await files.write('weights.bin', weights);
      return client.publishModel({ draft, name: 'Spoiled' });
    };
    const whole = '';
    await expect(spoil(null)).rejects.toThrow(/weights\.bin: the file is missing/);
    await expect(spoil('weights')).rejects.toThrow(/weights\.bin: it has 7 bytes/);
    await expect(spoil(new Uint8Array(length))).rejects.toThrow(/weights\.bin: its SHA-256/);
    await expect(spoil(whole, () => ({ name: 'm' }))).rejects.toThrow(/model\.json, format/);
    await expect(spoil(whole, (model) => ({ ...model, version: 99 }))).rejects.toThrow(/model\.json, version/);
    const other = (model: ModelFile) => ({ ...model, spec: { ...model.spec, architecture: 'no-such' } });
    await expect(spoil(whole, other)).rejects.toThrow(/architecture no-such: there is no "no-such"/);
    await expect(
      spoil(whole, ({ weights, ...model }) => ({ ...model, weights: { ...weights, file: '../../w' } })),
    ).rejects.toThrow(/model\.json, weights\.file/);
    expect((await client.models()).map((model) => model.name)).not.toContain('Spoiled');
  });
});

describe('runs', () => {
  const claim = { holder: 'a page', words: 'a page' };
  const newRun = async (name: string) => (await client.createRun({ name, config: someRunConfig() })).id;
  const state: TrainingState = {
    epoch: 1,
    weights: new Map([['w', Float32Array.of(1, 2)]]),
    bestWeights: new Map(),
    optimiser: { step: 3, slots: new Map() },
    history: [],
  };
  const step = (number: number, loss = 0.5): MetricLine => ({ kind: 'step', epoch: 1, step: number, loss });
  const spec = createSpec('cnn-lstm');

  it('keep configuration, metrics and the newest checkpoint', async () => {
    const id = await newRun('Run');
    const files = client.files('runs', id);
    const run = await RunFolder.open(files, { claim });
    run.metric(PLAN);
    run.metric(step(1));
    await run.keep(state, spec);
    run.metric(step(2, Number.NaN));
    run.metric(step(3, 0.25));
    await run.keep({ ...state, step: 2 }, spec);
    await run.update({ status: 'paused' });
    expect(await client.run(id)).toMatchObject({
      status: 'paused',
      checkpoint: true,
      description: { config: someRunConfig(), seed: 1 },
      recordings: [{ name: 'some-recording', id: null }],
      held: { words: 'a page' },
    });
    expect(await client.metrics(id, 2)).toEqual([step(2, Number.NaN), step(3, 0.25)]);
    await run.end({ stopped: 'aborted', model: { id: 'made' }, best: null, history: [], test: null });
    await run.close();
    expect(await client.run(id)).toMatchObject({ status: 'stopped', held: null, summary: { model: { id: 'made' } } });
    const again = await RunFolder.open(files, { claim });
    expect(again.checkpoint?.state).toMatchObject({ epoch: 1, step: 2 });
    await again.close();
    expect((await client.runs()).find((entry) => entry.id === id)).toMatchObject({ name: 'Run', status: 'stopped' });
  });

  it('hand out more metrics than one answer holds', async () => {
    const id = await newRun('Long');
    const lines = Array.from({ length: 20_003 }, (_, i) => (i === 0 ? PLAN : step(i)));
    await client.files('runs', id).write('metrics.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await client.metrics(id)).toEqual(lines);
    expect(await client.metrics(id, 15_000)).toEqual(lines.slice(15_000));
  });

  it('drop the half line that a crash left behind', async () => {
    const id = await newRun('Torn');
    const files = client.files('runs', id);
    const run = await RunFolder.open(files, { claim });
    run.metric(PLAN);
    await run.keep(state, spec);
    await run.close();
    const whole = await files.read('metrics.jsonl');
    await files.write('metrics.jsonl', `${new TextDecoder().decode(whole)}{"kind":"step","epoch":1,"step":1,"lo`);
    expect(await client.metrics(id)).toEqual([PLAN]);
    const again = await RunFolder.open(files, { claim });
    again.metric(step(1));
    await again.close();
    expect(await client.metrics(id)).toEqual([PLAN, step(1)]);
  });

  it('come in whole as a draft, without the lock of where they were copied from', async () => {
    const { id: draft } = await client.createDraft();
    const files = client.files('drafts', draft);
    await expect(client.publishRun({ draft, name: 'Taken in' })).rejects.toMatchObject({ code: 'no-run' });
    await writeDescription(files, describeRun('from elsewhere', someRunConfig()));
    await files.write('metrics.jsonl', `${JSON.stringify(PLAN)}\n`);
    await files.write('lock.json', JSON.stringify({ ...claim, renewed: new Date().toISOString() }));
    const { id } = await client.publishRun({ draft, name: 'Taken in' });
    expect(await client.run(id)).toMatchObject({ id: 'taken-in', name: 'from elsewhere', held: null });
    expect(await client.metrics(id)).toEqual([PLAN]);
  });

  it('find their recordings in the library, by id or by the folder that a command named', async () => {
    const { id: here } = await client.createRecording({ name: 'here' });
    const recordings = [{ id: here }, { folder: `/elsewhere/${here}` }, { folder: 'C:\\drives\\lost' }];
    const { id } = await client.createRun({ name: 'Mixed', config: someRunConfig({ recordings }) });
    expect((await client.run(id)).recordings).toEqual([
      { name: here, id: here },
      { name: `/elsewhere/${here}`, id: here },
      { name: 'C:\\drives\\lost', id: null },
    ]);
  });
});

describe('what the door refuses', () => {
  const escapes = [
    '..',
    '...',
    '.hidden',
    '%2e%2e',
    'a%2fb',
    'a%5cb',
    '%00',
    'con',
    'nul.txt',
    'x'.repeat(81),
    '%ff',
    'a b',
  ];
  for (const collection of ['recordings', 'models', 'runs', 'evaluations', 'drafts', 'jobs']) {
    it(`ids of ${collection} that are no names`, async () => {
      for (const id of escapes) {
        for (const rest of ['', '/files', '/files/x', '/thumbnail', '/metrics', '/events']) {
          for (const method of ['GET', 'DELETE', 'PUT', 'POST', 'PATCH']) {
            const init = { method, headers: { 'content-type': 'application/json' } };
            const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' };
            const response = await fromPage(
              new Request(`${BASE}/api/${collection}/${id}${rest}`, { ...init, ...body }),
            );
            expect([400, 403, 404], `${method} ${collection}/${id}${rest}`).toContain(response.status);
          }
        }
      }
      expect((await client.status()).product).toBe('wheelhouse');
    });
  }

  it('file paths that lead out of their folder', async () => {
    const { id } = await client.createDraft();
    for (const name of ['a%2f..%2f..%2fb', '..%5c..%5cb', '%00', 'C:%5cb', 'c:b', '..%2fb']) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const init = method === 'PUT' ? { method, body: 'x' } : { method };
        const response = await fromPage(new Request(`${BASE}/api/drafts/${id}/files/${name}`, init));
        expect(await errorOf(response), `${method} ${name}`).toMatchObject({ status: 400, code: 'bad-path' });
      }
    }
  });

  it('bodies that are too large, declared or not', async () => {
    const { id } = await client.createDraft();
    const address = `${BASE}/api/drafts/${id}/files/huge`;
    const declared = new Request(address, {
      method: 'PUT',
      body: 'x',
      headers: { 'content-length': String(MAX_FILE_BODY + 1) },
    });
    expect(await errorOf(await fromPage(declared))).toMatchObject({ status: 413, code: 'too-large' });

    const piece = new Uint8Array(1024 * 1024);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += piece.length;
        controller.enqueue(piece);
      },
    });
    const init = { method: 'PUT', body: endless, duplex: 'half' };
    const answer = await fromPage(new Request(address, init as RequestInit));
    expect(await errorOf(answer)).toMatchObject({ status: 413, code: 'too-large' });
    expect(sent).toBeLessThan(MAX_FILE_BODY + 20 * piece.length);
    expect(await client.files('drafts', id).exists('huge')).toBe(false);

    const config = someRunConfig({ architecture: 'x'.repeat(5 * 1024 * 1024) });
    await expect(client.createRun({ name: 'Large', config })).rejects.toMatchObject({ status: 413 });
  });

  it('payloads that do not fit their schema, naming the field', async () => {
    const post = (body: string, type = 'application/json') =>
      fromPage(new Request(`${BASE}/api/recordings`, { method: 'POST', body, headers: { 'content-type': type } }));
    expect((await errorOf(await post('{"name": 5}'))).message).toMatch(/POST \/api\/recordings: name: /);
    expect((await errorOf(await post('{"name": "a", "x": 1}'))).code).toBe('bad-request');
    expect((await errorOf(await post('{"name": '))).message).toMatch(/it is not JSON/);
    // A form of another site can send text, but no JSON.
    expect((await errorOf(await post('{"name": "a"}', 'text/plain'))).code).toBe('bad-request');
  });

  it('unknown addresses and methods', async () => {
    expect(await errorOf(await fromPage(new Request(`${BASE}/api/nothing`)))).toMatchObject({ status: 404 });
    const post = new Request(`${BASE}/api/status`, { method: 'POST' });
    expect(await errorOf(await fromPage(post))).toMatchObject({ status: 404, code: 'not-found' });
  });
});
