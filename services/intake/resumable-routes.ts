// Uploads in parts, by the tus protocol: who was interrupted goes on where it was. What is complete becomes an item by the same path as an upload
// in one piece.
import { Readable } from "node:stream";
import { BreakwaterError } from "../core/errors.ts";
import type { Platform, PlatformStore } from "../core/ports/platform-store.ts";
import { mediaAttributes } from "../core/wire/intake-api.ts";
import { eventTypes } from "../core/wire/item-event.ts";
import type { HttpServer } from "../runtime/http/server.ts";
import type { Guards, IntakeDeps, PlatformOf } from "./routes.ts";
import { checkAttributes, mostBytesOf, type Upload, type UploadLimits } from "./take-upload.ts";

type UploadMetadata = Readonly<Record<string, string | null>>;

/** What answers for uploads in parts, whoever keeps them. */
export interface PartsOfUploads {
	handle(
		owner: string,
		request: {
			readonly method: string;
			readonly url: string;
			readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
			readonly body: Readable | null;
		},
	): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>> }>;
	readMetadata(header: string | undefined): UploadMetadata;
}

export interface ResumableRouteDeps extends UploadLimits {
	readonly uploads: PartsOfUploads;
	/** Counts a new upload; throws where the platform has sent its share. */
	takeAllowance(platform: Platform, reply: { header(name: string, value: string): unknown }): void;
}

const protocolVersion = "1.0.0";
export const uploadsPath = "/v1/uploads";

export function addResumableRoutes(
	scope: HttpServer,
	deps: ResumableRouteDeps,
	guards: () => Guards,
	platformOf: PlatformOf,
): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
	for (const [method, url] of [
		["POST", uploadsPath],
		["HEAD", `${uploadsPath}/:id`],
		["PATCH", `${uploadsPath}/:id`],
		["DELETE", `${uploadsPath}/:id`],
	] as const)
		scope.route({
			...{ ...guards(), method, url },
			// The protocol is tus's to describe: the description of /v1/media names it.
			schema: { hide: true },
			handler: async (request, reply) => {
				const platform = platformOf(request);
				// Before anything else of the request is looked at, as the protocol says.
				if (request.headers["tus-resumable"] !== protocolVersion) {
					reply.header("tus-version", protocolVersion);
					throw new BreakwaterError("protocol-version");
				}
				if (request.headers["content-encoding"] !== undefined)
					throw new BreakwaterError("unsupported-media-type", { detail: "parts of a file come as they are" });
				if (method === "POST") {
					checkNew(request.headers, platform, deps);
					deps.takeAllowance(platform, reply);
				}
				const body = request.body instanceof Readable ? request.body : null;
				const answer = await deps.uploads.handle(platform.name, {
					...{ method, url: request.url, body },
					headers: request.headers,
				});
				return reply.status(answer.status).headers(answer.headers).send();
			},
		});
}

/** What could never become an item is refused before its bytes come. */
function checkNew(
	headers: Readonly<Record<string, string | string[] | undefined>>,
	platform: Platform,
	deps: ResumableRouteDeps,
): void {
	const { "upload-metadata": given, "upload-length": length } = headers;
	const metadata = deps.uploads.readMetadata(typeof given === "string" ? given : undefined);
	const maxBytes = mostBytesOf(mediaTypeIn(metadata), deps);
	if (Number(length) === 0)
		throw new BreakwaterError("malformed-request", { detail: "upload-length: a file has bytes" });
	if (Number(length) > maxBytes)
		throw new BreakwaterError("content-too-large", { detail: `an upload has at most ${maxBytes} bytes` });
	checkAttributes(platform, attributesOf(metadata));
}

/** As clients of the protocol name it. */
function mediaTypeIn({ filetype }: UploadMetadata): string {
	return filetype ?? "";
}

function attributesOf(metadata: UploadMetadata): Upload["attributes"] {
	const named = Object.keys(mediaAttributes.shape).flatMap((name) => {
		const value = metadata[name];
		return value === undefined || value === null ? [] : [[name, value]];
	});
	return mediaAttributes.parse(Object.fromEntries(named));
}

export interface TakeCompleteDeps extends UploadLimits {
	readonly platforms: Pick<PlatformStore, "list">;
	readonly takeUpload: (upload: Upload) => Promise<unknown>;
	readonly events: Pick<IntakeDeps["events"], "eventAccepted">;
}

/** Makes an item of a complete upload. The bytes of a platform that is gone, or was disabled since, become none. */
export function createTakeComplete(deps: TakeCompleteDeps) {
	return async ({ owner, metadata, open }: { owner: string; metadata: UploadMetadata; open(): Readable }) => {
		const platform = (await deps.platforms.list()).find(({ name, isEnabled }) => name === owner && isEnabled);
		if (platform === undefined) return;
		const maxBytes = mostBytesOf(mediaTypeIn(metadata), deps);
		await deps.takeUpload({ platform, attributes: attributesOf(metadata), body: open(), maxBytes });
		deps.events.eventAccepted({ type: eventTypes.mediaUploaded, platformId: platform.id });
	};
}
