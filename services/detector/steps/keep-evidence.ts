import type { MediaStore } from "../../core/ports/media-store.ts";
import { next, type Step } from "../step.ts";
import type { Decided, WithEvidence } from "../values.ts";

export interface KeepEvidenceDeps {
	readonly mediaStore: Pick<MediaStore, "put">;
	readonly maxMediaBytes: number;
}

/** Keeps the bytes of what people will have to decide, under their SHA-256, so that copies are kept once. Nothing else is kept. */
export function createKeepEvidence(deps: KeepEvidenceDeps): Step<Decided, WithEvidence> {
	return async (item) => {
		if (item.kind !== "media" || item.verdict.action === "none" || item.bytes === null || item.hashes === null) {
			return next({ ...item, mediaKey: null });
		}
		const sha256 = Buffer.from(item.hashes.sha256).toString("hex");
		const mediaKey = `evidence/${sha256.slice(0, 2)}/${sha256}`;
		await deps.mediaStore.put(mediaKey, item.bytes, deps.maxMediaBytes);
		return next({ ...item, mediaKey });
	};
}
