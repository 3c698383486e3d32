import { describe, expect, test } from "@jest/globals";
import type { LumaPlane } from "../../../../../services/core/hashes/pdq/trim-border.ts";
import { withoutCorners, withoutCovers } from "../../../../../services/core/hashes/pdq/uncover.ts";

const edge = 64;
const slope = (column: number, row: number) => 40 + column + row;
function plane(levelAt: (column: number, row: number) => number): LumaPlane {
	const luma = Uint8Array.from({ length: edge * edge }, (_, at) => levelAt(at % edge, Math.floor(at / edge)));
	return { luma, width: edge, height: edge };
}
function farthest(found: LumaPlane | null, from: LumaPlane): number {
	if (found === null) throw new Error("nothing was found to be covered");
	return Math.max(...found.luma.map((level, at) => Math.abs(level - (from.luma[at] ?? 0))));
}

describe("what covers a part of a picture", () => {
	const picture = plane(slope);

	test("gives way to what is around it", () => {
		const covered = plane((x, y) => (x >= 20 && x < 30 && y >= 40 && y < 50 ? 255 : slope(x, y)));
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
		const cut = plane((x, y) => (isCut(x, y) ? 255 : slope(x, y)));
		expect(farthest(withoutCorners(cut), picture)).toBeLessThan(16);
	});

	test("is not made up where it is most of the picture, and where no corners are of one tone", () => {
		expect(withoutCovers(picture, [{ left: 0, top: 0, right: 60, bottom: 60 }])).toBeNull();
		expect(withoutCorners(picture)).toBeNull();
	});
});
