// How far a reporter's word has proved right, from what people decided on what they reported. The interval is Wilson's (1927), at 95 %: it
// holds for few decisions, too, where a share alone says nothing.
import { wilsonInterval } from "../scoring/threshold.ts";
import type { ReportSource } from "./report.ts";

export interface TrustRecord {
	/** The decided ones where people removed something or agreed that it must not be there. */
	readonly right: number;
	readonly decided: number;
}

export interface Reliability extends TrustRecord {
	/** The share is at least, and at most, this; 0 and 1 before anything is decided. */
	readonly atLeast: number;
	readonly atMost: number;
}

export function reliabilityOf({ right, decided }: TrustRecord): Reliability {
	const { low: atLeast, high: atMost } = wilsonInterval(right, decided);
	return { right, decided, atLeast, atMost };
}

const trustedSources: readonly ReportSource[] = ["trusted-flagger", "hotline", "partner"];

/** Those whose office it is, until it is all but certain that they are wrong more often than right. Others never are, however often right. */
export function isTrustedVoice(source: ReportSource, record: TrustRecord): boolean {
	return trustedSources.includes(source) && reliabilityOf(record).atMost >= 0.5;
}
