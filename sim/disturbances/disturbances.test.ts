import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { EpisodeSpec } from '../episode/spec.ts';
import { driveAll, specWith } from '../episode/testing/drive.ts';
import type { AmountField } from './amount.ts';
import {
  DISTURBANCES,
  type DisturbanceInput,
  type DisturbanceKinds,
  type DisturbanceSpec,
  disturbanceSchema,
  disturbanceSchemaFor,
} from './registry.ts';
import { SPAN_AMOUNTS } from './span.ts';
import { sampleDisturbance } from './testing/sample.ts';

/** The kinds of the program, and one that is registered by a line here. */
const KINDS: DisturbanceKinds = [...DISTURBANCES, sampleDisturbance];
const schema = disturbanceSchemaFor(KINDS);

/** One of each kind, with chance in it where it may have some. */
const EXAMPLES: Readonly<Record<string, object>> = {
  push: { time: 4, duration: 0.3, force: [3000, 5000], towards: 'either' },
  'yaw-kick': { place: 20, duration: [0.1, 0.3], moment: 8000, towards: 'either' },
  gust: { time: [3, 5], duration: 2, speed: 20, towards: 'left' },
  'slippery-patch': { place: [10, 40], length: 30, friction: 0.3 },
  'steering-stuck': { time: 6, duration: 0.3 },
  'steering-pushes': {},
  'blanked-frames': { time: 5, duration: 0.5 },
  'late-frames': { time: 5, duration: 1, delay: 0.2 },
  'gentle-brake': { place: [20, 40], length: 30, share: 0.5 },
};
/** They act on the frames alone, and the expert does not look. */
const FRAMES_ONLY = ['blanked-frames', 'late-frames'];

function disturbed(kind: string, others: Partial<EpisodeSpec> = {}): EpisodeSpec {
  const disturbances = [schema.parse({ kind, ...EXAMPLES[kind] } as DisturbanceInput)];
  return specWith({}, { disturbances, ...others });
}

const driveWith = (spec: EpisodeSpec) => driveAll(spec, { disturbanceKinds: KINDS });

describe.each(KINDS.map((kind) => [kind.kind, kind] as const))('%s', async (name, kind) => {
  const { hash } = await driveAll(specWith());

  it('says what it does, and each amount with its unit', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(kind.description).toMatch(/^[A-Z].{20,}[^.]$/);
    for (const [amount, { unit, description, min, max }] of Object.entries(kind.amounts)) {
      expect(description, amount).toMatch(/.{10,}/);
      expect(unit, amount).toMatch(/^(|s|m|N|N·m|m\/s)$/);
      expect(max).toBeGreaterThan(min);
    }
  });

  it('does the same every time, and something', async () => {
    const spec = disturbed(name);
    const drive = await driveWith(spec);
    expect((await driveWith(JSON.parse(JSON.stringify(spec)))).hash).toBe(drive.hash);
    expect(drive.hash === hash).toBe(FRAMES_ONLY.includes(name));
  });

  it('is told of at the ticks in which it acts', async () => {
    const { ticks } = await driveWith(disturbed(name));
    const acting = ticks.filter(({ disturbances }) => disturbances.length > 0);
    expect(acting.length).toBeGreaterThan(0);
    expect(acting.length).toBeLessThan(ticks.length);
    for (const { disturbances } of acting) expect(disturbances).toEqual([{ kind: name, index: 0 }]);
  });
});

it('docs/disturbances.md tells of every kind; `npx vitest -u` writes it', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/disturbances.md');
});

