import { describe, expect, test } from "@jest/globals";
import { createAlone } from "../../../../services/core/clusters/alone.ts";
import { likenessOfText } from "../../../../services/core/clusters/likeness.ts";
import { createMedoids } from "../../../../services/core/clusters/medoids.ts";
import { confirmedIn, type Membership } from "../../../../services/core/clusters/membership.ts";
import { place } from "../../../../services/core/clusters/place.ts";
import { type ItemId, itemId, uuidv7 } from "../../../../services/core/ids.ts";
import { createGenerator } from "../../../support/generated-texts.ts";

function detector(mostAlone = 10_000) {
	const [medoids, alone] = [createMedoids(), createAlone(mostAlone)];
	return {
		...{ medoids, alone },
		places(
			text: string,
			{ author = "an", atMs = 0, id = itemId.parse(uuidv7(1)) }: { author?: string; atMs?: number; id?: ItemId } = {},
		): readonly Membership[] {
			const likeness = likenessOfText(text);
			return likeness === null ? [] : place(likeness, { medoids, alone }, { itemId: id, authorId: author, atMs });
		},
	};
}
const ofText = (text: string) => likenessOfText(text)?.hash ?? new Uint8Array(32);

describe("a text", () => {
	const { text, slipped } = createGenerator(1);
	const [notice, other] = [text(40), text(40)];
	test("that nothing is like is alone: no cluster of it need be recorded", () => {
		const { places, medoids } = detector();
		expect(places(notice)).toMatchObject([{ isAlone: true, degree: "confirmed", distanceBits: 0 }]);
		expect(medoids.size).toBe(0);
	});
	test("that is the same or nearly so joins it, and brings along who was alone", () => {
		const { places } = detector();
		const first = itemId.parse(uuidv7(1));
		const founded = confirmedIn(places(notice, { id: first }));
		for (const copy of [notice.toUpperCase(), slipped(notice)]) {
			const [joined, ...others] = places(copy);
			expect(joined).toMatchObject({ clusterId: founded, degree: "confirmed", founder: first });
			expect(joined?.isAlone).toBeUndefined();
			expect(others).toEqual([]);
		}
		expect(confirmedIn(places(other))).not.toBe(founded);
	});
	test("that comes again by itself, for it failed the first time, is still alone", () => {
		const { places } = detector();
		const id = itemId.parse(uuidv7(1));
		places(notice, { id });
		expect(places(notice, { id })).toMatchObject([{ isAlone: true }]);
	});
	test("brings nobody once whoever was alone must be in the record", () => {
		const { places, alone } = detector();
		places(notice);
		expect(places(notice, { atMs: 60_000 })[0]?.founder).toBeDefined();
		expect(places(notice, { atMs: 60_001 })[0]?.founder).toBeUndefined();
		expect(alone.size).toBe(0);
	});
	test("founds the same cluster wherever it comes first, and another than a picture of the same hash", () => {
		expect(confirmedIn(detector().places(notice))).toBe(confirmedIn(detector().places(notice)));
	});
	test.each([
		"Good morning everyone!",
		"Chúc mừng năm mới, chúc cả nhà mạnh khỏe",
		"ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha",
		"Thank you so much, thank you so much, thank you so much, thank you so much",
	])("that says as little as %p is one thing with nothing", (said) => {
		expect(detector().places(said)).toEqual([]);
	});
});

test("a template glues nothing: what many people fill in each in their own way is suggested, the very same still joins", () => {
	const { places } = detector();
	const { text, edited, slipped } = createGenerator(2);
	const template = text(40);
	const variants: string[] = [];
	for (let tries = 0; variants.length < 10 && tries < 10_000; tries += 1) {
		const variant = edited(template, 3);
		const apart = [template, ...variants].map((one) => bits(ofText(one), ofText(variant)));
		if (apart.every((one) => one > 20) && (apart[0] ?? 256) <= 31) variants.push(variant);
	}
	expect(variants).toHaveLength(10);
	const near = slipped(template);
	places(template);
	for (const variant of variants) places(variant, { author: "one alone" });
	expect(places(near)).toMatchObject([{ degree: "confirmed" }]);
	for (const at of variants.keys()) {
		const other = detectorOf(template, variants, at);
		expect(other(near)).toMatchObject([{ degree: at < 7 ? "confirmed" : "suggested" }]);
		expect(other(template)).toMatchObject([{ degree: "confirmed" }]);
	}
});

/** Has met the template, and the variants up to this one, each by another author. */
function detectorOf(template: string, variants: readonly string[], last: number) {
	const { places } = detector();
	places(template);
	for (const [at, variant] of variants.slice(0, last + 1).entries()) places(variant, { author: `author ${at}` });
	return places;
}

function bits(one: Uint8Array, other: Uint8Array): number {
	let apart = 0;
	for (const [at, byte] of one.entries())
		for (let left = byte ^ (other[at] ?? 0); left > 0; left >>= 1) apart += left & 1;
	return apart;
}

test.each([1, 2, 3, 4, 5])(
	"generated texts and their copies with slips, %#: clusters are pure, and hold nearly all copies",
	(seed) => {
		const { text, slipped, edited, pick } = createGenerator(seed);
		const originals = Array.from({ length: 200 }, () => text(30 + pick(40)));
		const { places, medoids } = detector();
		const origins = new Map<string, Set<number>>();
		let copies = 0;
		let found = 0;
		const clusters = originals.map((one) => confirmedIn(places(one)));
		for (let turn = 0; turn < 2_000; turn += 1) {
			const origin = pick(originals.length);
			const one = originals[origin] ?? "";
			const copy = [one, one.toUpperCase(), one.replaceAll(" ", "  !"), slipped(one), edited(one, 1)][pick(5)] ?? one;
			const cluster = confirmedIn(places(copy)) ?? "none";
			origins.set(cluster, (origins.get(cluster) ?? new Set()).add(origin));
			copies += 1;
			if (cluster === clusters[origin]) found += 1;
		}
		for (const of of origins.values()) expect(of.size).toBe(1);
		expect(found / copies).toBeGreaterThan(0.9);
		expect(medoids.size).toBeLessThanOrEqual(origins.size);
	},
);

test("what is known of texts that are alone is bounded, and the oldest is forgotten", () => {
	const { text } = createGenerator(9);
	const { places, alone } = detector(100);
	const texts = Array.from({ length: 250 }, () => text(30));
	for (const one of texts) places(one);
	expect(alone.size).toBe(100);
	expect(places(texts[249] ?? "")[0]?.isAlone).toBeUndefined();
	expect(places(texts[0] ?? "")).toMatchObject([{ isAlone: true }]);
});
