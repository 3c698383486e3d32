import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BreakwaterError } from "../../core/errors.ts";
import { createExactHasher } from "../../core/hashes/exact/exact-hashes.ts";
import type { LocalCopies } from "../../core/ports/local-copies.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { privateFile } from "../../runtime/private-folder.ts";

const headBytes = 1_024;

/** Files of the system's folder for such, for this process's user alone. */
export function createLocalCopies(store: Pick<MediaStore, "read">, folder: string = tmpdir()): LocalCopies {
	return {
		async copy(key, maxBytes, isWanted) {
			const bytes = await store.read(key, maxBytes);
			if (bytes === null) return null;
			const path = join(folder, `breakwater-${randomBytes(12).toString("hex")}`);
			const hasher = createExactHasher();
			let head = new Uint8Array(0);
			const remove = () => rm(path, { force: true });
			try {
				await write(path, bytes, (chunk, isFirst) => {
					if (isFirst) head = Uint8Array.from(chunk.subarray(0, headBytes));
					if (isFirst && !isWanted(head)) throw new BreakwaterError("content-too-large");
					hasher.update(chunk);
				});
			} catch (error) {
				await remove();
				if (error instanceof BreakwaterError) throw error;
				throw new BreakwaterError("store-unavailable", { detail: "a large file cannot be copied now", cause: error });
			}
			const exact = hasher.digest();
			return { path, head, exact, read: () => createReadStream(path), [Symbol.asyncDispose]: remove };
		},
	};
}

async function write(
	path: string,
	bytes: AsyncIterable<Uint8Array>,
	see: (chunk: Uint8Array, isFirst: boolean) => void,
): Promise<void> {
	const file = await open(path, "wx", privateFile);
	try {
		let isFirst = true;
		for await (const chunk of bytes) {
			see(chunk, isFirst);
			isFirst = false;
			await file.writeFile(chunk);
		}
	} finally {
		await file.close();
	}
}
