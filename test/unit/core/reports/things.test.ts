import { describe, expect, test } from "@jest/globals";
import { thingsOf } from "../../../../services/core/reports/things.ts";

const keys = (addresses: readonly string[], platformName = "", accountName = "") =>
	thingsOf({ addresses, platformName, accountName }).map(({ key }) => key);

describe("what a report is about", () => {
	test("one address however it was typed is one thing, for all who name it", () => {
		const [one] = keys(["https://forum.example/posts/1"]);
		expect(keys(["http://www.forum.example/posts/1/?fbclid=2", "forum[.]example/posts/1"])).toEqual([one]);
		expect(keys(["https://forum.example/posts/2"])).not.toEqual([one]);
	});

	test("a place that is no web address is what was written, whatever its case and spaces", () => {
		expect(keys(["Zalo  0912 345 678"])).toEqual(keys(["zalo 0912 345 678 "]));
		expect(keys(["zalo 0912 345 679"])).not.toEqual(keys(["zalo 0912 345 678"]));
	});

	test("an account is the thing where there is no address, and is not mixed up with the name of a place", () => {
		expect(keys([], "Forum", "Lan.1")).toEqual(keys([], "forum", "lan.1"));
		expect(keys([], "Forum", "lan.2")).not.toEqual(keys([], "forum", "lan.1"));
		expect(keys([], "", "zalo")).not.toEqual(keys(["zalo"]));
		expect(keys(["https://forum.example/posts/1"], "Forum", "lan.1")).toHaveLength(1);
	});

	test("says nothing of what was typed in its keys", () => {
		for (const key of keys(["https://forum.example/posts/1", "zalo 0912"]))
			expect(key).toMatch(/^(address|place):[0-9a-f]{64}$/);
	});
});
