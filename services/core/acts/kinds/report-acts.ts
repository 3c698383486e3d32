// Acts on what was reported to us: that somebody looked and wrote, nothing of what anybody said.
import { type ActKind, nothing } from "../act-kind.ts";

export const reportActs = {
	"report-read": { on: "report", details: nothing },
	"report-written": { on: "report", details: nothing },
	"report-answered": { on: "report", details: nothing },
} as const satisfies Readonly<Record<string, ActKind>>;
