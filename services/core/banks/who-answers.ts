// Which of the entries in reach answer, and how: the one rule, for items that the detector examines and for look-ups of single hashes.
// What an answer amounts to beside others is in exemption.ts, and which tier it reaches in policy/.
import { radiiOf } from "../hashes/hash-type.ts";
import { aggregateOpinions } from "./aggregate-opinions.ts";
import type { BankEntry, BankSettings, Match } from "./bank.ts";

export interface FoundEntry {
	readonly bank: BankSettings;
	readonly entry: BankEntry;
	readonly distanceBits: number;
}

/** With the framing that found it; where there is none, a hash was looked up as it is. */
export type FoundMatch = FoundEntry &
	Partial<Pick<Match, "transform" | "queryQuality" | "shown" | "turnMs" | "frames">>;

export interface Asked {
	readonly nowMs: number;
	/** 0 up to but not including 1, always the same for the same content: a bank that is on for a share of content answers below that. */
	readonly coin: number;
}

/** Null where the bank is off, over, or not on for this content, where its radius does not reach, or its sources have cleared the entry. */
export function answerOf({ bank, entry, ...found }: FoundMatch, { nowMs, coin }: Asked): Match | null {
	if (!mayAnswer(bank, nowMs) || coin >= bank.enabledRatio) return null;
	const radii = radiiOf(entry.hashType, bank);
	if (found.distanceBits > radii.wideRadiusBits) return null;
	const { standing, ...aggregate } = aggregateOpinions(entry.opinions, bank, nowMs);
	if (standing === "cleared") return null;
	return {
		bankId: bank.id,
		bankName: bank.name,
		bankKind: bank.kind,
		category: bank.category,
		trusted: bank.trusted,
		shadow: bank.shadow,
		entryId: entry.id,
		hashType: entry.hashType,
		...radii,
		transform: "none",
		queryQuality: null,
		entryQuality: entry.quality,
		standing,
		...aggregate,
		isQuarantined: entry.isQuarantined,
		...found,
	};
}

/** Whether the bank answers for any content at all. */
export function mayAnswer(bank: Pick<BankSettings, "enabled" | "expiresAt">, nowMs: number): boolean {
	return bank.enabled && !isOver(bank, nowMs);
}

function isOver({ expiresAt }: Pick<BankSettings, "expiresAt">, nowMs: number): boolean {
	return expiresAt !== null && Date.parse(expiresAt) <= nowMs;
}
