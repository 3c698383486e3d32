// Pictures that nothing knows, copied in the ways that people copy, on two platforms: real pictures through intake, stream, detector, record
// and takedown on the embedded profile. But in the outbreak, of which nothing is found until it is noticed, every picture goes before people
// once, so that its case shows what it was taken for; people decide one case.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { copyKinds, copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { caseStates, type Decision, isUndecided } from "../../services/core/cases/case.ts";
import { undoDecision } from "../../services/core/cases/undo-decision.ts";
import type { CaseId, UserId } from "../../services/core/ids.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import type { CaseSummary } from "../../services/core/ports/case-store.ts";
import type { Outbreak } from "../../services/core/ports/outbreak-store.ts";
import { scoredSignal } from "../../services/core/signals/scored/scored.ts";
import { createDetectorKinds, type DetectorKinds } from "../../services/detector/kinds/catalogue.ts";
import { begin, next } from "../../services/detector/step.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const score = scoredSignal({
	...{ detector: "model", version: "1", model: "test", backend: "test", category: "adult" },
	...{ probability: 0.9, threshold: 0.5, labels: {} },
});
/** A model that doubts every picture; in an outbreak it doubts none. */
let doubts = true;
const asksPeople: typeof createDetectorKinds = (deps, deferExcess): DetectorKinds => {
	const kinds = createDetectorKinds(deps, deferExcess);
	const examine = begin(kinds.media.examine).then(async (item) =>
		next(doubts ? { ...item, signals: [...item.signals, score] } : item),
	).run;
	return { ...kinds, media: { ...kinds.media, examine } };
};

