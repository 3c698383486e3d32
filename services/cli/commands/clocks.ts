import type { Command } from "commander";
import { followClock } from "../../core/clocks/clock.ts";
import { explainDeadline } from "../../core/clocks/explain-deadline.ts";
import type { LawBook } from "../../core/clocks/law-book.ts";
import type { Jurisdiction, Profile, StoppedProfile } from "../../core/clocks/profile.ts";
import type { CountingPlace } from "../../core/clocks/term.ts";
import { BreakwaterError } from "../../core/errors.ts";
import { describeStep, describeTerm } from "../clock-lines.ts";
import { withParts } from "../lazy-compose.ts";
import { print, printLine, table, wantsJson } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { parseTime, timeHelp } from "../parse-time.ts";
import { addProfileCommands } from "./clock-profiles.ts";
import { addKeptClockCommands } from "./kept-clocks.ts";

export function addClockCommands(program: Command): void {
	const clocks = program
		.command("clocks")
		.description("What laws ask and by when (data with sources, no legal advice), and the deadlines that run");
	clocks
		.command("laws")
		.description("List the profiles in force")
		.action(async (_, command: Command) => {
			const laws = await lawsInForce();
			print(command, laws, describeLaws);
		});
	clocks
		.command("count")
		.argument("<profile>", "such as VN-147-AUTH; `clocks laws` lists them")
		.description("Count a deadline, and say step by step how and from which source")
		.requiredOption("--received <time>", `when it was received: ${timeHelp}`)
		.option("--urgent <reason>", "why it is urgent")
		.action(async (id: string, { received, urgent }: CountOptions, command: Command) => {
			const { profile, place } = requireStopped(await lawsInForce(), id);
			const receivedAtMs = parseTime(received, Date.now()).getTime();
			if (urgent?.trim() === "") throw new UsageError("--urgent needs a reason");
			const start = { profile, place, receivedAtMs, urgentReason: urgent ?? null };
			const steps = explainDeadline(followClock(start, []));
			if (wantsJson(command)) printLine(JSON.stringify(steps));
			else for (const step of steps) printLine(describeStep(step, place.zone));
		});
	addKeptClockCommands(clocks);
	addProfileCommands(clocks);
}

async function lawsInForce(): Promise<LawBook> {
	return (await withParts(({ stores }) => stores.laws.current())).set;
}

interface CountOptions {
	readonly received: string;
	readonly urgent?: string;
}

function requireStopped(
	laws: readonly Jurisdiction[],
	id: string,
): { readonly profile: StoppedProfile; readonly place: CountingPlace } {
	for (const { zone, calendar, profiles } of laws) {
		const profile = profiles.find((one) => one.id === id);
		if (profile === undefined) continue;
		if (profile.kind === "deadline" || profile.kind === "prompt") return { profile, place: { zone, calendar } };
		throw new UsageError(`${id} sets no deadline (it is of the kind ${profile.kind})`);
	}
	throw new BreakwaterError("not-found", {
		detail: `there is no profile ${id}; \`breakwater clocks laws\` lists them`,
	});
}

function describeLaws(laws: readonly Jurisdiction[]): string {
	const rows = laws.flatMap(({ jurisdiction, profiles }) =>
		profiles.map((one) => [jurisdiction, one.id, one.kind, describeTime(one), one.verified ? "yes" : "no", one.source]),
	);
	return table(["where", "profile", "kind", "time", "verified", "source"], rows);
}

function describeTime(one: Profile): string | null {
	switch (one.kind) {
		case "deadline":
			return describeTerm(one.within) + (one.urgentWithin ? `, urgent ${describeTerm(one.urgentWithin)}` : "");
		case "prompt":
			return one.words;
		case "lasting":
			return `at least ${describeTerm(one.atLeast)}`;
		case "repeat":
			return one.thresholds.map(({ count, withinDays }) => `${count} in ${withinDays} days`).join(" or ");
		case "standing":
			return null;
	}
}
