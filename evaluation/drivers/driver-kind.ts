import type { BackendName } from '../../models/backend/open-backend.ts';
import type { ModelSpec } from '../../models/spec.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import type { DriverSource } from '../files/evaluation.ts';
import type { DriverMachine, DriverNeed } from './machine.ts';

/**
 * A kind of driver: how it is written, what people are told of it, and how it is opened. One file in `kinds` and one line
 * in `registry.ts` make a new one.
 */
export interface DriverKind {
  /** How a reference begins: the whole of it (`expert`), or what stands before the colon (`constant:3`). Lower case. */
  readonly name: string;
  /** What a picker calls it. */
  readonly label: string;
  /** A few words beside the label. */
  readonly hint: string;
  /** For help, docs and refusals: a clause that goes on after the way it is written. */
  readonly description: string;
  /** What stands after the colon, e.g. `<m/s>`; absent for a kind that is one word. */
  readonly argument?: string;
  /** A text that is no other kind's word belongs to this kind, whole: `runs/mine`. The first whose needs are met counts. */
  readonly bare?: boolean;
  /** Only a machine that offers all of these opens it. */
  readonly needs: readonly DriverNeed[];
  /** Whether its drivers look through the car's cameras. */
  readonly looks?: boolean;
  /** @throws Refusal for an argument that no such driver can be made of */
  check?(argument: string): void;
  /**
   * Reads what the driver is made of; no device is opened yet, so that what is missing or damaged is told at once.
   * Absent for a person, whom no program opens.
   * @throws Refusal when something is missing or damaged
   */
  prepare?(argument: string, machine: DriverMachine): Promise<PreparedDriver>;
}

/** A driver of which all files are read. */
export interface PreparedDriver {
  /** e.g. `expert`, or the model's name. */
  readonly name: string;
  /** The reference that finds it again, and a digest of what it is made of: what a verification compares. */
  readonly identity: DriverSource;
  /** Opens the devices that it needs. @throws Refusal when one is not to be had */
  open(): Promise<ReadyDriver>;
}

/** A driver ready to be made, any number of times. */
export interface ReadyDriver {
  /** What runs its network; absent without one. */
  readonly backend?: BackendName;
  /** Its network, told completely; absent without one. */
  readonly spec?: ModelSpec;
  /** A driver for one episode; several share weights and nothing else. */
  createDriver(): Driver;
  /** Frees what they share. */
  close?(): void;
}

/** What a kind without files, networks and arguments is made of. */
type SimpleKind = Pick<DriverKind, 'name' | 'label' | 'hint' | 'description'> & { createDriver(): Driver };

/** A kind of driver that is written as one word and needs nothing but the world. */
export function simpleKind({ createDriver, ...kind }: SimpleKind): DriverKind {
  return {
    ...kind,
    needs: [],
    prepare: async () => ({
      name: kind.name,
      identity: { path: kind.name, digest: null },
      open: async () => ({ createDriver }),
    }),
  };
}
