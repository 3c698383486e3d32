// A list of hash prefixes in one system, and its keeper, another one, that has the whole hashes: a post with the listed link goes to people as such,
// one with another link that begins alike does not. The keeper's API, the detector's question, banks and record are real; the prefix of the other
// link is put into the list as if it began alike.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashLink } from "../../services/core/hashes/link/link-hash.ts";
import type { BankId } from "../../services/core/ids.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let keeper: TestSystem;
let isKeeperAway = false;
let kept: BankId;
let system: TestSystem;
beforeAll(async () => {
	keeper = await startTestSystem({ roles: ["intake"] });
	system = await startTestSystem({
		roles: ["intake", "detector"],
		env: {
			BREAKWATER_LINK_SOURCES: `kept=${keeper.urlOf("intake")}/m/link_hashes`,
			BREAKWATER_LINK_SOURCE_SECRETS: `kept=${keeper.apiKey}`,
		},
	});
	const { banks } = keeper.parts.stores;
	await banks.addEntries(await keeper.createBank(), [entryOf("listed.example")], "test");
	await banks.addEntries(await keeper.createBank({ shadow: true }), [entryOf("on-trial.example")], "test");
	const prefixes = ["listed.example", "alike.example", "on-trial.example"].map(prefixOf);
	kept = await system.createBank({ name: "kept" });
	await system.parts.stores.banks.addEntries(kept, prefixes, "test");
	await system.parts.stores.banks.addEntries(
		await system.createBank({ name: "alone" }),
		[prefixOf("alone.example")],
		"test",
	);
	await (await system.parts.banks()).follower.catchUp();
}, 90_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
	if (!isKeeperAway) await keeper[Symbol.asyncDispose]();
});

function entryOf(address: string) {
	const hash = hashLink(address);
	if (!(hash instanceof Uint8Array)) throw new Error("no address");
	const said = { quality: null, opinion: { source: "list", kind: "positive" }, externalId: null, note: null } as const;
	return { hashType: "link", hash, ...said } as const;
}

function prefixOf(address: string) {
	const { hash, ...entry } = entryOf(address);
	return { ...entry, hashType: "link-prefix", hash: hash.subarray(0, 4) } as const;
}

async function caseOf(text: string) {
	const subject = await settlePost(system, text);
	const { cases } = system.parts.stores;
	const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = found === undefined ? null : await cases.find(found.id);
	const item = detail?.items.find((one) => one.subject === subject);
	if (item === undefined) return null;
	const [match] = matchesOf(item.signals);
	return {
		isWhole: match?.isWholeHash === true,
		kept: match?.linkHashes,
		reasons: item.signals.map(({ reason }) => reason),
	};
}

test("a link of which the keeper has the whole hash is a match", async () =>
	expect(await caseOf("see https://listed.example/a")).toMatchObject({ isWhole: true, kept: undefined }));

test("one that only begins alike, or that the keeper does not answer for, is none", async () => {
	expect(await caseOf("see https://alike.example/a")).toBeNull();
	expect(await caseOf("see https://on-trial.example/a")).toBeNull();
});

test("one of a bank without a keeper asks people by its beginning, as before", async () =>
	expect(await caseOf("see https://alone.example/a")).toMatchObject({ isWhole: false }));

test("while the keeper is away nothing is called clear, and nothing waits for it: people look", async () => {
	isKeeperAway = true;
	await keeper[Symbol.asyncDispose]();
	await system.parts.stores.banks.addEntries(kept, [prefixOf("later.example")], "test");
	await (await system.parts.banks()).follower.catchUp();
	const found = await caseOf("see https://later.example/a");
	expect(found).toMatchObject({ isWhole: false });
	expect(found?.reasons).toContain("host-failed");
});
