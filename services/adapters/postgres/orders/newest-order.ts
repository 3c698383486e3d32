import { sql } from "kysely";

type Expression = ReturnType<typeof sql>;

interface AccountExpressions {
	readonly platform: Expression;
	readonly account: Expression;
	/** Whether an item or account stays, unless said. */
	readonly matter?: Expression;
}

/** A subquery for the newest order about an account in one matter, whichever of its cases gave it: it says what holds. */
export function newestOfAccount(columns: Expression, { platform, account, matter = sql`''` }: AccountExpressions) {
	return sql`(SELECT ${columns} FROM orders AS own WHERE own.account_platform = ${platform} AND own.account_id = ${account} AND own.matter = ${matter}
		ORDER BY own.version DESC LIMIT 1)`;
}
