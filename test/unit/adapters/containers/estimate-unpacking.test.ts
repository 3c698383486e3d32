// Which lane a container goes to, by what it says of itself.
import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { estimateArchiveMs, estimateDocumentMs } from "../../../../services/adapters/containers/estimate-unpacking.ts";
import { zipEntries } from "../../../../services/adapters/containers/zip-entries.ts";
import { quickMs } from "../../../../services/runtime/decoding/lane.ts";
import { zipOf } from "../../../support/containers.ts";

const limits = { members: 2_000, pages: 64, memberBytes: 33_554_432, bytes: 536_870_912 };
const costOf = (bytes: Uint8Array) => estimateArchiveMs(bytes, zipEntries(bytes), limits);
const zeros = (size: number) => Buffer.alloc(size);

test.each([
	[
		"an archive of some pictures",
		zipOf(Array.from({ length: 20 }, (_, at) => ({ name: `${at}`, bytes: zeros(500_000) }))),
		true,
	],
	[
		"one of a thousand notes",
		zipOf(Array.from({ length: 1_000 }, (_, at) => ({ name: `${at}`, bytes: zeros(20) }))),
		true,
	],
	[
		"one whose files swell",
		zipOf(Array.from({ length: 6 }, (_, at) => ({ name: `${at}`, bytes: zeros(30_000_000) }))),
		false,
	],
	["a gzip that says it is small", gzipSync(zeros(1_000)), true],
	["a gzip that says it is large", gzipSync(zeros(200_000_000)), false],
	["a small one of another kind", Buffer.from("7z\xbc\xaf\x27\x1c", "latin1"), true],
])("%s is begun in its lane", (_what, bytes, isQuick) => {
	expect(costOf(bytes) <= quickMs).toBe(isQuick);
});

test("one file costs no more than is read of it, whatever the directory says", () => {
	expect(costOf(zipOf([{ name: "a", bytes: zeros(10), saysBytes: 4_000_000_000 }]))).toBeLessThanOrEqual(quickMs);
});

test("a document is quick up to some pages, and no more of them are drawn than its limit", () => {
	expect(estimateDocumentMs(10, limits)).toBeLessThanOrEqual(quickMs);
	expect(estimateDocumentMs(64, limits)).toBeGreaterThan(quickMs);
	expect(estimateDocumentMs(5_000, limits)).toBe(estimateDocumentMs(64, limits));
});
