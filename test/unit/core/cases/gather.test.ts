import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Arrival, gather } from "../../../../services/core/cases/gather.ts";
import { itemId, platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { tiers } from "../../../../services/core/policy/verdict.ts";

const arrival = (change: Partial<Arrival> = {}): Arrival => ({
	itemId: itemId.parse(uuidv7(1)),
	clusterKey: "sha256:00",
	platformId: platformId.parse(uuidv7(2)),
	surface: "public",
	tier: "K3",
	urgency: 60,
	category: null,
	isIncomplete: false,
	policyRevision: 2,
	order: null,
	...change,
});

describe("what people must see", () => {
	test("opens a case where its cluster has none that is undecided", () => {
		const { standing, opened } = gather(null, [arrival({ tier: "K2", urgency: 75, category: "csam" })]);
		expect(opened).toEqual({ kind: "opened", tier: "K2", urgency: 75, policyRevision: 2 });
		expect(standing).toMatchObject({ tier: "K2", urgency: 75, category: "csam", itemCount: 1, isIncomplete: false });
	});

	test("several that arrive together are one case, as strong as the strongest and as urgent as the most urgent", () => {
		const weak = arrival({ tier: "M", urgency: 90, isIncomplete: true });
		const strong = arrival({ tier: "K1", urgency: 80, category: "csam" });
		expect(gather(null, [weak, strong]).standing).toMatchObject({
			tier: "K1",
			urgency: 90,
			category: "csam",
			isIncomplete: true,
			itemCount: 2,
		});
	});

	test("joins the undecided case of its cluster without opening it again", () => {
		const before = gather(null, [arrival({ tier: "K3" })]).standing;
		const { standing, opened } = gather(before, [arrival({ tier: "K1", category: "csam" })]);
		expect(opened).toBeNull();
		expect(standing).toMatchObject({ tier: "K1", category: "csam", itemCount: 2 });
	});

	test("never makes a case weaker, less urgent or smaller, and comes to the same in any portions", () => {
		const anArrival = fc
			.record({
				tier: fc.constantFrom(...tiers),
				urgency: fc.integer({ min: 0, max: 100 }),
				isIncomplete: fc.boolean(),
			})
			.map(arrival);
		fc.assert(
			fc.property(anArrival, fc.array(anArrival, { minLength: 1, maxLength: 6 }), (first, rest) => {
				const [next, ...others] = rest;
				if (next === undefined) return;
				const held = gather(null, [first]).standing;
				const joined = gather(held, [next, ...others]).standing;
				expect(tiers.indexOf(joined.tier)).toBeLessThanOrEqual(tiers.indexOf(held.tier));
				expect(joined.urgency).toBeGreaterThanOrEqual(held.urgency);
				const { tier, urgency, isIncomplete, itemCount } = gather(null, [first, next, ...others]).standing;
				expect(joined).toMatchObject({ tier, urgency, isIncomplete, itemCount });
			}),
		);
	});
});
