import { createHash, randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { platformId, uuidv7 } from "../../../../services/core/ids.ts";
import type { KeyHolder } from "../../../../services/core/ports/platform-store.ts";
import { type CheckKey, createCheckKey } from "../../../../services/runtime/http/check-key.ts";

const key = `bw_forum_${randomBytes(32).toString("base64url")}`;
const forum: KeyHolder = {
	id: platformId.parse(uuidv7(1)),
	name: "forum",
	source: "//forum.example",
	webhook: null,
	mediaHosts: [],
	addressTemplates: [],
	country: null,
	jurisdictions: [],
	isEnabled: true,
	mayCurate: false,
};

let now: number;
let lookUps: Uint8Array[];
let answer: () => Promise<KeyHolder | null>;
let checkKey: CheckKey;
beforeEach(() => {
	now = 1_000_000;
	lookUps = [];
	answer = async () => forum;
	const findByKeyHash = (keyHash: Uint8Array) => {
		lookUps.push(keyHash);
		return answer();
	};
	checkKey = createCheckKey({ platforms: { findByKeyHash }, clock: { now: () => now } });
});

describe("checking a platform's key", () => {
	it("asks for its hash, never for the key itself", async () => {
		await expect(checkKey(`Bearer ${key}`)).resolves.toBe(forum);
		expect(lookUps).toEqual([createHash("sha256").update(key).digest()]);
	});

	it("takes the scheme's name in any case (RFC 9110 §11.1)", async () => {
		await expect(checkKey(`bearer ${key}`)).resolves.toBe(forum);
	});

	it.each([undefined, "", "Bearer", `Basic ${key}`, `Bearer ${key} `, `Bearer ${key}x`, `Bearer ${key.slice(0, -1)}`])(
		"refuses %j without asking the record",
		async (authorization) => {
			await expect(checkKey(authorization)).rejects.toMatchObject({ code: "unauthenticated" });
			expect(lookUps).toEqual([]);
		},
	);

	it("asks the record once for a burst of requests, and again after a second", async () => {
		await Promise.all(Array.from({ length: 50 }, () => checkKey(`Bearer ${key}`)));
		now += 999;
		await checkKey(`Bearer ${key}`);
		expect(lookUps).toHaveLength(1);
		now += 1;
		await checkKey(`Bearer ${key}`);
		expect(lookUps).toHaveLength(2);
	});

	it("refuses a revoked key at the latest a second after its last use", async () => {
		await checkKey(`Bearer ${key}`);
		answer = async () => null;
		now += 1_000;
		await expect(checkKey(`Bearer ${key}`)).rejects.toMatchObject({ code: "unauthenticated" });
	});

	it("refuses the key of a platform that is disabled", async () => {
		answer = async () => ({ ...forum, isEnabled: false });
		await expect(checkKey(`Bearer ${key}`)).rejects.toMatchObject({ code: "unauthenticated" });
	});

	it("does not remember that the record could not be asked", async () => {
		answer = () => Promise.reject(new Error("out of reach"));
		await expect(checkKey(`Bearer ${key}`)).rejects.toThrow("out of reach");
		answer = async () => forum;
		await expect(checkKey(`Bearer ${key}`)).resolves.toBe(forum);
	});

	it("remembers a bounded number of keys, whoever makes them up", async () => {
		answer = async () => null;
		for (let made = 0; made < 10_050; made += 1) {
			await checkKey(`Bearer bw_forum_${String(made).padStart(43, "0")}`).catch(() => undefined);
		}
		lookUps.length = 0;
		await checkKey(`Bearer bw_forum_${"0".repeat(43)}`).catch(() => undefined);
		await checkKey(`Bearer bw_forum_${"10049".padStart(43, "0")}`).catch(() => undefined);
		expect(lookUps).toHaveLength(1);
	});
});
