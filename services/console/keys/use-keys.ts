// Connects the keyboard to commands. The innermost scope that is mounted has the keys; there is one listener for the page.
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Command, commandFor, type KeyPress, type Scope } from "./keymap.ts";

interface Handler {
	readonly scope: Scope;
	readonly run: (command: Command) => void;
	/** Called when the key that began `show` comes up. */
	readonly release?: () => void;
}

const handlers: { current: Handler }[] = [];

/** The handler of the last mounted caller is asked first; a command that its scope does not know reaches nobody else. */
export function useKeys(handler: Handler): void {
	const latest = useRef(handler);
	latest.current = handler;
	// Before the screen is painted: a key pressed at the first sight of it must not be lost.
	useLayoutEffect(() => {
		handlers.push(latest);
		return () => {
			handlers.splice(handlers.indexOf(latest), 1);
		};
	}, []);
}

export function listenForKeys(): () => void {
	let showCode: string | null = null;
	const onDown = (event: KeyboardEvent) => {
		const top = handlers.at(-1)?.current;
		if (top === undefined) return;
		// While the key is held the browser repeats it; without this the page would scroll.
		if (showCode !== null && event.code === showCode) {
			event.preventDefault();
			return;
		}
		const press = pressOf(event);
		const command = commandFor(top.scope, press);
		if (command === null) {
			// Still held after the page hid the material by itself: not a wish to scroll.
			if (top.scope === "holding" && event.repeat && event.key === " " && press.target === "page")
				event.preventDefault();
			return;
		}
		event.preventDefault();
		if (command.kind === "show") showCode = event.code;
		top.run(command);
	};
	const onUp = (event: KeyboardEvent) => {
		if (showCode === null || event.code !== showCode) return;
		showCode = null;
		event.preventDefault();
		for (const { current } of handlers) current.release?.();
	};
	const onLeave = () => {
		showCode = null;
	};
	window.addEventListener("keydown", onDown);
	window.addEventListener("keyup", onUp);
	window.addEventListener("blur", onLeave);
	return () => {
		window.removeEventListener("keydown", onDown);
		window.removeEventListener("keyup", onUp);
		window.removeEventListener("blur", onLeave);
	};
}

function pressOf(event: KeyboardEvent): KeyPress {
	return {
		key: event.key,
		code: event.code,
		isRepeat: event.repeat,
		hasModifier: event.ctrlKey || event.altKey || event.metaKey,
		// Within a shadow root the event's target is its host.
		target: targetOf(event.composedPath()[0] ?? null),
	};
}

function targetOf(target: EventTarget | null): KeyPress["target"] {
	if (!(target instanceof HTMLElement)) return "page";
	if (target.matches("input:not([type=radio],[type=checkbox],[type=button]), textarea, select, [contenteditable]")) {
		return "text";
	}
	return target.closest("a[href], button, summary, input, [role=button]") === null ? "page" : "control";
}
