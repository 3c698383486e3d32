import { setMaxListeners } from "node:events";

/** What tells all work that is under way to stop. As many may wait for it as there is work; Node warns of a leak from eleven on. */
export function createStop(): AbortController {
	const stop = new AbortController();
	setMaxListeners(0, stop.signal);
	return stop;
}
