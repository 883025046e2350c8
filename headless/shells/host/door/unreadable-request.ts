import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a connection with an unreadable request is still listened to [ms]. */
const LINGER = 1000;

/**
 * Answers a request that is no HTTP, or whose headers are too large, and closes its connection.
 *
 * Node's own answer closes while bytes of the request are unread; the system then resets the connection, and whoever asked
 * sees a broken connection instead of the reason (on Node 24 always). So what still comes is read and dropped for a moment.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
  const closing = setTimeout(() => socket.destroy(), LINGER);
  socket.once('close', () => clearTimeout(closing));
}
