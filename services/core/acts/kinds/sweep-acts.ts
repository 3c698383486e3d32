// Acts on sweeps: earlier items that meet newer entries. One that begins by itself and finds nothing leaves none.
import { z } from "zod";
import { type ActKind, nothing } from "../act-kind.ts";

const on = "sweep";

export const sweepActs = {
	/** With a rule: over none of the banks' changes. */
	"sweep-started": {
		on,
		details: z.object({
			...{ fromSequence: z.int(), toSequence: z.int() },
			...{ rule: z.string().optional(), ruleRevision: z.int().optional() },
		}),
	},
	"sweep-paused": { on, details: nothing },
	"sweep-resumed": { on, details: nothing },
	"sweep-approved": { on, details: nothing },
	"sweep-canceled": { on, details: nothing },
	/** In items. */
	"sweep-done": { on, details: z.object({ withheld: z.int(), putBeforePeople: z.int() }) },
} as const satisfies Readonly<Record<string, ActKind>>;
