import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
// As in our processes, where it takes over Node's own fetch.
import "undici";
import { createS3MediaStore } from "../../services/adapters/media/s3-media-store.ts";
import { freePort } from "../../services/runtime/free-port.ts";
import { describeMediaStoreContract } from "../contract/media-store.ts";
import { type S3Server, startS3 } from "../support/servers/start-s3.ts";

const timeoutMs = 20_000;
const maxBytes = 1_000_000;
let server: S3Server;
beforeAll(async () => {
	server = await startS3();
}, 180_000);
afterAll(() => server?.stop());

const placeOf = ({ endpoint, region, accessKeyId, secretAccessKey }: S3Server) => ({
	...{ endpoint, region, accessKeyId, secretAccessKey, timeoutMs },
});

describeMediaStoreContract("An S3 bucket", async () => {
	const store = createS3MediaStore(placeOf(server));
	const keys = ["uploads/forum/2026-11-24/a", "uploads/forum/x", "evidence/ab/abcd", "evidence/x"];
	return {
		store,
		listKeys: () => server.listFiles(),
		[Symbol.asyncDispose]: async () => {
			for (const key of keys) await store.delete(key);
		},
	};
});

describe("An object store that cannot be used", () => {
	test.each([
		["refuses our secret key", () => ({ ...placeOf(server), secretAccessKey: "another" })],
		["has no such bucket", () => ({ ...placeOf(server), endpoint: `${server.endpoint}-elsewhere` })],
	])("one that %s is unavailable, and its check says so", async (_what, place) => {
		const store = createS3MediaStore(place());
		const unavailable = { code: "store-unavailable", retriable: true };
		await expect(store.put("evidence/x", Buffer.from("x"), maxBytes)).rejects.toMatchObject(unavailable);
		await expect(store.check()).rejects.toMatchObject(unavailable);
	});

	test("one that is away is unavailable, never an object that is not there", async () => {
		const endpoint = `http://127.0.0.1:${await freePort()}/breakwater`;
		const store = createS3MediaStore({ ...placeOf(server), endpoint });
		await expect(store.get("evidence/x", maxBytes)).rejects.toMatchObject({ code: "store-unavailable" });
		await expect(store.delete("evidence/x")).rejects.toMatchObject({ code: "store-unavailable" });
	});
});
