/** A repeated task whose turns never overlap. */
export interface Loop {
	/** Runs again soon, however far the next turn is. */
	now(): void;
	/** No further turn; resolves once the one under way has ended. */
	stop(): Promise<void>;
}

/** A loop that is also run at once whenever `listen` tells of something; rejects where it cannot listen. */
export async function startToldLoop(
	turn: () => Promise<number>,
	listen: (onNotice: () => void) => Promise<AsyncDisposable>,
): Promise<AsyncDisposable> {
	const loop = startLoop(turn);
	const notices = await listen(() => loop.now()).catch(async (error) => {
		await loop.stop();
		throw error;
	});
	return {
		async [Symbol.asyncDispose]() {
			await notices[Symbol.asyncDispose]();
			await loop.stop();
		},
	};
}

/** `turn` answers after how many milliseconds it wants to run again; it must not throw. */
export function startLoop(turn: () => Promise<number>): Loop {
	let timer: NodeJS.Timeout | null = null;
	let running: Promise<void> | null = null;
	let isAsked = false;
	let isStopped = false;
	const run = () => {
		timer = null;
		isAsked = false;
		running = turn().then((waitMs) => {
			running = null;
			if (!isStopped) timer = setTimeout(run, isAsked ? 0 : waitMs);
		});
	};
	timer = setTimeout(run, 0);
	return {
		now() {
			isAsked = true;
			if (running !== null || isStopped) return;
			if (timer !== null) clearTimeout(timer);
			timer = setTimeout(run, 0);
		},
		async stop() {
			isStopped = true;
			if (timer !== null) clearTimeout(timer);
			await running;
		},
	};
}
