// Cases as one person may see them: with the claim that is theirs, and what a decision of theirs would do. Material is left out.

import { aggregateOpinions } from "../core/banks/aggregate-opinions.ts";
import { liveClaim } from "../core/cases/act-on-case.ts";
import { isUnderAppeal, reconsidered } from "../core/cases/appeal-case.ts";
import { type Decision, isUndecided } from "../core/cases/case.ts";
import { consequencesOf, effects, orderOf, peopleNeeded } from "../core/cases/consequences.ts";
import { spreadActionOf } from "../core/cases/limit-spread.ts";
import { beforeFirstDecision, eventsOfDecisions, isKeptFrom, wouldBeTold } from "../core/cases/second-look.ts";
import { mayUndo } from "../core/cases/undo-decision.ts";
import { isWaitingForAnotherThan } from "../core/cases/waits.ts";
import type { UserId } from "../core/ids.ts";
import { itemKindParts } from "../core/items/catalogue.ts";
import { advisesLimit } from "../core/measures/advice.ts";
import { platformView } from "../core/orders/platform-view.ts";
import { parseScope } from "../core/policy/breaker.ts";
import type { DecisionPolicy } from "../core/policy/policy.ts";
import type {
	CaseDetail,
	CaseEventRecord,
	CaseItem,
	CaseReports,
	CaseSummary,
	MatchedEntry,
} from "../core/ports/case-store.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import type {
	WireCaseDetail,
	WireCaseEvent,
	WireCaseReports,
	WireCaseSummary,
	WireConsequences,
	WireItem,
	WireMatchedEntry,
} from "../core/wire/review-case.ts";
import { showMeasures } from "./show-measures.ts";

export interface Viewer {
	readonly userId: UserId;
	/** May decide where two people differ, and reopen what was decided. */
	readonly isLead: boolean;
	readonly now: Date;
	/** In force now: what a decision of today takes. Reasons of before are read from the record. */
	readonly policy: DecisionPolicy;
	readonly signalCatalogue: SignalCatalogue;
}

export function showSummary(summary: CaseSummary, { userId }: Pick<Viewer, "userId">): WireCaseSummary {
	const { id, state, tier, urgency, category, platformName, surface, isIncomplete, claimedBy } = summary;
	const { itemCount, reportCount, isAppealed, accountId } = summary;
	return {
		...{
			id,
			state,
			tier,
			urgency,
			category,
			platformName,
			surface,
			itemCount,
			reportCount,
			isIncomplete,
			isAppealed,
			accountId,
		},
		openedAt: summary.openedAt.toISOString(),
		lastItemAt: summary.lastItemAt.toISOString(),
		dueAt: summary.dueAt?.toISOString() ?? null,
		decided: summary.decided === null ? null : { ...summary.decided, at: summary.decided.at.toISOString() },
		claimedBy:
			claimedBy === null
				? null
				: { ...claimedBy, expiresAt: claimedBy.expiresAt.toISOString(), isMine: claimedBy.userId === userId },
	};
}

export function showCase(
	detail: CaseDetail,
	viewer: Viewer,
): Omit<WireCaseDetail, "clocks" | "requests" | "appeals" | "answers" | "account" | "silences" | "outbreak"> {
	const { userId, isLead, policy, now, signalCatalogue } = viewer;
	const isBlind = isKeptFrom(detail.snapshot, userId);
	const shown = isBlind ? beforeFirstDecision(detail) : detail;
	const { snapshot } = shown;
	const claim = liveClaim(snapshot, now);
	const { firstDecision } = snapshot;
	const show = (item: CaseItem) => {
		const wire = showItem(item, signalCatalogue);
		return isBlind && wouldBeTold(item) ? { ...wire, state: null, acknowledged: null, outstanding: null } : wire;
	};
	return {
		...showSummary(detail, viewer),
		reports: detail.reports === null ? null : showReports(detail.reports),
		cluster:
			detail.cluster === null
				? null
				: {
						...detail.cluster,
						ids: [...detail.cluster.ids],
						firstSeenAt: detail.cluster.firstSeenAt.toISOString(),
					},
		...{ copyOf: detail.copyOf, isOfAuthor: detail.isOfAuthor, isOfStream: detail.isOfStream },
		claim: claim?.userId === userId ? { fence: claim.fence, expiresAt: claim.expiresAt.toISOString() } : null,
		outlook: {
			remove: showConsequences("remove", shown, policy, isBlind),
			restore: showConsequences("restore", shown, policy, isBlind),
			needsAnotherPerson: isWaitingForAnotherThan(snapshot, userId),
			needsLead: snapshot.secondDecision !== null,
			spread: isBlind ? null : showSpread(shown),
			undo: showUndo(mayUndo(snapshot, { userId, isLead, now }, policy)),
		},
		firstDecision:
			firstDecision === null
				? null
				: {
						decision: isBlind ? null : firstDecision.decision,
						userId: firstDecision.userId,
						isMine: firstDecision.userId === userId,
					},
		items: shown.items.map(show),
		specimens: shown.specimens.map(show),
		measures: [...showMeasures(shown, isBlind)],
		entries: detail.entries.map((entry) => showEntry(entry, now)),
		isUnderAppeal: isUnderAppeal(snapshot),
		events: shown.events.map((event) => showEvent(event, isBlind)),
	};
}

