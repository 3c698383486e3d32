// Works on sweeps, a little at a time: one begins by itself whenever banks have changed. All of its state is in the record, so that another
// detector goes on where this one stopped, and live work comes first.
import { randomUUID } from "node:crypto";
import type { Policies } from "../../core/policy/policy.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Sweep, SweepStore } from "../../core/ports/sweep-store.ts";
import { behindAll } from "../../core/sweeps/sweep.ts";
import type { Events } from "../../runtime/events.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startLoop } from "../../runtime/loop.ts";
import type { JudgeItem } from "./judge-items.ts";
import { itemsNear, type SweepSubject, subjectOf } from "./look-through.ts";

export interface RunSweepsDeps {
	readonly sweeps: Omit<SweepStore, "start" | "list" | "find" | "coverage" | "countUnfinished" | "act">;
	readonly judge: JudgeItem;
	readonly policies: Pick<Policies, "of">;
	/** Whether items that arrive are waiting. */
	readonly isBusy: () => Promise<boolean>;
	readonly clock: Clock;
	readonly events: Pick<Events, "sweepMoved" | "itemsSwept">;
	readonly logger: Pick<Logger, "warn">;
}

const lookEveryMs = 1_000;
const busyMs = 1_000;
const backOffMs = 5_000;
/** Another detector takes a sweep over after so long without a step. */
const leaseMs = 20_000;
const hashesPerStep = 10_000;
const exactPerStatement = 5_000;
const itemsPerStep = 100;

export function runSweeps(deps: RunSweepsDeps): AsyncDisposable {
	const { sweeps, logger, clock } = deps;
	const worker = randomUUID();
	const step = createStep(deps);
	const turn = async (): Promise<number> => {
		try {
			await sweeps.begin(new Date(clock.now()));
			const sweep = await sweeps.lease(worker, leaseMs);
			if (sweep === null) return lookEveryMs;
			if (await deps.isBusy()) return busyMs;
			return await step(sweep);
		} catch (error) {
			logger.warn({ event: "sweep-held-up", err: error });
			return backOffMs;
		}
	};
	// Asked once a second, not told of each change: a sweep is not done before half a minute, and an import makes thousands of changes.
	const loop = startLoop(turn);
	return { [Symbol.asyncDispose]: () => loop.stop() };
}

/** Answers after how long there is more to do. */
export type SweepStep = (sweep: Sweep) => Promise<number>;

export function createStep(deps: Omit<RunSweepsDeps, "isBusy" | "logger">): SweepStep {
	const { sweeps } = deps;
	/** The subject of the sweep worked on last: reading the entries anew for each step would take longer than the step. */
	let known: { readonly id: Sweep["id"]; readonly subject: SweepSubject } | null = null;
	const subject: ReadSubject = async (sweep) => {
		if (known?.id !== sweep.id) known = { id: sweep.id, subject: subjectOf(await sweeps.changedEntries(sweep)) };
		return known.subject;
	};
	return async (sweep) => {
		switch (sweep.state) {
			case "looking":
				return look(deps, sweep, subject);
			case "judging":
				return judge(deps, sweep, subject);
			case "acting": {
				const waitMs = await act(deps, sweep, subject);
				if (waitMs > 0) known = null;
				return waitMs;
			}
			// Nobody is given such a one to work on.
			case "waiting":
			case "done":
			case "canceled":
				return lookEveryMs;
		}
	};
}

/** Reading a large bank's entries takes long: only where there is something to hold them against. */
type ReadSubject = (sweep: Sweep) => Promise<SweepSubject>;
type StepDeps = Omit<RunSweepsDeps, "isBusy" | "logger">;

async function look(deps: StepDeps, sweep: Sweep, readSubject: ReadSubject): Promise<number> {
	const { sweeps, clock } = deps;
	let { entries } = sweep;
	if (await sweeps.hasHashes(sweep)) {
		const subject = await readSubject(sweep);
		entries = subject.ids.size;
		if (entries === 0) {
			await sweeps.endLooking(sweep);
			return 0;
		}
		if (await compare(sweeps, sweep, subject)) return 0;
	}
	const { pass, tailFrom, tailDueAt } = sweep;
	if (pass === 2) {
		await sweeps.endLooking(sweep);
		return 0;
	}
	// What was being examined when the banks changed is looked at once it is in the record.
	const waitMs = tailDueAt.getTime() - clock.now();
	const to = waitMs > 0 ? ({ pass, cursor: behindAll } as const) : ({ pass: 2, cursor: tailFrom } as const);
	if (sweep.cursor !== to.cursor) await sweeps.noteCompared(sweep, { cursor: to, compared: 0, found: [], entries });
	return Math.max(0, Math.min(lookEveryMs, waitMs));
}

/** Holds the next hashes against the entries; false where there are none. */
async function compare(sweeps: StepDeps["sweeps"], sweep: Sweep, subject: SweepSubject): Promise<boolean> {
	if (isAtStart(sweep)) await noteExact(sweeps, sweep, subject);
	const types = [...subject.near.keys()];
	if (types.length === 0) return false;
	const { cursor, pages } = await sweeps.nextHashes(sweep, types, hashesPerStep);
	const compared = pages.reduce((sum, { itemIds }) => sum + itemIds.length / 16, 0);
	if (compared === 0) return false;
	const found = (await Promise.all(pages.map((page) => itemsNear(subject, page)))).flat();
	await sweeps.noteCompared(sweep, {
		cursor: { pass: sweep.pass, cursor },
		...{ compared, found, entries: subject.ids.size },
	});
	return true;
}

const firstId = "00000000-0000-0000-0000-000000000000";

/** Whether this pass has compared nothing yet. */
function isAtStart({ pass, cursor, tailFrom }: Sweep): boolean {
	return cursor === (pass === 1 ? firstId : tailFrom);
}

async function noteExact(sweeps: StepDeps["sweeps"], sweep: Sweep, { exact }: SweepSubject): Promise<void> {
	for (const { type, hashes } of exact)
		for (let from = 0; from < hashes.length; from += exactPerStatement)
			await sweeps.noteExact(sweep, type, hashes.slice(from, from + exactPerStatement));
}

async function judge({ sweeps, ...deps }: StepDeps, sweep: Sweep, readSubject: ReadSubject): Promise<number> {
	const items = await sweeps.unjudged(sweep.id, itemsPerStep);
	if (items.length === 0) {
		const { state } = await sweeps.endJudging(sweep.id, deps.policies.of(null, null).sweepItems);
		deps.events.sweepMoved({ sweepId: sweep.id, state });
		return 0;
	}
	const { ids } = await readSubject(sweep);
	const judged = await Promise.all(items.map((item) => deps.judge(item, ids)));
	await sweeps.noteJudged(
		sweep.id,
		judged.map(({ item, verdict: { tier }, effect }) => ({ itemId: item.id, tier, effect })),
	);
	return 0;
}

async function act({ sweeps, ...deps }: StepDeps, sweep: Sweep, readSubject: ReadSubject): Promise<number> {
	const items = await sweeps.unsettled(sweep.id, itemsPerStep);
	if (items.length === 0) {
		const { state } = await sweeps.endActing(sweep.id);
		deps.events.sweepMoved({ sweepId: sweep.id, state });
		return lookEveryMs;
	}
	const { ids } = await readSubject(sweep);
	const judged = await Promise.all(items.map((item) => deps.judge(item, ids)));
	const orders = await sweeps.settle(sweep, judged);
	deps.events.itemsSwept({ withheld: orders.length, items: judged.length });
	return 0;
}
