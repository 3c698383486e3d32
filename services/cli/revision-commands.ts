// Commands on settings that two people change: one proposes, another accepts, each with the login and the password of the console. The same for
// whatever the settings are.
import type { Command } from "commander";
import { type PolicyProposalId, policyProposalId } from "../core/ids.ts";
import type { Permission } from "../core/people/user.ts";
import type { NewProposal, Proposal, Revision, RevisionStore } from "../core/ports/revision-store.ts";
import type { Parts } from "../parts/parts.ts";
import { withParts } from "./lazy-compose.ts";
import { print } from "./output.ts";
import { parseCount } from "./parse-options.ts";
import { type ProvenOptions, provenPerson, withLogin } from "./second-person.ts";
import { parseId, unknownId } from "./unknown-id.ts";

export interface RevisionCommands<S, C> {
	/** As it is typed: `clocks profiles`. */
	readonly command: string;
	/** What there are revisions of: `laws`. */
	readonly what: string;
	readonly permission: Permission;
	readonly storeOf: (parts: Parts) => RevisionStore<S>;
	readonly compare: (before: S, after: S) => readonly C[];
	readonly describeChange: (change: C) => string;
	readonly file: {
		readonly help: string;
		/** Throws UsageError where it cannot be used. */
		readonly read: (path: string) => Promise<Pick<NewProposal<S>, "make" | "base">>;
	};
	readonly says: { readonly propose: string; readonly accept: string };
}

type WithWhy = ProvenOptions & { readonly why: string };

export function addRevisionCommands<S, C>(parent: Command, of: RevisionCommands<S, C>): void {
	addHistory(parent, of);
	addProposing(parent, of);
	addProposals(parent, of);
	addDeciding(parent, of);
}

function addHistory<S, C>(parent: Command, of: RevisionCommands<S, C>): void {
	parent
		.command("history")
		.description("List the revisions, newest first, each with what it changed, who proposed it and who accepted it")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ limit }: { readonly limit: number }, command: Command) => {
			const all = await withParts((parts) => of.storeOf(parts).history({ before: null, limit: limit + 1 }));
			const shown = all.slice(0, limit).map(({ set, ...one }, at) => {
				const before = all[at + 1];
				return { ...one, changes: before === undefined ? [] : of.compare(before.set, set) };
			});
			print(command, shown, (found) =>
				found.map((one) => [describeRevision(one), ...one.changes.map(of.describeChange)].join("\n")).join("\n"),
			);
		});
}

function addProposing<S, C>(parent: Command, of: RevisionCommands<S, C>): void {
	const { permission } = of;
	withLogin(parent.command("propose"))
		.description(of.says.propose)
		.argument("<file>", of.file.help)
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (file: string, options: WithWhy, command: Command) => {
			const read = await of.file.read(file);
			await withParts(async (parts) => {
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const proposal = await of.storeOf(parts).propose({ ...read, why: options.why, by });
				await printProposed(parts, command, of, proposal);
			});
		});
	withLogin(parent.command("revert"))
		.description("Propose to go back to an older revision; another person accepts it like any other")
		.requiredOption("--to <n>", `the revision, see \`${of.command} history\`; 1 is what ships`, parseCount)
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (options: WithWhy & { readonly to: number }, command: Command) => {
			await withParts(async (parts) => {
				await requireRevision(parts, of, options.to);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const asked = { base: null, why: options.why, by };
				await printProposed(parts, command, of, await of.storeOf(parts).proposeRevert(options.to, asked));
			});
		});
}

function addProposals<S, C>(parent: Command, of: RevisionCommands<S, C>): void {
	parent
		.command("proposals")
		.description("List proposals that wait for another person, each with what it would change")
		.option("--all", "decided ones too")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ all, limit }: { readonly all?: boolean; readonly limit: number }, command: Command) => {
			const shown = await withParts(async (parts) => {
				const found = await of.storeOf(parts).proposals({ state: all === true ? null : "open", limit });
				return Promise.all(found.map((one) => withChanges(parts, of, one)));
			});
			print(command, shown, () =>
				shown.length === 0 ? "(none)" : shown.map((one) => describeProposal(of, one)).join("\n\n"),
			);
		});
}

