import { describe, expect, it } from 'vitest';
import { Refusal } from '../../refusal.ts';
import { inFile } from '../testing/in-file.ts';
import { openDriveTrack } from './track.ts';

const lane = (id: number, type = 'driving', width = 3.5) =>
  `<lane id="${id}" type="${type}"><width sOffset="0" a="${width}" b="0" c="0" d="0"/>
   <roadMark sOffset="0" type="solid" color="white" width="0.15"/></lane>`;
const lanes = `<lanes><laneSection s="0"><left>${lane(1)}</left>
  <center><lane id="0" type="none"><roadMark sOffset="0" type="broken" color="yellow" width="0.12"/></lane></center>
  <right>${lane(-1)}${lane(-2, 'sidewalk', 2)}</right></laneSection></lanes>`;

interface RoadText {
  readonly id: number;
  readonly geometry: string;
  readonly length: number;
  readonly link?: string;
  readonly junction?: number;
  readonly lanes?: string;
  readonly rule?: 'RHT' | 'LHT';
  readonly type?: string;
}

const road = ({ id, geometry, length, link = '', junction = -1, lanes: own = lanes, rule, type = '' }: RoadText) =>
  `<road id="${id}" name="" length="${length}" junction="${junction}"${rule ? ` rule="${rule}"` : ''}><link>${link}</link>
  ${type}<planView>${geometry}</planView>${own}</road>`;
const line = (x: number, y: number, hdg: number, length: number) =>
  `<geometry s="0" x="${x}" y="${y}" hdg="${hdg}" length="${length}"><line/></geometry>`;
const arc = (x: number, y: number, hdg: number, length: number, curvature: number) =>
  `<geometry s="0" x="${x}" y="${y}" hdg="${hdg}" length="${length}"><arc curvature="${curvature}"/></geometry>`;
const successor = (type: string, id: number, contact = 'start') =>
  `<successor elementType="${type}" elementId="${id}" contactPoint="${contact}"/>`;
const document = (...parts: string[]) => `<OpenDRIVE><header revMajor="1" revMinor="7"/>${parts.join('')}</OpenDRIVE>`;

describe('a track from OpenDRIVE', () => {
  it('follows the middle of the right lane, with its paint and its edges', () => {
    const track = openDriveTrack(document(road({ id: 1, geometry: line(0, 0, 0, 100), length: 100 })), 'a.xodr');
    expect(track.closed).toBe(false);
    expect(track.length).toBeCloseTo(100, 3);
    expect(inFile(track, 40).y).toBeCloseTo(-1.75, 6);
    expect([track.laneCentre(40), track.laneWidth(40)]).toEqual([0, 3.5]);
    // The walkers' lane is no pavement for cars.
    expect([track.rightEdge(40), track.leftEdge(40)]).toEqual([-1.75, 5.25]);
    const paint = track.markings.map(({ style, colour, offset }) => `${style} ${colour} ${offset(40)}`).sort();
    expect(paint).toEqual(['dashed yellow 1.75', 'solid white -1.75', 'solid white 5.25']);
  });

  it('goes through a junction, and along a road against its s', () => {
    const quarter = (Math.PI / 2) * 20;
    const text = document(
      road({ id: 1, geometry: line(0, 0, 0, 80), length: 80, link: successor('junction', 9) }),
      road({
        id: 2,
        geometry: arc(80, 0, 0, quarter, 1 / 20),
        length: quarter,
        junction: 9,
        link: successor('road', 3, 'end'),
      }),
      // This one comes from the north towards the junction, so it is driven backwards, on its left lane.
      road({ id: 3, geometry: line(100, 120, -Math.PI / 2, 100), length: 100 }),
      `<junction id="9"><connection id="0" incomingRoad="1" connectingRoad="2" contactPoint="start"/></junction>`,
    );
    const track = openDriveTrack(text, 'a.xodr');
    const end = inFile(track, track.length);
    expect(end.x).toBeCloseTo(101.75, 3);
    expect(end.y).toBeCloseTo(120, 3);
    expect(track.length).toBeCloseTo(80 + (quarter * 21.75) / 20 + 100, 1);
    expect(openDriveTrack(text, 'a.xodr', { road: '3' }).length).toBeCloseTo(100, 2);
    expect(() => openDriveTrack(text, 'a.xodr', { road: '8' })).toThrow(/there is no road 8; give one of 1, 2, 3/);
  });

  it('closes a ring', () => {
    const round = 2 * Math.PI * 50;
    const track = openDriveTrack(
      document(road({ id: 1, geometry: arc(0, 0, 0, round, 1 / 50), length: round, link: successor('road', 1) })),
      'a.xodr',
    );
    expect(track.closed).toBe(true);
    expect(track.length).toBeCloseTo(2 * Math.PI * 51.75, 2);
    expect(track.pointAt(track.length + 5).x).toBeCloseTo(track.pointAt(5).x, 6);
  });

  it('does not follow a link to a road that is somewhere else', () => {
    const track = openDriveTrack(
      document(
        road({ id: 1, geometry: line(0, 0, 0, 80), length: 80, link: successor('road', 2) }),
        road({ id: 2, geometry: line(90, 0, 0, 70), length: 70 }),
      ),
      'a.xodr',
    );
    expect(track.length).toBeCloseTo(80, 2);
  });

  it('is refused without a lane to drive in', () => {
    const footway = lanes.replaceAll('driving', 'sidewalk');
    const text = document(road({ id: 1, geometry: line(0, 0, 0, 80), length: 80, lanes: footway }));
    expect(() => openDriveTrack(text, 'a.xodr')).toThrow(Refusal);
    expect(() => openDriveTrack(text, 'a.xodr')).toThrow(/no road has a lane to drive in/);
  });
});

