import type { Command } from "commander";
import type { Parts } from "../../composition/parts.ts";
import { BreakwaterError } from "../../core/errors.ts";
import { deadLetterId } from "../../core/ids.ts";
import {
	type DeadLetter,
	type DeadLetterFilter,
	type DeadLetterReason,
	deadLetterReasons,
} from "../../core/ports/dead-letter-store.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseTime, timeHelp } from "../parse-time.ts";

interface TimeOptions {
	readonly since?: string;
	readonly until?: string;
}

interface SelectOptions extends TimeOptions {
	readonly reason?: string;
	readonly all?: boolean;
}

interface ListOptions extends TimeOptions {
	readonly reason?: string;
	readonly state: DeadLetter["state"];
	readonly limit: string;
}

export function addDeadLetterCommands(program: Command): void {
	const letters = program
		.command("dead-letters")
		.description("Records that could not be processed, kept with their reason");
	letters
		.command("list")
		.description("List parked records (never their content)")
		.option("--reason <code>", deadLetterReasons.join(", "))
		.option("--state <state>", "parked, replayed or discarded", "parked")
		.option("--since <time>", `parked since: ${timeHelp}`)
		.option("--until <time>", "parked before")
		.option("--limit <n>", "how many at most", "50")
		.action(async (options: ListOptions, command: Command) => {
			const filter: DeadLetterFilter = {
				state: options.state,
				limit: Number(options.limit),
				...(options.reason === undefined ? {} : { reason: parseReason(options.reason) }),
				...parseTimes(options),
			};
			const found = await withParts(({ stores }) => stores.deadLetters.list(filter));
			print(command, found.map(redact), (all) =>
				table(
					["id", "reason", "topic", "at", "bytes", "parked"],
					all.map((one) => [
						one.id,
						one.reason,
						one.topic,
						`${one.partition}/${one.offset}`,
						one.valueBytes,
						one.parkedAt.toISOString(),
					]),
				),
			);
		});
	letters
		.command("show")
		.description("Show one: reason, place, headers; --content adds its bytes as base64")
		.argument("<id>")
		.option("--content", "print the record's value too")
		.action(async (id: string, options: { readonly content?: boolean }, command: Command) => {
			const found = await withParts(({ stores }) => stores.deadLetters.find(parseId(id)));
			if (found === null) throw new BreakwaterError("not-found", { detail: `there is no dead letter ${id}` });
			const shown = {
				...redact(found),
				...(options.content === true ? { valueBase64: Buffer.from(found.value).toString("base64") } : {}),
			};
			print(command, shown, (one) => JSON.stringify(one, null, 2));
		});
	addResolve(letters, "replay", "Put records back into their topic; a record that is already settled changes nothing");
	addResolve(letters, "discard", "Give records up, with a reason");
}

function addResolve(letters: Command, verb: "replay" | "discard", description: string): void {
	const command = letters
		.command(verb)
		.description(description)
		.argument("[id...]")
		.option("--reason <code>", "all parked for this reason")
		.option("--since <time>", `all parked since: ${timeHelp}`)
		.option("--until <time>", "all parked before")
		.option("--all", "all parked");
	if (verb === "discard") command.requiredOption("--why <text>", "why nobody needs them");
	command.action(async (ids: string[], options: SelectOptions & { readonly why?: string }, current: Command) => {
		const { reason, since, until, all } = options;
		if (ids.length === 0 && all !== true && [reason, since, until].every((one) => one === undefined))
			throw new Error("name ids, --reason, --since, --until or --all");
		const resolved = await withParts((parts) => resolve(parts, verb, ids, options));
		print(
			current,
			{ [verb === "replay" ? "replayed" : "discarded"]: resolved },
			() => `${resolved} records ${verb === "replay" ? "replayed" : "discarded"}`,
		);
	});
}

async function resolve(
	parts: Parts,
	verb: "replay" | "discard",
	ids: readonly string[],
	options: SelectOptions & { readonly why?: string },
): Promise<number> {
	const { deadLetters } = parts.stores;
	const filter: DeadLetterFilter = {
		state: "parked",
		limit: 10_000,
		...parseTimes(options),
		...(ids.length === 0 ? {} : { ids: ids.map(parseId) }),
		...(options.reason === undefined ? {} : { reason: parseReason(options.reason) }),
	};
	const found = await deadLetters.list(filter);
	if (verb === "discard")
		return deadLetters.resolve(
			found.map(({ id }) => id),
			"discarded",
			"cli",
			options.why ?? "",
		);
	const stream = await parts.stream();
	let replayed = 0;
	for (const letter of found) {
		await stream.publish(letter.topic, [{ key: letter.key ?? "", value: letter.value, headers: letter.headers }]);
		replayed += await deadLetters.resolve([letter.id], "replayed", "cli", "replayed by command");
	}
	return replayed;
}

/** Everything but the content: keys name the platform's content too. */
function redact({ value, key: _key, headers, ...rest }: DeadLetter) {
	return { ...rest, valueBytes: value.length, headerNames: Object.keys(headers) };
}

function parseTimes({ since, until }: TimeOptions) {
	const now = Date.now();
	return {
		...(since === undefined ? {} : { since: parseTime(since, now) }),
		...(until === undefined ? {} : { until: parseTime(until, now) }),
	};
}

function parseId(text: string) {
	const parsed = deadLetterId.safeParse(text);
	if (!parsed.success) throw new Error(`${text} is not an id; see \`breakwater dead-letters list\``);
	return parsed.data;
}

function parseReason(text: string): DeadLetterReason {
	const reason = deadLetterReasons.find((one) => one === text);
	if (reason === undefined) throw new Error(`there is no reason ${text}; there are: ${deadLetterReasons.join(", ")}`);
	return reason;
}
