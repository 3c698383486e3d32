// How commands choose among what is stuck, and say who did what with it: the same for dead letters, jobs and orders.
import type { Command } from "commander";
import type { ActedBy, StuckFilter, StuckKind } from "../core/stuck/stuck.ts";
import type { Parts } from "../parts/parts.ts";
import { withParts } from "./lazy-compose.ts";
import { operatorName, withBy } from "./operator-name.ts";
import { print } from "./output.ts";
import { UsageError } from "./parse-options.ts";
import { parseTime, timeHelp } from "./parse-time.ts";
import { type Listed, unknownId } from "./unknown-id.ts";

interface TimeOptions {
	readonly since?: string;
	readonly until?: string;
}

export interface ChoiceOptions extends TimeOptions {
	readonly reason?: string;
}

interface VerbOptions extends ChoiceOptions {
	readonly all?: boolean;
	readonly why?: string;
	readonly by?: string;
}

/** Adds `--reason`, `--since` and `--until`. */
export function withChoice(command: Command, reasonHelp: string): Command {
	return command
		.option("--reason <code>", reasonHelp)
		.option("--since <time>", `since then: ${timeHelp}`)
		.option("--until <time>", "before then");
}

export function toFilter({ reason, since, until }: ChoiceOptions): StuckFilter {
	const now = Date.now();
	return {
		reason,
		since: since === undefined ? undefined : parseTime(since, now),
		until: until === undefined ? undefined : parseTime(until, now),
	};
}

/** What can be stuck, in words: how it is called, chosen and found. */
export interface StuckKindWords extends Listed {
	/** In a count. */
	readonly many: string;
	readonly kind: StuckKind;
	readonly reasonHelp: string;
	/** Throws where it is none. */
	readonly checkReason?: (reason: string) => void;
	/** Answers those of the ids that are stuck. */
	readonly findStuck: (parts: Parts, ids: readonly string[]) => Promise<readonly string[]>;
}

export interface Verb {
	readonly name: "replay" | "discard";
	readonly description: string;
	readonly act: (parts: Parts, filter: StuckFilter, by: ActedBy) => Promise<number>;
}

/** `replay` and `discard`: ids, or all of a reason or a time, or all; nothing by accident, and nothing at all where one of the ids is unknown. */
export function addVerb(parent: Command, kind: StuckKindWords, { name, description, act }: Verb): void {
	const done = name === "replay" ? "replayed" : "discarded";
	const command = withBy(
		withChoice(
			parent.command(name).description(description).argument("[id...]", `those of \`${kind.list}\``),
			kind.reasonHelp,
		),
	).option("--all", "all of them");
	if (name === "discard") command.requiredOption("--why <text>", "why nobody needs them");
	else command.option("--why <text>", "kept with what is done");
	command.action(async (ids: string[], options: VerbOptions, current: Command) => {
		const { reason, since, until, all } = options;
		if (ids.length === 0 && all !== true && [reason, since, until].every((one) => one === undefined))
			throw new UsageError("name ids, --reason, --since, --until or --all");
		if (reason !== undefined) kind.checkReason?.(reason);
		const filter = { ...toFilter(options), ids: ids.length === 0 ? undefined : ids };
		const by = { by: operatorName(options), why: options.why ?? "" };
		const count = await withParts(async (parts) => {
			const stuck = new Set(ids.length === 0 ? [] : await kind.findStuck(parts, ids));
			const unknown = ids.filter((id) => !stuck.has(id));
			if (unknown.length > 0) throw unknownId({ ...kind, what: `stuck ${kind.what}` }, ...unknown);
			return act(parts, filter, by);
		});
		print(current, { [done]: count }, () => `${count} ${kind.many} ${done}`);
	});
}
