import type { Membership } from "../../core/clusters/membership.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import type { Clusters } from "../follow-clusters.ts";
import { next, type Step } from "../step.ts";
import type { Clustered, Examined } from "../values.ts";

export interface JoinClusterDeps {
	readonly clusters: Pick<Clusters, "place">;
}

/** Whatever was found of it, unless nothing may compare it: what nothing is known of may be the first of many. */
export function createJoinCluster({ clusters }: JoinClusterDeps): Step<Examined, Clustered> {
	return async (item) => {
		const { likeness } = item.evidence;
		const { itemId, authorId } = item;
		const memberships: readonly Membership[] =
			likeness === null || isUnexamined(item.signals, "matched") ? [] : clusters.place(likeness, { itemId, authorId });
		return next({ memberships, ...item });
	};
}
