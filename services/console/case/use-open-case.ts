// One case on the page: what is known of it, kept fresh by events, and this person's claim on it, kept alive by heartbeats.

import { useCallback, useEffect, useReducer, useRef, useState } from "preact/hooks";
import { isUndecided } from "../../core/cases/case.ts";
import { listedItems } from "../../core/cases/listed-items.ts";
import type { CaseId } from "../../core/ids.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { type ApiProblem, problemOf } from "../api/api-problem.ts";
import { type ClaimState, nextClaimState } from "../claim/claim-state.ts";
import { useThrottled } from "../hooks/use-throttled.ts";
import { useDesk } from "../shell/console-context.ts";

const rereadEveryMs = 250;
/** Heartbeats per lease: two may be lost on the way and the claim still lasts. */
const beatsPerLease = 3;

export interface OpenCase {
	readonly detail: WireCaseDetail | null;
	/** Why the case could not be read, or why the last wish to take it was refused. */
	readonly problem: ApiProblem | null;
	readonly claim: ClaimState;
	readonly isTaking: boolean;
	take(): void;
	reread(): void;
	/** Lists more of its items, where it has more than are listed. */
	listMore(): void;
	/** Takes over what an act answered; `ended` where the act ended the claim. */
	settle(detail: WireCaseDetail | null, hasEnded: boolean): void;
	/** An act was refused because the claim is lost. */
	refuse(): void;
	/** Gives the case back without waiting for the answer. */
	giveBack(): void;
}

export function useOpenCase(id: CaseId): OpenCase {
	const { client, nowMs, onLive, takeHandedOver } = useDesk();
	const [claim, dispatch] = useReducer(nextClaimState, { kind: "none" });
	const [detail, setDetail] = useState<WireCaseDetail | null>(null);
	const [problem, setProblem] = useState<ApiProblem | null>(null);
	const [isTaking, setTaking] = useState(false);
	// Answers to questions asked before the newest act say what is no longer so.
	const asked = useRef(0);
	const listed = useRef<number>(listedItems.usual);
	const held = useRef<ClaimState>(claim);
	held.current = claim;

	const read = useCallback(() => {
		asked.current += 1;
		const mine = asked.current;
		client.case(id, listed.current).then(
			(next) => {
				if (mine !== asked.current) return;
				setDetail(next);
				setProblem(null);
				dispatch({ kind: "read", reading: readingOf(next) });
			},
			(error: unknown) => mine === asked.current && setProblem(problemOf(error)),
		);
	}, [client, id]);
	const reread = useThrottled(read, rereadEveryMs);

	const accept = useCallback(
		(next: WireCaseDetail) => {
			asked.current += 1;
			setDetail(next);
			setProblem(null);
			// What an act answers lists as many as usual.
			if (next.items.length < Math.min(listed.current, next.itemCount)) reread();
		},
		[reread],
	);
	const listMore = useCallback(() => {
		listed.current = Math.min(listed.current + listedItems.usual, listedItems.most);
		reread();
	}, [reread]);

	const begin = useCallback(
		(taken: WireCaseDetail) => {
			accept(taken);
			if (taken.claim !== null) dispatch({ kind: "taken", claim: taken.claim });
		},
		[accept],
	);
	const take = useCallback(async () => {
		setTaking(true);
		try {
			begin(await client.claim(id));
		} catch (error) {
			setProblem(problemOf(error));
			reread();
		} finally {
			setTaking(false);
		}
	}, [client, id, begin, reread]);

	const giveBack = useCallback(() => {
		if (held.current.kind !== "held") return;
		client.release(id, held.current.fence).catch(() => {});
		held.current = { kind: "ended" };
	}, [client, id]);

	const settle = useCallback(
		(next: WireCaseDetail | null, hasEnded: boolean) => {
			if (next !== null) accept(next);
			if (hasEnded) dispatch({ kind: "ended" });
			if (next === null) reread();
		},
		[accept, reread],
	);
	const refuse = useCallback(() => {
		dispatch({ kind: "refused" });
		reread();
	}, [reread]);

	useEffect(() => {
		const taken = takeHandedOver(id);
		if (taken === null) reread();
		else begin(taken);
		window.addEventListener("pagehide", giveBack);
		return () => {
			window.removeEventListener("pagehide", giveBack);
			giveBack();
		};
	}, [id, takeHandedOver, begin, reread, giveBack]);

	useEffect(
		() =>
			onLive((event) => {
				if (event.kind === "hello" || (event.kind === "case-changed" && event.caseId === id)) reread();
			}),
		[onLive, id, reread],
	);

	useHeartbeat(id, claim, dispatch);
	useEffect(() => {
		const timer = setInterval(() => dispatch({ kind: "tick", nowMs: nowMs() }), 250);
		return () => clearInterval(timer);
	}, [nowMs]);

	return { detail, problem, claim, isTaking, take, reread, listMore, settle, refuse, giveBack };
}

function readingOf({ state, claim, claimedBy }: WireCaseDetail) {
	return { isDecided: !isUndecided(state), claim, holder: claimedBy };
}

function useHeartbeat(id: CaseId, claim: ClaimState, dispatch: (event: Parameters<typeof nextClaimState>[1]) => void) {
	const { client, session } = useDesk();
	const fence = claim.kind === "held" ? claim.fence : null;
	useEffect(() => {
		if (fence === null) return;
		const beat = () => {
			client.heartbeat(id, fence).then(
				(renewed) => dispatch({ kind: "renewed", claim: renewed }),
				(error: unknown) => {
					const { code } = problemOf(error);
					const isRefused = code === "claim-lost" || code === "not-decidable" || code === "not-found";
					dispatch({ kind: isRefused ? "refused" : "renewal-failed" });
				},
			);
		};
		// Timers run late in a tab that nobody looks at: renew at once when it is looked at again.
		const onVisible = () => document.visibilityState === "visible" && beat();
		const timer = setInterval(beat, session.claimLeaseMs / beatsPerLease);
		document.addEventListener("visibilitychange", onVisible);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", onVisible);
		};
	}, [id, fence, client, session.claimLeaseMs, dispatch]);
}
