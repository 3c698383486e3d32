// The console in a real Chromium, on the whole system with a database of its own: cases come from pictures and posts that really
// went through intake and detector, decisions really reach a platform. Pictures are generated shapes; some play known ones.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../services/adapters/sharp/image-examiner.ts";
import { caseStates } from "../../services/core/cases/case.ts";
import { hashTerm } from "../../services/core/hashes/term/term-hash.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import type { BankId, CaseId } from "../../services/core/ids.ts";
import type { Role } from "../../services/core/people/user.ts";
import { decideVerdict } from "../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import type { CaseSummary } from "../../services/core/ports/case-store.ts";
import { matchedSignal } from "../../services/core/signals/matched/matched.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { stillKey } from "../../services/core/wire/media-key.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { newMatch } from "../support/bank-fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { startTestSystem, type TestSystem, type TestSystemOptions } from "../support/test-system.ts";

export const password = "correct horse battery staple";
export const knownText = "Một câu vô hại đóng vai văn bản đã biết.";
export const patience = { withinMs: 30_000 };

/** Without windows: the browser with them draws tabs and a toolbar for each page, which took half of these suites' time of a processor. */
const shell = "/usr/bin/chromium-headless-shell";
const chromiumPath = existsSync(shell) ? shell : "/usr/bin/chromium";
const chromiumFlags = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

export function launchBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
}

export interface ConsoleFixture extends AsyncDisposable {
	readonly system: TestSystem;
	readonly url: string;
	/** A login of a new person with these roles. */
	addPerson(displayName: string, ...roles: readonly Role[]): Promise<string>;
	openPage(options?: BrowserContextOptions): Promise<Page>;
	/** A page of this person, past the login. */
	signedIn(login: string, options?: BrowserContextOptions): Promise<Page>;
	/** Three near copies of one known picture: one case of tier K2, everything withheld. */
	addKnownPictures(): Promise<CaseId>;
	/** Near one source's entry: tier K3, visible, and two people must agree to remove it. */
	addProbablePicture(): Promise<CaseId>;
	addKnownPost(): Promise<CaseId>;
	/** A text in which a list knows the term. */
	addPostWith(term: string, text: string): Promise<CaseId>;
	/** Cannot be examined. */
	addBrokenPicture(): Promise<CaseId>;
	/** A model's score over its threshold; written to the record as a detector would, since no model runs here. */
	addScoredPicture(): Promise<CaseId>;
	/** One that shows a known picture for two seconds of its minute. */
	addVideo(): Promise<CaseId>;
}

