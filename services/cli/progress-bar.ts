// Progress on standard error, on a terminal only: pipes and logs get none.
import { SingleBar } from "cli-progress";

export interface Progress {
	to(value: number): void;
	stop(): void;
}

/** `what` names the unit: "rows", "MB". */
export function startProgress(what: string, total: number): Progress {
	if (!process.stderr.isTTY) return { to: () => undefined, stop: () => undefined };
	const format = `{bar} {value}/{total} ${what}, {eta_formatted} left`;
	const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true });
	bar.start(total, 0);
	return { to: (value) => bar.update(value), stop: () => bar.stop() };
}
