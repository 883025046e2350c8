import type { Fields } from './fields.ts';
import { childrenOf, type XmlElement } from './read-xml.ts';

/** Words for cars among those whom a lane's access names, of all versions, without case and blanks. */
const CARS = new Set(['passengercar', 'autonomoustraffic', 'motorvehicle', 'simulator', 'none']);

/**
 * Whether cars may use a lane: where its `<access>` denies somebody, it is not cars; where it allows somebody, cars are
 * among them. An access that does not say which of the two it means restricts nobody.
 */
export function carsMayUse(lane: Fields): boolean {
  const named = (rule: 'deny' | 'allow'): string[] =>
    childrenOf(lane.element, 'access').flatMap((element) => {
      const access = lane.within(element, 'access');
      return access.optionalText('rule')?.toLowerCase() === rule ? restrictionsOf(element, access) : [];
    });
  const allowed = named('allow');
  const denied = named('deny').filter((who) => who !== 'none');
  const open = !denied.some((who) => CARS.has(who)) && (allowed.length === 0 || allowed.some((who) => CARS.has(who)));
  if (!open) lane.note('a lane that cars may not use is not driven in');
  return open;
}

/** Whom an access names: itself, or since 1.7 in elements of its own. */
function restrictionsOf(element: XmlElement, access: Fields): string[] {
  const own = access.optionalText('restriction');
  const listed = childrenOf(element, 'restriction').map((one) =>
    access.within(one, 'restriction').optionalText('type'),
  );
  return [own, ...listed].filter((who) => who !== undefined).map((who) => who.toLowerCase().replaceAll(' ', ''));
}
