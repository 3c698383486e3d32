// Works on sweeps, a little at a time: one begins by itself whenever banks have changed, or a rule has become live. All of its state is in the record, so that another
// detector goes on where this one stopped, and live work comes first.
import { randomUUID } from "node:crypto";
import type { Policies } from "../../core/policy/policy.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FactStore } from "../../core/ports/fact-store.ts";
import type { Sweep, SweepStore, SweptRule } from "../../core/ports/sweep-store.ts";
import type { PastItem } from "../../core/sweeps/judge-again.ts";
import { behindAll, firstId, startOf } from "../../core/sweeps/sweep.ts";
import type { Events } from "../../runtime/events.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startLoop } from "../../runtime/loop.ts";
import type { JudgedFor, JudgeItems } from "./judge-items.ts";
import { type EntryPage, itemsNear, readEntryPage } from "./look-through.ts";
import type { PastRules } from "./past-rules.ts";

export interface RunSweepsDeps {
	readonly sweeps: Omit<
		SweepStore,
		"start" | "startRule" | "list" | "find" | "coverage" | "countUnfinished" | "entriesByType" | "act" | "forgetPacked"
	>;
	readonly judge: JudgeItems;
	readonly facts: Pick<FactStore, "page">;
	readonly pastRules: PastRules;
	/** Tests take few. */
	readonly entriesPerPage?: number;
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
const verdictsPerStep = 2_000;

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

export function createStep(deps: StepDeps): SweepStep {
	const { sweeps } = deps;
	/** The page worked on last: reading its entries anew for each step would take longer than the step. */
	let known: { readonly of: string; readonly page: EntryPage } | null = null;
	const readPage: ReadPage = async (sweep) => {
		const of = `${sweep.id} ${sweep.entriesAfter}`;
		if (known?.of !== of) known = { of, page: await readEntryPage(sweeps, sweep, deps.entriesPerPage) };
		return known.page;
	};
	return async (sweep) => {
		switch (sweep.state) {
			case "looking":
				return sweep.rule === null ? look(deps, sweep, readPage) : askRule(deps, sweep, sweep.rule);
			case "judging":
				known = null;
				return judge(deps, sweep);
			case "acting":
				return act(deps, sweep);
			// Nobody is given such a one to work on.
			case "waiting":
			case "done":
			case "canceled":
				return lookEveryMs;
		}
	};
}

type ReadPage = (sweep: Sweep) => Promise<EntryPage>;
type StepDeps = Omit<RunSweepsDeps, "isBusy" | "logger">;

/** Every page of entries meets every past hash of the pass, and then the next page does. */
async function look(deps: StepDeps, sweep: Sweep, readPage: ReadPage): Promise<number> {
	const { sweeps } = deps;
	// Entries are read only where there is something to hold them against.
	if (isWaitingForTail(sweep) || !(await sweeps.hasHashes(sweep))) return endPass(deps, sweep);
	const page = await readPage(sweep);
	if (page.count === 0) {
		if (!isFirstPage(sweep) || sweep.decisions > 0) return endPass(deps, sweep);
		await sweeps.endLooking(sweep);
		return 0;
	}
	if (await compare(sweeps, sweep, page)) return 0;
	const cursor = { pass: sweep.pass, entriesAfter: page.last, cursor: startOf(sweep) };
	await sweeps.noteCompared(sweep, { cursor, compared: 0, found: [], entries: begunWith(sweep, page) });
	return 0;
}

/** The rule is asked of every verdict of the pass that recorded what it reads. */
async function askRule(deps: StepDeps, sweep: Sweep, rule: SweptRule): Promise<number> {
	if (isWaitingForTail(sweep)) return endPass(deps, sweep);
	const page = await deps.facts.page(allUpTo(sweep.tailDueAt), sweep.cursor, verdictsPerStep);
	const last = page.at(-1);
	if (last === undefined) return endPass(deps, sweep);
	const { pass, entriesAfter } = sweep;
	const cursor = { pass, entriesAfter, cursor: last.itemId };
	const looked = await deps.pastRules.look(rule, page);
	await deps.sweeps.noteCompared(sweep, { ...looked, cursor, compared: page.length, entries: 0 });
	return 0;
}

/** What comes later, the rule is asked of as it comes. */
function allUpTo(to: Date) {
	return { from: new Date(0), to };
}

async function endPass({ sweeps, clock }: StepDeps, sweep: Sweep): Promise<number> {
	if (sweep.pass === 2) {
		await sweeps.endLooking(sweep);
		return 0;
	}
	// What was being examined when the banks changed is looked at once it is in the record.
	const waitMs = sweep.tailDueAt.getTime() - clock.now();
	const to = waitMs > 0 ? ({ pass: 1, cursor: behindAll } as const) : ({ pass: 2, cursor: sweep.tailFrom } as const);
	if (sweep.cursor !== to.cursor)
		await sweeps.noteCompared(sweep, { cursor: { ...to, entriesAfter: firstId }, compared: 0, found: [], entries: 0 });
	return Math.max(0, Math.min(lookEveryMs, waitMs));
}

/** Holds the next hashes against the entries; false where there are none. */
async function compare(sweeps: StepDeps["sweeps"], sweep: Sweep, page: EntryPage): Promise<boolean> {
	if (isAtStart(sweep)) await noteExact(sweeps, sweep, page);
	const types = [...page.near.keys()];
	if (types.length === 0) return false;
	const { cursor, pages } = await sweeps.nextHashes(sweep, types, hashesPerStep);
	const compared = pages.reduce((sum, { itemIds }) => sum + itemIds.length / 16, 0);
	if (compared === 0) return false;
	const found = await Promise.all(
		pages.map(async (hashes) => ({ ids: await itemsNear(page, hashes), through: hashes.through })),
	);
	const { pass, entriesAfter } = sweep;
	await sweeps.noteCompared(sweep, {
		cursor: { pass, entriesAfter, cursor },
		// Once, however many pages of entries there are.
		compared: isFirstPage(sweep) ? compared : 0,
		found: found.flatMap(({ ids }) => ids),
		unpack: found.flatMap(({ ids, through }) => (through === null ? [] : ids.map((itemId) => ({ itemId, through })))),
		entries: begunWith(sweep, page),
	});
	return true;
}

/** Whether the page of entries has met no hash of this pass yet. */
function isAtStart(sweep: Sweep): boolean {
	return sweep.cursor === startOf(sweep);
}

function isFirstPage({ entriesAfter }: Sweep): boolean {
	return entriesAfter === firstId;
}

function isWaitingForTail({ pass, cursor }: Sweep): boolean {
	return pass === 1 && cursor === behindAll;
}

/** A page counts when it meets its first hashes. */
function begunWith(sweep: Sweep, { count }: EntryPage): number {
	return sweep.pass === 1 && isAtStart(sweep) ? count : 0;
}

async function noteExact(sweeps: StepDeps["sweeps"], sweep: Sweep, { exact }: EntryPage): Promise<void> {
	for (const { type, hashes } of exact)
		for (let from = 0; from < hashes.length; from += exactPerStatement)
			await sweeps.noteExact(sweep, type, hashes.slice(from, from + exactPerStatement));
}

async function judge({ sweeps, ...deps }: StepDeps, sweep: Sweep): Promise<number> {
	const items = await sweeps.unjudged(sweep.id, itemsPerStep);
	if (items.length === 0) {
		const { state } = await sweeps.endJudging(sweep.id, deps.policies.of(null, null, null).sweepItems);
		deps.events.sweepMoved({ sweepId: sweep.id, state });
		return 0;
	}
	const judged = await deps.judge(items, await judgedFor(sweeps, deps.pastRules, sweep, items));
	await sweeps.noteJudged(
		sweep.id,
		judged.map(({ item, verdict: { tier }, effect }) => ({ itemId: item.id, tier, effect })),
	);
	return 0;
}

async function judgedFor(
	sweeps: StepDeps["sweeps"],
	pastRules: PastRules,
	sweep: Sweep,
	items: readonly PastItem[],
): Promise<JudgedFor> {
	const { rule } = sweep;
	return {
		changedAmong: (ids) => sweeps.changedAmong(sweep, ids),
		rule: rule === null ? null : { name: rule.name, ask: await pastRules.asking(rule, items) },
	};
}

async function act({ sweeps, ...deps }: StepDeps, sweep: Sweep): Promise<number> {
	const items = await sweeps.unsettled(sweep.id, itemsPerStep);
	if (items.length === 0) {
		const { state } = await sweeps.endActing(sweep.id);
		deps.events.sweepMoved({ sweepId: sweep.id, state });
		return lookEveryMs;
	}
	const judged = await deps.judge(items, await judgedFor(sweeps, deps.pastRules, sweep, items));
	const orders = await sweeps.settle(sweep, judged);
	deps.events.itemsSwept({ withheld: orders.length, items: judged.length });
	return 0;
}
