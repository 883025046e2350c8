import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';
import { columnReadingsSchema, joinReadings, parseColumns } from './readings.ts';
import { roleOfColumn, unitInName } from './units.ts';

const picture = await greyJpeg(90);
const list = '0.jpg 10\n1.jpg -20\n';
const drive = (more: Record<string, string> = {}) =>
  new MemoryStorage('drive', { 'data.txt': list, '0.jpg': picture, '1.jpg': picture, ...more });
const DEGREE = Math.PI / 180;

describe('how columns are to be read', () => {
  it('is written on a command line', () => {
    expect(parseColumns('picture=img, time=stamp:ms,steering=angle:deg:right,speed=3:km/h')).toEqual({
      picture: { column: 'img' },
      time: { column: 'stamp', unit: 'ms' },
      steering: { column: 'angle', unit: 'deg', positive: 'right' },
      speed: { column: '3', unit: 'km/h' },
    });
    expect(parseColumns('steering=a, b:left,table=labels.csv')).toEqual({
      steering: { column: 'a, b', positive: 'left' },
      table: 'labels.csv',
    });
  });

  it.each([
    ['stering=a', /"stering" is nothing .* did you mean steering\?/],
    ['picture', /it names no column/],
    ['steering=:deg', /it names no column/],
    ['steering=a:gon', /"gon" is no unit of steering; its units are rad, deg/],
    ['time=a:left', /"left" is no unit of time/],
  ])('is refused as %j', (text, message) => {
    expect(() => parseColumns(text)).toThrow(message);
  });

  it('is joined from several places', () => {
    const joined = joinReadings({ steering: { flip: true, scale: 2 } }, { steering: { scale: 3 }, table: 'a.csv' });
    expect(joined).toEqual({ steering: { flip: true, scale: 3 }, table: 'a.csv' });
    expect(columnReadingsSchema.parse(joined)).toEqual(joined);
  });

  it('turns signs round, scales and moves, whatever the format, and says so', async () => {
    const plain = await openAnyRecording(drive(), codec);
    const columns = { steering: { flip: true, scale: 2, offset: 5 } };
    const changed = await openAnyRecording(drive(), codec, { columns });
    expect([...plain.columns.steeringAngle!]).toEqual([-10 * DEGREE, 20 * DEGREE]);
    expect(changed.columns.steeringAngle![0]).toBeCloseTo(25 * DEGREE, 12);
    expect(changed.columns.steeringAngle![1]).toBeCloseTo(-35 * DEGREE, 12);
    expect([...changed.columns['source.angle']!]).toEqual([10, -20]);
    const [conversion] = changed.metadata.conversions;
    expect(conversion).toMatchObject({ column: 'steeringAngle', note: expect.stringContaining('sign turned round') });
    expect(conversion!.factor * 10 + conversion!.offset!).toBeCloseTo(25 * DEGREE, 12);
  });

  it('is remembered in columns.json, which what is asked for overrides', async () => {
    const beside = { 'columns.json': '\uFEFF{"steering": {"flip": true}}' };
    const remembered = await openAnyRecording(drive(beside), codec);
    expect(remembered.columns.steeringAngle![0]).toBeCloseTo(10 * DEGREE, 12);
    const asked = await openAnyRecording(drive(beside), codec, { columns: { steering: { flip: false } } });
    expect(asked.columns.steeringAngle![0]).toBeCloseTo(-10 * DEGREE, 12);
    const wrong = drive({ 'columns.json': '{"steering": {"flop": true}}' });
    await expect(openAnyRecording(wrong, codec)).rejects.toThrow(/drive\/columns\.json: steering: .*flop/);
  });

  it('is refused for a column that is not there', async () => {
    const speed = openAnyRecording(drive(), codec, { columns: { speed: { scale: 2 } } });
    await expect(speed).rejects.toThrow(
      'drive: speed: the recording has no such column; of those that can be changed it has steering',
    );
  });
});

describe('names of columns', () => {
  it.each([
    [
      'picture',
      ['center', 'Center Image', 'centre_img_path', 'filename', 'image', 'img', 'imgpath', 'file_name', 'front_camera'],
    ],
    ['left', ['left', 'left_image', 'LeftCam']],
    ['time', ['timestamp', 't', 't_s', 'time (ms)', 'unix_time', 'Date']],
    [
      'steering',
      [
        'steering',
        'Steering Angle',
        'steeringAngle',
        'steering_wheel_angle_deg',
        'angle',
        'angle (deg)',
        'user/angle',
        'steer',
        'steering_norm',
      ],
    ],
    ['speed', ['speed', 'Speed [km/h]', 'speed_mph', 'vehicle_speed', 'velocity', 'v_ms']],
    ['torque', ['torque', 'steering_torque', 'driver torque [Nm]']],
    ['throttle', ['throttle', 'gas_pedal']],
    ['brake', ['brake', 'reverse']],
  ])('tell what is a %s', (role, names) => {
    expect(names.map((name) => [name, roleOfColumn(name)])).toEqual(names.map((name) => [name, role]));
  });

  it('tell nothing where they are something else', () => {
    const names = [
      'yaw_angle',
      'steering_rate',
      'steering_torque_rate',
      'wheel_speed',
      'high_level_control',
      'x',
      '',
      'angular_velocity',
    ];
    expect(names.map((name) => [name, roleOfColumn(name)])).toEqual(names.map((name) => [name, undefined]));
  });

  it('tell units', () => {
    const units = [
      unitInName('steering_deg', 'steering'),
      unitInName('angle (rad)', 'steering'),
      unitInName('Speed [km/h]', 'speed'),
      unitInName('speed_km_h', 'speed'),
      unitInName('t_ms', 'time'),
      unitInName('steering', 'steering'),
      unitInName('deg', 'steering'),
    ];
    expect(units.map((unit) => unit?.name)).toEqual(['deg', 'rad', 'km/h', 'km/h', 'ms', undefined, undefined]);
  });
});
