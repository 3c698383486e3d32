// Whatever changes something from the command line leaves exactly its acts in the log, by whoever said that they do it: each command is driven
// once, and the log compared. A command that is neither driven here nor said to change nothing fails the last test. Real PostgreSQL.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Command } from "commander";
import { sql } from "kysely";
import { z } from "zod";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createProgram } from "../../../services/cli/program.ts";
import type { PlatformId } from "../../../services/core/ids.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { breakwater } from "../../support/cli-in-process.ts";
import { newClock } from "../../support/clock-fixtures.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

/** They read, run processes, or act where the record is not. */
const changingNothing = new Set([
	...["start", "demo", "matcher", "migrate", "topics create", "config", "hash", "scan", "uploads sweep"],
	...["bank list", "bank show", "bank drafts", "bank export", "bank history", "bank quarantine"],
	...["model list", "model history", "model disagreements", "model proposals", "model calibration"],
	...["policy show", "policy history", "policy proposals"],
	...["rules facts", "rules list", "rules show", "rules snoozes", "rules shadow", "rules check", "rules export"],
	...["platform list", "platform test", "platform feed-key", "user list", "breakers list"],
	...["reporter list", "authority list", "authority login list", "sweep list", "sweep show"],
	...["appeals list", "appeals show", "strikes list", "strikes show"],
	...["dead-letters list", "dead-letters show", "jobs list", "jobs show", "orders list", "orders show"],
	...["outbreaks list", "outbreaks show"],
	...["trends volumes", "trends withholding", "trends sources", "trends platforms", "trends later"],
	...["trends hours", "trends ladder", "trends clusters", "trends growth", "trends saved", "trends view"],
	"trends calibration",
	...["acts list", "acts follow", "clocks laws", "clocks count", "clocks list", "clocks show", "clocks explain"],
	...["silences list"],
	...["templates list", "templates show", "templates preview", "templates history", "templates proposals"],
	...["clocks profiles show", "clocks profiles history", "clocks profiles proposals"],
]);

const password = "correct horse battery staple";
const why = "a test of theirs";
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let folder: string;
let platformId: PlatformId;
let source: string;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	folder = await mkdtemp(join(tmpdir(), "breakwater-each-command-"));
	process.env.BREAKWATER_DATABASE_URL = record.url;
	process.env.BREAKWATER_DATA_DIR = folder;
	process.env.BREAKWATER_EVENT_SECRETS = "quiet".repeat(8);
	const passwordHash = await hashPassword(password);
	for (const login of ["lan", "huong"])
		await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash });
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
}, 30_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_DATA_DIR;
	delete process.env.BREAKWATER_EVENT_SECRETS;
	process.exitCode = undefined;
	await record[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

const driven = new Set<string>();
type Run = () => Promise<{ readonly code: number; readonly out: string; readonly err: string }>;

/** What the command left in the log, by whom: the one who acts, unless another is named. Answers what it printed. */
async function expectActs(name: string, by: string, codes: readonly string[], run: Run): Promise<string> {
	driven.add(name);
	const after = (await stores.acts.list({ limit: 1 }))[0]?.sequence ?? 0;
	const { code, out, err } = await run();
	expect({ name, code, err: code === 0 ? "" : err }).toEqual({ name, code: 0, err: "" });
	const acts = await stores.acts.list({ after, limit: 100 });
	const told = acts.map(({ what, actor }) => `${what} by ${actor.kind === "machine" ? "machine" : actor.name}`);
	const expected = codes.map((one) => (one.includes(" by ") ? one : `${one} by ${by}`));
	expect({ name, acts: told }).toEqual({ name, acts: expected });
	return out;
}

/** A command of two words with its arguments; whoever it is says so by name. */
function drive(name: string, args: readonly string[], ...codes: readonly string[]): Promise<string> {
	return expectActs(name, "an", codes, () => breakwater(...name.split(" "), ...args, "--by", "an", "--json"));
}

/** The same of a person who shows who they are. */
async function driveAs(
	login: string,
	name: string,
	args: readonly string[],
	...codes: readonly string[]
): Promise<string> {
	const file = await write("password", `${password}\n`);
	const who = ["--login", login, "--password-file", file];
	return expectActs(name, login, codes, () => breakwater(...name.split(" "), ...args, ...who, "--json"));
}

async function write(name: string, content: string): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, content);
	return path;
}

