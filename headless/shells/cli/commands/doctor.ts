import type { Command } from 'commander';
import type { MachineReport } from '../../../machine/doctor/examine-machine.ts';
import type { Output } from '../../../machine/terminal/output.ts';
import { printable } from '../../../machine/terminal/printable.ts';
import type { CommandContext } from '../context.ts';

export function register(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .summary('what this machine can do')
    .description(
      'Tries the GPU adapters, the software drivers and the backends of this machine, and says what is used and what is ' +
        'missing. Exits with 1 when frames cannot be drawn or networks cannot be run.',
    )
    .action(async () => {
      const { examineMachine } = await import('../../../machine/doctor/examine-machine.ts');
      context.output.note('trying drivers and backends, some seconds');
      const report = await examineMachine(context.signal);
      context.output.result(report, () => print(report, context.output));
      if (!report.ready) context.failRequirement(missing(report));
    });
}

function print({ node, system, cores, gpu, backends, browser, electron }: MachineReport, output: Output): void {
  const { green, red } = output.colours;
  const mark = (good: boolean) => (good ? green('yes') : red('no'));
  const absent = 'none found';
  output.line(
    `Node ${node.version} (${node.enough ? '' : 'too old: '}needs ${node.needed}), ${system}, ${cores} cores`,
  );
  output.line(`browser: ${browser === null ? absent : `${printable(browser.version)}, ${printable(browser.program)}`}`);
  const program = electron?.program ?? 'its program is not here; `npm start` tries to fetch it';
  output.line(`Electron: ${electron === null ? absent : `${electron.version}, ${printable(program)}`}`);
  output.line();
  output.table({
    head: ['GPU adapter', 'kind', 'driver', 'works', ''],
    rows: gpu.entries.map(({ driver, adapter, accepted, reason }) => [
      printable(adapter?.name ?? '-'),
      adapter === undefined ? '-' : adapter.software ? 'software' : 'hardware',
      printable(driver),
      mark(accepted),
      printable(reason ?? ''),
    ]),
  });
  output.line();
  output.table({
    head: ['backend', 'works', 'small forward pass', ''],
    rows: backends.map(({ name, milliseconds, reason }) => [
      name,
      mark(milliseconds !== null),
      milliseconds === null ? '-' : `${milliseconds.toFixed(1)} ms`,
      printable(reason ?? ''),
    ]),
    align: ['left', 'left', 'right', 'left'],
  });
  output.line();
  if (gpu.used?.adapter) {
    const { name, software } = gpu.used.adapter;
    const how = software ? 'software rendering' : 'hardware';
    output.line(`frames are drawn by ${printable(name)} (${how}, driver: ${printable(gpu.used.driver)})`);
    // Here it is advice; on a machine with nothing it is the requirement that failed.
    if (gpu.mend !== undefined) output.line(`for quicker software rendering, ${gpu.mend}`);
  }
}

function missing({ node, gpu }: MachineReport): string {
  if (!node.enough) return `Node ${node.version} is too old; install Node ${node.needed}`;
  if (gpu.used === undefined) return `no GPU adapter and no software driver works; ${gpu.mend}`;
  return 'no backend starts; type: npm ci';
}
