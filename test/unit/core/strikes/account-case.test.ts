// When people are asked about an account: by the strike that makes it enough, and after that by new ones only.
import { expect, test } from "@jest/globals";
import { caseId, itemId, orderId, uuidv7 } from "../../../../services/core/ids.ts";
import type { Strike } from "../../../../services/core/ports/strike-store.ts";
import { strikesToGather, takenBackSince } from "../../../../services/core/strikes/account-case.ts";
import { readJurisdictions } from "../../../../services/runtime/read-jurisdictions.ts";

const now = new Date("2026-11-28T00:00:00.000Z");
const laws = readJurisdictions();
const strike = (daysAgo: number): Strike => {
	const at = new Date(now.getTime() - daysAgo * 86_400_000);
	const id = uuidv7(at.getTime());
	return { itemId: itemId.parse(id), orderId: orderId.parse(id), caseId: caseId.parse(id), category: "csam", at };
};
const strikes = (...days: readonly number[]) => days.map(strike);
const idsOf = (all: readonly Strike[]) => new Set(all.map((one) => one.orderId));
const first = { gathered: idsOf([]), hasOpenCase: false, recommendedBefore: 0 };

test("the fifth strike in thirty days puts the account before people, with all five as evidence; the fourth does not", () => {
	expect(strikesToGather({ ...first, strikes: strikes(1, 2, 3, 4) }, laws, now)).toBeNull();
	const five = strikes(1, 2, 3, 4, 29);
	expect(strikesToGather({ ...first, strikes: five }, laws, now)).toEqual({
		strikes: five,
		recommendations: [{ kind: "suspend", law: "VN-147-REPEAT", atLeastDays: 7, atMostDays: 30 }],
	});
	expect(strikesToGather({ ...first, strikes: strikes(1, 2, 3, 4, 30) }, laws, now)).toBeNull();
});

test("ten in ninety days do so, too, however slowly they came; what is older is no evidence", () => {
	const slow = strikes(0, 9, 18, 27, 36, 45, 54, 63, 72, 81);
	expect(strikesToGather({ ...first, strikes: [...slow, strike(90)] }, laws, now)?.strikes).toEqual(slow);
});

test("after people have decided the same strikes open nothing; a new one does, with all that the law counts", () => {
	const five = strikes(1, 2, 3, 4, 5);
	const decided = { ...first, gathered: idsOf(five) };
	expect(strikesToGather({ ...decided, strikes: five }, laws, now)).toBeNull();
	const six = [strike(0), ...five];
	expect(strikesToGather({ ...decided, strikes: six }, laws, now)?.strikes).toEqual(six);
});

test("a new strike after the others have decayed opens nothing", () => {
	const old = strikes(40, 41, 42, 43, 44);
	const standing = { ...first, gathered: idsOf(old), strikes: [strike(0), ...old] };
	expect(strikesToGather(standing, laws, now)).toBeNull();
});

test("while the case is undecided later strikes join it, alone, even if others were taken back meanwhile", () => {
	const five = strikes(1, 2, 3, 4, 5);
	const open = { ...first, gathered: idsOf(five), hasOpenCase: true };
	const sixth = strike(0);
	expect(strikesToGather({ ...open, strikes: [sixth, ...five] }, laws, now)?.strikes).toEqual([sixth]);
	expect(strikesToGather({ ...open, strikes: [sixth, ...five.slice(3)] }, laws, now)).toEqual({
		strikes: [sixth],
		recommendations: [],
	});
});

test("after three restrictions that were recommended and taken note of, the law asks for one that lasts", () => {
	const asked = (recommendedBefore: number) =>
		strikesToGather({ ...first, recommendedBefore, strikes: strikes(1, 2, 3, 4, 5) }, laws, now)?.recommendations;
	expect(asked(2)?.map(({ kind }) => kind)).toEqual(["suspend"]);
	expect(asked(3)).toEqual([{ kind: "suspend-permanently", law: "VN-147-REPEAT" }]);
});

test("where no law counts, nobody is asked", () => {
	expect(strikesToGather({ ...first, strikes: strikes(1, 1, 1, 1, 1) }, [], now)).toBeNull();
});

test("people are asked again once strikes are taken back without which no law would have asked for what they recommended", () => {
	const decidedAt = now;
	const recommendations = [{ kind: "suspend", law: "VN-147-REPEAT", atLeastDays: 7, atMostDays: 30 }] as const;
	const resting = (count: number, lost: number, takenBackAt: Date) => ({
		...{ recommendations, decidedAt, recommendedBefore: 0 },
		strikes: strikes(...Array.from({ length: count }, (_, at) => at + 1)).map((one, at) => ({
			...one,
			takenBackAt: at < lost ? takenBackAt : null,
		})),
	});
	const later = new Date(decidedAt.getTime() + 1_000);
	expect(takenBackSince(resting(5, 0, later), laws)).toBe(0);
	expect(takenBackSince(resting(6, 1, later), laws)).toBe(0);
	expect(takenBackSince(resting(5, 1, later), laws)).toBe(1);
	// They knew of it when they decided.
	expect(takenBackSince(resting(5, 1, new Date(decidedAt.getTime() - 1_000)), laws)).toBe(0);
	// What no law asked rests on each of them.
	expect(takenBackSince({ ...resting(6, 1, later), recommendations: [] }, laws)).toBe(1);
});
