// Server-sent events of the review API over a real connection, fed by changes of a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { LiveEvent } from "../../../services/core/wire/review-api.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { takeAway } from "../../support/test-database.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let url: string;
let ana: Person;
const closing = createClosing();
beforeAll(async () => {
	review = await openReview();
	closing.keep(review);
	url = await review.server.listen({ host: "127.0.0.1", port: 0 });
	ana = await review.newPerson("reviewer");
});
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
});

interface OpenPage extends AsyncDisposable {
	readonly events: readonly LiveEvent[];
	readonly headers: Headers;
	isEnded(): boolean;
}

const lanesOf = (event: LiveEvent) => (event.kind === "lanes-changed" ? [event.lanes] : []);

async function openPage(person: Person): Promise<OpenPage> {
	const abort = new AbortController();
	const answer = await fetch(`${url}/api/events`, { headers: { cookie: person.cookie }, signal: abort.signal });
	const events: LiveEvent[] = [];
	let ended = false;
	const read = (async () => {
		let text = "";
		for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
			const parts = (text + chunk).split("\n\n");
			text = parts.pop() ?? "";
			for (const part of parts) if (part.startsWith("data: ")) events.push(JSON.parse(part.slice(6)));
		}
	})()
		.catch(() => undefined)
		.finally(() => {
			ended = true;
		});
	await eventually(() => events.length > 0, soon);
	return {
		events,
		headers: answer.headers,
		isEnded: () => ended,
		async [Symbol.asyncDispose]() {
			abort.abort();
			await read;
		},
	};
}

describe("an open page", () => {
	it("hears of a new case and of the lanes", async () => {
		await using page = await openPage(ana);
		expect(page.events[0]).toMatchObject({ kind: "hello" });
		const { caseId } = await review.addCase();
		await eventually(() => page.events.some((one) => one.kind === "case-changed" && one.caseId === caseId), soon);
		await eventually(() => page.events.flatMap(lanesOf).length > 0, soon);
		const [lanes] = page.events.flatMap(lanesOf);
		expect(lanes?.find(({ lane }) => lane === "known")?.count).toBeGreaterThanOrEqual(1);
	});

	it("hears what another person does to a case", async () => {
		const { caseId } = await review.addCase();
		const binh = await review.newPerson("reviewer");
		await using page = await openPage(ana);
		await binh.post(`/api/cases/${caseId}/claim`);
		await eventually(() => page.events.some((one) => one.kind === "case-changed" && one.caseId === caseId), soon);
	});

	it("of an operator hears of lanes, and of no case", async () => {
		const operator = await review.newPerson("operator");
		await using page = await openPage(operator);
		await review.addCase();
		await eventually(() => page.events.some((one) => one.kind === "lanes-changed"), soon);
		expect(page.events.filter((one) => one.kind === "case-changed")).toEqual([]);
	});

	it("hears that the record is away, and a hello when it is back: of what changed meanwhile nobody told it", async () => {
		await using page = await openPage(ana);
		const hellos = () => page.events.filter(({ kind }) => kind === "hello").length;
		const isTold = () => page.events.some(({ kind }) => kind === "record-away");
		const before = hellos();
		{
			await using _away = await takeAway(review.databaseUrl);
			await eventually(isTold, soon);
			expect(hellos()).toBe(before);
		}
		await eventually(() => hellos() > before, soon);
	});

	it("gets one look at the lanes for a burst of changes", async () => {
		await using page = await openPage(ana);
		const { caseId } = await review.addCase();
		for (let note = 0; note < 10; note += 1) await ana.post(`/api/cases/${caseId}/comment`, { text: "noted" });
		await eventually(() => page.events.filter((one) => one.kind === "case-changed").length >= 10, soon);
		const looks = page.events.filter((one) => one.kind === "lanes-changed").length;
		expect(looks).toBeLessThan(10);
	});

	it("is told not to keep anything, and not to buffer on the way", async () => {
		await using page = await openPage(ana);
		expect(page.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		expect([page.headers.get("cache-control"), page.headers.get("x-accel-buffering")]).toEqual(["no-store", "no"]);
	});

	it("does not keep the process from ending", async () => {
		const other = await openReview();
		const otherUrl = await other.server.listen({ host: "127.0.0.1", port: 0 });
		const person = await other.newPerson("reviewer");
		const answer = await fetch(`${otherUrl}/api/events`, { headers: { cookie: person.cookie } });
		const text = answer.text();
		await other[Symbol.asyncDispose]();
		expect(await text).toContain('"kind":"hello"');
	});
});
