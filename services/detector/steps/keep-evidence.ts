import type { MediaStore } from "../../core/ports/media-store.ts";
import type { VerdictStore } from "../../core/ports/verdict-store.ts";
import { evidenceKey } from "../../core/wire/media-key.ts";
import { errorCode } from "../../runtime/error-code.ts";
import { type Step, settled } from "../step.ts";
import type { Decided, RecordedItem } from "../values.ts";

export interface KeepEvidenceDeps {
	readonly mediaStore: Pick<MediaStore, "put" | "delete">;
	readonly verdicts: Pick<VerdictStore, "markKept">;
	readonly maxMediaBytes: number;
}

/**
 * Keeps the bytes of what people will have to decide, under their SHA-256, so that copies are kept once. After the verdict: what is
 * known is withheld however full the disk is. Until they are kept the record owes them, the stream record is not settled, and the
 * upload stays; what cannot be kept is parked, bytes and all, for an operator to replay.
 */
export function createKeepEvidence({
	mediaStore,
	verdicts,
	maxMediaBytes,
}: KeepEvidenceDeps): Step<RecordedItem, never> {
	return async ({ item, outcome: { itemId, owedEvidence } }) => {
		const { bytes, hashes } = item.evidence;
		if (owedEvidence !== null) {
			if (bytes === null || hashes === null)
				return { kind: "park", reason: "evidence-not-kept", faults: [{ code: "bytes-gone" }] };
			// Other bytes under the same id: those that were examined come with their own stream record.
			if (evidenceKey(hashes.sha256) === owedEvidence) {
				try {
					await mediaStore.put(owedEvidence, bytes, maxMediaBytes);
				} catch (error) {
					return { kind: "retry", reason: "evidence-not-kept", cause: errorCode(error) };
				}
				await verdicts.markKept(itemId);
			}
		}
		await deleteUpload(item);
		return settled;
	};

	/** It has done its work: what people need is in the evidence, and nothing else is kept. */
	async function deleteUpload({ evidence: { uploadKey } }: Decided): Promise<void> {
		if (uploadKey !== null) await mediaStore.delete(uploadKey);
	}
}
