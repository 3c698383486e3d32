import { sql } from "kysely";
import { BreakwaterError } from "../../../core/errors.ts";
import { userId, uuidv7 } from "../../../core/ids.ts";
import type { Role, User } from "../../../core/people/user.ts";
import type { UserStore } from "../../../core/ports/user-store.ts";
import { type Database, isUniqueViolation } from "../connection/database.ts";

interface Row {
	readonly id: User["id"];
	readonly login: string;
	readonly display_name: string;
	readonly roles: readonly Role[];
	readonly is_disabled: boolean;
	readonly is_password_first: boolean;
}

const columns = sql.raw(
	"users.id, users.login, users.display_name, users.roles, users.is_disabled, users.is_password_first",
);

export function createUserStore(database: Database): UserStore {
	return {
		async create({ login, displayName, roles, passwordHash, isPasswordFirst = false }) {
			const id = userId.parse(uuidv7(Date.now()));
			try {
				await database.rows(
					sql`INSERT INTO users (id, login, display_name, roles, password_hash, is_password_first)
						VALUES (${id}, ${login}, ${displayName}, ${[...roles]}::text[], ${passwordHash}, ${isPasswordFirst})`,
				);
			} catch (error) {
				if (isUniqueViolation(error))
					throw new BreakwaterError("name-taken", { detail: "there is such a login already", cause: error });
				throw error;
			}
			return { id, login, displayName, roles, isDisabled: false, isPasswordFirst };
		},
		list: async () => (await database.rows<Row>(sql`SELECT ${columns} FROM users ORDER BY login`)).map(toUser),
		async find(id) {
			const [row] = await database.rows<Row>(sql`SELECT ${columns} FROM users WHERE id = ${id}`);
			return row === undefined ? null : toUser(row);
		},
		async findForLogin(login) {
			const [row] = await database.rows<Row & { readonly password_hash: string }>(
				sql`SELECT ${columns}, password_hash FROM users WHERE login = ${login}`,
			);
			return row === undefined ? null : { user: toUser(row), passwordHash: row.password_hash };
		},
		setPassword: (id, passwordHash, { keptSession = new Uint8Array(), isPasswordFirst = false } = {}) =>
			database.transaction(async (tx) => {
				await tx.rows(
					sql`UPDATE users SET password_hash = ${passwordHash}, is_password_first = ${isPasswordFirst} WHERE id = ${id}`,
				);
				await tx.rows(sql`DELETE FROM sessions WHERE user_id = ${id} AND token_hash <> ${Buffer.from(keptSession)}`);
			}),
		async setRoles(id, roles) {
			await database.rows(sql`UPDATE users SET roles = ${[...roles]}::text[] WHERE id = ${id}`);
		},
		async setDisabled(id, isDisabled) {
			await database.rows(sql`UPDATE users SET is_disabled = ${isDisabled} WHERE id = ${id}`);
			if (isDisabled) await database.rows(sql`DELETE FROM sessions WHERE user_id = ${id}`);
		},
		async openSession({ tokenHash, userId: id, now, expiresAt, endsAt }) {
			await database.rows(sql`DELETE FROM sessions WHERE ends_at < ${now} OR expires_at < ${now}`);
			await database.rows(
				sql`INSERT INTO sessions (token_hash, user_id, created_at, expires_at, ends_at)
					VALUES (${Buffer.from(tokenHash)}, ${id}, ${now}, ${expiresAt}, ${endsAt})`,
			);
		},
		async useSession(tokenHash, now, extendTo) {
			const [row] = await database.rows<Row>(
				sql`UPDATE sessions SET expires_at = LEAST(COALESCE(${extendTo}::timestamptz, expires_at), ends_at) FROM users
					WHERE token_hash = ${Buffer.from(tokenHash)} AND expires_at > ${now} AND users.id = sessions.user_id AND NOT users.is_disabled
					RETURNING ${columns}`,
			);
			return row === undefined ? null : toUser(row);
		},
		async closeSession(tokenHash) {
			await database.rows(sql`DELETE FROM sessions WHERE token_hash = ${Buffer.from(tokenHash)}`);
		},
	};
}

function toUser(row: Row): User {
	const { id, login, roles } = row;
	return {
		...{ id, login, roles },
		displayName: row.display_name,
		isDisabled: row.is_disabled,
		isPasswordFirst: row.is_password_first,
	};
}
