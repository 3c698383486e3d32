import { type Command, Option } from "commander";
import { BreakwaterError } from "../../core/errors.ts";
import { deadLetterId } from "../../core/ids.ts";
import {
	type DeadLetter,
	type DeadLetterFilter,
	deadLetterReasons,
	deadLetterStates,
} from "../../core/ports/dead-letter-store.ts";
import { replayDeadLetters } from "../../core/stuck/replay-dead-letters.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { addVerb, type ChoiceOptions, toFilter, withChoice } from "../stuck-selection.ts";

interface ListOptions extends ChoiceOptions {
	readonly state: DeadLetter["state"];
	readonly limit: number;
}

const reasonHelp = deadLetterReasons.join(", ");
const noun = "records";

export function addDeadLetterCommands(program: Command): void {
	const letters = program
		.command("dead-letters")
		.description("Records that could not be processed, kept with their reason");
	withChoice(letters.command("list").description("List parked records (never their content)"), reasonHelp)
		.addOption(new Option("--state <state>", "what became of them").choices(deadLetterStates).default("parked"))
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: ListOptions, command: Command) => {
			checkReason(options.reason);
			const filter: DeadLetterFilter = { ...toFilter(options), state: options.state, limit: options.limit };
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
	addVerb(letters, {
		...{ noun, name: "replay", reasonHelp },
		description: "Put records back into their topic; a record that is already settled changes nothing",
		async act({ stores: { deadLetters }, stream }, filter, by) {
			checkReason(filter.reason);
			return replayDeadLetters({ deadLetters, stream: await stream() }, filter, by);
		},
	});
	addVerb(letters, {
		...{ noun, name: "discard", reasonHelp },
		description: "Give records up, with a reason",
		async act({ stores }, filter, by) {
			checkReason(filter.reason);
			return stores.deadLetters.resolve(filter, "discarded", by);
		},
	});
}

/** Everything but the content: keys name the platform's content too. */
function redact({ value, key: _key, headers, ...rest }: DeadLetter) {
	return { ...rest, valueBytes: value.length, headerNames: Object.keys(headers) };
}

function parseId(text: string) {
	const parsed = deadLetterId.safeParse(text);
	if (!parsed.success) throw new UsageError(`${text} is not an id; see \`breakwater dead-letters list\``);
	return parsed.data;
}

function checkReason(text: string | undefined): void {
	if (text !== undefined && !deadLetterReasons.some((one) => one === text))
		throw new UsageError(`there is no reason ${text}; there are: ${deadLetterReasons.join(", ")}`);
}
