/** Processor time of each; of this thread and those of the runtime. */
export function microseconds(times: number, work: () => unknown): number {
	const before = process.cpuUsage();
	for (let time = 0; time < times; time += 1) work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / times;
}
