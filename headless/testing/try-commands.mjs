// The command line with commands that do what the frame must cope with. For tests, in a process of their own.
import { setTimeout as wait } from 'node:timers/promises';
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../shells/cli/main.ts');

/** @type {import('../shells/cli/context.ts').Register} */
function commands(program, { output, signal, failRequirement }) {
  program.command('fault').action(() => {
    throw new TypeError('the bearing is\nloose');
  });
  program.command('chatter').action(() => {
    console.log('a library speaks');
    output.line('a line');
    output.table({ head: ['a'], rows: [['b']] });
    output.result({ value: 1 }, () => output.line('printed'));
  });
  program.command('twice').action(() => {
    output.result(1, () => {});
    output.result(2, () => {});
  });
  program.command('below').action(() => {
    output.result({ autonomy: 90 }, () => output.line('90 %'));
    failRequirement('90 % is below 95 %');
  });
  program.command('polite').action(async () => {
    output.note('ready');
    await wait(60_000, undefined, { signal }).catch(() => {});
    output.result({ kept: 3 }, () => output.line('kept 3'));
  });
  program.command('abrupt').action(async () => {
    output.note('ready');
    await wait(60_000);
    signal.throwIfAborted();
  });
  program.command('throwing').action(async () => {
    output.note('ready');
    while (true) {
      await wait(5);
      signal.throwIfAborted();
    }
  });
  program.command('flood').action(() => {
    for (let i = 0; i < 200_000; i++) output.line(`line ${i}`);
  });
  program.command('leak').action(() => {
    setInterval(() => {}, 1000);
    output.line('done');
  });
}

await main(process.argv.slice(2), [commands]);
