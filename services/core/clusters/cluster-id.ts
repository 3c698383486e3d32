// A cluster's id is made of its medoid's hash (UUIDv8, RFC 9562): two detectors that found a cluster of the same thing at one moment
// found the same one, and memory need not hold ids beside hashes.

import { createHash } from "node:crypto";
import { type ClusterId, clusterId, uuidOfHex } from "../ids.ts";
import type { ClusteredType } from "./cluster-type.ts";

export function clusterIdOf(medoid: Uint8Array, type: ClusteredType = "pdq"): ClusterId {
	const bytes = createHash("sha256").update(type).update(medoid).digest().subarray(0, 16);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	return clusterId.parse(uuidOfHex(bytes.toString("hex")));
}
