import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { type OutgoingHttpHeaders, request as send } from 'node:http';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS, MAX_JSON_BODY } from '../../../../host-api/contract.ts';
import { someRunConfig } from '../../../../models/runs/testing/run-config.ts';
import { createRunners } from '../jobs/runners.ts';
import { type ListeningHost, listen } from '../listen.ts';

let folder: string;
let host: ListeningHost;
let cookie: string;
const faults: unknown[] = [];

/** A request as any program can send it, byte for byte: `fetch` tidies addresses and headers first. */
function ask(target: string, headers: OutgoingHttpHeaders = {}, method = 'GET', body?: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port: host.port, path: target, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** As one of our own pages asks. */
const fromPage = (method: string, target: string, body?: string) =>
  ask(target, { cookie, origin: host.origin, 'content-type': 'application/json' }, method, body);

const open = () =>
  listen({
    port: 0,
    library: path.join(folder, 'library'),
    pages: path.join(folder, 'pages'),
    runners: createRunners(),
    report: (fault) => faults.push(fault),
  });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-attacks-'));
  await mkdir(path.join(folder, 'pages'), { recursive: true });
  await writeFile(path.join(folder, 'pages/index.html'), '<!doctype html><title>Wheelhouse</title>');
  await mkdir(path.join(folder, 'outside'));
  await writeFile(path.join(folder, 'outside/secret.txt'), 'secret');
  await writeFile(path.join(folder, 'outside/model.json'), '{"secret": true}');
  host = await open();
  const entered = await fetch(host.entrance, { redirect: 'manual' });
  cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('attacks on the host', () => {
  it('by the token of a host before it, or of this one once more', async () => {
    const before = await open();
    const { search } = new URL(before.entrance);
    await before.close();
    expect((await ask(`/${search}`)).status).toBe(401);
    expect((await ask(new URL(host.entrance).search.replace(/^/, '/'))).status).toBe(401);
  });

  it('by any other spelling of Host, as a name that is bound anew to loopback would have', async () => {
    const { port } = host;
    for (const name of [
      `127.0.0.1.:${port}`,
      `localhost.:${port}`,
      `[::1]:${port}`,
      `0.0.0.0:${port}`,
      `127.1:${port}`,
      `2130706433:${port}`,
      `0x7f.0.0.1:${port}`,
      `app.localhost:${port}`,
      `localhost:${port}.evil.example`,
      `127.0.0.1:${port}@evil.example`,
      `evil.example#127.0.0.1:${port}`,
      `127.0.0.1:0${port}`,
      'localhost',
    ]) {
      const answer = await ask('/api/recordings', { cookie, host: name });
      expect([400, 403], name).toContain(answer.status);
      expect(answer.text, name).not.toContain('recordings"');
    }
    const forwarded = {
      cookie,
      host: 'evil.example',
      'x-forwarded-host': `127.0.0.1:${port}`,
      forwarded: 'host=localhost',
    };
    expect((await ask('/api/recordings', forwarded)).status).toBe(403);
  });

  it('by a request line with an address of its own, or with two Hosts', async () => {
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = '';
        connect(host.port, '127.0.0.1', function (this: import('node:net').Socket) {
          this.end(text);
        })
          .setEncoding('utf8')
          .on('data', (piece: string) => {
            answer += piece;
          })
          .on('end', () => resolve(answer.split('\r\n')[0]!))
          .on('error', reject);
      });
    const ours = `127.0.0.1:${host.port}`;
    const rest = `cookie: ${cookie}\r\nconnection: close\r\n\r\n`;
    expect(await raw(`GET http://evil.example/api/status HTTP/1.1\r\nhost: evil.example\r\n${rest}`)).toMatch(/ 403 /);
    expect(await raw(`GET /api/status HTTP/1.1\r\nhost: ${ours}\r\nhost: evil.example\r\n${rest}`)).toMatch(/ 40[03] /);
    expect(await raw(`GET /api/status HTTP/1.1\r\nhost: ${ours}\r\n${rest}`)).toMatch(/ 200 /);
  });

  it('by a WebSocket from another site, which browsers open without asking', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const key = { 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    const foreign = await ask('/api/jobs', { cookie, ...upgrade, ...key, origin: 'http://evil.example' });
    expect(foreign.status).toBe(403);
    expect((await ask('/api/jobs', { ...upgrade, ...key, origin: host.origin })).status).toBe(401);
  });

  it('by ids inside of requests', async () => {
    const bad = [
      '../outside',
      '..',
      '/etc',
      'a/b',
      'a\\b',
      '.hidden',
      '\u0000',
      '',
      'CON',
      '__proto__/x',
      5,
      null,
      ['a'],
    ];
    for (const value of bad) {
      const text = JSON.stringify(value);
      for (const [method, target, body] of [
        ['POST', '/api/models', `{"draft": ${text}, "name": "x"}`],
        ['POST', '/api/models', `{"draft": "draft-1", "name": "x", "id": ${text}}`],
        ['POST', '/api/evaluations', `{"draft": ${text}, "name": "x"}`],
        ['POST', '/api/imports', `{"draft": ${text}, "name": "x"}`],
        ['POST', '/api/jobs', `{"kind": "evaluate", "suite": "smoke", "model": ${text}}`],
      ] as const) {
        const answer = await fromPage(method, target, body);
        expect(answer.status, `${method} ${target} ${body}: ${answer.text}`).toBe(400);
      }
    }
  });

  it('by ids that every object has', async () => {
    for (const id of ['constructor', 'hasOwnProperty', 'toString', 'valueOf']) {
      for (const collection of [...COLLECTIONS, 'jobs']) {
        expect((await fromPage('GET', `/api/${collection}/${id}`)).status, `${collection}/${id}`).toBe(404);
      }
      expect(
        (await fromPage('POST', '/api/jobs', `{"kind": "evaluate", "suite": "smoke", "model": "${id}"}`)).status,
      ).toBe(404);
    }
  });

  it('by links in the library that lead out of it', async () => {
    const library = path.join(folder, 'library');
    for (const collection of ['recordings', 'models', 'runs', 'evaluations']) {
      await symlink(path.join(folder, 'outside'), path.join(library, collection, 'linked'));
      expect((await fromPage('GET', `/api/${collection}`)).text, collection).not.toContain('linked');
      for (const rest of ['', '/files', '/files/secret.txt', '/files/model.json']) {
        const answer = await fromPage('GET', `/api/${collection}/linked${rest}`);
        expect(answer.status, `${collection}${rest}`).toBe(404);
        expect(answer.text).not.toContain('"secret');
      }
      expect((await fromPage('DELETE', `/api/${collection}/linked`)).status).toBe(404);
    }
    const { id } = JSON.parse((await fromPage('POST', '/api/recordings', '{"name": "Linked inside"}')).text);
    await symlink(path.join(folder, 'outside'), path.join(library, 'recordings', id, 'way-out'));
    await symlink(path.join(folder, 'outside/secret.txt'), path.join(library, 'recordings', id, 'secret.txt'));
    for (const file of ['way-out/secret.txt', 'secret.txt']) {
      const read = await fromPage('GET', `/api/recordings/${id}/files/${file}`);
      expect([read.status, JSON.parse(read.text).error.code], file).toEqual([400, 'bad-path']);
      await fromPage('PUT', `/api/recordings/${id}/files/${file}`, 'overwritten');
      await fromPage('POST', `/api/recordings/${id}/files/${file}?offset=6`, 'appended');
      await fromPage('DELETE', `/api/recordings/${id}/files/${file}`);
    }
    // Deleting the recording deletes its links, not what they lead to.
    expect((await fromPage('DELETE', `/api/recordings/${id}`)).status).toBe(200);
    expect(await readFile(path.join(folder, 'outside/secret.txt'), 'utf8')).toBe('secret');
  });

  it('by JSON that would change what all objects share', async () => {
    const evil = '{"polluted": true}';
    const run = JSON.stringify({ name: 'Run', config: someRunConfig() });
    const { id } = JSON.parse((await fromPage('POST', '/api/runs', run)).text);
    const evilConfig = JSON.stringify(someRunConfig({ networkOptions: { units: 1 } })).replace(
      '"units":1',
      `"__proto__": ${evil}`,
    );
    for (const [method, target, body] of [
      ['POST', '/api/recordings', `{"name": "x", "__proto__": ${evil}}`],
      ['POST', '/api/runs', `{"name": "x", "config": {"__proto__": ${evil}, "constructor": {"prototype": ${evil}}}}`],
      ['POST', '/api/runs', `{"name": "x", "config": ${evilConfig}}`],
      ['PUT', `/api/runs/${id}/files/summary.json`, `{"stopped": "failed", "error": "x", "__proto__": ${evil}}`],
      ['PUT', `/api/runs/${id}/files/lock.json`, `{"__proto__": ${evil}, "holder": "x"}`],
      ['POST', '/api/jobs', `{"kind": "evaluate", "model": "expert", "suite": "__proto__", "__proto__": ${evil}}`],
    ] as const) {
      const answer = await fromPage(method, target, body);
      expect([200, 201, 400], `${method} ${target}: ${answer.text}`).toContain(answer.status);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const answered = JSON.parse((await fromPage('GET', `/api/runs/${id}`)).text);
    expect(answered).toMatchObject({ id, summary: { stopped: 'failed' } });
    expect(Object.getPrototypeOf(answered.summary)).toBe(Object.prototype);
    expect((await fromPage('GET', '/api/runs')).status).toBe(200);
  });

  it('by suites that no list holds', async () => {
    for (const suite of [
      '__proto__',
      'constructor',
      '../smoke',
      '/etc/passwd.json',
      '../suites/smoke.json',
      'smoke\n',
    ]) {
      const task = JSON.stringify({ kind: 'evaluate', model: 'expert', suite });
      const { id } = JSON.parse((await fromPage('POST', '/api/jobs', task)).text);
      await expect
        .poll(async () => JSON.parse((await fromPage('GET', `/api/jobs/${id}`)).text), { timeout: 30_000 })
        .toMatchObject({ state: 'failed', error: { code: 'unknown-suite' } });
    }
  });

  it('by documents of suites that are none', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const episode = '{"track": "country:7", "seed": 7, "route": 9, "conditions": {"__proto__": {"polluted": true}}}';
    const head = '"version": 1, "name": "x", "description": "x"';
    for (const suite of [
      '{}',
      `{"episodes": ${deep}}`,
      `{${head}, "episodes": [${episode}]}`,
      `{${head}, "episodes": [{"track": "../../etc/passwd.xodr", "seed": 7, "route": 9}]}`,
      `{${head}, "episodes": [${Array.from({ length: 2000 }, () => '{"track": "country:7"}').join()}]}`,
    ]) {
      const answer = await fromPage('POST', '/api/jobs', `{"kind": "evaluate", "model": "expert", "suite": ${suite}}`);
      expect(answer.status, answer.text).toBe(422);
      expect(JSON.parse(answer.text).error.code).toBe('bad-suite');
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('by bodies that are larger than they say, or than anything needs', async () => {
    const large = JSON.stringify({ name: 'x', config: 'x'.repeat(MAX_JSON_BODY) });
    expect((await fromPage('POST', '/api/runs', large)).status).toBe(413);
    // In pieces, with no length declared.
    const chunked = { cookie, origin: host.origin, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expect((await ask('/api/runs', chunked, 'POST', large)).status).toBe(413);
    expect((await ask('/api/status', { cookie, 'x-large': 'x'.repeat(100_000) })).status).toBe(431);
  });

  it('leave no fault behind, and the host answers', async () => {
    expect(faults).toEqual([]);
    expect((await fromPage('GET', '/api/status')).status).toBe(200);
  });
});
