// Two rules of core are said once more in SQL, because what they are asked of is too much to be read: which orders a newer one has overtaken,
// and whose decision is kept from whom. Here both are asked of whatever rows the record allows.
import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sql } from "kysely";
import { z } from "zod";
import { isDecisionKeptFrom } from "../../../services/adapters/postgres/cases/kept-decisions.ts";
import { caseStates } from "../../../services/core/cases/case.ts";
import { isKeptFrom } from "../../../services/core/cases/second-look.ts";
import { type CaseId, type ItemId, orderId, type PlatformId, type UserId, uuidv7 } from "../../../services/core/ids.ts";
import { type AnyOrderAction, orderActions, orderState, stateAmong } from "../../../services/core/orders/order.ts";
import { newItem } from "../../support/examined-items.ts";
import { useTestRecord } from "../../support/use-test-record.ts";

const record = useTestRecord();
const everything = 10_000;
let platformId: PlatformId;
let items: readonly ItemId[];
let cases: readonly CaseId[];
let people: readonly [UserId, ...UserId[]];
beforeAll(async () => {
	const { platforms, verdicts, users } = record.stores;
	const forum = await platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
	const outcomes = await verdicts.record(Array.from({ length: 12 }, () => newItem(forum.id, forum.source)));
	const recorded = outcomes.flatMap((one) => (one.kind === "recorded" && one.caseId !== null ? [one] : []));
	const add = (login: string) => users.create({ login, displayName: login, roles: ["reviewer"], passwordHash: "x" });
	platformId = forum.id;
	items = recorded.map((one) => one.itemId);
	cases = recorded.flatMap(({ caseId }) => caseId ?? []);
	people = [(await add("an")).id, (await add("binh")).id, (await add("chi")).id];
});

/** Orders that follow each other: of one item's state, of one label of it, of friction in the way of its account, or of what is recommended of that. */
const matters: Readonly<Record<"state" | "label" | "friction" | "account", readonly AnyOrderAction[]>> = {
	state: orderActions,
	label: ["label", "unlabel"],
	friction: ["add-friction", "lift-friction"],
	account: ["account.restrict-recommended", "account.restriction-withdrawn"],
};
const kinds = ["state", "label", "friction", "account"] as const;
const given = fc.record({
	action: fc.nat(),
	state: fc.constantFrom(...orderState.options),
	attempts: fc.constantFrom(0, 1),
	/** Friction of one account comes of several of its items. */
	at: fc.nat(1),
});
const histories = fc.array(fc.record({ kind: fc.constantFrom(...kinds), orders: fc.array(given, { maxLength: 4 }) }), {
	minLength: 1,
	maxLength: 6,
});

test("an order that waits is outstanding in SQL exactly where none that is newer has overtaken it, whatever was ordered before and after", async () => {
	await fc.assert(
		fc.asyncProperty(histories, async (threads) => {
			const rows = threads.flatMap(({ kind, orders }, thread) => {
				// Histories of several kinds are about the same items and accounts.
				const place = threads.slice(0, thread).filter((one) => one.kind === kind).length;
				return orders.map(({ action, state, attempts, at }, index) => ({
					id: orderId.parse(uuidv7(Date.now())),
					action: matters[kind][action % matters[kind].length] ?? "withhold",
					version: index + 1,
					state,
					attempts,
					thread,
					item_id: kind === "account" ? null : (items[place * 2 + (kind === "friction" ? at : 0)] ?? null),
					account_platform: kind === "friction" || kind === "account" ? platformId : null,
					account_id: kind === "friction" || kind === "account" ? `account ${place}` : null,
					account_reasons: kind === "account" ? { strikes: 1, recommendations: [] } : null,
					matter: kind === "label" ? "label:doubted" : kind === "friction" ? "friction" : "",
				}));
			});
			await record.database.rows(sql`DELETE FROM outbox`);
			await record.database.rows(sql`DELETE FROM orders`);
			await record.database.rows(sql`INSERT INTO orders
				(id, item_id, case_id, action, version, tier, decided_by, issued_at, state, attempts, account_platform, account_id, account_reasons, matter)
				SELECT id, item_id, ${cases[0]}, action, version, 'K1', 'person', now(), state, attempts, account_platform, account_id, account_reasons, matter
				FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given
					(id uuid, item_id uuid, action text, version integer, state text, attempts integer, account_platform uuid, account_id text, account_reasons jsonb, matter text)`);
			const states = new Map(
				rows.map((row) => [
					row.id,
					stateAmong(
						row,
						rows.filter(({ thread }) => thread === row.thread),
					),
				]),
			);
			const outstanding = rows.filter(({ id, attempts }) => {
				const state = states.get(id);
				return state === "undelivered" || (state === "pending" && attempts > 0);
			});
			const listed = await record.stores.orders.listOutstanding({ limit: everything });
			expect(new Set(listed.map(({ message }) => message.orderId))).toEqual(new Set(outstanding.map(({ id }) => id)));
			expect(listed.map(({ message, state }) => [message.orderId, state])).toEqual(
				listed.map(({ message }) => [message.orderId, states.get(message.orderId)]),
			);
			const behind = await record.stores.orders.platformsBehind();
			expect(behind.reduce((sum, { retried, givenUp }) => sum + retried + givenUp, 0)).toBe(outstanding.length);
		}),
		{ numRuns: 60 },
	);
});

const person = fc.option(fc.nat(2), { freq: 2 });
const standing = fc.record({
	state: fc.constantFrom(...caseStates),
	first: person,
	second: person,
	appealed: fc.option(fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }), { freq: 2 }),
});

test("a decision is kept from the same people in SQL as in core, however a case stands", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(standing, { minLength: 1, maxLength: 12 }), async (all) => {
			const userOf = (at: number | null) => (at === null ? null : (people[at] ?? null));
			const rows = all.map(({ state, first, second, appealed }, at) => ({
				...{ id: cases[at], state, first: userOf(first), second: userOf(second) },
				appealed: appealed?.map((one) => people[one]) ?? null,
			}));
			await record.database.rows(sql`UPDATE cases SET state = given.state, decision = 'remove', decided_at = now(),
					first_decision = CASE WHEN first IS NOT NULL THEN 'remove' END, first_decided_by = first,
					second_decision = CASE WHEN second IS NOT NULL THEN 'restore' END, second_decided_by = second,
					appealed_decision = CASE WHEN appealed IS NOT NULL THEN 'remove' END, appealed_by = appealed,
					appealed_at = CASE WHEN appealed IS NOT NULL THEN now() END
				FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (id uuid, state text, first uuid, second uuid, appealed uuid[])
				WHERE cases.id = given.id`);
			const snapshots = await Promise.all(
				cases.slice(0, rows.length).map(async (id) => (await record.stores.cases.find(id, 1))?.snapshot),
			);
			const asked = sql`id = ANY (${cases.slice(0, rows.length)}::uuid[])`;
			for (const reader of people) {
				const kept = await record.database.rows(
					sql`SELECT id FROM cases WHERE ${asked} AND ${isDecisionKeptFrom(reader)}`,
					z.object({ id: z.string() }),
				);
				const keptByCore = snapshots.filter((one) => one !== undefined && isKeptFrom(one, reader));
				expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(keptByCore.map((one) => one?.id)));
			}
		}),
		{ numRuns: 40 },
	);
});
