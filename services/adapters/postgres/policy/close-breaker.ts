// Closing a breaker, with its event. The kill switch of an entry is lifted by two people.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { type BankId, bankId, entryId } from "../../../core/ids.ts";
import { type BreakerScope, scopeText } from "../../../core/policy/breaker.ts";
import type { BreakerClosing } from "../../../core/ports/breaker-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { lockSequence } from "../banks/bank-changes.ts";
import { isSecondPersonThere, propose } from "../banks/propose.ts";
import type { Connection } from "../connection/database.ts";

interface Act {
	readonly by: string;
	readonly reason: string;
}

/** Answers false where it is not open. */
export async function closeBreaker(tx: Connection, scope: BreakerScope, { by, reason }: Act): Promise<boolean> {
	const isClosed = await removeBreaker(tx, scope, { by, reason });
	const told = { on: scopeText(scope), by: named(by), reason, details: { kind: scope.kind } };
	await appendActs(tx, isClosed ? [{ what: "breaker-closed", ...told }] : []);
	return isClosed;
}

/** As a part of another act, which tells of it. */
export async function removeBreaker(
	tx: Connection,
	{ kind, key }: BreakerScope,
	{ by, reason }: Act,
): Promise<boolean> {
	await lockBreaker(tx, { kind, key });
	const closed = await tx.rows(
		sql`WITH closed AS (
				DELETE FROM breakers WHERE kind = ${kind} AND key = ${key} RETURNING kind, key
			), told AS (
				INSERT INTO breaker_events (kind, key, act, by, reason) SELECT kind, key, 'closed', ${by}, ${reason} FROM closed
			)
			SELECT pg_notify('breakers', '') FROM closed`,
	);
	return closed.length > 0;
}

/** It is opened or closed by one at a time: a machine that is about to open it sees that a person has closed it. */
export async function lockBreaker(tx: Connection, scope: BreakerScope): Promise<void> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`breaker ${scopeText(scope)}`}, 0))`);
}

/** As one person may. */
export async function closeBreakerAlone(tx: Connection, scope: BreakerScope, act: Act): Promise<BreakerClosing> {
	const bankId = scope.kind === "entry" ? await bankOfStopped(tx, scope.key) : null;
	if (bankId === null || !(await isSecondPersonThere(tx)))
		return { isClosed: await closeBreaker(tx, scope, act), waiting: null };
	const proposal = { kind: "kill-switch", entryId: entryId.parse(scope.key), reason: act.reason } as const;
	return { isClosed: false, waiting: await propose(tx, { bankId, by: act.by, proposal }) };
}

/** Null where it is not stopped, or its bank is gone and nothing of it matches. */
async function bankOfStopped(tx: Connection, key: string): Promise<BankId | null> {
	await lockSequence(tx);
	const [row] = await tx.rows(
		sql`SELECT bank_id FROM breakers JOIN banks ON banks.id = bank_id WHERE breakers.kind = 'entry' AND key = ${key}`,
		z.object({ bank_id: bankId }),
	);
	return row?.bank_id ?? null;
}
