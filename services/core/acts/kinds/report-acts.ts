// Acts on what was reported to us: that somebody looked and wrote, nothing of what anybody said; and on who may report by a key.
import { z } from "zod";
import { reporterKind } from "../../reports/notice.ts";
import { type ActKind, endedKeys, nothing } from "../act-kind.ts";

export const reportActs = {
	"report-read": { on: "report", details: nothing },
	"report-written": { on: "report", details: nothing },
	"report-answered": { on: "report", details: nothing },

	"reporter-added": { on: "reporter", details: z.object({ name: z.string(), kind: reporterKind }) },
	"reporter-enabled": { on: "reporter", details: nothing },
	"reporter-disabled": { on: "reporter", details: nothing },
	"reporter-key-added": { on: "reporter", details: nothing },
	"reporter-keys-revoked": { on: "reporter", details: endedKeys },
} as const satisfies Readonly<Record<string, ActKind>>;
