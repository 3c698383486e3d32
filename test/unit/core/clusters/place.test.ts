import { describe, expect, test } from "@jest/globals";
import type { PictureHashes } from "../../../../services/core/banks/bank.ts";
import { createMedoids } from "../../../../services/core/clusters/medoids.ts";
import { confirmedIn } from "../../../../services/core/clusters/membership.ts";
import { digest, hashesOf, withBitsFlipped } from "../../../support/bank-fixtures.ts";
import { placePicture } from "../../../support/place-pictures.ts";

const picture = (name: string, hash = digest(name), quality = 90): PictureHashes => {
	const { pdq } = hashesOf(name, hash, quality);
	if (pdq === null) throw new Error("a picture has pixels");
	return pdq;
};
const day = 86_400_000;

describe("a picture", () => {
	test("that nothing is like founds a cluster, and its copies join it", () => {
		const medoids = createMedoids();
		const [founder, ...others] = placePicture(picture("first"), medoids, 0);
		expect(founder).toMatchObject({ degree: "confirmed", distanceBits: 0 });
		expect(others).toEqual([]);
		const near = picture("copy", withBitsFlipped(digest("first"), 20));
		expect(placePicture(near, medoids, 1)).toEqual([{ ...founder, distanceBits: 20 }]);
		expect(medoids.size).toBe(1);
	});
	test("joins in whatever turn and framing it comes", () => {
		const medoids = createMedoids();
		const founded = confirmedIn(placePicture(picture("first"), medoids, 0));
		const turned = { ...picture("turned"), dihedral: [digest("turned"), digest("first")] };
		expect(confirmedIn(placePicture(turned, medoids, 0))).toBe(founded);
		const framed = { transform: "trimmed", hash: digest("first"), quality: 80 } as const;
		expect(confirmedIn(placePicture({ ...picture("framed"), reframed: [framed] }, medoids, 0))).toBe(founded);
		const poor = { ...framed, quality: 40 };
		expect(confirmedIn(placePicture({ ...picture("poor"), reframed: [poor] }, medoids, 0))).not.toBe(founded);
		const half = { ...framed, transform: "half" } as const;
		expect(confirmedIn(placePicture({ ...picture("other with this half"), reframed: [half] }, medoids, 0))).not.toBe(
			founded,
		);
	});
	test("that only resembles a cluster is suggested there, and founds its own", () => {
		const medoids = createMedoids();
		const founded = confirmedIn(placePicture(picture("first"), medoids, 0));
		const like = placePicture(picture("like", withBitsFlipped(digest("first"), 21)), medoids, 0);
		expect(like.map(({ degree, distanceBits }) => [degree, distanceBits])).toEqual([
			["confirmed", 0],
			["suggested", 21],
		]);
		expect(confirmedIn(like)).not.toBe(founded);
		expect(like[1]?.clusterId).toBe(founded);
	});
	test("is held against the medoid: a chain of near pairs joins no strangers", () => {
		const medoids = createMedoids();
		const founded = confirmedIn(placePicture(picture("first"), medoids, 0));
		const member = withBitsFlipped(digest("first"), 15);
		expect(confirmedIn(placePicture(picture("member", member), medoids, 0))).toBe(founded);
		const stranger = withBitsFlipped(digest("first"), 30);
		expect(confirmedIn(placePicture(picture("stranger", stranger), medoids, 0))).not.toBe(founded);
	});
	test("that says little joins nothing: flat pictures do not become one thing", () => {
		const medoids = createMedoids();
		placePicture(picture("flat", digest("flat"), 90), medoids, 0);
		expect(placePicture(picture("flat", digest("flat"), 49), medoids, 0)).toEqual([]);
	});
	test("founds the same cluster wherever it comes first", () => {
		const [here] = placePicture(picture("first"), createMedoids(), 0);
		const [there] = placePicture(picture("first"), createMedoids(), 5);
		expect(here?.clusterId).toBe(there?.clusterId);
	});
});

describe("a medoid", () => {
	test("that was not seen for its lifetime is forgotten, one that was joined meanwhile is not", () => {
		const medoids = createMedoids();
		placePicture(picture("old"), medoids, day);
		placePicture(picture("joined"), medoids, day);
		placePicture(picture("joined"), medoids, 3 * day);
		medoids.forgetBefore(2 * day, 10);
		expect(medoids.size).toBe(1);
		expect(medoids.nearest([digest("old")], 0)).toBeNull();
		expect(medoids.nearest([digest("joined")], 0)).not.toBeNull();
	});
});
