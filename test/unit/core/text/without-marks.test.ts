import { expect, test } from "@jest/globals";
import { withoutMarks } from "../../../../services/core/text/without-marks.ts";

test.each([
	["thuyền về bến cũ đêm nay", "thuyen ve ben cu dem nay"],
	["naïve façade", "naive facade"],
	["και άλλα", "και αλλα"],
	// What carries the vowels stays.
	["ภาษาไทยที่นี่", "ภาษาไทยที่นี่"],
	["हिन्दी", "हिन्दी"],
])("%s", (text, plain) => {
	expect(withoutMarks(text)).toBe(plain);
	expect(withoutMarks(text.normalize("NFD"))).toBe(plain);
});
