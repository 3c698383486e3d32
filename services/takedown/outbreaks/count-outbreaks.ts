// Counts how fast things spread over what all detectors have recorded, in the order of the record, by whichever process holds the lease. Its state is in
// memory: whoever takes over restores the last snapshot and counts again, silently, what came after it. Detectors know nothing of it and never wait.

import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import {
	type Alert,
	createGrowthWatch,
	type GrowthWatch,
	type WatchOptions,
} from "../../core/outbreaks/growth-watch.ts";
import { machineMayLimit } from "../../core/outbreaks/limits.ts";
import { endOf, keptOf, lessonOf, type OutbreakEnd } from "../../core/outbreaks/outbreak.ts";
import { type CountedItem, sightingsOf } from "../../core/outbreaks/sighting.ts";
import { type Subject, subjectText } from "../../core/outbreaks/subject.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { CountedRound, CountPlace, Outbreak, OutbreakStore } from "../../core/ports/outbreak-store.ts";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Longer than a round takes, short enough that outbreaks are counted again soon after a process is lost. */
const leaseMs = 30_000;
const recordsPerRound = 50;
const saveEveryMs = 300_000;
const lookAfterEveryMs = 10_000;

export interface CountDeps {
	readonly outbreaks: OutbreakStore;
	readonly clock: Clock;
	readonly holder: string;
	readonly options: WatchOptions;
	readonly policies: Pick<Policies, "of">;
	readonly onSnapshotUnread: () => void;
}

export interface OutbreakCounter {
	/** Counts what is next, and answers what was found by it, and whether there may be more at once. */
	round(): Promise<{
		readonly found: readonly Outbreak[];
		readonly ended: readonly OutbreakEnd[];
		readonly hasMore: boolean;
	}>;
}

interface Counting {
	readonly watch: GrowthWatch;
	/** Up to here it has counted. */
	at: number;
	/** By text: outbreaks that run. */
	readonly running: Map<string, Subject>;
	/** Limits, or their lifting, have further pages to go. */
	hasPages: boolean;
	/** These wait for items that arrive, but for one every few seconds. */
	doPagesWait: boolean;
}

const nothing = { found: [], ended: [], hasMore: false };

export function createOutbreakCounter(deps: CountDeps): OutbreakCounter {
	const { outbreaks, clock, holder } = deps;
	const may = machineMayLimit(deps.policies);
	let counting: Counting | null = null;
	let savedAt = clock.now();
	let lookedAfterAt = 0;
	let pagedAt = 0;

	const count = async (state: Counting, through: number, items: readonly CountedItem[]) => {
		const round = { holder, from: state.at, through, ...countItems(state, items) };
		const found = await outbreaks.record(round, new Date(clock.now()));
		if (found === null) throw new Error("the lease on counting outbreaks was lost");
		state.at = through;
		const grown = [...round.alerts.map(({ alert }) => alert.subject), ...round.sightings.map(({ subject }) => subject)];
		if (grown.length > 0 && !isHeld(state) && (await outbreaks.limit(grown, may, new Date(clock.now()))).hasMore)
			state.hasPages = true;
		return found;
	};

	/** A page of each outbreak at most: between two of them what came meanwhile is counted. */
	const limitAndLift = async (state: Counting) => {
		pagedAt = clock.now();
		const lifted = await outbreaks.lift(new Date(clock.now()));
		// Those, too, that a process lost between counting them and limiting them.
		const limited = await outbreaks.limit(null, may, new Date(clock.now()));
		state.hasPages = lifted.hasMore || limited.hasMore;
	};

	const save = async (state: Counting) => {
		savedAt = clock.now();
		await outbreaks.saveSnapshot(holder, state.at, await compress(state.watch.snapshot(), { level: 1 }));
	};

	const inTurn = async () => {
		const place = await outbreaks.lease(holder, leaseMs);
		if (place === null) {
			counting = null;
			return nothing;
		}
		if (counting?.at !== place.counted) {
			counting = await takeOver(deps, place);
			savedAt = clock.now();
		}
		const state = counting;
		state.doPagesWait = place.doPagesWait;
		const due = await outbreaks.itemsAfter(state.at, recordsPerRound);
		const hasMore = due.through > state.at;
		const found = hasMore ? await count(state, due.through, due.items) : [];
		if (state.at > place.snapshotAt && Math.abs(clock.now() - savedAt) > saveEveryMs) await save(state);
		// Behind the record, what is growing seems to have stopped.
		const isDue = !hasMore && Math.abs(clock.now() - lookedAfterAt) > lookAfterEveryMs;
		if (isDue) lookedAfterAt = clock.now();
		const ended = isDue ? await lookAfter(outbreaks, state, clock.now()) : [];
		const isPageDue = isHeld(state) ? Math.abs(clock.now() - pagedAt) > lookAfterEveryMs : state.hasPages;
		if (isDue || isPageDue) await limitAndLift(state);
		return { found, ended, hasMore: hasMore || (state.hasPages && !isHeld(state)) };
	};

	return {
		async round() {
			try {
				return await inTurn();
			} catch (error) {
				// What was counted may be ahead of what is recorded: begin again from the snapshot.
				counting = null;
				throw error;
			}
		},
	};
}