/** As a process of its own, with this on its standard input. */
function piped(input: string, ...args: readonly string[]): ReturnType<Run> {
	return new Promise((resolve) => {
		const main = fromPackageRoot("dist/services/cli/main.js");
		const child = execFile(process.execPath, [main, ...args], { env: { ...process.env } }, (error, out, err) =>
			resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
		);
		child.stdin?.end(input);
	});
}

const list = (...words: readonly string[]) =>
	`type,hash\n${words.map((word) => `sha256,${Buffer.from(digest(word)).toString("hex")}`).join("\n")}\n`;

test("banks are made, changed, filled, judged, put back and removed", async () => {
	await drive(
		"bank create",
		["own", "--category", "csam", "--allow-entries", "2", "--allow-share", "0"],
		"bank-created",
	);
	await drive("bank set", ["own", "--owner", "an"], "bank-changed");
	await drive("bank disable", ["own"], "bank-changed");
	const enable = ["bank", "enable", "own", "--login", "lan", "--by", "an"];
	await expectActs("bank enable", "an", ["change-asked", "change-agreed by lan"], () =>
		piped(`${password}\n`, ...enable),
	);
	await drive("bank add", ["own", await write("a.txt", "one quiet lamp in the garden"), "--text"], "entries-added");
	const few = await write("few.csv", list("a"));
	await drive("bank import", ["own", few], "draft-opened", "draft-accepted", "draft-applied by machine");
	const [entry] = await record.database.rows(sql`SELECT id FROM bank_entries LIMIT 1`, z.object({ id: z.string() }));
	await drive("bank judge", [entry?.id ?? "", "dispute", "--why", why], "entry-judged");
	const many = await write("many.csv", list("b", "c", "d", "e"));
	const waiting = async () => {
		await breakwater("bank", "import", "own", many, "--by", "binh");
		return JSON.parse((await breakwater("bank", "drafts", "--json")).out)[0].id as string;
	};
	await drive("bank reject", [await waiting(), "--why", why], "draft-rejected");
	const approve = ["bank", "approve", await waiting(), "--login", "lan", "--why", why];
	await expectActs("bank approve", "lan", ["draft-accepted", "draft-applied by machine"], () =>
		piped(`${password}\n`, ...approve),
	);
	await drive("bank revert", ["own", "--to", "1"], "bank-put-back");
	await drive("bank remove", ["own", "--yes"], "bank-removed");
}, 60_000);

test("platforms get keys and addresses, and are switched off and on", async () => {
	const forum = ["--source", "//second.example"];
	await drive("platform add", ["second", ...forum], "platform-added", "platform-key-added");
	await drive("platform add-key", ["second"], "platform-key-added");
	await drive("platform rotate-key", ["second"], "platform-keys-revoked", "platform-key-added");
	await drive("platform set-webhook", ["second", "https://second.example/orders"], "platform-webhook-set");
	await drive("platform set-jurisdictions", ["second", "VN", "EU"], "platform-jurisdictions-set");
	await drive("platform set-country", ["second", "VN"], "platform-country-set");
	await drive("platform set-addresses", ["second", "https://second.example/posts/{item}"], "platform-addresses-set");
	await drive("platform disable", ["second"], "platform-disabled");
	await drive("platform enable", ["second"], "platform-enabled");
});

