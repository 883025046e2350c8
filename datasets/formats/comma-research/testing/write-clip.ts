import { File, ready } from 'h5wasm';

/** A data set to be written: 8-bit when its values are bytes, else 64-bit numbers. */
export interface WrittenSet {
  readonly data: Uint8Array | Float64Array;
  readonly shape?: readonly number[];
}

let written = 0;

/** An HDF5 file with data sets at its root. */
export async function writeHdf5(sets: Readonly<Record<string, WrittenSet>>): Promise<Uint8Array> {
  const { FS } = await ready;
  const name = `/written-${written++}.h5`;
  const file = new File(name, 'w');
  for (const [set, { data, shape }] of Object.entries(sets)) {
    file.create_dataset({ name: set, data, shape: [...(shape ?? [data.length])] });
  }
  file.close();
  const files = FS as unknown as { readFile(path: string): Uint8Array; unlink(path: string): void };
  const bytes = files.readFile(name).slice();
  files.unlink(name);
  return bytes;
}

/**
 * A clip as comma's `research` set has it: `count` frames of 16×8 at 20 Hz, frame k with red 10 k, green 10 k + 1 and
 * blue 10 k + 2, and a log at 100 Hz whose rows 5 k to 5 k + 4 belong to frame k; the angle of row r is 2 r - 10, the speed 15 + r.
 */
export async function writeClip(count: number): Promise<{ camera: Uint8Array; log: Uint8Array }> {
  const planes = Uint8Array.from({ length: count * 3 * 128 }, (_, i) => {
    const [frame, plane] = [Math.floor(i / 384), Math.floor(i / 128) % 3];
    return 10 * frame + plane;
  });
  const rows = (value: (row: number) => number) => ({
    data: Float64Array.from({ length: 5 * count }, (_, r) => value(r)),
  });
  return {
    camera: await writeHdf5({ X: { data: planes, shape: [count, 3, 8, 16] } }),
    log: await writeHdf5({
      times: rows((r) => 1000 + r / 100),
      cam1_ptr: rows((r) => Math.floor(r / 5)),
      steering_angle: rows((r) => 2 * r - 10),
      speed: rows((r) => 15 + r),
      gas: rows(() => 0.25),
      steering_torque: rows(() => 3),
      gear_choice: rows(() => 4),
    }),
  };
}
