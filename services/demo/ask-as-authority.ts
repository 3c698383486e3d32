// An authority with a short deadline: it asks over HTTP, as any authority does, for the removal of one planted copy. Nobody removes it by
// itself: its case stands on top of the queue, with an hour left.
import { randomBytes } from "node:crypto";
import { machine } from "../core/acts/doer.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { Parts } from "../parts/parts.ts";
import { hashOfKey, newKey } from "../runtime/bearer-key.ts";
import type { FeedItem } from "./plan-feed.ts";

/** One hour from a removal order: Regulation (EU) 2021/784. */
const law = { jurisdiction: "EU", laws: ["EU-TCO"] } as const;
const shownAt = "https://demo.example/";

/** Answers whether it was taken in. */
export async function askAsAuthority(options: {
	readonly parts: Parts;
	readonly portalUrl: string;
	readonly platform: Platform;
	readonly feed: readonly FeedItem[];
}): Promise<boolean> {
	const { parts, portalUrl, platform, feed } = options;
	const planted = feed.find(({ isPlanted }) => isPlanted);
	if (planted === undefined) return false;
	const { authorities, platforms } = parts.stores;
	await platforms.setAddresses(platform.id, [`${shownAt}{item}`], machine);
	const run = randomBytes(4).toString("hex");
	const name = `demo-${run}`;
	const key = newKey("authority", name);
	await authorities.add({ name, ...law }, hashOfKey(key), machine);
	const answer = await fetch(`${portalUrl}/v1/authority-requests`, {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: JSON.stringify({
			...{ reference: run, asks: "removal", legalBasis: "Regulation (EU) 2021/784, Art. 3 (a demonstration)" },
			addresses: [`${shownAt}${encodeURIComponent(planted.subject)}`],
		}),
	});
	// The key is printed nowhere: nobody asks in its name any more.
	await authorities.setEnabled(name, false, machine);
	return answer.status === 201;
}
