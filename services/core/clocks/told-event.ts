// What a person tells a deadline of what happened elsewhere: the same event told twice is one, and nothing lies ahead.
import { hears } from "./clock.ts";
import type { ClockEventKind } from "./clock-codes.ts";
import type { StoppedProfile } from "./profile.ts";

export interface ToldEvent {
	/** Made of kind and moment: by it the record knows what it was told before. */
	readonly id: string;
	readonly kind: ClockEventKind;
	readonly at: Date;
}

export type ToldEventFault =
	/** The profile counts nothing by it; `hears`: by what it does. */
	{ readonly kind: "not-heard"; readonly hears: readonly ClockEventKind[] } | { readonly kind: "ahead" };

export function tellEvent(
	profile: StoppedProfile,
	{ kind, at }: { readonly kind: string; readonly at: Date },
	now: Date,
): { readonly ok: true; readonly event: ToldEvent } | { readonly ok: false; readonly fault: ToldEventFault } {
	const heard = hears(profile);
	const known = heard.find((one) => one === kind);
	if (known === undefined) return { ok: false, fault: { kind: "not-heard", hears: heard } };
	if (at > now) return { ok: false, fault: { kind: "ahead" } };
	return { ok: true, event: { id: `${known}:${at.toISOString()}`, kind: known, at } };
}
