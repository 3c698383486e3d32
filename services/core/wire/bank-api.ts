// The banks' part of the review API: what they are, imports that wait, entries in quarantine, history. Never a hash.
import { z } from "zod";
import { allowedChange, bankKind, bankSettings, opinionKind } from "../banks/bank.ts";
import { bankStep } from "../banks/bank-step.ts";
import { entryJudgement } from "../banks/entry-judgement.ts";
import { quarantineReason } from "../banks/entry-surge.ts";
import { allowanceFault } from "../banks/import-allowance.ts";
import { importRemark } from "../banks/import-remark.ts";
import { rejection, rejectionCodes } from "../banks/rejection.ts";
import { widening } from "../banks/widened-trust.ts";
import { hashType } from "../hashes/hash-type.ts";
import { bankId, draftId, entryId } from "../ids.ts";
import { draftLapses, draftStates } from "../ports/bank-draft-store.ts";
import { quoted } from "../quoted.ts";
import { timestamp } from "./review-case.ts";
import { said } from "./storable.ts";

/** What a glance needs. */
export const bankOutline = z.object({
	id: bankId,
	name: z.string(),
	kind: bankKind,
	category: z.string(),
	trusted: z.boolean(),
	enabled: z.boolean(),
	shadow: z.boolean(),
	entryCount: z.int(),
	updatedAt: timestamp,
});

export type BankOutline = z.infer<typeof bankOutline>;

// GET /api/banks
const wireBank = bankOutline.extend({
	sources: z.array(z.string()),
	enabledRatio: z.number(),
	tightRadiusBits: z.int(),
	wideRadiusBits: z.int(),
	owner: z.string().nullable(),
	expiresAt: timestamp.nullable(),
	allowedChange,
	videoShares: bankSettings.shape.videoShares.unwrap(),
	quarantinedCount: z.int(),
	/** What it would have done since it went into shadow, in items; null where it is not in shadow. */
	shadowTally: z
		.object({
			since: timestamp,
			matched: z.int(),
			/** Those items that would have gone another way with it. */
			wouldWithhold: z.int(),
			wouldReview: z.int(),
			wouldLetPass: z.int(),
			/** Distinct accounts whose items it matched, about. */
			accounts: z.int(),
		})
		.nullable(),
});
export type WireBank = z.infer<typeof wireBank>;
export const banksAnswer = z.object({ banks: z.array(wireBank) });
export type BanksAnswer = z.infer<typeof banksAnswer>;

const settings = bankSettings.shape;
const namedSettings = z.strictObject({
	category: z.exactOptional(settings.category),
	/** The category is one of one's own: neither on the list, nor one that a bank has. */
	newCategory: z.exactOptional(z.boolean()),
	trusted: z.exactOptional(settings.trusted),
	sources: z.exactOptional(settings.sources.unwrap()),
	enabled: z.exactOptional(settings.enabled),
	shadow: z.exactOptional(settings.shadow),
	enabledRatio: z.exactOptional(settings.enabledRatio),
	tightRadiusBits: z.exactOptional(settings.tightRadiusBits),
	wideRadiusBits: z.exactOptional(settings.wideRadiusBits),
	owner: z.exactOptional(settings.owner.unwrap()),
	expiresAt: z.exactOptional(settings.expiresAt.unwrap()),
	allowedChange: z.exactOptional(allowedChange),
});
// POST /api/banks: what is left out is as for any new bank
export const newBankRequest = namedSettings.extend({
	name: settings.name,
	kind: settings.kind.default("known"),
	category: settings.category,
});
export type NewBankRequest = z.input<typeof newBankRequest>;
// PATCH /api/banks/:name: what is left out stays
const settingNames = Object.keys(namedSettings.shape).filter((name) => name !== "newCategory");
export const bankChangeRequest = namedSettings
	.refine((change) => settingNames.some((name) => Object.hasOwn(change, name)), "names nothing to change")
	.meta({ anyOf: settingNames.map((name) => ({ required: [name] })) });
export type BankChangeRequest = z.infer<typeof bankChangeRequest>;

// POST /api/banks/:name/switch · GET /api/banks/:name/history · POST /api/banks/:name/revert
export const bankParams = z.object({ name: z.string().max(63) });
export const switchBankRequest = z.object({ enabled: z.boolean() });
export const bankHistoryQuery = z.object({
	before: z.coerce.number().int().min(1).optional(),
	limit: z.coerce.number().int().min(1).max(500).default(50),
	/** The entries that one import wrote. */
	within: draftId.optional(),
});
export const bankHistoryAnswer = z.object({
	revisions: z.array(
		z.object({
			/** From 1 in each bank, as people count them; null of an entry within an import. */
			revision: z.int().nullable(),
			/** To go on before it, and to put the bank back to it. */
			sequence: z.int(),
			at: timestamp,
			by: z.string(),
			entryId: entryId.nullable(),
			step: bankStep,
		}),
	),
});
export type BankHistoryAnswer = z.infer<typeof bankHistoryAnswer>;
export type BankRevision = BankHistoryAnswer["revisions"][number];
export const revertBankRequest = z.object({ toSequence: z.int().min(1) });

