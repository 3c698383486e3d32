import { authorAskedOf, clusterKeyOf, keyOfStream } from "../../core/cases/cluster-key.ts";
import { confirmedIn } from "../../core/clusters/membership.ts";
import { BreakwaterError } from "../../core/errors.ts";
import { isOfLinks } from "../../core/hashes/hash-type.ts";
import { hashText } from "../../core/hashes/text/text-hash.ts";
import { type ItemHash, wordingHashesOf } from "../../core/items/item-hashes.ts";
import { isKept, specimenFor } from "../../core/outbreaks/specimen.ts";
import { type BreakerScope, rulesThatSpoke, scopesOfWithhold } from "../../core/policy/breaker.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { ExaminedItem, RecordOutcome, VerdictStore } from "../../core/ports/verdict-store.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { copyOf } from "../../core/signals/decided/decided.ts";
import { isUnexamined, unexaminedIn } from "../../core/signals/unexamined/unexamined.ts";
import { storable } from "../../core/text/storable.ts";
import type { Events } from "../../runtime/events.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import { next, type Step } from "../step.ts";
import { type Decided, evidenceKeyOf, membersOf, type RecordedItem, recordedFields, videoOf } from "../values.ts";
import type { EntryWatch } from "../watch-entries.ts";

export interface RecordVerdictDeps {
	readonly verdicts: Pick<VerdictStore, "record">;
	readonly clock: Clock;
	readonly signalCatalogue: SignalCatalogue;
	readonly breakers: { count(scopes: readonly BreakerScope[]): void };
	readonly events: Pick<Events, "itemSettled" | "itemDuplicate" | "withholdDiverted" | "measureTaken">;
	readonly entryWatch: Pick<EntryWatch, "saw">;
}

/**
 * One transaction for many items, each with its verdict, case, hash history and outbox rows. What is to be withheld
 * goes at once and in batches of its own, so that a flood of clear items delays none of it; the others, for which nobody waits
 * within milliseconds, gather longer and cost less.
 */
export function createRecordVerdict(deps: RecordVerdictDeps): Step<Decided, RecordedItem> {
	const run = (items: readonly ExaminedItem[]) => recordTogether(deps.verdicts, items);
	// One at a time: two would wait for each other at the case of a text that many post at once, and cost two commits.
	const recordUrgent = createMicroBatch<ExaminedItem, Recorded>({ maxSize: 100, maxWaitMs: 2, concurrency: 1, run });
	const recordOthers = createMicroBatch<ExaminedItem, Recorded>({ maxSize: 500, maxWaitMs: 30, concurrency: 2, run });
	return async (item) => {
		const record = item.verdict.action === "withhold" ? recordUrgent : recordOthers;
		const recorded = await record(toExaminedItem(item, deps.signalCatalogue));
		if ("error" in recorded) throw recorded.error;
		const { outcome } = recorded;
		if (outcome.kind === "duplicate") {
			if (outcome.owedEvidence === null) deps.events.itemDuplicate();
			return next({ item, outcome });
		}
		const { verdict } = item;
		// One that was withheld on its bytes alone was counted then.
		if (verdict.action === "withhold" && !item.isWithheld)
			deps.breakers.count(scopesOfWithhold(verdict, item.platform.id));
		deps.breakers.count(rulesThatSpoke(verdict));
		for (const { measure } of item.measures)
			deps.events.measureTaken({ itemId: outcome.itemId, measure: measure.kind });
		if (verdict.divertedBy.length > 0) deps.events.withholdDiverted({ itemId: outcome.itemId, by: verdict.divertedBy });
		deps.entryWatch.saw(verdict);
		deps.events.itemSettled({
			itemId: outcome.itemId,
			kind: item.kind,
			verdict,
			failures: item.signals.flatMap((one) => {
				const reason = deps.signalCatalogue.failureOf(one);
				return reason === null ? [] : [{ detector: one.detector, reason }];
			}),
			unexamined: unexaminedIn(item.signals),
			caseId: outcome.caseId,
			seconds: (deps.clock.now() - item.record.receivedAtMs) / 1000,
		});
		return next({ item, outcome });
	};
}

type Recorded = { readonly outcome: RecordOutcome } | { readonly error: unknown };

/** A batch that the record refuses is tried item by item, so that one bad item fails alone. */
async function recordTogether(
	verdicts: Pick<VerdictStore, "record">,
	items: readonly ExaminedItem[],
): Promise<readonly Recorded[]> {
	try {
		return (await verdicts.record(items)).map((outcome) => ({ outcome }));
	} catch (error) {
		if (items.length === 1 || (error instanceof BreakwaterError && error.retriable))
			return items.map(() => ({ error }));
		const alone = await Promise.all(items.map((item) => recordTogether(verdicts, [item])));
		return alone.flat();
	}
}

function toExaminedItem(item: Decided, signalCatalogue: SignalCatalogue): ExaminedItem {
	const { text, mediaType } = item.evidence;
	// What may not be compared is not kept for later comparisons either.
	const hashes = isUnexamined(item.signals, "matched") ? null : item.evidence.hashes;
	const copy = copyOf(item.verdict);
	const isSeen = isKept(item.verdict.action, item.awaitedBy);
	const video = isSeen ? videoOf(item, signalCatalogue) : null;
	// Whom people must see is found again by its copies, even while there are none.
	const memberships = item.memberships.filter(({ isAlone }) => isAlone !== true || item.verdict.action !== "none");
	const entries = item.signals.flatMap((one) => signalCatalogue.entryOf(one) ?? []);
	const textHashes = isUnexamined(item.signals, "matched") ? [] : wordingHashes(item, memberships.length > 0);
	const ofText = textHashes.find(({ type }) => type === "text")?.hash ?? (text === null ? null : hashText(text));
	const wording = isLinkAlone(item) ? null : ofText;
	const fields = recordedFields(item);
	return {
		hashes,
		frames: hashes === null || video === null ? [] : item.evidence.frames,
		measures: item.measures,
		facts: item.facts,
		links: item.evidence.links,
		matchedEntries: entries.map(({ id }) => id),
		memberships,
		textHashes,
		isPacked: memberships.length === 0,
		copy,
		specimenFor: specimenFor(item.verdict.action, item.awaitedBy),
		clusterKey: clusterKeyOf({
			itemId: item.itemId,
			clusterId: confirmedIn(item.memberships),
			hashes,
			entries,
			wording,
			copyOf: copy?.caseId ?? null,
			authorCase: authorAskedOf(item.verdict, fields, signalCatalogue),
			streamCase: item.live === null ? null : keyOfStream(fields.platformId, fields.authorId, item.live),
		}),
		evidence: {
			text: text === null ? null : storable(text),
			mediaKey: isSeen ? evidenceKeyOf(item) : null,
			mediaType,
			video,
			words: isSeen && item.evidence.excerpts.length > 0 ? item.evidence.excerpts : null,
			members: isSeen ? membersOf(item, signalCatalogue) : null,
		},
		...item.shortened,
		...fields,
	};
}

/** Those of whatever has a text; of one that is a link and nothing else that of the link, too, where others are the same by it. */
function wordingHashes({ evidence: { text, likeness, same } }: Decided, isClustered: boolean): readonly ItemHash[] {
	if (text === null) return [];
	const known = [likeness, same].flatMap((one) => one ?? []);
	const link = isClustered && same !== null && isOfLinks(same.type) ? [{ quality: null, ...same }] : [];
	return [...wordingHashesOf(text, known), ...link];
}

/** However it is written, it is the link. */
function isLinkAlone({ evidence: { same } }: Decided): boolean {
	return same !== null && isOfLinks(same.type);
}
