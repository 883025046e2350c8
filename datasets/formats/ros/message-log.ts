/** A message as it was written. */
export interface LogMessage {
  readonly topic: string;
  /** When it was written [ns]; finds the message again. */
  readonly written: bigint;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A file of messages by topic: a ROS bag or an MCAP file. */
export interface MessageLog {
  /** The file, for refusals. */
  readonly where: string;
  /** Type of each topic's messages as `package/Type`, or `undefined` where they cannot be decoded. */
  readonly topics: ReadonlyMap<string, string | undefined>;
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
