// Acts by which nobody outside is told of a case for a time, and is told again.
import { z } from "zod";
import { silenceId } from "../../ids.ts";
import type { ActKind } from "../act-kind.ts";

export const silenceActs = {
	"silence-begun": { on: "case", details: z.object({ silenceId, until: z.string().nullable() }) },
	/** How many reporters were told then, and statements of reasons sent. */
	"silence-ended": { on: "case", details: z.object({ silenceId, reports: z.int(), statements: z.int() }) },
} as const satisfies Readonly<Record<string, ActKind>>;
