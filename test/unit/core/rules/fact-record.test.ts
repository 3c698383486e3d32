// What a verdict keeps of the facts that rules could read is exactly those facts, and stays readable when the catalogue grows.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createFactCatalogue } from "../../../../services/core/rules/fact-catalogue.ts";
import { createFactReader, createFactWriter, layoutOf } from "../../../../services/core/rules/fact-record.ts";
import { keptMs, type LatelyCounts, latelyAmong, latelyNames } from "../../../../services/core/rules/lately.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";

const catalogue = createFactCatalogue(signalCatalogue);
const reader = createFactReader([catalogue.layout], catalogue.empty);
const throughTheRecord = (facts: ReturnType<typeof catalogue.read>) => {
	const { layout, facts: text } = catalogue.write(facts);
	return reader.read({ layout, facts: JSON.parse(text) });
};

const item = fc.record({
	kind: fc.constantFrom("post", "media"),
	surface: fc.constantFrom("public", "group", "direct"),
	platform: fc.string({ unit: "binary" }),
	language: fc.option(fc.string({ unit: "binary" })),
	mediaType: fc.option(fc.string()),
	isEdit: fc.boolean(),
	text: fc.option(fc.string({ unit: "binary" })),
});
const scored = fc.double({ min: 0, max: 1, noNaN: true }).map((probability) => ({
	...{ kind: "scored", detector: "model", version: "1", model: "m", backend: "cpu", labels: {} },
	...{ category: "adult", probability },
}));
const matched = fc.constant(matchedSignal("hash", "1", newMatch({ distanceBits: 10 })));

test("whatever an item and its signals are, the facts that are read back are those that were written", () => {
	fc.assert(
		fc.property(item, fc.array(fc.oneof(scored, matched), { maxLength: 4 }), (of, signals) => {
			const facts = catalogue.read(of, signals);
			expect(throughTheRecord(facts)).toEqual(facts);
		}),
	);
});

test("it holds no content, and is small", () => {
	const text = "an ordinary sentence of somebody, with https://a.example and 12 digits";
	const post = { kind: "post", surface: "public", platform: "forum", language: "en", mediaType: null, isEdit: false };
	const { facts } = catalogue.write(catalogue.read({ ...post, text }, []));
	expect(facts).not.toMatch(/ordinary|example/);
	expect(facts.length).toBeLessThan(100);
});

describe("when the catalogue has grown since", () => {
	const older = { item: { kind: catalogue.groups.item?.kind, surface: catalogue.groups.item?.surface } } as never;
	const layout = layoutOf(older, 1);
	const between = createFactReader([layout, catalogue.layout], catalogue.empty);
	const { facts } = createFactWriter(layout)({ item: { kind: "post", surface: "group" } });
	test("what was recorded is read, and what was not is named", () => {
		expect(between.read({ layout: layout.id, facts: JSON.parse(facts) }).item).toMatchObject({
			kind: "post",
			surface: "group",
		});
		expect(between.missing(layout.id, ["item.kind", "item.links"])).toEqual(["item.links"]);
		expect(between.missing(catalogue.layout.id, ["item.kind", "item.links"])).toEqual([]);
	});
	test("a layout that nobody declared is refused", () => {
		expect(() => reader.read({ layout: layout.id, facts: [] })).toThrow("no layout of facts");
	});
});

describe("what is counted only while a rule asks", () => {
	const counts = { ...Object.fromEntries(latelyNames.map((name, at) => [name, at + 1])) } as LatelyCounts;
	const facts = catalogue.read(
		{ kind: "post", surface: "public", platform: "forum", language: null, mediaType: null, isEdit: false, text: "x" },
		[],
		counts,
	);
	test("is read under its name, as it was counted", () => {
		expect(facts.account).toEqual({
			...{ items5m: 1, items1h: 2, items1d: 3, removed: 4, restored: 5, withheld: 6, ageHours: 7, firstDayRate: 8 },
		});
		expect(facts.cluster).toEqual({ accounts1h: 9, accounts1d: 10 });
		expect(throughTheRecord(facts)).toEqual(facts);
	});
	test("is not recorded as 0 where nothing asked for it: it is not known", () => {
		const { layout, write } = catalogue.recording(new Set(["account.items5m"] as const));
		const between = createFactReader([layout, catalogue.layout], catalogue.empty);
		const written = write(facts);
		expect(written.layout).toBe(layout.id);
		expect(between.read({ layout: layout.id, facts: JSON.parse(written.facts) }).account?.items5m).toBe(1);
		const asked = ["account.items5m", "account.items1h", "item.links"];
		expect(between.missing(layout.id, asked)).toEqual(["account.items1h"]);
		expect(between.missing(catalogue.layout.id, asked)).toEqual([]);
	});
	test("and neither are contacts, all of them together", () => {
		const missing = (reads: readonly string[]) => {
			const { layout } = catalogue.recording(new Set(reads));
			const between = createFactReader([layout, catalogue.layout], catalogue.empty);
			return between.missing(layout.id, ["contacts.begun", "contacts.ledAway", "item.links"]);
		};
		expect(missing([])).toEqual(["contacts.begun", "contacts.ledAway"]);
		expect(missing(["contacts.moved"])).toEqual([]);
	});
	test("is kept as long as the longest window that is asked", () => {
		expect(keptMs(latelyAmong(new Set(["item.links", "account.removed"])))).toBe(0);
		expect(keptMs(latelyAmong(new Set(["account.items5m", "cluster.accounts1h"])))).toBe(3_600_000);
	});
});
