import { expect, test } from "@jest/globals";
import { chooseMembers, namedPaths, pathWithin } from "../../../../services/core/items/members.ts";

test("a member is named after what it is in; what shows nothing is shown, and of a long name the end is kept", () => {
	expect(pathWithin("", "a.jpg")).toBe("a.jpg");
	expect(pathWithin("in.zip", "ảnh/a.jpg")).toBe("in.zip/ảnh/a.jpg");
	expect(pathWithin("", "gpj.\u202ea\0b")).toBe("gpj.\ufffda\ufffdb");
	const long = pathWithin("in.zip", `${"x".repeat(500)}.jpg`);
	expect(long).toHaveLength(300);
	expect(long.endsWith("x.jpg")).toBe(true);
});

test("of many members a few are named, each once", () => {
	expect(namedPaths(["a", "b", "a"])).toEqual(["a", "b"]);
	expect(namedPaths(Array.from({ length: 50 }, (_, at) => `${at}`))).toHaveLength(8);
});

test("people see first where something was found, each finding once before any twice, and then others", () => {
	const pictures = Array.from({ length: 40 }, (_, at) => `${at}.jpg`);
	const chosen = chooseMembers(pictures, [["30.jpg", "31.jpg"], ["35.jpg"], ["words.txt"]]);
	expect(chosen.slice(0, 4)).toEqual(["30.jpg", "35.jpg", "31.jpg", "0.jpg"]);
	expect(chosen).toHaveLength(12);
	expect(chosen).not.toContain("words.txt");
	expect(chooseMembers([], [["gone.jpg"]])).toEqual([]);
});
