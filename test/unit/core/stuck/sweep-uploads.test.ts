import { expect, test } from "@jest/globals";
import { sweepUploads } from "../../../../services/core/stuck/sweep-uploads.ts";
import { evidenceKey, newMediaKey } from "../../../../services/core/wire/media-key.ts";

const forum = { name: "forum" };
const day = 86_400_000;
const now = Date.UTC(2026, 10, 24);

async function sweep(keys: readonly string[], options: { isTrial?: boolean; parked?: readonly string[] } = {}) {
	const left = new Set(keys);
	const count = await sweepUploads(
		{
			mediaStore: {
				async *list(prefix) {
					yield* keys.filter((key) => key.startsWith(prefix));
				},
				delete: async (key) => void left.delete(key),
			},
			deadLetters: { mentioned: async (texts) => new Set(texts.filter((text) => options.parked?.includes(text))) },
		},
		{ before: new Date(now - 14 * day), isTrial: options.isTrial ?? false },
	);
	return { count, left: [...left] };
}

test("an upload that no event named in time is deleted, finished or not; a younger one and evidence stay", async () => {
	const old = newMediaKey(forum, now - 15 * day);
	const young = newMediaKey(forum, now - 13 * day);
	const evidence = evidenceKey(new Uint8Array(32));
	const { count, left } = await sweep([old, `${old}.0a1b.part`, young, evidence, "uploads/forum/something-else"]);
	expect(count).toBe(2);
	expect(left).toEqual([young, evidence, "uploads/forum/something-else"]);
});

test("what a parked record names is kept: it may be replayed", async () => {
	const keys = Array.from({ length: 450 }, () => newMediaKey(forum, now - 30 * day));
	const { count, left } = await sweep(keys, { parked: keys.slice(7, 9) });
	expect(count).toBe(448);
	expect(left).toEqual(keys.slice(7, 9));
});

test("a trial counts and deletes nothing", async () => {
	const keys = [newMediaKey(forum, now - 30 * day)];
	expect(await sweep(keys, { isTrial: true })).toEqual({ count: 1, left: keys });
});
