import { describe, expect, test } from "@jest/globals";
import { createAlone } from "../../../../services/core/clusters/alone.ts";
import { likenessOfVideo } from "../../../../services/core/clusters/likeness-of-video.ts";
import { confirmedIn } from "../../../../services/core/clusters/membership.ts";
import { place } from "../../../../services/core/clusters/place.ts";
import { createVideoMedoids } from "../../../../services/core/clusters/video-medoids.ts";
import { someItem } from "../../../support/place-pictures.ts";
import { type MadeStill, madeStills, scenesOf } from "../../../support/video/made-stills.ts";

const alone = createAlone(0);
const day = 86_400_000;

function detector() {
	const medoids = createVideoMedoids();
	return {
		medoids,
		place(stills: readonly MadeStill[], { isMirrored = false, atMs = 0 } = {}) {
			const likeness = likenessOfVideo(madeStills(stills, isMirrored));
			return likeness === null ? [] : place(likeness, { medoids, alone }, { ...someItem(), atMs });
		},
	};
}

describe("a video", () => {
	test("that nothing is like founds a cluster, and its copies join it, encoded anew or mirrored", () => {
		const { place: arrives } = detector();
		const [founder, ...others] = arrives(scenesOf("first", 12));
		expect(founder).toMatchObject({ type: "vpdq", degree: "confirmed", distanceBits: 0 });
		expect(others).toEqual([]);
		expect(arrives(scenesOf("first", 12, 14))).toEqual([{ ...founder, distanceBits: 14 }]);
		expect(arrives(scenesOf("first", 12, 9), { isMirrored: true })).toEqual([{ ...founder, distanceBits: 9 }]);
	});
	test("with every tenth second lost or replaced is the same one still, with every third another", () => {
		const { place: arrives } = detector();
		const founded = confirmedIn(arrives(scenesOf("first", 30)));
		const changed = (every: number) =>
			scenesOf("first", 30).map((one, at) => (at % every === 0 ? { scene: `changed ${every} ${at}` } : one));
		expect(confirmedIn(arrives(changed(10)))).toBe(founded);
		expect(confirmedIn(arrives(changed(3)))).not.toBe(founded);
	});
	test("that only opens as another does, or shows it among much else, is another", () => {
		const { place: arrives } = detector();
		const founded = confirmedIn(arrives(scenesOf("first", 10)));
		expect(confirmedIn(arrives([...scenesOf("first", 6), ...scenesOf("other", 4)]))).not.toBe(founded);
		expect(confirmedIn(arrives([...scenesOf("first", 10), ...scenesOf("much else", 10)]))).not.toBe(founded);
	});
	test("that resembles a cluster from afar is no member of it", () => {
		const { place: arrives } = detector();
		const founded = confirmedIn(arrives(scenesOf("first", 10)));
		const like = arrives(scenesOf("first", 10, 26));
		expect(like).toMatchObject([{ degree: "confirmed", distanceBits: 0 }]);
		expect(confirmedIn(like)).not.toBe(founded);
	});
	test("in which little changes joins nothing: a still picture under a song is in many that are not the same", () => {
		const { place: arrives } = detector();
		const still = (at: number) => ({ scene: "cover", flippedBits: 2 * (at % 4) });
		expect(arrives(Array.from({ length: 20 }, (_, at) => still(at)))).toEqual([]);
		expect(arrives([...Array.from({ length: 20 }, (_, at) => still(at)), ...scenesOf("end", 2)])).toEqual([]);
	});
	test("of an hour is known by a few dozen frames, those of the same times in every copy", () => {
		const { place: arrives, medoids } = detector();
		const [founder] = arrives(scenesOf("hour", 3_600));
		expect(founder?.frames?.length).toBeLessThanOrEqual(32 * 32);
		expect(confirmedIn(arrives(scenesOf("hour", 3_580, 10)))).toBe(founder?.clusterId);
		expect(medoids.size).toBe(1);
		expect(medoids.bytes).toBeLessThan(5_000);
	});
});

describe("a medoid of videos", () => {
	test("that was not seen for its lifetime is forgotten, one that was joined meanwhile is not", () => {
		const { place: arrives, medoids } = detector();
		const old = confirmedIn(arrives(scenesOf("old", 8), { atMs: day }));
		const joined = confirmedIn(arrives(scenesOf("joined", 8), { atMs: day }));
		arrives(scenesOf("joined", 8, 5), { atMs: 3 * day });
		medoids.forgetBefore(2 * day, 10);
		expect(medoids.size).toBe(1);
		expect(confirmedIn(arrives(scenesOf("joined", 8, 7)))).toBe(joined);
		const again = arrives(scenesOf("old", 8));
		expect(again).toMatchObject([{ clusterId: old, distanceBits: 0 }]);
	});
	test("is known again from what the record keeps of it, and those that are near are found among all", () => {
		const [one] = detector().place(scenesOf("first", 8));
		const [other] = detector().place(scenesOf("first", 8, 6));
		const { medoids } = detector();
		medoids.load(
			[one, other].flatMap((each) => (each ? [{ hash: each.medoid, frames: each.frames, seenAt: new Date() }] : [])),
		);
		medoids.compact();
		expect(
			medoids
				.within(one?.medoid ?? new Uint8Array(), 20)
				.map(({ distanceBits }) => distanceBits)
				.toSorted(),
		).toEqual([0, 6]);
		medoids.remove(other?.medoid ?? new Uint8Array());
		expect(medoids.size).toBe(1);
	});
});
