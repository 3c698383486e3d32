// The clips of test/fixtures/video against what vPDQ's reference (PyPI `vpdq` 0.2.5) hashes of them and finds among them: the same frames have
// the same hashes within two bits (of MPEG-4 within four), and the same videos match. The folder's script says how that was made.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createVideoExaminer } from "../../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import type { BankSettings, PictureHashes } from "../../../services/core/banks/bank.ts";
import { newBankDefaults, newBankTrust, usualVideoShares } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { fromHex } from "../../../services/core/hashes/hash-hex.ts";
import { hashOfFrames } from "../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { usableFrames } from "../../../services/core/hashes/vpdq/usable-frames.ts";
import { pdqsOf } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { bankId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { bitsApart } from "../../support/bits-apart.ts";

interface Vectors {
	/** When, quality, hash of each frame. */
	readonly frames: Readonly<Record<string, readonly (readonly [number, number, string])[]>>;
	/** Of the item's frames among the known one's, and the other way. */
	readonly shares: readonly (readonly [item: string, known: string, ofItem: number, ofEntry: number])[];
}
const folder = fromPackageRoot("test/fixtures/video");
const { frames, shares }: Vectors = JSON.parse(await readFile(join(folder, "vpdq-vectors.json"), "utf8"));
const names = Object.keys(frames);
const framesASecond = 10;

const limits = { maxPixels: 100_000_000, maxFrames: 1, timeoutMs: 60_000 };
const common = { workers: 1, modelSize: 224, logger: silentLogger };
const examiner = createVideoExaminer(
	{ ...common, limits },
	createImageExaminer({ ...common, limits: { ...limits, maxBytes: 8_000_000 } }),
);
const ours = new Map<string, readonly PictureHashes[]>();
beforeAll(async () => {
	for (const name of names) {
		const found = await examiner.examine(await readFile(join(folder, name)), new AbortController().signal);
		expect(found.kind).toBe("examined");
		ours.set(
			name,
			[found.hashes.pdq, ...found.frames].flatMap((one) => one ?? []),
		);
	}
}, 120_000);
afterAll(() => examiner[Symbol.asyncDispose]());

const theirs = (name: string) =>
	(frames[name] ?? []).map(([atMs, quality, hash]) => ({ atMs, quality, hash: fromHex(hash, 32) }));

/** MPEG-4 leaves to decoders how the inverse transform rounds, and these two round differently. */
const mostBits = (name: string) => (name.endsWith(".avi") ? 4 : 2);

test.each(names)("%s: every still has the reference's hash of its frame, within two bits (MPEG-4: four)", (name) => {
	const stills = ours.get(name) ?? [];
	expect(stills.length).toBeGreaterThanOrEqual(5);
	const apart = stills.map(({ hash, shown }) => {
		const atMs = shown?.[0]?.fromMs ?? Number.NaN;
		const frame = theirs(name).find((one) => Math.abs(one.atMs - atMs) <= 1);
		return frame === undefined ? `no frame at ${atMs} ms` : bitsApart(hash, frame.hash);
	});
	expect(apart.filter((bits) => typeof bits === "string" || bits > mostBits(name))).toEqual([]);
});

const once = (name: string): readonly PictureHashes[] =>
	theirs(name)
		.filter((_, at) => at % framesASecond === 0)
		.map(({ hash, quality, atMs }) => ({
			...{ hash, quality, dihedral: [hash] },
			shown: [{ fromMs: atMs, toMs: atMs + 1_000 }],
		}));

function matchesOf(
	stillsOf: (name: string) => readonly PictureHashes[],
	videoShares: BankSettings["videoShares"],
): readonly string[] {
	const settings = { name: "known", kind: "known", category: "test", owner: null, expiresAt: null } as const;
	const bank = {
		...{ ...settings, ...newBankDefaults, ...newBankTrust, videoShares },
		id: bankId.parse(uuidv7(Date.now())),
	};
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	matcher.apply({ sequence: 0, kind: "bank", bank });
	const known = new Map(names.map((name) => [entryId.parse(uuidv7(Date.now())), name]));
	const opinions = [{ source: "a", kind: "positive" }] as const;
	const entry = { quality: null, opinions, isQuarantined: false, bankId: bank.id, hashType: "vpdq" } as const;
	for (const [id, name] of known) {
		const usable = usableFrames(once(name));
		const named = { hash: hashOfFrames(usable), framePdqs: pdqsOf(usable) };
		matcher.apply({ sequence: 0, kind: "entry", entry: { ...entry, ...named, id } });
	}
	return names.flatMap((item) => {
		const [first, ...others] = stillsOf(item);
		const found = matcher.match({ ...exactHashes(new Uint8Array(1)), pdq: first ?? null }, others);
		return found.map(({ entryId: id }) => `${item} is ${known.get(id)}`).sort();
	});
}

function referenceMatches({ ofItem, ofEntry }: BankSettings["videoShares"]): readonly string[] {
	const reaches = (share: number, least: number) => share > 0 && share >= least;
	return names.flatMap((item) =>
		shares
			.filter(([of, , inItem, inEntry]) => of === item && reaches(inItem, ofItem) && reaches(inEntry, ofEntry))
			.map(([, known]) => `${item} is ${known}`)
			.sort(),
	);
}

describe("of the reference's own frames the same videos match", () => {
	test.each([
		["as usual", usualVideoShares],
		["half of it, and all of the known one", { ofItem: 0.5, ofEntry: 1 }],
		["half of both", { ofItem: 0.5, ofEntry: 0.5 }],
		["anything", { ofItem: 0, ofEntry: 0 }],
	])("%s", (_, wanted) => {
		expect(matchesOf(once, wanted)).toEqual(referenceMatches(wanted));
	});
});

/** Shares between none and all differ by the stills at cuts, which the reference does not take. */
test("by the stills that are taken here, too, as usual", () => {
	expect(matchesOf((name) => ours.get(name) ?? [], usualVideoShares)).toEqual(referenceMatches(usualVideoShares));
});
