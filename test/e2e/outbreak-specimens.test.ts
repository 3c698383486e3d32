// Something that nothing knows spreads on two platforms: people who are asked about it can look at a few that came since, at the levels and under the
// records of everything else, and are told of all others that nothing was kept. Real pictures and posts through intake, stream, detector, record and
// takedown, looked at through the review API, on the embedded profile.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { specimensKept } from "../../services/core/outbreaks/specimen.ts";
import type { SubjectKind } from "../../services/core/outbreaks/subject.ts";
import type { CaseItem } from "../../services/core/ports/case-store.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { eventually } from "../support/eventually.ts";
import { addPerson, logInAt, type ReviewVisitor } from "../support/review-visitor.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 60_000 };
let system: TestSystem;
let places: readonly { readonly key: string; readonly source: string }[];
let lan: ReviewVisitor;
beforeAll(async () => {
	system = await startTestSystem({
		roles: ["intake", "detector", "takedown", "review"],
		env: { BREAKWATER_OUTBREAK_LEARN_HOURS: "0" },
	});
	const { platforms, users } = system.parts.stores;
	const source = "//gallery.example";
	const { id } = await platforms.create({ name: "gallery", source, webhook: null, mediaHosts: [] });
	const key = newKey("platform", "gallery");
	await platforms.addKey(id, hashOfKey(key), "test");
	places = [
		{ key: system.apiKey, source: system.platform.source },
		{ key, source },
	];
	await addPerson(users, "lan");
	lan = await logInAt(system.urlOf("review"), "lan");
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

let sent = 0;
/** To one platform and the other by turns; resolves once its verdict is recorded. */
async function send(to: (key: string, source: string, id: string) => Promise<Response>): Promise<void> {
	const { key, source } = places[sent % 2] ?? { key: "", source: "" };
	sent += 1;
	const id = randomUUID();
	expect((await to(key, source, id)).status).toBe(202);
	await eventually(async () => {
		expect((await system.parts.stores.verdicts.findSettled([{ source, eventId: id }])).size).toBe(1);
	}, patience);
}

/** A file of its own with the same pixels. */
const upload = (picture: Uint8Array) =>
	send((key, _, id) =>
		fetch(`${system.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=sender-${id}&surface=public`, {
			method: "POST",
			headers: { authorization: `Bearer ${key}`, "content-type": "image/jpeg" },
			body: Buffer.concat([picture, Buffer.from(id)]),
		}),
	);

const post = (text: string) =>
	send((key, source, id) =>
		fetch(`${system.urlOf("intake")}/v1/events`, {
			method: "POST",
			headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
			body: JSON.stringify({
				...{ specversion: "1.0", type: eventTypes.postPublished, source, id, subject: `post/${id}` },
				data: { text, authorId: `poster-${id}`, surface: "public" },
			}),
		}),
	);

/** The case of the newest outbreak of the kind, once there is one. */
const found = (kind: SubjectKind) =>
	eventually(async () => {
		const outbreak = (await system.parts.stores.outbreaks.list(20)).find(({ subject }) => subject.kind === kind);
		expect(outbreak?.caseId).toBeTruthy();
		return outbreak?.caseId as CaseId;
	}, patience);

const isToSee = ({ text, mediaKey }: Pick<CaseItem, "text" | "mediaKey">) => text !== null || mediaKey !== null;

async function claim(id: CaseId): Promise<number> {
	const { status, json } = await lan("POST", `/api/cases/${id}/claim`);
	expect(status).toBe(200);
	return json.claim.fence;
}

test("of a picture that nothing knew the next few that come are kept for its case, people look at one, and of no other is anything kept", async () => {
	const { cases, verdicts } = system.parts.stores;
	const picture = await drawSample(81);
	for (let at = 0; at < 16; at += 1) await upload(picture);
	const id = await found("cluster");
	const before = (await cases.find(id))?.items.length ?? 0;
	expect(before).toBeGreaterThan(5);
	const kept = async () => ((await cases.find(id))?.items ?? []).filter(isToSee);
	await eventually(async () => {
		await upload(picture);
		expect(await kept()).toHaveLength(specimensKept);
	}, patience);
	for (let at = 0; at < 5; at += 1) await upload(picture);
	await eventually(async () => expect((await verdicts.countOwed()).evidence).toBe(0), patience);
	expect(await kept()).toHaveLength(specimensKept);
	const detail = await cases.find(id);
	expect(detail?.itemCount).toBe(detail?.items.length);
	expect(detail?.events.filter(({ kind }) => kind === "specimen-kept")).toHaveLength(specimensKept);

	const fence = await claim(id);
	const shown: readonly { readonly id: string; readonly revealLevels: readonly number[]; readonly tier: string }[] = (
		await lan("GET", `/api/cases/${id}`)
	).json.items;
	expect(shown.filter(({ revealLevels }) => revealLevels.length > 0)).toHaveLength(specimensKept);
	for (const { tier } of shown) expect(tier).toBe("none");
	const look = (itemId: string | undefined) => lan("POST", `/api/cases/${id}/reveals`, { itemId, level: 2, fence });
	expect(await look(shown.find(({ revealLevels }) => revealLevels.length === 0)?.id)).toMatchObject({
		json: { code: "no-preview" },
	});
	const { status, json } = await look(shown.find(({ revealLevels }) => revealLevels.length > 0)?.id);
	expect([status, typeof json.token]).toEqual([201, "string"]);
	expect([...system.sample.orders.values()]).toEqual([]);
}, 180_000);

test("of a link that many post the words of a few are kept beside its case: people read them, and decide of none of them", async () => {
	const { cases } = system.parts.stores;
	const link = `https://${randomUUID()}.example/page`;
	const words = ["morning", "garden", "river", "window", "paper", "bicycle", "kitchen", "market", "cloud", "bridge"];
	let posted = 0;
	const postOne = () => {
		posted += 1;
		return post(`My ${words[posted % words.length]} of number ${posted}: ${link}`);
	};
	for (let at = 0; at < 20; at += 1) await postOne();
	const id = await found("link");
	const specimens = async () => (await cases.find(id))?.specimens ?? [];
	await eventually(async () => {
		await postOne();
		expect(await specimens()).toHaveLength(specimensKept);
	}, patience);
	for (let at = 0; at < 5; at += 1) await postOne();
	expect((await specimens()).filter(isToSee)).toHaveLength(specimensKept);
	expect(await cases.find(id)).toMatchObject({ itemCount: 0, items: [] });

	const fence = await claim(id);
	const [first] = await specimens();
	const { status, json } = await lan("POST", `/api/cases/${id}/reveals`, { itemId: first?.id, level: 4, fence });
	expect([status, json.text]).toEqual([201, first?.text]);
	expect(json.text).toContain(link);
	const { events } = (await lan("GET", `/api/cases/${id}`)).json;
	expect(events.filter(({ kind }: { kind: string }) => kind === "revealed")).toHaveLength(1);
	const decided = await lan("POST", `/api/cases/${id}/decide`, { fence, decision: "remove", reason: "looked" });
	expect(decided.status).toBeLessThan(300);
	expect((await specimens()).map(({ state, orders }) => [state, orders.length])).toEqual(
		Array.from({ length: specimensKept }, () => ["live", 0]),
	);
}, 180_000);
