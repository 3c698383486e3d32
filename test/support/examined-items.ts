// Items as the detector hands them to the record, for tests of the record.
import { randomUUID } from "node:crypto";
import { clusterKeyOf } from "../../services/core/cases/cluster-key.ts";
import { itemId, type PlatformId, uuidv7 } from "../../services/core/ids.ts";
import { decideVerdict } from "../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import type { Verdict } from "../../services/core/policy/verdict.ts";
import type { ExaminedItem } from "../../services/core/ports/verdict-store.ts";
import { createFactCatalogue } from "../../services/core/rules/fact-catalogue.ts";
import { signalCatalogue } from "../../services/core/signals/catalogue.ts";
import type { Signal } from "../../services/core/signals/signal.ts";
import { hashesOf } from "./bank-fixtures.ts";

const factLayout = createFactCatalogue(signalCatalogue).layout;

export function newVerdict(verdict: Partial<Verdict> = {}): Verdict {
	return {
		tier: "K1",
		action: "withhold",
		urgency: 90,
		isIncomplete: false,
		policyRevision: defaultPolicy.revision,
		signals: [],
		divertedBy: [],
		category: "test-category",
		shadow: null,
		...reasonsOf(verdict.signals ?? []),
		shadowOutcomes: [],
		...verdict,
	};
}

function reasonsOf(signals: readonly Signal[]): Pick<Verdict, "grounds" | "withheldOn"> {
	const { grounds, withheldOn } = decideVerdict(signals, "public", defaultPolicy);
	return { grounds, withheldOn };
}

export function newItem(platformId: PlatformId, source: string, item: Partial<ExaminedItem> = {}): ExaminedItem {
	const id = item.id ?? itemId.parse(uuidv7(Date.now()));
	const eventId = item.eventId ?? randomUUID();
	const { verdict = newVerdict() } = item;
	const hashes = item.hashes === undefined ? hashesOf(eventId) : item.hashes;
	return {
		id,
		source,
		eventId,
		platformId,
		subject: `media/${eventId}`,
		kind: "media",
		surface: "public",
		country: null,
		authorId: "author",
		eventTime: new Date(),
		receivedAt: new Date(),
		hashes,
		verdict,
		facts: { layout: factLayout.id, facts: "[]" },
		andMore: [],
		matchedEntries: verdict.signals.flatMap((signal) => signalCatalogue.entryOf(signal)?.id ?? []),
		clusterKey: clusterKeyOf({
			itemId: id,
			clusterId: null,
			copyOf: null,
			authorCase: null,
			hashes,
			wording: null,
			entries: [],
		}),
		copy: null,
		memberships: [],
		links: [],
		evidence: { text: null, mediaKey: null, mediaType: "image/jpeg" },
		...item,
	};
}

export const clearVerdict = newVerdict({ tier: "none", action: "none", urgency: 20, category: null });
