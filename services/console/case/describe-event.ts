// One line of the audit trail: what was done, and the details that matter of it. Event data is read defensively, since a case may
// carry events of a newer version than this page.

import { entryJudgement } from "../../core/banks/entry-judgement.ts";
import { decision } from "../../core/cases/case.ts";
import { anyOrderAction } from "../../core/orders/order.ts";
import { tier } from "../../core/policy/verdict.ts";
import type { WireCaseDetail, WireCaseEvent } from "../../core/wire/review-case.ts";
import { formatPosition } from "../format/time.ts";
import { type Dictionary, wordFor } from "../language/dictionary.ts";
import { durationsOf } from "../reveal/views.ts";
import { shortIdOf } from "../shell/route.ts";

export interface TrailLine {
	readonly sequence: number;
	readonly at: string;
	/** Null for the machine. */
	readonly who: string | null;
	readonly what: string;
	readonly details: readonly string[];
	/** What the person wrote. */
	readonly said: string | null;
}

/** Newest first. A view and its end are one line. */
export function trailOf(
	{ events, items }: Pick<WireCaseDetail, "events" | "items">,
	words: Dictionary,
): readonly TrailLine[] {
	const durations = durationsOf(events);
	const numberOf = new Map<unknown, number>(items.map(({ id }, index) => [id, index + 1]));
	const orders = new Map<unknown, WireCaseEvent["data"]>(
		events
			.filter(({ kind }) => kind === "ordered" || kind === "account-ordered")
			.map(({ data }) => [data.orderId, data]),
	);
	return events
		.filter(({ kind }) => kind !== "hidden" && kind !== "commented")
		.map((event) => ({
			sequence: event.sequence,
			at: event.at,
			who: event.actor.kind === "person" ? event.actor.displayName : null,
			what: wordFor(words.casePage.trail.events, event.kind),
			details: detailsOf(event, { words, durations, orders, numberOf }),
			said: typeof event.data.reason === "string" && event.kind !== "undelivered" ? event.data.reason : null,
		}))
		.toSorted((a, b) => b.sequence - a.sequence);
}

interface Known {
	readonly words: Dictionary;
	readonly durations: ReadonlyMap<string, number>;
	readonly orders: ReadonlyMap<unknown, WireCaseEvent["data"]>;
	readonly numberOf: ReadonlyMap<unknown, number>;
}

function detailsOf(event: WireCaseEvent, known: Known): readonly string[] {
	const { words, durations, orders, numberOf } = known;
	const { trail, items } = words.casePage;
	const { kind, data } = event;
	const item = (id: unknown) => {
		const number = numberOf.get(id);
		return number === undefined ? null : items.short(number);
	};
	const number = (value: unknown, say: (value: number) => string) => (typeof value === "number" ? say(value) : null);
	const order = (of: WireCaseEvent["data"] | undefined) => {
		const action = anyOrderAction.safeParse(of?.action);
		return action.success ? words.terms.orderAction[action.data] : null;
	};
	const present = (values: readonly (string | null)[]) => values.filter((value) => value !== null);
	switch (kind) {
		case "opened":
		case "item-added": {
			const found = tier.safeParse(data.tier);
			return present([
				item(data.itemId),
				found.success ? words.terms.tier[found.data] : null,
				number(data.policyRevision, trail.revision),
			]);
		}
		case "reports-counted":
			return present([number(data.reports, (reports) => words.queue.reported(reports))]);
		case "merged-into":
		case "took-in":
			return present([typeof data.caseId === "string" ? shortIdOf(data.caseId) : null]);
		case "item-gone":
		case "specimen-kept":
			return present([item(data.itemId)]);
		case "claimed":
			return present([number(data.fence, trail.fence)]);
		case "released":
			return data.why === "expired" ? [trail.expired] : [];
		case "revealed": {
			const lasted = typeof data.revealId === "string" ? durations.get(data.revealId) : undefined;
			return present([
				item(data.itemId),
				number(data.level, trail.level),
				Array.isArray(data.members) ? trail.members(data.members.length) : null,
				number(data.stillMs, (stillMs) => trail.still(formatPosition(stillMs))),
				lasted === undefined ? null : trail.shownFor(lasted / 1_000),
			]);
		}
		case "decided": {
			const made = decision.safeParse(data.decision);
			return present([
				made.success
					? (data.about === "account" ? words.terms.accountDecision : words.terms.decision)[made.data]
					: null,
				data.isFinal === true ? trail.final : data.isFinal === false ? trail.first : null,
			]);
		}
		case "entry-judged": {
			const judged = entryJudgement.safeParse(data.judgement);
			return present([
				judged.success ? words.acts.judge.names[judged.data] : null,
				typeof data.entryId === "string" ? shortIdOf(data.entryId) : null,
			]);
		}
		case "ordered":
		case "account-ordered":
			return present([order(data), item(data.itemId)]);
		case "spread-changed":
			return present([order(data), number(data.items, trail.items)]);
		case "strikes-gathered":
		case "strikes-taken-back":
			return present([number(data.strikes, words.casePage.account.strikes)]);
		case "delivered":
		case "undelivered": {
			const of = orders.get(data.orderId);
			return present([order(of), item(of?.itemId), number(data.attempts, trail.attempts)]);
		}
		default:
			return [];
	}
}
