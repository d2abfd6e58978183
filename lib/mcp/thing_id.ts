import { z } from "zod";

/** The id of a run, an interview, a seed or a worker, or its end. */
export const THING_ID = z.string().min(4).max(128);
