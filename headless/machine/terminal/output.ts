import Table from 'cli-table3';
import pc from 'picocolors';
import { printable } from './printable.ts';
import { Progress, type ProgressOptions } from './progress.ts';

export type Colours = ReturnType<typeof pc.createColors>;

export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** One for each column; `left` when not given. */
  readonly align?: readonly ('left' | 'right')[];
}

type Stream = NodeJS.WriteStream | (NodeJS.WritableStream & { isTTY?: boolean });

/**
 * Where a command says things: results on stdout, all else on stderr. With `--json` stdout carries exactly one JSON
 * document; `line` and `table` are then silent, so that a command need not ask which of the two it is.
 */
export class Output {
  /** Set from `--json` before the command's action runs. */
  json = false;
  /** Colours for stdout and for stderr; off when that stream is no terminal or NO_COLOR is set. */
  readonly colours: Colours;
  readonly errorColours: Colours;
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  #documentWritten = false;
  #progress: Progress | null = null;

  constructor(stdout: Stream = process.stdout, stderr: Stream = process.stderr) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.colours = pc.createColors(wantsColour(stdout));
    this.errorColours = pc.createColors(wantsColour(stderr));
  }

  /**
   * The command's result: `document` as JSON with `--json`, else whatever `print` prints. Once a command.
   * @throws Error when called twice, for then stdout would not be one document
   */
  result(document: unknown, print: () => void): void {
    if (this.#documentWritten) throw new Error('a command has one result, and this one gave two');
    this.#documentWritten = true;
    if (this.json) this.#stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else print();
  }

  /** A line on stdout; silent with `--json`. Names from files go through `printable` first. */
  line(text = ''): void {
    if (!this.json) this.#stdout.write(`${text}\n`);
  }

  /** A table on stdout without frames, cells on one line each; silent with `--json`. */
  table({ head, rows, align = [] }: TableContent): void {
    const table = new Table({
      head: head.map((text) => this.colours.bold(text)),
      colAligns: head.map((_, column) => align[column] ?? 'left'),
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2, compact: true },
      chars: NO_FRAME,
    });
    for (const row of rows) table.push([...row]);
    for (const text of table.toString().split('\n')) this.line(text.trimEnd());
  }

  /** A line on stderr about what is going on. */
  note(text: string): void {
    this.#progress?.clear();
    this.#stderr.write(`${text}\n`);
  }

  /** A line on stderr about something that may be wrong. */
  warn(text: string): void {
    this.note(`${this.errorColours.yellow('warning:')} ${printable(text)}`);
  }

  /** Progress on stderr: a bar on a terminal, else a plain line now and then. Call `finish` at the end. */
  progress(options: ProgressOptions): Progress {
    this.#progress?.finish();
    this.#progress = new Progress(options, this.#stderr);
    return this.#progress;
  }

  /** Waits until what was written has left the process. */
  async flush(): Promise<void> {
    this.#progress?.abandon();
    for (const stream of [this.#stdout, this.#stderr]) {
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
    }
  }
}

function wantsColour(stream: Stream): boolean {
  if (process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR && process.env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

const NO_FRAME = Object.fromEntries(
  [
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ]
    .flat()
    .map((name) => [name, '']),
);
