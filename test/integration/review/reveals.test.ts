// Looking at material over the review API: who may, how often, and what the record says of it. Pictures are rendered by a stand-in
// that says what it was asked for; real rendering is tested with adapters/sharp.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { clusterIdOf } from "../../../services/core/clusters/cluster-id.ts";
import { stillKey } from "../../../services/core/wire/media-key.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { type Answer, claimLeaseMs, openReview, type Person, password, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let ana: Person;
let binh: Person;
beforeAll(async () => {
	review = await openReview();
	ana = await review.newPerson("reviewer");
	binh = await review.newPerson("reviewer");
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

let caseId: string;
let itemId: string;
let fence: number;
beforeEach(async () => {
	const mediaKey = `evidence/${randomUUID()}`;
	review.media.set(mediaKey, Buffer.from("the original bytes"));
	({ caseId, itemId } = await review.addCase({ evidence: { text: null, mediaKey, mediaType: "image/jpeg" } }));
	fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
});

const ask = (person: Person, change: object = {}) =>
	person.post(`/api/cases/${caseId}/reveals`, { itemId, level: 2, fence, ...change });
const look = async (person: Person, change: object = {}) => {
	const { json } = await ask(person, change);
	return { revealId: json.revealId, picture: await person.get(`/api/media/${json.token}`), token: json.token };
};
const eventsOf = async (kind: string) => {
	const { events } = (await ana.get(`/api/cases/${caseId}`)).json;
	return events.filter((one: { kind: string }) => one.kind === kind);
};
const refusal = ({ status, json }: Answer) => [status, json.code];

describe("a reveal", () => {
	it("shows the picture at the level that was asked for, and nothing keeps it", async () => {
		const { picture } = await look(ana);
		expect(picture.status).toBe(200);
		expect(picture.body).toMatch(new RegExp(`^level 2 for ${ana.login} `));
		expect(picture.headers).toMatchObject({ "content-type": "image/webp", "cache-control": "no-store" });
	});

	it("is in the record before the picture is sent, with who, what and how closely", async () => {
		await look(ana, { level: 4 });
		expect(await eventsOf("revealed")).toMatchObject([
			{ actor: { userId: ana.id }, data: { itemId, level: 4, reason: null } },
		]);
	});

	it("that is only asked for and never fetched leaves no trace of a view", async () => {
		await ask(ana);
		expect(await eventsOf("revealed")).toEqual([]);
	});

	it("can be fetched once", async () => {
		const { token } = await look(ana);
		expect(refusal(await ana.get(`/api/media/${token}`))).toEqual([404, "not-found"]);
		expect(await eventsOf("revealed")).toHaveLength(1);
	});

	it("can be fetched within thirty seconds", async () => {
		const { json } = await ask(ana);
		review.pass(30_000);
		expect((await ana.get(`/api/media/${json.token}`)).status).toBe(404);
	});

	it("cannot be fetched in another session, not even of the same person", async () => {
		const { json } = await ask(ana);
		const elsewhere = await review.logIn(ana.login);
		expect((await elsewhere.get(`/api/media/${json.token}`)).status).toBe(404);
		expect((await ana.get(`/api/media/${json.token}`)).status).toBe(404);
	});

	it("can be fetched from, and ended at, another review process than the one that was asked: once in all", async () => {
		const own = { cookie: ana.cookie, csrfToken: ana.csrfToken };
		const { json } = await ask(ana);
		const url = `/api/media/${json.token}`;
		const [here, there] = await Promise.all([ana.get(url), review.sendElsewhere("GET", url, own)]);
		expect([here.status, there.status].toSorted()).toEqual([200, 404]);
		const end = { ...own, body: { durationMs: 0 } };
		const path = `/api/cases/${caseId}/reveals/${json.revealId}/end`;
		expect((await review.sendElsewhere("POST", path, end)).status).toBe(204);
		expect([await eventsOf("revealed"), await eventsOf("hidden")]).toMatchObject([[{}], [{}]]);
	});

	it("cannot be fetched once the claim has run out or was given back", async () => {
		review.pass(claimLeaseMs - 10_000);
		const { json } = await ask(ana);
		review.pass(10_000);
		expect(refusal(await ana.get(`/api/media/${json.token}`))).toEqual([409, "claim-lost"]);
		expect(await eventsOf("revealed")).toEqual([]);
	});

	it("is for whoever holds the case, under the newest fence", async () => {
		expect(refusal(await ask(binh))).toEqual([409, "claim-lost"]);
		expect(refusal(await ask(ana, { fence: fence - 1 }))).toEqual([409, "claim-lost"]);
	});

	it("is of an item of that case", async () => {
		expect(refusal(await ask(ana, { itemId: "019ab000-0000-7000-8000-000000000000" }))).toEqual([404, "not-found"]);
	});

	it("of bytes that are gone, or that make no picture, says so and counts as no view", async () => {
		const [broken, missing] = [`evidence/${randomUUID()}`, `evidence/${randomUUID()}`];
		review.media.set(broken, Buffer.alloc(0));
		for (const mediaKey of [broken, missing]) {
			const one = await review.addCase({ evidence: { text: null, mediaKey, mediaType: null } });
			caseId = one.caseId;
			fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
			const { picture } = await look(ana, { itemId: one.itemId });
			expect(refusal(picture)).toEqual([422, "no-preview"]);
			expect(await eventsOf("revealed")).toEqual([]);
		}
	});
});

describe("members of the case's clusters", () => {
	let likeId: string;
	beforeEach(async () => {
		const medoid = digest(`medoid of ${randomUUID()}`);
		const cluster = { clusterId: clusterIdOf(medoid), medoid, type: "pdq" } as const;
		const confirmed = { ...cluster, degree: "confirmed", distanceBits: 4 } as const;
		const suggested = { ...cluster, degree: "suggested", distanceBits: 25 } as const;
		const member = async (membership: typeof confirmed | typeof suggested, mediaType = "image/jpeg") => {
			const mediaKey = `evidence/${randomUUID()}`;
			review.media.set(mediaKey, Buffer.from(`bytes of a ${membership.degree} one`));
			return review.addCase({ memberships: [membership], evidence: { text: null, mediaKey, mediaType } });
		};
		await member(confirmed);
		const like = await member(suggested);
		// Of a video there is nothing to see on a sheet, and of what people never had to see nothing is kept.
		await member(confirmed, "video/mp4");
		({ caseId, itemId } = await member(confirmed));
		fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
		likeId = like.itemId;
	});

	it("are told in numbers, and shown together at the level that was asked for", async () => {
		const { cluster: told } = (await ana.get(`/api/cases/${caseId}`)).json;
		expect(told).toMatchObject({ members: 3, suggested: 1, strip: { confirmed: 2, suggested: 1 } });
		const { picture } = await look(ana, { strip: "confirmed", level: 3 });
		expect(picture.body).toMatch(new RegExp(`^level 3 for ${ana.login} `));
		expect(picture.body).toMatch(/ of bytes of a confirmed one, bytes of a confirmed one$/);
	});

	it("are in the record one by one, and count as so many views", async () => {
		const views = async () => (await ana.get("/api/session")).json.exposure.views;
		const before = await views();
		await look(ana, { strip: "confirmed" });
		expect((await views()) - before).toBe(2);
		const { revealId } = await look(ana, { strip: "suggested" });
		const [, event] = await eventsOf("revealed");
		expect(event.data).toMatchObject({ itemId, level: 2, members: [likeId] });
		await ana.post(`/api/cases/${caseId}/reveals/${revealId}/end`, { durationMs: 10 });
		expect(await eventsOf("hidden")).toHaveLength(1);
	});

	it("are never shown in full together", async () => {
		const full = { strip: "confirmed", level: 5, reason: "because", password };
		expect(refusal(await ask(ana, full))).toEqual([422, "no-preview"]);
	});

	it("are for whoever holds the case", async () => {
		expect(refusal(await ask(binh, { strip: "confirmed" }))).toEqual([409, "claim-lost"]);
	});
});

describe("a video", () => {
	const videoKey = () => `evidence/${randomUUID()}`;
	const addVideo = async (stillsMs: readonly number[]) => {
		const mediaKey = videoKey();
		review.media.set(mediaKey, Buffer.from("the video itself"));
		// One of them could not be made.
		for (const atMs of stillsMs.slice(0, 2))
			review.media.set(stillKey(mediaKey, atMs), Buffer.from(`still at ${atMs}`));
		const video = { durationMs: 60_000, stillsMs };
		const one = await review.addCase({ evidence: { text: null, mediaKey, mediaType: "video/mp4", video } });
		({ caseId, itemId } = one);
		fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
	};

	it("is seen by its stills, in order of time or one at a time, and its own bytes are never drawn from", async () => {
		await addVideo([30_000, 1_000, 59_000]);
		for (const level of [1, 2, 3, 4])
			expect((await look(ana, { level })).picture.body).toMatch(/ of still at 1000, still at 30000$/);
		expect((await look(ana, { stillMs: 30_000 })).picture.body).toMatch(/ of still at 30000$/);
		expect(refusal((await look(ana, { stillMs: 59_000 })).picture)).toEqual([422, "no-preview"]);
		expect(refusal(await ask(ana, { stillMs: 2_000 }))).toEqual([422, "no-preview"]);
		const views = await eventsOf("revealed");
		expect(views.map(({ data }: { data: { stillMs?: number } }) => data.stillMs ?? null)).toEqual([
			...[null, null, null, null],
			30_000,
		]);
	});

	it("without stills is shown at no level", async () => {
		await addVideo([]);
		expect(refusal(await ask(ana))).toEqual([422, "no-preview"]);
		expect((await ana.get(`/api/cases/${caseId}`)).json.items[0].revealLevels).toEqual([]);
	});
});

describe("the full picture", () => {
	it("asks for a reason and the password, and the reason is in the record", async () => {
		const reason = "the face decides";
		const { picture } = await look(ana, { level: 5, reason, password });
		expect(picture.body).toMatch(/^level 5/);
		expect(await eventsOf("revealed")).toMatchObject([{ data: { level: 5, reason } }]);
	});

	it.each([
		["without a reason", { password }, [400, "malformed-request"]],
		["without the password", { reason: "because" }, [400, "malformed-request"]],
		["with a wrong password", { reason: "because", password: "guess" }, [401, "bad-login"]],
	])("is refused %s", async (_name, given, expected) => {
		expect(refusal(await ask(ana, { level: 5, ...given }))).toEqual(expected);
	});

	it("is no place to guess passwords", async () => {
		const guess = { level: 5, reason: "because", password: "guess" };
		await ana.post(`/api/cases/${caseId}/release`, { fence });
		fence = (await binh.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
		const answers: Answer[] = [];
		for (let attempt = 0; attempt < 21; attempt += 1) answers.push(await ask(binh, guess));
		expect(refusal(answers.at(-1) as Answer)).toEqual([429, "rate-limited"]);
	});
});

describe("a text", () => {
	it("comes with the answer, and reading it is a view", async () => {
		const text = "the words of the post";
		const post = await review.addCase({ kind: "post", evidence: { text, mediaKey: null, mediaType: null } });
		({ caseId, itemId } = post);
		fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
		const { status, json } = await ask(ana, { level: 4 });
		expect([status, json.token, json.text]).toEqual([201, null, text]);
		expect(await eventsOf("revealed")).toMatchObject([{ data: { level: 4 } }]);
		expect(refusal(await ask(ana, { level: 2 }))).toEqual([422, "no-preview"]);
	});
});

describe("the end of a view", () => {
	const end = (person: Person, revealId: string, durationMs: number) =>
		person.post(`/api/cases/${caseId}/reveals/${revealId}/end`, { durationMs });

	it("is recorded with how long it was seen, and adds to the person's exposure", async () => {
		const before = (await ana.get("/api/session")).json.exposure;
		const { revealId } = await look(ana);
		review.pass(4_000);
		expect((await end(ana, revealId, 3_500)).status).toBe(204);
		expect(await eventsOf("hidden")).toMatchObject([{ data: { revealId, itemId, durationMs: 3_500 } }]);
		const { exposure } = (await ana.get("/api/session")).json;
		expect([exposure.views - before.views, exposure.seconds - before.seconds]).toEqual([1, 3.5]);
	});

	it("cannot claim longer than it can have been", async () => {
		const { revealId } = await look(ana);
		review.pass(2_000);
		await end(ana, revealId, 86_000_000);
		expect(await eventsOf("hidden")).toMatchObject([{ data: { durationMs: 2_000 } }]);
	});

	it("is told once, by the one who looked", async () => {
		const { revealId } = await look(ana);
		expect(refusal(await end(binh, revealId, 5))).toEqual([404, "not-found"]);
		expect((await end(ana, revealId, 5)).status).toBe(204);
		expect(refusal(await end(ana, revealId, 5))).toEqual([404, "not-found"]);
	});

	it("may be told after the claim has ended", async () => {
		const { revealId } = await look(ana);
		review.pass(claimLeaseMs);
		expect((await end(ana, revealId, 1_000)).status).toBe(204);
	});
});

describe("words in a picture or document", () => {
	const words = [{ path: "page 1", isTyped: true, text: "hái quả bưởi tím", places: [{ from: 4, to: 16 }] }];
	beforeEach(async () => {
		const evidence = { text: null, mediaKey: `evidence/${randomUUID()}`, mediaType: "application/pdf", words };
		({ caseId, itemId } = await review.addCase({ evidence }));
		fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
	});

	it("come with the answer at the level of texts, once the record says so", async () => {
		const { status, json } = await ask(ana, { level: 4, words: true });
		expect([status, json.words, json.token, json.text]).toEqual([201, words, null, null]);
		expect(await eventsOf("revealed")).toMatchObject([{ data: { itemId, level: 4, words: true } }]);
	});

	it("are at no other level, not on the page of the case, and nobody else's to read", async () => {
		expect(refusal(await ask(ana, { level: 3, words: true }))).toEqual([422, "no-preview"]);
		expect((await ask(binh, { level: 4, words: true })).status).not.toBe(201);
		const { json } = await ana.get(`/api/cases/${caseId}`);
		expect(json.items[0].wordsToRead).toBe(1);
		expect(JSON.stringify(json)).not.toContain("bưởi");
	});

	it("are nowhere where nothing was named", async () => {
		({ caseId, itemId } = await review.addCase({
			evidence: { text: null, mediaKey: "evidence/x", mediaType: "image/jpeg" },
		}));
		fence = (await ana.post(`/api/cases/${caseId}/claim`)).json.claim.fence;
		expect(refusal(await ask(ana, { level: 4, words: true }))).toEqual([422, "no-preview"]);
	});
});
