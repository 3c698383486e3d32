// Revisions of the policy, and proposals until another person has accepted them. All that may change which revision is in force goes
// through one lock: of two acceptances the second sees what the first put in force.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { type PolicyProposalId, type UserId, uuidv7 } from "../../../core/ids.ts";
import { comparePolicies, mayWithholdMore } from "../../../core/policy/compare-policies.ts";
import { initialRevision } from "../../../core/policy/policy.ts";
import { unknownRevision } from "../../../core/policy/policy-history.ts";
import type { PolicySet } from "../../../core/policy/policy-set.ts";
import type {
	NewPolicyProposal,
	PolicyProposal,
	PolicyRevision,
	PolicyStore,
} from "../../../core/ports/policy-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import {
	builtInRevision,
	builtInRevisions,
	type ProposalRow,
	proposalRow,
	revisionRow,
	selectProposals,
	selectRevisions,
	toProposal,
	toRevision,
} from "./policy-rows.ts";

export function createPolicyStore(database: Database): PolicyStore {
	return {
		current: () => newestRevision(database),
		find: (revision) => findRevision(database, revision),
		async history({ before, limit }) {
			const rows = await database.rows(
				sql`${selectRevisions} WHERE ${before === null ? sql`true` : sql`revision < ${before}`} ORDER BY revision DESC LIMIT ${limit}`,
				revisionRow,
			);
			const older = builtInRevisions.filter(({ revision }) => before === null || revision < before);
			return [...rows.map(toRevision), ...older].slice(0, limit);
		},
		propose: (proposal) => database.transaction((tx) => propose(tx, proposal, null)),
		proposeRevert: (to, proposal) =>
			database.transaction(async (tx) => {
				const { set } = await requireRevision(tx, to);
				return propose(tx, { ...proposal, make: () => set }, to);
			}),
		findProposal: (id) => findProposal(database, id),
		async proposals({ state, limit }) {
			const rows = await database.rows(
				sql`${selectProposals} WHERE ${state === null ? sql`true` : sql`proposal.state = ${state}`} ORDER BY proposal.id DESC LIMIT ${limit}`,
				proposalRow,
			);
			return rows.map(toProposal);
		},
		accept: (id, by, why) => database.transaction((tx) => accept(tx, id, by, why)),
		reject: (id, by, why) =>
			database.transaction(async (tx) => {
				const { base } = await requireOpen(tx, id);
				await decide(tx, id, { state: "rejected", by, why });
				const rejected = toProposal(await requireProposal(tx, id));
				await appendActs(tx, [{ ...actOn(rejected, by), what: "policy-rejected", reason: why, revision: base }]);
				return rejected;
			}),
		onChanged: (listener) => database.listener.on("policy", () => listener()),
	};
}

async function newestRevision(on: Connection): Promise<PolicyRevision> {
	const [row] = await on.rows(sql`${selectRevisions} ORDER BY revision DESC LIMIT 1`, revisionRow);
	return row === undefined ? builtInRevision(initialRevision) : toRevision(row);
}

async function findRevision(on: Connection, revision: number): Promise<PolicyRevision | null> {
	const builtIn = builtInRevisions.find((one) => one.revision === revision);
	if (builtIn !== undefined) return builtIn;
	const [row] = await on.rows(sql`${selectRevisions} WHERE revision = ${revision}`, revisionRow);
	return row === undefined ? null : toRevision(row);
}

async function requireRevision(on: Connection, revision: number): Promise<PolicyRevision> {
	const found = await findRevision(on, revision);
	if (found !== null) return found;
	throw unknownRevision(revision);
}

