// Looks at a running system once a second: how far behind the stream is, what each process and server uses.
import type { RunningProfile } from "./profiles.ts";
import { memoryMiBOf, processorSecondsOf, type Use } from "./usage.ts";

export interface Sample {
	readonly atMs: number;
	/** Records after the committed offset, by topic; empty where the detector did not answer. */
	readonly lag: Readonly<Record<string, number>>;
	readonly use: Readonly<Record<string, Use>>;
}

export interface RunWatch {
	stop(): Promise<readonly Sample[]>;
}

/** The lag and the memory are asked for at one sample in so many, and kept in between: what they cost is the load's. */
const samplesPerLook = 5;

export function watchRun(profile: RunningProfile, everyMs = 1_000): RunWatch {
	const samples: Sample[] = [];
	let isStopped = false;
	const run = async () => {
		let look = await takeLook(profile);
		while (!isStopped) {
			const startedMs = Date.now();
			if (samples.length % samplesPerLook === 0) look = await takeLook(profile);
			samples.push(takeSample(profile, look));
			await new Promise((resolve) => setTimeout(resolve, Math.max(0, everyMs - (Date.now() - startedMs))));
		}
		samples.push(takeSample(profile, await takeLook(profile)));
	};
	const running = run();
	return {
		async stop() {
			isStopped = true;
			await running;
			return samples;
		},
	};
}

interface Look {
	readonly lag: Readonly<Record<string, number>>;
	/** By name. */
	readonly memoryMiB: Readonly<Record<string, number>>;
}

async function takeLook({ watched, detectorUrl }: RunningProfile): Promise<Look> {
	const lag = await readLag(detectorUrl);
	const named = watched.map((one) => [one.name, memoryMiBOf(one)] as const);
	return { lag, memoryMiB: Object.fromEntries(named) };
}

function takeSample({ watched }: RunningProfile, { lag, memoryMiB }: Look): Sample {
	const named = watched.map((one) => {
		const use: Use = { cpuSeconds: processorSecondsOf(one), memoryMiB: memoryMiB[one.name] ?? 0 };
		return [one.name, use] as const;
	});
	const own = process.cpuUsage();
	const bench: Use = {
		cpuSeconds: (own.user + own.system) / 1e6,
		memoryMiB: process.memoryUsage.rss() / 2 ** 20,
	};
	return { atMs: Date.now(), lag, use: Object.fromEntries([...named, ["this bench", bench]]) };
}

async function readLag(detectorUrl: string): Promise<Readonly<Record<string, number>>> {
	const text = await fetch(`${detectorUrl}/metrics`, { signal: AbortSignal.timeout(2_000) })
		.then((answer) => answer.text())
		.catch(() => "");
	const lag: Record<string, number> = {};
	for (const [, labels, value] of text.matchAll(/^breakwater_stream_lag_records\{([^}]*)\} (\S+)$/gm)) {
		const topic = /topic="breakwater\.([^"]+)"/.exec(labels ?? "")?.[1] ?? "";
		lag[topic] = (lag[topic] ?? 0) + Number(value);
	}
	return lag;
}
