import type { RandomBytes } from "../kernel/id.ts";

/** Random bytes of the system, fit for secrets; at most 65,536 at once. */
export const systemRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));
