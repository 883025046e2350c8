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
}

const road = ({ id, geometry, length, link = '', junction = -1, lanes: own = lanes }: RoadText) =>
  `<road id="${id}" name="" length="${length}" junction="${junction}"><link>${link}</link><planView>${geometry}</planView>${own}</road>`;
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
    expect(openDriveTrack(text, 'a.xodr', '3').length).toBeCloseTo(100, 2);
    expect(() => openDriveTrack(text, 'a.xodr', '8')).toThrow(/there is no road 8; give one of 1, 2, 3/);
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
