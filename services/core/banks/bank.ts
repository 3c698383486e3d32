// Banks of known hashes and their entries, as every matcher holds them. What a match means is decided in policy/.

import { z } from "zod";
import { ofRule } from "../fault.ts";
import {
	type FileHashType,
	type HashType,
	hashType,
	isNear,
	isOfFrames,
	isOfTexts,
	isWithinTexts,
	type PictureHashType,
} from "../hashes/hash-type.ts";
import { dihedralTransforms } from "../hashes/pdq/dihedral-transforms.ts";
import type { Sound } from "../hashes/sound/sound.ts";
import { bankId, entryId } from "../ids.ts";
import { memberPaths } from "../items/members.ts";
import { type Segment, segment } from "../items/segment.ts";
import { linkForms } from "../links/link-form.ts";
import { rewordings } from "../text/rewordings.ts";
import { type TermCondition, termCondition } from "./term-condition.ts";

export const opinionKinds = ["positive", "negative", "investigate", "withdrawn"] as const;
export const opinionKind = z.enum(opinionKinds);
export type OpinionKind = z.infer<typeof opinionKind>;
/** Our own people's word on an entry, written from a case; no list may speak under this name. */
export const ownSource = "here";
/** What one source says of an entry. */
export interface Opinion {
	readonly source: string;
	readonly kind: OpinionKind;
	/** The source's own labels, as codes. */
	readonly categories?: readonly string[];
	/** The source's own grade, 0–5, higher is worse. */
	readonly severity?: number;
	/** ISO 8601; from then on the opinion counts no more. */
	readonly expiresAt?: string;
	/** Where alone a term counts: the source says nothing of it elsewhere in texts. */
	readonly only?: TermCondition;
}

/** `exempt`: what matches it is left alone. */
export const bankKind = z.enum(["known", "exempt"]);

/** The aggregate over an entry's opinions; `cleared` entries match nothing. */
export type EntryStanding = "confirmed" | "probable" | "disputed" | "cleared";

/** As few as one in a million contents; less is as good as none, and the record cannot tell it from none. */
const leastShare = 1e-6;
const share = z
	.number()
	.min(0)
	.max(1)
	.refine((one) => one === 0 || one >= leastShare, ofRule("share-too-small"))
	.meta({ anyOf: [{ const: 0 }, { minimum: leastShare }] });

/** How much imports and bringing the bank back may change within a day (import-allowance.ts) before a second person must agree: a share of the bank, and a number of entries for a bank still small. */
export const allowedChange = z.object({
	/** How much of what the bank holds: entries removed or changed, and entries added. */
	share,
	/** Entries that may be added whatever the share. */
	addedEntries: z.int().min(0),
});
export type AllowedChange = z.infer<typeof allowedChange>;

/** As a list may name the source that it speaks for. */
const sourceName = z
	.string()
	.min(1)
	.max(128)
	.refine((name) => name !== ownSource, ofRule("own-source"))
	.meta({ not: { const: ownSource } });

/** How little lists may do in a bank on one person's word until somebody says more. */
export const newBankTrust: {
	readonly trusted: false;
	readonly sources: string[];
	readonly allowedChange: AllowedChange;
} = {
	trusted: false,
	sources: [],
	allowedChange: { share: 0.1, addedEntries: 10_000 },
};

/** As vPDQ's reference has them: a part of a known video is known, and so is what holds little else. */
export const usualVideoShares: { readonly ofItem: number; readonly ofEntry: number } = { ofItem: 0.8, ofEntry: 0 };

