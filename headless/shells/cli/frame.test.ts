import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runProgram, saidOnStderr, startProgram, TRY_COMMANDS } from '../../testing/run-program.ts';

const run = (...args: string[]) => runProgram(TRY_COMMANDS, args);

describe('the frame around every command', () => {
  it('says a fault of ours in one line, and where it is with --debug', async () => {
    const [plain, debug] = await Promise.all([run('fault'), run('fault', '--debug')]);
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toBe('fault: the bearing is loose; run it with --debug to see where\n');
    expect(debug.code).toBe(1);
    expect(debug.stderr).toMatch(/at .*try-commands\.mjs:\d+/);
  });

  it('keeps stdout for the result, whatever libraries print', async () => {
    const [json, plain] = await Promise.all([run('chatter', '--json'), run('chatter')]);
    expect(JSON.parse(json.stdout)).toEqual({ value: 1 });
    expect(json.stderr).toContain('a library speaks');
    expect(plain.stdout).toBe('a line\na\nb\nprinted\n');
  });

  it('refuses to print a second document', async () => {
    const result = await run('twice', '--json');
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toBe(1);
    expect(result.stderr).toMatch(/^fault: /);
  });

  it('prints the result and exits with 1 when a requirement is not met', async () => {
    const result = await run('below', '--json');
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toEqual({ autonomy: 90 });
    expect(result.stderr).toBe('failed: 90 % is below 95 %\n');
  });

  it('ends although something is left open', async () => {
    expect(await run('leak')).toMatchObject({ code: 0, stdout: 'done\n' });
  });

  it('ends quietly when nobody reads on', async () => {
    const { child, ended } = startProgram(TRY_COMMANDS, ['flood']);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it('stops a command cleanly, which keeps what is finished', async () => {
    const { child, ended } = startProgram(TRY_COMMANDS, ['polite', '--json']);
    await saidOnStderr(child, 'ready');
    child.kill('SIGINT');
    const result = await ended;
    expect(result.code).toBe(130);
    expect(JSON.parse(result.stdout)).toEqual({ kept: 3 });
    expect(result.stderr).toContain('stopping');
  });

  it('takes the signal’s reason for no fault', async () => {
    const { child, ended } = startProgram(TRY_COMMANDS, ['throwing']);
    await saidOnStderr(child, 'ready');
    child.kill('SIGTERM');
    const result = await ended;
    expect(result.code).toBe(143);
    expect(result.stderr).not.toContain('fault');
  });

  it('counts the echo of a key press as the same one', async () => {
    const { child, ended } = startProgram(TRY_COMMANDS, ['polite']);
    await saidOnStderr(child, 'ready');
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, signal: null, stdout: 'kept 3\n' });
  });

  it('kills what does not listen when pressed again', async () => {
    const { child, ended } = startProgram(TRY_COMMANDS, ['abrupt']);
    await saidOnStderr(child, 'ready');
    child.kill('SIGINT');
    await saidOnStderr(child, 'stopping');
    // Longer than an echo of the same key press may take.
    await wait(500);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ signal: 'SIGINT' });
  });
});
