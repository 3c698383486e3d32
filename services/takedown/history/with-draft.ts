import { rm } from "node:fs/promises";

/** The file is gone afterwards, whatever happened. */
export async function withDraft(path: string, use: (path: string) => Promise<void>): Promise<void> {
	try {
		await use(path);
	} finally {
		await rm(path, { force: true });
	}
}
