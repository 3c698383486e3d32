import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { mostVoices } from "../../../../services/core/cases/count-reports.ts";
import {
	type Arrival,
	gather,
	type ReportArrival,
	type VerdictArrival,
} from "../../../../services/core/cases/gather.ts";
import { itemId, platformId, reportId, uuidv7 } from "../../../../services/core/ids.ts";
import { tiers } from "../../../../services/core/policy/verdict.ts";

const arrival = (change: Partial<VerdictArrival> = {}): VerdictArrival => ({
	kind: "verdict",
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

const report = (change: Partial<ReportArrival> = {}): ReportArrival => ({
	...{ kind: "report", reportId: reportId.parse(uuidv7(3)), clusterKey: "address:00" },
	...{ voice: "lan", isTrusted: false, isDangerNow: false },
	...{ itemId: null, platformId: null, surface: null },
	...change,
});
const voices = (count: number, change: Partial<ReportArrival> = {}) =>
	Array.from({ length: count }, (_, index) => report({ voice: `reporter ${index}`, ...change }));
const gatherAll = ([first, ...others]: readonly Arrival[]) => {
	if (first === undefined) throw new Error("something arrives");
	return gather(null, [first, ...others]);
};
const urgencyOf = (arrivals: readonly Arrival[]) => gatherAll(arrivals).standing.urgency;

describe("what people report", () => {
	test("opens a case of a place that nobody holds: without an item, a platform or a policy", () => {
		const { standing, opened } = gather(null, [report()]);
		expect(opened).toMatchObject({ kind: "opened", tier: "T", policyRevision: null });
		expect(standing).toMatchObject({ platformId: null, surface: null, itemCount: 0, reports: { reports: 1 } });
	});

	test("brings the item that it names before people, once however many name it", () => {
		const item = {
			itemId: itemId.parse(uuidv7(4)),
			platformId: platformId.parse(uuidv7(2)),
			surface: "group",
		} as const;
		const { standing } = gatherAll(voices(3, item));
		expect(standing).toMatchObject({ itemCount: 1, platformId: item.platformId, surface: "group" });
	});

	test("a thousand reports of one reporter count as one, and a thousand reporters as a handful", () => {
		const one = urgencyOf([report()]);
		expect(urgencyOf(Array.from({ length: 1_000 }, () => report()))).toBe(one);
		expect(urgencyOf(voices(1_000))).toBe(urgencyOf(voices(mostVoices.public)));
		expect(urgencyOf(voices(1_000))).toBeLessThan(60);
		const { reports } = gatherAll(voices(1_000)).standing;
		expect(reports?.reports).toBe(1_000);
		expect(reports?.voices).toHaveLength(mostVoices.public);
	});

	test("a trusted word raises a case more than one of the public, and a child in danger more than any crowd", () => {
		expect(urgencyOf([report({ isTrusted: true })])).toBeGreaterThan(urgencyOf([report()]));
		expect(urgencyOf([report({ isDangerNow: true })])).toBeGreaterThan(urgencyOf(voices(1_000)));
		expect(urgencyOf([report({ isDangerNow: true, isTrusted: true })])).toBeGreaterThan(
			urgencyOf([report({ isDangerNow: true })]),
		);
	});

	test("joins what a machine found, and never makes it weaker or less urgent", () => {
		const held = gather(null, [arrival({ tier: "K2", urgency: 75, category: "csam" })]).standing;
		const { standing, opened } = gather(held, [report()]);
		expect(opened).toBeNull();
		expect(standing).toMatchObject({
			tier: "K2",
			urgency: 75,
			category: "csam",
			itemCount: 1,
			reports: { reports: 1 },
		});
		expect(gather(held, [report({ isDangerNow: true, isTrusted: true })]).standing.urgency).toBe(90);
	});

	test("comes to the same in any order and in any portions, and by the cap at most", () => {
		const aReport = fc
			.record({
				voice: fc.integer({ min: 0, max: 12 }).map(String),
				isTrusted: fc.boolean(),
				isDangerNow: fc.boolean(),
			})
			.map(report);
		const anArrival: fc.Arbitrary<Arrival> = fc.oneof(
			aReport,
			fc.record({ tier: fc.constantFrom(...tiers), urgency: fc.integer({ min: 0, max: 100 }) }).map(arrival),
		);
		fc.assert(
			fc.property(fc.array(anArrival, { minLength: 2, maxLength: 40 }), fc.nat(), (arrivals, seed) => {
				const whole = gatherAll(arrivals).standing;
				const turned = [...arrivals.slice(seed % arrivals.length), ...arrivals.slice(0, seed % arrivals.length)];
				const cut = 1 + (seed % (arrivals.length - 1));
				const [next, ...rest] = turned.slice(cut);
				if (next === undefined) return;
				const { urgency, tier, reports } = gather(gatherAll(turned.slice(0, cut)).standing, [next, ...rest]).standing;
				expect({ urgency, tier, reports: reports?.reports, danger: reports?.danger }).toEqual({
					...{ urgency: whole.urgency, tier: whole.tier },
					...{ reports: whole.reports?.reports, danger: whole.reports?.danger },
				});
				expect(reports?.voices.length).toBe(whole.reports?.voices.length);
				expect(reports?.trusted.length).toBe(whole.reports?.trusted.length);
			}),
		);
	});
});
