// A body that was compressed on its way is read as what it is: whoever takes it never sees another form, and its limits are those of what
// comes out.
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { BreakwaterError } from "../../core/errors.ts";
import { errorCode } from "../error-code.ts";

/** RFC 9110, section 8.4.1: recipients take `x-gzip` for the same. */
const gzip: ReadonlySet<string> = new Set(["gzip", "x-gzip"]);

/** Decodes gzip for every route; any other coding is refused, before the body is read. */
export function decodeBodies(server: FastifyInstance): void {
	server.addHook("preParsing", async (request, reply, payload) => {
		const coding = (request.headers["content-encoding"] ?? "").trim().toLowerCase();
		if (coding === "" || coding === "identity") return payload;
		if (gzip.has(coding)) return gunzip(payload);
		reply.header("accept-encoding", "gzip");
		throw new BreakwaterError("unsupported-media-type", {
			detail: "content-encoding: send the body as it is, or compressed with gzip alone",
		});
	});
}

function gunzip(payload: Readable) {
	let receivedEncodedLength = 0;
	payload.on("data", (chunk: Uint8Array) => {
		receivedEncodedLength += chunk.length;
	});
	const decoder = createGunzip();
	// Whoever reads is told; a request that was refused before is read by nobody.
	decoder.on("error", () => undefined);
	payload.once("error", (error) => decoder.destroy(error)).once("aborted", () => decoder.destroy(new Error("aborted")));
	const decoded = Readable.from(namingFaults(payload.pipe(decoder)), { objectMode: false });
	// Fastify compares it with content-length.
	return Object.defineProperty(decoded, "receivedEncodedLength", { get: () => receivedEncodedLength });
}

async function* namingFaults(decoded: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		yield* decoded;
	} catch (cause) {
		const isFormat = /^Z_/.test(errorCode(cause) ?? "");
		const detail = isFormat ? "content-encoding: the body is not whole gzip" : "the body ended early";
		throw new BreakwaterError("malformed-request", { detail, cause });
	}
}
