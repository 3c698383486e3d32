import { expect, test } from "@jest/globals";
import { type Referred, sortReferred } from "../../../../services/core/reports/repeated-references.ts";

const said = (reference: string, digest: string): Referred => ({ reference, digest });

test("what is said again is fresh once, and not at all where it is known", () => {
	const [first, again, other] = [said("a", "1"), said("a", "1"), said("b", "1")];
	expect(sortReferred(new Map([["b", "1"]]), [first, again, other])).toEqual({ kind: "same", fresh: [first] });
});

test("the first that says otherwise is named, whether its reference is known or stands earlier", () => {
	expect(sortReferred(new Map(), [said("a", "1"), said("b", "1"), said("a", "2")])).toEqual({
		...{ kind: "contradicted", index: 2 },
	});
	expect(sortReferred(new Map([["a", "1"]]), [said("a", "2")])).toEqual({ kind: "contradicted", index: 0 });
});

test("nothing contradicts what was received before digests were kept", () => {
	expect(sortReferred(new Map([["a", null]]), [said("a", "2")])).toEqual({ kind: "same", fresh: [] });
});