/** What has no further page is no load: a limit begins at once. */
function isHeld({ hasPages, doPagesWait }: Counting): boolean {
	return hasPages && doPagesWait;
}

function countItems(
	{ watch, running }: Counting,
	items: readonly CountedItem[],
): Pick<CountedRound, "alerts" | "sightings"> {
	const alerts: { readonly alert: Alert; readonly itemId: CountedItem["itemId"] }[] = [];
	const sightings: { readonly subject: Subject; readonly itemId: CountedItem["itemId"] }[] = [];
	for (const item of items) {
		for (const sighting of sightingsOf(item)) {
			const { subject } = sighting;
			const alert = watch.see(sighting);
			if (running.has(subjectText(subject))) sightings.push({ subject, itemId: item.itemId });
			else if (alert !== null) {
				alerts.push({ alert, itemId: item.itemId });
				running.set(subjectText(subject), subject);
			}
		}
	}
	return { alerts, sightings };
}

async function takeOver(
	{ outbreaks, options, onSnapshotUnread }: Pick<CountDeps, "outbreaks" | "options" | "onSnapshotUnread">,
	{ counted, snapshotAt, doPagesWait }: CountPlace,
): Promise<Counting> {
	const watch = createGrowthWatch(options);
	const kept = await outbreaks.readSnapshot();
	if (kept !== null && !watch.restore(await decompress(kept))) onSnapshotUnread();
	let at = snapshotAt;
	while (at < counted) {
		const due = await outbreaks.itemsAfter(at, Math.min(recordsPerRound, counted - at));
		if (due.through === at) break;
		for (const item of due.items) for (const sighting of sightingsOf(item)) watch.see(sighting);
		at = due.through;
	}
	const running = await outbreaks.running();
	watch.holdOnly(running.map(({ subject }) => subject));
	return {
		...{ watch, at: counted, hasPages: false, doPagesWait },
		running: new Map(running.map(({ subject }) => [subjectText(subject), subject])),
	};
}

/** Keeps how they grow, and ends those that people have decided or that grow no more. */
async function lookAfter(
	outbreaks: Pick<OutbreakStore, "running" | "update">,
	{ watch, running }: Counting,
	now: number,
): Promise<readonly OutbreakEnd[]> {
	const changes = (await outbreaks.running()).map(({ id, subject, decision }) => {
		const growth = watch.growthOf(subject, Math.floor(now / 1_000));
		return { id, subject, decision, latest: growth === null ? null : keptOf(growth), ended: endOf(decision, growth) };
	});
	await outbreaks.update(
		changes.map(({ id, latest, ended }) => ({ id, latest, ended })),
		new Date(now),
	);
	for (const { subject, decision, ended } of changes) {
		if (ended === null) continue;
		watch.settle(subject, lessonOf(decision));
		running.delete(subjectText(subject));
	}
	return changes.flatMap(({ ended }) => ended ?? []);
}
