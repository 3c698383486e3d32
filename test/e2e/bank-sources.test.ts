// A list whose rows speak for several sources, from the file to the platform: what it may bring about by itself in a bank that is not
// trusted, and what an operator must say first. The whole embedded system.

import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openBankFile } from "../../services/bank-file/open-bank-file.ts";
import { stageRows } from "../../services/bank-file/stage-rows.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import type { BankId } from "../../services/core/ids.ts";
import type { BankDraft } from "../../services/core/ports/bank-draft-store.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 20_000 };
const knownText = "a benign sentence in the role of a known text, which a list says twice";
let system: TestSystem;
let bank: BankId;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
	bank = await system.createBank({ trusted: false });
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

const hash = Buffer.from(hashText(knownText) ?? []).toString("hex");
const list = ["type,hash,source", `text,${hash},list-a`, `text,${hash},list-b`].join("\n");

async function importList(): Promise<BankDraft> {
	const { bankDrafts } = system.parts.stores;
	const draft = { bankId: bank, by: "an", origin: "list.csv", source: "list-a", isReplacing: false };
	const id = await bankDrafts.open(draft);
	const { rows } = await openBankFile(Readable.from([list]), { source: "list-a" });
	const closed = await bankDrafts.close(
		id,
		await stageRows(bankDrafts, id, rows, { signal: new AbortController().signal }),
	);
	await bankDrafts.accept(id, "an");
	await bankDrafts.carryOut(id, 10);
	return closed;
}

/** Of one more copy: how sure its match is, and whether it is visible. */
async function outcome() {
	const subject = await settlePost(system, knownText);
	const { cases } = system.parts.stores;
	const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const item = (found === undefined ? null : await cases.find(found.id))?.items.find((one) => one.subject === subject);
	const standings = matchesOf(item?.signals ?? []).map(({ standing }) => standing);
	return { standings, state: item?.state };
}
const forPeople = { standings: ["probable"], state: "live" };
const taken = { standings: ["confirmed"], state: "withheld" };
const becomes = (expected: typeof forPeople) =>
	eventually(async () => expect(await outcome()).toEqual(expected), patience);

test("a file that speaks for two sources nobody named confirms nothing: its matches go to people", async () => {
	const draft = await importList();
	expect(draft.sources).toEqual({
		count: 2,
		first: ["list-a", "list-b"].map((source) => ({ source, rows: 1, countsAlone: false })),
	});
	await becomes(forPeople);
});

test("once the operator names both, the next copy is withheld; once neither is named any more, it goes to people", async () => {
	const { banks } = system.parts.stores;
	await banks.update(bank, { sources: ["list-a", "list-b"] }, "an");
	await becomes(taken);
	await banks.update(bank, { sources: [] }, "an");
	await becomes(forPeople);
	const { name } = (await banks.list()).find(({ id }) => id === bank) ?? { name: "" };
	const [last, before] = await banks.history(name, { before: null, limit: 2 });
	expect(last?.step).toMatchObject({ code: "settings-step", sources: [] });
	expect(before?.step).toMatchObject({ code: "settings-step", sources: ["list-a", "list-b"] });
});
