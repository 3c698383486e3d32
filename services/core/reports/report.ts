// What somebody tells us. A report never carries material: it says where something is, and people look for themselves.
import { z } from "zod";
import { isStorableText, sayingPattern, saysSomething } from "../wire/storable.ts";

/** What a report can be about, in the order in which the form offers it. */
export const reportSubjects = [
	/** A picture or video in which a child is abused. */
	"abuse-picture",
	/** An adult who tries to win a child's trust for sexual ends. */
	"grooming",
	/** Somebody who threatens to spread a child's pictures. */
	"extortion",
	/** A child's own picture that goes round. */
	"own-picture",
	/** Violence, neglect or hunting down of a child. */
	"violence",
	"other",
] as const;
export type ReportSubject = (typeof reportSubjects)[number];

/** Who tells us; each comes its own way. */
export const reportSources = ["public", "platform-user", "trusted-flagger", "hotline", "partner"] as const;
export type ReportSource = (typeof reportSources)[number];

export const reportLimits = { addresses: 20, addressLength: 2_083, textLength: 5_000, nameLength: 200 } as const;

const line = (maxLength: number) => z.string().trim().max(maxLength).refine(isStorableText);
const longText = z.string().max(reportLimits.textLength).trim().refine(isStorableText);

/** An address, or an account: one of them has to say where it is. */
export function saysWhere(report: { readonly addresses: readonly string[]; readonly accountName: string }): boolean {
	return report.addresses.length > 0 || report.accountName.trim().length > 0;
}

export const reportInput = z
	.object({
		about: z.enum(reportSubjects),
		addresses: z.array(line(reportLimits.addressLength).min(1)).max(reportLimits.addresses),
		platformName: line(reportLimits.nameLength),
		accountName: line(reportLimits.nameLength),
		/** When it was seen, in the reporter's own words or as a date. */
		seen: line(reportLimits.nameLength),
		/** A child is in danger at this moment. */
		isDangerNow: z.boolean(),
		text: longText,
		/** How to reach the reporter; empty where the receipt is all there shall be. */
		contact: line(reportLimits.nameLength),
		/** What they say is true and complete, and of their own picture, that it is shown without their consent: as they state. */
		isGoodFaith: z.boolean().default(false),
		/** By whoever is shown in their own picture, or acts for them; empty where nobody signs. */
		signature: line(reportLimits.nameLength).default(""),
		language: z.enum(["vi", "en"]),
	})
	.refine(saysWhere, { path: ["addresses"], message: "an address or an account must say where it is" });
export type ReportInput = z.infer<typeof reportInput>;

export const reportMessage = longText.refine(saysSomething).meta(sayingPattern);

/**
 * Where a report stands, as outsiders are told: the four stages of Vietnam's network for child protection online, then the answer. Coarse
 * on purpose: they tell nothing that would warn whoever is reported.
 */
export const reportStages = ["received", "collecting", "verifying", "coordinating", "answered"] as const;

/** What the stage follows from. */
export interface ReportProgress {
	/** It is in a case, and waits for people there. */
	readonly isGathered: boolean;
	/** Somebody has opened it, or taken its case. */
	readonly isTaken: boolean;
	readonly isAnswered: boolean;
	/** A platform that was told to act has not confirmed it. */
	readonly isAwaited: boolean;
}

export function stageOf({ isGathered, isTaken, isAnswered, isAwaited }: ReportProgress): (typeof reportStages)[number] {
	if (isAnswered) return isAwaited ? "coordinating" : "answered";
	if (isTaken) return "verifying";
	return isGathered ? "collecting" : "received";
}
