import type { MediaExaminer } from "../../core/ports/image-examiner.ts";
import type { LocalCopies, LocalCopy } from "../../core/ports/local-copies.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import type { VerdictStore } from "../../core/ports/verdict-store.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { evidenceKey, memberKey, stillKey } from "../../core/wire/media-key.ts";
import { errorCode } from "../../runtime/error-code.ts";
import { type Step, settled } from "../step.ts";
import { type Decided, membersOf, type RecordedItem, videoOf } from "../values.ts";

export interface KeepEvidenceDeps {
	readonly mediaStore: Pick<MediaStore, "put" | "delete">;
	readonly verdicts: Pick<VerdictStore, "markKept">;
	readonly examiner: Pick<MediaExaminer, "takeStills" | "takeMembers">;
	readonly signalCatalogue: SignalCatalogue;
	readonly stopSignal: AbortSignal;
	readonly maxMediaBytes: number;
	readonly maxVideoBytes: number;
	readonly localCopies: LocalCopies;
}

/**
 * Keeps the bytes of what people will have to decide, under their SHA-256, so that copies are kept once. After the verdict: what is
 * known is withheld however full the disk is. Until they are kept the record owes them, the stream record is not settled, and the
 * upload stays; what cannot be kept is parked, bytes and all, for an operator to replay. Of a video people see stills, of a container pictures in it: one that cannot be
 * made is missing among them, and keeps nothing else from people.
 */
export function createKeepEvidence(deps: KeepEvidenceDeps): Step<RecordedItem, never> {
	const { mediaStore, verdicts, maxMediaBytes } = deps;
	return async ({ item, outcome: { itemId, owedEvidence } }) => {
		const { hashes, isLarge, uploadKey } = item.evidence;
		if (owedEvidence !== null) {
			await using copy = isLarge && uploadKey !== null ? await copyOf(uploadKey) : null;
			const bytes = item.evidence.bytes ?? copy;
			if (bytes === null || hashes === null)
				return { kind: "park", reason: "evidence-not-kept", faults: [{ code: "bytes-gone" }] };
			// Other bytes under the same id: those that were examined come with their own stream record.
			if (evidenceKey(hashes.sha256) === owedEvidence) {
				try {
					if (bytes instanceof Uint8Array) await mediaStore.put(owedEvidence, bytes, maxMediaBytes);
					else await mediaStore.put(owedEvidence, bytes.read(), deps.maxVideoBytes);
					await keepStills(item, owedEvidence, bytes);
					if (bytes instanceof Uint8Array) await keepMembers(item, owedEvidence, bytes);
				} catch (error) {
					return { kind: "retry", reason: "evidence-not-kept", cause: errorCode(error) };
				}
				await verdicts.markKept(itemId);
			}
		}
		await deleteUpload(item);
		return settled;
	};

	async function copyOf(uploadKey: string): Promise<LocalCopy | null> {
		return deps.localCopies.copy(uploadKey, deps.maxVideoBytes, () => true);
	}

	async function keepStills(item: Decided, key: string, bytes: Uint8Array | LocalCopy): Promise<void> {
		const { stillsMs = [] } = videoOf(item, deps.signalCatalogue) ?? {};
		if (stillsMs.length === 0) return;
		const video = bytes instanceof Uint8Array ? bytes : { path: bytes.path };
		const stills = (await deps.examiner.takeStills?.(video, stillsMs, deps.stopSignal)) ?? [];
		for (const [at, still] of stills.entries()) {
			const atMs = stillsMs[at];
			if (still !== null && atMs !== undefined) await mediaStore.put(stillKey(key, atMs), still, maxMediaBytes);
		}
	}

	async function keepMembers(item: Decided, key: string, bytes: Uint8Array): Promise<void> {
		const { paths = [] } = membersOf(item, deps.signalCatalogue) ?? {};
		if (paths.length === 0) return;
		const pictures = (await deps.examiner.takeMembers?.(bytes, paths, deps.stopSignal)) ?? [];
		for (const [at, picture] of pictures.entries())
			if (picture !== null) await mediaStore.put(memberKey(key, at), picture, maxMediaBytes);
	}

	/** It has done its work: what people need is in the evidence, and nothing else is kept. */
	async function deleteUpload({ evidence: { uploadKey } }: Decided): Promise<void> {
		if (uploadKey !== null) await mediaStore.delete(uploadKey);
	}
}