function showReports({ about, places, ...reports }: CaseReports): WireCaseReports {
	return { ...reports, about: [...about], places: [...places] };
}

function showConsequences(
	decision: Decision,
	{ snapshot, items }: CaseDetail,
	policy: DecisionPolicy,
	isBlind: boolean,
): WireConsequences {
	// What it comes to if the first person decided the same; nothing says whether they did.
	const agreed = snapshot.firstDecision === null ? null : { ...snapshot.firstDecision, decision };
	const isSecondLook = isBlind && agreed !== null;
	// Seen as before already, or else with whatever the decision that is appealed has changed.
	const on = isBlind ? { ...snapshot, firstDecision: agreed } : reconsidered(snapshot);
	const will = consequencesOf(decision, on, policy);
	const counts: Record<string, number> = Object.fromEntries(effects.map((effect) => [effect, 0]));
	for (const { effect } of will.items) counts[effect] = (counts[effect] ?? 0) + 1;
	const platformOf = new Map(items.map(({ id, platformName }) => [id, platformName]));
	const changed = will.items.filter(({ effect }) => orderOf[effect] !== undefined);
	const touched = changed.length > 0 ? changed : will.items;
	const platforms = touched.flatMap(({ item }) => platformOf.get(item.id) ?? []);
	return {
		// Fewer for one decision than for the other would tell which one waits.
		people: isSecondLook ? 2 : peopleNeeded(decision, on, policy),
		waitsFor: isSecondLook ? "agreement" : will.waitsFor,
		counts,
		platforms: [...new Set(platforms)],
		disputed: [...will.disputed],
	};
}

function showSpread({ snapshot, items }: CaseDetail): WireCaseDetail["outlook"]["spread"] {
	const action = isUndecided(snapshot.state) ? spreadActionOf(snapshot) : null;
	return action === null
		? null
		: {
				action,
				isRecommended: snapshot.spread === "recommended" || items.some(({ signals }) => advisesLimit(signals)),
			};
}

function showUndo(undo: ReturnType<typeof mayUndo>): WireCaseDetail["outlook"]["undo"] {
	return undo === null ? null : { kind: undo.kind, until: undo.until?.toISOString() ?? null };
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
	const { id, kind, state, version, platformName, subject, authorId, surface, country, tier, policyRevision } = item;
	const { mediaType, video, live } = item;
	const kept = item.grounds.kind === "kept" ? item.grounds.grounds : [];
	return {
		...{ id, kind, state, version, platformName, subject, authorId, surface, country, tier, policyRevision },
		...{ mediaType, video, live },
		eventTime: item.eventTime?.toISOString() ?? null,
		receivedAt: item.receivedAt.toISOString(),
		judgedAgain: item.judgedAgain === null ? null : { ...item.judgedAgain, at: item.judgedAgain.at.toISOString() },
		divertedBy: item.divertedBy.flatMap((text) => showBreaker(text, item, catalogue)),
		signals: item.signals.map((signal, index) => ({ ...signal, ground: kept[index] ?? null })),
		andMore: [...item.andMore],
		unknownGrounds: item.grounds.kind === "unknown" ? item.grounds.reason : null,
		...showPlatformView(item),
		orders: item.orders.map(showOrder),
		revealLevels: [...itemKindParts[kind].revealLevels(item)],
		textLength: item.text?.length ?? null,
		wordsToRead: item.words.length,
	};
}

/** `gone` is the platform's own word, for which there is no order. */
function showPlatformView({ state, orders }: CaseItem): Pick<WireItem, "acknowledged" | "outstanding"> {
	if (state === "gone") return { acknowledged: "gone", outstanding: null };
	const { acknowledged, outstanding } = platformView(orders);
	return { acknowledged, outstanding: outstanding === null ? null : showOrder(outstanding) };
}

function showOrder(order: CaseItem["orders"][number]): WireItem["orders"][number] {
	return {
		...order,
		issuedAt: order.issuedAt.toISOString(),
		deliveredAt: order.deliveredAt?.toISOString() ?? null,
	};
}

const sayTheDecision: ReadonlySet<string> = new Set(eventsOfDecisions);

function showEvent({ sequence, kind, at, actor, data }: CaseEventRecord, isBlind: boolean): WireCaseEvent {
	const isKept = isBlind && actor.kind === "person" && sayTheDecision.has(kind);
	return { sequence, kind, at: at.toISOString(), actor, data: isKept ? {} : { ...data } };
}
