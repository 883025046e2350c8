import type { Register } from '../context.ts';
import { integer } from '../options.ts';

interface ServeFlags {
  port?: number;
  library?: string;
  open: boolean;
}

/** The port to try when none is asked for; a browser then finds its settings again. */
const USUAL_PORT = 4747;

export const register: Register = (program, { output, signal }) => {
  program
    .command('serve')
    .description('the web app on this machine, for its own browser only')
    .option(
      '--port <number>',
      `port on loopback; 0 takes a free one (default: ${USUAL_PORT}, or a free one)`,
      integer({ min: 0, max: 65535 }),
    )
    .option('--library <folder>', 'where recordings, models, runs and evaluations are kept (default: ~/Wheelhouse)')
    .option('--no-open', 'do not open the browser')
    .action(async (flags: ServeFlags) => {
      const { buildPages, PAGES_FOLDER } = await import('../../host/build-pages.ts');
      const { builtinModels, libraryFolder } = await import('../../../work/library/library-folder.ts');
      const { listen } = await import('../../host/listen.ts');
      const { openBrowser } = await import('../../host/open-browser.ts');
      const { createRunners } = await import('../../host/jobs/runners.ts');
      const { Refusal } = await import('../../../../sim/refusal.ts');

      await buildPages(() => output.note('building the pages, once'));
      const options = {
        library: libraryFolder(flags.library),
        pages: PAGES_FOLDER,
        builtinModels: builtinModels(),
        runners: createRunners(),
        report: (error: unknown) =>
          output.warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      };
      const host = await listen({ ...options, port: flags.port ?? USUAL_PORT }).catch((error) => {
        const isTaken = flags.port === undefined && error instanceof Refusal && error.code === 'port-taken';
        if (!isTaken) throw error;
        return listen({ ...options, port: 0 });
      });
      try {
        output.result({ url: host.entrance, port: host.port, library: options.library }, () => {
          output.line(`Open ${host.entrance}`);
          output.line(`Library: ${options.library}`);
        });
        output.note('Ctrl-C stops it');
        if (flags.open && !output.json) await openBrowser(host.entrance);
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        });
      } finally {
        await host.close();
      }
    });
};
