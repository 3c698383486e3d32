// What every media store promises (core/ports/media-store.ts), wherever the bytes lie.
import { createHash, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { MediaStore } from "../../services/core/ports/media-store.ts";

const maxBytes = 40_000_000;

async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export interface OpenMediaStore extends AsyncDisposable {
	readonly store: MediaStore;
	/** Keys of all that is kept, finished or not. */
	listKeys(): Promise<readonly string[]>;
}

export function describeMediaStoreContract(name: string, open: () => Promise<OpenMediaStore>): void {
	describe(`${name} as a media store`, () => {
		let opened: OpenMediaStore;
		let store: MediaStore;
		beforeEach(async () => {
			opened = await open();
			store = opened.store;
		});
		afterEach(async () => {
			await opened[Symbol.asyncDispose]();
		});

		test.each([
			["an empty object", 0],
			["a picture's worth of bytes", 300_000],
			["more than goes up in one piece", 20_000_000],
		])("%s comes back as it went in, with its size and SHA-256", async (_what, sizeBytes) => {
			const bytes = randomBytes(sizeBytes);
			const sha256 = createHash("sha256").update(bytes).digest();
			const put = await store.put("uploads/forum/2026-11-24/a", inChunks(bytes, 65_536), maxBytes);
			expect(put.sizeBytes).toBe(sizeBytes);
			expect(Buffer.from(put.sha256)).toEqual(sha256);
			const got = await store.get("uploads/forum/2026-11-24/a", maxBytes);
			expect(Buffer.compare(Buffer.from(got ?? []), bytes)).toBe(0);
		});

		test("it is read piece by piece as well, and no more than is wanted", async () => {
			const bytes = randomBytes(20_000_000);
			await store.put("uploads/forum/2026-11-24/a", bytes, maxBytes);
			const pieces: Uint8Array[] = [];
			for await (const piece of (await store.read("uploads/forum/2026-11-24/a", maxBytes)) ?? []) pieces.push(piece);
			expect(pieces.length).toBeGreaterThan(1);
			expect(Buffer.compare(Buffer.concat(pieces), bytes)).toBe(0);
			expect(await store.read("uploads/forum/2026-11-24/none", maxBytes)).toBeNull();
			await expect(store.read("uploads/forum/2026-11-24/a", 1_000)).rejects.toMatchObject({
				code: "content-too-large",
			});
		});

		test("bytes that are at hand already are kept like a stream of them", async () => {
			await store.put("evidence/ab/abcd", Buffer.from("at hand"), maxBytes);
			expect(Buffer.from((await store.get("evidence/ab/abcd", maxBytes)) ?? []).toString()).toBe("at hand");
		});

		test("writing a key again replaces what was there", async () => {
			await store.put("evidence/x", Buffer.from("first"), maxBytes);
			await store.put("evidence/x", Buffer.from("second"), maxBytes);
			expect(Buffer.from((await store.get("evidence/x", maxBytes)) ?? []).toString()).toBe("second");
		});

		test("an unknown key is null, and deleting it is no error", async () => {
			expect(await store.get("evidence/none", maxBytes)).toBeNull();
			await store.delete("evidence/none");
		});

		test("what is deleted is gone", async () => {
			await store.put("evidence/x", Buffer.from("bytes"), maxBytes);
			await store.delete("evidence/x");
			expect(await store.get("evidence/x", maxBytes)).toBeNull();
		});

		test.each([
			["small", 1_000, 999],
			["large", 20_000_000, 19_999_999],
		])("a %s stream over the limit is refused, and nothing of it stays", async (_size, sizeBytes, limit) => {
			const upload = store.put("uploads/forum/x", inChunks(Buffer.alloc(sizeBytes), 65_536), limit);
			await expect(upload).rejects.toMatchObject({ code: "content-too-large" });
			expect(await store.get("uploads/forum/x", maxBytes)).toBeNull();
			expect(await opened.listKeys()).toEqual([]);
		});

		test("a stream that breaks off leaves nothing, and its error is passed on", async () => {
			async function* broken() {
				yield Buffer.alloc(9_000_000);
				throw new Error("the sender went away");
			}
			await expect(store.put("uploads/forum/x", broken(), maxBytes)).rejects.toThrow();
			expect(await opened.listKeys()).toEqual([]);
		});

		test("keys are listed by what they begin with", async () => {
			const keys = ["uploads/forum/2026-11-24/a", "uploads/forum/x", "evidence/ab/abcd"];
			for (const key of keys) await store.put(key, Buffer.from("x"), maxBytes);
			const listed = async (prefix: `${string}/`) => {
				const found: string[] = [];
				for await (const key of store.list(prefix)) found.push(key);
				return found.toSorted();
			};
			expect(await listed("uploads/")).toEqual(keys.slice(0, 2));
			expect(await listed("evidence/ab/")).toEqual(keys.slice(2));
			expect(await listed("nothing/")).toEqual([]);
		});

		test("an object over the reader's limit is refused, not cut", async () => {
			await store.put("evidence/x", Buffer.alloc(1_000), maxBytes);
			await expect(store.get("evidence/x", 999)).rejects.toMatchObject({ code: "content-too-large" });
		});

		test.each(["../secret", "/etc/passwd", "uploads/../../secret", "uploads//x", ".hidden", "uploads/.x", "", "a b"])(
			"%j is no key",
			async (key) => {
				await expect(store.get(key, maxBytes)).rejects.toMatchObject({ code: "malformed-request" });
				await expect(store.put(key, Buffer.from("x"), maxBytes)).rejects.toMatchObject({ code: "malformed-request" });
				await expect(store.delete(key)).rejects.toMatchObject({ code: "malformed-request" });
			},
		);

		test("it says that it can be used, having written something of which nothing stays", async () => {
			await store.check();
			expect(await opened.listKeys()).toEqual([]);
		});
	});
}
