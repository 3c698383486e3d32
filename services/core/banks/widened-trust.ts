// What a change of settings lets a bank do that it could not do before: withhold more (or, of known harmless content, let more pass), or
// take more from lists on one person's word. That waits for a second person; whatever a bank does less takes effect at once. Who those
// people are is not decided here.
import { z } from "zod";
import { type BankSettings, bankSettings, newBankDefaults, newBankTrust, usualVideoShares } from "./bank.ts";

const { allowedChange, expiresAt, videoShares } = bankSettings.shape;
const grows = { from: z.number(), to: z.number() };
const allowed = allowedChange.unwrap();
const shares = videoShares.unwrap();

/** One thing that a bank would do more, with how much before and after. */
export const widening = z.discriminatedUnion("code", [
	z.object({ code: z.literal("switched-on") }),
	z.object({ code: z.literal("out-of-shadow") }),
	z.object({ code: z.literal("answers-for-more"), ...grows }),
	z.object({ code: z.literal("strong-farther"), ...grows }),
	z.object({ code: z.literal("probable-farther"), ...grows }),
	z.object({ code: z.literal("fewer-frames"), from: shares, to: shares }),
	z.object({ code: z.literal("ends-later"), from: expiresAt.unwrap(), to: expiresAt.unwrap() }),
	z.object({ code: z.literal("becomes-trusted") }),
	z.object({ code: z.literal("more-sources"), sources: z.array(z.string()).readonly() }),
	z.object({ code: z.literal("one-changes-more"), from: allowed, to: allowed }),
	z.object({ code: z.literal("kill-switch-lifted") }),
]);
export type Widening = z.infer<typeof widening>;

/** The settings that make a bank do more or less. The others say whose it is and what it is about. */
export const dials = [
	"enabled",
	"shadow",
	"enabledRatio",
	"tightRadiusBits",
	"wideRadiusBits",
	"videoShares",
	"expiresAt",
	"trusted",
	"sources",
	"allowedChange",
] as const satisfies readonly (keyof BankSettings)[];
type Dial = (typeof dials)[number];
type Dials = Pick<BankSettings, Dial>;

/** The one of two settings under which a bank does less. */
const lesser: { readonly [D in Dial]: (before: Dials[D], after: Dials[D]) => Dials[D] } = {
	enabled: (before, after) => before && after,
	shadow: (before, after) => before || after,
	enabledRatio: Math.min,
	tightRadiusBits: Math.min,
	wideRadiusBits: Math.min,
	videoShares: (before, after) => ({
		ofItem: Math.max(before.ofItem, after.ofItem),
		ofEntry: Math.max(before.ofEntry, after.ofEntry),
	}),
	expiresAt: (before, after) => (endMs(before) < endMs(after) ? before : after),
	trusted: (before, after) => before && after,
	sources: (before, after) => after.filter((source) => before.includes(source)),
	allowedChange: (before, after) => ({
		share: Math.min(before.share, after.share),
		addedEntries: Math.min(before.addedEntries, after.addedEntries),
	}),
};

/**
 * As much of a change as one person may make: `after` wherever the bank does not come to do more, and `before` elsewhere. A bank that is off
 * or on trial does nothing, however wide: there only what lists may bring in is held back.
 */
export function withoutWidening(before: BankSettings, after: BankSettings): BankSettings {
	const held: Dials = { ...after };
	const hold = <D extends Dial>(dial: D) => {
		held[dial] = lesser[dial](before[dial], after[dial]);
	};
	for (const dial of isLive(after) ? dials : (["allowedChange"] as const)) hold(dial);
	return { ...after, ...held };
}

/** The settings of `after` that wait for a second person; empty where none does. */
export function widenedSettings(before: BankSettings, after: BankSettings): Partial<Dials> {
	const held = withoutWidening(before, after);
	return pickDials(
		after,
		dials.filter((dial) => !isSame(dial, held, after)),
	);
}

/** What waits, one code a setting; empty where the change only takes away, or leaves the bank as wide as it is. */
export function widenings(before: BankSettings, after: BankSettings): readonly Widening[] {
	const widened = widenedSettings(before, after);
	return dials.filter((dial) => dial in widened).map((dial) => wideningOf[dial](before, after));
}

/** Which of them differ. */
export function changedDials(before: BankSettings, after: BankSettings): readonly Dial[] {
	return dials.filter((dial) => !isSame(dial, before, after));
}

/** What a bank that is made now is held against: any new bank, whose matches go to people. */
export function asAnyNewBank(bank: BankSettings): BankSettings {
	return { ...bank, ...newBankDefaults, ...newBankTrust, videoShares: usualVideoShares, expiresAt: null };
}

const wideningOf: { readonly [D in Dial]: (before: BankSettings, after: BankSettings) => Widening } = {
	enabled: () => ({ code: "switched-on" }),
	shadow: () => ({ code: "out-of-shadow" }),
	enabledRatio: (before, after) => ({ code: "answers-for-more", from: before.enabledRatio, to: after.enabledRatio }),
	tightRadiusBits: (before, after) => ({
		...{ code: "strong-farther", from: before.tightRadiusBits, to: after.tightRadiusBits },
	}),
	wideRadiusBits: (before, after) => ({
		...{ code: "probable-farther", from: before.wideRadiusBits, to: after.wideRadiusBits },
	}),
	videoShares: (before, after) => ({ code: "fewer-frames", from: before.videoShares, to: after.videoShares }),
	expiresAt: (before, after) => ({ code: "ends-later", from: before.expiresAt, to: after.expiresAt }),
	trusted: () => ({ code: "becomes-trusted" }),
	sources: (before, after) => ({
		code: "more-sources",
		sources: after.sources.filter((source) => !before.sources.includes(source)),
	}),
	allowedChange: (before, after) => ({ code: "one-changes-more", from: before.allowedChange, to: after.allowedChange }),
};

function isLive({ enabled, shadow, enabledRatio }: Dials): boolean {
	return enabled && !shadow && enabledRatio > 0;
}

function endMs(expires: string | null): number {
	return expires === null ? Number.POSITIVE_INFINITY : Date.parse(expires);
}

/** A moment may be written in several ways. */
function isSame(dial: Dial, a: Dials, b: Dials): boolean {
	if (dial === "expiresAt") return endMs(a.expiresAt) === endMs(b.expiresAt);
	return JSON.stringify(a[dial]) === JSON.stringify(b[dial]);
}

function pickDials(settings: Dials, chosen: readonly Dial[]): Partial<Dials> {
	return Object.fromEntries(chosen.map((dial) => [dial, settings[dial]]));
}
