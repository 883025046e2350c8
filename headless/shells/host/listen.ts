import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Refusal } from '../../../sim/refusal.ts';
import { Session } from './door/session.ts';
import { answerUnreadable } from './door/unreadable-request.ts';
import { type Host, type HostOptions, openHost } from './host.ts';

/** Loopback only: nobody on the network can even knock. */
const ADDRESS = '127.0.0.1';

export interface ListenOptions extends Omit<HostOptions, 'shell' | 'hosts' | 'originOf' | 'session'> {
  /** 0 takes any that is free. */
  readonly port: number;
}

export interface ListeningHost {
  readonly host: Host;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The address to open, once. */
  readonly entrance: string;
  close(): Promise<void>;
}

/**
 * Opens the host on a loopback port.
 * @throws Refusal `port-taken`, `bad-library`
 */
export async function listen(options: ListenOptions): Promise<ListeningHost> {
  // The session is named after the port, which is only known once it is open.
  let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const server = await new Promise<Server>((resolve, reject) => {
    const opening = serve({ fetch: (request) => answer(request), hostname: ADDRESS, port: options.port }, () =>
      resolve(opening as Server),
    );
    opening.on('clientError', answerUnreadable);
    opening.on('error', (error: NodeJS.ErrnoException) => reject(portError(error, options.port)));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const session = new Session(port);
  let host: Host;
  try {
    host = await openHost({
      ...options,
      shell: 'web',
      hosts: [`${ADDRESS}:${port}`, `localhost:${port}`],
      originOf: (name) => `http://${name}`,
      session,
    });
  } catch (error) {
    server.close();
    throw error;
  }
  answer = host.fetch;
  const origin = `http://${ADDRESS}:${port}`;
  return {
    host,
    port,
    origin,
    entrance: `${origin}/?token=${session.token}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await host.close();
      // Browsers keep connections open for later; waiting for them would take minutes.
      server.closeAllConnections();
      await closed;
    },
  };
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new Refusal('port-taken', `--port ${port}`, `the port cannot be had (${error.code})`, 'choose another one');
}
