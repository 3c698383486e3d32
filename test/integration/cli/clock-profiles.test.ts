// The laws that clocks run by, changed by two people on the command line. Real PostgreSQL.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { machine } from "../../../services/core/acts/doer.ts";
import { authorityRequest } from "../../../services/core/authorities/authority-request.ts";
import { dueAtMs } from "../../../services/core/clocks/clock.ts";
import type { Authority } from "../../../services/core/ports/authority-store.ts";
import { createAuthorityDesk } from "../../../services/runtime/authority-desk.ts";
import { breakwater } from "../../support/cli-in-process.ts";
import { openTestRecord } from "../../support/test-database.ts";

const hourMs = 3_600_000;
const password = "correct horse battery staple";
const why = ["--why", "a new decree"];
let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let folder: string;
let ministry: Authority;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	folder = await mkdtemp(join(tmpdir(), "breakwater-laws-"));
	process.env.BREAKWATER_DATABASE_URL = record.url;
	process.env.BREAKWATER_EVENT_SECRETS = "quiet".repeat(8);
	await writeFile(join(folder, "password"), password);
	const passwordHash = await hashPassword(password);
	for (const login of ["lan", "huong"])
		await stores.users.create({ login, displayName: login, roles: ["operator"], passwordHash });
	const asking = { name: "ministry", jurisdiction: "VN", laws: ["VN-147-AUTH"] };
	ministry = await stores.authorities.add(asking, randomBytes(32), machine);
}, 30_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_EVENT_SECRETS;
	process.exitCode = undefined;
	await record[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

const profiles = (...args: readonly string[]) => breakwater("clocks", "profiles", ...args, "--json");
const as = (login: string, ...args: readonly string[]) =>
	profiles(...args, "--login", login, "--password-file", join(folder, "password"));

/** The copy in force with this many hours for requests of authorities, as a file. */
async function edited(hours: number): Promise<string> {
	const { revision, laws } = JSON.parse((await profiles("show")).out);
	const text = JSON.stringify({ revision, laws }).replace(
		/("id":"VN-147-AUTH".*?"within":\{"count":)\d+/,
		(_, before: string) => `${before}${hours}`,
	);
	const path = join(folder, `${hours}.json`);
	await writeFile(path, text);
	return path;
}

let references = 0;
async function ask() {
	references += 1;
	const events = { authorityAsked: () => undefined };
	const desk = createAuthorityDesk({ ...stores, clock: { now: () => Date.now() }, events });
	const request = authorityRequest.parse({
		...{ reference: `CV-${references}`, asks: "removal", legalBasis: "147/2024/NĐ-CP", addresses: ["zalo 0900"] },
	});
	return (await desk.receive(ministry, request, { channel: "key" })).id;
}

/** What a request's clock gives, in hours. */
async function hoursOf(id: Awaited<ReturnType<typeof ask>>): Promise<number> {
	const [kept] = await stores.clocks.list({ cause: { kind: "authority-request", id }, limit: 1 });
	const due = kept === undefined ? null : dueAtMs(kept.clock);
	return kept === undefined || due === null ? Number.NaN : (due - kept.clock.receivedAtMs) / hourMs;
}

test("an edited copy is in force once another person accepted it, and moves no clock that runs until somebody says so", async () => {
	const before = await ask();
	expect(await hoursOf(before)).toBe(24);
	const proposed = JSON.parse((await as("lan", "propose", await edited(12), ...why)).out);
	expect(proposed.changes).toEqual([{ what: "VN-147-AUTH", change: "changed" }]);
	expect(await hoursOf(await ask())).toBe(24);
	const alone = await as("lan", "accept", proposed.id);
	expect([alone.code, (await stores.laws.current()).revision]).toEqual([1, 1]);
	expect(JSON.parse((await as("huong", "accept", proposed.id)).out)).toMatchObject({ revision: 2 });
	expect([await hoursOf(await ask()), await hoursOf(before)]).toEqual([12, 24]);
	const recounted = JSON.parse((await as("lan", "recount", "VN-147-AUTH", ...why)).out);
	expect(recounted.moved).toHaveLength(2);
	expect(await hoursOf(before)).toBe(12);
	const [act] = await stores.acts.list({ what: "clock-recounted", limit: 1 });
	expect(act).toMatchObject({ actor: { name: "lan" }, reason: "a new decree", details: { profile: "VN-147-AUTH" } });
	expect(JSON.parse((await as("lan", "recount", "VN-147-AUTH", ...why)).out).moved).toEqual([]);
});

test("a proposal against an older revision is stale, and what shipped can be gone back to", async () => {
	const stale = JSON.parse((await as("lan", "propose", await edited(6), ...why)).out);
	const other = JSON.parse((await as("lan", "propose", await edited(8), ...why)).out);
	await as("huong", "accept", other.id);
	expect(await as("huong", "accept", stale.id)).toMatchObject({
		code: 1,
		err: expect.stringContaining("laws-stale"),
	});
	const reverted = JSON.parse((await as("huong", "revert", "--to", "1", ...why)).out);
	await as("lan", "accept", reverted.id);
	expect(await hoursOf(await ask())).toBe(24);
	const history = JSON.parse((await profiles("history")).out);
	expect(history.map(({ revision }: { revision: number }) => revision)).toEqual([4, 3, 2, 1]);
});

test("a file that is no book of laws is refused with what is wrong, and an unchanged one says so", async () => {
	const path = join(folder, "wrong.json");
	await writeFile(path, JSON.stringify({ laws: [{ jurisdiction: "VN" }] }));
	expect(await as("lan", "propose", path, ...why)).toMatchObject({ code: 2, err: expect.stringContaining("zone") });
	expect((await as("lan", "propose", await edited(24), ...why)).code).toBe(1);
});
