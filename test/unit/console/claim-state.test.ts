import { describe, expect, test } from "@jest/globals";
import { type ClaimEvent, type ClaimState, nextClaimState } from "../../../services/console/claim/claim-state.ts";

const at = Date.parse("2026-11-24T09:00:00.000Z");
const claim = { fence: 3, expiresAt: new Date(at + 60_000).toISOString() };
const reading = { isDecided: false, claim: null, holder: null };
const follow = (...events: ClaimEvent[]): ClaimState =>
	events.reduce<ClaimState>(nextClaimState, { kind: "none" } satisfies ClaimState);
const taken = { kind: "taken", claim } as const;

describe("a claim on a case", () => {
	test("is held once taken, until its lease runs out", () => {
		expect(follow(taken, { kind: "tick", nowMs: at + 59_999 })).toEqual({
			kind: "held",
			fence: 3,
			expiresAtMs: at + 60_000,
			isFailing: false,
		});
		expect(follow(taken, { kind: "tick", nowMs: at + 60_000 })).toEqual({ kind: "lost", loss: { kind: "expired" } });
	});

	test("lasts longer with every heartbeat", () => {
		const renewed = { fence: 3, expiresAt: new Date(at + 90_000).toISOString() };
		const state = follow(taken, { kind: "renewed", claim: renewed }, { kind: "tick", nowMs: at + 60_001 });
		expect(state).toMatchObject({ kind: "held", expiresAtMs: at + 90_000 });
	});

	test("stays held while heartbeats fail and the lease lasts, and says that they fail", () => {
		expect(follow(taken, { kind: "renewal-failed" })).toMatchObject({ kind: "held", isFailing: true });
		expect(follow(taken, { kind: "renewal-failed" }, { kind: "renewed", claim })).toMatchObject({ isFailing: false });
	});

	test("is lost the moment the server refuses it", () =>
		expect(follow(taken, { kind: "refused" })).toEqual({ kind: "lost", loss: { kind: "expired" } }));

	test("is lost to the person who holds the case now, by name", () => {
		const holder = { displayName: "Lan", isMine: false };
		expect(follow(taken, { kind: "read", reading: { ...reading, holder } })).toEqual({
			kind: "lost",
			loss: { kind: "taken", by: "Lan" },
		});
		expect(follow(taken, { kind: "refused" }, { kind: "read", reading: { ...reading, holder } })).toEqual({
			kind: "lost",
			loss: { kind: "taken", by: "Lan" },
		});
	});

	test("taken again in another window is lost in this one", () => {
		const newer = { ...reading, claim: { ...claim, fence: 4 } };
		expect(follow(taken, { kind: "read", reading: newer })).toEqual({ kind: "lost", loss: { kind: "elsewhere" } });
	});

	test("goes on after the page was reloaded", () =>
		expect(follow({ kind: "read", reading: { ...reading, claim } })).toMatchObject({ kind: "held", fence: 3 }));

	test("that ended with a decision is not called lost", () => {
		expect(follow(taken, { kind: "read", reading: { ...reading, isDecided: true } })).toEqual({ kind: "ended" });
		expect(follow(taken, { kind: "ended" }, { kind: "read", reading })).toEqual({ kind: "ended" });
	});

	test("a late answer to an old heartbeat does not bring back what was lost", () =>
		expect(follow(taken, { kind: "refused" }, { kind: "renewed", claim })).toMatchObject({ kind: "lost" }));
});
