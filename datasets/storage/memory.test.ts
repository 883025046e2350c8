import { describeStorage } from './behaviour.ts';
import { MemoryStorage } from './memory.ts';
import { subfolder } from './subfolder.ts';

describeStorage('MemoryStorage', async () => new MemoryStorage());
describeStorage('a subfolder', async () => subfolder(new MemoryStorage(), 'deep/inside'));
