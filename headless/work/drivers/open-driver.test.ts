import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestGpu } from '../../machine/gpu/testing/open-test-gpu.ts';
import { DEFAULT_MODEL_FOLDER } from '../models/model-folder.ts';
import { nodeMachine } from './node-machine.ts';
import { openDriver } from './open-driver.ts';

const probe = await openTestGpu();
probe.gpu?.close();

describe('drivers on this machine', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-drivers-'));
    vi.stubEnv('WHEELHOUSE_LIBRARY', path.join(folder, 'library'));
    await cp(DEFAULT_MODEL_FOLDER, path.join(folder, 'library/models/mine'), { recursive: true });
    await cp(DEFAULT_MODEL_FOLDER, path.join(folder, 'elsewhere'), { recursive: true });
    await writeFile(path.join(folder, 'a-file'), 'no model');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('finds a model by its folder, by its id in the library, and the one that comes along', async () => {
    const { readModel } = nodeMachine();
    const shipped = await readModel({ kind: 'shipped' });
    expect(shipped).toMatchObject({ name: 'default', reference: 'default' });
    const elsewhere = await readModel({ kind: 'folder', path: path.join(folder, 'elsewhere') });
    expect(elsewhere).toMatchObject({ name: 'elsewhere', reference: path.join(folder, 'elsewhere') });
    const mine = { name: 'mine', reference: path.join(folder, 'library/models/mine') };
    expect(await readModel({ kind: 'folder', path: 'mine' })).toMatchObject(mine);
    expect(await readModel({ kind: 'library', id: 'mine' })).toMatchObject(mine);
    for (const one of [elsewhere, await readModel({ kind: 'library', id: 'default' })]) {
      expect([...one.files.keys()]).toEqual([...shipped.files.keys()]);
      for (const [name, bytes] of one.files) expect(Buffer.compare(bytes, shipped.files.get(name)!)).toBe(0);
    }
  });

  it.each([
    ['nowhere', /nowhere: there is no such model folder, no driver of that name and no such model in .*library; there/],
    ['defualt', /did you mean default\?/],
    ['no/where', /no\/where: there is no such model folder and no driver of that name; there are expert/],
    ['../../etc/passwd-', /no such model folder and no driver of that name;/],
    ['model:nobody', /nobody: there is no such model folder/],
    ['model:../models/mine', /this is no id/],
    ['model:constructor', /constructor: there is no such model folder/],
    ['human', /a person at the wheel/],
  ])('refuses %s', async (reference, message) => {
    await expect(openDriver(reference)).rejects.toThrow(message);
    await expect(openDriver(reference)).rejects.toThrow(expect.objectContaining({ name: 'Refusal' }));
  });

  it('refuses a file in a model’s place', async () => {
    await expect(openDriver(path.join(folder, 'a-file'))).rejects.toThrow(/this is a file, not a model folder/);
  });

  it('opens no device for a driver that looks at nothing', async () => {
    const opened = await openDriver('constant:1');
    expect(opened).toMatchObject({ name: 'constant:1', backend: 'none', adapter: 'none' });
    expect(opened.cameras).toBeUndefined();
    opened.close();
  });

  it.skipIf(!probe.gpu)(`tells a model by what it is made of, wherever it lies${probe.reason}`, async () => {
    const shipped = await openDriver('default', { backend: 'wasm' });
    const mine = await openDriver('model:mine', { backend: 'wasm' });
    expect(shipped).toMatchObject({ name: 'default', backend: 'wasm', identity: { path: 'default' } });
    expect(shipped.identity.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(mine.identity).toEqual({
      path: path.join(folder, 'library/models/mine'),
      digest: shipped.identity.digest,
    });
    expect(mine.spec).toEqual(shipped.spec);
    expect(mine.adapter).toBe(shipped.adapter);
    expect(shipped.createDriver()).toMatchObject({ name: 'default', needsFrames: true });
    shipped.close();
    mine.close();
  });
});