export const bankSettings = z.object({
	id: bankId,
	name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, ofRule("name-form")),
	/** `known` entries lead to withholding or review; `exempt` ones (known harmless) win over everything but a trusted exact match. */
	kind: bankKind,
	/** Policy category of what the bank holds, a code of the policy's list. */
	category: z.string().min(1).max(64),
	/** Trusted and verified here: one positive source is enough for K1. */
	trusted: z.boolean(),
	/** Sources whose word counts by itself; what all others say counts as one source's. Our own people's always counts. */
	sources: z.array(sourceName).max(100).default([]),
	enabled: z.boolean(),
	/** Records what it would have done and changes nothing. */
	shadow: z.boolean(),
	/** Share of content (0–1) for which the bank answers, chosen by the content's hash: the same picture always gets the same answer. */
	enabledRatio: share,
	/** PDQ bits up to which a match is strong (K2). */
	tightRadiusBits: z.int().min(0).max(31),
	/** PDQ bits up to which a match is probable (K3). */
	wideRadiusBits: z.int().min(0).max(31),
	/** Who answers for the bank. An exemption bank has one. */
	owner: z.string().min(1).max(128).nullable().default(null),
	/** ISO 8601; from then on the bank answers nothing. An exemption bank has one, so that nothing stays harmless unexamined. */
	expiresAt: z.iso.datetime().nullable().default(null),
	allowedChange: allowedChange.default(newBankTrust.allowedChange),
	/** How much of a video's frames must be among a known one's (vPDQ), and of the known one's among the video's. */
	videoShares: z.object({ ofItem: share, ofEntry: share }).default(usualVideoShares),
});
export type BankSettings = z.infer<typeof bankSettings>;
export type NewBank = Omit<z.input<typeof bankSettings>, "id">;

/** What a new bank is until somebody says more: its matches go to people. */
export const newBankDefaults = {
	trusted: newBankTrust.trusted,
	enabled: true,
	shadow: false,
	enabledRatio: 1,
	tightRadiusBits: 20,
	wideRadiusBits: 31,
} as const;

export const settingsFaultSchema = z.discriminatedUnion("code", [
	z.object({ code: z.literal("radii-crossed") }),
	z.object({ code: z.literal("exemption-unbounded") }),
]);
export type SettingsFault = z.infer<typeof settingsFaultSchema>;

/** What is wrong with settings that are each well-formed; null where nothing is. */
export function settingsFault(
	bank: Pick<BankSettings, "kind" | "owner" | "expiresAt" | "tightRadiusBits" | "wideRadiusBits">,
): SettingsFault | null {
	if (bank.tightRadiusBits > bank.wideRadiusBits) return { code: "radii-crossed" };
	if (bank.kind === "exempt" && (bank.owner === null || bank.expiresAt === null))
		return { code: "exemption-unbounded" };
	return null;
}

/** So long before its end an exemption bank asks to be looked at again. */
export const exemptionNoticeMs = 14 * 24 * 60 * 60_000;

export interface BankEntry {
	readonly id: z.infer<typeof entryId>;
	readonly bankId: z.infer<typeof bankId>;
	readonly hashType: HashType;
	readonly hash: Uint8Array;
	/** The PDQ of each frame that the hash names, 32 bytes, one after the other; left out of other types. */
	readonly framePdqs?: Uint8Array;
	/** PDQ quality (0–100) of the entry's own picture; null where the source gave none, and for other hashes. */
	readonly quality: number | null;
	readonly opinions: readonly Opinion[];
	/** It suddenly matched much: its matches go to people until someone confirms or clears it. */
	readonly isQuarantined: boolean;
}

/** One step of the banks' history; detectors apply them in order of `sequence` and ask again from the last they hold. */
export type BankChange = { readonly sequence: number } & (
	| { readonly kind: "bank"; readonly bank: BankSettings }
	| { readonly kind: "bank-removed"; readonly bankId: z.infer<typeof bankId> }
	| { readonly kind: "entry"; readonly entry: BankEntry }
	| {
			readonly kind: "entry-removed";
			readonly entryId: z.infer<typeof entryId>;
			readonly bankId: z.infer<typeof bankId>;
	  }
);

/**
 * Other framings under which a picture is looked up: its border taken away, a picture within it cut out, what covers a part of it
 * replaced, another rendering of the same file, its lost edges replaced, its tilt undone, its tones reversed, or a half of it alone.
 */
const reframings = [
	"trimmed",
	"trimmedMirrored",
	"panel",
	"panelMirrored",
	"uncovered",
	"uncoveredMirrored",
	"rendered",
	"renderedMirrored",
	"uncropped",
	"uncroppedMirrored",
	"straightened",
	"straightenedMirrored",
	"negative",
	"negativeMirrored",
	"half",
	"halfMirrored",
] as const;
const transforms = [...dihedralTransforms, ...reframings, ...rewordings, ...linkForms, "withoutMarks"] as const;
export type Transform = (typeof transforms)[number];

/** Whether a part of the picture stands for it: two that share a half are not one thing with each other. */
export function isOfHalf(transform: Transform): boolean {
	return transform === "half" || transform === "halfMirrored";
}

