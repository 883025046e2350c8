import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../metrics/registry.ts';
import { ticksOf, traceOf } from '../trace/drive-trace.ts';
import { renderReport } from './render-report.ts';
import { attribute, elementsOf, readPage, textOf, withClass } from './testing/read-page.ts';
import { syntheticDrive, syntheticInput } from './testing/synthetic-drive.ts';

const HOSTILE = `</title><script>alert(1)</script>"'><img src=https://evil.example/x onerror=alert(1)>&amp;\u202e\u0000\ud800`;

const drive = syntheticDrive({ swing: 0.9, interventions: [20, 40] });
const calm = syntheticDrive({ track: 'calm ring', swing: 0.05 });
const report = renderReport(syntheticInput([drive, calm]));
const page = readPage(report);

describe('a report', () => {
  it('is HTML and SVG without an error', () => {
    expect(page.errors).toEqual([]);
    expect(page.elements.filter((one) => one.tagName === 'svg').length).toBeGreaterThan(6);
  });

  it('loads nothing from elsewhere and runs nothing', () => {
    expect(page.elements.filter((one) => ['script', 'link', 'iframe', 'object', 'base'].includes(one.tagName))).toEqual(
      [],
    );
    for (const element of page.elements) {
      for (const { name, value } of element.attrs) {
        expect(name).not.toMatch(/^on|^style$/);
        if (['src', 'href', 'xlink:href', 'srcset', 'data', 'action'].includes(name))
          expect(value).toMatch(/^(#|data:image)/);
      }
    }
    expect(report).not.toMatch(/https?:|url\(|@import/);
  });

  it('has a security policy that allows its own style and no other', () => {
    const policy = page.elements.find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy')!;
    const style = page.elements.filter((one) => one.tagName === 'style');
    expect(style).toHaveLength(1);
    const hash = createHash('sha256').update(textOf(style[0]!)).digest('base64');
    expect(attribute(policy, 'content')).toBe(`default-src 'none'; img-src data:; style-src 'sha256-${hash}'`);
  });

  it('takes names for text, whatever they are', () => {
    const input = syntheticInput([syntheticDrive({ track: HOSTILE })], {
      model: HOSTILE,
      suite: HOSTILE,
      adapter: HOSTILE,
    });
    const hostile = readPage(renderReport(input));
    expect(hostile.errors).toEqual([]);
    const harmless = readPage(renderReport(syntheticInput([syntheticDrive({})])));
    // Not one element more than with harmless names.
    const tags = (read: typeof page) => read.elements.map((one) => one.tagName);
    expect(tags(hostile)).toEqual(tags(harmless).filter((tag) => tag !== 'strong'));
    expect(hostile.elements.flatMap((one) => one.attrs).filter(({ name }) => name.startsWith('on'))).toEqual([]);
    const heading = hostile.elements.find((one) => one.tagName === 'h1')!;
    expect(textOf(heading)).toContain(
      `<script>alert(1)</script>"'><img src=https://evil.example/x onerror=alert(1)>&amp;�`,
    );
    expect(textOf(heading)).not.toContain('\u202e');
  });

  it('shows the arithmetic of the autonomy', () => {
    const facts = withClass(page, 'facts').map(textOf).join('\n');
    // Two interventions in 60 s cost 12 s, a fifth; over both episodes of 60 s each it is a tenth.
    expect(facts).toContain('1 − (2 interventions · 6 s) / 60.0 s = 80.0 %');
    expect(facts).toContain('1 − (0 interventions · 6 s) / 60.0 s = 100 %');
    expect(facts).toContain('1 − (2 interventions · 6 s) / 120.0 s = 90.0 %');
  });

  it('says at its head that routes were not driven to their end, and shows which', () => {
    const driven = syntheticInput([syntheticDrive({}), syntheticDrive({})]);
    const [one, other] = driven.evaluation.episodes;
    const episodes = [one!, { ...other!, completed: 0, autonomy: 0 }];
    const said = readPage(renderReport({ ...driven, evaluation: { ...driven.evaluation, episodes } }));
    const strong = said.elements.filter(({ tagName }) => tagName === 'strong').map(textOf);
    expect(strong[0]).toMatch(/^1 of 2 routes not driven to the end \(in 1 the car did not get away from the start\)/);
    expect(withClass(said, 'unfinished')).toHaveLength(1);
  });

  it('names software rendering so that it catches the eye', () => {
    expect(page.elements.filter((one) => one.tagName === 'strong').map(textOf)).toEqual(['software rendering']);
  });

  it('states the version of every metric', () => {
    const notes = withClass(page, 'notes').map(textOf).join('');
    expect(notes.match(/version \d/g)).toHaveLength(METRICS.length);
  });

  it('colours the driven line by lateral error and breaks it where the car was put back', () => {
    const maps = withClass(page, 'map').filter((one) => attribute(one, 'aria-label') === 'ring from above');
    const driven = elementsOf(maps[0]!).filter((one) => attribute(one, 'class')?.startsWith('driven'));
    expect(driven.map((one) => attribute(one, 'class'))).toEqual([
      'driven e0',
      'driven e1',
      'driven e2',
      'driven e3',
      'driven e4',
    ]);
    const calmMap = withClass(page, 'map').find((one) => attribute(one, 'aria-label') === 'calm ring from above')!;
    const calmLine = elementsOf(calmMap).filter((one) => attribute(one, 'class')?.startsWith('driven'));
    expect(calmLine.map((one) => attribute(one, 'class'))).toEqual(['driven e0']);
    // One stroke from start to end: nothing interrupts the calm drive.
    expect(attribute(calmLine[0]!, 'd')!.match(/M/g)).toHaveLength(1);
  });

  it('marks each intervention on the map and shades its cost in every panel', () => {
    const section = page.elements.find((one) => attribute(one, 'id') === 'episode-1')!;
    const within = { errors: [], elements: elementsOf(section) };
    const big = withClass(within, 'map')[0]!;
    expect(withClass({ errors: [], elements: elementsOf(big) }, 'intervention')).toHaveLength(2);
    const shaded = withClass(within, 'shaded');
    expect(shaded).toHaveLength(8);
    // The plot is 852 wide and 59.95 s long.
    for (const one of shaded) expect(Number(attribute(one, 'width'))).toBeCloseTo((6 / 59.95) * 852, 0);
  });

  it('draws no coordinate that is no number', () => {
    const ticks = ticksOf(drive.trace);
    const broken = ticks.map((tick, i) => (i % 7 === 0 ? { ...tick, x: Number.NaN, torque: Number.NaN } : tick));
    for (const odd of [broken, [], ticks.slice(0, 1)].map((kept) => ({
      ...drive,
      trace: traceOf(kept, drive.trace.interventions),
    }))) {
      const text = renderReport(syntheticInput([odd]));
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(readPage(text).errors).toEqual([]);
    }
  });

  it('stays below 5 MB for twelve long episodes with many frames', () => {
    const long = syntheticDrive({ seconds: 200, frames: 100, frameBytes: 60_000, interventions: [3, 50, 51, 52] });
    expect(renderReport(syntheticInput(new Array(12).fill(long))).length).toBeLessThan(5e6);
  });

  it('wants pictures for each episode', () => {
    const { evaluation } = syntheticInput([drive]);
    expect(() => renderReport({ evaluation, pictures: [] })).toThrow(RangeError);
  });
});
