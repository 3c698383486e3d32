// Revisions of settings that two people change, and proposals until another person has accepted them. All that may change which revision is in
// force goes through one lock: of two acceptances the second sees what the first put in force.
import { sql } from "kysely";
import { BreakwaterError, type ErrorCode } from "../../../core/errors.ts";
import { type PolicyProposalId, type UserId, uuidv7 } from "../../../core/ids.ts";
import { unknownRevision } from "../../../core/policy/policy-history.ts";
import type { NewProposal, Proposal, Revision, RevisionStore } from "../../../core/ports/revision-store.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import type { Connection, Database } from "../connection/database.ts";
import {
	type ProposalRow,
	proposalRow,
	revisionRow,
	type Subject,
	selectProposals,
	selectRevisions,
	tablesOf,
	toProposal,
	toRevision,
} from "./revision-rows.ts";

export interface RevisionsOf<S> {
	readonly subject: Subject;
	readonly parse: (settings: unknown) => S;
	/** Newest first; at least one. */
	readonly builtIn: readonly Revision<S>[];
	readonly isSame: (before: S, after: S) => boolean;
	/** Throws where the settings name what is not there. */
	readonly check: (tx: Connection, set: S) => Promise<void>;
	readonly staleCode: ErrorCode;
	/** The act of what was done to a proposal; `inForce`: the settings that it was made against, where it was just made. */
	readonly told: (done: ProposalAct<S>, by: Pick<NewAct, "by" | "reason" | "revision">) => NewAct;
}

interface ProposalAct<S> {
	readonly what: "proposed" | "accepted" | "rejected";
	readonly proposal: Proposal<S>;
	readonly inForce: S | null;
}

export function createRevisionStore<S>(database: Database, of: RevisionsOf<S>): RevisionStore<S> {
	const acting = revisionActs(of);
	const { subject, parse, builtIn } = of;
	return {
		current: () => newestRevision(database, of),
		find: (revision) => findRevision(database, of, revision),
		async history({ before, limit }) {
			const rows = await database.rows(
				sql`${selectRevisions(subject)} WHERE ${before === null ? sql`true` : sql`revision < ${before}`} ORDER BY revision DESC LIMIT ${limit}`,
				revisionRow,
			);
			const older = builtIn.filter(({ revision }) => before === null || revision < before);
			return [...rows.map((row) => toRevision(row, parse)), ...older].slice(0, limit);
		},
		propose: (proposal) => database.transaction((tx) => acting.propose(tx, proposal, null)),
		proposeRevert: (to, proposal) =>
			database.transaction(async (tx) => {
				const { set } = await requireRevision(tx, of, to);
				return acting.propose(tx, { ...proposal, make: () => set }, to);
			}),
		async findProposal(id) {
			const [row] = await database.rows(sql`${selectProposals(subject)} WHERE proposal.id = ${id}`, proposalRow);
			return row === undefined ? null : toProposal(row, parse);
		},
		async proposals({ state, limit }) {
			const rows = await database.rows(
				sql`${selectProposals(subject)} WHERE ${state === null ? sql`true` : sql`proposal.state = ${state}`} ORDER BY proposal.id DESC LIMIT ${limit}`,
				proposalRow,
			);
			return rows.map((row) => toProposal(row, parse));
		},
		accept: (id, by, why) => database.transaction((tx) => acting.accept(tx, id, by, why)),
		reject: (id, by, why) => database.transaction((tx) => acting.reject(tx, id, by, why)),
		onChanged: (listener) => database.listener.on(subject, () => listener()),
	};
}

