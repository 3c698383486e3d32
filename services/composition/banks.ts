// One copy of the banks for all that matches in this process, kept level with the record. It starts from the snapshot that a
// process left before, where there is one.
import type { BankChange } from "../core/matching/bank.ts";
import { type BankMatcher, createBankMatcher } from "../core/matching/bank-matcher.ts";
import { readSnapshotFile, writeSnapshotFile } from "./bank-snapshot-file.ts";
import { type BankFollower, type FollowBanksDeps, followBanks } from "./follow-banks.ts";

export interface FollowedBanks extends AsyncDisposable {
	readonly matcher: BankMatcher;
	readonly follower: BankFollower;
	/** Called after each change was applied here. */
	onApplied(listener: (change: BankChange) => void): void;
}

export interface OpenBanksDeps extends Omit<FollowBanksDeps, "matcher"> {
	/** Without one, all is read from the record at every start. */
	readonly snapshotFile?: string;
	/** Fewer are read from the record as quickly. */
	readonly fewestForSnapshot?: number;
}

const fewestForSnapshot = 10_000;
const snapshotEveryMs = 600_000;

export async function openBanks(deps: OpenBanksDeps): Promise<FollowedBanks> {
	const { banks, snapshotFile, logger } = deps;
	const matcher = createBankMatcher({ clock: deps.clock });
	const listeners: ((change: BankChange) => void)[] = [];
	const apply = (change: BankChange) => {
		matcher.apply(change);
		for (const listener of listeners) listener(change);
	};
	let savedSequence = 0;
	const load: typeof banks.load = async (onChange) => {
		const snapshot = snapshotFile === undefined ? null : await readSnapshotFile(snapshotFile, banks);
		if (snapshot === null) return banks.load(onChange);
		matcher.load(snapshot);
		savedSequence = snapshot.sequence;
		return { sequence: snapshot.sequence };
	};
	const { changesSince, onChanged } = banks;
	const follower = await followBanks({ ...deps, banks: { load, changesSince, onChanged }, matcher: { apply } });

	let saving: Promise<void> | null = null;
	const save = async () => {
		const { sequence } = follower;
		if (snapshotFile === undefined || sequence === savedSequence) return;
		if (matcher.entryCount < (deps.fewestForSnapshot ?? fewestForSnapshot)) return;
		await writeSnapshotFile(snapshotFile, matcher.source, sequence, banks);
		savedSequence = sequence;
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
		matcher,
		follower,
		onApplied: (listener) => {
			listeners.push(listener);
		},
		async [Symbol.asyncDispose]() {
			clearInterval(timer);
			await follower[Symbol.asyncDispose]();
			await saving;
			await saveOnce();
		},
	};
}
