import { describe, expect, test } from "@jest/globals";
import type { PictureHashes } from "../../../services/core/banks/bank.ts";
import { likenessOfPicture } from "../../../services/core/clusters/likeness.ts";
import { createMedoids } from "../../../services/core/clusters/medoids.ts";
import { confirmedIn } from "../../../services/core/clusters/membership.ts";
import { createFindNear } from "../../../services/detector/find-near-clusters.ts";
import { digest, hashesOf, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { placePicture } from "../../support/place-pictures.ts";

const picture = (name: string, hash = digest(name)): PictureHashes => {
	const { pdq } = hashesOf(name, hash);
	if (pdq === null) throw new Error("a picture has pixels");
	return pdq;
};
const written = (hash: Uint8Array) => ({ type: "pdq" as const, hash, seenAt: new Date(0), mergedInto: null });

function detector() {
	const medoids = createMedoids();
	const near = createFindNear(medoids);
	const founds = (one: PictureHashes) => {
		placePicture(one, medoids, 0);
		const likeness = likenessOfPicture(one);
		if (likeness !== null) near.founded(likeness, 0);
	};
	return { medoids, near, founds };
}

describe("a cluster of another detector", () => {
	test("that is near one of ours is to be merged with it, until that is done", () => {
		const { near, founds } = detector();
		founds(picture("ours"));
		near.take(written(withBitsFlipped(digest("ours"), 18)), 1_000);
		const [pair, ...others] = near.due(2_000);
		expect([pair?.distanceBits, others]).toEqual([18, []]);
		if (pair !== undefined) near.done(pair);
		near.take(written(withBitsFlipped(digest("ours"), 18)), 2_000);
		expect(near.due(2_000)).toEqual([]);
	});
	test("that our picture is like in one of its framings only is found, too", () => {
		const { near, founds } = detector();
		const framed = { transform: "trimmed", hash: digest("its middle"), quality: 80 } as const;
		founds({ ...picture("in a border"), reframed: [framed] });
		near.take(written(withBitsFlipped(digest("its middle"), 7)), 1_000);
		expect(near.due(1_000).map(({ distanceBits }) => distanceBits)).toEqual([7]);
	});
	test("that only resembles ours stays by itself", () => {
		const { near, founds } = detector();
		founds(picture("ours"));
		near.take(written(withBitsFlipped(digest("ours"), 21)), 1_000);
		expect(near.due(1_000)).toEqual([]);
	});
	test("is forgotten where ours never came to be recorded", () => {
		const { near, founds } = detector();
		founds(picture("ours"));
		near.take(written(withBitsFlipped(digest("ours"), 18)), 1_000);
		expect(near.due(60_000)).toEqual([]);
	});
});

describe("a cluster that was merged", () => {
	const merged = (hasMembers: boolean) => ({
		...written(digest("younger")),
		mergedInto: { hash: digest("elder"), distanceBits: 9, hasMembers },
	});
	test("is found by nobody any more; what is like it joins the elder or founds its own", () => {
		const { medoids, near, founds } = detector();
		founds(picture("younger"));
		near.take(merged(false), 0);
		expect(medoids.nearest([digest("younger")], 20)).toBeNull();
		expect(confirmedIn(placePicture(picture("copy", withBitsFlipped(digest("elder"), 5)), medoids, 0))).not.toBeNull();
		expect(medoids.size).toBe(1);
		expect(near.due(0)).toEqual([]);
	});
	test("is merged once more where somebody has joined it since", () => {
		const { near } = detector();
		near.take(merged(true), 0);
		expect(near.due(0).map(({ distanceBits }) => distanceBits)).toEqual([9]);
	});
});
