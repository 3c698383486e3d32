// What becomes of growth that stood out: how it is kept, how urgent its case is, and when it is over.
import { z } from "zod";
import type { Alert, Growth } from "./growth-watch.ts";
import type { WindowSeconds } from "./windows.ts";

const windowGrowth = z.object({
	seconds: z.int(),
	sightings: z.int(),
	voices: z.int(),
	expected: z.number(),
	surprise: z.number(),
});

/** As it is stored and shown: numbers only. */
export const keptGrowth = z.object({
	atSeconds: z.int(),
	windows: z.array(windowGrowth),
	newShare: z.number().nullable(),
	voiceSeconds: z.array(z.int()),
});
export type KeptGrowth = z.infer<typeof keptGrowth>;

export const outbreakAlert = keptGrowth.extend({ inSeconds: z.int() });
export type OutbreakAlert = z.infer<typeof outbreakAlert>;

/**
 * `growth-ended`: no more voices than usual for an hour. `decided`: people had decided, or decided meanwhile. `not-watched`: the counter began
 * anew and knows nothing of it.
 */
const outbreakEnds = ["growth-ended", "decided", "not-watched"] as const;
export const outbreakEnd = z.enum(outbreakEnds);
export type OutbreakEnd = z.infer<typeof outbreakEnd>;

/** On the scale of verdicts (policy/settings.ts): above a probable match, below what is confirmed. */
export const outbreakUrgency = 70;

/** Items that come before people with it; what people decide reaches all others by standing (clusters/standing-decision.ts). */
export const itemsShown = 20;

const hour: WindowSeconds = 3_600;
/** So many times its expectation is growth still. */
const stillGrowing = 2;

export function keptOf({ atSeconds, windows, newShare, voiceSeconds }: Growth): KeptGrowth {
	return { atSeconds, windows: [...windows], newShare, voiceSeconds: [...voiceSeconds] };
}

/** In the window in which it stood out when it was found. */
export function standingOut({
	windows,
	inSeconds,
}: OutbreakAlert): Pick<KeptGrowth["windows"][number], "voices" | "expected"> {
	return windows.find(({ seconds }) => seconds === inSeconds) ?? { voices: 0, expected: 0 };
}

/** As its act and the event of its case say it. */
export function beganOf({ subject, windows, inSeconds }: Alert) {
	const window = windows.find(({ seconds }) => seconds === inSeconds);
	return { of: subject.kind, voices: window?.voices ?? 0, inSeconds };
}

/** Null while it goes on: people have not decided, and in the last hour it had more voices than it usually has; one is none. */
export function endOf(
	decision: "remove" | "restore" | null,
	growth: Pick<Growth, "windows"> | null,
): OutbreakEnd | null {
	if (decision !== null) return "decided";
	const last = growth?.windows.find(({ seconds }) => seconds === hour);
	if (last === undefined) return "not-watched";
	return last.voices <= Math.max(1, stillGrowing * last.expected) ? "growth-ended" : null;
}

/** What it teaches: only what people let be, or never cared for, shows what is common among harmless things. */
export function lessonOf(decision: "remove" | "restore" | null): "harmful" | "harmless" {
	return decision === "remove" ? "harmful" : "harmless";
}
