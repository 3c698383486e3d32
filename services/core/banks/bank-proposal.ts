// What one person asks of a bank and may not do alone: it waits as a draft until another agrees or somebody gives it up.
import { z } from "zod";
import { entryId } from "../ids.ts";
import { type BankSettings, bankSettings } from "./bank.ts";
import { type dials, type Widening, widenings } from "./widened-trust.ts";

const { enabled, shadow, enabledRatio, tightRadiusBits, wideRadiusBits } = bankSettings.shape;
const { expiresAt, trusted, sources, allowedChange, videoShares } = bankSettings.shape;

export const bankProposal = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("settings"),
		/** As the bank was when this was last shown; whoever accepts agrees to the step from there. */
		before: bankSettings,
		change: z.object({
			enabled: enabled.exactOptional(),
			shadow: shadow.exactOptional(),
			enabledRatio: enabledRatio.exactOptional(),
			tightRadiusBits: tightRadiusBits.exactOptional(),
			wideRadiusBits: wideRadiusBits.exactOptional(),
			expiresAt: expiresAt.unwrap().exactOptional(),
			trusted: trusted.exactOptional(),
			sources: sources.unwrap().exactOptional(),
			allowedChange: allowedChange.unwrap().exactOptional(),
			videoShares: videoShares.unwrap().exactOptional(),
		} satisfies Record<(typeof dials)[number], z.ZodType>),
	}),
	/** The entry's matches would be withheld again. */
	z.object({ kind: z.literal("kill-switch"), entryId, reason: z.string() }),
]);
export type BankProposal = z.infer<typeof bankProposal>;
export type SettingsProposal = Extract<BankProposal, { readonly kind: "settings" }>;

/** The bank as it would be. */
export function proposedSettings({ before, change }: SettingsProposal): BankSettings {
	return { ...before, ...change };
}

/** Why it takes a second person; empty where, by now, it does not. */
export function wideningsOf(proposal: BankProposal): readonly Widening[] {
	return proposal.kind === "settings"
		? widenings(proposal.before, proposedSettings(proposal))
		: [{ code: "kill-switch-lifted" }];
}
