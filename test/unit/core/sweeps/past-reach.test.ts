import { expect, test } from "@jest/globals";
import { pastReaches } from "../../../../services/core/sweeps/past-reach.ts";

test("entries meet earlier items by what is kept of them, and sounds, links, terms and pieces of texts meet none", () => {
	const by = new Map<string, string[]>();
	for (const { type, reach } of pastReaches()) by.set(reach, [...(by.get(reach) ?? []), type]);
	expect(Object.fromEntries(by)).toEqual({
		all: ["sha256", "sha1", "md5"],
		"as-it-came": ["pdq"],
		"same-alone": ["vpdq"],
		"while-kept": ["text", "text-simhash"],
		nothing: ["audio-fingerprint", "text-shingles", "link", "link-prefix", "text-term"],
	});
});
