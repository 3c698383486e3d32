// The forms in which others write a video's frames, and what is kept of them.
import { describe, expect, test } from "@jest/globals";
import { toHex } from "../../../../../services/core/hashes/hash-hex.ts";
import { hashOfFrames } from "../../../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { usableFrames } from "../../../../../services/core/hashes/vpdq/usable-frames.ts";
import {
	packFrames,
	readVideoFrames,
	unpackFrames,
	writeVideoFrames,
} from "../../../../../services/core/hashes/vpdq/video-frames.ts";
import { digest } from "../../../../support/bank-fixtures.ts";

const [a, b] = [toHex(digest("a")), toHex(digest("b"))];
const frames = [
	{ hash: digest("a"), quality: 100, atMs: 0 },
	{ hash: digest("b"), quality: 49, atMs: 1_033 },
];

describe("a video's frames", () => {
	test.each([
		["as ThreatExchange's library and HMA write them", `["${a},100,0.000","${b},49,1.033"]`],
		[
			"by number, as that library wrote them before",
			`{"0":{"quality":100,"hash":"${a}","timestamp":0},"31":{"quality":49,"hash":"${b}","timestamp":1.033}}`,
		],
		["as the vpdq program prints them", `0,100,${a},0.000\n31,49,${b},1.033\n`],
		["in capitals, in any order", `["${b.toUpperCase()},49,1.033","${a.toUpperCase()},100,0"]`],
	])("are read %s", (_how, text) => {
		expect(readVideoFrames(text)).toEqual(frames);
	});

	test.each([
		["nothing", ""],
		["an empty list", "[]"],
		["a hash alone", a],
		["a frame without a time", `["${a},100"]`],
		["a quality that none has", `["${a},101,0"]`],
		["a time before the beginning", `["${a},100,-1"]`],
		["one bad frame among good ones", `["${a},100,0","${b.slice(1)},100,1"]`],
	])("are not %s", (_what, text) => {
		expect(readVideoFrames(text)).toBeNull();
	});

	test("come back from what the record keeps, and from what is exported", () => {
		expect(unpackFrames(packFrames(frames))).toEqual(frames);
		expect(readVideoFrames(writeVideoFrames(frames))).toEqual(frames);
	});

	test("of low quality, without structure, or seen before are not compared by", () => {
		const blank = { hash: new Uint8Array(32), quality: 100, atMs: 2_000 };
		expect(usableFrames([...frames, blank, { ...frames[0], hash: digest("a"), quality: 80, atMs: 3_000 }])).toEqual([
			frames[0],
		]);
	});

	test("have one name, whoever wrote down their times", () => {
		const [first = { hash: digest(""), quality: 0, atMs: 0 }] = frames;
		const later = { ...first, atMs: 40 };
		expect(hashOfFrames([later])).toEqual(hashOfFrames([first]));
		expect(hashOfFrames(frames)).not.toEqual(hashOfFrames([first]));
	});
});
