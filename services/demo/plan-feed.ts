// What the sample feed holds: which posts and pictures, in which order, and which of them are planted copies.
import { randomUUID } from "node:crypto";
import type { DemoDeps, DemoOptions } from "./demo.ts";

export type FeedItem = {
	readonly id: string;
	/** The sample platform's own id of it. */
	readonly subject: string;
	readonly isPlanted: boolean;
	/** The platform's own id of who posted it. */
	readonly authorId: string;
} & (
	| { readonly kind: "post"; readonly text: string }
	| { readonly kind: "picture"; readonly bytes: Uint8Array; readonly type: string }
);

/** Seeds of the pictures in the role of known ones; the feed's other pictures have seeds from `ordinarySeed` on. */
export const knownSeeds: readonly number[] = [11, 12, 13, 14, 15, 16];
const ordinarySeed = 1_000;
export const knownTexts: readonly string[] = [
	"Breakwater demonstration: this sentence plays the part of a known text.",
	"Câu này đóng vai một văn bản đã biết trong bản trình diễn của Breakwater.",
];

const sentences: readonly string[] = [
	"Sunny morning at the harbour, the fishing boats are just coming back.",
	"Hôm nay trời đẹp, cả nhà ra bờ biển ăn sáng.",
	"Does anyone know when the library opens on Saturday?",
	"Vừa nấu xong một nồi phở, mời mọi người ghé chơi!",
	"The new bridge is finally open to bicycles.",
	"Lớp mình cuối tuần đi bảo tàng, ai muốn đi cùng không?",
	"Looking for a second-hand desk, close to the station.",
	"Cây xoài trước nhà năm nay sai quả quá.",
];
/** As often as the law of Vietnam counts before it asks what to do about an account. */
const repeatedPosts = 5;
const plantedShare = 1 / 4;
const plantedPostEvery = 40;

export async function planFeed(
	{ drawSample, copySample }: Pick<DemoDeps, "drawSample" | "copySample">,
	options: DemoOptions,
): Promise<readonly FeedItem[]> {
	const run = randomUUID().slice(0, 8);
	const posts: FeedItem[] = Array.from({ length: options.posts }, (_, index) => {
		const planted =
			index % plantedPostEvery === plantedPostEvery - 1
				? knownTexts[Math.floor(index / plantedPostEvery) % knownTexts.length]
				: undefined;
		const text =
			planted === undefined ? `${sentences[index % sentences.length]} (${index})` : disguised(planted, index);
		return {
			id: `${run}-post-${index}`,
			subject: `post/${run}/${index}`,
			isPlanted: planted !== undefined,
			authorId: "demo-author",
			kind: "post",
			text,
		};
	});
	const authorId = repeatingAccount(run);
	const text = newText();
	const repeated = Array.from({ length: repeatedPosts }, (_, index): FeedItem => {
		const names = { id: `${run}-repeated-${index}`, subject: `repeated/${run}/${index}` };
		return { ...names, isPlanted: true, authorId, kind: "post", text };
	});
	const pictures = await Promise.all(
		Array.from({ length: options.pictures }, async (_, index): Promise<FeedItem> => {
			const isPlanted = index % Math.round(1 / plantedShare) === 1;
			const turn = Math.floor(index * plantedShare);
			const known = knownSeeds[turn % knownSeeds.length] ?? 0;
			const bytes = isPlanted
				? await copySample(await drawSample(known), turn)
				: await drawSample(ordinarySeed + index);
			return {
				id: `${run}-picture-${index}`,
				subject: `picture/${run}/${index}`,
				isPlanted,
				authorId: "demo-author",
				kind: "picture",
				bytes,
				type: typeOf(bytes),
			};
		}),
	);
	return [...interleave(posts, pictures), ...repeated];
}

const repeating = "demo-repeats-";
const repeatingAccount = (run: string) => `${repeating}${run}`;
export const isRepeated = ({ authorId }: FeedItem): boolean => authorId.startsWith(repeating);

/** Like nothing that was decided in a run before. */
function newText(): string {
	return Array.from({ length: 12 }, () => randomUUID().slice(0, 8)).join(" ");
}

/** Other cases and spaces: the same words to a reader. */
function disguised(text: string, index: number): string {
	return index % 2 === 0 ? text.toUpperCase() : text.replaceAll(" ", "  ");
}

function typeOf(bytes: Uint8Array): string {
	if (bytes[0] === 0x89) return "image/png";
	return bytes[0] === 0x52 ? "image/webp" : "image/jpeg";
}

function interleave<T>(long: readonly T[], short: readonly T[]): readonly T[] {
	const total = long.length + short.length;
	const merged: T[] = [];
	for (let index = 0, taken = 0; index < total; index += 1) {
		const due = Math.floor(((index + 1) * short.length) / total);
		const item = due > taken ? short[taken++] : long[index - taken];
		if (item !== undefined) merged.push(item);
	}
	return merged;
}
