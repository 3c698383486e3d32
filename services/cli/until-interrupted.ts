/** A signal that Ctrl-C or a stop aborts, so that a command ends at a clean point; a second one ends it at once. */
export function untilInterrupted(): { readonly signal: AbortSignal } & Disposable {
	const stop = new AbortController();
	const onSignal = () => stop.abort(new Error("interrupted"));
	process.once("SIGINT", onSignal);
	process.once("SIGTERM", onSignal);
	return {
		signal: stop.signal,
		[Symbol.dispose]() {
			process.off("SIGINT", onSignal);
			process.off("SIGTERM", onSignal);
		},
	};
}
