// The end of a process of which everything has been disposed. Libraries may leave something behind that holds it: BullMQ's client of
// PostgreSQL leaves a timer of an hour once its database has been away.

/** On its disposal the process has so long to end by itself, with the exit code that it has by then. To be declared before all else. */
export function endAnyway(withinMs = 5_000): Disposable {
	return { [Symbol.dispose]: () => void setTimeout(() => process.exit(), withinMs).unref() };
}
