// One fault under load: the feed runs, the fault is inflicted and lifted, the system recovers by itself, and the ledgers are held
// against each other.
import { eventually } from "../support/eventually.ts";
import { randomFrom } from "../support/random-from.ts";
import { driveFeed } from "./drive-feed.ts";
import { describeFindings, type Finding, isUnfinished, reconcile, type SentItem } from "./reconcile.ts";
import type { Scenario } from "./scenario.ts";
import type { Ground, System } from "./system.ts";

export interface Row {
	readonly name: string;
	readonly fault: string;
	readonly profile: string;
	readonly times: number;
	readonly items: number;
	readonly lost: number;
	readonly doubled: number;
	/** From the end of the fault until all that was sent by then was settled, and each order of it delivered; null where it never was. */
	readonly recoverySeconds: number | null;
	/** Everything that is wrong, one line each. */
	readonly problems: readonly string[];
}

/** On a busy machine everything takes longer; what takes longer than this is stuck. */
const patienceMs = 90_000;
/** Of a row that has failed already nothing more is expected. */
const noPatienceMs = 5_000;
const lookEveryMs = 250;

export async function runScenario(
	scenario: Scenario,
	ground: Ground,
	system: System,
	options: { readonly isFull: boolean; readonly seed: number },
): Promise<Row> {
	const { servers, plantings } = ground;
	const run = `${scenario.name}-${Date.now().toString(36)}`;
	const feed = driveFeed({
		...plantings,
		...{ seed: options.seed, run, carriers: system.carriers, rawCarrier: system.rawCarrier },
		...{ postsPerSecond: 30, picturesPerSecond: 3, plantedEvery: 4, repeatedPercent: 0 },
		...scenario.feed,
	});
	const toldOfRun = () => servers.platform.told().filter(({ subject }) => subject.includes(`/${run}-`));
	const look = async (sent: readonly SentItem[]): Promise<readonly Finding[]> =>
		reconcile({ ...(await system.record.read(`${run}-`)), sent, told: toldOfRun() });
	const problems: string[] = [];
	const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
		try {
			return await work();
		} catch (error) {
			problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
			return null;
		}
	};
	const underLoad = async () => {
		await eventually(() => toldOfRun().length > 3, { withinMs: patienceMs });
		return scenario.inflict({ servers, system, plantings, feed, ...options, random: randomFrom(options.seed + 1) });
	};

	const times = await attempt("during the fault", underLoad);
	const liftedAtMs = performance.now();
	const withinMs = times === null ? noPatienceMs : patienceMs;
	const sentByThen = new Set(feed.sent().map(({ eventId }) => eventId));
	const recovered = await attempt("recovery", () =>
		eventually(
			async () => {
				const unfinished = (await look(feed.sent())).filter(isUnfinished);
				const before = unfinished.filter(({ subject }) => sentByThen.has(subject?.split("/")[1] ?? ""));
				if (before.length > 0) throw new Error(describeFindings(before).join("; "));
				return performance.now();
			},
			{ withinMs, everyMs: lookEveryMs },
		),
	);
	await feed.stop(withinMs);
	await attempt("settling", () => settle(system, () => look(feed.sent()), withinMs));
	const findings = await look(feed.sent());
	for (const ended of system.processes.filter(({ pid }) => !isAlive(pid())))
		problems.push(`a process ended by itself: ${ended.logFile}`);
	return {
		...{ name: scenario.name, fault: scenario.fault, profile: scenario.profile, times: times ?? 0 },
		items: feed.sent().length,
		lost: findings.filter(({ kind }) => kind === "lost").length,
		doubled: findings.filter(({ kind }) => kind === "doubled").length,
		recoverySeconds: recovered === null ? null : (recovered - liftedAtMs) / 1_000,
		problems: [...problems, ...describeFindings(findings)],
	};
}

/** Until nothing is under way any more: what could still be doubled has been by then. */
function settle(system: System, look: () => Promise<readonly Finding[]>, withinMs: number): Promise<void> {
	return eventually(
		async () => {
			const unfinished = (await look()).filter(isUnfinished);
			if (unfinished.length > 0) throw new Error(describeFindings(unfinished).join("; "));
			const lag = await system.lag();
			if (lag > 0) throw new Error(`${lag} records are not settled`);
		},
		{ withinMs, everyMs: lookEveryMs },
	);
}

function isAlive(pid: number): boolean {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch {
		return false;
	}
}
