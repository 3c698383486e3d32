import { describe, expect, test } from "@jest/globals";
import { bindings, commandFor, type KeyPress, scopes } from "../../../services/console/keys/keymap.ts";

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
	key,
	code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^[0-9]$/.test(key) ? `Digit${key}` : key,
	isRepeat: false,
	hasModifier: false,
	target: "page",
	...over,
});

describe("the keyboard", () => {
	test("Enter takes the next case from the queue and after a decision, and this case where it is only looked at", () => {
		expect(commandFor("queue", press("Enter"))).toEqual({ kind: "take-next" });
		expect(commandFor("settled", press("Enter"))).toEqual({ kind: "take-next" });
		expect(commandFor("watching", press("Enter"))).toEqual({ kind: "take-this" });
		expect(commandFor("holding", press("Enter"))).toBeNull();
	});

	test.each(["remove", "restore", "judge", "skip", "show"] as const)(
		"%s is possible only while the case is held",
		(kind) => {
			const binding = bindings.find((one) => one.command.kind === kind);
			expect(binding?.scopes).toEqual(["holding"]);
		},
	);

	test("letters typed into a field are text and not acts; Esc still leaves the field", () => {
		expect(commandFor("holding", press("r", { target: "text" }))).toBeNull();
		expect(commandFor("holding", press(" ", { code: "Space", target: "text" }))).toBeNull();
		expect(commandFor("holding", press("Escape", { target: "text" }))).toEqual({ kind: "back" });
	});

	test("Enter and Space on a button press that button and nothing else", () => {
		expect(commandFor("queue", press("Enter", { target: "control" }))).toBeNull();
		expect(commandFor("holding", press(" ", { code: "Space", target: "control" }))).toBeNull();
		expect(commandFor("holding", press("r", { target: "control" }))).toEqual({ kind: "remove" });
	});

	test("with Ctrl, Alt or Meta a key belongs to the browser", () => {
		expect(commandFor("holding", press("r", { hasModifier: true }))).toBeNull();
	});

	test("a key kept down never acts twice, but moves on through a list", () => {
		expect(commandFor("holding", press("r", { isRepeat: true }))).toBeNull();
		expect(commandFor("queue", press("Enter", { isRepeat: true }))).toBeNull();
		expect(commandFor("queue", press("j", { isRepeat: true }))).toEqual({ kind: "move", by: 1 });
	});

	test("the Vietnamese layout's letters on the digit row choose levels all the same", () => {
		expect(commandFor("holding", press("ê", { code: "Digit3" }))).toEqual({ kind: "choose-level", level: 3 });
		expect(commandFor("holding", press("đ", { code: "Digit0" }))).toEqual({ kind: "choose-level", level: 0 });
	});

	test("an input method that swallows the letter does not swallow the command", () => {
		expect(commandFor("holding", press("Process", { code: "KeyS" }))).toEqual({ kind: "restore" });
	});

	test("caps lock changes nothing", () => {
		expect(commandFor("holding", press("R"))).toEqual({ kind: "remove" });
	});

	test("in a dialog only Esc is a command", () => {
		const known = bindings.filter((one) => one.scopes.includes("dialog")).map((one) => one.command.kind);
		expect(known).toEqual(["back"]);
	});

	test.each(scopes)("no key means two things in %s", (scope) => {
		const keys = bindings.filter((one) => one.scopes.includes(scope)).flatMap((one) => one.keys);
		expect(new Set(keys).size).toBe(keys.length);
	});
});
