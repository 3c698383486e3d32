// Questions about another policy, on a real PostgreSQL: verdicts are read as they were recorded, by one who may be stopped at any page.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { itemId, uuidv7 } from "../../../services/core/ids.ts";
import { initialSet } from "../../../services/core/policy/policy.ts";
import { applyChange } from "../../../services/core/policy/policy-set.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { matchedSignal } from "../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../services/core/signals/scored/scored.ts";
import { askPolicy } from "../../../services/parts/ask-policy.ts";
import { newMatch } from "../../support/bank-fixtures.ts";
import { decideTogether } from "../../support/decide-case.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
const atMs = Date.parse("2026-10-20T10:00:00Z");
const range = { from: new Date(atMs), to: new Date(atMs + 3_600_000) };
const asked = { kind: "revision", revision: 2 } as const;

const scored = (probability: number) =>
	scoredSignal({
		...{ detector: "model", version: "1", model: "test", backend: "test", category: "adult" },
		...{ probability, labels: {} },
	});

beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
	const at = (ms: number) => itemId.parse(uuidv7(atMs + ms));
	const passed = Array.from({ length: 5 }, (_, place) =>
		newItem(platform.id, platform.source, {
			...{ id: at(place), verdict: { ...clearVerdict, signals: [scored(place < 2 ? 0.7 : 0.1)] } },
		}),
	);
	const signals = [matchedSignal("hash", "1", newMatch())];
	const withheld = newItem(platform.id, platform.source, { id: at(10), verdict: newVerdict({ tier: "K2", signals }) });
	const later = newItem(platform.id, platform.source, { id: at(3_600_000), verdict: clearVerdict });
	const outcomes = await stores.verdicts.record([...passed, withheld, later]);
	const person = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	const decided = outcomes[5];
	if (decided?.kind !== "recorded" || decided.caseId === null) throw new Error("it is before people");
	await decideTogether(stores, [await person("lan"), await person("mai")], decided.caseId, "remove");
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

/** A near match is no more than probable, and what is probable passes. */
const set = applyChange(initialSet, {
	default: { modelThresholds: { adult: 0.6 }, nearTiers: { picture: "K3" }, actions: { K3: "none" } },
});
const begin = (share = 1) => stores.questions.begin({ asked, range, share, startedBy: "an" });
const ask = (
	question: Awaited<ReturnType<typeof begin>>,
	options: { readonly signal?: AbortSignal; readonly onPage?: (examined: number) => void } = {},
) =>
	askPolicy({ ...stores, signalCatalogue, pageSize: 2 }, question, {
		...{ set, signal: new AbortController().signal, onPage: () => undefined },
		...options,
	});

test("every verdict of the time goes the way that the policy says, with what people decided since and what is doubted", async () => {
	const done = await ask(await begin());
	expect(done).toMatchObject({ state: "done", verdicts: 6, tally: { examined: 6 } });
	expect(done.tally.flows.toSorted((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1))).toEqual([
		{ from: "none", to: "none", items: 3, unsure: 0, removed: 0, letBe: 0 },
		{ from: "none", to: "review", items: 2, unsure: 0, removed: 0, letBe: 0 },
		{ from: "withhold", to: "none", items: 1, unsure: 1, removed: 1, letBe: 0 },
	]);
	expect(done.tally.doubted).toMatchObject({ "model-not-asked": 1 });
	expect((await stores.questions.list(1))[0]).toEqual(done);
	expect((await stores.acts.list({ what: "policy-asked", limit: 1 }))[0]).toMatchObject({
		details: { asked: 2, examined: 6, moved: 3 },
	});
});

test("one that is stopped goes on where it was, and comes to the same", async () => {
	const whole = await ask(await begin());
	const begun = await begin();
	const stop = new AbortController();
	const stopped = await ask(begun, { signal: stop.signal, onPage: () => stop.abort() });
	expect(stopped).toMatchObject({ state: "running", tally: { examined: 2 } });
	const found = await stores.questions.unfinished(asked);
	expect(found).toEqual(stopped);
	if (found === null) throw new Error("it is there");
	await expect(ask(begun)).rejects.toThrow("somebody else");
	expect((await ask(found)).tally).toEqual(whole.tally);
	expect(await stores.questions.unfinished(asked)).toBeNull();
});

test("a part of the verdicts is drawn, the same each time, and the whole is counted", async () => {
	const drawn = await ask(await begin(0.5));
	const again = await ask(await begin(0.5));
	expect(again.tally).toEqual(drawn.tally);
	expect(drawn.tally.examined).toBeLessThanOrEqual(6);
	expect(drawn.verdicts).toBe(6);
});
