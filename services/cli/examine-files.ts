// Reads and examines files a few at a time, in order, so that thousands of them need no more memory than a few.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createExactHasher } from "../core/hashes/exact/exact-hashes.ts";
import type { Examination, ExamineRequest } from "../core/ports/image-examiner.ts";
import type { Scanner } from "./compose.ts";
import { type FilePath, printable } from "./file-path.ts";

export type ExaminedFile = { readonly path: string } & (
	| { readonly kind: "read"; readonly sizeBytes: number; readonly examination: Examination }
	| { readonly kind: "unreadable"; readonly reason: "too-many-bytes" | "unreadable" }
);

/** Yields in the order of the paths. Stops early once `signal` aborts. */
export async function* examineFiles(
	paths: readonly FilePath[],
	scanner: Scanner,
	signal: AbortSignal,
	wants: Wants = {},
): AsyncGenerator<ExaminedFile> {
	const ahead: Promise<ExaminedFile>[] = [];
	const queue = [...paths];
	const depth = scanner.workers * 2;
	while ((queue.length > 0 || ahead.length > 0) && !signal.aborted) {
		while (ahead.length < depth) {
			const path = queue.shift();
			if (path === undefined) break;
			ahead.push(examineFile(path, { scanner, wants }, signal));
		}
		const next = await ahead.shift();
		if (next !== undefined) yield next;
	}
	await Promise.allSettled(ahead);
}

type Wants = Pick<ExamineRequest, "wantsCuts" | "wantsSound">;

interface By {
	readonly scanner: Scanner;
	readonly wants: Wants;
}

async function examineFile(file: FilePath, by: By, signal: AbortSignal): Promise<ExaminedFile> {
	const path = printable(file);
	const { scanner, wants } = by;
	try {
		const { size } = await stat(file);
		if (size > scanner.maxBytes) {
			const examination = size > scanner.maxVideoBytes ? null : await examineLarge(file, by, signal);
			if (examination === null) return { path, kind: "unreadable", reason: "too-many-bytes" };
			return { path, kind: "read", sizeBytes: size, examination };
		}
		const examination = await scanner.examiner.examine(await readFile(file), signal, wants);
		return { path, kind: "read", sizeBytes: size, examination };
	} catch {
		return { path, kind: "unreadable", reason: "unreadable" };
	}
}

/** Null where it is no video: nothing else is read from its file. */
async function examineLarge(
	file: FilePath,
	{ scanner: { examiner }, wants }: By,
	signal: AbortSignal,
): Promise<Examination | null> {
	const hasher = createExactHasher();
	let head: Uint8Array | null = null;
	for await (const chunk of createReadStream(file)) {
		head ??= Uint8Array.from(chunk);
		if (examiner.isVideo?.(head) !== true) return null;
		hasher.update(chunk);
	}
	if (head === null || typeof file !== "string") return null;
	return (await examiner.examineFile?.({ path: file, head, exact: hasher.digest() }, signal, wants)) ?? null;
}

export function toHex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("hex");
}
