import { describe, expect, test } from "@jest/globals";
import { readAct, writeAct } from "../../../../services/core/acts/act.ts";
import { actCodes } from "../../../../services/core/acts/act-catalogue.ts";
import { actorNamed } from "../../../../services/core/acts/doer.ts";
import { userId, uuidv7 } from "../../../../services/core/ids.ts";

const at = new Date("2027-01-02T03:04:05.678Z");
const opened = {
	at,
	actor: { kind: "machine" },
	what: "case-opened",
	on: uuidv7(1),
	reason: null,
	revision: 4,
	details: { tier: "K1", urgency: 90 },
} as const;

describe("an act", () => {
	test("comes back as it was written, under its sequence", () => {
		expect(readAct(7, writeAct(opened))).toEqual({ ...opened, sequence: 7, on: { kind: "case", id: opened.on } });
	});
	test("is the same bytes however it was put together", () => {
		const { details, what, ...rest } = opened;
		const { tier, urgency } = details;
		expect(writeAct({ details: { urgency, tier }, ...rest, what })).toBe(writeAct(opened));
	});
	test("keeps nothing that its code does not name, and is refused where something is missing", () => {
		expect(writeAct({ ...opened, details: { ...opened.details, text: "not to be kept" } })).toBe(writeAct(opened));
		expect(() => writeAct({ ...opened, details: { tier: "K1" } })).toThrow();
	});
	test("keeps a reason whatever was typed, and refuses a name that the record could not number", () => {
		const body = writeAct({ ...opened, reason: "a\0b\ud800c" });
		expect(readAct(1, body).reason).toBe("a\ufffdb\ufffdc");
		expect(readAct(1, writeAct({ ...opened, reason: "\\u0000" })).reason).toBe("\\u0000");
		const named = { kind: "key", name: "a\ud800" } as const;
		expect(() => writeAct({ ...opened, actor: named })).toThrow(TypeError);
	});
	test("whose details another version wrote is listed unread, not made up", () => {
		const body = writeAct(opened).replace('"urgency":90', '"urgency":"high"');
		expect(readAct(1, body)).toMatchObject({ what: "unread", details: { code: "case-opened" } });
	});
	test("has a code that says on its own what was done", () => {
		expect(new Set(actCodes).size).toBe(actCodes.length);
		for (const code of actCodes) expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
	});
});

test("a login is a person only where somebody logged in", () => {
	const id = userId.parse(uuidv7(1));
	expect(actorNamed("an", { isCli: false, userId: id })).toEqual({ kind: "person", id, name: "an" });
	expect(actorNamed("an", { isCli: true, userId: id })).toEqual({ kind: "cli", name: "an" });
	expect(actorNamed("platform:forum", { isCli: false, userId: null })).toEqual({ kind: "key", name: "forum" });
	expect(actorNamed("platform:forum", { isCli: true, userId: null })).toEqual({ kind: "cli", name: "platform:forum" });
	expect(actorNamed("matcher", { isCli: false, userId: null })).toEqual({ kind: "key", name: "matcher" });
});
