import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ReadBack, rowStride } from '../../../sim/camera/read-back.ts';
import { describeAdapter } from './gpu.ts';
import { mendLine } from './mend.ts';
import { openGpu } from './open.ts';
import { renderingFault } from './self-test.ts';
import { openTestGpu } from './testing/open-test-gpu.ts';

const { gpu, reason } = await openTestGpu();

describe.skipIf(!gpu)(`a GPU device in Node${reason}`, () => {
  const { device, adapter } = gpu!;
  afterAll(() => gpu!.close());

  it('names software rendering as such', () => {
    const software = /llvmpipe|swiftshader/i.test(`${adapter.name} ${adapter.architecture}`);
    expect(adapter.software || !software).toBe(true);
    expect(describeAdapter(adapter)).toContain(adapter.software ? 'software' : 'hardware');
  });

  it('brings pixels back without the padding of their rows', async () => {
    // 5 pixels are 20 bytes, far from the 256 that WebGPU wants.
    expect(rowStride(5)).toBe(256);
    const texture = device.createTexture({
      size: [5, 3],
      format: 'rgba8unorm',
      usage: GPUTextureUsage.COPY_DST | GPUTextureUsage.COPY_SRC,
    });
    const rgba = Uint8Array.from({ length: 5 * 3 * 4 }, (_, i) => (i * 37) % 256);
    device.queue.writeTexture({ texture }, rgba, { bytesPerRow: 20 }, [5, 3]);
    const readBack = new ReadBack(device, 5, 3);
    // Several at once: each has a staging buffer of its own.
    const [first, second] = await Promise.all([readBack.read(texture), readBack.read(texture)]);
    expect([...first!]).toEqual([...rgba].filter((_, i) => i % 4 !== 3));
    expect(second).toEqual(first);
    readBack.dispose();
    await expect(readBack.read(texture)).rejects.toThrow('disposed');
    texture.destroy();
  });

  it('passes its own rendering test', async () => {
    expect(await renderingFault(device)).toBeUndefined();
  });

  it('notices a device that accepts everything and draws nothing', async () => {
    const blind = new Proxy(device, {
      get(target, name) {
        if (name === 'createRenderPipelineAsync') {
          return (description: GPURenderPipelineDescriptor) => {
            const { fragment } = description;
            const targets = [{ format: 'rgba8unorm' as const, writeMask: 0 }];
            return target.createRenderPipelineAsync({ ...description, fragment: { ...fragment!, targets } });
          };
        }
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    expect(await renderingFault(blind)).toBe('drew 0,0,0,0 where 64,128,191,255 was asked for');
  });

  it('raises the limits that networks need to those of the adapter', () => {
    expect(device.limits.maxStorageBufferBindingSize).toBeGreaterThan(2 ** 27 - 1);
    expect(device.limits.maxBufferSize).toBeGreaterThanOrEqual(2 ** 28);
  });
});

describe('a driver that cannot be had', () => {
  it('is refused when its file does not exist', async () => {
    await expect(openGpu({ driver: '/nowhere/lvp_icd.json' })).rejects.toMatchObject({
      code: 'unknown-gpu-driver',
      message: expect.stringContaining('/nowhere/lvp_icd.json'),
    });
  });

  it.skipIf(process.platform !== 'linux')('is refused in one line that says what to type', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-test-'));
    const icd = path.join(folder, 'icd.json');
    await writeFile(icd, '{"file_format_version":"1.0.0","ICD":{"library_path":"./absent.so","api_version":"1.1.0"}}');
    const refusal = await openGpu({ driver: icd }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'Refusal', code: 'no-gpu' });
    expect((refusal as Error).message).not.toContain('\n');
    expect((refusal as Error).message).toContain(mendLine());
    await rm(folder, { recursive: true });
    expect(await readdir(os.tmpdir())).not.toContain(path.basename(folder));
  });
});

describe('the line that mends a machine without adapters', () => {
  it.each([
    ['linux', 'ID=debian\nVERSION_ID="12"\n', 'bookworm-backports'],
    ['linux', 'ID=debian\nVERSION_ID="13"\n', 'apt-get install mesa-vulkan-drivers'],
    ['linux', 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', 'apt-get install mesa-vulkan-drivers'],
    ['linux', 'ID=fedora\n', 'dnf install mesa-vulkan-drivers'],
    ['linux', 'ID=alpine\n', 'glibc'],
    ['linux', '', 'apt-get install mesa-vulkan-drivers'],
    ['darwin', '', 'Metal'],
    ['win32', '', 'graphics driver'],
  ])('on %s %j', (platform, release, expected) => {
    const line = mendLine(platform, release);
    expect(line).toContain(expected);
    expect(line).not.toContain('\n');
  });
});
