// Takes a file of known hashes as it arrives and makes a draft of it. Nothing of it enters the bank here.
import { Transform } from "node:stream";
import { openBankFile } from "../bank-file/open-bank-file.ts";
import type { FileFormat } from "../bank-file/recognize.ts";
import { stageRows } from "../bank-file/stage-rows.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { BankDraft, BankDraftStore, NewDraft } from "../core/ports/bank-draft-store.ts";

export interface BankFile {
	readonly draft: NewDraft;
	/** Undefined: its content says. */
	readonly format: FileFormat | undefined;
	readonly body: NodeJS.ReadableStream;
	readonly maxBytes: number;
}

/** A body that is broken off fails by itself. */
const brokenOffByBody = new AbortController().signal;

/** A file that would change nothing is rejected at once. Throws `unreadable-file`, `content-too-large`. */
export async function receiveBankFile(
	drafts: Pick<BankDraftStore, "open" | "stage" | "close" | "reject">,
	{ draft, format, body, maxBytes }: BankFile,
): Promise<BankDraft> {
	const id = await drafts.open(draft);
	try {
		const { rows } = await openBankFile(limited(body, maxBytes), { name: draft.origin, format, source: draft.source });
		const rejected = await stageRows(drafts, id, rows, { signal: brokenOffByBody });
		const closed = await drafts.close(id, rejected);
		const { added, changed, removed } = closed.delta;
		return added + changed + removed > 0 ? closed : await drafts.reject(id, draft.by, "nothing to change");
	} catch (error) {
		// Nobody will come back to half a file.
		await drafts.reject(id, draft.by, "the file could not be read to its end").catch(() => undefined);
		// What a parser says of a line may quote it.
		throw error instanceof BreakwaterError ? error : new BreakwaterError("unreadable-file", { cause: error });
	}
}

function limited(body: NodeJS.ReadableStream, maxBytes: number): Transform {
	let bytes = 0;
	const counted = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length;
			done(bytes > maxBytes ? new BreakwaterError("content-too-large") : null, chunk);
		},
	});
	body.on("error", (error) => counted.destroy(error));
	// A page that is closed ends the request without an error.
	body.on("close", () => counted.writableEnded || counted.destroy(new Error("the upload was broken off")));
	return body.pipe(counted);
}
