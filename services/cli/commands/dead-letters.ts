import { type Command, Option } from "commander";
import { deadLetterId } from "../../core/ids.ts";
import {
	type DeadLetter,
	type DeadLetterFilter,
	deadLetterReasons,
	deadLetterStates,
} from "../../core/ports/dead-letter-store.ts";
import { replayDeadLetters } from "../../core/stuck/replay-dead-letters.ts";
import { sentences } from "../../words/statement.ts";
import { english } from "../../words/statements.en.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { addVerb, type ChoiceOptions, type StuckKindWords, toFilter, withChoice } from "../stuck-selection.ts";
import { parseId, unknownId } from "../unknown-id.ts";

interface ListOptions extends ChoiceOptions {
	readonly state: DeadLetter["state"];
	readonly limit: number;
}

const kind: StuckKindWords = {
	kind: "dead-letter",
	...{ what: "dead letter", many: "records", list: "dead-letters list", reasonHelp: deadLetterReasons.join(", ") },
	checkReason,
	async findStuck({ stores }, ids) {
		const found = await stores.deadLetters.list({ ids, state: "parked", limit: ids.length });
		return found.map(({ id }) => id);
	},
};

export function addDeadLetterCommands(program: Command): void {
	const letters = program
		.command("dead-letters")
		.description("Records that could not be processed, kept with their reason");
	withChoice(letters.command("list").description("List parked records (never their content)"), kind.reasonHelp)
		.addOption(new Option("--state <state>", "what became of them").choices(deadLetterStates).default("parked"))
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: ListOptions, command: Command) => {
			if (options.reason !== undefined) checkReason(options.reason);
			const filter: DeadLetterFilter = { ...toFilter(options), state: options.state, limit: options.limit };
			const found = await withParts(({ stores }) => stores.deadLetters.list(filter));
			print(command, found.map(redact), (all) =>
				table(
					["id", "reason", "topic", "at", "bytes", "parked", "why"],
					all.map((one) => [
						one.id,
						one.reason,
						one.topic,
						`${one.partition}/${one.offset}`,
						one.valueBytes,
						one.parkedAt.toISOString(),
						sentences(english, one.faults),
					]),
				),
			);
		});
	letters
		.command("show")
		.description("Show one: reason, place, headers; --content adds its bytes as base64")
		.argument("<id>", `one of \`${kind.list}\``)
		.option("--content", "print the record's value too")
		.action(async (id: string, options: { readonly content?: boolean }, command: Command) => {
			const found = await withParts(({ stores }) => stores.deadLetters.find(parseId(deadLetterId, id, kind)));
			if (found === null) throw unknownId(kind, id);
			const shown = {
				...redact(found),
				...(options.content === true ? { valueBase64: Buffer.from(found.value).toString("base64") } : {}),
			};
			print(command, shown, (one) => JSON.stringify(one, null, 2));
		});
	addVerb(letters, kind, {
		name: "replay",
		description: "Put records back into their topic; a record that is already settled changes nothing",
		async act({ stores: { deadLetters }, stream }, filter, by) {
			return replayDeadLetters({ deadLetters, stream: await stream() }, filter, by);
		},
	});
	addVerb(letters, kind, {
		name: "discard",
		description: "Give records up, with a reason",
		act: ({ stores }, filter, by) => stores.deadLetters.resolve(filter, "discarded", by),
	});
}

/** Everything but the content: keys name the platform's content too. */
function redact({ value, key: _key, headers, ...rest }: DeadLetter) {
	return { ...rest, valueBytes: value.length, headerNames: Object.keys(headers) };
}

function checkReason(text: string): void {
	if (!deadLetterReasons.some((one) => one === text))
		throw new UsageError(`there is no reason ${text}; there are: ${deadLetterReasons.join(", ")}`);
}
