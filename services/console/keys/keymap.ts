// Which key means what, and where. One table drives both the keyboard and the help overlay, so neither can drift.
import type { RevealLevel } from "../../core/cases/case.ts";

export type StageLevel = 0 | RevealLevel;

export type Command =
	| { readonly kind: "take-next" }
	| { readonly kind: "take-this" }
	| { readonly kind: "move"; readonly by: 1 | -1 }
	| { readonly kind: "move-still"; readonly by: 1 | -1 }
	| { readonly kind: "open" }
	| { readonly kind: "search" }
	| { readonly kind: "show" }
	| { readonly kind: "choose-level"; readonly level: StageLevel }
	| { readonly kind: "remove" }
	| { readonly kind: "restore" }
	| { readonly kind: "skip" }
	| { readonly kind: "judge" }
	| { readonly kind: "spread" }
	| { readonly kind: "comment" }
	| { readonly kind: "undo" }
	| { readonly kind: "back" }
	| { readonly kind: "help" };
export type CommandKind = Command["kind"];

/**
 * Where the keyboard is: `queue`; a case that this person holds (`holding`), only looks at (`watching`), or has just dealt with
 * (`settled`); a screen without keys of its own (`plain`); an overlay or strip that must be left first (`dialog`).
 */
export const scopes = ["queue", "holding", "watching", "settled", "plain", "dialog"] as const;
export type Scope = (typeof scopes)[number];

export interface Binding {
	/** As the help overlay shows it. */
	readonly keys: readonly string[];
	readonly command: Command;
	readonly scopes: readonly Scope[];
}

const onCase = ["holding", "watching"] as const;

export const bindings: readonly Binding[] = [
	{ keys: ["Enter"], command: { kind: "take-next" }, scopes: ["queue", "settled"] },
	{ keys: ["Enter"], command: { kind: "take-this" }, scopes: ["watching"] },
	{ keys: ["j", "ArrowDown"], command: { kind: "move", by: 1 }, scopes: ["queue", ...onCase, "settled"] },
	{ keys: ["k", "ArrowUp"], command: { kind: "move", by: -1 }, scopes: ["queue", ...onCase, "settled"] },
	{ keys: ["o"], command: { kind: "open" }, scopes: ["queue"] },
	{ keys: ["/"], command: { kind: "search" }, scopes: ["queue"] },
	{ keys: [","], command: { kind: "move-still", by: -1 }, scopes: onCase },
	{ keys: ["."], command: { kind: "move-still", by: 1 }, scopes: onCase },
	{ keys: [" "], command: { kind: "show" }, scopes: ["holding"] },
	...([0, 1, 2, 3, 4, 5] as const).map(
		(level): Binding => ({
			keys: [String(level)],
			command: { kind: "choose-level", level },
			scopes: ["holding"],
		}),
	),
	{ keys: ["r"], command: { kind: "remove" }, scopes: ["holding"] },
	{ keys: ["s"], command: { kind: "restore" }, scopes: ["holding"] },
	{ keys: ["n"], command: { kind: "skip" }, scopes: ["holding"] },
	{ keys: ["b"], command: { kind: "judge" }, scopes: ["holding"] },
	{ keys: ["l"], command: { kind: "spread" }, scopes: ["holding"] },
	{ keys: ["c"], command: { kind: "comment" }, scopes: onCase },
	{ keys: ["u"], command: { kind: "undo" }, scopes: ["watching", "settled"] },
	{ keys: ["Escape"], command: { kind: "back" }, scopes },
	{ keys: ["?"], command: { kind: "help" }, scopes: ["queue", ...onCase, "settled", "plain"] },
];

export interface KeyPress {
	readonly key: string;
	/** The key's place on the board, for layouts and input methods where `key` is not the letter printed on it. */
	readonly code: string;
	readonly isRepeat: boolean;
	readonly hasModifier: boolean;
	/** What has the focus: a field that takes text, a button or link, or nothing of the kind. */
	readonly target: "text" | "control" | "page";
}

/** The command for a key, or null where the key is the browser's, the field's or nobody's. */
export function commandFor(scope: Scope, press: KeyPress): Command | null {
	if (press.hasModifier) return null;
	const key = plainKey(press);
	if (press.target === "text" && key !== "Escape") return null;
	if (press.target === "control" && (key === "Enter" || key === " ")) return null;
	const binding = bindings.find((one) => one.scopes.includes(scope) && one.keys.includes(key));
	if (binding === undefined) return null;
	// A key kept down moves on through a list; it never acts twice.
	if (press.isRepeat && binding.command.kind !== "move") return null;
	return binding.command;
}

/**
 * Vietnamese layouts put letters on the digit row and input methods report `Process`, so what is not plain ASCII is read from
 * the key's place instead.
 */
function plainKey({ key, code }: KeyPress): string {
	const named = /^(?:Digit|Numpad|Key)([0-9A-Z])$/.exec(code)?.[1];
	const isPrintable = [...key].length === 1;
	const isAscii = /^[ -~]$/.test(key);
	if (named !== undefined && ((isPrintable && !isAscii) || key === "Process" || key === "Unidentified")) {
		return named.toLowerCase();
	}
	return isPrintable ? key.toLowerCase() : key;
}
