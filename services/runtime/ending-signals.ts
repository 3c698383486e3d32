// The signals that tell a process to end: Ctrl-C, a supervisor's, and that of a terminal which is closed.
import { constants } from "node:os";

export const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Those that were registered here. */
const ours = new Set<() => Promise<unknown>>();

/**
 * Ends the process in order, so that its `exit` listeners are heard, on a signal that nobody else takes: one that comes before the process
 * serves, or after. What `underWay` answers is waited for.
 */
export function exitOnSignals(underWay: () => Promise<unknown>): Disposable {
	const onSignal = (name: NodeJS.Signals) => {
		if (process.listenerCount(name) > ours.size) return;
		const exit = () => process.exit(128 + constants.signals[name]);
		underWay().then(exit, exit);
	};
	ours.add(underWay);
	// First of all: who takes one signal only is no listener any more when the next is called.
	for (const name of endingSignals) process.prependListener(name, onSignal);
	return {
		[Symbol.dispose]() {
			ours.delete(underWay);
			for (const name of endingSignals) process.off(name, onSignal);
		},
	};
}
