// The log of acts on a real PostgreSQL: written in the transaction of an effect, numbered without gaps by whoever comes first.
import { describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { appendActs, type NewAct } from "../../../services/adapters/postgres/acts/append-acts.ts";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { Act } from "../../../services/core/acts/act.ts";
import { machine, named } from "../../../services/core/acts/doer.ts";
import type { Role } from "../../../services/core/people/user.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { openTestDatabase } from "../../support/test-database.ts";
import { useTestRecord } from "../../support/use-test-record.ts";

const record = useTestRecord("test");

const replayed = (on: string): NewAct => ({ what: "job-replayed", on, by: machine, details: {} });
const append = (...acts: readonly NewAct[]) => record.database.transaction((tx) => appendActs(tx, acts));
const all = () => record.stores.acts.list({ after: 0, limit: 10_000 });
const sequences = (acts: readonly Act[]) => acts.map(({ sequence }) => sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const places = (acts: readonly Act[]) => acts.map(({ on }) => on.id);

describe("the sequence", () => {
	test("has no gap and no double where twenty write at once, some take it back, and several number", async () => {
		// Of its own connections: those who write have all of theirs.
		await using numbering = await openTestDatabase(record.url);
		const { acts: sequencer } = createStores(numbering);
		const isTakenBack = (writer: number) => writer % 4 === 3;
		const write = (writer: number) =>
			record.database
				.transaction(async (tx) => {
					await appendActs(tx, [replayed(`${writer}-a`), replayed(`${writer}-b`)]);
					if (writer % 2 === 0) await sequencer.number();
					await appendActs(tx, [replayed(`${writer}-c`)]);
					if (isTakenBack(writer)) throw new Error("taken back");
				})
				.catch((error: Error) => expect(error.message).toBe("taken back"));
		await Promise.all([
			...upTo(20).map(write),
			...upTo(5).map(() => sequencer.number()),
			...upTo(5).map(() => sequencer.list({ limit: 3 })),
		]);
		const acts = await all();
		const kept = upTo(20).filter((writer) => !isTakenBack(writer));
		expect(places(acts).toSorted()).toEqual(kept.flatMap((n) => [`${n}-a`, `${n}-b`, `${n}-c`]).toSorted());
		expect(sequences(acts)).toEqual(upTo(acts.length));
		for (const n of kept) {
			const [a, b, c] = ["a", "b", "c"].map((letter) => places(acts).indexOf(`${n}-${letter}`));
			expect([a, b, c]).toEqual([a, b, c].toSorted((x = 0, y = 0) => x - y));
		}
	});

	test("follows the order of commits: what was over before another began comes before it, however many wait", async () => {
		let commitSlow = (): void => undefined;
		let written = (): void => undefined;
		const isWritten = new Promise<void>((resolve) => {
			written = resolve;
		});
		const slow = record.database.transaction(async (tx) => {
			await appendActs(tx, [replayed("slow")]);
			written();
			await new Promise<void>((resolve) => {
				commitSlow = resolve;
			});
		});
		await isWritten;
		await append(replayed("quick"));
		expect(places(await all())).toEqual(["quick"]);
		await append(replayed("next"));
		commitSlow();
		await slow;
		await append(replayed("last"));
		const acts = await all();
		expect(places(acts)[0]).toBe("quick");
		expect(places(acts).at(-1)).toBe("last");
		expect(new Set(places(acts))).toEqual(new Set(["quick", "next", "slow", "last"]));
		expect(sequences(acts)).toEqual([1, 2, 3, 4]);
	});

	test("is the same after the sequencer was killed in the middle of its work", async () => {
		await append(...upTo(50).map((n) => replayed(String(n))));
		await using second = await openTestDatabase(record.url);
		const killed = await record.database.transaction(async (tx) => {
			await tx.rows(sql`LOCK TABLE acts IN SHARE MODE`);
			const outcome = createStores(second)
				.acts.number()
				.then(
					() => "numbered",
					() => "killed",
				);
			await eventually(async () => {
				const ended = await record.database.rows(
					sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
						WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO acts (%'`,
				);
				expect(ended).toHaveLength(1);
			}, soon);
			return outcome;
		});
		expect(killed).toBe("killed");
		const acts = await all();
		expect(places(acts)).toEqual(upTo(50).map(String));
		expect(sequences(acts)).toEqual(upTo(50));
	});

	test("is never changed: the record refuses", async () => {
		await append(replayed("one"));
		await record.stores.acts.number();
		for (const statement of [sql`UPDATE acts SET body = '{}'`, sql`DELETE FROM acts`, sql`TRUNCATE acts`])
			await expect(record.database.rows(statement)).rejects.toThrow(/only added to/);
		expect(places(await all())).toEqual(["one"]);
	});
});

describe("an act", () => {
	const addPerson = (login: string, roles: readonly Role[] = ["lead"]) =>
		record.stores.users.create({ login, displayName: login, roles, passwordHash: "-" });

	test("names a person by id and login, the command line by the name given there, and a platform by its key", async () => {
		const an = await addPerson("an");
		await append(
			{ ...replayed("a"), by: named("an") },
			{ ...replayed("b"), by: { kind: "person", userId: an.id } },
			{ ...replayed("c"), by: named("platform:forum") },
			replayed("d"),
		);
		await using commandLine = await openTestDatabase(record.url, { isCli: true });
		await commandLine.transaction((tx) => appendActs(tx, [{ ...replayed("e"), by: named("an") }]));
		const person = { kind: "person", id: an.id, name: "an" };
		const acts = await record.stores.acts.list({ after: 0, what: "job-replayed", limit: 10 });
		expect(acts.map(({ actor }) => actor)).toEqual([
			person,
			person,
			{ kind: "key", name: "forum" },
			{ kind: "machine" },
			{ kind: "cli", name: "an" },
		]);
	});

	test("is kept as canonical JSON, with nothing that its code does not name", async () => {
		const at = new Date("2027-01-02T03:04:05.678Z");
		const said = { kind: "bank" as const, content: "not to be kept" };
		await append({ what: "breaker-closed", on: "bank:1", by: machine, at, reason: "calm\0 again", details: said });
		await record.stores.acts.number();
		const [kept] = await record.database.rows(
			sql`SELECT body FROM acts WHERE what = 'breaker-closed'`,
			z.object({ body: column.text }),
		);
		expect(kept?.body).toBe(
			'{"actor":{"kind":"machine"},"at":"2027-01-02T03:04:05.678Z","details":{"kind":"bank"},"on":{"id":"bank:1","kind":"breaker"},"reason":"calm\ufffd again","revision":null,"what":"breaker-closed"}',
		);
	});

	test("of a newer version is listed with its code, and nothing is made up", async () => {
		const body = { actor: { kind: "machine" }, at: "2027-01-02T03:04:05.678Z", details: { a: 1 } };
		const newer = { ...body, on: { id: "x", kind: "moon" }, reason: null, revision: null, what: "moon-landed" };
		await record.database.rows(sql`INSERT INTO acts_due (body) VALUES (${JSON.stringify(newer)})`);
		expect(await record.stores.acts.list({ limit: 1 })).toMatchObject([
			{ what: "unread", details: { code: "moon-landed" }, on: { kind: "moon", id: "x" } },
		]);
	});

	test("is found by actor, thing, code and time, page by page in both directions", async () => {
		const at = (minute: number) => new Date(Date.UTC(2027, 0, 1, 0, minute));
		await append(...upTo(9).map((n) => ({ ...replayed(String(n)), at: at(n) })));
		await append({ what: "order-discarded", on: "3", by: named("platform:forum"), at: at(20), details: {} });
		const found = async (page: Parameters<Stores["acts"]["list"]>[0]) => sequences(await record.stores.acts.list(page));
		expect(await found({ limit: 4 })).toEqual([10, 9, 8, 7]);
		expect(await found({ before: 7, limit: 4 })).toEqual([6, 5, 4, 3]);
		expect(await found({ after: 7, limit: 4 })).toEqual([8, 9, 10]);
		expect(await found({ actor: "forum", limit: 4 })).toEqual([10]);
		expect(await found({ actor: "machine", on: { kind: "job", id: "3" }, limit: 4 })).toEqual([3]);
		expect(await found({ on: { kind: "order" }, limit: 4 })).toEqual([10]);
		expect(await found({ what: "job-replayed", since: at(8), limit: 4 })).toEqual([9, 8]);
		expect(await found({ notOn: ["job"], limit: 4 })).toEqual([10]);
	});
});
