import { setTimeout as wait } from "node:timers/promises";
import { endingSignals } from "../runtime/ending-signals.ts";

/** Ends early, without an error, where the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await wait(ms, undefined, { signal }).catch((error: unknown) => {
		if (!signal.aborted) throw error;
	});
}

/** A signal that Ctrl-C or a stop aborts, so that a command ends at a clean point; a second one ends it at once. */
export function untilInterrupted(): { readonly signal: AbortSignal } & Disposable {
	const stop = new AbortController();
	const onSignal = () => stop.abort(new Error("interrupted"));
	for (const name of endingSignals) process.once(name, onSignal);
	return {
		signal: stop.signal,
		[Symbol.dispose]() {
			for (const name of endingSignals) process.off(name, onSignal);
		},
	};
}
