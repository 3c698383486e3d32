import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { isSolved, newChallenge } from "../../../services/portal/challenge.ts";
import { networkOf } from "../../../services/portal/network.ts";
import { createPortalSecrets, openPortalSecret } from "../../../services/portal/secrets.ts";

const secrets = createPortalSecrets("a secret of thirty-two characters");
const others = createPortalSecrets("b secret of thirty-two characters");
const now = Date.parse("2026-11-28T09:00:00Z");
const hourMs = 3_600_000;

test("a form is ours for a day, and nobody else's", () => {
	const token = secrets.newFormToken(now);
	expect(secrets.readFormToken(token, now + hourMs)).toEqual({ ageMs: hourMs });
	expect(secrets.readFormToken(token, now + 25 * hourMs)).toBeNull();
	expect(others.readFormToken(token, now)).toBeNull();
	expect(secrets.readFormToken(`${token}x`, now)).toBeNull();
	expect(secrets.readFormToken("", now)).toBeNull();
});

test("a form makes one receipt, and its hash depends on the secret", async () => {
	const token = secrets.newFormToken(now);
	const receipt = secrets.receiptOf(token);
	expect(secrets.receiptOf(token)).toBe(receipt);
	expect(secrets.receiptOf(secrets.newFormToken(now))).not.toBe(receipt);
	expect(secrets.hashReceipt(receipt)).toEqual(secrets.hashReceipt(receipt));
	expect(secrets.hashReceipt(receipt)).not.toEqual(others.hashReceipt(receipt));
	// As receipts were hashed that people hold already: 16 digits of nobody, and what was kept of them.
	expect(Buffer.from(await secrets.formerHash("1234567890123456")).toString("hex")).toBe(
		"a9abfd2a16ec5eaf0c879d0a784505ef38b3c229f9ebf5e0b04a881d31760989",
	);
});

test("a reporter is the same for a day, and another the next day", () => {
	const of = (atMs: number) => secrets.reporterOf("ipv4:100.64.1", atMs);
	expect(of(now)).toEqual(of(now + hourMs));
	expect(of(now)).not.toEqual(of(now + 24 * hourMs));
});

test("work that was done for one form is good for no other", async () => {
	const token = secrets.newFormToken(now);
	const challenge = JSON.parse(await newChallenge(secrets, token));
	const solved = JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
	expect(await isSolved(secrets, token, solved)).toBe(true);
	expect(await isSolved(secrets, secrets.newFormToken(now), solved)).toBe(false);
	expect(await isSolved(others, token, solved)).toBe(false);
	expect(await isSolved(secrets, token, "")).toBe(false);
	const cheaper = { ...challenge, parameters: { ...challenge.parameters, cost: 1 } };
	expect(await isSolved(secrets, token, JSON.stringify({ challenge: cheaper, solution: {} }))).toBe(false);
});

test("without a configured secret the data folder keeps one, and two first starts at once agree on it", async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-portal-"));
	const [one, two] = await Promise.all([openPortalSecret(null, folder), openPortalSecret(null, folder)]);
	expect(one).toBe(two);
	expect(await openPortalSecret(null, folder)).toBe(one);
	const file = join(folder, "portal.secret");
	expect(await readFile(file, "utf8")).toBe(one);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect(await openPortalSecret("configured", folder)).toBe("configured");
	await rm(folder, { recursive: true });
});

test.each([
	["100.64.1.7", "100.64.1.200", true],
	["100.64.1.7", "100.64.2.7", false],
	["::ffff:100.64.1.7", "100.64.1.9", true],
	["2001:db8:1:2::3", "2001:db8:1:ffff::9", true],
	["2001:db8:1::3", "2001:db8:2::3", false],
])("%s and %s are one network: %s", (one, other, isSame) => {
	expect(networkOf(one) === networkOf(other)).toBe(isSame);
});
