import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as send } from 'node:http';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListeningHost, listen } from '../listen.ts';

let folder: string;
let host: ListeningHost;
let cookie: string;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request as any program can send it: `fetch` would not let us lie about Host and Origin. */
function ask(target: string, headers: OutgoingHttpHeaders = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: '127.0.0.1',
        port: host.port,
        path: target,
        method,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const codeOf = (answer: Answer): string => JSON.parse(answer.text).error.code;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-door-'));
  await mkdir(path.join(folder, 'pages/assets'), { recursive: true });
  await writeFile(path.join(folder, 'pages/index.html'), '<!doctype html><title>Wheelhouse</title>');
  await writeFile(path.join(folder, 'pages/assets/main-1.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  host = await listen({ port: 0, library: path.join(folder, 'library'), pages: path.join(folder, 'pages') });
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the door of the web app', () => {
  it('lets nobody in without the token', async () => {
    for (const target of ['/', '/index.html', '/assets/main-1.js', '/?token=', '/?token=guess', '/drive?token=x']) {
      expect((await ask(target)).status, target).toBe(401);
    }
    expect(codeOf(await ask('/api/status'))).toBe('no-session');
    expect(codeOf(await ask('/api/recordings', { origin: host.origin }, 'POST', '{}'))).toBe('no-session');
    expect((await ask('/api/status', { cookie: `wheelhouse-${host.port}=guess` })).status).toBe(401);
  });

  it('takes the token nowhere but at the entrance', async () => {
    const token = new URL(host.entrance).search;
    expect((await ask(`/api/status${token}`)).status).toBe(401);
    expect((await ask(`/index.html${token}`)).status).toBe(401);
    expect((await ask(`/${token}`, { origin: host.origin }, 'POST')).status).toBe(401);
  });

  it('trades the token for a session, once', async () => {
    const target = host.entrance.slice(host.origin.length);
    const first = await ask(target);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const [setCookie] = first.headers['set-cookie']!;
    expect(setCookie).toMatch(/; HttpOnly/);
    expect(setCookie).toMatch(/; SameSite=Strict/);
    cookie = setCookie!.split(';')[0]!;
    const status = await ask('/api/status', { cookie });
    expect(JSON.parse(status.text)).toMatchObject({ product: 'wheelhouse', shell: 'web' });
    expect((await ask(target)).status).toBe(401);
    // Whoever is in may open the printed address again.
    expect((await ask(target, { cookie })).headers.location).toBe('/');
  });

  it('does not know the sessions of a host before it', async () => {
    const other = await listen({ port: 0, library: path.join(folder, 'library'), pages: path.join(folder, 'pages') });
    const value = cookie.split('=')[1]!;
    const response = await fetch(`${other.origin}/api/status`, {
      headers: { cookie: `wheelhouse-${other.port}=${value}` },
    });
    expect(response.status).toBe(401);
    await other.close();
  });

  it('listens on loopback alone', () => {
    expect(host.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const outside = Object.values(os.networkInterfaces())
      .flat()
      .filter((one) => one !== undefined && !one.internal && one.family === 'IPv4');
    return Promise.all(
      outside.map(async (one) => {
        const reached = await new Promise<boolean>((resolve) => {
          const socket = connect({ host: one!.address, port: host.port, timeout: 2000 });
          const end = (answer: boolean) => {
            socket.destroy();
            resolve(answer);
          };
          socket
            .on('connect', () => end(true))
            .on('error', () => end(false))
            .on('timeout', () => end(false));
        });
        expect(reached, one!.address).toBe(false);
      }),
    );
  });

  it('refuses a Host that is not its own, as an attacker’s DNS name would be', async () => {
    for (const name of [
      'evil.example',
      `evil.example:${host.port}`,
      '127.0.0.1',
      `127.0.0.1.evil.example:${host.port}`,
    ]) {
      const answer = await ask('/api/status', { cookie, host: name });
      expect([answer.status, codeOf(answer)], name).toEqual([403, 'foreign-host']);
    }
    expect((await ask('/api/status', { cookie, host: `localhost:${host.port}` })).status).toBe(200);
  });

  it('refuses what another site sends, also with the cookie', async () => {
    const json = { cookie, 'content-type': 'application/json' };
    const body = '{"name": "planted"}';
    const foreign = [
      'http://evil.example',
      'null',
      `http://127.0.0.1:${host.port + 1}`,
      `https://127.0.0.1:${host.port}`,
    ];
    for (const origin of [...foreign, `http://localhost:${host.port}`]) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await ask('/api/recordings', { ...json, origin }, method, method === 'GET' ? '' : body);
        expect([answer.status, codeOf(answer)], `${method} from ${origin}`).toEqual([403, 'foreign-origin']);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    expect(codeOf(await ask('/api/recordings', json, 'POST', body))).toBe('foreign-origin');
    expect(codeOf(await ask('/api/recordings', { cookie, 'sec-fetch-site': 'cross-site' }))).toBe('foreign-origin');
    expect(codeOf(await ask('/api/recordings', { cookie, 'sec-fetch-site': 'same-site' }))).toBe('foreign-origin');
    expect(JSON.parse((await ask('/api/recordings', { cookie })).text)).toEqual({ recordings: [] });
    expect((await ask('/api/recordings', { ...json, origin: host.origin }, 'POST', body)).status).toBe(201);
  });

  it('gives out its pages and nothing beside them', async () => {
    expect((await ask('/', { cookie })).text).toContain('Wheelhouse');
    expect((await ask('/assets/main-1.js', { cookie })).headers['content-type']).toMatch(/^text\/javascript/);
    for (const target of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/..%5csecret.txt', '/%00.txt']) {
      const answer = await ask(target, { cookie });
      expect([400, 404], target).toContain(answer.status);
      expect(answer.text).not.toContain('secret\n');
    }
    for (const target of ['/missing.js', '/assets', '/train']) expect((await ask(target, { cookie })).status).toBe(404);
  });

  it('sends every answer with its guards', async () => {
    for (const target of ['/', '/api/status', '/api/nothing', '/missing.js']) {
      for (const headers of [{ cookie }, {}, { host: 'evil.example' }]) {
        const { headers: sent } = await ask(target, headers);
        expect(sent['x-content-type-options']).toBe('nosniff');
        expect(sent['cross-origin-opener-policy']).toBe('same-origin');
        expect(sent['cross-origin-embedder-policy']).toBe('require-corp');
        const policy = sent['content-security-policy'] as string;
        expect(policy).toMatch(/default-src 'none'/);
        expect(policy).not.toMatch(/'unsafe-eval'|'unsafe-inline'|\*|https?:/);
      }
    }
  });
});
