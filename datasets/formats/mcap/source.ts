import type { TypedMcapRecords } from '@mcap/core';

type Channel = TypedMcapRecords['Channel'];
type Schema = TypedMcapRecords['Schema'];
export type McapMessage = TypedMcapRecords['Message'];

/** What is asked of an MCAP file, whether it is read by its index or was read from front to back. */
export interface McapSource {
  readonly channelsById: ReadonlyMap<number, Channel>;
  readonly schemasById: ReadonlyMap<number, Schema>;
  /** Messages by their log time [ns], from `startTime` to `endTime`, both inclusive. */
  readMessages(wanted: {
    readonly topics: readonly string[];
    readonly startTime?: bigint;
    readonly endTime?: bigint;
  }): AsyncGenerator<McapMessage, void, void>;
  readMetadata(wanted: { readonly name: string }): AsyncGenerator<TypedMcapRecords['Metadata'], void, void>;
}
