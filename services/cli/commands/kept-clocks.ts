// Deadlines that run: what is due, how it was counted, and what happened elsewhere that a clock must be told.
import { type Command, Option } from "commander";
import { dueAtMs, standingOf } from "../../core/clocks/clock.ts";
import { explainDeadline } from "../../core/clocks/explain-deadline.ts";
import { type ToldEventFault, tellEvent } from "../../core/clocks/told-event.ts";
import { clockId } from "../../core/ids.ts";
import type { ClockStore, KeptClock } from "../../core/ports/clock-store.ts";
import { clockLines, clockTable, describeStep } from "../clock-lines.ts";
import { withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { printLine, wantsJson } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { parseTime, timeHelp } from "../parse-time.ts";
import { requireCase } from "../require-case.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "clock", list: "clocks list --all" };
const hourMs = 3_600_000;

interface ListOptions {
	readonly within?: number;
	readonly case?: string;
	readonly all?: true;
	readonly limit: number;
}

export function addKeptClockCommands(clocks: Command): void {
	clocks
		.command("list")
		.description("List deadlines that run, the nearest first")
		.option("--within <hours>", "only those that are due in so many hours, or over time already", parseCount)
		.option("--case <id>", "of one case")
		.addOption(new Option("--all", "ended ones, too").conflicts("within"))
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async ({ within, case: of, all, limit }: ListOptions, command: Command) => {
			await withParts(async ({ stores, clock }) => {
				const ofCase = of === undefined ? {} : { caseId: await requireCase(stores.cases, of) };
				const now = clock.now();
				const until = within === undefined ? null : new Date(now + within * hourMs);
				const filter = all === true ? {} : { runningUntil: until };
				const found = await stores.clocks.list({ ...filter, ...ofCase, limit });
				if (wantsJson(command)) printLine(JSON.stringify(found.map((one) => toJson(one, now))));
				else printLine(clockTable(found, now));
			});
		});
	clocks
		.command("show")
		.argument("<id>", "one of `clocks list`")
		.description("Show one clock: what started it, what happened, what was noted and when")
		.action(async (id: string, _, command: Command) => {
			await withParts(async ({ stores, clock }) => {
				say(command, await requireClock(stores.clocks, id), clock.now());
			});
		});
	addExplain(clocks);
	addTell(clocks);
}

function addExplain(clocks: Command): void {
	clocks
		.command("explain")
		.argument("<id>", "one of `clocks list`")
		.description("Say step by step how its deadline was counted, and from which source")
		.action(async (id: string, _, command: Command) => {
			await withParts(async ({ stores }) => {
				const { clock } = await requireClock(stores.clocks, id);
				const steps = explainDeadline(clock);
				if (wantsJson(command)) printLine(JSON.stringify(steps));
				else for (const step of steps) printLine(describeStep(step, clock.place.zone));
			});
		});
}

interface TellOptions {
	readonly reason: string;
	readonly at?: string;
	readonly by?: string;
}

function addTell(clocks: Command): void {
	withBy(clocks.command("tell"))
		.argument("<id>", "one of `clocks list`")
		.argument("<event>", "what happened, such as order-acknowledged; a wrong one lists those that it hears")
		.description("Tell a clock what happened elsewhere: it stops, pauses or goes on as its law says")
		.requiredOption("--reason <text>", "how it is known")
		.option("--at <time>", `when it happened (default: now): ${timeHelp}`)
		.action(async (id: string, event: string, options: TellOptions, command: Command) => {
			const { reason, at } = options;
			if (reason.trim() === "") throw new UsageError("--reason needs a text");
			await withParts(async ({ stores, clock }) => {
				const now = new Date(clock.now());
				const { id: known, clock: running } = await requireClock(stores.clocks, id);
				const happenedAt = at === undefined ? now : parseTime(at, now.getTime());
				const telling = tellEvent(running.profile, { kind: event, at: happenedAt }, now);
				if (!telling.ok) throw new UsageError(describeFault(telling.fault, running.profile.id, event));
				const told = await stores.clocks.tell(known, telling.event, { doer: doerOf(options), reason, at: now });
				say(command, told, now.getTime());
			});
		});
}

function describeFault(fault: ToldEventFault, profile: string, event: string): string {
	return fault.kind === "ahead"
		? "--at lies in the future"
		: `${profile} does not hear ${event}; it hears: ${fault.hears.join(", ")}`;
}

async function requireClock(clocks: Pick<ClockStore, "find">, text: string): Promise<KeptClock> {
	const found = await clocks.find(parseId(clockId, text, listed));
	if (found === null) throw unknownId(listed, text);
	return found;
}

function say(command: Command, clock: KeptClock, nowMs: number): void {
	printLine(wantsJson(command) ? JSON.stringify(toJson(clock, nowMs)) : clockLines(clock, nowMs));
}

function toJson({ clock, ...kept }: KeptClock, nowMs: number) {
	const { profile, receivedAtMs, urgentReason, pauses } = clock;
	const due = dueAtMs(clock);
	return {
		...kept,
		profile: profile.id,
		receivedAt: new Date(receivedAtMs),
		urgentReason,
		dueAt: due === null ? null : new Date(due),
		pauses: pauses.map(({ fromMs, toMs }) => ({ from: new Date(fromMs), to: toMs === null ? null : new Date(toMs) })),
		standing: standingOf(clock, nowMs),
	};
}
