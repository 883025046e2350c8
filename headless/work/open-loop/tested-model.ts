import type { BackendName } from '../../../models/backend/open-backend.ts';
import type { ModelTest } from '../../../models/open-loop/test-recordings.ts';

/** A model that was tested on recordings; these are closed. */
export interface TestedModel extends ModelTest {
  readonly model: string;
  readonly backend: BackendName;
  /** Frames a second that the model was trained on [Hz]. */
  readonly ownRate: number;
}
