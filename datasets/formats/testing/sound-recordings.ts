import { dump } from 'npyjs';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../../headless/machine/images/webcodecs.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { exporters } from '../../transfer/exporters.ts';
import { startVideo } from '../../video/encode.ts';
import { writeClip } from '../comma-research/testing/write-clip.ts';
import type { RecordingFormat } from '../format.ts';
import { formats } from '../open.ts';
import { writeDriveBag } from '../ros-bag/testing/write-bag.ts';
import { openRecording } from '../wheelhouse/reader.ts';
import { createRecordingWriter } from '../wheelhouse/writer.ts';

/** Formats that cannot be made here without a video encoder. */
const WITH_VIDEO = ['lerobot', 'deeptesla'];

/** The formats of which there is a sound recording on this machine. */
export async function madeFormats(): Promise<RecordingFormat[]> {
  const video = await registerWebCodecs();
  return formats.filter(({ name }) => video || !WITH_VIDEO.includes(name));
}

/** Paths of all files of a storage. */
export async function allFiles(storage: FileStorage, folder = ''): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, kind } of await storage.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'file') paths.push(path);
    else paths.push(...(await allFiles(storage, path)));
  }
  return paths;
}

/** A sound small recording of every format that can be made here, by the format's name. */
export async function soundRecordings(): Promise<Record<string, MemoryStorage>> {
  const video = await registerWebCodecs();
  const picture = await greyJpeg(90);
  const size = { width: 32, height: 16 };
  const own = new MemoryStorage('own');
  const cameras = { centre: size };
  const about = {
    format: 'wheelhouse',
    name: 'own',
    rate: 20,
    timeSource: 'recorded' as const,
    cameras,
    conversions: [],
  };
  const writer = await createRecordingWriter(own, about, codec);
  for (let i = 0; i < 6; i++) {
    const frame = { ...size, time: i / 20, pixels: new Uint8Array(32 * 16 * 3).fill(20 * i) };
    const values = { steeringAngle: i / 10, speed: 5, torque: 1 };
    await writer.append({ time: i / 20, values, frames: { centre: frame }, gap: i === 3 });
  }
  await writer.close();
  const made: Record<string, MemoryStorage> = { wheelhouse: own };
  const source = await openRecording(own, codec);
  for (const exporter of exporters) {
    if (!video && WITH_VIDEO.includes(exporter.name)) continue;
    made[exporter.name] = new MemoryStorage(exporter.name);
    await exporter.export(source, made[exporter.name]!, codec, {});
  }
  const meta = JSON.stringify({ inputs: ['cam/image_array', 'user/angle'], types: ['image_array', 'float'] });
  const v1: Record<string, Uint8Array | string> = { 'meta.json': meta };
  const dash: Record<string, Uint8Array | string> = {
    'data.txt': '0.jpg 1.5\n1.jpg -2\n2.jpg 0,2018-07-01 17:09:44:912\n',
  };
  const challenge: string[] = ['index,timestamp,width,height,frame_id,filename,angle,torque,speed,lat,long,alt'];
  const centre: Record<string, Uint8Array> = {};
  for (let i = 0; i < 3; i++) {
    v1[`record_${i}.json`] = JSON.stringify({ 'cam/image_array': `${i}.jpg`, 'user/angle': 0.1, milliseconds: 50 * i });
    v1[`${i}.jpg`] = picture;
    dash[`${i}.jpg`] = picture;
    const stamp = `14794242150${i}0000000`;
    challenge.push(`x,${stamp},640,480,center_camera,center/${stamp}.jpg,0.1,0.2,15,37,-122,9`);
    centre[`center/${stamp}.jpg`] = picture;
  }
  made['donkeycar-tub-v1'] = new MemoryStorage('v1', v1);
  made.sullychen = new MemoryStorage('dash', dash);
  made['udacity-challenge2'] = new MemoryStorage('ch2', { 'interpolated.csv': challenge.join('\n'), ...centre });
  made['udacity-challenge2-test'] = new MemoryStorage('test', {
    'CH2_final_evaluation.csv':
      'frame_id,steering_angle,public\n1479424215000000000,0.5,1\n1479424215050000000,-0.5,0\n',
    'center/1479424215000000000.jpg': picture,
    'center/1479424215050000000.jpg': picture,
  });
  made['ros-bag'] = new MemoryStorage('bags', { 'HMB_1.bag': writeDriveBag(picture, 6) });
  made['telemetry-csv'] = new MemoryStorage('telemetry', {
    't.csv': 't_s,steering_wheel_deg,speed_mps\n0,1,2\n0.1,2,3\n0.2,3,4\n',
  });
  const front = video ? await startVideo(32, 16, { rate: 30, container: 'mkv' }) : undefined;
  for (let i = 0; i < 4; i++) await front?.add({ ...size, time: 0, pixels: new Uint8Array(32 * 16 * 3).fill(50 * i) });
  if (front !== undefined)
    made.deeptesla = new MemoryStorage('epochs', {
      'epoch01_steering.csv': 'ts_micro,frame,wheel\n0,0,1\n33333,1,2\n66666,2,3\n',
      'epoch01_front.mkv': await front.finish(),
    });
  const npy = (values: number[]) => new Uint8Array(dump(Float64Array.from(values), [values.length], { dtype: 'f8' }));
  const t = Array.from({ length: 30 }, (_, i) => i / 80);
  made.comma2k19 = new MemoryStorage('segment', {
    'processed_log/CAN/steering_angle/t': npy(t),
    'processed_log/CAN/steering_angle/value': npy(t),
    'processed_log/CAN/speed/t': npy(t),
    'processed_log/CAN/speed/value': npy(t),
  });
  const clip = await writeClip(4);
  made['comma-research'] = new MemoryStorage('clips', { 'camera/a.h5': clip.camera, 'log/a.h5': clip.log });
  return made;
}
