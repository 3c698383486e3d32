/** A repeated task whose turns never overlap. */
export interface Loop {
	/** Runs again soon, however far the next turn is. */
	now(): void;
	/** No further turn; resolves once the one under way has ended. */
	stop(): Promise<void>;
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
