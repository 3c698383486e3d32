// Uploads in parts by the tus protocol 1.0.0 (tus.io), without its extensions for browsers. What an upload becomes once it is complete is its
// owner's to say: it is asked again until it has taken it, and only then is the sender told that all is there.
import type { Readable } from "node:stream";
import { MemoryLocker, Metadata, Server } from "@tus/server";
import { BreakwaterError, type ErrorCode } from "../../core/errors.ts";
import { uuidv7 } from "../../core/ids.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Logger } from "../../runtime/logger.ts";
import { probeFolder } from "../../runtime/probe-folder.ts";
import { asStoreError } from "../../runtime/store-error.ts";
import { type KeptUpload, UploadFolder } from "./upload-folder.ts";

type UploadMetadata = Readonly<Record<string, string | null>>;

interface CompleteUpload {
	/** The platform's name. */
	readonly owner: string;
	readonly metadata: UploadMetadata;
	open(): Readable;
}

export interface ResumableUploadsOptions {
	readonly folder: string;
	/** What the folder must have room for. */
	readonly roomBytes: number;
	/** Where its requests come to. */
	readonly path: string;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Takes a complete upload; rejects where it cannot now, and is asked again. */
	take(upload: CompleteUpload): Promise<void>;
}

interface PartRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: Readable | null;
}

interface PartAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
}

export interface ResumableUploads {
	/** Answers for uploads of this owner alone. Throws what is to be told the sender. */
	handle(owner: string, request: PartRequest): Promise<PartAnswer>;
	readMetadata(header: string | undefined): UploadMetadata;
	/** Takes what is complete and was not taken, and deletes what was never completed; answers how many uploads went. */
	tidy(): Promise<number>;
	/** Rejects where the folder takes no upload now. */
	check(): Promise<void>;
}

/** From its creation until an upload must be complete. */
const uploadsKeptMs = 24 * 3_600_000;
const listAllEveryMs = 3_600_000;
/** Uploads of one owner that are not complete. */
const mostUnfinished = 200;
const protocolHeaders = /^(tus-|upload-)|^content-(type|length)$/;
const answeredHeaders = /^(tus-|upload-)|^location$/;
const owned = (owner: string, id: string) => id.startsWith(`${owner}.`);

export function createResumableUploads(options: ResumableUploadsOptions): ResumableUploads {
	const { path, clock, logger } = options;
	const folder = new UploadFolder(options.folder, uploadsKeptMs);
	const take = createTake(folder, options);
	let allListedAtMs = Number.NEGATIVE_INFINITY;
	/** What the library's answer hides: it makes texts of its own of whatever is thrown. */
	const thrown = new WeakMap<object, unknown>();

	const server = new Server({
		...{ path, datastore: folder, locker: new MemoryLocker(), relativeLocation: true },
		disableTerminationForFinishedUploads: true,
		namingFunction: (request) => `${request.headers.get(ownerHeader)}.${uuidv7(clock.now())}`,
		async onIncomingRequest(request, id) {
			// Complete, and could not be taken: who asks how far it is would be told that all is there.
			if (request.method === "HEAD") await take(id);
		},
		async onUploadFinish(_request, { id }) {
			await take(id);
			return {};
		},
		onResponseError(request, error) {
			thrown.set(request, error);
			return undefined;
		},
	});
	return {
		async handle(owner, { method, url, headers, body }) {
			const id = idIn(url, path);
			if (id !== null && !owned(owner, id)) throw new BreakwaterError("not-found");
			if (id === null && (await folder.countUntaken((one) => owned(owner, one))) >= mostUnfinished)
				throw new BreakwaterError("rate-limited");
			const given = body === null ? null : streamOf(body);
			const request = webRequest(owner, { method, url, headers, body: given?.stream ?? null });
			const response = await server.handleWeb(request);
			given?.drop();
			if (response.status >= 400) throw asRefusal(response.status, thrown.get(request));
			return { status: response.status, headers: answered(response.headers) };
		},
		readMetadata,
		async tidy() {
			let gone = 0;
			for (const one of await kept()) {
				if (!isDue(one) && (await isTakenOrWaits(one.id))) continue;
				await folder.remove(one.id);
				gone += 1;
			}
			return gone;
		},
		check: () => probeFolder(options.folder, options.roomBytes),
	};

	/** False for one that nobody will ever take. */
	async function isTakenOrWaits(id: string): Promise<boolean> {
		try {
			await take(id);
			return true;
		} catch (error) {
			logger.warn({ event: "upload-not-taken", err: error });
			return !(error instanceof BreakwaterError) || error.retriable;
		}
	}

	/** Taken ones are only looked for now and then: of a day there may be very many. */
	function kept(): Promise<readonly KeptUpload[]> {
		if (clock.now() - allListedAtMs < listAllEveryMs) return folder.listUntaken();
		allListedAtMs = clock.now();
		return folder.list();
	}

	/** What is complete is kept until it is taken. */
	function isDue({ createdAt, size, offset, isTaken }: KeptUpload): boolean {
		return (isTaken || offset < size) && clock.now() - Date.parse(createdAt) > uploadsKeptMs;
	}
}

