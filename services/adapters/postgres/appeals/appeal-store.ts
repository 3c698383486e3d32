import { sql } from "kysely";
import { z } from "zod";
import { isRestricted } from "../../../core/appeals/appeal.ts";
import { caseId } from "../../../core/ids.ts";
import type { AppealStore } from "../../../core/ports/appeal-store.ts";
import type { Database } from "../connection/database.ts";
import { appealRow, findRestricted, isOn, leftOf, selectAppeals, standsOn, toAppeal } from "./appeal-rows.ts";
import { appealReport, appealRestriction } from "./receive-appeal.ts";

export function createAppealStore(database: Database): AppealStore {
	return {
		async findRestriction(key) {
			const found = await findRestricted(database, key);
			if (found === null) return null;
			const { itemId: _, caseId: __, ...restriction } = found;
			const [row] = await database.rows(
				sql`${selectAppeals} WHERE ${isRestricted(found.state) ? standsOn(found) : isOn(found)} ORDER BY received_at DESC LIMIT 1`,
				appealRow,
			);
			return { ...restriction, appeal: row === undefined ? null : toAppeal(row) };
		},
		appealRestriction: (key, appeal) => database.transaction((tx) => appealRestriction(tx, key, appeal)),
		appealReport: (id, appeal) => database.transaction((tx) => appealReport(tx, id, appeal)),
		async ofReport(id) {
			const left = await database.rows(sql`${leftOf(sql`${id}`)} LIMIT 1`, z.object({ id: caseId }));
			const [newest] = await database.rows(
				sql`${selectAppeals} WHERE report_id = ${id} ORDER BY received_at DESC, outcome NULLS FIRST, appeals.id LIMIT 1`,
				appealRow,
			);
			return { mayAppeal: left.length > 0, newest: newest === undefined ? null : toAppeal(newest) };
		},
		async find(id) {
			const [row] = await database.rows(sql`${selectAppeals} WHERE appeals.id = ${id}`, appealRow);
			return row === undefined ? null : toAppeal(row);
		},
		async findOfPlatform(id, platformId) {
			const [row] = await database.rows(
				sql`${selectAppeals} WHERE appeals.id = ${id} AND order_id IN (
						SELECT orders.id FROM orders LEFT JOIN items ON items.id = item_id WHERE COALESCE(platform_id, account_platform) = ${platformId})`,
				appealRow,
			);
			return row === undefined ? null : toAppeal(row);
		},
		async list({ caseId, isWaiting = false, limit }) {
			const conditions = [sql`true`];
			if (caseId !== undefined) conditions.push(sql`appeals.case_id = ${caseId}`);
			if (isWaiting) conditions.push(sql`outcome IS NULL`);
			const rows = await database.rows(
				sql`${selectAppeals} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY received_at, appeals.id LIMIT ${limit}`,
				appealRow,
			);
			return rows.map(toAppeal);
		},
	};
}
