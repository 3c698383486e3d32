// Acts on outbreaks: that one was found, and why it is over. What people decide of it is said of its case.
import { z } from "zod";
import { outbreakEnd } from "../../outbreaks/outbreak.ts";
import { subjectKind } from "../../outbreaks/subject.ts";
import type { ActKind } from "../act-kind.ts";

const on = "outbreak";

export const outbreakActs = {
	"outbreak-began": { on, details: z.object({ of: subjectKind, voices: z.int(), inSeconds: z.int() }) },
	"outbreak-ended": { on, details: z.object({ because: outbreakEnd }) },
} as const satisfies Readonly<Record<string, ActKind>>;
