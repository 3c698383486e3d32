// What machines say to people is a code with its parameters; each language writes its own sentence (services/words). Sentences that were
// kept before there were codes stay as they are, and are shown as quotations.
import { z } from "zod";

export const quoted = z.object({ code: z.literal("quoted"), text: z.string() });
export type Quoted = z.infer<typeof quoted>;
