// `breakwater clocks profiles …`: two people change a copy of the laws. What runs goes on as it began, unless somebody has it counted anew.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { z } from "zod";
import { compareLaws, type LawBook, type LawChange, lawBook } from "../../core/clocks/law-book.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { addRevisionCommands, describeRevision, type RevisionCommands, requireRevision } from "../revision-commands.ts";
import { type ProvenOptions, provenPerson, withLogin } from "../second-person.ts";
import { unknownId } from "../unknown-id.ts";

const laws: RevisionCommands<LawBook, LawChange> = {
	...{ command: "clocks profiles", what: "laws", permission: "law:decide" },
	storeOf: ({ stores }) => stores.laws,
	compare: compareLaws,
	describeChange: ({ what, change }) => `  ${what}: ${change}`,
	file: {
		help: "JSON: what `clocks profiles show --json` printed, edited",
		async read(path) {
			const read = lawFile.safeParse(await readJson(path));
			if (!read.success) throw new UsageError(`${path}: ${z.prettifyError(read.error)}`);
			const { revision: base = null, laws: edited } = read.data;
			return { base, make: () => edited };
		},
	},
	says: {
		propose:
			"Propose an edited copy; nothing changes until another person accepts it, and no clock that runs is moved by it",
		accept: "Put another person's proposal in force: what starts from now on is counted by it",
	},
};

export function addProfileCommands(clocks: Command): void {
	const profiles = clocks.command("profiles").description("What laws ask and by when: two people change a copy of it");
	addShow(profiles);
	addRevisionCommands(profiles, laws);
	addRecount(profiles);
}

/** As `show --json` prints it and a person edits it; with a revision it is refused where another has come into force since. */
const lawFile = z.object({ revision: z.int().optional(), laws: lawBook });

async function readJson(file: string): Promise<unknown> {
	const text = await readFile(file, "utf8");
	try {
		return JSON.parse(text);
	} catch {
		throw new UsageError(`${file} is not JSON`);
	}
}

function addShow(profiles: Command): void {
	profiles
		.command("show")
		.description("Show the revision in force; what it prints with --json can be edited and proposed")
		.option("--revision <n>", "an older one", parseCount)
		.action(async ({ revision }: { readonly revision?: number }, command: Command) => {
			const found = await withParts((parts) =>
				revision === undefined ? parts.stores.laws.current() : requireRevision(parts, laws, revision),
			);
			print(command, { revision: found.revision, laws: found.set, accepted: found.accepted }, () =>
				[
					describeRevision(found),
					...found.set.map((one) => `  ${one.jurisdiction}: ${one.profiles.map(({ id }) => id).join(" ")}`),
				].join("\n"),
			);
		});
}

function addRecount(profiles: Command): void {
	withLogin(profiles.command("recount"))
		.description(
			"Count the clocks of a profile that run anew, by the revision in force; an act of each says who had it moved, and why",
		)
		.argument("<profile>", "such as VN-147-AUTH")
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (profile: string, options: ProvenOptions & { readonly why: string }, command: Command) => {
			await withParts(async (parts) => {
				const { set } = await parts.stores.laws.current();
				if (!set.some(({ profiles: all }) => all.some(({ id }) => id === profile)))
					throw unknownId({ what: "profile", list: "clocks laws" }, profile);
				const { permission } = laws;
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const moved = await parts.stores.laws.recount(profile, by, options.why);
				print(command, { profile, moved }, () => `${moved.length} clocks of ${profile} are counted anew`);
			});
		});
}