describe('a disturbance', () => {
  const acting = (ticks: Awaited<ReturnType<typeof driveAll>>['ticks'], index = 0) =>
    ticks.filter(({ disturbances }) => disturbances.some((one) => one.index === index));
  const blank: DisturbanceSpec = { kind: 'blanked-frames', time: 2, duration: 0.3 };

  it('acts from its time on for as long as it says', async () => {
    const { ticks } = await driveAll(specWith({}, { disturbances: [blank] }));
    expect(acting(ticks).map(({ index }) => index)).toEqual([40, 41, 42, 43, 44, 45]);
  });

  it('begins at a place, or acts on a stretch', async () => {
    const atPlace: DisturbanceSpec = { kind: 'blanked-frames', place: 50, duration: 0.5 };
    const patch: DisturbanceSpec = { kind: 'slippery-patch', place: 80, length: 20, friction: 0.99 };
    const { ticks } = await driveAll(specWith({}, { disturbances: [atPlace, patch] }));
    const before = ticks.find(({ index }) => index === acting(ticks)[0]!.index - 1)!;
    expect(acting(ticks)).toHaveLength(10);
    expect(acting(ticks)[0]!.s).toBeGreaterThanOrEqual(50);
    expect(before.s).toBeLessThan(50);
    expect(acting(ticks, 1)).toEqual(ticks.filter(({ s }) => s >= 80 && s < 100));
  });

  it('draws what is given as a range from the seed of the episode', async () => {
    const beginsAt = async (seed: number, first: DisturbanceSpec[] = []) => {
      const late: DisturbanceSpec = { kind: 'blanked-frames', time: [1, 8], duration: 0.5 };
      const { ticks } = await driveAll(specWith({}, { seed, disturbances: [...first, late] }));
      return acting(ticks, first.length)[0]!.time;
    };
    const times = [await beginsAt(1), await beginsAt(2), await beginsAt(3), await beginsAt(1, [blank])];
    expect(new Set(times).size).toBe(4);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(1);
      expect(time).toBeLessThan(8.05);
    }
    expect(await beginsAt(2)).toBe(times[1]);
  });

  it.each([
    [{ kind: 'push', time: 1, place: 5, duration: 1, force: 1, towards: 'left' }, /either a time or a place/],
    [{ kind: 'push', duration: 1, force: 1, towards: 'left' }, /either a time or a place/],
    [{ kind: 'push', time: 1, duration: 1, force: 1, towards: 'up' }, /left/],
    [{ kind: 'steering-stuck', time: 1, duration: 1, force: 1 }, /force/],
    [{ kind: 'steering-stuck', time: 1, duration: -1 }, /duration/],
    [{ kind: 'steering-stuck', time: [2, 1], duration: 1 }, /time/],
    [{ kind: 'earthquake' }, /kind/],
  ])('%# is refused where it is wrong', (wrong, message) => {
    const { success, error } = disturbanceSchema.safeParse(wrong);
    expect(success).toBe(false);
    expect(JSON.stringify(error!.issues)).toMatch(message);
  });
});

/** The page as it should be now. */
function page(): string {
  const sections = DISTURBANCES.map(({ kind, description, span, amounts, schema }) => {
    const { shape } = schema;
    const rows = Object.keys(shape)
      .filter((field) => field !== 'kind' && !Object.hasOwn(SPAN_AMOUNTS[span], field))
      .map((field) => {
        const amount: AmountField | undefined = Object.hasOwn(amounts, field)
          ? (amounts as Readonly<Record<string, AmountField>>)[field]
          : undefined;
        const meta = (shape as Readonly<Record<string, z.ZodType>>)[field]!.meta();
        const unit = amount?.unit ?? meta?.unit ?? '';
        const range = amount === undefined ? '' : `${amount.min} to ${amount.max}`;
        return `| \`${field}\` | ${unit} | ${range} | ${amount?.description ?? meta?.description} |`;
      });
    const table = ['| field | unit | range | what it is |', '| --- | --- | --- | --- |', ...rows];
    return [
      `## ${kind}`,
      '',
      `${description}. ${SPANS[span]}`.trim(),
      ...(rows.length > 0 ? ['', ...table] : []),
      '',
    ].join('\n');
  });
  return [INTRODUCTION, ...sections].join('\n');
}

const SPANS = {
  time: 'Once: it takes `time` or `place`, and `duration`.',
  stretch: 'On a stretch: it takes `place` and `length`.',
  own: '',
} as const;

const INTRODUCTION = `# Disturbances

<!-- Written by \`npx vitest -u sim/disturbances\` from sim/disturbances/registry.ts. -->

What befalls a car in an episode, as [suite files](suites.md) name it by \`kind\`. Every number that has a range here is
either a number, or \`[from, to]\`, between which the seed of the episode draws one. Left is positive; the car is put back
as always when it strays, and a disturbance goes on then.

| when | unit | what it is |
| --- | --- | --- |
| \`time\` or \`place\` | s, m | ${SPAN_AMOUNTS.time.time.description}; or ${SPAN_AMOUNTS.time.place.description} |
| \`duration\` | s | ${SPAN_AMOUNTS.time.duration.description} |
| \`length\` | m | ${SPAN_AMOUNTS.stretch.length.description} |
`;
