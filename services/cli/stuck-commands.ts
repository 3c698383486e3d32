// `list`, `show`, `replay` and `discard`, for whatever can be stuck and keeps no content of its own: jobs and orders.
import type { Command } from "commander";
import type { StuckFilter } from "../core/stuck/stuck.ts";
import type { Parts } from "../parts/parts.ts";
import { toLine } from "./act-lines.ts";
import { withParts } from "./lazy-compose.ts";
import { print, table } from "./output.ts";
import { parseCount } from "./parse-options.ts";
import {
	addVerb,
	type ChoiceOptions,
	type StuckKindWords,
	toFilter,
	type Verb,
	withChoice,
} from "./stuck-selection.ts";
import { unknownId } from "./unknown-id.ts";

type Cell = string | number | null;

export interface StuckCommands<T> extends Omit<StuckKindWords, "findStuck"> {
	readonly command: string;
	readonly description: string;
	readonly listDescription: string;
	readonly listHelp?: string;
	readonly alias?: string;
	/** What `--until` is where it is left out. */
	readonly until?: string;
	/** What is stuck. */
	readonly find: (parts: Parts, filter: StuckFilter & { readonly limit: number }) => Promise<readonly T[]>;
	readonly idOf: (one: T) => string;
	readonly columns: readonly string[];
	readonly toRow: (one: T) => readonly Cell[];
	readonly toJson: (one: T) => unknown;
	/** Stuck or not, in fields for people and programs alike; null where there is none. */
	readonly show: (parts: Parts, id: string) => Promise<object | null>;
	readonly replay: Omit<Verb, "name">;
	readonly discard: Omit<Verb, "name">;
}

/** Answers the noun, for verbs of its own. */
export function addStuckCommands<T>(program: Command, stuck: StuckCommands<T>): Command {
	const parent = program.command(stuck.command).description(stuck.description);
	addList(parent, stuck);
	addShow(parent, stuck);
	const kind: StuckKindWords = {
		...stuck,
		findStuck: async (parts, ids) => (await stuck.find(parts, { ids, limit: ids.length })).map(stuck.idOf),
	};
	addVerb(parent, kind, { ...stuck.replay, name: "replay" });
	addVerb(parent, kind, { ...stuck.discard, name: "discard" });
	return parent;
}

function addList<T>(parent: Command, stuck: StuckCommands<T>): void {
	const list = withChoice(parent.command("list").description(stuck.listDescription), stuck.reasonHelp)
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: ChoiceOptions & { readonly limit: number }, command: Command) => {
			if (options.reason !== undefined) stuck.checkReason?.(options.reason);
			const until = options.until ?? stuck.until;
			const chosen = toFilter({ ...options, ...(until === undefined ? {} : { until }) });
			const found = await withParts((parts) => stuck.find(parts, { ...chosen, limit: options.limit }));
			print(command, found.map(stuck.toJson), () => table(stuck.columns, found.map(stuck.toRow)));
		});
	if (stuck.alias !== undefined) list.alias(stuck.alias);
	if (stuck.listHelp !== undefined) list.addHelpText("after", stuck.listHelp);
}

function addShow<T>(parent: Command, stuck: StuckCommands<T>): void {
	parent
		.command("show")
		.description(`Show one ${stuck.what}, and who did what with it`)
		.argument("<id>", `one of \`${stuck.list}\``)
		.action(async (id: string, _options: unknown, command: Command) => {
			const shown = await withParts(async (parts) => {
				const acts = await parts.stores.acts.list({ on: { kind: stuck.kind, id }, limit: 20 });
				const found = await stuck.show(parts, id);
				// What is done may have left nothing but what people did to it.
				if (found === null && acts.length === 0) throw unknownId(stuck, id);
				return { ...(found ?? { id, state: "gone" }), acts };
			});
			print(command, shown, ({ acts, ...fields }) =>
				[table(["field", "value"], Object.entries(fields).map(toField)), ...acts.map(toLine)].join("\n"),
			);
		});
}

function toField([name, value]: readonly [string, unknown]): readonly Cell[] {
	if (value === null || value === undefined) return [name, null];
	return [name, value instanceof Date ? value.toISOString() : String(value)];
}
