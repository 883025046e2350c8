import { expect, it } from 'vitest';
import { runProgram, WHEELHOUSE } from '../../testing/run-program.ts';
import type { MachineReport } from './examine-machine.ts';

it('tries drivers and backends, and its exit code says whether the machine will do', async () => {
  const { code, stdout, stderr } = await runProgram(WHEELHOUSE, ['doctor', '--json']);
  const report = JSON.parse(stdout) as MachineReport;
  expect(report.node).toMatchObject({ version: process.versions.node, enough: true });
  expect(report.backends.map((backend) => backend.name).sort()).toEqual(['cpu', 'wasm', 'webgpu']);
  const wasm = report.backends.find((backend) => backend.name === 'wasm')!;
  expect(wasm.milliseconds).toBeGreaterThan(0);
  expect(code).toBe(report.ready ? 0 : 1);
  // A machine that will not do is told what to type.
  if (report.gpu.used === undefined) expect(stderr).toContain(report.gpu.mend);
});
