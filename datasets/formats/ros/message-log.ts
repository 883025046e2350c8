/** A message as it was written. */
export interface LogMessage {
  readonly topic: string;
  /** When it was written [ns]; finds the message again. */
  readonly written: bigint;
  readonly content: Readonly<Record<string, unknown>>;
  /** Why it cannot be decoded; its content is empty then. */
  readonly fault?: string;
}

/** A file of messages by topic: a ROS bag or an MCAP file. */
export interface MessageLog {
  /** The file, for refusals. */
  readonly where: string;
  /** Type of each topic's messages as `package/Type`, or `undefined` where they cannot be decoded. */
  readonly topics: ReadonlyMap<string, string | undefined>;
  /** What was tolerated as it was opened, for people. */
  readonly notes: readonly string[];
  /**
   * Messages in the order in which they were written.
   * @param from the first message asked for was written at this time or later [ns]
   * @throws Refusal where the file is damaged
   */
  messages(topics: readonly string[], from?: bigint): AsyncGenerator<LogMessage, void, void>;
}

/** `std_msgs/msg/Header` of ROS 2 and `std_msgs/Header` of ROS 1 alike; other names as they are. */
export function plainType(type: string): string {
  return type.replace('/msg/', '/');
}

/** What a message holds, or why it cannot be told: one bad message is no reason to give up a log. */
export function decoded(decode: () => Record<string, unknown>): Pick<LogMessage, 'content' | 'fault'> {
  try {
    return { content: decode() };
  } catch (error) {
    return { content: {}, fault: (error as Error).message };
  }
}
