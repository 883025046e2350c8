import { createStream, type RandomStream } from '../../sim/random/stream.ts';
import type { SearchConfig, Setting, Values } from './search-config.ts';

/** All settings of a search, in an order that depends on the configuration alone. */
export function settingsOf(config: SearchConfig): Setting[] {
  const names = Object.keys(config.settings);
  if (config.method === 'grid') {
    return names.reduce<Setting[]>(
      (settings, name) =>
        settings.flatMap((setting) =>
          (config.settings[name] as (number | string)[]).map((value) => ({ ...setting, [name]: value })),
        ),
      [{}],
    );
  }
  return Array.from({ length: config.count }, (_, i) => {
    const random = createStream(config.seed, `setting/${i}`);
    return Object.fromEntries(names.map((name) => [name, draw(config.settings[name]!, random)]));
  });
}

function draw(values: Values, random: RandomStream): number | string | boolean | null {
  if (Array.isArray(values)) return random.pick(values);
  const { min, max, scale, whole } = values;
  const value = scale === 'log' ? min * (max / min) ** random.uniform() : random.uniform(min, max);
  return whole ? Math.round(value) : value;
}
