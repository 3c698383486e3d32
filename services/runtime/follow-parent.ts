// `npx breakwater` and `npm start` end on SIGTERM without a word to what they started, which would go on and hold its ports.

const askedEveryMs = 500;

/** Calls back once, when another process has become this one's parent. Where nobody started it to stay behind, that is a stop. */
export function onParentGone(onGone: () => void): Disposable {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		onGone();
	}, askedEveryMs).unref();
	return { [Symbol.dispose]: () => clearInterval(timer) };
}
