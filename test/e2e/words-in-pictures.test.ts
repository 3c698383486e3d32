// Words in pictures through intake, stream, detector and record on the embedded profile: read where the policy of a surface asks for it, and a term
// of a list among them has people look; read nowhere else. How much is read right is `npm run bench:ocr`'s to show.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashTerm } from "../../services/core/hashes/term/term-hash.ts";
import { applyChange } from "../../services/core/policy/policy-set.ts";
import { writtenMatches } from "../../services/core/signals/written/written.ts";
import type { Surface } from "../../services/core/wire/item-event.ts";
import { officeFileOf } from "../support/containers.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { drawWords } from "../support/written-pictures.ts";

const patience = { withinMs: 90_000 };
const term = "quả bưởi tím";
const picture = await drawWords(`Sáng nay cả nhà ra vườn hái ${term} đầu mùa.`);

let system: TestSystem;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	const { stores } = system.parts;
	const hash = hashTerm(term);
	if (typeof hash === "string") throw new Error(hash);
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { hashType: "text-term", hash, quality: null, externalId: null, note: null, opinion } as const;
	await stores.banks.addEntries(await system.createBank(), [entry], "test");
	const lead = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	const [an, binh] = [await lead("an"), await lead("binh")];
	const { id } = await stores.policy.propose({
		make: ({ set }) =>
			applyChange(set, { overrides: [{ platform: null, surface: "public", settings: { wordsInPictures: "read" } }] }),
		...{ base: null, why: "words in public pictures", by: an },
	});
	await stores.policy.accept(id, binh, null);
}, 120_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

async function signalsOf(bytes: Uint8Array, surface: Surface) {
	const id = randomUUID();
	const url = `${system.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=a&surface=${surface}`;
	const headers = { authorization: `Bearer ${system.apiKey}`, "content-type": "application/octet-stream" };
	expect((await fetch(url, { method: "POST", headers, body: Buffer.from(bytes) })).status).toBe(202);
	const { verdicts, cases } = system.parts.stores;
	const key = { source: system.platform.source, eventId: id };
	await eventually(async () => expect((await verdicts.findSettled([key])).size).toBe(1), patience);
	const [recorded] = await verdicts.recent(1);
	const [held] = await cases.list({ search: id, limit: 1, offset: 0 });
	return { signals: recorded?.signals ?? [], tier: held?.tier ?? null };
}

test("a term on a picture has people look where the policy has words in pictures read", async () => {
	// The detector follows bank and policy on its own time.
	const found = await eventually(async () => {
		const { signals, tier } = await signalsOf(picture, "public");
		expect(tier).toBe("T");
		return signals;
	}, patience);
	expect(writtenMatches(found)).toMatchObject([{ hashType: "text-term", transform: "none" }]);
	expect(JSON.stringify(found)).not.toContain("bưởi");
}, 180_000);

test("where the policy does not, nothing is read, and nothing is missing", async () => {
	const { signals, tier } = await signalsOf(picture, "direct");
	expect(tier).toBeNull();
	expect(signals.filter(({ detector }) => detector === "words")).toEqual([]);
}, 120_000);

test("a picture in a document is read, too, and people are told which it is", async () => {
	const { signals, tier } = await signalsOf(officeFileOf([{ name: "image1.png", bytes: picture }]), "public");
	expect(tier).toBe("T");
	expect(signals).toContainEqual(expect.objectContaining({ kind: "written", within: ["word/media/image1.png"] }));
}, 120_000);