function addDeciding<S, C>(parent: Command, of: RevisionCommands<S, C>): void {
	const { permission } = of;
	withLogin(parent.command("accept"))
		.description(of.says.accept)
		.argument("<id>", `see \`${of.command} proposals\``)
		.option("--why <reason>", "kept with it")
		.action(async (text: string, options: ProvenOptions & { readonly why?: string }, command: Command) => {
			await withParts(async (parts) => {
				const { id } = await requireProposal(parts, of, text);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				const accepted = await of.storeOf(parts).accept(id, by, options.why ?? null);
				print(command, { accepted: id, revision: accepted.revision }, () => describeRevision(accepted));
			});
		});
	withLogin(parent.command("reject"))
		.description("Decide against a proposal, or take your own back")
		.argument("<id>", `see \`${of.command} proposals\``)
		.requiredOption("--why <reason>", "kept with it")
		.action(async (text: string, options: WithWhy, command: Command) => {
			await withParts(async (parts) => {
				const { id } = await requireProposal(parts, of, text);
				const { id: by } = await provenPerson(parts, options.login, { permission, ...options });
				await of.storeOf(parts).reject(id, by, options.why);
				print(command, { rejected: id }, () => `rejected ${id}`);
			});
		});
}

export async function requireRevision<S, C>(
	parts: Parts,
	of: RevisionCommands<S, C>,
	revision: number,
): Promise<Revision<S>> {
	const found = await of.storeOf(parts).find(revision);
	if (found !== null) return found;
	throw unknownId({ what: `revision of the ${of.what}`, list: `${of.command} history` }, String(revision));
}

export async function requireProposal<S, C>(
	parts: Parts,
	of: RevisionCommands<S, C>,
	text: string,
): Promise<Proposal<S>> {
	const listed = { what: `proposal of ${of.what}`, list: `${of.command} proposals --all` };
	const id: PolicyProposalId = parseId(policyProposalId, text, listed);
	const found = await of.storeOf(parts).findProposal(id);
	if (found === null) throw unknownId(listed, text);
	return found;
}

async function withChanges<S, C>(parts: Parts, of: RevisionCommands<S, C>, { set, ...proposal }: Proposal<S>) {
	const base = await requireRevision(parts, of, proposal.base);
	return { ...proposal, changes: of.compare(base.set, set) };
}

async function printProposed<S, C>(
	parts: Parts,
	command: Command,
	of: RevisionCommands<S, C>,
	proposal: Proposal<S>,
): Promise<void> {
	const shown = await withChanges(parts, of, proposal);
	print(command, shown, () =>
		[
			describeProposal(of, shown),
			`another person accepts it with: breakwater ${of.command} accept ${proposal.id} --login <login>`,
		].join("\n"),
	);
}

export function describeRevision({ revision, accepted }: Pick<Revision<unknown>, "revision" | "accepted">): string {
	if (accepted === null) return `revision ${revision}: as it ships`;
	const { at, by, proposedBy, why } = accepted;
	return `revision ${revision}: in force since ${at.toISOString()}, proposed by ${proposedBy.login}, accepted by ${by.login} (${why})`;
}

type Shown<C> = Omit<Proposal<unknown>, "set"> & { readonly changes: readonly C[] };

function describeProposal<S, C>(of: RevisionCommands<S, C>, shown: Shown<C>): string {
	const { id, state, base, proposedBy, why, changes } = shown;
	return [
		`${id} ${state}: against revision ${base}, proposed by ${proposedBy.login} (${why})`,
		...changes.map(of.describeChange),
	].join("\n");
}
