// Cases as one person may see them: with the claim that is theirs, and what a decision of theirs would do. Material is left out.
import { isRemoveFinal, isWaitingForAnotherThan, liveClaim } from "../core/cases/act-on-case.ts";
import { revealLevels } from "../core/cases/case.ts";
import type { UserId } from "../core/ids.ts";
import { tierOfMatch } from "../core/policy/decide-verdict.ts";
import type { Policy } from "../core/policy/policy.ts";
import type { Signal } from "../core/policy/signal.ts";
import type { CaseDetail, CaseEventRecord, CaseItem, CaseSummary } from "../core/ports/case-store.ts";
import type { WireCaseDetail, WireCaseEvent, WireCaseSummary, WireItem, WireSignal } from "../core/wire/review-case.ts";

export interface Viewer {
	readonly userId: UserId;
	readonly now: Date;
	readonly policy: Policy;
}

export function showSummary(summary: CaseSummary, { userId }: Pick<Viewer, "userId">): WireCaseSummary {
	const { id, state, tier, urgency, category, platformName, surface, itemCount, isIncomplete, claimedBy } = summary;
	return {
		...{ id, state, tier, urgency, category, platformName, surface, itemCount, isIncomplete },
		openedAt: summary.openedAt.toISOString(),
		lastItemAt: summary.lastItemAt.toISOString(),
		claimedBy:
			claimedBy === null
				? null
				: { ...claimedBy, expiresAt: claimedBy.expiresAt.toISOString(), isMine: claimedBy.userId === userId },
	};
}

export function showCase(detail: CaseDetail, viewer: Viewer): WireCaseDetail {
	const { snapshot } = detail;
	const { userId, policy, now } = viewer;
	const claim = liveClaim(snapshot, now);
	const { firstDecision } = snapshot;
	return {
		...showSummary(detail, viewer),
		claim: claim?.userId === userId ? { fence: claim.fence, expiresAt: claim.expiresAt.toISOString() } : null,
		outlook: {
			removalPeople: policy.removalPeople[snapshot.tier],
			isRemoveFinal: isRemoveFinal(snapshot, policy),
			needsAnotherPerson: isWaitingForAnotherThan(snapshot, userId),
		},
		firstDecision: firstDecision === null ? null : { ...firstDecision, isMine: firstDecision.userId === userId },
		items: detail.items.map((item) => showItem(item, policy)),
		events: detail.events.map(showEvent),
	};
}

function showItem(item: CaseItem, policy: Policy): WireItem {
	const { id, kind, state, version, platformName, subject, authorId, surface, tier, policyRevision, mediaType } = item;
	return {
		...{ id, kind, state, version, platformName, subject, authorId, surface, tier, policyRevision, mediaType },
		eventTime: item.eventTime?.toISOString() ?? null,
		receivedAt: item.receivedAt.toISOString(),
		signals: item.signals.map((signal) => showSignal(signal, item.policyRevision === policy.revision ? policy : null)),
		orders: item.orders.map((order) => ({
			...order,
			issuedAt: order.issuedAt.toISOString(),
			deliveredAt: order.deliveredAt?.toISOString() ?? null,
		})),
		revealLevels: [...levelsOf(item)],
		textLength: item.text?.length ?? null,
	};
}

/** At which levels something can be shown of an item: any for a picture, one for a text, which is read as it is. */
export function levelsOf(item: Pick<CaseItem, "mediaKey" | "text">): readonly (typeof revealLevels)[number][] {
	if (item.mediaKey !== null) return revealLevels;
	return item.text === null ? [] : [4];
}

/** `policy` null: the verdict was made under a revision that is no longer at hand, and what that one said is not made up. */
function showSignal(signal: Signal, policy: Policy | null): WireSignal {
	switch (signal.kind) {
		case "matched":
			return { ...signal, tier: policy === null ? null : tierOfMatch(signal.match, policy) };
		case "scored":
			return {
				...signal,
				labels: { ...signal.labels },
				threshold: signal.threshold ?? policy?.modelThresholds[signal.category] ?? null,
			};
		default:
			return signal;
	}
}

function showEvent({ sequence, kind, at, actor, data }: CaseEventRecord): WireCaseEvent {
	return { sequence, kind, at: at.toISOString(), actor, data: { ...data } };
}
