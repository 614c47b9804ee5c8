// Plain JavaScript, because the store's thread loads it, and a worker thread of Node 20 cannot load TypeScript.
import { deflateRawSync } from "node:zlib";

/** Bodies from this length on are deflated: traces repeat themselves, and what is not written need not be synced. */
const deflatedFrom = 600;
const deflating = { level: 3, chunkSize: 4 * 1024 };

export const deflated = (text) => (text.length < deflatedFrom ? text : deflateRawSync(text, deflating));