/** Held to the end of the transaction. */
async function lockRevisions(tx: Connection): Promise<PolicyRevision> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtext('policy_revisions'))`);
	return newestRevision(tx);
}

async function propose(tx: Connection, proposal: NewPolicyProposal, revertsTo: number | null) {
	const inForce = await lockRevisions(tx);
	if (proposal.base !== null && proposal.base !== inForce.revision) throw stale(proposal.base, inForce.revision);
	const set = proposal.make(inForce);
	const changes = comparePolicies(inForce.set, set);
	if (changes.length === 0) throw new BreakwaterError("nothing-changed");
	await requirePlatforms(tx, set);
	const id = uuidv7(Date.now());
	await tx.rows(
		sql`INSERT INTO policy_proposals (id, base, settings, reverts_to, why, proposed_by)
			VALUES (${id}, ${inForce.revision}, ${JSON.stringify(set)}::jsonb, ${revertsTo}, ${proposal.why}, ${proposal.by})`,
	);
	const made = toProposal(await requireProposal(tx, id));
	const { details, ...act } = actOn(made, proposal.by);
	const told = { ...details, mayWithholdMore: mayWithholdMore(changes) };
	await appendActs(tx, [
		{ ...act, what: "policy-proposed", details: told, reason: proposal.why, revision: inForce.revision },
	]);
	return made;
}

/** There is one policy: its acts stand together. */
function actOn({ id, revertsTo }: PolicyProposal, userId: UserId) {
	return { on: "policy", by: { kind: "person", userId }, details: { proposalId: id, revertsTo } } as const;
}

/** An override for a platform that is not there would hold nowhere, and look as if it did. */
async function requirePlatforms(tx: Connection, { overrides }: PolicySet): Promise<void> {
	const named = overrides.flatMap(({ platform }) => platform ?? []);
	const known = await tx.rows(
		sql`SELECT id FROM platforms WHERE id = ANY (${named}::uuid[])`,
		z.object({ id: column.text }),
	);
	const unknown = overrides.findIndex(({ platform }) => platform !== null && !known.some(({ id }) => id === platform));
	if (unknown >= 0)
		throw new BreakwaterError("rule-broken", {
			reasons: [{ code: "field-refused", field: `overrides.${unknown}.platform`, rule: "no-such-platform" }],
		});
}

async function accept(tx: Connection, id: PolicyProposalId, by: UserId, why: string | null): Promise<PolicyRevision> {
	const inForce = await lockRevisions(tx);
	const { base, settings, proposed_by_id } = await requireOpen(tx, id);
	if (proposed_by_id === by) throw new BreakwaterError("same-person");
	if (base !== inForce.revision) throw stale(base, inForce.revision);
	await decide(tx, id, { state: "accepted", by, why });
	const revision = inForce.revision + 1;
	await tx.rows(
		sql`INSERT INTO policy_revisions (revision, settings, proposal_id) VALUES (${revision}, ${JSON.stringify(settings)}::jsonb, ${id})`,
	);
	const accepted = toProposal(await requireProposal(tx, id));
	await appendActs(tx, [{ ...actOn(accepted, by), what: "policy-accepted", reason: why, revision }]);
	await tx.rows(sql`SELECT pg_notify('policy', '')`);
	return requireRevision(tx, revision);
}

function stale(base: number, inForce: number): BreakwaterError {
	return new BreakwaterError("policy-stale", { reasons: [{ code: "other-revision", base, inForce }] });
}

async function requireOpen(tx: Connection, id: PolicyProposalId): Promise<ProposalRow> {
	await tx.rows(sql`SELECT FROM policy_proposals WHERE id = ${id} FOR UPDATE`);
	const row = await requireProposal(tx, id);
	if (row.state === "open") return row;
	throw new BreakwaterError("not-decidable", {
		reasons: [{ code: "decided-already", what: "proposal", state: row.state }],
	});
}

async function requireProposal(on: Connection, id: string): Promise<ProposalRow> {
	const [row] = await on.rows(sql`${selectProposals} WHERE proposal.id = ${id}`, proposalRow);
	if (row === undefined) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "proposal" }] });
	return row;
}

async function findProposal(on: Connection, id: PolicyProposalId) {
	const [row] = await on.rows(sql`${selectProposals} WHERE proposal.id = ${id}`, proposalRow);
	return row === undefined ? null : toProposal(row);
}

async function decide(
	tx: Connection,
	id: PolicyProposalId,
	end: { readonly state: "accepted" | "rejected"; readonly by: UserId; readonly why: string | null },
): Promise<void> {
	await tx.rows(
		sql`UPDATE policy_proposals SET state = ${end.state}, decided_by = ${end.by}, decided_at = now(), decided_why = ${end.why} WHERE id = ${id}`,
	);
}
