// What a verdict keeps of the facts that rules could read is exactly those facts, and stays readable when the catalogue grows.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createFactCatalogue } from "../../../../services/core/rules/fact-catalogue.ts";
import { createFactReader, createFactWriter, layoutOf } from "../../../../services/core/rules/fact-record.ts";
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
