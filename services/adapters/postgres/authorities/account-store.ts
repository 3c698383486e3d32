import { sql } from "kysely";
import { z } from "zod";
import { authorityLogin } from "../../../core/acts/doer.ts";
import type { AuthorityAccount } from "../../../core/authorities/account.ts";
import { type AuthorityAccountId, authorityAccountId, authorityId, uuidv7 } from "../../../core/ids.ts";
import type { AuthorityAccountStore, ChosenFactor } from "../../../core/ports/authority-account-store.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { unlessTaken } from "../connection/name-taken.ts";
import { sessionRows } from "../people/session-rows.ts";

const columns =
	sql.raw(`accounts.id, login, accounts.is_disabled, is_password_first, factor IS NOT NULL AS has_factor, authorities.id AS authority_id,
	name, jurisdiction, laws, is_enabled`);
const holders = sql.raw("authority_accounts AS accounts JOIN authorities ON authorities.id = accounts.authority_id");
const accountRow = z.object({
	...{ id: authorityAccountId, login: column.text, is_disabled: column.flag, is_password_first: column.flag },
	...{ has_factor: column.flag, authority_id: authorityId, name: column.text, jurisdiction: column.text },
	...{ laws: column.texts, is_enabled: column.flag },
});
const changedRow = z.object({ id: authorityAccountId, authority_id: authorityId, login: column.text });
type Changed = z.infer<typeof changedRow>;

export function createAuthorityAccountStore(database: Database): AuthorityAccountStore {
	return {
		...sessionRows(database, {
			...{ table: "authority_sessions", holders, columns, row: accountRow, toHolder: toAccount },
			idOf: (text) => authorityAccountId.parse(text),
			mayUse: sql`accounts.id = used.user_id AND NOT accounts.is_disabled AND authorities.is_enabled`,
			told: async (tx, id, isComing) => ({
				...(await byThemselves(tx, id)),
				...{ what: isComing ? "authority-logged-in" : "authority-logged-out", details: {} },
			}),
		}),
		...administration(database),
		async findForLogin(login) {
			const [row] = await database.rows(
				sql`SELECT ${columns}, password_hash FROM ${holders} WHERE login = ${login}`,
				accountRow.extend({ password_hash: column.text }),
			);
			return row === undefined ? null : { user: toAccount(row), passwordHash: row.password_hash };
		},
		async factorOf(id) {
			const [row] = await database.rows(
				sql`SELECT factor FROM authority_accounts WHERE id = ${id}`,
				z.object({ factor: column.bytes.nullable() }),
			);
			return row?.factor ?? null;
		},
		async takeStep(id, step) {
			const taken = await database.rows(
				sql`UPDATE authority_accounts SET factor_step = ${step} WHERE id = ${id} AND factor_step < ${step} RETURNING 1`,
			);
			return taken.length > 0;
		},
		takeRecoveryCode: (id, codeHash) =>
			database.transaction(async (tx) => {
				const taken = await tx.rows(
					sql`DELETE FROM authority_recovery_codes WHERE account_id = ${id} AND code_hash = ${Buffer.from(codeHash)} RETURNING 1`,
				);
				if (taken.length === 0) return false;
				const [left] = await tx.rows(
					sql`SELECT count(*)::int AS left FROM authority_recovery_codes WHERE account_id = ${id}`,
					z.object({ left: column.whole }),
				);
				const details = { left: left?.left ?? 0 };
				await appendActs(tx, [{ ...(await byThemselves(tx, id)), what: "authority-recovery-code-used", details }]);
				return true;
			}),
		setUp: (id, chosen) => database.transaction((tx) => setUp(tx, id, chosen)),
	};
}

