// Acts on banks, their entries and imports. The revision is the sequence of the change in the banks' own history, where there is one.
import { z } from "zod";
import { entryJudgement } from "../../banks/entry-judgement.ts";
import { hashType } from "../../hashes/hash-type.ts";
import { bankId } from "../../ids.ts";
import { type ActKind, nothing } from "../act-kind.ts";

const name = z.string();
const ofBank = { bankId, bank: name };
const counts = { added: z.int(), changed: z.int(), removed: z.int() };

export const bankActs = {
	"bank-created": { on: "bank", details: z.object({ name, kind: z.enum(["known", "exempt"]) }) },
	/** Names of the settings that differ now. */
	"bank-changed": { on: "bank", details: z.object({ name, settings: z.array(z.string()) }) },
	"bank-removed": { on: "bank", details: z.object({ name }) },
	"bank-put-back": { on: "bank", details: z.object({ name, toSequence: z.int() }) },
	"entries-added": { on: "bank", details: z.object({ name, ...counts }) },
	"entry-removed": { on: "entry", details: z.object({ bankId }) },
	"entry-opinion-set": { on: "entry", details: z.object({ source: z.string(), opinion: z.string() }) },
	"entry-judged": { on: "entry", details: z.object({ judgement: entryJudgement }) },
	"entry-quarantined": { on: "entry", details: nothing },
	"content-added": { on: "bank", details: z.object({ content: z.int(), hashTypes: z.array(hashType) }) },
	"content-changed": { on: "bank", details: z.object({ content: z.int() }) },
	"content-removed": { on: "bank", details: z.object({ content: z.int() }) },
	"draft-opened": { on: "draft", details: z.object({ ...ofBank, isReplacing: z.boolean() }) },
	"draft-accepted": { on: "draft", details: z.object({ ...ofBank, ...counts, isAlone: z.boolean() }) },
	"draft-rejected": { on: "draft", details: z.object(ofBank) },
	"draft-applied": { on: "draft", details: z.object({ ...ofBank, ...counts }) },
	/** A change that takes two people: settings that make a bank do more, or an entry's kill switch. */
	"change-asked": { on: "draft", details: z.object({ ...ofBank, change: z.string() }) },
	"change-agreed": { on: "draft", details: z.object({ ...ofBank, change: z.string() }) },
} as const satisfies Readonly<Record<string, ActKind>>;
