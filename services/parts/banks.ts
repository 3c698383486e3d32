// One copy of the banks for all that matches in this process, kept level with the record. It starts from the snapshot that a
// process left before, where there is one.
import type { BankChange } from "../core/banks/bank.ts";
import type { BankLookUps } from "../core/banks/bank-matcher.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import { type BankFollower, type FollowBanksDeps, followBanks } from "./follow-banks.ts";
import { type MatcherThread, openMatcherThread } from "./matcher-thread.ts";

export interface FollowedBanks extends AsyncDisposable {
	readonly matcher: BankLookUps;
	readonly follower: BankFollower;
	/** Called after each change was applied here, before anyone is answered with it. */
	onApplied(listener: (change: BankChange) => void): void;
}

export interface OpenBanksDeps extends Omit<FollowBanksDeps, "matcher" | "sequence"> {
	readonly banks: FollowBanksDeps["banks"] & Pick<BankStore, "load">;
	/** Without one, all is read from the record at every start. */
	readonly snapshotFile?: string;
	readonly textHashes?: readonly URL[];
	/** Fewer are read from the record as quickly. */
	readonly fewestForSnapshot?: number;
}

const fewestForSnapshot = 10_000;
const snapshotEveryMs = 600_000;

/** Resolves once the copy is level with the record. */
export async function openBanks(deps: OpenBanksDeps): Promise<FollowedBanks> {
	const listeners: ((change: BankChange) => void)[] = [];
	const { clock, textHashes = [] } = deps;
	const thread = openMatcherThread({
		...{ clock, textHashes },
		onApplied: (change) => {
			for (const listener of listeners) listener(change);
		},
	});
	try {
		const start = await fill(thread, deps);
		const follower = await followBanks({ ...deps, matcher: thread, sequence: start.sequence });
		const snapshots = keepSnapshots(thread, follower, deps, start.savedSequence);
		return {
			matcher: thread.lookUps,
			follower,
			onApplied: (listener) => void listeners.push(listener),
			async [Symbol.asyncDispose]() {
				await follower[Symbol.asyncDispose]();
				await snapshots[Symbol.asyncDispose]();
				await thread[Symbol.asyncDispose]();
			},
		};
	} catch (error) {
		await thread[Symbol.asyncDispose]();
		throw error;
	}
}

async function fill(thread: MatcherThread, { banks, snapshotFile }: OpenBanksDeps) {
	const snapshot = snapshotFile === undefined ? null : await thread.ask("readSnapshot", snapshotFile);
	if (snapshot !== null && (await describeChange(banks, snapshot.sequence)) === snapshot.lastChange) {
		await thread.ask("takeSnapshot", null);
		return { sequence: snapshot.sequence, savedSequence: snapshot.sequence };
	}
	const { sequence } = await banks.load((contents) => thread.ask("load", contents));
	await thread.ask("compact", null);
	return { sequence, savedSequence: 0 };
}

/** Writes one now, every ten minutes and at the end, if something changed since the last. */
function keepSnapshots(
	{ ask }: MatcherThread,
	follower: BankFollower,
	{ banks, logger, ...deps }: OpenBanksDeps,
	sequenceAtStart: number,
): AsyncDisposable {
	const { snapshotFile: file, fewestForSnapshot: fewestEntries = fewestForSnapshot } = deps;
	let savedSequence = sequenceAtStart;
	let saving: Promise<void> | null = null;
	const save = async () => {
		const { sequence } = follower;
		if (file === undefined || sequence === savedSequence) return;
		const lastChange = await describeChange(banks, sequence);
		if (await ask("writeSnapshot", { file, fewestEntries, sequence, lastChange })) savedSequence = sequence;
	};
	/** A snapshot that cannot be written costs time at the next start, and nothing else. */
	const saveOnce = (): Promise<void> => {
		saving ??= save()
			.catch((error: unknown) => logger.warn({ event: "bank-snapshot-failed", err: error }))
			.finally(() => {
				saving = null;
			});
		return saving;
	};
	const timer = setInterval(() => void saveOnce(), snapshotEveryMs);
	void saveOnce();
	return {
		async [Symbol.asyncDispose]() {
			clearInterval(timer);
			await saving;
			await saveOnce();
		},
	};
}

/** Two records have the same number for different changes: another database, or one put back from a backup. */
async function describeChange(banks: Pick<BankStore, "changesSince">, sequence: number): Promise<string> {
	const [change] = await banks.changesSince(sequence - 1, 1);
	return change?.sequence === sequence ? JSON.stringify(change) : "";
}
