import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program that a person calls. */
export const WHEELHOUSE = fileURLToPath(new URL('../bin/wheelhouse.mjs', import.meta.url));
/** The same frame around commands that misbehave. */
export const TRY_COMMANDS = fileURLToPath(new URL('./try-commands.mjs', import.meta.url));

export function startProgram(program: string, args: readonly string[], options: { cwd?: string; env?: object } = {}) {
  const { cwd, env = {} } = options;
  const child = spawn(process.execPath, [program, ...args], {
    ...(cwd !== undefined && { cwd }),
    // What the test runner sets must not decide how the program behaves.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  return { child, ended: endOf(child) };
}

/** Runs a program to its end. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: object } = {},
): Promise<Ended> {
  return startProgram(program, args, options).ended;
}

/** Waits until the program has said this on stderr. */
export function saidOnStderr(child: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    child.stderr.on('data', (chunk) => {
      heard += chunk;
      if (heard.includes(text)) resolve();
    });
    child.on('close', () => reject(new Error(`it ended and never said "${text}": ${heard}`)));
  });
}

function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
