// Where a law lets no detector look, as two people accepted it: nothing there is compared, withheld or put before people, and the verdict says
// so; the same elsewhere is found as ever, and there again once the basis is given. The whole embedded system, without a model of pictures.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createExactHasher } from "../../services/core/hashes/exact/exact-hashes.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { applyChange, type PolicyChangeRequest } from "../../services/core/policy/policy-set.ts";
import { eventTypes, type Surface } from "../../services/core/wire/item-event.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 20_000 };
const knownText = "a benign sentence in the role of a known text";
/** One transparent pixel. */
const knownPicture = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

let system: TestSystem;
let accept: (change: PolicyChangeRequest) => Promise<unknown>;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	const { stores } = system.parts;
	const bank = await system.createBank();
	const hasher = createExactHasher();
	hasher.update(knownPicture);
	const opinion = { source: "list", kind: "positive" } as const;
	const entry = { quality: null, opinion, externalId: null, note: null } as const;
	const text = { ...entry, hashType: "text", hash: hashText(knownText) ?? new Uint8Array(32) } as const;
	const picture = { ...entry, hashType: "sha256", hash: hasher.digest().sha256 } as const;
	await stores.banks.addEntries(bank, [text, picture], "test");
	const lead = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	const [an, binh] = [await lead("an"), await lead("binh")];
	accept = async (change) => {
		const { id } = await stores.policy.propose({
			make: ({ set }) => applyChange(set, change),
			...{ base: null, why: "what the law gives", by: an },
		});
		return stores.policy.accept(id, binh, null);
	};
	await eventually(async () => expect((await postOn("public")).tier).toBe("K1"), patience);
	await eventually(async () => expect((await uploadOn("public")).tier).toBe("K1"), patience);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

const send = async (path: string, headers: Readonly<Record<string, string>>, body: string | Buffer) => {
	const init = { method: "POST", headers: { authorization: `Bearer ${system.apiKey}`, ...headers }, body };
	expect((await fetch(`${system.urlOf("intake")}${path}`, init)).status).toBe(202);
};

async function postOn(surface: Surface, country?: string) {
	const [source, id] = [system.platform.source, randomUUID()];
	const data = { text: knownText, authorId: "author", surface };
	const event = { specversion: "1.0", type: eventTypes.postPublished, source, id, subject: id, country, data };
	await send("/v1/events", { "content-type": "application/cloudevents+json" }, JSON.stringify(event));
	return settled(id);
}
async function uploadOn(surface: Surface, country?: string) {
	const id = randomUUID();
	await send(
		`/v1/media?id=${id}&subject=${id}&authorId=author&surface=${surface}`,
		{ "content-type": "image/gif", ...(country === undefined ? {} : { "ce-country": country }) },
		knownPicture,
	);
	return settled(id);
}

/** Its verdict, and whether a case holds it. */
async function settled(eventId: string) {
	const { verdicts, cases } = system.parts.stores;
	const key = { source: system.platform.source, eventId };
	await eventually(async () => expect((await verdicts.findSettled([key])).size).toBe(1), patience);
	const [recorded] = await verdicts.recent(1);
	const [held] = await cases.list({ search: eventId, limit: 1, offset: 0 });
	return {
		tier: held?.tier ?? "no case",
		signals: (recorded?.signals ?? []).map(({ kind, detector }) => `${detector}: ${kind}`),
	};
}

const noBasis = (basis: "missing" | "given"): PolicyChangeRequest => ({
	overrides: [
		{ platform: system.platform.id, surface: "direct", settings: { legalBasis: { matched: basis, scored: basis } } },
	],
});

test("a message that no law lets anyone compare is recorded as not examined, and asks nobody; in public it is found", async () => {
	await accept(noBasis("missing"));
	await eventually(
		async () =>
			expect(await postOn("direct")).toEqual({ tier: "no case", signals: ["text: unexamined", "text: unexamined"] }),
		patience,
	);
	expect(await postOn("public")).toMatchObject({ tier: "K1" });
	const metrics = await (await fetch(`${system.urlOf("detector")}/metrics`)).text();
	expect(metrics).toMatch(/breakwater_items_without_basis_total\{[^}]*kind="post"[^}]*\} [1-9]/);
});

test("neither is a picture sent there; nothing of it is kept, so that nothing finds it later", async () => {
	expect(await uploadOn("direct")).toEqual({ tier: "no case", signals: ["hash: unexamined"] });
	expect(await uploadOn("group")).toMatchObject({ tier: "K1" });
});

test("once the law gives a basis it is found there like anywhere", async () => {
	await accept(noBasis("given"));
	await eventually(async () => expect(await postOn("direct")).toMatchObject({ tier: "K1" }), patience);
	expect(await uploadOn("direct")).toMatchObject({ tier: "K1" });
});

describe("where the law of one country gives no basis", () => {
	beforeAll(async () => {
		const settings = { legalBasis: { matched: "missing", scored: "missing" } };
		await accept({ overrides: [{ platform: null, surface: "direct", country: "DE", settings }] });
		await eventually(async () => expect((await postOn("direct", "DE")).tier).toBe("no case"), patience);
	});

	test("what is sent under it is recorded as not examined; under the law of another, and in public, it is found", async () => {
		expect(await postOn("direct", "DE")).toEqual({
			tier: "no case",
			signals: ["text: unexamined", "text: unexamined"],
		});
		expect(await uploadOn("direct", "DE")).toEqual({ tier: "no case", signals: ["hash: unexamined"] });
		expect(await postOn("direct", "VN")).toMatchObject({ tier: "K1" });
		expect(await postOn("direct")).toMatchObject({ tier: "K1" });
		expect(await postOn("public", "DE")).toMatchObject({ tier: "K1" });
	});

	test("an item that names no country is under the law of the one that its platform is registered with", async () => {
		await system.parts.stores.platforms.setCountry(system.platform.id, "DE");
		await eventually(async () => expect((await postOn("direct")).tier).toBe("no case"), patience);
		expect(await uploadOn("direct", "VN")).toMatchObject({ tier: "K1" });
	});

	test("an event that names no country of ISO 3166-1's form is refused", async () => {
		const data = { text: knownText, authorId: "author", surface: "direct" };
		const id = randomUUID();
		const event = { specversion: "1.0", type: eventTypes.postPublished, source: system.platform.source, id, data };
		const answer = await fetch(`${system.urlOf("intake")}/v1/events`, {
			method: "POST",
			headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "application/cloudevents+json" },
			body: JSON.stringify({ ...event, country: "Germany" }),
		});
		expect(answer.status).toBe(400);
	});
});