/** Right lanes only, from the centre outwards, by section. */
const rightLanes = (...sections: { s: number; lanes: string }[]) =>
  `<lanes>${sections
    .map(
      ({ s, lanes: own }) =>
        `<laneSection s="${s}"><center><lane id="0" type="none"/></center><right>${own}</right></laneSection>`,
    )
    .join('')}</lanes>`;
const linked = (id: number, successor?: number, width = 3.5) =>
  lane(id, 'driving', width).replace(
    '</lane>',
    `<link>${successor ? `<successor id="${successor}"/>` : ''}</link></lane>`,
  );

describe('where traffic drives on the left', () => {
  const straight = { id: 1, geometry: line(0, 0, 0, 100), length: 100 } as const;

  it('the left lane is driven along the road, and the right one against it', () => {
    const text = document(road({ ...straight, rule: 'LHT' }));
    const track = openDriveTrack(text, 'a.xodr');
    expect(track.drivingSide).toBe('left');
    expect(inFile(track, 40)).toMatchObject({ heading: 0 });
    expect(inFile(track, 40).y).toBeCloseTo(1.75, 6);
    expect([track.rightEdge(40), track.leftEdge(40)]).toEqual([-5.25, 1.75]);
    expect(track.oncomingCentre!(40)).toBe(-3.5);
    const paint = track.markings.map(({ style, colour, offset }) => `${style} ${colour} ${offset(40)}`).sort();
    expect(paint).toEqual(['dashed yellow -1.75', 'solid white -5.25', 'solid white 1.75']);
    const back = openDriveTrack(text, 'a.xodr', { road: '1', lane: -1 });
    expect(inFile(back, 40).x).toBeCloseTo(60, 3);
    expect(inFile(back, 40).y).toBeCloseTo(-1.75, 6);
  });

  it('a one-way road of left lanes goes along s, one of right lanes against it', () => {
    const left = lanes.replace(/<right>[\s\S]*<\/right>/, '');
    const right = rightLanes({ s: 0, lanes: lane(-1) });
    const startOf = (own: string, rule: 'LHT' | 'RHT') =>
      inFile(openDriveTrack(document(road({ ...straight, lanes: own, rule })), 'a.xodr'), 0).x;
    expect([startOf(left, 'LHT'), startOf(right, 'LHT')].map(Math.round)).toEqual([0, 100]);
    expect([startOf(left, 'RHT'), startOf(right, 'RHT')].map(Math.round)).toEqual([100, 0]);
  });

  it('each road of a file has its own side, and nobody changes over where they meet', () => {
    const text = document(
      road({ id: 1, geometry: line(0, 0, 0, 80), length: 80, link: successor('road', 2) }),
      road({ id: 2, geometry: line(80, 0, 0, 70), length: 70, rule: 'LHT' }),
    );
    const track = openDriveTrack(text, 'a.xodr');
    expect([track.length, track.drivingSide]).toEqual([expect.closeTo(80, 2), 'right']);
    const second = openDriveTrack(text, 'a.xodr', { road: '2' });
    expect([second.length, second.drivingSide]).toEqual([expect.closeTo(70, 2), 'left']);
  });

  it('a lane may be driven against its side', () => {
    const against = rightLanes({ s: 0, lanes: lane(-1).replace('type=', 'direction="reversed" type=') });
    const text = document(road({ ...straight, lanes: against }));
    expect(inFile(openDriveTrack(text, 'a.xodr'), 0).x).toBeCloseTo(100, 3);
  });
});

