import { describe, expect, test } from "@jest/globals";
import { sampleEdge } from "../../../../../services/core/hashes/pdq/pdq-planes.ts";
import {
	finePerSample,
	type Samples,
	samplesOf,
	withoutCorners,
	withoutCovers,
} from "../../../../../services/core/hashes/pdq/uncover.ts";

const edge = sampleEdge;
const slope = (column: number, row: number) => 40 + column + row;
function samples(levelAt: (column: number, row: number) => number): Samples {
	return Float32Array.from({ length: edge * edge }, (_, at) => levelAt(at % edge, Math.floor(at / edge)));
}
function farthest(found: Samples | null, from: Samples): number {
	if (found === null) throw new Error("nothing was found to be covered");
	return Math.max(...found.map((level, at) => Math.abs(level - (from[at] ?? 0))));
}

test("samples keep what rounding would take from a flat picture, and take nothing from their neighbors", () => {
	const fine = finePerSample * edge;
	const luma = new Uint8Array(fine * fine).fill(100);
	luma[0] = 101;
	expect([...samplesOf({ luma, width: fine, height: fine }).slice(0, 2)]).toEqual([100 + 1 / 64, 100]);
});

describe("what covers a part of a picture", () => {
	const picture = samples(slope);

	test("gives way to what is around it", () => {
		const covered = samples((x, y) => (x >= 20 && x < 30 && y >= 40 && y < 50 ? 255 : slope(x, y)));
		expect(farthest(covered, picture)).toBeGreaterThan(100);
		const found = withoutCovers(covered, [{ left: 20, top: 40, right: 30, bottom: 50 }]);
		expect(farthest(found, picture)).toBeLessThan(8);
	});

	test("as round corners do, gives way, too", () => {
		const radius = 12;
		const isCut = (x: number, y: number) => {
			const [dx, dy] = [
				Math.max(0, radius - Math.min(x, edge - 1 - x)),
				Math.max(0, radius - Math.min(y, edge - 1 - y)),
			];
			return Math.hypot(dx, dy) > radius;
		};
		const cut = samples((x, y) => (isCut(x, y) ? 255 : slope(x, y)));
		expect(farthest(withoutCorners(cut), picture)).toBeLessThan(10);
	});

	test("is not made up where it is most of the picture, and where no corners are of one tone", () => {
		expect(withoutCovers(picture, [{ left: 0, top: 0, right: 60, bottom: 60 }])).toBeNull();
		expect(withoutCorners(picture)).toBeNull();
	});
});
