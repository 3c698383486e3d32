/** A repeated task whose turns never overlap. */
export interface Loop {
	/** Runs again soon, however far the next turn is. */
	now(): void;
	/** No further turn; resolves once the one under way has ended. */
	stop(): Promise<void>;
}

/**
 * A loop that is also run whenever `listen` tells of something, `restMs` after its last turn ended or later: what comes in meanwhile is one turn's work.
 * Rejects where it cannot listen.
 */
export async function startToldLoop(
	turn: () => Promise<number>,
	listen: (onNotice: () => void) => Promise<AsyncDisposable>,
	restMs = 0,
): Promise<AsyncDisposable> {
	const loop = startLoop(turn, restMs);
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
export function startLoop(turn: () => Promise<number>, restMs = 0): Loop {
	let timer: NodeJS.Timeout | null = null;
	let running: Promise<void> | null = null;
	let isAsked = false;
	let isStopped = false;
	let endedAtMs = Number.NEGATIVE_INFINITY;
	const rest = () => Math.max(0, endedAtMs + restMs - performance.now());
	const run = () => {
		timer = null;
		isAsked = false;
		running = turn().then((waitMs) => {
			running = null;
			endedAtMs = performance.now();
			if (!isStopped) timer = setTimeout(run, isAsked ? rest() : waitMs);
		});
	};
	timer = setTimeout(run, 0);
	return {
		now() {
			isAsked = true;
			if (running !== null || isStopped) return;
			if (timer !== null) clearTimeout(timer);
			timer = setTimeout(run, rest());
		},
		async stop() {
			isStopped = true;
			if (timer !== null) clearTimeout(timer);
			await running;
		},
	};
}
