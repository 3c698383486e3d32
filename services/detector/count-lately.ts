// Has items counted for rules that read how much there was lately: in batches, one at a time, since all of them wait for one lock.
import { confirmedIn } from "../core/clusters/membership.ts";
import { subjectOfCluster, subjectOfSame } from "../core/clusters/standing-decision.ts";
import { hashText } from "../core/hashes/text/text-hash.ts";
import type { CountedItem, CountStore } from "../core/ports/count-store.ts";
import type { LatelyCounts, LatelyName } from "../core/rules/lately.ts";
import { createMicroBatch } from "../runtime/micro-batch.ts";
import type { Clustered } from "./values.ts";

interface Asked {
	readonly item: CountedItem;
	readonly asked: ReadonlySet<LatelyName>;
}

export type CountLately = (item: Clustered, asked: ReadonlySet<LatelyName>) => Promise<LatelyCounts>;

export function createCountLately(counts: Pick<CountStore, "count">): CountLately {
	const inBatch = createMicroBatch<Asked, LatelyCounts>({
		maxSize: 500,
		maxWaitMs: 5,
		concurrency: 1,
		run: (batch) =>
			counts.count(
				batch.map(({ item }) => item),
				new Set(batch.flatMap(({ asked }) => [...asked])),
			),
	});
	return (item, asked) => inBatch({ item: toCounted(item), asked });
}

function toCounted(item: Clustered): CountedItem {
	const { source, id: eventId, accountCreated } = item.event;
	return {
		source,
		eventId,
		platformId: item.platform.id,
		authorId: item.authorId,
		cluster: clusterOf(item),
		accountCreated,
		at: new Date(item.record.receivedAtMs),
	};
}

/** Copies that people would take for one: confirmed ones, the same file, the same words. */
function clusterOf({ memberships, evidence: { hashes, text } }: Clustered): string | null {
	const clusterId = confirmedIn(memberships);
	if (clusterId !== null) return subjectOfCluster(clusterId);
	if (hashes !== null) return subjectOfSame({ type: "sha256", hash: hashes.sha256 });
	const words = text === null ? null : hashText(text);
	return words === null ? null : subjectOfSame({ type: "text", hash: words });
}
