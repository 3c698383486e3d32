// `breakwater policy propose|proposals|accept|reject|revert`: one person proposes, another accepts, each with the login and the password
// of the console.
import type { Command } from "commander";
import { type PolicyProposalId, policyProposalId } from "../../core/ids.ts";
import { comparePolicies } from "../../core/policy/compare-policies.ts";
import { type Foretold, foretell, itemsForetold, type JudgedItem } from "../../core/policy/foretell.ts";
import { applyChange } from "../../core/policy/policy-set.ts";
import type { PolicyProposal, PolicyRevision } from "../../core/ports/policy-store.ts";
import type { Parts } from "../../parts/parts.ts";
import { describeChanges, describeForetold, describeRevision, fileOf, type Platforms } from "../describe-policy.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { parseCount, UsageError } from "../parse-options.ts";
import { readPolicyFile } from "../read-policy-file.ts";
import { requireRevision } from "../require-revision.ts";
import { type ProvenOptions, provenPerson, withLogin } from "../second-person.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "proposal of a policy", list: "policy proposals --all" };

export function addProposalCommands(policy: Command): void {
	addPropose(policy);
	addRevert(policy);
	addProposals(policy);
	addAccept(policy);
	addReject(policy);
}

function addPropose(policy: Command): void {
	withLogin(policy.command("propose"))
		.description("Propose another policy; nothing changes until another person accepts it")
		.argument("<file>", "JSON: what differs, or all that `policy show --json` printed; - is standard input")
		.requiredOption("--why <reason>", "what for; kept for ever")
		.addHelpText(
			"after",
			`
What differs is named as deep as it lies; null takes a value away. For example, people are asked about near copies on one platform:
  {"overrides": [{"platform": "forum", "surface": null, "settings": {"actions": {"K2": "review"}}}]}
and a threshold everywhere:
  {"default": {"modelThresholds": {"adult": 0.85}}}
All of it (a file with "revision") is refused where another revision has come into force since.`,
		)
		.action(async (file: string, options: ProvenOptions & { readonly why: string }, command: Command) => {
			if (file === "-" && options.passwordFile === undefined)
				throw new UsageError(
					"with -, standard input holds the policy: name the file of the password with --password-file",
				);
			await withParts(async (parts) => {
				const { stores } = parts;
				const read = await readPolicyFile(file, await stores.platforms.list());
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				const proposal = await stores.policy.propose({
					...{ why: options.why, by, base: read.kind === "whole" ? read.base : null },
					make: ({ set }) => (read.kind === "whole" ? read.set : applyChange(set, read.change)),
				});
				await printProposed(parts, command, proposal);
			});
		});
}

function addRevert(policy: Command): void {
	withLogin(policy.command("revert"))
		.description("Propose to go back to what an older revision said; another person accepts it like any other")
		.requiredOption("--to <n>", "the revision, see `breakwater policy history`", parseCount)
		.requiredOption("--why <reason>", "what for; kept for ever")
		.action(async (options: ProvenOptions & { readonly to: number; readonly why: string }, command: Command) => {
			await withParts(async (parts) => {
				await requireRevision(parts.stores, options.to);
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				const { why } = options;
				await printProposed(
					parts,
					command,
					await parts.stores.policy.proposeRevert(options.to, { base: null, why, by }),
				);
			});
		});
}

function addProposals(policy: Command): void {
	policy
		.command("proposals")
		.description("List proposals that wait for another person, each with what it would change")
		.option("--all", "decided ones too")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async (options: { readonly all?: boolean; readonly limit: number }, command: Command) => {
			const state = options.all === true ? null : "open";
			await withParts(async (parts) => {
				const { stores } = parts;
				const platforms = await stores.platforms.list();
				const found = await stores.policy.proposals({ state, limit: options.limit });
				const against = await heldAgainst(parts);
				const shown = await Promise.all(found.map((one) => withOutlook(parts, one, against)));
				print(
					command,
					shown.map((one) => toJson(one, platforms)),
					() => (shown.length === 0 ? "(none)" : shown.map((one) => describe(one, platforms)).join("\n\n")),
				);
			});
		});
}

