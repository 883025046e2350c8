import { MemoryStorage } from './memory.ts';
import { subfolder } from './subfolder.ts';
import { describeStorage } from './testing/behaviour.ts';

describeStorage('MemoryStorage', async () => new MemoryStorage());
describeStorage('a subfolder', async () => subfolder(new MemoryStorage(), 'deep/inside'));