describe('the longest way without a change of lane', () => {
  const exit = [
    road({
      id: 1,
      geometry: line(0, 0, 0, 200),
      length: 200,
      link: successor('junction', 9),
      lanes: rightLanes({ s: 0, lanes: lane(-1) + lane(-2) }, { s: 100, lanes: lane(-1) + lane(-2) + lane(-3) }),
    }),
    road({
      id: 10,
      geometry: line(200, 0, 0, 20),
      length: 20,
      junction: 9,
      link: successor('road', 2),
      lanes: rightLanes({ s: 0, lanes: lane(-1) }),
    }),
    road({ id: 2, geometry: line(220, 0, 0, 300), length: 300, lanes: rightLanes({ s: 0, lanes: lane(-1) }) }),
  ];
  const junction = (links: string) =>
    `<junction id="9"><connection id="0" incomingRoad="1" connectingRoad="10" contactPoint="start">${links}</connection></junction>`;

  it('takes the lane that leads on, not the outermost one', () => {
    const track = openDriveTrack(document(...exit, junction('')), 'a.xodr');
    expect(track.length).toBeCloseTo(520, 2);
    expect(inFile(track, 0).y).toBeCloseTo(-1.75, 6);
  });

  it('follows the links of lanes, and only those', () => {
    const text = (link: string) => document(...exit, junction(link));
    expect(openDriveTrack(text('<laneLink from="-1" to="-1"/>'), 'a.xodr').length).toBeCloseTo(520, 2);
    // The junction says that nobody comes from lane -1; the longest way is the road behind it.
    expect(openDriveTrack(text('<laneLink from="-3" to="-1"/>'), 'a.xodr').length).toBeCloseTo(300, 2);
  });

  it('follows the links between the sections of a road', () => {
    const own = (to: number) =>
      rightLanes({ s: 0, lanes: linked(-1, -1) + linked(-2, to) }, { s: 60, lanes: lane(-1) + lane(-2) });
    const length = (to: number) =>
      openDriveTrack(document(road({ id: 1, geometry: line(0, 0, 0, 100), length: 100, lanes: own(to) })), 'a.xodr', {
        road: '1',
        lane: -2,
      }).length;
    expect(length(-2)).toBeCloseTo(100, 2);
    // A link to a lane beside is a change of lane.
    expect(length(-1)).toBeCloseTo(60, 2);
    // One to a lane that is not there is told.
    expect(length(-7)).toBeCloseTo(60, 2);
    const text = document(road({ id: 1, geometry: line(0, 0, 0, 100), length: 100, lanes: own(-7) }));
    expect(openDriveTrack(text, 'a.xodr').notes).toEqual([
      'a link to a lane that is not there is taken as its end (1): road 1: lane section 0: lane -2',
    ]);
  });

  it('goes as far as a lane goes, and from where it begins', () => {
    const own = rightLanes(
      { s: 0, lanes: lane(-1, 'sidewalk') },
      { s: 30, lanes: lane(-1) },
      { s: 80, lanes: lane(-1, 'sidewalk') },
    );
    const track = openDriveTrack(
      document(road({ id: 1, geometry: line(0, 0, 0, 100), length: 100, lanes: own })),
      'a.xodr',
    );
    expect([inFile(track, 0).x, inFile(track, track.length).x]).toEqual([expect.closeTo(30, 3), expect.closeTo(80, 3)]);
  });

  it.each([
    [12, 280],
    [4, 80],
  ])('goes round a corner of %d m for %d m: one that no car gets round ends the way', (radius, length) => {
    const quarter = (Math.PI / 2) * radius;
    const corner = arc(80, 0, 0, quarter, -1 / radius);
    const text = document(
      road({ id: 1, geometry: line(0, 0, 0, 80), length: 80, link: successor('road', 2) }),
      road({ id: 2, geometry: corner, length: quarter, link: successor('road', 3) }),
      road({ id: 3, geometry: line(80 + radius, -radius, -Math.PI / 2, 184), length: 184 }),
    );
    const from = openDriveTrack(text, 'a.xodr', { road: '1', lane: -1 });
    expect(Math.abs(from.length - length)).toBeLessThan(4);
  });

  it.each([
    ['<access sOffset="0" rule="allow" restriction="bus"/>', -1],
    ['<access sOffset="0" rule="deny" restriction="passengerCar"/>', -1],
    ['<access sOffset="0" rule="allow"><restriction type="bus"/><restriction type="taxi"/></access>', -1],
    ['<access sOffset="0" rule="allow"><restriction type="bus"/><restriction type="passengerCar"/></access>', -2],
    ['<access sOffset="0" rule="deny" restriction="trucks"/>', -2],
    ['<access sOffset="0" restriction="pedestrian"/>', -2],
  ])('keeps off lanes that are not for cars: %s', (access, chosen) => {
    const own = rightLanes({ s: 0, lanes: lane(-1) + lane(-2).replace('</lane>', `${access}</lane>`) });
    const track = openDriveTrack(
      document(road({ id: 1, geometry: line(0, 0, 0, 100), length: 100, lanes: own })),
      'a.xodr',
    );
    expect(inFile(track, 0).y).toBeCloseTo(3.5 * (chosen + 0.5), 6);
    expect(track.notes!.length).toBe(chosen === -1 ? 1 : 0);
  });

  it('begins at the road, the lane and the place that are named', () => {
    const text = document(...exit, junction(''));
    const from = (start: object) => openDriveTrack(text, 'a.xodr', start);
    expect(from({ road: '1', lane: -2 }).length).toBeCloseTo(200, 2);
    expect(inFile(from({ road: '1', lane: -2, s: 150 }), 0)).toMatchObject({ x: expect.closeTo(150, 3) });
    expect(inFile(from({ road: '1', lane: -3 }), 0)).toMatchObject({
      x: expect.closeTo(100, 3),
      y: expect.closeTo(-8.75, 3),
    });
    expect(from({ road: '1', s: 50 }).length).toBeCloseTo(470, 2);
    expect(() => from({ road: '1', lane: 2 })).toThrow(
      /road 1 has no lane 2 to drive in; give one of its lanes: -1, -2, -3/,
    );
    expect(() => from({ road: '1', lane: -3, s: 20 })).toThrow(/no lane -3 to drive in at s = 20/);
    expect(() => from({ road: '2', s: 301 })).toThrow(/road 2 is 300\.0 m long; give s from 0 to that/);
    expect(() => from({ road: '7' })).toThrow(/there is no road 7; give one of 1, 10, 2/);
  });
});

