/** Whether `work` came to its end within the time; what it rejects with, it rejects with. */
export function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
	return within(
		ms,
		work.then(() => true),
		false,
	);
}

/** What `work` comes to, or this where the time is over before. The timer does not outlive the answer. */
export function within<T>(ms: number, work: Promise<T>, late: T): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const over = new Promise<T>((resolve) => {
		timer = setTimeout(() => resolve(late), ms);
	});
	return Promise.race([work, over]).finally(() => clearTimeout(timer));
}
