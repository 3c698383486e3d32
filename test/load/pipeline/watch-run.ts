// Looks at a running system once a second: how far behind the stream is, what each process and server uses.
import type { RunningProfile } from "./profiles.ts";
import { type Use, useOf } from "./usage.ts";

export interface Sample {
	readonly atMs: number;
	/** Records after the committed offset, by topic; empty where the detector did not answer. */
	readonly lag: Readonly<Record<string, number>>;
	readonly use: Readonly<Record<string, Use>>;
}

export interface RunWatch {
	stop(): Promise<readonly Sample[]>;
}

export function watchRun(profile: RunningProfile, everyMs = 1_000): RunWatch {
	const samples: Sample[] = [];
	let isStopped = false;
	const run = async () => {
		while (!isStopped) {
			const startedMs = Date.now();
			samples.push(await take(profile));
			await new Promise((resolve) => setTimeout(resolve, Math.max(0, everyMs - (Date.now() - startedMs))));
		}
		samples.push(await take(profile));
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

async function take({ watched, detectorUrl }: RunningProfile): Promise<Sample> {
	const [lag, ...uses] = await Promise.all([readLag(detectorUrl), ...watched.map(useOf)]);
	const own = process.cpuUsage();
	const bench: Use = {
		cpuSeconds: (own.user + own.system) / 1e6,
		memoryMiB: process.memoryUsage().rss / 2 ** 20,
	};
	const named = watched.map(({ name }, index) => [name, uses[index] ?? bench] as const);
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
