// How each kind of signal is said; a kind without words does not compile.
import type { signalKinds } from "../../core/signals/catalogue.ts";
import { clearPart } from "./clear/clear-part.ts";
import { contactsPart } from "./contacts/contacts-part.ts";
import { decidedPart } from "./decided/decided-part.ts";
import { createEvidence, type EvidenceParts } from "./evidence.ts";
import { matchedPart } from "./matched/matched-part.ts";
import { rulePart } from "./rule/rule-part.ts";
import { scoredPart } from "./scored/scored-part.ts";
import { unavailablePart } from "./unavailable/unavailable-part.ts";
import { unexaminedPart } from "./unexamined/unexamined-part.ts";
import { writtenPart } from "./written/written-part.ts";

export const evidenceParts = {
	matched: matchedPart,
	decided: decidedPart,
	scored: scoredPart,
	written: writtenPart,
	rule: rulePart,
	contacts: contactsPart,
	clear: clearPart,
	unavailable: unavailablePart,
	unexamined: unexaminedPart,
} as const satisfies EvidenceParts & Readonly<Record<keyof typeof signalKinds, unknown>>;

export const evidence = createEvidence(evidenceParts);