test("reporters and authorities get keys, and are switched off and on", async () => {
	const ofLaw = ["--jurisdiction", "EU", "--law", "EU-TCO"];
	await drive("reporter add", ["hotline-1", "--kind", "hotline"], "reporter-added", "reporter-key-added");
	await drive("reporter rotate-key", ["hotline-1"], "reporter-keys-revoked", "reporter-key-added");
	await drive("reporter disable", ["hotline-1"], "reporter-disabled");
	await drive("reporter enable", ["hotline-1"], "reporter-enabled");
	await drive("authority add", ["ministry", ...ofLaw], "authority-added");
	await drive("authority login add", ["ministry", "lan.of.ministry"], "authority-login-added");
	await drive("authority login reset", ["lan.of.ministry"], "authority-login-reset");
	await drive("authority login disable", ["lan.of.ministry"], "authority-login-disabled");
	await drive("authority login enable", ["lan.of.ministry"], "authority-login-enabled");
	await drive("authority rotate-key", ["ministry"], "authority-keys-revoked", "authority-key-added");
	await drive("authority disable", ["ministry"], "authority-disabled");
	await drive("authority enable", ["ministry"], "authority-enabled");
});

test("earlier items are swept, and a sweep rests, goes on, waits for another person and is given up", async () => {
	const bank = ["swept", "--category", "csam"];
	await breakwater("bank", "create", ...bank, "--by", "an");
	const { id } = JSON.parse(await drive("sweep start", [], "sweep-started"));
	await drive("sweep pause", [id, "--reason", why], "sweep-paused");
	await drive("sweep resume", [id, "--reason", why], "sweep-resumed");
	await record.database.rows(sql`UPDATE sweeps SET state = 'waiting' WHERE id = ${id}`);
	await driveAs("huong", "sweep approve", [id, "--reason", why], "sweep-approved");
	await drive("sweep cancel", [id, "--reason", why], "sweep-canceled");
});

test("people are added, get roles and passwords, and are switched off and on", async () => {
	await drive("user add", ["minh", "--role", "reviewer"], "person-added");
	await drive("user password", ["minh"], "password-set");
	await drive("user role", ["minh", "operator"], "person-roles-set");
	await drive("user disable", ["minh"], "person-disabled");
	await drive("user enable", ["minh"], "person-enabled");
});

test("breakers are opened and closed", async () => {
	await drive("breakers open", ["platform", "forum", "--reason", why], "breaker-opened");
	await drive("breakers close", ["platform", "forum", "--reason", why], "breaker-closed");
});

test("the policy is proposed, accepted by another, rejected, and gone back to", async () => {
	const change = async (quality: number) =>
		write("policy.json", JSON.stringify({ default: { minimumQuality: quality } }));
	const propose = async (quality: number) =>
		driveAs("lan", "policy propose", [await change(quality), "--why", why], "policy-proposed");
	const idOf = (out: string): string => JSON.parse(out).id;
	await driveAs("huong", "policy accept", [idOf(await propose(60))], "policy-accepted");
	await driveAs("huong", "policy reject", [idOf(await propose(70)), "--why", why], "policy-rejected");
	await drive("policy ask", ["--revision", "1", "--from", "7d", "--sample", "50"], "policy-asked");
	await driveAs("lan", "policy revert", ["--to", "1", "--why", why], "policy-proposed");
});

test("a question to the history is saved and dropped", async () => {
	const file = await write("by-kind.sql", "SELECT kind, count(*) AS items FROM verdicts GROUP BY kind");
	await drive("trends save", ["by-kind", file, "--says", "items by kind"], "view-saved");
	await drive("trends drop", ["by-kind"], "view-dropped");
});

test("laws are proposed as an edited copy, accepted by another, rejected, gone back to, and running clocks counted anew", async () => {
	const shown = JSON.parse((await breakwater("clocks", "profiles", "show", "--json")).out);
	const edited = async (zone: string) =>
		write("laws.json", JSON.stringify({ laws: [{ ...shown.laws[0], zone }, ...shown.laws.slice(1)] }));
	const propose = async (zone: string) =>
		driveAs("lan", "clocks profiles propose", [await edited(zone), "--why", why], "laws-proposed");
	const idOf = (out: string): string => JSON.parse(out).id;
	await driveAs("huong", "clocks profiles accept", [idOf(await propose("Europe/Paris"))], "laws-accepted");
	await driveAs("huong", "clocks profiles reject", [idOf(await propose("Europe/Rome")), "--why", why], "laws-rejected");
	await driveAs("lan", "clocks profiles revert", ["--to", "1", "--why", why], "laws-proposed");
	const profile = { ...newClock().profile, id: "VN-147-AUTH" };
	await stores.clocks.start(newClock({ profile }), new Date());
	await driveAs("lan", "clocks profiles recount", ["VN-147-AUTH", "--why", why], "clock-recounted");
});

