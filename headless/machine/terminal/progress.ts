import { Presets, SingleBar } from 'cli-progress';
import { printable } from './printable.ts';

export interface ProgressOptions {
  /** What is going on, e.g. `epoch 3` or `evaluate`. */
  readonly label: string;
  /** How many units there are in all. */
  readonly total: number;
  /** What is counted, in the plural, e.g. `frames`. */
  readonly unit: string;
}

/** Shortest time between two plain lines [ms]. */
const LINE_PERIOD = 5000;

/** Progress of something long: a bar on a terminal, else a plain line now and then; with its rate and the time left. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #stream: NodeJS.WritableStream & { isTTY?: boolean };
  readonly #now: () => number;
  readonly #start: number;
  readonly #bar: SingleBar | null;
  #done = 0;
  /** Units that were done before it began. */
  #before = 0;
  #note = '';
  #lastLine = Number.NEGATIVE_INFINITY;
  #finished = false;

  /** @param now clock [ms] */
  constructor(
    options: ProgressOptions,
    stream: NodeJS.WritableStream & { isTTY?: boolean },
    now: () => number = () => performance.now(),
  ) {
    this.#options = options;
    this.#stream = stream;
    this.#now = now;
    this.#start = now();
    this.#bar = stream.isTTY === true ? createBar(options, stream) : null;
  }

  /**
   * @param done units that are done by now
   * @param note a few words more, e.g. `loss 0.012`
   */
  update(done: number, note = ''): void {
    if (this.#finished) return;
    this.#done = done;
    this.#note = printable(note);
    if (this.#bar !== null) this.#bar.update(done, this.#payload());
    else if (this.#now() - this.#lastLine >= LINE_PERIOD) this.#writeLine();
  }

  /** Tells that so many units were done before, by an earlier run: they do not count for the rate. */
  resume(done: number): void {
    this.#before = done;
    this.update(done);
  }

  /** The end: the last state is shown and stays. */
  finish(note = this.#note): void {
    if (this.#finished) return;
    this.#note = printable(note);
    if (this.#bar !== null) this.#bar.update(this.#done, this.#payload());
    else this.#writeLine();
    this.#end();
  }

  /** The end before the end: nothing more is shown. */
  abandon(): void {
    if (!this.#finished) this.#end();
  }

  /** Makes room for another line on the terminal; the bar comes back with the next update. */
  clear(): void {
    if (this.#bar !== null && !this.#finished) this.#stream.write('\r\u001b[K');
  }

  #end(): void {
    this.#finished = true;
    this.#bar?.stop();
  }

  #writeLine(): void {
    this.#lastLine = this.#now();
    const { label, total } = this.#options;
    const share = total > 0 ? Math.floor((this.#done / total) * 100) : 100;
    this.#stream.write(`${printable(label)}  ${share} %  ${this.#text()}\n`);
  }

  #payload(): { label: string; text: string } {
    return { label: printable(this.#options.label), text: this.#text() };
  }

  #text(): string {
    const { total, unit } = this.#options;
    return progressText(this.#done, total, unit, (this.#now() - this.#start) / 1000, this.#note, this.#before);
  }
}

/**
 * e.g. `1200/3000 frames  400 frames/s  4 s left  loss 0.01`.
 * @param elapsed since the start [s]
 * @param before units that were done at the start
 */
export function progressText(
  done: number,
  total: number,
  unit: string,
  elapsed: number,
  note = '',
  before = 0,
): string {
  const parts = [`${done}/${total} ${unit}`];
  if (elapsed > 0 && done > before) {
    const rate = (done - before) / elapsed;
    parts.push(`${Number(rate.toPrecision(3))} ${unit}/s`);
    parts.push(done < total ? `${duration((total - done) / rate)} left` : `${duration(elapsed)} in all`);
  }
  if (note !== '') parts.push(note);
  return parts.join('  ');
}

/** A duration for people: `4 s`, `2 min 05 s`, `1 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

function createBar({ label, total }: ProgressOptions, stream: NodeJS.WritableStream): SingleBar {
  const bar = new SingleBar(
    {
      stream,
      format: '{label} {bar} {percentage} %  {text}',
      barsize: 24,
      hideCursor: null,
      gracefulExit: false,
      linewrap: false,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { label: printable(label), text: '' });
  return bar;
}
