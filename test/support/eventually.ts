/**
 * For what takes milliseconds on a quiet machine. Generous on purpose: a test says that it happens, and how soon is measured by
 * the benchmarks, where nothing else runs.
 */
export const soon = { withinMs: 10_000, everyMs: 5 } as const;

/** Tries until `check` neither throws nor answers false; then answers what it answered. Fails with its last error. */
export async function eventually<T>(
	check: () => T | Promise<T>,
	options: { readonly withinMs: number; readonly everyMs?: number },
): Promise<T> {
	const deadline = Date.now() + options.withinMs;
	for (;;) {
		try {
			const answer = await check();
			if (answer !== false) return answer;
			if (Date.now() >= deadline) throw new Error(`still false after ${options.withinMs} ms`);
		} catch (error) {
			if (Date.now() >= deadline) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 20));
	}
}
