// One server under load, as its clients see it. Every answer is looked at: a fast wrong one does not count.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { quantile } from "../quantile.ts";

export interface Load {
	/** JPEG files. */
	readonly pictures: readonly Uint8Array[];
	readonly seconds: number;
	/** Known hashes in the bank. */
	readonly hashes: number;
	readonly say: (text: string) => void;
}

export interface Measured {
	readonly addsPerSecond: number;
	readonly lookUpsPerSecond: number;
	readonly lookUpP99Ms: number;
	readonly filesPerSecond: number;
	/** The slowest of several, from the answer to the addition. */
	readonly secondsUntilMatch: number;
}

const connections = 16;
const uploads = 4;
const additionsWatched = 5;
const bank = "BENCH";

export async function measure(url: string, load: Load): Promise<Measured> {
	await using api = createClient(url);
	await api.post("/c/banks", { name: bank });
	const known = Array.from({ length: load.hashes }, () => randomHash());
	load.say(`  adding ${known.length} hashes`);
	const addsPerSecond = await addAll(api, known);
	await untilMatches(api, known.at(-1) ?? "");
	load.say("  looking hashes up");
	const { perSecond: lookUpsPerSecond, p99Ms: lookUpP99Ms } = await lookUp(api, known, load.seconds);
	load.say("  hashing files and looking them up");
	const filesPerSecond = await lookUpFiles(api, load);
	load.say("  waiting for added hashes to match");
	return { addsPerSecond, lookUpsPerSecond, lookUpP99Ms, filesPerSecond, secondsUntilMatch: await watchAdditions(api) };
}

interface Client extends AsyncDisposable {
	get(path: string): Promise<Answer>;
	post(path: string, body: object): Promise<Answer>;
	upload(path: string, form: Form): Promise<Answer>;
}
type Answer = Readonly<Record<string, unknown>>;
interface Form {
	readonly type: string;
	readonly body: Buffer;
}

function createClient(url: string): Client {
	const pool = new Pool(url, { connections, pipelining: 1, bodyTimeout: 60_000, headersTimeout: 60_000 });
	const call = async (method: "GET" | "POST", path: string, type?: string, body?: string | Buffer): Promise<Answer> => {
		const headers = type === undefined ? {} : { "content-type": type };
		const answer = await pool.request({ method, path, headers, body: body ?? null });
		const text = await answer.body.text();
		if (answer.statusCode >= 300) throw new Error(`${method} ${path.split("?")[0]}: ${answer.statusCode} ${text}`);
		return JSON.parse(text);
	};
	return {
		get: (path) => call("GET", path),
		post: (path, body) => call("POST", path, "application/json", JSON.stringify(body)),
		upload: (path, { type, body }) => call("POST", path, type, body),
		[Symbol.asyncDispose]: () => pool.close(),
	};
}

function randomHash(): string {
	return randomBytes(32).toString("hex");
}

async function addAll(api: Client, hashes: readonly string[]): Promise<number> {
	const started = performance.now();
	await inParallel(4, hashes.values(), async (pdq) => {
		await api.post(`/c/bank/${bank}/signal`, { pdq });
	});
	return hashes.length / ((performance.now() - started) / 1_000);
}

const matches = async (api: Client, pdq: string) =>
	Object.keys(await api.get(`/m/lookup?signal_type=pdq&signal=${pdq}`)).includes(bank);

async function untilMatches(api: Client, pdq: string): Promise<number> {
	const started = performance.now();
	while (!(await matches(api, pdq))) await sleep(5);
	return (performance.now() - started) / 1_000;
}

/** Every other look-up is of a known hash, a few bits away. */
async function lookUp(api: Client, known: readonly string[], seconds: number) {
	const tookMs: number[] = [];
	const ask = async (turn: number) => {
		const isKnown = turn % 2 === 0;
		const started = performance.now();
		const isMatch = await matches(api, isKnown ? near(known[turn % known.length] ?? "") : randomHash());
		tookMs.push(performance.now() - started);
		if (isMatch !== isKnown) throw new Error("a look-up was answered wrong");
	};
	await inParallel(connections, turnsFor(1), ask);
	tookMs.length = 0;
	await inParallel(connections, turnsFor(seconds), ask);
	return { perSecond: tookMs.length / seconds, p99Ms: quantile(tookMs, 0.99) };
}

/** Two bits changed. */
function near(hash: string): string {
	return (Number.parseInt(hash.slice(0, 1), 16) ^ 3).toString(16) + hash.slice(1);
}

async function lookUpFiles(api: Client, { pictures, seconds }: Load): Promise<number> {
	const forms = pictures.map(toForm);
	let done = 0;
	const ask = async (turn: number) => {
		const form = forms[turn % forms.length];
		if (form === undefined) throw new Error("there are no pictures");
		const { pdq } = await api.upload("/m/lookup", form);
		if (typeof pdq !== "object") throw new Error("a file was answered without its hash");
		done += 1;
	};
	await inParallel(uploads, turnsFor(1), ask);
	done = 0;
	await inParallel(uploads, turnsFor(seconds), ask);
	return done / seconds;
}

function toForm(picture: Uint8Array): Form {
	const boundary = randomBytes(12).toString("hex");
	const head = `--${boundary}\r\ncontent-disposition: form-data; name="photo"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`;
	const body = Buffer.concat([Buffer.from(head), picture, Buffer.from(`\r\n--${boundary}--\r\n`)]);
	return { type: `multipart/form-data; boundary=${boundary}`, body };
}

async function watchAdditions(api: Client): Promise<number> {
	const tookSeconds: number[] = [];
	for (let addition = 0; addition < additionsWatched; addition += 1) {
		const pdq = randomHash();
		await api.post(`/c/bank/${bank}/signal`, { pdq });
		tookSeconds.push(await untilMatches(api, pdq));
	}
	return Math.max(...tookSeconds);
}

function* turnsFor(seconds: number): Generator<number> {
	const until = performance.now() + seconds * 1_000;
	for (let turn = 0; performance.now() < until; turn += 1) yield turn;
}

/** A closed loop: each of the workers asks again as soon as it is answered. */
async function inParallel<T>(workers: number, inputs: Iterator<T>, work: (input: T) => Promise<void>): Promise<void> {
	const worker = async () => {
		for (let next = inputs.next(); next.done !== true; next = inputs.next()) await work(next.value);
	};
	await Promise.all(Array.from({ length: workers }, worker));
}
