// `breakwater templates …`: the words of answers, as text that whoever knows the law edits. Two people change them; what was told stays as it was.
import { readFile } from "node:fs/promises";
import { Argument, type Command, Option } from "commander";
import {
	type AnswerLanguage,
	answerLanguages,
	type Recipient,
	recipients,
	type SlotName,
	slots,
	slotsTo,
} from "../../core/answers/slots.ts";
import {
	checkBook,
	compareBooks,
	type TemplateBook,
	type TemplateChange,
	withChange,
} from "../../core/answers/template-book.ts";
import { readTemplates, writeTemplates } from "../../core/answers/template-text.ts";
import { withParts } from "../lazy-compose.ts";
import { print, printLine, table, wantsJson } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import {
	addRevisionCommands,
	describeRevision,
	type RevisionCommands,
	requireProposal,
	requireRevision,
} from "../revision-commands.ts";
import { addTemplatePreview, type WordsOptions } from "./template-preview.ts";

type Change = ReturnType<typeof compareBooks>[number];

const templates: RevisionCommands<TemplateBook, Change> = {
	...{ command: "templates", what: "templates", permission: "template:decide" },
	storeOf: ({ stores }) => stores.templates,
	compare: compareBooks,
	describeChange: ({ slot, language, before, after }) =>
		[`  ${slot} ${language}`, ...linesOf("- ", before), ...linesOf("+ ", after)].join("\n"),
	file: {
		help: "text as `templates show` prints it, edited; what it leaves out stays as it is",
		async read(path) {
			const change = await readChange(path);
			return { base: null, make: ({ set }) => changed(path, set, change) };
		},
	},
	says: {
		propose: "Propose other words; nobody is told them until another person accepts",
		accept: "Put another person's proposal in force: whoever is told something from now on is told it so",
	},
};

function linesOf(before: string, text: string): readonly string[] {
	return text.split("\n").map((line) => `    ${before}${line}`);
}

export function addTemplateCommands(program: Command): void {
	const parent = program
		.command("templates")
		.description("The words of answers to reporters, affected users and authorities: data that two people change");
	addList(parent);
	addShow(parent);
	addTemplatePreview(parent, { wordsOf });
	addRevisionCommands(parent, templates);
}

async function readChange(path: string): Promise<TemplateChange> {
	const read = readTemplates(await readFile(path, "utf8"));
	if (read.ok) return read.change;
	throw new UsageError(`${path}:\n  ${read.faults.join("\n  ")}`);
}

function changed(path: string, set: TemplateBook, change: TemplateChange): TemplateBook {
	const checked = checkBook(withChange(set, change));
	if (checked.ok) return checked.book;
	throw new UsageError(`${path}:\n  ${checked.faults.join("\n  ")}`);
}

/** In force; or as a file or a proposal would have them. */
function wordsOf({ file, proposal }: WordsOptions): Promise<TemplateBook> {
	return withParts(async (parts) => {
		if (proposal !== undefined) return (await requireProposal(parts, templates, proposal)).set;
		const { set } = await parts.stores.templates.current();
		return file === undefined ? set : changed(file, set, await readChange(file));
	});
}

function addList(parent: Command): void {
	parent
		.command("list")
		.description("List every place that has words, and what they may name in braces")
		.action((_options: unknown, command: Command) => {
			const all = recipients.flatMap((recipient) => slotsTo(recipient).map((name) => ({ name, ...slots[name] })));
			print(command, all, () =>
				table(
					["place", "may name", "must name"],
					all.map(({ name, may, must }) => [name, inBraces(may), inBraces(must)]),
				),
			);
		});
}

const inBraces = (names: readonly string[]) => names.map((name) => `{${name}}`).join(" ");

interface ShowOptions {
	readonly language?: AnswerLanguage;
	readonly revision?: number;
}

function addShow(parent: Command): void {
	parent
		.command("show")
		.description("Print the words in force, as text to edit and propose")
		.addArgument(new Argument("[recipient]", "only theirs").choices(recipients))
		.addOption(new Option("--language <language>", "only in this one").choices(answerLanguages))
		.option("--revision <n>", "an older one", parseCount)
		.action(async (recipient: Recipient | undefined, { language, revision }: ShowOptions, command: Command) => {
			const found = await withParts((parts) =>
				revision === undefined ? parts.stores.templates.current() : requireRevision(parts, templates, revision),
			);
			const chosen: readonly SlotName[] = (recipient === undefined ? recipients : [recipient]).flatMap(slotsTo);
			const text = writeTemplates(found.set, chosen, language === undefined ? answerLanguages : [language]);
			const { revision: number, accepted, set } = found;
			if (wantsJson(command)) printLine(JSON.stringify({ revision: number, accepted, templates: set }));
			else printLine(`# ${describeRevision(found)}\n\n${text.trimEnd()}`);
		});
}
