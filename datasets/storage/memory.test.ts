import { describeStorage } from './behaviour.ts';
import { MemoryStorage } from './memory.ts';

describeStorage('MemoryStorage', async () => new MemoryStorage());
