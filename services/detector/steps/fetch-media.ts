import { assertNever } from "../../core/assert-never.ts";
import { BreakwaterError } from "../../core/errors.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { MediaExaminer } from "../../core/ports/image-examiner.ts";
import type { LocalCopies, LocalCopy } from "../../core/ports/local-copies.ts";
import type { MediaFetcher } from "../../core/ports/media-fetcher.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { isOurFault, type UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { unexaminedSignal } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { AdmittedMedia, FetchedMedia, PlacedMedia } from "../values.ts";

export interface FetchMediaDeps {
	readonly mediaStore: Pick<MediaStore, "get">;
	readonly mediaFetcher: Pick<MediaFetcher, "fetch">;
	readonly maxMediaBytes: number;
	/** Videos of the media store may be larger. */
	readonly maxVideoBytes: number;
	readonly localCopies: LocalCopies;
	readonly examiner: Pick<MediaExaminer, "isVideo">;
	readonly policies: Pick<Policies, "of">;
	/** Null where the operator runs without a model. */
	readonly scorer: object | null;
	readonly stopSignal: AbortSignal;
}

type Fetched = { readonly bytes: Uint8Array } | { readonly copy: LocalCopy } | { readonly reason: UnavailableReason };

/** Gets the bytes, unless nothing may look at them: from the event itself, the media store, or one of the platform's own hosts. */
export function createFetchMedia(deps: FetchMediaDeps): Step<PlacedMedia, FetchedMedia> {
	return async (item) => {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const [mayMatch, mayScore] = [mayExamine(policy, "matched"), mayExamine(policy, "scored")];
		const signals = [
			...(mayMatch ? [] : [unexaminedSignal("hash", "matched")]),
			...(mayScore || deps.scorer === null ? [] : [unexaminedSignal("model", "scored")]),
		];
		if (!mayMatch && !(mayScore && deps.scorer !== null)) return next({ bytes: null, copy: null, signals, ...item });
		const fetched = await getBytes(item);
		if ("bytes" in fetched) return next({ bytes: fetched.bytes, copy: null, signals, ...item });
		if ("copy" in fetched) return next({ bytes: null, copy: item.untilExamined.keep(fetched.copy), signals, ...item });
		const { reason } = fetched;
		if (isOurFault(reason) && !item.isLastAttempt) return { kind: "retry", reason };
		return next({ bytes: null, copy: null, signals: [...signals, unavailableSignal("media", "1", reason)], ...item });
	};

	async function getBytes(item: AdmittedMedia): Promise<Fetched> {
		const { location } = item;
		switch (location.kind) {
			case "inline":
				return location.bytes.length > deps.maxMediaBytes ? { reason: "too-many-bytes" } : { bytes: location.bytes };
			case "object":
				return getObject(location.objectKey);
			case "url": {
				const outcome = await deps.mediaFetcher.fetch(location.url, item.platform.mediaHosts, deps.stopSignal);
				return outcome.kind === "fetched" ? { bytes: outcome.bytes } : { reason: outcome.reason };
			}
			default:
				return assertNever(location);
		}
	}

	async function getObject(objectKey: string): Promise<Fetched> {
		try {
			const bytes = await deps.mediaStore.get(objectKey, deps.maxMediaBytes);
			return bytes === null ? { reason: "object-missing" } : { bytes };
		} catch (error) {
			if (isTooLarge(error)) return copyObject(objectKey);
			throw error;
		}
	}

	/** Videos may be larger than memory has room for. */
	async function copyObject(objectKey: string): Promise<Fetched> {
		const isVideo = (head: Uint8Array) => deps.examiner.isVideo?.(head) === true;
		try {
			const copy = await deps.localCopies.copy(objectKey, deps.maxVideoBytes, isVideo);
			return copy === null ? { reason: "object-missing" } : { copy };
		} catch (error) {
			if (isTooLarge(error)) return { reason: "too-many-bytes" };
			throw error;
		}
	}
}

function isTooLarge(error: unknown): boolean {
	return error instanceof BreakwaterError && error.code === "content-too-large";
}
