import { describe, expect, it } from "@jest/globals";
import { claimCase, comment, decide, heartbeat, release, skip } from "../../../../services/core/cases/act-on-case.ts";
import type { CaseSnapshot, CaseTransition } from "../../../../services/core/cases/case.ts";
import { BreakwaterError } from "../../../../services/core/errors.ts";
import { caseId, entryId, itemId, platformId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import type { ItemState } from "../../../../services/core/items/item.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";

const noon = new Date("2026-11-24T12:00:00.000Z");
const leaseMs = 60_000;
const ana = userId.parse(uuidv7(1));
const binh = userId.parse(uuidv7(2));
const chi = userId.parse(uuidv7(4));
const noonPlus = (ms: number) => new Date(noon.getTime() + ms);

function openCase(change: Partial<CaseSnapshot> = {}): CaseSnapshot {
	return {
		id: caseId.parse(uuidv7(3)),
		state: "open",
		tier: "K2",
		fence: 0,
		claim: null,
		firstDecision: null,
		secondDecision: null,
		appealed: null,
		decided: null,
		...{ items: [], copies: [], account: null, spread: null },
		...change,
	};
}

/** The case as the store would load it after the transition. */
function applied(before: CaseSnapshot, change: CaseTransition): CaseSnapshot {
	const { state, claim, firstDecision, secondDecision, decided } = change;
	return { ...before, state, claim, firstDecision, secondDecision, decided, fence: claim?.fence ?? before.fence };
}

function claimedBy(user: typeof ana, change: Partial<CaseSnapshot> = {}): CaseSnapshot {
	const before = openCase(change);
	return applied(before, claimCase(before, { userId: user, now: noon, leaseMs }));
}

function itemsIn(...states: readonly ItemState[]): CaseSnapshot["items"] {
	const from = { platformId: platformId.parse(uuidv7(8)), surface: "public", country: null } as const;
	return states.map((state, index) => ({
		...{ id: itemId.parse(uuidv7(10 + index)), ...from, state },
		withheldOn: [],
		orders: [],
	}));
}

function codeOf(act: () => unknown): string {
	try {
		act();
	} catch (error) {
		if (error instanceof BreakwaterError) return error.code;
		throw error;
	}
	return "none";
}

const actOf = (user: typeof ana, held: CaseSnapshot, now = noonPlus(1_000)) => ({
	userId: user,
	fence: held.claim?.fence ?? -1,
	now,
});
const because = "matches the notice";

describe("claiming a case", () => {
	it("gives an open case to whoever asks, for the length of the lease, under a new fence", () => {
		const change = claimCase(openCase({ fence: 7 }), { userId: ana, now: noon, leaseMs });
		expect(change).toMatchObject({
			state: "claimed",
			claim: { userId: ana, fence: 8, expiresAt: noonPlus(leaseMs) },
			events: [{ kind: "claimed", fence: 8 }],
			itemActions: [],
		});
	});

	it("refuses a second person while the first one's lease lasts, to the last millisecond", () => {
		const held = claimedBy(ana);
		expect(codeOf(() => claimCase(held, { userId: binh, now: noonPlus(leaseMs - 1), leaseMs }))).toBe(
			"already-claimed",
		);
	});

	it("gives the case to another person once the lease has run out, and says so in the record", () => {
		const change = claimCase(claimedBy(ana), { userId: binh, now: noonPlus(leaseMs), leaseMs });
		expect(change.claim).toMatchObject({ userId: binh, fence: 2 });
		expect(change.events).toEqual([
			{ kind: "released", why: "expired" },
			{ kind: "claimed", fence: 2 },
		]);
	});

	it("lets the holder claim again, so that a reloaded page takes over from the one it replaced", () => {
		const held = claimedBy(ana);
		const again = applied(held, claimCase(held, { userId: ana, now: noonPlus(5_000), leaseMs }));
		expect(again.claim?.fence).toBe(2);
		expect(codeOf(() => release(again, { userId: ana, fence: 1, now: noonPlus(6_000) }))).toBe("claim-lost");
	});

	it.each(["decided", "closed"] as const)("refuses a case that is %s", (state) => {
		expect(codeOf(() => claimCase(openCase({ state }), { userId: ana, now: noon, leaseMs }))).toBe("not-decidable");
	});

	it("never gives the second look to the person who gave the first", () => {
		const waiting = openCase({ state: "second", firstDecision: { decision: "remove", userId: ana } });
		expect(codeOf(() => claimCase(waiting, { userId: ana, now: noon, leaseMs }))).toBe("same-person");
		expect(claimCase(waiting, { userId: binh, now: noon, leaseMs }).state).toBe("second");
	});
});

describe("acting under a claim", () => {
	const acts = {
		heartbeat: (held: CaseSnapshot, act: Parameters<typeof release>[1]) => heartbeat(held, { ...act, leaseMs }),
		release,
		skip,
		"a decision": (held: CaseSnapshot, act: Parameters<typeof release>[1]) =>
			decide(held, { ...act, decision: "remove", reason: because }, defaultPolicy),
	};

	describe.each(Object.entries(acts))("%s", (_name, act) => {
		it("is refused once the lease has run out", () => {
			const held = claimedBy(ana);
			expect(codeOf(() => act(held, actOf(ana, held, noonPlus(leaseMs))))).toBe("claim-lost");
		});

		it("is refused under an older fence", () => {
			const held = claimedBy(ana, { fence: 4 });
			expect(codeOf(() => act(held, { userId: ana, fence: 4, now: noonPlus(1) }))).toBe("claim-lost");
		});

		it("is refused to a person who does not hold the case", () => {
			const held = claimedBy(ana);
			expect(codeOf(() => act(held, { ...actOf(ana, held), userId: binh }))).toBe("claim-lost");
		});

		it("is refused where nobody holds the case", () => {
			expect(codeOf(() => act(openCase(), { userId: ana, fence: 0, now: noon }))).toBe("claim-lost");
		});
	});

	it("a heartbeat keeps the same fence and moves the end of the lease, without an event", () => {
		const held = claimedBy(ana);
		const change = heartbeat(held, { ...actOf(ana, held, noonPlus(50_000)), leaseMs });
		expect(change).toMatchObject({ claim: { fence: 1, expiresAt: noonPlus(110_000) }, events: [] });
	});

	it("releasing a case puts it back for anyone", () => {
		const held = claimedBy(ana);
		expect(release(held, actOf(ana, held))).toMatchObject({
			state: "open",
			claim: null,
			events: [{ kind: "released", why: "asked" }],
		});
	});

	it("skipping asks for no reason and does not offer the case to that person again", () => {
		const held = claimedBy(ana);
		expect(skip(held, actOf(ana, held))).toMatchObject({
			state: "open",
			claim: null,
			skippedBy: ana,
			events: [{ kind: "skipped" }],
		});
	});

	it("a case given back while it waits for a second person goes on waiting for one", () => {
		const waiting = { state: "second", firstDecision: { decision: "remove", userId: ana } } as const;
		const held = claimedBy(binh, waiting);
		expect(release(held, actOf(binh, held))).toMatchObject({ state: "second", firstDecision: waiting.firstDecision });
		expect(skip(held, actOf(binh, held))).toMatchObject({ state: "second", firstDecision: waiting.firstDecision });
	});
});

describe("commenting", () => {
	it("leaves claim and state to whoever holds the case", () => {
		const held = claimedBy(ana);
		expect(comment(held, { text: "seen before" })).toMatchObject({
			state: "claimed",
			claim: held.claim,
			events: [{ kind: "commented", text: "seen before" }],
		});
	});

	it("is refused once the case is decided", () => {
		expect(codeOf(() => comment(openCase({ state: "decided" }), { text: "late" }))).toBe("not-decidable");
	});
});

describe("deciding a case of confirmed or strong evidence", () => {
	it("one person removes what is withheld and what is still live", () => {
		const held = claimedBy(ana, { items: itemsIn("withheld", "live", "gone", "removed") });
		const change = decide(held, { ...actOf(ana, held), decision: "remove", reason: because }, defaultPolicy);
		expect(change).toMatchObject({
			state: "decided",
			decided: { decision: "remove", userId: ana, at: noonPlus(1_000) },
			claim: null,
			events: [{ kind: "decided", decision: "remove", reason: because, isFinal: true }],
		});
		expect(change.itemActions).toEqual([
			{ itemId: held.items[0]?.id, action: "remove" },
			{ itemId: held.items[1]?.id, action: "remove" },
		]);
	});

	it("one person restores what was withheld; what is live needs no order", () => {
		const held = claimedBy(ana, { items: itemsIn("withheld", "live", "removed") });
		const change = decide(held, { ...actOf(ana, held), decision: "restore", reason: because }, defaultPolicy);
		expect(change).toMatchObject({ state: "decided", decided: { decision: "restore" } });
		expect(change.itemActions).toEqual([{ itemId: held.items[0]?.id, action: "restore" }]);
	});

	it("what people restored before stays restored", () => {
		const held = claimedBy(ana, { items: itemsIn("restored") });
		const change = decide(held, { ...actOf(ana, held), decision: "remove", reason: because }, defaultPolicy);
		expect(change.itemActions).toEqual([]);
	});
});

it("decides on no more than whoever decides has seen, where they say how much that was", () => {
	const held = claimedBy(ana, { items: itemsIn("live", "live") });
	const deciding = (itemsSeen?: number) => () =>
		decide(held, { ...actOf(ana, held), decision: "remove", reason: because, itemsSeen }, defaultPolicy);
	expect(codeOf(deciding(1))).toBe("case-grew");
	expect(codeOf(deciding(2))).toBe("none");
	expect(codeOf(deciding())).toBe("none");
});

describe("deciding a case of weaker evidence, where a removal takes two", () => {
	const items = itemsIn("live", "withheld", "restored");
	const firstHeld = claimedBy(ana, { tier: "M", items });
	const first = decide(firstHeld, { ...actOf(ana, firstHeld), decision: "remove", reason: because }, defaultPolicy);
	const asked = {
		...applied(firstHeld, first),
		items: items.map((item) => (item.state === "live" ? { ...item, state: "withheld" as const } : item)),
	};
	const secondHeld = applied(asked, claimCase(asked, { userId: binh, now: noonPlus(2_000), leaseMs }));

	it("the first removal withholds what is visible at once, asks for a second person and ends the claim", () => {
		expect(first).toMatchObject({
			state: "second",
			claim: null,
			decided: null,
			firstDecision: { decision: "remove", userId: ana },
			itemActions: [{ itemId: items[0]?.id, action: "withhold" }],
		});
		expect(first.events.map(({ kind }) => kind)).toEqual(["decided", "second-asked"]);
	});

	it("the second person agreeing removes for good", () => {
		const change = decide(
			secondHeld,
			{ ...actOf(binh, secondHeld, noonPlus(3_000)), decision: "remove", reason: because },
			defaultPolicy,
		);
		expect(change).toMatchObject({ state: "decided", decided: { decision: "remove" }, events: [{ isFinal: true }] });
		expect(change.itemActions).toEqual([
			{ itemId: items[0]?.id, action: "remove" },
			{ itemId: items[1]?.id, action: "remove" },
		]);
	});

	describe("where the second person differs", () => {
		const differing = decide(
			secondHeld,
			{ ...actOf(binh, secondHeld, noonPlus(3_000)), decision: "restore", reason: because },
			defaultPolicy,
		);
		const differed = applied(secondHeld, differing);

		it("neither decides: nothing changes at the platform, and a lead is asked", () => {
			expect(differing).toMatchObject({
				state: "held",
				claim: null,
				decided: null,
				firstDecision: { decision: "remove", userId: ana },
				secondDecision: { decision: "restore", userId: binh },
				itemActions: [],
			});
			expect(differing.events.map(({ kind }) => kind)).toEqual(["decided", "lead-asked"]);
		});

		it("nobody but a lead who gave neither decision takes the case", () => {
			const take = (userId: typeof ana, isLead: boolean) => () =>
				claimCase(differed, { userId, isLead, now: noonPlus(4_000), leaseMs });
			expect([codeOf(take(chi, false)), codeOf(take(ana, true)), codeOf(take(binh, true))]).toEqual([
				"needs-lead",
				"same-person",
				"same-person",
			]);
			expect(take(chi, true)().state).toBe("held");
		});

		it("the lead is the last to decide, whichever way", () => {
			const held = applied(differed, claimCase(differed, { userId: chi, isLead: true, now: noonPlus(4_000), leaseMs }));
			const act = { ...actOf(chi, held, noonPlus(5_000)), isLead: true, reason: because };
			expect(decide(held, { ...act, decision: "restore" }, defaultPolicy)).toMatchObject({
				state: "decided",
				decided: { decision: "restore", userId: chi },
				itemActions: [{ action: "restore" }, { action: "restore" }],
			});
			expect(decide(held, { ...act, decision: "remove" }, defaultPolicy).decided?.decision).toBe("remove");
		});
	});

	it("a claim on the first person's own case, however it came about, does not let them decide twice", () => {
		const own = { ...asked, claim: { userId: ana, fence: 9, expiresAt: noonPlus(leaseMs) }, fence: 9 };
		const act = { userId: ana, fence: 9, now: noonPlus(1), decision: "remove", reason: because } as const;
		expect(codeOf(() => decide(own, act, defaultPolicy))).toBe("same-person");
	});

	it("restoring takes one person", () => {
		const held = claimedBy(ana, { tier: "M", items });
		const change = decide(held, { ...actOf(ana, held), decision: "restore", reason: because }, defaultPolicy);
		expect(change).toMatchObject({ state: "decided", decided: { decision: "restore" } });
	});
});

describe("restoring what a machine withheld on the word of a bank trusted here", () => {
	const entry = entryId.parse(uuidv7(20));
	const on = (isTrusted: boolean) =>
		itemsIn("withheld").map((item) => ({ ...item, withheldOn: [{ entryId: entry, isTrusted }] }));
	const restore = (held: CaseSnapshot, user: typeof ana) =>
		decide(held, { ...actOf(user, held), decision: "restore", reason: because }, defaultPolicy);

	it("takes two people; until the second agrees it stays withheld, and no entry is disputed", () => {
		const held = claimedBy(ana, { tier: "K1", items: on(true) });
		const first = restore(held, ana);
		expect(first).toMatchObject({ state: "second", decided: null, itemActions: [] });
		expect(first.entryJudgement).toBeUndefined();
		const asked = applied(held, first);
		const again = applied(asked, claimCase(asked, { userId: binh, now: noonPlus(2_000), leaseMs }));
		expect(
			decide(again, { ...actOf(binh, again, noonPlus(3_000)), decision: "restore", reason: because }, defaultPolicy),
		).toMatchObject({
			state: "decided",
			itemActions: [{ action: "restore" }],
			entryJudgement: { entries: [entry], judgement: "dispute", isAsked: false },
		});
	});

	it("takes one person where the bank is not trusted, or the evidence is weaker", () => {
		expect(restore(claimedBy(ana, { tier: "K2", items: on(false) }), ana).state).toBe("decided");
		expect(restore(claimedBy(ana, { tier: "K3", items: on(true) }), ana).state).toBe("decided");
	});
});
