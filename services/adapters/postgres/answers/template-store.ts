// The words of answers, which two people change.
import { sql } from "kysely";
import { z } from "zod";
import { isSlotName } from "../../../core/answers/slots.ts";
import {
	checkBook,
	compareBooks,
	type TemplateBook,
	type TemplateChange,
	type TemplatesInForce,
	withChange,
} from "../../../core/answers/template-book.ts";
import type { CaseId } from "../../../core/ids.ts";
import type { TemplateStore, ToldOfCase } from "../../../core/ports/template-store.ts";
import { readShippedTemplates } from "../../../runtime/read-templates.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { accountReasonFields, toAccountReasons } from "../orders/account-reasons.ts";
import { orderReasons, reasonColumns, reasonRow } from "../orders/order-reasons.ts";
import { createRevisionStore, newestRevision, type RevisionsOf } from "../revisions/revision-store.ts";

/** Those that ship with the package. */
const shippedRevision = 1;
const shipped = readShippedTemplates();

const revisions: RevisionsOf<TemplateBook> = {
	...{ subject: "template", staleCode: "templates-stale" },
	builtIn: [{ revision: shippedRevision, set: shipped, accepted: null }],
	parse: readKept,
	isSame: (before, after) => compareBooks(before, after).length === 0,
	check: async () => undefined,
	told: ({ what, proposal: { id, revertsTo } }, by) => ({
		...{ ...by, what: `templates-${what}`, on: "templates", details: { proposalId: id, revertsTo } },
	}),
};

const keptBook = z.record(z.string(), z.partialRecord(z.enum(["vi", "en"]), z.string()));

/** As it was kept; places that came with a later version have the words that ship. */
function readKept(settings: unknown): TemplateBook {
	const kept: TemplateChange = Object.fromEntries(
		Object.entries(keptBook.parse(settings)).filter(([name]) => isSlotName(name)),
	);
	const checked = checkBook(withChange(shipped, kept));
	if (checked.ok) return checked.book;
	throw new Error(`a revision of the templates cannot be used: ${checked.faults.join("; ")}`);
}

/** The words that whoever is told something now is told it in. */
export function templatesInForce(on: Connection): Promise<TemplatesInForce> {
	return newestRevision(on, revisions);
}

export function createTemplateStore(database: Database): TemplateStore {
	return { ...createRevisionStore(database, revisions), toldOf: (id) => toldOf(database, id) };
}

const most = 20;
const accountRow = z.object(accountReasonFields);

async function toldOf(on: Connection, id: CaseId): Promise<ToldOfCase> {
	const [reporters, orders, accounts, authorities] = await Promise.all([
		on.rows(
			sql`SELECT DISTINCT received_at AS received FROM reports JOIN case_reports ON report_id = reports.id WHERE case_id = ${id} ORDER BY 1 LIMIT ${most}`,
			z.object({ received: column.time }),
		),
		on.rows(
			sql`SELECT ${reasonColumns} FROM orders WHERE case_id = ${id} AND item_id IS NOT NULL ORDER BY issued_at DESC LIMIT ${most}`,
			reasonRow,
		),
		on.rows(
			sql`SELECT action, account_reasons AS reasons, is_appealed AS "isAppealed", appeal_code AS "appealCode"
				FROM orders WHERE case_id = ${id} AND item_id IS NULL ORDER BY version DESC LIMIT ${most}`,
			accountRow,
		),
		on.rows(
			sql`SELECT reference, received_at AS received, string_agg(address, E'\n' ORDER BY position) AS places
				FROM authority_requests JOIN authority_request_places ON request_id = id WHERE case_id = ${id} GROUP BY id LIMIT ${most}`,
			z.object({ reference: column.text, received: column.time, places: column.text }),
		),
	]);
	return { reporters, users: orders.map(orderReasons), accounts: accounts.map(toAccountReasons), authorities };
}
