// `breakwater clocks profiles …`: one person proposes an edited copy of the laws, another accepts, each with the login and the password of the
// console. What runs goes on as it began, unless somebody has it counted anew.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { z } from "zod";
import { compareLaws, lawBook } from "../../core/clocks/law-book.ts";
import { type PolicyProposalId, policyProposalId } from "../../core/ids.ts";
import type { LawProposal, LawRevision } from "../../core/ports/law-store.ts";
import type { Parts } from "../../parts/parts.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { type ProvenOptions, provenPerson, withLogin } from "../second-person.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "proposal of laws", list: "clocks profiles proposals --all" };
const permission = "law:decide";
type Options = ProvenOptions & { readonly why: string };

export function addProfileCommands(clocks: Command): void {
	const profiles = clocks.command("profiles").description("What laws ask and by when: two people change a copy of it");
	addShow(profiles);
	addHistory(profiles);
	addPropose(profiles);
	addRevert(profiles);
	addProposals(profiles);
	addDeciding(profiles);
	addRecount(profiles);
}

/** As `show --json` prints it and a person edits it; with a revision it is refused where another has come into force since. */
const lawFile = z.object({ revision: z.int().optional(), laws: lawBook });

function addShow(profiles: Command): void {
	profiles
		.command("show")
		.description("Show the revision in force; what it prints with --json can be edited and proposed")
		.option("--revision <n>", "an older one", parseCount)
		.action(async ({ revision }: { readonly revision?: number }, command: Command) => {
			const found = await withParts(({ stores }) =>
				revision === undefined ? stores.laws.current() : requireRevision(stores, revision),
			);
			print(command, { revision: found.revision, laws: found.set, accepted: found.accepted }, () =>
				[
					describe(found),
					...found.set.map((one) => `  ${one.jurisdiction}: ${one.profiles.map(({ id }) => id).join(" ")}`),
				].join("\n"),
			);
		});
}

function addHistory(profiles: Command): void {
	profiles
		.command("history")
		.description("List the revisions, newest first, each with what it changed, who proposed it and who accepted it")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ limit }: { readonly limit: number }, command: Command) => {
			const all = await withParts(({ stores }) => stores.laws.history({ before: null, limit: limit + 1 }));
			const shown = all.slice(0, limit).map(({ set, ...one }, at) => {
				const before = all[at + 1];
				return { ...one, changes: before === undefined ? [] : compareLaws(before.set, set) };
			});
			print(command, shown, (found) =>
				found.map((one) => [describe(one), ...one.changes.map(describeChange)].join("\n")).join("\n"),
			);
		});
}

function addPropose(profiles: Command): void {
	withLogin(profiles.command("propose"))
		.description(
			"Propose an edited copy; nothing changes until another person accepts it, and no clock that runs is moved by it",
		)
		.argument("<file>", "JSON: what `clocks profiles show --json` printed, edited")
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (file: string, options: Options, command: Command) => {
			const read = lawFile.safeParse(await readJson(file));
			if (!read.success) throw new UsageError(`${file}: ${z.prettifyError(read.error)}`);
			const { revision: base = null, laws } = read.data;
			await withParts(async (parts) => {
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const { why } = options;
				await printProposed(parts, command, await parts.stores.laws.propose({ make: () => laws, base, why, by }));
			});
		});
}

async function readJson(file: string): Promise<unknown> {
	const text = await readFile(file, "utf8");
	try {
		return JSON.parse(text);
	} catch {
		throw new UsageError(`${file} is not JSON`);
	}
}

function addRevert(profiles: Command): void {
	withLogin(profiles.command("revert"))
		.description("Propose to go back to an older revision; another person accepts it like any other")
		.requiredOption("--to <n>", "the revision, see `clocks profiles history`; 1 is what ships", parseCount)
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (options: Options & { readonly to: number }, command: Command) => {
			await withParts(async (parts) => {
				await requireRevision(parts.stores, options.to);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const asked = { base: null, why: options.why, by };
				await printProposed(parts, command, await parts.stores.laws.proposeRevert(options.to, asked));
			});
		});
}

