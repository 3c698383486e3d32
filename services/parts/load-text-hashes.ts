import { addTextHash, type TextHash } from "../core/hashes/makers.ts";

/** Adds to this thread's types of hash what the modules export as `textHash`, in their order. */
export async function loadTextHashes(modules: readonly string[]): Promise<void> {
	for (const module of modules) {
		// Whoever composes names modules that export one.
		const { textHash } = (await import(module)) as { readonly textHash: TextHash };
		addTextHash(textHash);
	}
}