function addAccept(policy: Command): void {
	withLogin(policy.command("accept"))
		.description(
			"Put another person's proposal in force; every process follows within a second, and verdicts name the revision",
		)
		.argument("<id>", "see `breakwater policy proposals`")
		.option("--why <reason>", "kept with it")
		.action(async (text: string, options: ProvenOptions & { readonly why?: string }, command: Command) => {
			await withParts(async (parts) => {
				const { policy: store } = parts.stores;
				const { id } = await requireProposal(parts, text);
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				const accepted = await store.accept(id, by, options.why ?? null);
				print(command, { accepted: id, revision: accepted.revision }, () => describeRevision(accepted));
			});
		});
}

function addReject(policy: Command): void {
	withLogin(policy.command("reject"))
		.description("Decide against a proposal, or take your own back")
		.argument("<id>", "see `breakwater policy proposals`")
		.requiredOption("--why <reason>", "kept with it")
		.action(async (text: string, options: ProvenOptions & { readonly why: string }, command: Command) => {
			await withParts(async (parts) => {
				const { id } = await requireProposal(parts, text);
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				const rejected = await parts.stores.policy.reject(id, by, options.why);
				print(command, { rejected: rejected.id }, () => `rejected ${id}`);
			});
		});
}

async function requireProposal({ stores }: Parts, text: string): Promise<PolicyProposal> {
	const id: PolicyProposalId = parseId(policyProposalId, text, listed);
	const found = await stores.policy.findProposal(id);
	if (found === null) throw unknownId(listed, text);
	return found;
}

interface Shown {
	readonly proposal: PolicyProposal;
	readonly base: PolicyRevision;
	/** A revision has come into force since. */
	readonly isStale: boolean;
	readonly foretold: Foretold;
}

/** What proposals are held against, read once for all of them. */
interface Against {
	readonly inForce: number;
	readonly recent: readonly JudgedItem[];
}

async function heldAgainst({ stores }: Parts): Promise<Against> {
	const [{ revision }, recent] = await Promise.all([stores.policy.current(), stores.verdicts.recent(itemsForetold)]);
	return { inForce: revision, recent };
}

async function withOutlook(
	{ stores, signalCatalogue }: Parts,
	proposal: PolicyProposal,
	{ inForce, recent }: Against,
): Promise<Shown> {
	const base = await requireRevision(stores, proposal.base);
	return {
		...{ proposal, base },
		isStale: proposal.state === "open" && proposal.base !== inForce,
		foretold: foretell(recent, { now: base.set, proposed: proposal.set }, signalCatalogue),
	};
}

async function printProposed(parts: Parts, command: Command, proposal: PolicyProposal): Promise<void> {
	const platforms = await parts.stores.platforms.list();
	const shown = await withOutlook(parts, proposal, await heldAgainst(parts));
	print(command, toJson(shown, platforms), () =>
		[
			describe(shown, platforms),
			`another lead accepts it with: breakwater policy accept ${proposal.id} --login <login>`,
		].join("\n"),
	);
}

function toJson({ proposal, base, isStale, foretold }: Shown, platforms: Platforms) {
	const { set, ...rest } = proposal;
	return { ...rest, isStale, ...fileOf(set, platforms), changes: comparePolicies(base.set, set), foretold };
}

function describe({ proposal, base, isStale, foretold }: Shown, platforms: Platforms): string {
	const { id, state, revertsTo, why, proposedBy, proposedAt } = proposal;
	const back = revertsTo === null ? "" : `, back to revision ${revertsTo}`;
	const stale = isStale ? "; STALE: another revision is in force, propose it anew" : "";
	return [
		`${id} ${state}: against revision ${proposal.base}${back}, proposed by ${proposedBy.login} at ${proposedAt.toISOString()} (${why})${stale}`,
		describeChanges(comparePolicies(base.set, proposal.set), platforms),
		`  ${describeForetold(foretold)}`,
	].join("\n");
}