function revisionActs<S>(of: RevisionsOf<S>) {
	const { subject, parse, staleCode } = of;
	const { proposals, revisions } = tablesOf(subject);
	const stale = (base: number, inForce: number) =>
		new BreakwaterError(staleCode, { reasons: [{ code: "other-revision", base, inForce }] });
	const proposalOf = async (tx: Connection, id: string) => toProposal(await requireProposal(tx, subject, id), parse);
	const tell = (
		tx: Connection,
		done: ProposalAct<S>,
		by: UserId,
		act: { readonly reason: string | null; readonly revision: number },
	) => appendActs(tx, [of.told(done, { by: { kind: "person", userId: by }, ...act })]);
	return {
		async propose(tx: Connection, proposal: NewProposal<S>, revertsTo: number | null): Promise<Proposal<S>> {
			const inForce = await lockRevisions(tx, of);
			const { base, why, by } = proposal;
			if (base !== null && base !== inForce.revision) throw stale(base, inForce.revision);
			const set = proposal.make(inForce);
			if (of.isSame(inForce.set, set)) throw new BreakwaterError("nothing-changed");
			await of.check(tx, set);
			const id = uuidv7(Date.now());
			await tx.rows(
				sql`INSERT INTO ${proposals} (id, base, settings, reverts_to, why, proposed_by)
					VALUES (${id}, ${inForce.revision}, ${JSON.stringify(set)}::jsonb, ${revertsTo}, ${why}, ${by})`,
			);
			const made = await proposalOf(tx, id);
			const { revision } = inForce;
			await tell(tx, { what: "proposed", proposal: made, inForce: inForce.set }, by, { reason: why, revision });
			return made;
		},
		async accept(tx: Connection, id: PolicyProposalId, by: UserId, why: string | null): Promise<Revision<S>> {
			const inForce = await lockRevisions(tx, of);
			const { base, settings, proposed_by_id } = await requireOpen(tx, subject, id);
			if (proposed_by_id === by) throw new BreakwaterError("same-person");
			if (base !== inForce.revision) throw stale(base, inForce.revision);
			await decide(tx, subject, id, { state: "accepted", by, why });
			const revision = inForce.revision + 1;
			await tx.rows(
				sql`INSERT INTO ${revisions} (revision, settings, proposal_id) VALUES (${revision}, ${JSON.stringify(settings)}::jsonb, ${id})`,
			);
			const proposal = await proposalOf(tx, id);
			await tell(tx, { what: "accepted", proposal, inForce: null }, by, { reason: why, revision });
			await tx.rows(sql`SELECT pg_notify(${subject}, '')`);
			return requireRevision(tx, of, revision);
		},
		async reject(tx: Connection, id: PolicyProposalId, by: UserId, why: string): Promise<Proposal<S>> {
			const { base } = await requireOpen(tx, subject, id);
			await decide(tx, subject, id, { state: "rejected", by, why });
			const rejected = await proposalOf(tx, id);
			await tell(tx, { what: "rejected", proposal: rejected, inForce: null }, by, { reason: why, revision: base });
			return rejected;
		},
	};
}

/** The one in force. */
export async function newestRevision<S>(
	on: Connection,
	{ subject, parse, builtIn }: RevisionsOf<S>,
): Promise<Revision<S>> {
	const [row] = await on.rows(sql`${selectRevisions(subject)} ORDER BY revision DESC LIMIT 1`, revisionRow);
	const [initial] = builtIn;
	if (row !== undefined) return toRevision(row, parse);
	if (initial === undefined) throw new Error("no revision is built in");
	return initial;
}

async function findRevision<S>(on: Connection, of: RevisionsOf<S>, revision: number): Promise<Revision<S> | null> {
	const builtIn = of.builtIn.find((one) => one.revision === revision);
	if (builtIn !== undefined) return builtIn;
	const [row] = await on.rows(sql`${selectRevisions(of.subject)} WHERE revision = ${revision}`, revisionRow);
	return row === undefined ? null : toRevision(row, of.parse);
}

async function requireRevision<S>(on: Connection, of: RevisionsOf<S>, revision: number): Promise<Revision<S>> {
	const found = await findRevision(on, of, revision);
	if (found !== null) return found;
	throw unknownRevision(revision);
}

/** Held to the end of the transaction. */
async function lockRevisions<S>(tx: Connection, of: RevisionsOf<S>): Promise<Revision<S>> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtext(${`${of.subject}_revisions`}))`);
	return newestRevision(tx, of);
}

async function requireOpen(tx: Connection, subject: Subject, id: PolicyProposalId): Promise<ProposalRow> {
	await tx.rows(sql`SELECT FROM ${tablesOf(subject).proposals} WHERE id = ${id} FOR UPDATE`);
	const row = await requireProposal(tx, subject, id);
	if (row.state === "open") return row;
	throw new BreakwaterError("not-decidable", {
		reasons: [{ code: "decided-already", what: "proposal", state: row.state }],
	});
}

async function requireProposal(on: Connection, subject: Subject, id: string): Promise<ProposalRow> {
	const [row] = await on.rows(sql`${selectProposals(subject)} WHERE proposal.id = ${id}`, proposalRow);
	if (row === undefined) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "proposal" }] });
	return row;
}

async function decide(
	tx: Connection,
	subject: Subject,
	id: PolicyProposalId,
	end: { readonly state: "accepted" | "rejected"; readonly by: UserId; readonly why: string | null },
): Promise<void> {
	await tx.rows(
		sql`UPDATE ${tablesOf(subject).proposals} SET state = ${end.state}, decided_by = ${end.by}, decided_at = now(), decided_why = ${end.why}
			WHERE id = ${id}`,
	);
}