test("other words of answers are proposed as an edited text, accepted by another, rejected, and gone back to", async () => {
	const edited = async (words: string) => write("words.txt", `[reporter/removed en]\n${words}\n`);
	const propose = async (words: string) =>
		driveAs("lan", "templates propose", [await edited(words), "--why", why], "templates-proposed");
	const idOf = (out: string): string => JSON.parse(out).id;
	await driveAs("huong", "templates accept", [idOf(await propose("It is removed."))], "templates-accepted");
	await driveAs("huong", "templates reject", [idOf(await propose("It is gone.")), "--why", why], "templates-rejected");
	await driveAs("lan", "templates revert", ["--to", "1", "--why", why], "templates-proposed");
});

test("a rule is written, advanced step by step, agreed to by another, taken back and stopped", async () => {
	const rule = { name: "many-links", when: "item.links >= 5", does: { review: true }, category: null };
	const file = (when: string) =>
		write("rule.json", JSON.stringify({ ...rule, when, owner: "an", reviewBy: "2027-06-30" }));
	await drive("rules draft", [await file("item.links >= 5"), "--why", why], "rule-drafted");
	await drive("rules apply", [await file("item.links >= 6"), "--why", why], "rule-drafted");
	const advance = (to: string, code: string) =>
		driveAs("lan", "rules advance", ["many-links", "--to", to, "--why", why], code);
	await drive("rules backtest", ["many-links"], "rule-backtested");
	await advance("shadow", "rule-advanced");
	await advance("canary", "rule-asked");
	await driveAs("huong", "rules approve", ["many-links"], "rule-approved");
	await drive("rules stop", ["many-links", "--why", why], "breaker-opened");
	await drive("rules back", ["many-links", "--why", why], "rule-taken-back");
	const measures = [{ measure: { kind: "limit-spread" }, rule: "many-links" }] as const;
	const verdict = newVerdict({ tier: "T", action: "review" });
	await stores.verdicts.record([newItem(platformId, source, { verdict, measures })]);
	await driveAs("lan", "rules lift", ["many-links", "--why", why], "case-ordered", "rule-measures-lifted");
	const until = new Date(Date.now() + 86_400_000).toISOString();
	const loud = ["--account", "forum/loud", "--until", until];
	await drive("rules snooze", ["many-links", ...loud, "--why", why], "rule-snoozed");
	const [snooze] = await stores.snoozes.list({ rule: "many-links", limit: 1 });
	await drive("rules wake", [snooze?.id ?? "", "--why", why], "rule-snooze-ended");
});

const [live, other] = ["nsfwjs-mobilenet-v2", "nsfwjs-inception-v3"];

/** Cases of pictures that the model scored so, and that people decided so. */
async function decideCases(probability: number, decision: "remove" | "restore"): Promise<void> {
	const labels = { Drawing: 0, Hentai: 0, Neutral: 1 - probability, Porn: probability, Sexy: 0 };
	const base = { kind: "scored", detector: "model", version: "4.4.0", model: live, backend: "wasm", category: "adult" };
	const signals = [{ ...base, probability, labels }];
	const verdict = newVerdict({ tier: "M", action: "review", category: "adult", signals });
	const outcomes = await stores.verdicts.record(
		Array.from({ length: 110 }, () => newItem(platformId, source, { verdict })),
	);
	const ids = outcomes.flatMap((one) => (one.kind === "recorded" && one.caseId !== null ? [one.caseId] : []));
	await record.database.rows(
		sql`UPDATE cases SET state = 'decided', decision = ${decision}, decided_at = now() WHERE id = ANY (${ids}::uuid[])`,
	);
}

