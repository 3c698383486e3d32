// The command line as a stranger meets it, on a database of its own. What logs, serves or is typed into runs as a process of its own.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { breakwater, breakwaterTyping } from "../../support/cli-in-process.ts";
import { createEmptyDatabase, type TestDatabase } from "../../support/test-database.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
	database = await createEmptyDatabase();
	folder = await mkdtemp(join(tmpdir(), "breakwater-cli-"));
	Object.assign(process.env, settings());
});
afterAll(async () => {
	for (const name of Object.keys(settings())) delete process.env[name];
	await database[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

interface Outcome {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

const password = "correct horse battery staple";

const settings = () => ({
	BREAKWATER_DATABASE_URL: database.url,
	BREAKWATER_DATA_DIR: folder,
	BREAKWATER_MODEL_BACKEND: "off",
});

/** As a process of its own, with these settings, too. */
function runBeside(more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Outcome> {
	const env = { ...process.env, ...more };
	return new Promise((resolve) => {
		const main = fromPackageRoot("dist/services/cli/main.js");
		execFile(process.execPath, [main, ...args], { env }, (error, out, err) => {
			resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
		});
	});
}

/** As if everybody had changed the password that came with the login. */
async function letAllHaveChosen(): Promise<void> {
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	await client.query("UPDATE users SET is_password_first = false");
	await client.end();
}

/** On a port of its own choice. */
async function listen(): Promise<AsyncDisposable & { readonly port: number }> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("it has no port");
	return { port: address.port, [Symbol.asyncDispose]: async () => void server.close() };
}

describe("wrong usage says what is wrong and exits with 2", () => {
	test.each([
		[["nonsense"], /unknown command 'nonsense'/],
		[["bank", "--json"], /"a command is missing: ask for --help without --json"/],
		[["bank", "create", "x"], /required option '--category/],
		[["hash"], /missing required argument 'path'/],
		[["bank", "remove", "x"], /required option '--yes'/],
		[["matcher", "--open", "--host", "0.0.0.0"], /--open takes no keys, so it listens on this machine only/],
		[["matcher", "--port", "many"], /--port is a number/],
		[["scan", ".", "--text"], /--text needs --bank <file.csv>: texts are only looked up among known ones/],
		[["scan", ".", "--lines"], /--lines goes with --text/],
		[["scan", ".", "--text", "--bank", "a.csv", "--wide", "5"], /--wide is for pictures/],
		[["bank", "export", "x", "--format", "xml"], /Allowed choices are csv, jsonl, threatexchange/],
		[["platform", "add", "p", "--source", "//p", "--webhook", "ftp://p"], /must be an http or https URL/],
		[
			["platform", "add", "Bad Name", "--source", "//p"],
			/name is of lower-case letters, digits and dashes.*not "Bad Name"/,
		],
		[["user", "add", "", "--role", "lead"], /login.*It is a login, of one line/],
		[["breakers", "open", "all", "--reason", " "], /--reason.*It is a text for whoever looks at it/],
		[["breakers", "close", "all", "--reason", "x".repeat(501)], /at most 500 characters/],
		[["bank", "import", "x", "list.csv", "--source", ""], /--source.*It is the name of whoever says so/],
		[["bank", "add", "x", "a.jpg", "--source", "a\u001b[31mb"], /It is the name of whoever says so, of one line/],
		[["platform", "add", "p", "--source", ""], /--source.*It is a URI as its events name it/],
		[["platform", "add", "p", "--source", "x".repeat(513)], /at most 512 characters/],
		[["platform", "add", "a".repeat(64), "--source", "//p"], /at most 63/],
		[["user", "add", "an", "--role", "boss"], /there is no role boss; there are: reviewer, lead, operator/],
		[["dead-letters", "replay"], /name ids, --reason, --since, --until or --all/],
		[["start", "--roles", "juggler"], /there is no role juggler/],
		[["bank", "history", "x", "--limit", "all"], /--limit.*It is a whole number from 1/],
		[["dead-letters", "list", "--state", "lost"], /Allowed choices are parked, replayed, discarded/],
		[
			["bank", "create", "x", "--category", "cssam"],
			/there is no category cssam \(is it csam\?\); one of your own takes --new-category/,
		],
		[["bank", "create", "x", "--category", "gardening"], /there are: csam, ncii, terrorism, adult, offensive, other/],
		[["bank", "create", "x", "--category", "csam", "--kind", "exemt"], /Allowed choices are known, exempt/],
		[["demo", "--rate", "0"], /--rate.*It is a whole number from 1/],
	])("%j", async (args, message) => {
		const { code, err } = await breakwater(...args);
		expect(code).toBe(2);
		expect(err).toMatch(message);
	});
});

describe("what fails says why and exits with 1", () => {
	test.each([
		[["hash", "/no/such/file"], /no such file or folder/],
		[["bank", "import", "missing", "x.csv"], /there is no bank missing/],
		[["bank", "history", "never"], /there never was a bank never/],
		[["bank", "approve", "1"], /there is no import 1; see `breakwater bank drafts --all`/],
	])("%j", async (args, message) => {
		const { code, err } = await breakwater(...args);
		expect(code).toBe(1);
		expect(err).toMatch(message);
		expect(err).not.toMatch(/\n\s+at /);
	});
});

test("a bank is created, filled from pictures and a file, listed, disabled and removed", async () => {
	const picture = join(folder, "picture.jpg");
	await writeFile(picture, await drawSample(9));
	expect((await breakwater("bank", "create", "known", "--category", "test", "--new-category", "--trusted")).out).toBe(
		"created bank known\n",
	);
	expect((await breakwater("bank", "create", "known", "--category", "test", "--new-category")).err).toMatch(
		/there is a bank of that name/,
	);
	expect(JSON.parse((await breakwater("bank", "add", "known", picture, "--json")).out)).toMatchObject({
		added: 2,
		changed: 0,
		same: 0,
	});
	expect(JSON.parse((await breakwater("bank", "add", "known", picture, "--json")).out)).toMatchObject({
		added: 0,
		same: 2,
	});
	const file = join(folder, "hashes.csv");
	await writeFile(file, `type,hash\nmd5,${"ab".repeat(16)}\nmd5,xyz\n`);
	const imported = await breakwater("bank", "import", "known", file);
	expect(imported).toMatchObject({
		code: 0,
		out: "1 added, 0 changed, 0 removed, 0 already there\n  said by known: 1 row\n  1 refused: wrong-length\n    line 3: a md5 hash has 32 hex digits\n",
	});
	await breakwater("bank", "disable", "known");
	expect(JSON.parse((await breakwater("bank", "list", "--json")).out)).toMatchObject([
		{ name: "known", entryCount: 3, enabled: false },
	]);
	expect((await breakwater("bank", "remove", "known", "--yes")).out).toBe("removed bank known\n");
	expect((await breakwater("bank", "list")).out).toBe("(none)\n");
	const history = JSON.parse((await breakwater("bank", "history", "known", "--json")).out);
	expect(history.map((one: { step: { code: string } }) => one.step.code)).toContain("bank-removed-step");
	const [, disabled] = history;
	const reverted = await breakwater("bank", "revert", "known", "--to", String(disabled.revision), "--by", "an");
	expect(reverted.out).toMatch(/3 entries back, 0 changed, 0 removed/);
	expect(JSON.parse((await breakwater("bank", "list", "--json")).out)).toMatchObject([
		{ entryCount: 3, enabled: false },
	]);
	await breakwater("bank", "remove", "known", "--yes");
}, 180_000);

test("an import over the bank's allowance waits for a second person; a dry run changes nothing; what is exported comes back", async () => {
	const lines = Array.from({ length: 30 }, (_, index) => `md5,${String(index + 10).repeat(16)},a1;b2`);
	const file = join(folder, "list.csv");
	await writeFile(file, `type,hash,categories\n${lines.join("\n")}\n`);
	await breakwater("bank", "create", "guarded", "--category", "test", "--new-category", "--allow-entries", "20");
	const dry = await breakwater("bank", "import", "guarded", file, "--dry-run");
	expect(dry).toMatchObject({
		code: 0,
		out: expect.stringMatching(
			/^30 added.*\n {2}said by guarded: 30 rows, not among the bank's sources\nnothing was changed\n$/,
		),
	});

	const refused = await breakwater("bank", "import", "guarded", file, "--by", "an");
	expect(refused.code).toBe(1);
	expect(refused.out).toMatch(/it adds 30 entries, and 20 are allowed\nA second person must look/);
	const [draft] = JSON.parse((await breakwater("bank", "drafts", "--json")).out);
	expect(draft).toMatchObject({ state: "open", origin: "list.csv", createdBy: "an" });
	// A name is not a person: whoever approves logs in, and may do so.
	for (const by of ["an", "binh"])
		expect((await breakwater("bank", "approve", draft.id, "--by", by)).err).toMatch(/it adds 30 entries.*--login/);
	for (const [login, role] of [
		["an", "lead"],
		["binh", "reviewer"],
		["chi", "operator"],
	] as const)
		await breakwaterTyping(password, "user", "add", login, "--role", role, "--password-stdin");
	const approve = (login: string, typed = password) =>
		breakwaterTyping(typed, "bank", "approve", draft.id, "--login", login);
	expect((await approve("chi")).err).toMatch(/chi has yet to change the first password/);
	await letAllHaveChosen();
	expect((await approve("chi", "not the password")).err).toMatch(/the login or the password is wrong/);
	expect((await approve("nobody")).err).toMatch(/the login or the password is wrong/);
	expect((await approve("binh")).err).toMatch(/binh has no role that may do this/);
	expect((await approve("An")).err).toMatch(/it adds 30 entries/);
	expect((await approve("chi")).out).toMatch(/applied to guarded: 30 added/);
	expect((await breakwater("bank", "drafts")).out).toBe("(none)\n");

	for (const extension of ["csv", "jsonl", "json"]) {
		const copy = join(folder, `copy.${extension}`);
		await breakwater("bank", "export", "guarded", "--out", copy);
		const again = await breakwater("bank", "import", "guarded", copy, "--replace");
		expect(again).toMatchObject({
			code: 0,
			out: expect.stringMatching(/^0 added, 0 changed, 0 removed, 30 already there\n/),
		});
	}
	await breakwater("bank", "remove", "guarded", "--yes");
}, 240_000);

test("a file that cannot be read is named, and leaves no draft behind", async () => {
	await breakwater("bank", "create", "unread", "--category", "test", "--new-category");
	const missing = join(folder, "no-such.csv");
	const page = join(folder, "page.json");
	await writeFile(page, "<html>log in</html>");
	const outcomes = [
		await breakwater("bank", "import", "unread", missing),
		await breakwater("bank", "import", "unread", folder),
		await breakwater("bank", "import", "unread", page),
	];
	expect(outcomes).toEqual([
		{ code: 1, out: "", err: `breakwater: no such file: ${missing}\n` },
		{ code: 1, out: "", err: `breakwater: ${folder} is a folder\n` },
		{ code: 1, out: "", err: expect.stringMatching(/^breakwater: this is a web page.*download the list again\n$/) },
	]);
	expect(JSON.parse((await breakwater("bank", "drafts", "--json")).out)).toEqual([]);
	await breakwater("bank", "remove", "unread", "--yes");
}, 180_000);

test("an import says how it read the file; a page without entries is an answer, one without a usable row is not", async () => {
	await breakwater("bank", "create", "read", "--category", "test", "--new-category");
	const [list, page, none] = ["list.txt", "page.json", "none.txt"].map((name) => join(folder, name));
	const hash = "0f".repeat(32);
	await writeFile(list ?? "", Buffer.from(`\ufeff${hash}\r\n`, "utf16le"));
	await writeFile(page ?? "", `{"data": []}`);
	await writeFile(none ?? "", `${"ab".repeat(64)}  a.jpg\n`);
	const untyped = await breakwater("bank", "import", "read", list ?? "");
	expect(untyped).toMatchObject({ code: 1, out: expect.stringMatching(/64 hex digits may be sha256.*say which/) });
	const typed = await breakwater("bank", "import", "read", list ?? "", "--type", "pdq");
	expect(typed).toMatchObject({ code: 0, out: expect.stringMatching(/^1 added/) });
	expect(typed.err).toBe("list.txt: read as a list of hashes, one a line, UTF-16 (little-endian)\n");
	expect(await breakwater("bank", "import", "read", page ?? "")).toMatchObject({
		code: 0,
		out: expect.stringMatching(/^0 added, 0 changed, 0 removed/),
	});
	expect((await breakwater("bank", "import", "read", none ?? "")).code).toBe(1);
	for (const [file, code] of [
		[page, 0],
		[none, 1],
	] as const) {
		const replaced = await breakwater("bank", "import", "read", file ?? "", "--replace");
		expect(replaced).toMatchObject({ code, out: expect.stringMatching(/^0 added, 0 changed, 0 removed/) });
		expect(replaced.err).toMatch(/without a row that can be taken takes nothing back/);
	}
	expect((await breakwater("bank", "export", "read")).out).toContain(hash);
	await breakwater("bank", "remove", "read", "--yes");
}, 180_000);

test("an import reports what expired and what one source says in two ways; a list is not added as a file by accident", async () => {
	const list = join(folder, "remarks.csv");
	const [one, two, three] = ["0f".repeat(16), "f0".repeat(16), "3c".repeat(16)];
	const rows = [
		...[`${one},a,positive,,`, `${one},a,negative,,`, `${two},a,positive,2020-01-01,`, `${two},b,negative,,`],
		...[`${three},a,positive,,csam`, `${three},a,positive,,adult`],
	];
	await writeFile(list, `hash,source,opinion,expires,categories\n${rows.join("\n")}\n`);
	await breakwater("bank", "create", "remarks", "--category", "csam");
	const added = await breakwater("bank", "add", "remarks", list);
	expect(added).toMatchObject({ code: 2, err: expect.stringMatching(/is a list of hashes; .*bank import remarks/) });
	expect((await breakwater("bank", "add", "remarks", list, "--as-files")).out).toMatch(/1 entries added/);
	const imported = await breakwater("bank", "import", "remarks", list);
	expect(imported.out).toContain("  1 row has expired already: it matches nothing\n");
	expect(imported.out).toContain("  of 2 hashes one source says two things; its last row counts\n");
	const shown = (await breakwater("bank", "export", "remarks")).out;
	expect(shown).toContain(`md5,${one},,a,negative`);
	await breakwater("bank", "remove", "remarks", "--yes");
}, 180_000);

test("a matcher whose port is taken says so in a sentence, beside its log", async () => {
	await using taken = await listen();
	const { code, err } = await runBeside({}, "matcher", "--open", "--port", String(taken.port));
	expect(code).toBe(1);
	const sentences = err.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
	expect(sentences).toEqual([`breakwater: port ${taken.port} is taken; choose another with --port`]);
	expect(err).not.toContain("matcher-without-banks");
}, 180_000);

test("so does any process that is started, and names its setting", async () => {
	await using taken = await listen();
	const { code, err } = await runBeside(
		{ BREAKWATER_TAKEDOWN_PORT: String(taken.port) },
		"start",
		"--roles",
		"takedown",
	);
	const sentences = err.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
	expect([code, sentences]).toEqual([
		1,
		[`breakwater: port ${taken.port} is taken; choose another with BREAKWATER_TAKEDOWN_PORT`],
	]);
	expect(err).not.toContain("EADDRINUSE");
}, 180_000);

test("a bank's settings can be changed one by one; an exemption bank needs an owner and an end", async () => {
	const refused = await breakwater(
		"bank",
		"create",
		"harmless",
		"--kind",
		"exempt",
		"--category",
		"test",
		"--new-category",
	);
	expect(refused).toMatchObject({ code: 1, err: "breakwater: an exemption bank needs an owner and an expiry\n" });
	const misspelt = await breakwater("bank", "create", "Known Texts", "--category", "test", "--new-category");
	expect(misspelt.err).toBe("breakwater: name: lower-case letters, digits and dashes\n");
	const owner = ["--owner", "an", "--expires", "2030-01-31"];
	await breakwater(
		"bank",
		"create",
		"harmless",
		"--kind",
		"exempt",
		"--category",
		"test",
		"--new-category",
		"--shadow",
		...owner,
	);
	const set = await breakwater("bank", "set", "harmless", "--ratio", "0.25", "--json");
	expect(JSON.parse(set.out)).toMatchObject({
		...{ shadow: true, enabledRatio: 0.25, waiting: null },
		...{ owner: "an", expiresAt: "2030-01-31T00:00:00.000Z" },
	});
	const named = await breakwater("bank", "set", "harmless", "--sources", "list-a", "list, b", "list-a", "--json");
	expect(JSON.parse(named.out).sources).toEqual(["list-a", "list, b"]);

	// To make it count takes a second person, who says their own password, afterwards or at once.
	for (const login of ["dung", "em"])
		await breakwaterTyping(password, "user", "add", login, "--role", "lead", "--password-stdin");
	await letAllHaveChosen();
	const asked = await breakwater("bank", "set", "harmless", "--no-shadow", "--by", "dung");
	expect(asked).toMatchObject({
		code: 1,
		out: expect.stringMatching(/^changed bank harmless\nwaits: it comes off trial.*\nA second person must look at it/),
	});
	const [waiting] = JSON.parse((await breakwater("bank", "drafts", "--json")).out);
	expect((await breakwater("bank", "approve", waiting.id, "--by", "binh")).err).toMatch(/it comes off trial.*--login/);
	const approve = (login: string) => breakwaterTyping(password, "bank", "approve", waiting.id, "--login", login);
	expect((await approve("dung")).err).toMatch(/it comes off trial/);
	expect((await approve("em")).out).toBe("applied to harmless: it comes off trial: what it matches counts\n");
	const both = await breakwaterTyping(
		password,
		"bank",
		"set",
		"harmless",
		"--ratio",
		"1",
		"--by",
		"an",
		"--login",
		"em",
		"--json",
	);
	expect([both.code, JSON.parse(both.out)]).toMatchObject([0, { shadow: false, enabledRatio: 1, waiting: null }]);
	expect(await breakwater("bank", "disable", "harmless")).toMatchObject({ code: 0, out: "disabled bank harmless\n" });
	expect((await breakwater("bank", "enable", "harmless")).out).toMatch(/^not yet: harmless\nwaits: it matches again/);
	expect((await breakwater("bank", "show", "harmless")).out).toMatch(/sources that count +list-a, list, b\n/);
	expect((await breakwater("bank", "set", "harmless", "--sources", "here")).err).toMatch(/our own people's word/);
	expect(JSON.parse((await breakwater("bank", "set", "harmless", "--no-sources", "--json")).out).sources).toEqual([]);
	expect((await breakwater("bank", "set", "harmless", "--ratio", "much")).err).toMatch(/--ratio takes a number/);
	expect((await breakwater("bank", "set", "harmless")).err).toMatch(/name what to change/);
	await breakwater("bank", "remove", "harmless", "--yes");
}, 180_000);

test("a text becomes an exact and a near-duplicate entry, and leaves and enters again as a file", async () => {
	const inFolder = (name: string) => join(folder, name);
	const [notice, short, list] = [inFolder("notice.txt"), inFolder("short.txt"), inFolder("texts.csv")];
	await writeFile(notice, "The reading room on the second floor is closed for repairs until the end of the month.\n");
	await writeFile(short, "see you at eight\n");
	const hashed = JSON.parse((await breakwater("hash", "--text", notice, "--json")).out);
	expect(hashed).toMatchObject({ text: expect.stringMatching(/^[0-9a-f]{64}$/), "text-simhash": expect.any(String) });
	await breakwater("bank", "create", "texts", "--category", "offensive");
	const added = await breakwater("bank", "add", "texts", "--text", notice, short);
	expect(added.out).toMatch(/^4 entries added/m);
	expect(added.err).toContain(`${short}: left out text-simhash: too short`);
	const { out } = await breakwater("bank", "export", "texts");
	expect(out).toContain(`text-simhash,${hashed["text-simhash"]},`);
	await writeFile(list, out);
	expect((await breakwater("bank", "import", "texts", list)).out).toMatch(/4 already there/);
}, 180_000);

test("a platform's key and secret are shown once and never listed", async () => {
	const added = JSON.parse(
		(
			await breakwater(
				"platform",
				"add",
				"forum",
				"--source",
				"//forum",
				"--webhook",
				"https://forum.example/o",
				"--json",
			)
		).out,
	);
	expect(added.apiKey).toMatch(/^bw_forum_[\w-]{43}$/);
	const { out } = await breakwater("platform", "list", "--json");
	expect(out).not.toContain(added.apiKey);
	expect(out).not.toContain(added.webhookSecret);
});

test("scan prints one JSON line for every file, whatever it is", async () => {
	const pictures = join(folder, "scanned");
	await (await import("node:fs/promises")).mkdir(pictures);
	await writeFile(join(pictures, "a.jpg"), await drawSample(3));
	await writeFile(join(pictures, "b.jpg"), "words");
	await writeFile(join(pictures, "c.png"), "");
	const list = join(folder, "list.csv");
	const hashed = JSON.parse((await breakwater("hash", join(pictures, "a.jpg"), "--json")).out);
	await writeFile(list, `type,hash,quality\npdq,${hashed.pdq},${hashed.quality}\n`);
	const { code, out, err } = await breakwater("scan", pictures, "--bank", list);
	expect(code).toBe(0);
	const lines = out
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
	expect(lines).toMatchObject([
		{ tier: "K2", action: "withhold", matches: [{ bank: "list", type: "pdq", distanceBits: 0 }], unavailable: [] },
		{ tier: "none", action: "review", unavailable: ["not-an-image"] },
		{ tier: "none", action: "review", unavailable: ["empty"] },
	]);
	expect(err).toMatch(/3 files in .* s: 1 K2, 2 unavailable/);
	const banksFirst = await breakwater("scan", "--bank", list, "--bank", list, pictures);
	expect(banksFirst).toMatchObject({ code: 0, err: expect.stringMatching(/3 files in .* s: 1 K2, 2 unavailable/) });
}, 180_000);

test("scan --text finds the same and nearly the same text, in files and in lines, and prints none of it", async () => {
	const inFolder = (name: string) => join(folder, name);
	const [known, posts, list] = [inFolder("known.txt"), inFolder("posts.txt"), inFolder("known-texts.csv")];
	const text = "The swimming pool is closed on Monday morning while the water is changed, and opens again at noon.";
	const edited = text.replace("noon", "nine");
	await writeFile(known, text);
	const hashes = JSON.parse((await breakwater("hash", "--text", known, "--json")).out);
	await writeFile(list, `type,hash\ntext,${hashes.text}\ntext-simhash,${hashes["text-simhash"]}\n`);
	const unrelated = "Bring a pencil and something to drink to the first rehearsal of the choir in the old school.";
	const lines = [text.toUpperCase(), "", edited, unrelated, "short"].map((line) => Buffer.from(`${line}\r\n`));
	await writeFile(posts, Buffer.concat([...lines, Buffer.from([0xff, 0xfe, 0x41])]));

	const { code, out, err } = await breakwater("scan", posts, "--text", "--lines", "--bank", list);
	expect(code).toBe(0);
	const exact = { bank: "known-texts", type: "text", distanceBits: 0 };
	const found = out.trimEnd().split("\n");
	expect(found.map((line) => JSON.parse(line))).toMatchObject([
		{
			path: posts,
			line: 1,
			text: hashes.text,
			matches: [exact, { type: "text-simhash", distanceBits: 0 }],
			tier: "K1",
		},
		{ line: 3, matches: [{ type: "text-simhash", standing: "confirmed" }], tier: "K3", action: "review" },
		{ line: 4, matches: [], tier: "none", action: "none", unavailable: [] },
		{ line: 5, matches: [], "text-simhash": null, tier: "none", unavailable: [] },
		{ line: 6, text: null, action: "review", unavailable: ["not-utf-8"] },
	]);
	expect(JSON.parse(found[1] ?? "").matches[0].distanceBits).toBeGreaterThan(0);
	expect(err).toMatch(/5 texts in .* s: 1 K1, 1 K3, 2 without a finding, 1 unavailable/);
	expect(`${out}${err}`).not.toMatch(/pool|choir/i);

	const whole = JSON.parse((await breakwater("scan", known, "--text", "--bank", list)).out);
	expect(whole).toMatchObject({ path: known, line: null, tier: "K1", action: "withhold" });
	expect(await breakwater("scan", known, "--bank", list)).toMatchObject({
		code: 2,
		err: expect.stringContaining("the --bank files hold known texts only or links"),
	});
	const pictures = inFolder("pictures.csv");
	await writeFile(pictures, `type,hash\nsha256,${"ab".repeat(32)}\n`);
	expect(await breakwater("scan", known, "--text", "--bank", pictures)).toMatchObject({
		code: 2,
		err: expect.stringContaining(
			"no --bank file holds a text or text-simhash or text-shingles or link or link-prefix or text-term entry",
		),
	});
}, 180_000);

test("a scan ends quietly once nobody reads on", async () => {
	const [posts, list] = [join(folder, "many-posts.txt"), join(folder, "one-text.csv")];
	await writeFile(posts, "a line of a long feed\n".repeat(20_000));
	await writeFile(list, `type,hash\ntext,${"ab".repeat(32)}\n`);
	const main = fromPackageRoot("dist/services/cli/main.js");
	const command = `"${process.execPath}" "${main}" scan "${posts}" --text --lines --bank "${list}" | head -n 1`;
	const { out, err } = await new Promise<Omit<Outcome, "code">>((resolve) => {
		execFile("sh", ["-c", command], (_error, out, err) => resolve({ out, err }));
	});
	expect(JSON.parse(out)).toMatchObject({ line: 1, tier: "none" });
	expect(err).toMatch(/^\d+ texts in .* s: \d+ without a finding\n$/);
});

test("a list that is as long as it may be says that there may be more, to people alone", async () => {
	await breakwater("bank", "create", "one", "--category", "csam");
	await breakwater("bank", "create", "two", "--category", "csam");
	const cut = await breakwater("acts", "list", "--limit", "1");
	expect(cut.err).toContain("the first 1; there may be more (--limit)");
	expect((await breakwater("acts", "list", "--limit", "1", "--json")).err).toBe("");
	expect((await breakwater("acts", "list", "--limit", "500")).err).toBe("");
	expect((await breakwater("orders", "list")).err).toBe("");
});

test.each([
	[["rules", "check", "there-is-none.json"], "no such file or folder: there-is-none.json"],
	[["bank", "export", "listed", "--out", "/nowhere/list.csv"], "no such file or folder: /nowhere/list.csv"],
	[["bank", "export", "listed", "--out", tmpdir()], `this is a folder: ${tmpdir()}`],
	[["bank", "export", "listed", "--out", "/dev/full"], "the disk is full"],
])("a file that cannot be read or written is named in a sentence: %j", async (args, said) => {
	await breakwater("bank", "create", "listed", "--category", "csam");
	expect(await breakwater(...args)).toMatchObject({ code: 1, err: `breakwater: ${said}\n` });
});
