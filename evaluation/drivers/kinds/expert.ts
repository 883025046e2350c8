import { createExpert } from '../../../sim/drivers/expert.ts';
import { simpleKind } from '../driver-kind.ts';

export const EXPERT = simpleKind({
  name: 'expert',
  label: 'Expert',
  hint: 'knows the road',
  description: 'the built-in driver, who knows road and car and needs no camera',
  createDriver: () => createExpert(),
});