/** Asked twice at once, it is taken once. */
function createTake(folder: UploadFolder, options: ResumableUploadsOptions): (id: string) => Promise<void> {
	const underWay = new Map<string, Promise<void>>();
	const takeNow = async (id: string) => {
		const { isTaken, size, offset, metadata } = await folder.find(id);
		if (isTaken || offset < size) return;
		await options.take({ owner: id.slice(0, id.indexOf(".")), metadata, open: () => folder.read(id) });
		await folder.markTaken(id);
	};
	return (id) => {
		const before = underWay.get(id);
		if (before !== undefined) return before;
		const taking = takeNow(id).finally(() => underWay.delete(id));
		underWay.set(id, taking);
		return taking;
	};
}

const ownerHeader = "breakwater-owner";

/** Throws where it is not what the protocol says. */
function readMetadata(header: string | undefined): UploadMetadata {
	try {
		return header === undefined ? {} : Metadata.parse(header);
	} catch (error) {
		throw new BreakwaterError("malformed-request", {
			detail: "upload-metadata: not as tus 1.0.0 has it",
			cause: error,
		});
	}
}

function idIn(url: string, path: string): string | null {
	const [, rest = ""] = url.split("?", 1)[0]?.split(`${path}/`) ?? [];
	return rest === "" ? null : rest;
}

type WebRequest = Omit<PartRequest, "body"> & { readonly body: ReadableStream<Uint8Array> | null };

function webRequest(owner: string, { method, url, headers, body }: WebRequest): Request {
	const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
		protocolHeaders.test(name) && typeof value === "string" ? [[name, value]] : [],
	);
	const init = { method, headers: [...given, [ownerHeader, owner] as [string, string]] };
	// The sender's address of us does not matter: answers name paths alone.
	const address = new URL(url, "http://intake.invalid");
	return body === null
		? new Request(address, init)
		: new Request(address, { ...init, body, duplex: "half" } as RequestInit);
}

/** `drop` reads what was not taken of it, and forgets it: it would stand before the next request of the same connection. */
function streamOf(body: Readable): { readonly stream: ReadableStream<Uint8Array>; drop(): void } {
	// Who refuses a part does not hang up on its sender, who could not read why.
	const iterator: AsyncIterator<Uint8Array> = body.iterator({ destroyOnReturn: false });
	const stream = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { done, value } = await iterator.next();
			if (done === true) controller.close();
			else controller.enqueue(value);
		},
	});
	const drop = () => {
		const returned = iterator.return?.() ?? Promise.resolve();
		returned.then(
			() => body.resume(),
			() => undefined,
		);
	};
	return { stream, drop };
}

function answered(headers: Headers): Readonly<Record<string, string>> {
	return Object.fromEntries([...headers].filter(([name]) => answeredHeaders.test(name)));
}

const codes: ReadonlyMap<number, ErrorCode> = new Map([
	[404, "not-found"],
	[409, "offset-conflict"],
	[410, "upload-gone"],
	[412, "protocol-version"],
	[413, "content-too-large"],
]);

function asRefusal(status: number, cause: unknown): unknown {
	if (cause instanceof Error) return asStoreError(cause);
	const code = codes.get(status);
	if (code !== undefined) return new BreakwaterError(code, { cause });
	return new BreakwaterError(status < 500 || status === 501 ? "malformed-request" : "internal", { cause });
}