test("models run in the shadow, go live, are calibrated, and gone back to", async () => {
	// To begin one reads the model's files, which are not in the repository: the record is told directly, as the command tells it.
	const shadow = () => stores.modelSettings.change({ kind: "shadow", model: other, share: 0.1 }, "an", live);
	await shadow();
	await drive("model shadow", ["--off"], "model-end-shadow");
	await shadow();
	await drive("model promote", [], "model-promote");
	await drive("model rollback", [], "model-rollback");
	await drive("model renew-reference", [], "model-renew-reference");
	await decideCases(0.95, "remove");
	await decideCases(0.2, "restore");
	const calibrate = async () => JSON.parse(await drive("model calibrate", [live], "proposal-made")).id;
	const decide = async (name: string, code: string) => {
		const id = await calibrate();
		await expectActs(name, "lan", [code], () => breakwater(...name.split(" "), id, "--by", "lan"));
	};
	await decide("model accept", "model-accept");
	await decide("model reject", "proposal-rejected");
}, 60_000);

test("a deadline is told what happened elsewhere, and ends by it, which is the machine's act", async () => {
	const id = await stores.clocks.start(newClock(), new Date());
	driven.add("clocks tell");
	const after = (await stores.acts.list({ limit: 1 }))[0]?.sequence ?? 0;
	await breakwater("clocks", "tell", id, "order-acknowledged", "--reason", why, "--by", "an");
	expect(await stores.acts.list({ after, limit: 9 })).toMatchObject([
		{ what: "clock-told", actor: { kind: "cli", name: "an" }, reason: why },
		{ what: "clock-ended", actor: { kind: "machine" } },
	]);
});

test("what is stuck is put back or given up, an act for each", async () => {
	const letter = async (offset: string) => {
		const place = { topic: topics.posts, partition: 0, offset };
		const faults = [{ code: "not-signed" }] as const;
		const failed = { reason: "unknown-platform", faults, key: null, headers: {}, attempts: 1 } as const;
		await stores.deadLetters.park([{ ...place, ...failed, value: Buffer.from(offset) }]);
		return (await stores.deadLetters.list({ state: "parked", limit: 1 }))[0]?.id ?? "";
	};
	const act = (name: string, id: string, code: string) => drive(name, [id, "--why", why], code);
	await breakwater("topics", "create");
	const parked = await letter("1");
	// The reason alone takes a record that was not signed for one of nobody's.
	expect((await breakwater("dead-letters", "list")).out).toContain("not signed with the key of its source's platform");
	await act("dead-letters replay", parked, "dead-letter-replayed");
	await act("dead-letters discard", await letter("2"), "dead-letter-discarded");
	const order = async () => {
		const [outcome] = await stores.verdicts.record([newItem(platformId, source, { verdict: newVerdict({}) })]);
		const found =
			outcome?.kind === "recorded" && outcome.caseId !== null ? await stores.cases.find(outcome.caseId) : null;
		const id = found?.items[0]?.orders[0]?.id;
		if (id === undefined) throw new Error("a withheld item has an order");
		return id;
	};
	const job = `withhold-${await order()}`;
	await act("jobs replay", job, "job-replayed");
	await act("jobs discard", job, "job-discarded");
	const undelivered = async () => {
		const id = await order();
		await stores.orders.settleAttempt(id, { kind: "undelivered", reason: "timeout", at: new Date() });
		return id;
	};
	await act("orders replay", await undelivered(), "order-replayed");
	await act("orders discard", await undelivered(), "order-discarded");
});

test("what is told of a case is held back, and told again", async () => {
	const [outcome] = await stores.verdicts.record([newItem(platformId, source)]);
	const caseId = outcome?.kind === "recorded" ? (outcome.caseId ?? "") : "";
	const begun = await driveAs("lan", "silences begin", [caseId, "--why", why], "silence-begun");
	await driveAs("huong", "silences end", [JSON.parse(begun).id, "--why", why], "silence-ended");
});

test("is so of every command", async () => {
	const names = (command: Command, path: readonly string[]): readonly string[] =>
		command.commands.length === 0
			? [path.join(" ")]
			: command.commands.flatMap((one) => names(one, [...path, one.name()]));
	const all = names(await createProgram(false), []);
	expect(all.filter((name) => !driven.has(name) && !changingNothing.has(name))).toEqual([]);
	expect([...changingNothing].filter((name) => !all.includes(name) || driven.has(name))).toEqual([]);
});