describe('speed limits', () => {
  const speed = (max: string | number, unit = 'km/h') => `<speed max="${max}" unit="${unit}"/>`;
  const kmh = (text: string, at: number) => 3.6 * openDriveTrack(text, 'a.xodr').speedLimit(at);
  const straight = { id: 1, geometry: line(0, 0, 0, 100), length: 100 } as const;

  it('hold for their stretch of the road', () => {
    const type = `<type s="0" type="town">${speed(30)}</type><type s="50" type="rural">${speed(70)}</type>`;
    const text = document(road({ ...straight, type }));
    expect([10, 45, 55, 90].map((at) => Math.round(kmh(text, at)))).toEqual([30, 30, 70, 70]);
  });

  it.each([
    [10, 'm/s', 36],
    [50, 'km/h', 50],
    [30, 'mph', 48.28],
  ])('of %d %s are read', (max, unit, expected) => {
    const type = `<type s="0" type="town">${speed(max, unit)}</type>`;
    expect(kmh(document(road({ ...straight, type })), 50)).toBeCloseTo(expected, 2);
    const own = lanes.replaceAll('</lane>', `${speed(max, unit).replace('max', 'sOffset="0" max')}</lane>`);
    expect(kmh(document(road({ ...straight, lanes: own })), 50)).toBeCloseTo(expected, 2);
  });

  it('of the lane win over those of the road, and are in m/s without a unit', () => {
    const own = lanes.replaceAll('</lane>', '<speed sOffset="20" max="5"/></lane>');
    const type = `<type s="0" type="town">${speed(70)}</type>`;
    const text = document(road({ ...straight, type, lanes: own }));
    expect([10, 30].map((at) => Math.round(kmh(text, at)))).toEqual([70, 18]);
  });

  it('may be left open', () => {
    const open = (max: string) =>
      document(road({ ...straight, type: `<type s="0" type="motorway">${speed(max)}</type>` }));
    expect(['no limit', 'undefined', '', '0'].map((max) => Math.round(kmh(open(max), 50)))).toEqual([80, 80, 80, 80]);
    expect(openDriveTrack(open('-1'), 'a.xodr').notes).toEqual([expect.stringMatching(/not positive/)]);
  });

  it('hold on through a junction that states none', () => {
    const text = document(
      road({ ...straight, type: `<type s="0" type="town">${speed(30)}</type>`, link: successor('junction', 9) }),
      road({ id: 10, geometry: line(100, 0, 0, 20), length: 20, junction: 9 }),
      `<junction id="9"><connection id="0" incomingRoad="1" connectingRoad="10" contactPoint="start"/></junction>`,
    );
    expect([50, 110].map((at) => Math.round(kmh(text, at)))).toEqual([30, 30]);
  });
});
