/** One end of a connection to a worker, a thread or a process. What is sent is copied. */
export interface Port {
  /** @param transfer buffers that are handed over instead of copied, where the connection can */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** @param onEnd called when the other side is gone, on connections that tell */
  listen(onMessage: (message: unknown) => void, onEnd: (error: Error) => void): void;
}

/** The other side as whoever started it has it. */
export interface Peer extends Port {
  /** Ends the other side at once, whatever it is doing. */
  end(): void;
}
