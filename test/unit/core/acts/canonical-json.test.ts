import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson } from "../../../../services/core/acts/canonical-json.ts";

test("the order in which members were written makes no difference", () => {
	expect(canonicalJson({ b: 1, a: { d: [1, { z: null, y: "é" }], c: true } })).toBe(
		'{"a":{"c":true,"d":[1,{"y":"é","z":null}]},"b":1}',
	);
});

test("it is JSON of the same value, and its own canonical form", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = canonicalJson(value);
			expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
			expect(canonicalJson(JSON.parse(text))).toBe(text);
		}),
	);
});

test("members without a value are left out, and what is no JSON at all is refused", () => {
	expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
	expect(() => canonicalJson(undefined)).toThrow(TypeError);
});
