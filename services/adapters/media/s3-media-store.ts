// Media in a bucket of an S3-compatible object store (Amazon's interface of 2006-03-01, requests signed with Signature Version 4).
import { S3mini } from "s3mini";
import { BreakwaterError } from "../../core/errors.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { measuredBytes } from "./measured-bytes.ts";
import { checkMediaKey } from "./media-key-check.ts";
import { probeStore } from "./probe-store.ts";

export interface S3MediaStoreOptions {
	/** With the bucket as its path: `https://objects.example/breakwater`. The bucket must exist. */
	readonly endpoint: string;
	readonly region: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** For one request. */
	readonly timeoutMs: number;
}

/** What one upload holds in memory; anything longer goes up in parts of this size (S3 takes none under 5 MiB but the last). */
const partBytes = 8 * 1_048_576;
const keysPerPage = 1_000;
const contentType = "application/octet-stream";

/**
 * Without the length that s3mini states: fetch states it too, and undici, which takes over Node's fetch wherever it is imported, refuses the
 * two together. The signature does not cover it.
 */
const fetchOnce: typeof fetch = (input, init) => {
	const headers = new Headers(init?.headers);
	headers.delete("content-length");
	return fetch(input, { ...init, headers });
};

/** Objects appear whole or not at all; the order of two writers of one key is the store's. */
export function createS3MediaStore(options: S3MediaStoreOptions): MediaStore {
	const { endpoint, region, accessKeyId, secretAccessKey, timeoutMs } = options;
	const bucket = new S3mini({
		endpoint,
		region,
		accessKeyId,
		secretAccessKey,
		requestAbortTimeout: timeoutMs,
		fetch: fetchOnce,
	});
	const store: MediaStore = {
		async put(key, bytes, maxBytes) {
			const measured = measuredBytes(bytes, maxBytes);
			await orUnavailable(() => upload(bucket, checkMediaKey(key), measured));
			return measured.measure();
		},
		get: (key, maxBytes) => orUnavailable(() => download(bucket, checkMediaKey(key), maxBytes)),
		read: (key, maxBytes) => orUnavailable(() => openRanges(bucket, checkMediaKey(key), maxBytes)),
		async delete(key) {
			await orUnavailable(() => bucket.deleteObject(checkMediaKey(key)));
		},
		list: (prefix) => listKeys(bucket, prefix),
		async check() {
			await orUnavailable(async () => {
				if (!(await bucket.bucketExists()))
					throw new Error("there is no such bucket, or the access key may not use it");
			});
			await probeStore(store);
		},
	};
	return store;
}

/** Unfinished uploads are not among them: the store's own rule removes those. */
async function* listKeys(bucket: S3mini, prefix: string): AsyncGenerator<string, undefined> {
	let from: string | undefined;
	do {
		const page = await orUnavailable(() => bucket.listObjectsPaged("/", prefix, keysPerPage, from));
		for (const { Key } of page?.objects ?? []) yield Key;
		from = page?.nextContinuationToken;
	} while (from !== undefined && from !== "");
}

async function upload(bucket: S3mini, key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
	const parts = inParts(bytes);
	const first = await parts.next();
	const second = await parts.next();
	if (second.done === true) {
		await bucket.putObject(key, first.value ?? Buffer.alloc(0), contentType);
		return;
	}
	const uploadId = await bucket.getMultipartUploadId(key, contentType);
	try {
		const sent = [];
		for (let part = first; part.done !== true; part = sent.length === 1 ? second : await parts.next()) {
			sent.push(await bucket.uploadPart(key, uploadId, part.value, sent.length + 1));
		}
		await bucket.completeMultipartUpload(key, uploadId, sent);
	} catch (error) {
		// Where this fails too, the store's own rule for unfinished uploads has to remove it.
		await bucket.abortMultipartUpload(key, uploadId).catch(() => undefined);
		throw error;
	}
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
	let chunks: Uint8Array[] = [];
	let gathered = 0;
	for await (const chunk of bytes) {
		chunks.push(chunk);
		gathered += chunk.length;
		if (gathered < partBytes) continue;
		yield Buffer.concat(chunks);
		chunks = [];
		gathered = 0;
	}
	if (gathered > 0) yield Buffer.concat(chunks);
}

async function download(bucket: S3mini, key: string, maxBytes: number): Promise<Uint8Array | null> {
	const response = await bucket.getObjectResponse(key);
	if (response === null) return null;
	if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
		await response.body?.cancel();
		throw new BreakwaterError("content-too-large");
	}
	return Buffer.from(await response.arrayBuffer());
}

/** One request for each range: none takes longer than one may. */
async function openRanges(bucket: S3mini, key: string, maxBytes: number): Promise<AsyncIterable<Uint8Array> | null> {
	const head = await bucket.objectExists(key);
	if (head !== true) return null;
	const size = await bucket.getContentLength(key);
	if (size > maxBytes) throw new BreakwaterError("content-too-large");
	return readRanges(bucket, key, size);
}

async function* readRanges(bucket: S3mini, key: string, size: number): AsyncGenerator<Uint8Array, undefined> {
	for (let from = 0; from < size; from += partBytes) {
		const to = Math.min(from + partBytes, size);
		yield await orUnavailable(async () => {
			const response = await bucket.getObjectRaw(key, false, from, to);
			return Buffer.from(await response.arrayBuffer());
		});
	}
}

/** Every failure of the store is one to wait out: a wrong key or bucket is mended by an operator, and nothing is lost until then. */
async function orUnavailable<T>(use: () => Promise<T>): Promise<T> {
	try {
		return await use();
	} catch (error) {
		if (error instanceof BreakwaterError) throw error;
		throw new BreakwaterError("store-unavailable", { detail: "the media store cannot be used now", cause: error });
	}
}
