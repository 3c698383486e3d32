// The policy from the command line, on a real record; what is piped into a command, into a process of its own.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { hashText } from "../../../services/core/hashes/text/text-hash.ts";
import { initialRevision } from "../../../services/core/policy/policy.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { breakwater } from "../../support/cli-in-process.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

const password = "correct horse battery staple";
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let folder: string;
let passwordFile: string;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	folder = await mkdtemp(join(tmpdir(), "breakwater-policy-"));
	process.env.BREAKWATER_DATABASE_URL = record.url;
	process.env.BREAKWATER_DATA_DIR = folder;
	process.env.BREAKWATER_EVENT_SECRETS = "quiet".repeat(8);
	passwordFile = join(folder, "password");
	await writeFile(passwordFile, `${password}\n`);
	const passwordHash = await hashPassword(password);
	for (const [login, role] of [
		["an", "lead"],
		["binh", "lead"],
		["minh", "operator"],
	] as const)
		await stores.users.create({ login, displayName: login, roles: [role], passwordHash });
	const { id, source } = await stores.platforms.create({
		...{ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] },
	});
	await stores.verdicts.record([newItem(id, source, { verdict: newVerdict({}) })]);
}, 30_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_DATA_DIR;
	delete process.env.BREAKWATER_EVENT_SECRETS;
	await record[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

/** A process of its own. */
function piped(
	input: string,
	...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
	return new Promise((resolve) => {
		const main = fromPackageRoot("dist/services/cli/main.js");
		const child = execFile(process.execPath, [main, ...args], { env: { ...process.env } }, (error, out, err) => {
			resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
		});
		child.stdin?.end(input);
	});
}

async function json(...args: readonly string[]) {
	const { code, out, err } = await breakwater("--json", ...args);
	if (code !== 0) throw new Error(err);
	return JSON.parse(out);
}

const as = (login: string) => ["--login", login, "--password-file", passwordFile];
const why = ["--why", "near copies were wrong too often"];
const proposed = async (change: unknown) => {
	const file = join(folder, "change.json");
	await writeFile(file, JSON.stringify(change));
	return breakwater("--json", "policy", "propose", file, ...why, ...as("an"));
};
const onForum = { overrides: [{ platform: "forum", settings: { actions: { K2: "review" } } }] };

test("a change from a pipe is proposed, shown in words, accepted by another lead, and holds where it was meant to", async () => {
	const made = await piped(JSON.stringify(onForum), "policy", "propose", "-", ...why, ...as("an"));
	expect(made).toMatchObject({ code: 0, err: "" });
	expect(made.out).toContain(
		"platform forum: What the machine does: K2: people are asked (before: as elsewhere) – withholds less",
	);
	expect(made.out).toMatch(/of the last 1 items it would have had/);
	const [{ id }] = await json("policy", "proposals");
	expect(await breakwater("policy", "accept", id, ...as("an"))).toMatchObject({
		code: 1,
		err: expect.stringContaining("another person"),
	});
	expect(await breakwater("policy", "accept", id, ...as("minh"))).toMatchObject({
		code: 1,
		err: expect.stringContaining("no role that may do this"),
	});
	// The password from a pipe.
	expect(JSON.parse((await piped(password, "--json", "policy", "accept", id, "--login", "binh")).out)).toMatchObject({
		revision: initialRevision + 1,
	});
	const of = async (...where: readonly string[]) => (await json("policy", "show", ...where)).settings.actions.K2;
	expect(await of("--platform", "forum", "--surface", "public")).toBe("review");
	expect(await of("--surface", "public")).toBe("withhold");
	expect((await json("policy", "show")).overrides).toEqual([
		{ platform: "forum", surface: null, settings: { actions: { K2: "review" } } },
	]);
	expect((await json("policy", "show", "--revision", String(initialRevision))).overrides).toEqual([]);
});

test("what show printed, edited, is the whole of the next revision; printed before another was accepted, it is stale", async () => {
	const shown = await json("policy", "show");
	const file = join(folder, "policy.json");
	await writeFile(file, JSON.stringify({ ...shown, overrides: [] }));
	const made = await json("policy", "propose", file, ...why, ...as("an"));
	expect(made).toMatchObject({ base: shown.revision, overrides: [], changes: [{ effect: "withholds-more" }] });
	await json("policy", "accept", made.id, ...as("binh"));
	await writeFile(file, JSON.stringify({ ...shown, default: { ...shown.default, minimumQuality: 10 } }));
	expect(await breakwater("policy", "propose", file, ...why, ...as("an"))).toMatchObject({
		code: 1,
		err: expect.stringContaining(`made against revision ${shown.revision}`),
	});
});

test("going back is proposed and accepted like any other change, and the history tells it all", async () => {
	const { id } = await json("policy", "revert", "--to", String(initialRevision + 1), ...why, ...as("binh"));
	expect(await json("policy", "accept", id, "--why", "agreed", ...as("an"))).toMatchObject({
		revision: initialRevision + 3,
	});
	const { out } = await breakwater("policy", "history");
	expect(out).toContain(`policy revision ${initialRevision + 3}, as revision ${initialRevision + 1} had it`);
	expect(out).toContain("proposed by binh (near copies were wrong too often), accepted by an");
	expect(out).toContain(`policy revision ${initialRevision}, built in`);
});

test("a proposal is rejected with a reason, or taken back", async () => {
	const { id } = JSON.parse((await proposed({ default: { minimumQuality: 45 } })).out);
	expect(await json("policy", "reject", id, "--why", "no", ...as("an"))).toEqual({ rejected: id });
	expect(await json("policy", "proposals")).toEqual([]);
	const all = await json("policy", "proposals", "--all");
	expect(all[0]).toMatchObject({ id, state: "rejected", decided: { why: "no" } });
});

test.each([
	["a field that is wrong is named", { default: { actions: { T: "withhold" } } }, 1, "default.actions.T"],
	["a field that is unknown is named", { default: { radius: 3 } }, 1, "radius"],
	[
		"a platform that is unknown is named",
		{ overrides: [{ platform: "shop", settings: {} }] },
		2,
		"overrides.0.platform",
	],
	["what changes nothing is refused", { default: {} }, 1, "leave everything as it is"],
	["what is no policy is refused", { defaults: {} }, 2, "defaults"],
])("%s", async (_name, change, code, said) => {
	const ended = await proposed(change);
	expect(ended).toMatchObject({ code, out: "" });
	expect(JSON.parse(ended.err).error.message).toContain(said);
});

test("a scan judges under the policy in force where it is asked to, as on a platform; else under the built-in one", async () => {
	const change = { overrides: [{ platform: "forum", settings: { actions: { K1: "review" } } }] };
	const { id } = JSON.parse((await proposed(change)).out);
	const { revision } = await json("policy", "accept", id, ...as("binh"));
	const known = "a benign sentence in the role of a known text";
	const [texts, bank] = [join(folder, "texts.txt"), join(folder, "bank.csv")];
	await writeFile(texts, `${known}\n`);
	await writeFile(bank, `type,hash\ntext,${Buffer.from(hashText(known) ?? []).toString("hex")}\n`);
	const scan = async (...more: readonly string[]) => {
		const { code, out, err } = await breakwater("scan", texts, "--text", "--bank", bank, ...more);
		if (code !== 0) throw new Error(err);
		const { tier, action, policyRevision } = JSON.parse(out);
		return { tier, action, policyRevision };
	};
	expect(await scan()).toEqual({ tier: "K1", action: "withhold" });
	expect(await scan("--in-force")).toEqual({ tier: "K1", action: "withhold", policyRevision: revision });
	expect(await scan("--in-force", "--platform", "forum")).toEqual({
		tier: "K1",
		action: "review",
		policyRevision: revision,
	});
	expect(await breakwater("scan", texts, "--text", "--bank", bank, "--platform", "forum")).toMatchObject({ code: 2 });
	expect(await breakwater("scan", texts, "--text", "--bank", bank, "--in-force", "--platform", "shop")).toMatchObject({
		code: 1,
		err: expect.stringContaining("shop"),
	});
});

test("a wrong password proposes nothing", async () => {
	const file = join(folder, "change.json");
	await writeFile(file, JSON.stringify({ default: { minimumQuality: 45 } }));
	const ended = await piped("wrong", "policy", "propose", file, ...why, "--login", "an");
	expect(ended).toMatchObject({ code: 1, err: expect.stringContaining("login or the password is wrong") });
	expect(await json("policy", "proposals")).toEqual([]);
});
