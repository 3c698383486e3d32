import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createExactHasher, exactHashes } from "../../../../../services/core/hashes/exact/exact-hashes.ts";
import { toHex } from "../../../../../services/core/hashes/hash-hex.ts";

test("a file's exact hashes are the same however it arrives, and are those of the standards", () => {
	fc.assert(
		fc.property(fc.nat(200_000), fc.array(fc.nat(200_000), { maxLength: 5 }), (length, cuts) => {
			const bytes = Uint8Array.from({ length }, (_, at) => (at * 31) >> 3);
			const hasher = createExactHasher();
			const bounds = [0, ...cuts.map((cut) => Math.min(cut, length)).toSorted((a, b) => a - b), length];
			for (let at = 1; at < bounds.length; at += 1) hasher.update(bytes.subarray(bounds[at - 1], bounds[at]));
			const hashes = hasher.digest();
			expect(hashes).toEqual(exactHashes(bytes));
			for (const name of ["sha256", "sha1", "md5"] as const)
				expect(toHex(hashes[name])).toBe(createHash(name).update(bytes).digest("hex"));
		}),
		{ numRuns: 20 },
	);
});
