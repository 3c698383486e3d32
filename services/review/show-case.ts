// Cases as one person may see them: with the claim that is theirs, and what a decision of theirs would do. Material is left out.

import { aggregateOpinions } from "../core/banks/aggregate-opinions.ts";
import { ownSource } from "../core/banks/bank.ts";
import { isRemoveFinal, isWaitingForAnotherThan, liveClaim } from "../core/cases/act-on-case.ts";
import type { EntryId, UserId } from "../core/ids.ts";
import { itemKindParts } from "../core/items/catalogue.ts";
import { parseScope } from "../core/policy/breaker.ts";
import type { Policy } from "../core/policy/policy.ts";
import type { CaseDetail, CaseEventRecord, CaseItem, CaseSummary, MatchedEntry } from "../core/ports/case-store.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import type {
	WireCaseDetail,
	WireCaseEvent,
	WireCaseSummary,
	WireItem,
	WireMatchedEntry,
} from "../core/wire/review-case.ts";

export interface Viewer {
	readonly userId: UserId;
	readonly now: Date;
	/** In force now: what a decision of today takes. Reasons of before are read from the record. */
	readonly policy: Policy;
	readonly signalCatalogue: SignalCatalogue;
}

export function showSummary(summary: CaseSummary, { userId }: Pick<Viewer, "userId">): WireCaseSummary {
	const { id, state, tier, urgency, category, platformName, surface, itemCount, isIncomplete, claimedBy } = summary;
	return {
		...{ id, state, tier, urgency, category, platformName, surface, itemCount, isIncomplete },
		openedAt: summary.openedAt.toISOString(),
		lastItemAt: summary.lastItemAt.toISOString(),
		decided: summary.decided === null ? null : { ...summary.decided, at: summary.decided.at.toISOString() },
		claimedBy:
			claimedBy === null
				? null
				: { ...claimedBy, expiresAt: claimedBy.expiresAt.toISOString(), isMine: claimedBy.userId === userId },
	};
}

export function showCase(detail: CaseDetail, viewer: Viewer): WireCaseDetail {
	const { snapshot } = detail;
	const { userId, policy, now, signalCatalogue } = viewer;
	const claim = liveClaim(snapshot, now);
	const { firstDecision } = snapshot;
	return {
		...showSummary(detail, viewer),
		claim: claim?.userId === userId ? { fence: claim.fence, expiresAt: claim.expiresAt.toISOString() } : null,
		outlook: {
			removalPeople: policy.removalPeople[snapshot.tier],
			isRemoveFinal: isRemoveFinal(snapshot, policy),
			needsAnotherPerson: isWaitingForAnotherThan(snapshot, userId),
			disputedByRestore: withheldOn(detail),
		},
		firstDecision: firstDecision === null ? null : { ...firstDecision, isMine: firstDecision.userId === userId },
		items: detail.items.map((item) => showItem(item, signalCatalogue)),
		entries: detail.entries.map((entry) => showEntry(entry, now)),
		events: detail.events.map(showEvent),
	};
}

/** As the record finds them when a case is restored: what items were withheld on, and people have not cleared since. */
function withheldOn({ items, entries }: CaseDetail): EntryId[] {
	const strong = new Set(items.flatMap((item) => (item.verdictAction === "withhold" ? item.withheldOn : [])));
	const isCleared = ({ opinions }: MatchedEntry) =>
		opinions.some(({ source, kind }) => source === ownSource && kind === "negative");
	return entries.filter((entry) => strong.has(entry.id) && !isCleared(entry)).map(({ id }) => id);
}

function showEntry(entry: MatchedEntry, now: Date): WireMatchedEntry {
	const { id, bankName, bankKind, hashType, opinions, bankTrust, isQuarantined } = entry;
	const { standing } = aggregateOpinions(opinions, bankTrust, now.getTime());
	return {
		...{ id, bankName, bankKind, hashType, standing, isQuarantined },
		opinions: opinions.map(({ source, kind }) => ({ source, kind })),
	};
}

/** With the names that the verdict itself knows them by. */
function showBreaker(
	text: string,
	{ platformName, signals }: CaseItem,
	catalogue: SignalCatalogue,
): WireItem["divertedBy"] {
	const scope = parseScope(text);
	if (scope === null) return [];
	const { kind, key } = scope;
	const bank = signals.map((signal) => catalogue.entryOf(signal)).find((entry) => entry?.bankId === key);
	const names: Partial<Record<typeof kind, string | undefined>> = { platform: platformName, bank: bank?.bankName };
	return [{ kind, key, label: names[kind] ?? key }];
}

function showItem(item: CaseItem, catalogue: SignalCatalogue): WireItem {
	const { id, kind, state, version, platformName, subject, authorId, surface, tier, policyRevision, mediaType } = item;
	const kept = item.grounds.kind === "kept" ? item.grounds.grounds : [];
	return {
		...{ id, kind, state, version, platformName, subject, authorId, surface, tier, policyRevision, mediaType },
		eventTime: item.eventTime?.toISOString() ?? null,
		receivedAt: item.receivedAt.toISOString(),
		divertedBy: item.divertedBy.flatMap((text) => showBreaker(text, item, catalogue)),
		signals: item.signals.map((signal, index) => ({ ...signal, ground: kept[index] ?? null })),
		unknownGrounds: item.grounds.kind === "unknown" ? item.grounds.reason : null,
		orders: item.orders.map((order) => ({
			...order,
			issuedAt: order.issuedAt.toISOString(),
			deliveredAt: order.deliveredAt?.toISOString() ?? null,
		})),
		revealLevels: [...itemKindParts[kind].revealLevels(item)],
		textLength: item.text?.length ?? null,
	};
}

function showEvent({ sequence, kind, at, actor, data }: CaseEventRecord): WireCaseEvent {
	return { sequence, kind, at: at.toISOString(), actor, data: { ...data } };
}
