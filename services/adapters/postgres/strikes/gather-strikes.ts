// Puts accounts before people: the case of an account opens, or what is new joins the one that is undecided. When, is core/strikes/account-case.ts.
import { sql } from "kysely";
import { z } from "zod";
import type { StrikesArrival } from "../../../core/cases/gather.ts";
import type { Jurisdiction } from "../../../core/clocks/profile.ts";
import { type CaseId, caseId, type ItemId, orderId, platformId } from "../../../core/ids.ts";
import { type AccountStanding, accountKey, strikesToGather } from "../../../core/strikes/account-case.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { gatherCases, openingOf } from "../cases/gather-cases.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeOrders } from "../orders/write-orders.ts";
import { askAgainOf } from "./ask-again.ts";
import { countRecommended } from "./count-recommended.ts";
import { type AccountKey, strikeRow, strikesOf } from "./strike-rows.ts";

interface Gathered {
	readonly caseId: CaseId;
	readonly isOpened: boolean;
	readonly strikes: number;
}

export async function gatherStrikes(
	tx: Connection,
	item: ItemId,
	laws: readonly Jurisdiction[],
	now: Date,
): Promise<Gathered | null> {
	const [account] = await tx.rows(
		sql`SELECT platform_id AS "platformId", author_id AS "accountId" FROM items WHERE id = ${item}`,
		z.object({ platformId, accountId: column.text }),
	);
	if (account === undefined) return null;
	const clusterKey = accountKey(account.platformId, account.accountId);
	// Two strikes of one account at once: the second sees what the first has gathered.
	await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtextextended(${clusterKey}, 0))`);
	const found = strikesToGather(await loadStanding(tx, account), laws, now);
	if (found === null) {
		await askAgainOf(tx, account, laws, now);
		return null;
	}
	const arrival: StrikesArrival = {
		...{ kind: "strikes", accountId: account.accountId, clusterKey },
		...{ itemId: null, platformId: account.platformId, surface: null },
	};
	const [gathered] = await gatherCases(tx, [arrival], now);
	if (gathered === undefined) throw new Error("an account came to no case");
	const { id } = gathered;
	await tx.rows(
		sql`INSERT INTO account_cases (case_id, platform_id, account_id, recommendations)
			VALUES (${id}, ${account.platformId}, ${account.accountId}, ${JSON.stringify(found.recommendations)}::jsonb)
			ON CONFLICT (case_id) DO UPDATE SET recommendations = excluded.recommendations`,
	);
	await tx.rows(
		sql`INSERT INTO account_strikes (case_id, order_id)
			SELECT ${id}, unnest(${found.strikes.map((one) => one.orderId)}::uuid[]) ON CONFLICT DO NOTHING`,
	);
	const opening = openingOf(gathered, now);
	await appendCaseEvents(tx, [
		...opening.events,
		{
			...{ caseId: id, actor: { kind: "machine" }, at: now },
			body: { kind: "strikes-gathered", strikes: found.strikes.length, recommended: found.recommendations.length },
		},
	]);
	await writeOrders(tx, [], opening.escalations);
	return { caseId: id, isOpened: gathered.opened !== null, strikes: found.strikes.length };
}

async function loadStanding(tx: Connection, account: AccountKey): Promise<AccountStanding> {
	const strikes = await tx.rows(strikesOf(account), strikeRow);
	const gathered = await tx.rows(
		sql`SELECT order_id AS id FROM account_strikes JOIN account_cases USING (case_id) WHERE ${isOf(account)}`,
		z.object({ id: orderId }),
	);
	// Locked, so that nobody decides it before the strikes have joined it.
	const open = await tx.rows(
		sql`SELECT cases.id FROM cases JOIN account_cases ON case_id = cases.id
			WHERE ${isOf(account)} AND cluster_key = ${accountKey(account.platformId, account.accountId)} AND ${isUndecided} FOR UPDATE OF cases`,
		z.object({ id: caseId }),
	);
	return {
		strikes,
		gathered: new Set(gathered.map(({ id }) => id)),
		hasOpenCase: open.length > 0,
		recommendedBefore: await countRecommended(tx, account, null),
	};
}

function isOf({ platformId, accountId }: AccountKey) {
	return sql`account_cases.platform_id = ${platformId} AND account_cases.account_id = ${accountId}`;
}
