import type { RevealLevel } from "../cases/case.ts";

/** Makes what a reviewer sees: 1 edges · 2 blurred grey, small · 3 grey, small · 4 clear, small. Level 5 is the full picture, re-encoded without metadata. */
export interface PreviewRenderer {
	/** WebP bytes, or null where nothing can be decoded; several pictures stand together on one sheet. `watermark` is drawn at levels 4 and 5. */
	render(pictures: readonly Uint8Array[], level: RevealLevel, watermark: string): Promise<Uint8Array | null>;
	[Symbol.asyncDispose](): Promise<void>;
}
