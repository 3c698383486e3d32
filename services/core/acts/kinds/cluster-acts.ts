// Acts on clusters: items that are one thing.
import { z } from "zod";
import { clusterId } from "../../ids.ts";
import type { ActKind } from "../act-kind.ts";

const on = "cluster";

export const clusterActs = {
	/** How many members it had, and whether its case became a part of the other's, or the other's of its. */
	"cluster-merged": { on, details: z.object({ into: clusterId, members: z.int(), cases: z.int() }) },
} as const satisfies Readonly<Record<string, ActKind>>;