export function isReframing(transform: Transform): boolean {
	return reframings.some((one) => one === transform);
}

/** Whether the item is what the entry was made of, and not only like it: equal hashes of the item as it came. */
export function isSameContent({ hashType, transform }: Pick<Match, "hashType" | "transform">): boolean {
	return !isNear(hashType) && !isOfFrames(hashType) && !isWithinTexts(hashType) && !isRewording(transform);
}

/** Whether a text matched, but not as it came or not wholly. */
export function isNearText({ hashType, transform }: Pick<Match, "hashType" | "transform">): boolean {
	return (isOfTexts(hashType) && isNear(hashType)) || isRewording(transform);
}

function isRewording(transform: Transform): boolean {
	return rewordings.some((one) => one === transform);
}

export interface ReframedHash {
	readonly transform: (typeof reframings)[number];
	readonly hash: Uint8Array;
	readonly quality: number;
}

/** PDQ of one picture. `dihedral` is in the order of {@link dihedralTransforms}. */
export interface PictureHashes {
	readonly hash: Uint8Array;
	readonly quality: number;
	readonly dihedral: readonly Uint8Array[];
	readonly reframed?: readonly ReframedHash[];
	/** Hashes of what is left where its edges are cut off, to be listed beside it. Left out where nobody asked. */
	readonly cuts?: readonly Pick<PictureHashes, "hash" | "quality">[];
	/** When it is seen, where it is a still of a video, a frame of an animation or a page. */
	readonly shown?: readonly Segment[];
	/** How long one turn takes of what shows its frames again and again. */
	readonly turnMs?: number;
}

/** What is known of one file when it is looked up: raw bytes of each type, and of those of pictures null where it could not be decoded to pixels. */
export type MediaHashes = Readonly<Record<FileHashType, Uint8Array>> &
	Readonly<Record<PictureHashType, PictureHashes | null>> & {
		/** What is heard of it; left out where nobody listened, and where there is nothing to be heard. */
		readonly sound?: Sound;
	};

/** One entry within its bank's wide radius of a picture, with everything a verdict must be able to explain later. */
export const match = z
	.object({
		bankId,
		bankName: z.string(),
		bankKind: bankSettings.shape.kind,
		category: z.string(),
		trusted: z.boolean(),
		shadow: z.boolean(),
		entryId,
		hashType,
		distanceBits: z.int(),
		tightRadiusBits: z.int(),
		wideRadiusBits: z.int(),
		transform: z.enum(transforms),
		queryQuality: z.number().nullable(),
		entryQuality: z.number().nullable(),
		standing: z.enum(["confirmed", "probable", "disputed"] satisfies Exclude<EntryStanding, "cleared">[]),
		/** Independent ones (aggregate-opinions.ts). */
		positiveSources: z.int(),
		isQuarantined: z.boolean(),
		/** What its sources label it with, taken together. */
		categories: z.array(z.string()).readonly(),
		/** The highest grade a source gives it, 0–5, or null. */
		severity: z.number().nullable(),
		/** Where in the text a term or a link stands; the first few. */
		places: z
			.array(z.object({ from: z.int(), to: z.int() }))
			.readonly()
			.optional(),
		/** Where alone the term counts, as those say who say so; it is so at its places. */
		only: z.array(termCondition).readonly().optional(),
		/** The whole hashes of links of which a list has the beginning, in hex, until the list's keeper was asked. No verdict has them. */
		linkHashes: z.array(z.string()).readonly().optional(),
		/** The keeper of a list of beginnings has the whole hash. */
		isWholeHash: z.literal(true).optional(),
		/** Where in a video the stills are that match as strongly, but for those that are known to be harmless. */
		shown: z.array(segment).readonly().optional(),
		/** How long one turn takes, of an animation: what is shown in it is shown again in every turn. */
		turnMs: z.int().min(1).optional(),
		/** In which members of a container; the first few, and none where all that are like it are known to be harmless. Left out of the item itself. */
		within: memberPaths.optional(),
		/** How much of the item's frames are among the entry's, and of the entry's among the item's, 0–1, within `distanceBits`. */
		frames: z.object({ ofItem: z.number(), ofEntry: z.number() }).readonly().optional(),
	})
	.readonly();
export type Match = z.infer<typeof match>;
