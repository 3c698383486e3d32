// A kind of signal and a type of hash that are made up here (test/support/new-kinds/) go through the whole system, and nothing outside of their
// folders knows them: bank files, detector, record and case API on the embedded profile. The console shows them in
// test/console/new-kinds.test.ts.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { createSignalCatalogue, signalKinds } from "../../services/core/signals/catalogue.ts";
import { caseDetail } from "../../services/core/wire/review-case.ts";
import { breakwater } from "../support/cli-in-process.ts";
import { createKindsWithLengthy } from "../support/new-kinds/lengthy/detect-lengthy.ts";
import { lengthy } from "../support/new-kinds/lengthy/lengthy.ts";
import { withdrawInitials } from "../support/new-kinds/withdraw-initials.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const longText = "one two three four five six seven eight nine ten eleven twelve thirteen";
const signalCatalogue = createSignalCatalogue({ ...signalKinds, lengthy });

let system: TestSystem;
let folder: string;
beforeAll(async () => {
	system = await startTestSystem({
		parts: { signalCatalogue, textHashes: [new URL("../support/new-kinds/initials/text-hash.ts", import.meta.url)] },
		detector: { createKinds: createKindsWithLengthy },
	});
	folder = await mkdtemp(join(tmpdir(), "breakwater-new-kinds-"));
	process.env.BREAKWATER_DATABASE_URL = system.parts.databaseUrl;
	process.env.BREAKWATER_DATA_DIR = folder;
}, 60_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_DATA_DIR;
	await system[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
	withdrawInitials();
});

/** What the case API answers of a post: its item, and the entries that its case matches. */
async function readCase(subject: string) {
	const [login, password] = [`user-${randomUUID().slice(0, 8)}`, "correct horse battery staple"];
	const passwordHash = await hashPassword(password);
	await system.parts.stores.users.create({ login, displayName: "Lan", roles: ["reviewer"], passwordHash });
	const url = system.urlOf("review");
	const session = await fetch(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ login, password }),
	});
	expect(session.status).toBe(201);
	const headers = { cookie: session.headers.get("set-cookie")?.split(";")[0] ?? "" };
	const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	const answer = await fetch(`${url}/api/cases/${found?.id}`, { headers });
	const { items, entries } = caseDetail.parse(await answer.json());
	const [item] = items;
	if (item === undefined) throw new Error("a case has an item");
	return { item, entries };
}

describe("a kind of signal that was made up", () => {
	test("brings what it finds before people, with its reasons", async () => {
		const { item } = await readCase(await settlePost(system, longText));
		expect(item).toMatchObject({ tier: "T", state: "live" });
		expect(item.signals.find(({ kind }) => kind === "lengthy")).toMatchObject({
			words: 13,
			ground: { alone: "T", tier: "T", counted: true, category: "long-windedness", limits: { words: 12 }, reasons: [] },
		});
	});

	test("asks nobody about what it does not find", async () => {
		const subject = await settlePost(system, `short ${randomUUID()}`);
		expect(await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 })).toEqual([]);
	});

	test("is read in the version that the record has it in", () => {
		const stored = { kind: "lengthy", detector: "words", version: "1", count: 13 };
		const read = signalCatalogue.fromStored(stored);
		expect(read).toEqual({ kind: "lengthy", detector: "words", version: "1", words: 13 });
		expect(signalCatalogue.fromStored(signalCatalogue.toStored(read))).toEqual(read);
	});
});

describe("a type of hash that was made up", () => {
	const file = async (name: string, content: string) => {
		const path = join(folder, name);
		await writeFile(path, content);
		return path;
	};
	const knownText = "Seven gentle otters dream beneath quiet willows.";
	const sameInitials = "Some grey owls doze by queenly weirs!";

	async function createBank(): Promise<string> {
		const name = `acrostics-${randomUUID()}`;
		await system.createBank({ name });
		return name;
	}
	/** What the case of a post shows, once the detector knows the banks. */
	async function caseOf(text: string) {
		const { follower } = await system.parts.banks();
		await follower.catchUp();
		return readCase(await settlePost(system, text));
	}

	test("is made of a file, listed, imported, found in a post, and said in its case", async () => {
		const name = await createBank();
		const printed = await breakwater("hash", "--text", await file("known.txt", knownText), "--json");
		const { initials: hash } = JSON.parse(printed.out);
		const list = await file("list.csv", `type,hash\nACROSTIC,${hash}\n`);
		expect(await breakwater("bank", "import", name, list, "--by", "an")).toMatchObject({ code: 0 });

		const { item, entries } = await caseOf(sameInitials);
		expect(item).toMatchObject({ tier: "K1", state: "withheld" });
		expect(entries).toMatchObject([{ bankName: name, hashType: "initials", standing: "confirmed" }]);
		expect(item.signals.find(({ kind }) => kind === "matched")).toMatchObject({
			match: { bankName: name, hashType: "initials", distanceBits: 0 },
			ground: { counted: true },
		});
	});

	test("is added to a bank with the types of the catalogue, and written to lists that are read again", async () => {
		const name = await createBank();
		const path = await file("own.txt", "Nine honest rabbits walk past my oak each day.");
		const { out } = await breakwater("bank", "add", name, path, "--text", "--by", "an", "--json");
		expect(JSON.parse(out).taken[0].took).toContain("initials");
		const exported = await breakwater("bank", "export", name, "--format", "threatexchange");
		expect(exported.out).toContain("HASH_TEXT_INITIALS");
		const again = await file("again.json", exported.out);
		const read = await breakwater("bank", "import", await createBank(), again, "--by", "an", "--json");
		expect(JSON.parse(read.out).delta.added).toBe(JSON.parse(out).added);
	});

	test("of which a bank's files say too little is refused by its name", async () => {
		const list = await file("short.csv", "type,hash\ninitials,abcdef\n");
		const { out, code } = await breakwater("bank", "import", await createBank(), list, "--by", "an");
		expect([code, out]).toEqual([1, expect.stringContaining("initials hash has 64 hex digits")]);
	});
});
