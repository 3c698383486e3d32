// All banks and entries in one piece of bytes, so that a detector need not ask the record for each of a million entries when it
// starts. A snapshot that is damaged, or of another form, is none. The record stays the truth: what changed since is asked for.
import { createHash } from "node:crypto";
import type { BankSettings } from "./bank.ts";
import type { BankContents, NamedFrames } from "./bank-contents.ts";
import type { EntryDetail } from "./entry-details.ts";

export interface BankSnapshot extends BankContents {
	/** The number of the last change that is certainly in it; later ones may be, which does no harm. */
	readonly sequence: number;
	/** That change as the record tells it: a record that tells it otherwise is another one. */
	readonly lastChange: string;
}

/** The last digit is the form's version. */
const magic = Buffer.from("BWBANKS3");
const digestBytes = 32;
/** A hash of frames, and how many bytes they are. */
const frameHeadBytes = 32 + 4;

/** What can be written bit by bit while entries come and go: the details are read last. */
export interface SnapshotSource {
	readonly banks: () => readonly BankSettings[];
	readonly details: () => readonly (EntryDetail | null)[];
	/** Entries in portions; a portion is read at once. */
	readonly rows: () => Iterable<Uint8Array>;
	/** What entries' hashes of frames name. One that an entry needs and that is not there is asked for with its change. */
	readonly frames: () => Iterable<NamedFrames>;
}

export function* writeSnapshot(
	source: SnapshotSource,
	{ sequence, lastChange }: Pick<BankSnapshot, "sequence" | "lastChange">,
): Generator<Uint8Array> {
	const digest = createHash("sha256");
	let rowsLength = 0;
	const hashed = (bytes: Uint8Array) => {
		digest.update(bytes);
		return bytes;
	};
	const banks = source.banks();
	yield hashed(magic);
	for (const rows of source.rows()) {
		rowsLength += rows.length;
		yield hashed(rows);
	}
	let framesLength = 0;
	for (const { hash, framePdqs } of source.frames()) {
		const head = Buffer.alloc(frameHeadBytes);
		head.set(hash);
		head.writeUInt32LE(framePdqs.length, hash.length);
		framesLength += head.length + framePdqs.length;
		yield hashed(Buffer.concat([head, framePdqs]));
	}
	const said = { sequence, lastChange, banks, details: source.details(), rowsLength, framesLength };
	const footer = Buffer.from(JSON.stringify(said));
	const length = Buffer.alloc(4);
	length.writeUInt32LE(footer.length);
	yield hashed(footer);
	yield hashed(length);
	yield digest.digest();
}

/** Null where the bytes are no whole snapshot of this form. */
export function readSnapshot(bytes: Uint8Array): BankSnapshot | null {
	const end = bytes.length - digestBytes;
	if (end < magic.length + 4 || !magic.equals(bytes.subarray(0, magic.length))) return null;
	const digest = createHash("sha256").update(bytes.subarray(0, end)).digest();
	if (!digest.equals(bytes.subarray(end))) return null;
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, end);
	const footerLength = view.readUInt32LE(end - 4);
	// The digest vouches for it: nothing but writeSnapshot made it.
	const { rowsLength, framesLength, ...footer } = JSON.parse(view.toString("utf8", end - 4 - footerLength, end - 4));
	const framesFrom = magic.length + rowsLength;
	return {
		...footer,
		rows: bytes.subarray(magic.length, framesFrom),
		frames: [...readFrames(view.subarray(framesFrom, framesFrom + framesLength))],
	};
}

function* readFrames(bytes: Buffer): Generator<NamedFrames> {
	for (let at = 0; at < bytes.length; ) {
		const from = at + frameHeadBytes;
		const to = from + bytes.readUInt32LE(from - 4);
		yield { hash: bytes.subarray(at, from - 4), framePdqs: bytes.subarray(from, to) };
		at = to;
	}
}