/** `page`: a folder with another build of the console, shown in place of the one that review serves. */
export async function startConsole(
	env: Readonly<Record<string, string>> = {},
	{ page: folder, ...options }: Omit<TestSystemOptions, "env"> & { readonly page?: string } = {},
): Promise<ConsoleFixture> {
	const closing = createClosing();
	const system = closing.keep(await startTestSystem({ ...options, env }));
	const browser = await launchBrowser();
	closing.keep({ [Symbol.asyncDispose]: () => browser.close() });
	const passwordHash = await hashPassword(password);
	const url = system.urlOf("review");
	const openPage = async (options: BrowserContextOptions = {}) => {
		const context = await browser.newContext({
			viewport: { width: 1440, height: 900 },
			locale: "en-GB",
			...options,
		});
		if (folder !== undefined) await showBuild(context, url, folder);
		const page = await context.newPage();
		page.setDefaultTimeout(15_000);
		await page.goto(url);
		return page;
	};
	return {
		system,
		url,
		openPage,
		async addPerson(displayName, ...roles) {
			const login = `user-${randomUUID().slice(0, 8)}`;
			await system.parts.stores.users.create({ login, displayName, roles, passwordHash });
			return login;
		},
		async signedIn(login, options) {
			const page = await openPage(options);
			await page.fill("[name=login]", login);
			await page.fill("[name=password]", password);
			await page.keyboard.press("Enter");
			await page.locator(".top-bar").waitFor();
			return page;
		},
		...createCases(system),
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

async function showBuild(context: BrowserContext, url: string, folder: string): Promise<void> {
	await context.route(`${url}/`, (route) => route.fulfill({ path: join(folder, "index.html") }));
	await context.route(`${url}/assets/*`, (route) =>
		route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
	);
}

type Cases = Pick<
	ConsoleFixture,
	| "addKnownPictures"
	| "addProbablePicture"
	| "addKnownPost"
	| "addPostWith"
	| "addBrokenPicture"
	| "addScoredPicture"
	| "addVideo"
>;

function createCases(system: TestSystem): Cases {
	let seed = Date.now() % 1_000_000;
	const nextSeed = () => {
		seed += 1;
		return seed;
	};
	return {
		async addKnownPictures() {
			const picture = await drawSample(nextSeed());
			await addEntries(system, await system.createBank(), { pdq: await pdqOf(system, picture) });
			const copies = [picture, await copySample(picture, "recompressed"), await copySample(picture, "mirrored")];
			const subjects: string[] = [];
			for (const copy of copies) subjects.push(await sendMatching(system, copy));
			return (await eventually(() => caseWith(system, subjects[0] ?? "", copies.length), patience)).id;
		},
		async addProbablePicture() {
			const picture = await drawSample(nextSeed());
			const pdq = await pdqOf(system, picture);
			await addEntries(system, await system.createBank({ trusted: false, category: "adult" }), { pdq });
			return (await caseOfNew(system, await sendMatching(system, await copySample(picture, "resized")))).id;
		},
		async addKnownPost() {
			const text = `${knownText} ${nextSeed()}`;
			const hash = hashText(text);
			if (hash === null) throw new Error("the text has a hash");
			await addEntries(system, await system.createBank(), { text: hash });
			return (await caseOfNew(system, await sendUntilCase(system, () => sendPost(system, text)))).id;
		},
		async addPostWith(term, text) {
			const hash = hashTerm(term);
			if (typeof hash === "string") throw new Error(hash);
			await addEntries(system, await system.createBank(), { term: hash });
			return (await caseOfNew(system, await sendUntilCase(system, () => sendPost(system, text)))).id;
		},
		async addBrokenPicture() {
			const picture = await drawSample(nextSeed());
			return (await caseOfNew(system, await sendPicture(system, picture.subarray(0, 900)))).id;
		},
		async addScoredPicture() {
			const picture = await drawSample(nextSeed());
			const { id, source } = system.platform;
			const mediaKey = `evidence/${randomUUID()}`;
			await system.parts.mediaStore().put(mediaKey, picture, 10_000_000);
			const subject = `media/${randomUUID()}`;
			await system.parts.stores.verdicts.record([
				newItem(id, source, {
					subject,
					authorId: "author-7",
					clusterKey: randomUUID(),
					surface: "group",
					country: "VN",
					evidence: { text: null, mediaKey, mediaType: "image/jpeg" },
					verdict: newVerdict({
						tier: "M",
						action: "review",
						urgency: 48,
						category: "adult",
						signals: [
							{ kind: "clear", detector: "hash", version: "pdq-1" },
							{
								kind: "scored",
								detector: "model",
								version: "test@1",
								model: "test",
								backend: "none",
								category: "adult",
								probability: 0.914,
								labels: { Neutral: 0.05, Drawing: 0.036, Sexy: 0.2 },
							},
						],
					}),
				}),
			]);
			return (await caseOfNew(system, subject)).id;
		},
		addVideo: () => addVideo(system, nextSeed),
	};
}

/** A minute, in which a known picture is at two places. Of its stills the last could not be made. */
async function addVideo(system: TestSystem, nextSeed: () => number): Promise<CaseId> {
	const { id, source } = system.platform;
	const mediaKey = `evidence/${randomUUID()}`;
	const stillsMs = [14_000, 41_000, 3_333, 23_333, 50_000, 56_666];
	for (const atMs of stillsMs.slice(0, -1))
		await system.parts.mediaStore().put(stillKey(mediaKey, atMs), await drawSample(nextSeed()), 10_000_000);
	const subject = `media/${randomUUID()}`;
	const shown = [
		{ fromMs: 14_000, toMs: 15_200 },
		{ fromMs: 41_000, toMs: 42_000 },
	];
	const verdict = decideVerdict([matchedSignal("hash", "pdq-1", newMatch({ shown }))], "public", defaultPolicy);
	const video = { durationMs: 60_000, stillsMs };
	await system.parts.stores.verdicts.record([
		newItem(id, source, {
			...{ subject, authorId: "author-9", clusterKey: randomUUID(), surface: "public", verdict },
			evidence: { text: null, mediaKey, mediaType: "video/mp4", video },
		}),
	]);
	return (await caseOfNew(system, subject)).id;
}

interface Hashes {
	readonly text?: Uint8Array;
	readonly term?: Uint8Array;
	readonly pdq?: PdqHash;
}
interface PdqHash {
	readonly hash: Uint8Array;
	readonly quality: number;
}

async function pdqOf(system: TestSystem, picture: Uint8Array): Promise<PdqHash> {
	const limits = { maxBytes: 1e7, maxPixels: 1e7, timeoutMs: 20_000, maxFrames: 1 };
	await using examiner = createImageExaminer({ workers: 1, modelSize: 224, limits, logger: system.parts.logger });
	const { hashes } = await examiner.examine(picture, new AbortController().signal);
	if (hashes.pdq === null) throw new Error("the picture has a PDQ hash");
	return hashes.pdq;
}

async function addEntries(system: TestSystem, bank: BankId, { text, term, pdq }: Hashes): Promise<void> {
	const base = { opinion: { source: "test", kind: "positive" }, externalId: null, note: null } as const;
	const entries = [
		...(text === undefined ? [] : [{ ...base, hashType: "text" as const, hash: text, quality: null }]),
		...(term === undefined ? [] : [{ ...base, hashType: "text-term" as const, hash: term, quality: null }]),
		...(pdq === undefined ? [] : [{ ...base, hashType: "pdq" as const, hash: pdq.hash, quality: pdq.quality }]),
	];
	await system.parts.stores.banks.addEntries(bank, entries, "test");
}

/** The detector follows the banks on its own time: what is sent before it has caught up is settled without a case, and sent anew. */
async function sendUntilCase(system: TestSystem, send: () => Promise<string>): Promise<string> {
	return eventually(async () => {
		const subject = await send();
		const key = { source: system.platform.source, eventId: subject.slice(subject.indexOf("/") + 1) };
		await eventually(async () => (await system.parts.stores.verdicts.findSettled([key])).size === 1, patience);
		await caseWith(system, subject, 1);
		return subject;
	}, patience);
}

const sendMatching = (system: TestSystem, picture: Uint8Array) =>
	sendUntilCase(system, () => sendPicture(system, picture));
const caseOfNew = (system: TestSystem, subject: string) => eventually(() => caseWith(system, subject, 1), patience);

async function caseWith(system: TestSystem, subject: string, items: number): Promise<CaseSummary> {
	const [found] = await system.parts.stores.cases.list({ search: subject, states: caseStates, limit: 1, offset: 0 });
	if (found === undefined || found.itemCount < items) throw new Error("no such case yet");
	return found;
}

async function sendPost(system: TestSystem, text: string): Promise<string> {
	const id = randomUUID();
	const subject = `post/${id}`;
	await intake(
		system,
		"/v1/events",
		{ "content-type": "application/json" },
		JSON.stringify({
			specversion: "1.0",
			type: eventTypes.postPublished,
			source: system.platform.source,
			id,
			subject,
			time: new Date().toISOString(),
			data: { text, authorId: "tai-khoan-12", surface: "public" },
		}),
	);
	return subject;
}

async function sendPicture(system: TestSystem, bytes: Uint8Array): Promise<string> {
	const id = randomUUID();
	const subject = `media/${id}`;
	await intake(
		system,
		"/v1/media",
		{
			"content-type": "image/jpeg",
			"ce-specversion": "1.0",
			"ce-type": eventTypes.mediaUploaded,
			"ce-source": system.platform.source,
			"ce-id": id,
			"ce-subject": subject,
			"ce-time": new Date().toISOString(),
			"ce-authorid": `author-${id.slice(0, 4)}`,
			"ce-surface": "public",
		},
		Buffer.from(bytes),
	);
	return subject;
}

async function intake(system: TestSystem, path: string, headers: Record<string, string>, body: string | Buffer) {
	const authorization = `Bearer ${system.apiKey}`;
	const { status } = await fetch(`${system.urlOf("intake")}${path}`, {
		method: "POST",
		headers: { authorization, ...headers },
		body,
	});
	if (status !== 202) throw new Error(`intake answered ${status}`);
}

/** Ids of the accessibility rules that the page breaks, each with the elements that break it. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
	await page.evaluate(axe.source);
	const found: unknown = await page.evaluate(
		"axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))",
	);
	return Array.isArray(found) ? found.map(String) : ["axe gave no answer"];
}

const shots = join(tmpdir(), "breakwater-console");
mkdirSync(shots, { recursive: true });

/** For people to look at; nothing compares them. */
export async function keepPicture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: join(shots, `${name}.png`) });
}

export async function widthOfContent(page: Page): Promise<number> {
	return Number(await page.evaluate("document.documentElement.scrollWidth"));
}
