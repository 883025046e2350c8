import { donkeycarTubExporter } from '../formats/donkeycar-tub/writer.ts';
import { lerobotExporter } from '../formats/lerobot/writer.ts';
import { mcapExporter } from '../formats/mcap/writer.ts';
import { udacitySimulatorExporter } from '../formats/udacity-simulator/writer.ts';
import type { RecordingExporter } from '../writing/exporter.ts';

/** All formats that can be written besides our own. */
export const exporters: readonly RecordingExporter[] = [
  udacitySimulatorExporter,
  donkeycarTubExporter,
  lerobotExporter,
  mcapExporter,
];