function addProposals(profiles: Command): void {
	profiles
		.command("proposals")
		.description("List proposals that wait for another person, each with what it would change")
		.option("--all", "decided ones too")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ all, limit }: { readonly all?: boolean; readonly limit: number }, command: Command) => {
			const shown = await withParts(async ({ stores }) => {
				const found = await stores.laws.proposals({ state: all === true ? null : "open", limit });
				return Promise.all(found.map((one) => withChanges(stores, one)));
			});
			print(command, shown, () => (shown.length === 0 ? "(none)" : shown.map(describeProposal).join("\n\n")));
		});
}

function addDeciding(profiles: Command): void {
	withLogin(profiles.command("accept"))
		.description("Put another person's proposal in force: what starts from now on is counted by it")
		.argument("<id>", "see `clocks profiles proposals`")
		.option("--why <reason>", "kept with it")
		.action(async (text: string, options: ProvenOptions & { readonly why?: string }, command: Command) => {
			await withParts(async (parts) => {
				const id = await requireProposal(parts, text);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const accepted = await parts.stores.laws.accept(id, by, options.why ?? null);
				print(command, { accepted: id, revision: accepted.revision }, () => describe(accepted));
			});
		});
	withLogin(profiles.command("reject"))
		.description("Decide against a proposal, or take your own back")
		.argument("<id>", "see `clocks profiles proposals`")
		.requiredOption("--why <reason>", "kept with it")
		.action(async (text: string, options: Options, command: Command) => {
			await withParts(async (parts) => {
				const id = await requireProposal(parts, text);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				await parts.stores.laws.reject(id, by, options.why);
				print(command, { rejected: id }, () => `rejected ${id}`);
			});
		});
}

function addRecount(profiles: Command): void {
	withLogin(profiles.command("recount"))
		.description(
			"Count the clocks of a profile that run anew, by the revision in force; an act of each says who had it moved, and why",
		)
		.argument("<profile>", "such as VN-147-AUTH")
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (profile: string, options: Options, command: Command) => {
			await withParts(async (parts) => {
				const { set } = await parts.stores.laws.current();
				if (!set.some(({ profiles: all }) => all.some(({ id }) => id === profile)))
					throw unknownId({ what: "profile", list: "clocks laws" }, profile);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const moved = await parts.stores.laws.recount(profile, by, options.why);
				print(command, { profile, moved }, () => `${moved.length} clocks of ${profile} are counted anew`);
			});
		});
}

async function requireRevision({ laws }: Parts["stores"], revision: number): Promise<LawRevision> {
	const found = await laws.find(revision);
	if (found === null)
		throw unknownId({ what: "revision of the laws", list: "clocks profiles history" }, String(revision));
	return found;
}

async function requireProposal({ stores }: Parts, text: string): Promise<PolicyProposalId> {
	const id = parseId(policyProposalId, text, listed);
	if ((await stores.laws.findProposal(id)) === null) throw unknownId(listed, text);
	return id;
}

async function withChanges(stores: Parts["stores"], { set, ...proposal }: LawProposal) {
	const base = await requireRevision(stores, proposal.base);
	return { ...proposal, changes: compareLaws(base.set, set) };
}
type Shown = Awaited<ReturnType<typeof withChanges>>;

async function printProposed({ stores }: Parts, command: Command, proposal: LawProposal): Promise<void> {
	const shown = await withChanges(stores, proposal);
	print(command, shown, () =>
		[
			describeProposal(shown),
			`another person accepts it with: breakwater clocks profiles accept ${proposal.id} --login <login>`,
		].join("\n"),
	);
}

function describe({ revision, accepted }: Pick<LawRevision, "revision" | "accepted">): string {
	if (accepted === null) return `revision ${revision}: as it ships`;
	const { at, by, proposedBy, why } = accepted;
	return `revision ${revision}: in force since ${at.toISOString()}, proposed by ${proposedBy.login}, accepted by ${by.login} (${why})`;
}

function describeProposal({ id, state, base, proposedBy, why, changes }: Shown): string {
	return [
		`${id} ${state}: against revision ${base}, proposed by ${proposedBy.login} (${why})`,
		...changes.map(describeChange),
	].join("\n");
}

function describeChange({ what, change }: Shown["changes"][number]): string {
	return `  ${what}: ${change}`;
}
