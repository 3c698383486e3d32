/**
 * Gathers single calls into batches: one runs when `maxSize` are waiting or the oldest has waited `maxWaitMs`, with at most
 * `concurrency` running. `run` answers in the order of its inputs; where it throws, every call of that batch rejects.
 */
export function createMicroBatch<I, O>(options: {
	readonly maxSize: number;
	readonly maxWaitMs: number;
	readonly concurrency: number;
	readonly run: (inputs: readonly I[]) => Promise<readonly O[]>;
}): (input: I) => Promise<O> {
	type Waiting = {
		readonly input: I;
		readonly resolve: (output: O) => void;
		readonly reject: (error: unknown) => void;
	};
	const waiting: Waiting[] = [];
	let running = 0;
	let timer: NodeJS.Timeout | null = null;

	const flush = () => {
		if (timer !== null) clearTimeout(timer);
		timer = null;
		while (waiting.length > 0 && running < options.concurrency) void runOne(waiting.splice(0, options.maxSize));
	};
	const runOne = async (batch: readonly Waiting[]) => {
		running += 1;
		try {
			const outputs = await options.run(batch.map(({ input }) => input));
			if (outputs.length !== batch.length) throw new Error("a batch must answer every input");
			batch.forEach(({ resolve }, index) => {
				resolve(outputs[index] as O);
			});
		} catch (error) {
			for (const { reject } of batch) reject(error);
		} finally {
			running -= 1;
			if (waiting.length > 0) flush();
		}
	};
	return (input) =>
		new Promise<O>((resolve, reject) => {
			waiting.push({ input, resolve, reject });
			if (waiting.length >= options.maxSize) flush();
			else timer ??= setTimeout(flush, options.maxWaitMs);
		});
}
