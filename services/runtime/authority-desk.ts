// What an authority may do here, by its key, on pages or by way of a clerk: ask, and see what became of it. When a request was received is our own time.

import type { AuthorityRequest } from "../core/authorities/authority-request.ts";
import { lawsFor } from "../core/authorities/authority-request.ts";
import type { Arrival } from "../core/authorities/channel.ts";
import { dueAtMs, standingOf } from "../core/clocks/clock.ts";
import type { RequestId } from "../core/ids.ts";
import { isoOf } from "../core/iso-time.ts";
import type { Authority, AuthorityStore, RequestForAuthority, RequestInList } from "../core/ports/authority-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { LawStore } from "../core/ports/law-store.ts";
import type { AuthorityRequestAnswer } from "../core/wire/authority-api.ts";
import type { Events } from "./events.ts";

export interface AuthorityDesk {
	receive(
		authority: Authority,
		request: AuthorityRequest,
		arrival: Arrival,
	): Promise<{ readonly id: RequestId; readonly isNew: boolean }>;
	/** Null where it is another's, or nobody's. */
	show(authority: Authority, id: RequestId): Promise<AuthorityRequestAnswer | null>;
	/** The newest first. */
	list(authority: Authority, limit: number): Promise<readonly RequestInList[]>;
}

export interface AuthorityDeskDeps {
	readonly authorities: Pick<AuthorityStore, "receive" | "findRequest" | "requestsOf">;
	readonly laws: Pick<LawStore, "current">;
	readonly clock: Clock;
	readonly events: Pick<Events, "authorityAsked">;
}

export function createAuthorityDesk({ authorities, laws, clock, events }: AuthorityDeskDeps): AuthorityDesk {
	return {
		async receive(authority, request, arrival) {
			const { asks, urgentReason } = request;
			const { set } = await laws.current();
			const starts = { laws: lawsFor(asks, authority.laws, set), at: new Date(clock.now()), arrival };
			const received = await authorities.receive(authority, request, starts);
			const { id: requestId, isNew } = received;
			if (isNew) events.authorityAsked({ requestId, asks, isUrgent: urgentReason !== undefined });
			return received;
		},
		async show(authority, id) {
			const found = await authorities.findRequest(authority.id, id, new Date(clock.now()));
			return found === null ? null : toAnswer(found, clock.now());
		},
		list: ({ id }, limit) => authorities.requestsOf(id, limit),
	};
}

function toAnswer(found: RequestForAuthority, nowMs: number): AuthorityRequestAnswer {
	const { clocks, history, answers, receivedAt, arrivedAt, places, silence, ...request } = found;
	const told = [{ at: receivedAt, what: "received" } as const, ...history];
	return {
		...request,
		places: [...places],
		silence: silence === null ? null : { basis: silence.basis, until: isoOf(silence.until?.getTime() ?? null) },
		receivedAt: receivedAt.toISOString(),
		arrivedAt: isoOf(arrivedAt?.getTime() ?? null),
		deadlines: clocks.map(({ clock: running }) => ({
			law: running.profile.id,
			dueAt: isoOf(dueAtMs(running)),
			state: standingOf(running, nowMs).kind,
			endedAt: isoOf(running.ended?.atMs ?? null),
			doneBy: [...running.profile.doneBy],
		})),
		answers: answers.map((one) => ({ ...one, at: one.at.toISOString() })),
		history: told.map(({ at, what }) => ({ at: at.toISOString(), what })),
	};
}