const patience = { withinMs: 60_000 };
let system: TestSystem;
/** Of the platform of the test system, and of another one, whose orders wait for nobody. */
let keys: readonly string[];
let people: readonly [UserId, UserId];
beforeAll(async () => {
	system = await startTestSystem({
		...{ roles: ["intake", "detector", "takedown"], detector: { createKinds: asksPeople } },
		env: { BREAKWATER_OUTBREAK_LEARN_HOURS: "0" },
	});
	const { stores } = system.parts;
	const other = { name: "gallery", source: "//gallery.example", webhook: null, mediaHosts: [] };
	const { id } = await stores.platforms.create(other);
	const key = newKey("platform", "gallery");
	await stores.platforms.addKey(id, hashOfKey(key), "test");
	keys = [system.apiKey, key];
	const add = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	people = [await add("lan"), await add("mai")];
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

/** By turns to one platform and the other. */
let uploads = 0;
async function upload(picture: Uint8Array, authorId = "a"): Promise<string> {
	const id = randomUUID();
	uploads += 1;
	const response = await fetch(
		`${system.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=${authorId}&surface=public`,
		{
			method: "POST",
			headers: { authorization: `Bearer ${keys[uploads % 2]}`, "content-type": "image/jpeg" },
			body: Buffer.from(picture),
		},
	);
	expect(response.status).toBe(202);
	return id;
}

/** A file of its own with the same pixels. */
const variant = (picture: Uint8Array) => Buffer.concat([picture, Buffer.from(randomUUID())]);

async function caseOf(subject: string): Promise<CaseSummary> {
	const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	if (found === undefined) throw new Error("it is not before people yet");
	return found;
}

/** What platforms were told of the item, in order. */
async function told(subject: string): Promise<readonly string[]> {
	const detail = await system.parts.stores.cases.find((await caseOf(subject)).id);
	const item = detail?.items.find((one) => one.subject === subject);
	return (item?.orders ?? []).map(({ action }) => action);
}

const decided = (id: CaseId, decision: Decision) => decideTogether(system.parts.stores, people, id, decision);

test("one decision reaches all copies of a picture that nothing knew, later ones too, and its way back takes all of that back once", async () => {
	const { cases } = system.parts.stores;
	const [first, other] = [await drawSample(71), await drawSample(72)];
	const early: string[] = [];
	for (const kind of copyKinds) early.push(await upload(await copySample(first, kind)));
	const stranger = await upload(other);
	const id = await eventually(async () => {
		const found = await Promise.all(early.map(async (subject) => (await caseOf(subject)).id));
		expect(new Set(found).size).toBe(1);
		expect(found).not.toContain((await caseOf(stranger)).id);
		return found[0] as CaseId;
	}, patience);
	const seen = (await cases.find(id))?.items.map(({ platformName }) => platformName);
	expect(new Set(seen).size).toBe(2);

	await decided(id, "remove");
	for (const subject of early) expect((await told(subject)).at(-1)).toBe("remove");

	// From when the detector knows of the decision on; what comes before that is a case like any other.
	const near = await eventually(async () => {
		const subject = await upload(variant(first));
		await eventually(() => caseOf(subject), patience);
		expect((await cases.list({ lane: "copies", search: subject, limit: 1, offset: 0 }))[0]?.itemCount).toBe(1);
		return subject;
	}, patience);
	const nearer = await upload(variant(await copySample(first, "mirrored")));
	const same = await upload(await copySample(first, "resized"));
	await eventually(async () => {
		expect((await caseOf(nearer)).id).toBe((await caseOf(near)).id);
		expect((await caseOf(same)).id).toBe(id);
	}, patience);
	for (const subject of [near, nearer]) expect(await told(subject)).toEqual(["withhold"]);
	expect(await told(same)).toEqual(["remove"]);
	expect((await caseOf(same)).itemCount).toBe(early.length + 1);

	const now = new Date();
	const back = { userId: people[0], isLead: true, now, reason: "a mistake" };
	await cases.transition(id, { kind: "person", userId: people[0] }, now, (current) =>
		undoDecision(current, back, defaultPolicy),
	);
	for (const subject of [near, nearer]) expect(await told(subject)).toEqual(["withhold", "restore"]);
	expect(await told(same)).toEqual(["remove", "restore"]);
	for (const subject of early) expect((await told(subject)).filter((one) => one === "restore").length).toBeLessThan(2);
	const items = (await cases.find(id))?.items ?? [];
	for (const { state } of items) expect(["withheld", "restored"]).toContain(state);
	// The platform that answers hooks was told each order under one id.
	await eventually(() => {
		const orders = [...system.sample.orders.values()].map(({ order }) => `${order.itemId} ${order.version}`);
		expect(new Set(orders).size).toBe(orders.length);
		expect([...system.sample.orders.values()].some(({ order }) => order.reason.occasion === "standing-decision")).toBe(
			true,
		);
	}, patience);
}, 180_000);

test("copies of what people let be stay silent", async () => {
	const { cases, verdicts } = system.parts.stores;
	const picture = await drawSample(73);
	const first = await upload(picture);
	const { id } = await eventually(() => caseOf(first), patience);
	await decided(id, "restore");
	const sources = [system.platform.source, "//gallery.example"];
	await eventually(async () => {
		const subject = await upload(variant(picture));
		await eventually(async () => {
			const keys = sources.map((source) => ({ source, eventId: subject }));
			expect((await verdicts.findSettled(keys)).size).toBe(1);
		}, patience);
		expect(await cases.list({ search: subject, limit: 1, offset: 0 })).toEqual([]);
	}, patience);
}, 120_000);

test("what many accounts of two platforms send becomes one case by itself, and one decision reaches all of it and can be taken back", async () => {
	const { cases, outbreaks } = system.parts.stores;
	const picture = await drawSample(74);
	const kinds = ["identical", "recompressed", "resized", "brightened"] as const;
	doubts = false;
	const early: string[] = [];
	for (let at = 0; at < 16; at += 1)
		early.push(
			await upload(variant(await copySample(picture, kinds[at % kinds.length] ?? "identical")), `sender-${at}`),
		);
	const outbreak = await eventually(async () => {
		const [found, ...others] = await outbreaks.list(10);
		expect(others).toEqual([]);
		expect((found === undefined ? null : await outbreaks.picture(found.id))?.items).toBe(early.length);
		return found as Outbreak;
	}, patience);
	const { accounts, platforms } = await outbreaks.picture(outbreak.id);
	expect([accounts, platforms.length]).toEqual([16, 2]);
	const id = outbreak.caseId as CaseId;
	const events = (await cases.find(id))?.events.map(({ kind }) => kind) ?? [];
	expect(events.slice(0, 2)).toEqual(["opened", "outbreak"]);
	const undecided = await cases.list({ states: caseStates.filter(isUndecided), limit: 100, offset: 0 });
	expect(undecided.filter(({ openedAt }) => openedAt >= outbreak.foundAt)).toHaveLength(1);

	await decided(id, "remove");
	const removed = (await cases.find(id))?.items.map(({ subject }) => subject) ?? [];
	const states = async () => Object.keys((await outbreaks.picture(outbreak.id)).states);
	await eventually(async () => {
		for (const state of await states()) expect(["removed", "withheld"]).toContain(state);
	}, patience);
	await eventually(async () => {
		expect((await outbreaks.find(outbreak.id))?.ended?.because).toBe("decided");
	}, patience);
	const later = await upload(variant(picture), "late");
	await eventually(async () => expect(await told(later)).toEqual(["withhold"]), patience);
	expect(await outbreaks.list(10)).toHaveLength(1);

	const now = new Date();
	const back = { userId: people[0], isLead: true, now, reason: "a mistake" };
	await cases.transition(id, { kind: "person", userId: people[0] }, now, (current) =>
		undoDecision(current, back, defaultPolicy),
	);
	await eventually(async () => {
		expect(await states()).not.toContain("removed");
		expect(await told(later)).toEqual(["withhold", "restore"]);
	}, patience);
	// It may be noticed anew, now that nothing is decided of it: the other copies are before people then, too, and none of those was removed.
	for (const { subject, orders } of (await cases.find(id))?.items ?? []) {
		const actions = orders.map(({ action }) => action);
		expect(["withhold", "restore"]).toContain(actions.at(-1));
		expect(actions.filter((action) => action === "remove")).toHaveLength(removed.includes(subject) ? 1 : 0);
	}
	doubts = true;
}, 240_000);

test("a link that many accounts post with words of their own is one case; called harmful it has later posts read, one case an account, until that is taken back", async () => {
	const { cases, outbreaks } = system.parts.stores;
	const link = `https://${randomUUID()}.example/page`;
	const words = ["morning", "garden", "river", "window", "paper", "bicycle", "kitchen", "market", "cloud", "bridge"];
	let posts = 0;
	const post = (authorId = `poster-${randomUUID()}`) => {
		posts += 1;
		return settlePost(system, `My ${words[posts % words.length]} of number ${posts}: ${link}`, { authorId });
	};
	await Promise.all(Array.from({ length: 20 }, () => post()));
	const id = await eventually(async () => {
		const found = (await outbreaks.list(20)).filter(({ subject }) =>
			link.includes(subject.key.split("/", 1)[0] ?? "-"),
		);
		expect(found.map(({ subject }) => subject.kind)).toContain("link");
		expect(new Set(found.map(({ caseId }) => caseId)).size).toBe(1);
		return found[0]?.caseId as CaseId;
	}, patience);
	expect((await cases.find(id))?.items).toEqual([]);
	await decided(id, "remove");
	const isAsked = async (subject: string) =>
		(await cases.list({ lane: "copies", search: subject, limit: 1, offset: 0 }))[0];
	// From when the detector knows of the decision on.
	const one = await eventually(async () => {
		const later = await post("an");
		expect((await isAsked(later))?.itemCount).toBe(1);
		return later;
	}, patience);
	const [also, other] = [await post("an"), await post("binh")];
	expect((await caseOf(also)).id).toBe((await caseOf(one)).id);
	expect((await caseOf(other)).id).not.toBe((await caseOf(one)).id);
	expect((await cases.find((await caseOf(one)).id))?.items.map(({ text }) => text?.includes(link))).toEqual([
		true,
		true,
	]);
	for (const subject of [one, also, other]) expect(await told(subject)).toEqual([]);

	// What people let be of one account is nobody else's, nor is it that account's next post.
	const ofBinh = (await caseOf(other)).id;
	await decided(ofBinh, "restore");
	expect((await isAsked(await post("binh")))?.itemCount).toBe(1);

	const ofAn = (await caseOf(one)).id;
	const now = new Date();
	await cases.transition(id, { kind: "person", userId: people[0] }, now, (current) =>
		undoDecision(current, { userId: people[0], isLead: true, now, reason: "a mistake" }, defaultPolicy),
	);
	expect(await cases.find(ofAn)).toMatchObject({ state: "closed", items: [] });
	expect(await cases.find(ofBinh)).toMatchObject({ state: "decided", itemCount: 1 });
	const again = await cases.find(id);
	expect(again).toMatchObject({ state: "open", items: [] });
	expect(again?.specimens.map(({ subject }) => subject)).toEqual(expect.arrayContaining([one, also]));
	expect(await cases.list({ lane: "copies", limit: 100, offset: 0 })).toEqual([]);
	await eventually(async () => expect(await isAsked(await post("an"))).toBeUndefined(), patience);
}, 180_000);