// GET /api/bank-drafts · POST /api/bank-drafts/:id/{accept,reject}
export const wireDraft = z.object({
	id: draftId,
	/** What is asked of the bank otherwise than by rows; null of an import. */
	proposal: z
		.discriminatedUnion("kind", [
			/** What the bank would then be. */
			z.object({ kind: z.literal("settings"), becomes: bankStep }),
			z.object({ kind: z.literal("kill-switch"), entryId, reason: z.string() }),
		])
		.nullable(),
	/** To say, when it is accepted, that this is what was seen. */
	baseSequence: z.int(),
	bankName: z.string(),
	origin: z.string(),
	isReplacing: z.boolean(),
	state: z.enum(draftStates),
	createdBy: z.string(),
	/** The one who asks made it. */
	isMine: z.boolean(),
	createdAt: timestamp,
	rowCount: z.int(),
	doneRows: z.int(),
	entriesBefore: z.int(),
	delta: z.object({ added: z.int(), changed: z.int(), removed: z.int(), same: z.int() }),
	rejected: z.object({
		count: z.int(),
		byCode: z.partialRecord(z.enum(rejectionCodes), z.int()),
		first: z.array(z.object({ line: z.int(), why: z.union([rejection, quoted]) })),
	}),
	/** What is remarkable about rows that enter all the same. */
	remarks: z.array(importRemark),
	/** Who speaks in its rows, most rows first, and whether their word counts by itself in this bank. */
	sources: z.object({
		count: z.int(),
		first: z.array(z.object({ source: z.string(), rows: z.int(), countsAlone: z.boolean() })),
	}),
	/** Why a second person must accept it; empty where one is enough. */
	faults: z.array(z.union([allowanceFault, widening, quoted])),
	decidedBy: z.string().nullable(),
	why: z.string().nullable(),
	lapsed: z.enum(draftLapses).nullable(),
});
export type WireDraft = z.infer<typeof wireDraft>;
/** What makes a bank do more than before waits for a second person; null where nothing does. */
const waiting = z.object({ waiting: wireDraft.nullable() });
// Answers of POST /api/banks, PATCH /api/banks/:name, POST /api/banks/:name/switch and POST /api/banks/:name/revert
export const changedBank = wireBank.extend(waiting.shape);
export type ChangedBank = z.infer<typeof changedBank>;
export const switchBankAnswer = waiting;
export type SwitchBankAnswer = z.infer<typeof switchBankAnswer>;
export const revertBankAnswer = z.object({
	...{ restored: z.int(), changed: z.int(), removed: z.int() },
	...waiting.shape,
});
export type RevertBankAnswer = z.infer<typeof revertBankAnswer>;

// POST /api/banks/:name/drafts: the file itself as the body, application/octet-stream
export const newDraftQuery = z.object({
	/** The file's name. */
	origin: said(200),
	/** By the file's name where it is not given. */
	format: z.enum(["csv", "jsonl", "threatexchange"]).optional(),
	/** Who speaks in rows that name nobody; the bank's name where it is not given. */
	source: said(128).optional(),
	/** The file is all that its sources say. */
	replacing: z.enum(["true", "false"]).default("false"),
});
export const draftsQuery = z.object({ all: z.enum(["true", "false"]).default("false") });
export const draftsAnswer = z.object({ drafts: z.array(wireDraft) });
export type DraftsAnswer = z.infer<typeof draftsAnswer>;
export const draftParams = z.object({ id: draftId });
export const acceptDraftRequest = z.object({
	why: said(500),
	/** The sequence at which a proposal was seen: it is refused where it has changed since. */
	baseSequence: z.int().optional(),
});
export const rejectDraftRequest = z.object({ why: said(500) });

// GET /api/quarantine · POST /api/quarantine/:id/judge
export const quarantineAnswer = z.object({
	entries: z.array(
		z.object({
			id: entryId,
			bankName: z.string(),
			hashType,
			opinions: z.array(z.object({ source: z.string(), kind: opinionKind })),
			at: timestamp,
			reason: quarantineReason,
			recentHits: z.int(),
			recentAccounts: z.int(),
			openCases: z.int(),
		}),
	),
});
export type QuarantineAnswer = z.infer<typeof quarantineAnswer>;
export const entryParams = z.object({ id: entryId });
export const judgeQuarantinedRequest = z.object({
	judgement: entryJudgement,
	why: said(1_000),
});
export type JudgeQuarantinedRequest = z.infer<typeof judgeQuarantinedRequest>;
