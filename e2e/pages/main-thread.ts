import type { Page } from 'playwright';

/** How long tasks kept a page's main thread. */
export interface MainThread {
  /** The longest task by the clock [ms]; on a busy machine it waits for others, too. */
  readonly longest: number;
  /** The task that took most time of a processor [ms], however busy the machine is. */
  readonly busiest: number;
  /** Tasks that were measured. */
  readonly tasks: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** By the clock, and of a processor [µs]. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Watches the tasks of a page's main thread, as Chromium itself counts them, while something happens. */
export async function watchMainThread(page: Page, meanwhile: () => Promise<void>): Promise<MainThread> {
  // Playwright traces browsers only; this asks Chromium itself, which is in Electron, too.
  const session = await page.context().newCDPSession(page);
  const traceEvents: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => traceEvents.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  const traceConfig = { includedCategories: ['disabled-by-default-devtools.timeline'] };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await meanwhile();
  // The last task is counted when it has ended.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const main = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && main.has(`${pid} ${tid}`));
  const most = (of: (task: TraceEvent) => number | undefined) =>
    tasks.reduce((longest, task) => Math.max(longest, (of(task) ?? 0) / 1000), 0);
  return { longest: most(({ dur }) => dur), busiest: most(({ tdur }) => tdur), tasks: tasks.length };
}
