// A media store that takes no evidence holds up no withhold, and loses none of it. The whole embedded system on a real folder, where
// a file stands in the way of the evidence.
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 30_000 };
let system: TestSystem;
let mediaDir: string;
beforeAll(async () => {
	mediaDir = await mkdtemp(join(tmpdir(), "breakwater-evidence-"));
	const env = { BREAKWATER_MEDIA_DIR: mediaDir };
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"], env });
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
	await rm(mediaDir, { recursive: true });
});

async function upload(picture: Uint8Array): Promise<string> {
	const id = randomUUID();
	const response = await fetch(`${system.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=a&surface=public`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "image/jpeg" },
		body: Buffer.from(picture),
	});
	expect(response.status).toBe(202);
	return id;
}

test("a known picture is withheld at once; its evidence is owed, its upload stays, and both are put right later", async () => {
	const { parts } = system;
	const picture = await drawSample(1);
	const sha256 = createHash("sha256").update(picture).digest();
	const entry = { hashType: "sha256", hash: sha256, quality: null, externalId: null, note: null } as const;
	const opinion = { source: "list", kind: "positive" } as const;
	await parts.stores.banks.addEntries(await system.createBank(), [{ ...entry, opinion }], "test");
	await writeFile(join(mediaDir, "evidence"), "in the way");

	const subject = await upload(picture);
	const orders = () => [...system.sample.orders.values()].filter(({ order }) => order.subject === subject);
	await eventually(() => expect(orders()).toHaveLength(1), patience);
	await eventually(
		async () => expect(await parts.stores.verdicts.countOwed()).toMatchObject({ examination: 0, evidence: 1 }),
		patience,
	);
	const uploads = async () =>
		(await readdir(join(mediaDir, "uploads"), { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
	expect(await uploads()).toHaveLength(1);
	const key = { source: system.platform.source, eventId: subject };
	expect(await parts.stores.verdicts.findSettled([key])).toEqual(new Set());

	await rm(join(mediaDir, "evidence"));
	await eventually(
		async () => expect(await parts.stores.verdicts.countOwed()).toMatchObject({ evidence: 0 }),
		patience,
	);
	const hex = sha256.toString("hex");
	expect(await readFile(join(mediaDir, "evidence", hex.slice(0, 2), hex))).toEqual(Buffer.from(picture));
	await eventually(async () => expect(await uploads()).toEqual([]), patience);
	expect(orders()).toHaveLength(1);
	const cases = await parts.stores.cases.list({ search: subject, limit: 10, offset: 0 });
	expect(cases).toMatchObject([{ itemCount: 1 }]);
}, 60_000);