/** What operators do to accounts. */
function administration(database: Database): Pick<AuthorityAccountStore, "add" | "list" | "reset" | "setDisabled"> {
	return {
		add: ({ authority, login, passwordHash }, by) =>
			unlessTaken("there is such a login already", () =>
				database.transaction(async (tx) => {
					const id = uuidv7(Date.now());
					await tx.rows(
						sql`INSERT INTO authority_accounts (id, authority_id, login, password_hash) VALUES (${id}, ${authority}, ${login}, ${passwordHash})`,
					);
					await appendActs(tx, [{ what: "authority-login-added", on: authority, by, details: { login } }]);
				}),
			),
		list: async () =>
			(await database.rows(sql`SELECT ${columns} FROM ${holders} ORDER BY name, login`, accountRow)).map(toAccount),
		reset: (login, passwordHash, by) =>
			database.transaction(async (tx) => {
				const changed = await change(
					tx,
					login,
					sql`password_hash = ${passwordHash}, is_password_first = true, factor = NULL`,
				);
				if (changed === null) return false;
				await tx.rows(sql`DELETE FROM authority_recovery_codes WHERE account_id = ${changed.id}`);
				await endSessions(tx, changed.id);
				await appendActs(tx, [
					{ what: "authority-login-reset", on: changed.authority_id, by, details: { login: changed.login } },
				]);
				return true;
			}),
		setDisabled: (login, isDisabled, by) =>
			database.transaction(async (tx) => {
				const changed = await change(tx, login, sql`is_disabled = ${isDisabled}`);
				if (changed === null) return false;
				if (isDisabled) await endSessions(tx, changed.id);
				const what = isDisabled ? "authority-login-disabled" : "authority-login-enabled";
				await appendActs(tx, [{ what, on: changed.authority_id, by, details: { login: changed.login } }]);
				return true;
			}),
	};
}

async function change(tx: Connection, login: string, set: ReturnType<typeof sql>): Promise<Changed | null> {
	const [row] = await tx.rows(
		sql`UPDATE authority_accounts SET ${set} WHERE login = ${login} RETURNING id, authority_id, login`,
		changedRow,
	);
	return row ?? null;
}

async function setUp(tx: Connection, id: AuthorityAccountId, chosen: ChosenFactor): Promise<void> {
	const { passwordHash, sealedSecret, step, recoveryHashes, keptSession } = chosen;
	await tx.rows(
		sql`UPDATE authority_accounts SET password_hash = COALESCE(${passwordHash}, password_hash), is_password_first = false,
				factor = ${Buffer.from(sealedSecret)}, factor_step = ${step} WHERE id = ${id}`,
	);
	await tx.rows(sql`DELETE FROM authority_recovery_codes WHERE account_id = ${id}`);
	for (const hash of recoveryHashes)
		await tx.rows(
			sql`INSERT INTO authority_recovery_codes (account_id, code_hash) VALUES (${id}, ${Buffer.from(hash)})`,
		);
	await endSessions(tx, id, keptSession);
	await appendActs(tx, [{ ...(await byThemselves(tx, id)), what: "authority-login-set-up", details: {} }]);
}

async function endSessions(tx: Connection, id: AuthorityAccountId, kept: Uint8Array = new Uint8Array()): Promise<void> {
	await tx.rows(sql`DELETE FROM authority_sessions WHERE user_id = ${id} AND token_hash <> ${Buffer.from(kept)}`);
}

/** Whoever is logged in does it, with their own account. */
async function byThemselves(tx: Connection, id: AuthorityAccountId): Promise<Pick<NewAct, "on" | "by">> {
	const [row] = await tx.rows(sql`SELECT id, authority_id, login FROM authority_accounts WHERE id = ${id}`, changedRow);
	if (row === undefined) throw new Error("an account that is there was not found");
	return { on: row.authority_id, by: authorityLogin(row.login) };
}

function toAccount(row: z.infer<typeof accountRow>): AuthorityAccount {
	const { id, login, authority_id, name, jurisdiction, laws, is_enabled: isEnabled } = row;
	return {
		...{ id, login },
		authority: { id: authority_id, name, jurisdiction, laws, isEnabled },
		isDisabled: row.is_disabled || !isEnabled,
		isPasswordFirst: row.is_password_first,
		hasFactor: row.has_factor,
	};
}
