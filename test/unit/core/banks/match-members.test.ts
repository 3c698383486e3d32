// What files within a file come to: known ones count as by themselves, harmless ones only for themselves.
import { expect, test } from "@jest/globals";
import type { BankEntry, BankSettings, PictureHashes } from "../../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { matchWithMembers } from "../../../../services/core/banks/match-members.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { examinationSignals, faultsOf, hashSignals } from "../../../../services/core/signals/media-signals.ts";
import { digest, hashesOf, newBank, newEntry, withBitsFlipped } from "../../../support/bank-fixtures.ts";

const known = newBank();
const harmless = newBank({ name: "harmless", kind: "exempt", owner: "team", expiresAt: "2100-01-01T00:00:00.000Z" });
const pdqOf = (name: string) => digest(`picture ${name}`);

function matcherWith(...entries: readonly BankEntry[]) {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	for (const bank of [known, harmless]) matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const entry of entries) matcher.apply({ sequence: 2, kind: "entry", entry });
	return matcher;
}
const near = (bank: BankSettings, name: string) => newEntry(bank.id, { hashType: "pdq", hash: pdqOf(name) });
const exact = (bank: BankSettings, name: string) =>
	newEntry(bank.id, { hashType: "sha256", hash: hashesOf(name).sha256, quality: null });

interface Member {
	readonly path: string;
	readonly picture?: string;
	readonly bits?: number;
	/** Of a video: when each still is seen. */
	readonly shown?: PictureHashes["shown"];
}

function member({ path, picture = path, bits = 0, shown }: Member) {
	const hash = withBitsFlipped(pdqOf(picture), bits);
	const pdq = { hash, quality: 90, dihedral: [hash], ...(shown && { shown }) };
	return { path, hashes: { ...hashesOf(picture), pdq }, frames: [] };
}

const matchesOf = (matcher: ReturnType<typeof matcherWith>, ...members: readonly Member[]) =>
	matchWithMembers((...one) => matcher.match(...one), {
		...{ hashes: { ...hashesOf("the file"), pdq: null }, frames: [] },
		members: members.map(member),
	});
async function tierOf(matcher: ReturnType<typeof matcherWith>, ...members: readonly Member[]) {
	const matches = await matchesOf(matcher, ...members);
	return decideVerdict(hashSignals({ pdq: null }, matches, "1", true), "public", defaultPolicy).tier;
}

test("the bytes of a known file confirm the file that holds them, and a picture like a known one is as strong as by itself", async () => {
	const matcher = matcherWith(exact(known, "a"), near(known, "b"));
	expect(await tierOf(matcher, { path: "x" }, { path: "a" })).toBe("K1");
	expect(await tierOf(matcher, { path: "x" }, { path: "b", bits: 4 })).toBe("K2");
	expect(await tierOf(matcher, { path: "x" }, { path: "b", bits: 25 })).toBe("K3");
	expect(await tierOf(matcher, { path: "x" })).toBe("none");
});

test("each entry is named once, with the members that match as strongly, the strongest first", async () => {
	const matcher = matcherWith(near(known, "a"));
	const [match, ...more] = await matchesOf(
		...([matcher, { path: "far", picture: "a", bits: 28 }, { path: "near", picture: "a", bits: 9 }] as const),
		...([{ path: "same", picture: "a" }, { path: "other" }] as const),
	);
	expect(more).toEqual([]);
	expect(match).toMatchObject({ distanceBits: 0, within: ["same", "near"] });
});

test("a harmless member exempts itself and nothing beside it", async () => {
	const matcher = matcherWith(near(known, "a"), near(harmless, "a"), near(known, "b"), near(harmless, "c"));
	expect(await tierOf(matcher, { path: "a" })).toBe("none");
	expect(await tierOf(matcher, { path: "a" }, { path: "b" })).toBe("K2");
	expect(await tierOf(matcher, { path: "c" }, { path: "b" })).toBe("K2");
	const matches = await matchesOf(matcher, { path: "a" });
	expect(matches.find(({ bankKind }) => bankKind === "known")?.within).toEqual([]);
});

test("the bytes that a trusted bank knows stand, whatever a list calls harmless", async () => {
	const matcher = matcherWith(exact(known, "a"), near(harmless, "a"));
	expect(await tierOf(matcher, { path: "a" })).toBe("K1");
});

test("of a known video in it the parts that are harmless are taken out as by itself, and a brief look asks people", async () => {
	const matcher = matcherWith(near(known, "a"));
	expect(await tierOf(matcher, { path: "a", shown: [{ fromMs: 0, toMs: 1_000 }] })).toBe("K3");
	expect(await tierOf(matcher, { path: "a", shown: [{ fromMs: 0, toMs: 9_000 }] })).toBe("K2");
});

test("what could not be looked at in it is said once for each reason, with the members' names", () => {
	const unseen = { mediaType: null, hashes: null, frames: [], rasters: [], rastersShown: [] };
	const members = (["encrypted", "encrypted", null] as const).map((fault, at) => ({ ...unseen, path: `${at}`, fault }));
	expect(examinationSignals({ kind: "unpacked", members, missing: "members-not-read" }, "1")).toEqual([
		{ kind: "unavailable", detector: "media", version: "1", reason: "members-not-read" },
		{ kind: "unavailable", detector: "media", version: "1", reason: "encrypted", within: ["0", "1"] },
	]);
});

test("a picture with another file in its own is known as one of both: it is as strong as by itself, and harmless only for itself", async () => {
	const matcher = matcherWith(near(harmless, "a"), near(known, "b"), near(known, "c"));
	const { hashes } = member({ path: "", picture: "a" });
	const joined = (picture: string, ...within: readonly string[]) =>
		matchWithMembers((...one) => matcher.match(...one), {
			...{ hashes: { ...hashes, ...member({ path: "", picture }).hashes }, frames: [] },
			members: within.map((path) => member({ path })),
		});
	const tier = async (matches: ReturnType<typeof joined>) =>
		decideVerdict(hashSignals({ pdq: null }, await matches, "1", true), "public", defaultPolicy).tier;
	expect(await tier(joined("a", "b"))).toBe("K2");
	expect(await joined("c", "x")).toMatchObject([{ distanceBits: 0, within: ["the picture"] }]);
	expect(await tier(joined("c", "x"))).toBe("K2");
	expect(await tier(joined("x", "a", "b"))).toBe("K2");
});

test("other files in a picture's own of which nobody has looked at any are said not to be read", () => {
	const picture = { kind: "unavailable", reason: "truncated", mediaType: "image/jpeg", frames: [] } as const;
	const { hashes } = member({ path: "a" });
	expect(faultsOf({ ...picture, hashes })).toEqual(["truncated"]);
	expect(faultsOf({ ...picture, hashes, isJoined: true })).toEqual(["truncated", "members-not-read"]);
	expect(faultsOf({ ...picture, hashes, members: [], missing: "overloaded" })).toEqual(["truncated", "overloaded"]);
});
