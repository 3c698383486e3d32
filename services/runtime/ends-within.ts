/** Whether `work` came to its end within the time; what it rejects with, it rejects with. The timer does not outlive the answer. */
export function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}
