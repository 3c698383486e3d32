// A live stream that comes in segments, through intake, stream, detector, record and takedown on the embedded profile, and by both ways of
// arriving: uploads, and events that carry their bytes. What of it people must see is one case, which one decision settles.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { exactHashes } from "../../services/core/hashes/exact/exact-hashes.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { senderOf } from "../support/send-media.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 60_000 };
const fixture = (name: string) => readFile(fromPackageRoot("test", "fixtures", "video", name));
/** Known by their bytes, each by an entry of its own: by itself each would be a case. */
const [first, second, third] = [await fixture("zoom.mp4"), await fixture("spiral.webm"), await fixture("zoom.avi")];
const harmless = await fixture("zoom-bt709.mkv");
let system: TestSystem;
let sender: ReturnType<typeof senderOf>;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector", "takedown"] });
	sender = senderOf(system);
	const opinion = { source: "list", kind: "positive" } as const;
	const entries = [first, second, third].map((file) => ({
		...({
			hashType: "sha256",
			hash: exactHashes(file).sha256,
			quality: null,
			externalId: null,
			note: null,
			opinion,
		} as const),
	}));
	await system.parts.stores.banks.addEntries(await system.createBank(), entries, "test");
	await (await system.parts.banks()).follower.catchUp();
}, 120_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

interface Segment {
	readonly streamId: string;
	readonly sequence: number;
	readonly authorId?: string;
}

async function send(path: string, headers: Readonly<Record<string, string>>, bytes: Buffer): Promise<void> {
	const authorization = `Bearer ${system.apiKey}`;
	const request = { method: "POST", headers: { authorization, "content-type": "video/mp4", ...headers }, body: bytes };
	expect((await fetch(`${system.urlOf("intake")}${path}`, request)).status).toBe(202);
}

/** Answers its subject. */
async function upload(bytes: Buffer, { streamId, sequence, authorId = "a" }: Segment): Promise<string> {
	const id = randomUUID();
	const query = new URLSearchParams({ id, subject: id, authorId, surface: "public" });
	query.set("liveStream", streamId);
	query.set("liveSequence", String(sequence));
	await send(`/v1/media?${query}`, {}, bytes);
	return id;
}

/** As an event in CloudEvents' binary mode, which is the stream's own. */
async function publish(bytes: Buffer, { streamId, sequence, authorId = "a" }: Segment): Promise<string> {
	const id = randomUUID();
	const named = { "ce-specversion": "1.0", "ce-type": "breakwater.media.uploaded.v1", "ce-id": id, "ce-subject": id };
	const said = { "ce-source": system.platform.source, "ce-authorid": authorId, "ce-surface": "public" };
	await send(
		"/v1/events",
		{ ...named, ...said, "ce-livestream": streamId, "ce-livesequence": String(sequence) },
		bytes,
	);
	return id;
}

function ordersTo(subject: string): readonly string[] {
	const orders = [...system.sample.orders.values()].map(({ order }) => order);
	return orders.flatMap((order) => (order.subject === subject ? [order.action] : []));
}

async function caseOf(subject: string) {
	const { cases } = system.parts.stores;
	const [summary] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = summary === undefined ? null : await cases.find(summary.id);
	if (detail === null) throw new Error("it is not before people yet");
	return detail;
}

test("segments of a stream share a case, whichever way they came; a decision reaches them, and a later one opens the stream's next", async () => {
	const streamId = `stream-${randomUUID()}`;
	// The detector follows the bank on its own time.
	await eventually(async () => {
		const known = await sender.upload(first);
		await eventually(() => expect(sender.orderTo(known)).toMatchObject({ action: "withhold" }), { withinMs: 2_000 });
	}, patience);
	const one = await upload(first, { streamId, sequence: 1 });
	await upload(harmless, { streamId, sequence: 2 });
	const three = await publish(second, { streamId, sequence: 3 });
	const detail = await eventually(async () => {
		const found = await caseOf(three);
		expect(found.items.map(({ subject }) => subject).toSorted()).toEqual([one, three].toSorted());
		return found;
	}, patience);
	expect([detail.isOfStream, detail.itemCount]).toEqual([true, 2]);
	const shown = new Map(detail.items.map(({ subject, live }) => [subject, live]));
	expect([shown.get(one), shown.get(three)]).toEqual([
		{ streamId, sequence: 1 },
		{ streamId, sequence: 3 },
	]);
	const elsewhere = await upload(second, { streamId, sequence: 3, authorId: "another" });
	expect((await eventually(() => caseOf(elsewhere), patience)).id).not.toBe(detail.id);

	const { users } = system.parts.stores;
	const people = await Promise.all(
		["lan", "mai"].map(async (login) => {
			const { id } = await users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" });
			return id;
		}),
	);
	await decideTogether(system.parts.stores, people, detail.id, "remove");
	for (const subject of [one, three]) await eventually(() => expect(ordersTo(subject)).toContain("remove"), patience);

	const later = await upload(third, { streamId, sequence: 4 });
	const next = await eventually(() => caseOf(later), patience);
	expect([next.isOfStream, next.itemCount, next.id === detail.id]).toEqual([true, 1, false]);
	// The very same again is what people have removed: it is removed, in the case of that decision.
	const again = await publish(second, { streamId, sequence: 5 });
	await eventually(() => expect(ordersTo(again)).toContain("remove"), patience);
	expect((await caseOf(again)).id).toBe(detail.id);
}, 180_000);
