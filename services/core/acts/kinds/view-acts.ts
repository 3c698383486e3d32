// Acts on questions to the history that are kept for everyone. What one asks is kept with it.
import { type ActKind, nothing } from "../act-kind.ts";

export const viewActs = {
	"view-saved": { on: "view", details: nothing },
	"view-dropped": { on: "view", details: nothing },
} as const satisfies Readonly<Record<string, ActKind>>;
