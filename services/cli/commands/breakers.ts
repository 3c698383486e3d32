import type { Command } from "commander";
import { entryId } from "../../core/ids.ts";
import { type BreakerKind, type BreakerScope, breakerKinds, everything } from "../../core/policy/breaker.ts";
import type { OpenBreaker } from "../../core/ports/breaker-store.ts";
import type { Parts } from "../../parts/parts.ts";
import { leaveUndone } from "../change-bank.ts";
import { describeWaiting } from "../describe-draft.ts";
import { listModels, withParts } from "../lazy-compose.ts";
import { operatorName, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { parseBreakerReason, parseCount, UsageError } from "../parse-options.ts";

interface ActOptions {
	readonly reason: string;
	readonly by?: string;
}

/** The machine's only reason. */
const tooFast = "withholds come too fast";
const kindHelp = `one of: ${breakerKinds.join(", ")}`;
const keyHelp = "name or id of the bank or platform, id of the entry or model, name of the rule; nothing for all";

export function addBreakerCommands(program: Command): void {
	const breakers = program
		.command("breakers")
		.description(
			"Breakers on automatic withholds: while one is open, people decide what it covers, and a rule is not asked",
		);
	breakers
		.command("list")
		.description("List open breakers")
		.option("--history <n>", "list the last openings and closings instead", parseCount)
		.action(async ({ history }: { readonly history?: number }, command: Command) => {
			if (history === undefined) {
				const open = await withParts(({ stores }) => stores.breakers.listOpen());
				print(command, open, describeOpen);
				return;
			}
			const events = await withParts(({ stores }) => stores.breakers.history(history));
			print(command, events, (all) =>
				table(
					["kind", "key", "what", "at", "by", "reason"],
					all.map(({ kind, key, act, at, by, reason }) => [
						kind,
						key,
						act,
						at.toISOString(),
						by ?? "machine",
						reason ?? tooFast,
					]),
				),
			);
		});
	withBy(breakers.command("open"))
		.description("Kill switch: leave to people what this would withhold, in every detector within a second")
		.argument("<kind>", kindHelp)
		.argument("[key]", keyHelp)
		.requiredOption("--reason <text>", "kept with it, and shown to everyone who looks", parseBreakerReason)
		.action(async (kind: string, key: string | undefined, options: ActOptions, command: Command) => {
			const isNew = await withParts(async (parts) => {
				const scope = await findScope(parts, kind, key);
				return parts.stores.breakers.open({ ...scope, by: operatorName(options), reason: options.reason });
			});
			print(command, { opened: isNew }, () => (isNew ? "open: people decide from now on" : "it was open already"));
		});
	withBy(breakers.command("close"))
		.description("Let the machine withhold again; on an entry's matches when a second person agrees")
		.argument("<kind>", kindHelp)
		.argument("[key]", keyHelp)
		.requiredOption("--reason <text>", "why it is right again", parseBreakerReason)
		.action(async (kind: string, key: string | undefined, options: ActOptions, command: Command) => {
			const { isClosed, waiting } = await withParts(async (parts) =>
				parts.stores.breakers.closeAlone(await findScope(parts, kind, key), operatorName(options), options.reason),
			);
			print(command, { closed: isClosed, waiting }, () => {
				if (waiting !== null) return `still open${describeWaiting(waiting)}`;
				return isClosed ? "closed" : "it was not open";
			});
			leaveUndone(waiting);
		});
}

function describeOpen(open: readonly OpenBreaker[]): string {
	return table(
		["kind", "name", "since", "by", "per minute", "usual", "reason"],
		open.map(({ kind, label, openedAt, openedBy, perMinute, baselinePerMinute, reason }) => [
			...[kind, label, openedAt.toISOString(), openedBy ?? "machine"],
			perMinute === null ? null : Math.round(perMinute),
			baselinePerMinute === null ? null : Math.round(baselinePerMinute),
			reason ?? tooFast,
		]),
	);
}

async function findScope(parts: Parts, kindText: string, key: string | undefined): Promise<BreakerScope> {
	const kind = parseKind(kindText);
	if (kind === "all") return everything;
	if (key === undefined) throw new UsageError(`name the ${kind}`);
	if (kind === "entry" || kind === "model") {
		if (!(await isThere(parts, kind, key))) throw new Error(`there is no ${kind} ${key}`);
		return { kind, key };
	}
	const known = await namedOf(parts, kind);
	const found = known.find(({ id, name }) => id === key || name === key);
	if (found === undefined)
		throw new Error(`there is no ${kind} ${key}; there are: ${known.map(({ name }) => name).join(", ")}`);
	return { kind, key: found.id };
}

async function namedOf({ stores }: Parts, kind: "bank" | "platform" | "rule") {
	if (kind !== "rule") return kind === "bank" ? stores.banks.list() : stores.platforms.list();
	const names = new Set((await stores.rules.list()).map(({ body }) => body.name));
	return [...names].map((name) => ({ id: name, name }));
}

/** What has an open breaker may be gone by now, and its breaker must still be closed. */
async function isThere({ stores }: Parts, kind: "entry" | "model", key: string): Promise<boolean> {
	const open = await stores.breakers.listOpen();
	if (open.some((one) => one.kind === kind && one.key === key)) return true;
	if (kind === "model") return (await listModels()).some(({ id }) => id === key);
	const id = entryId.safeParse(key);
	return id.success && (await stores.banks.findEntry(id.data)) !== null;
}

function parseKind(text: string): BreakerKind {
	const kind = breakerKinds.find((one) => one === text);
	if (kind === undefined) throw new UsageError(`there is no kind ${text}; there are: ${breakerKinds.join(", ")}`);
	return kind;
}
