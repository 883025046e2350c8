import type { DriverKind } from '../../../evaluation/drivers/driver-kind.ts';
import { PAGE_OFFERS } from '../../../evaluation/drivers/offers.ts';
import { isReference, parseReference } from '../../../evaluation/drivers/reference.ts';
import { kindsFor } from '../../../evaluation/drivers/registry.ts';

/** Kinds of drivers that are chosen by a word; models are chosen from the library. */
export const DRIVERS_BY_WORD: readonly DriverKind[] = kindsFor(PAGE_OFFERS).filter(
  ({ argument, needs }) => argument === undefined && !needs.includes('network'),
);

/** Whether a page can open the driver that this names. */
export function isPageDriver(reference: string): boolean {
  return isReference(reference, PAGE_OFFERS);
}

/** Whether a person drives, and nobody else. @throws Refusal for a reference that a page cannot open */
export function isPerson(reference: string): boolean {
  return parseReference(reference, PAGE_OFFERS).kind.needs.includes('person');
}

/** The id of the model that drives; null for another driver. @throws Refusal for a reference that a page cannot open */
export function modelOf(reference: string): string | null {
  const { kind, argument } = parseReference(reference, PAGE_OFFERS);
  if (!kind.needs.includes('network')) return null;
  return argument === '' ? kind.name : argument;
}

/** What its kind of driver is called. @throws Refusal for a reference that a page cannot open */
export function labelOf(reference: string): string {
  return parseReference(reference, PAGE_OFFERS).kind.label;
}
