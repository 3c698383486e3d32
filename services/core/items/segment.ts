import { z } from "zod";

/** Milliseconds from the beginning of the video; `toMs` is the first moment at which it is not seen any more. */
export const segment = z.object({ fromMs: z.int().min(0), toMs: z.int().min(0) }).readonly();
export type Segment = z.infer<typeof segment>;
