// What is asked of an FFmpeg, wherever it comes from.

export interface Listener {
	/** Gets the output, piece by piece, and answers false to have no more of it; a piece is not valid after it returns. */
	onOutput(chunk: Uint8Array): boolean;
	onLine(line: string): void;
}

export const inputPath = "/input";
export const outputPath = "/output";

/** All of a file in memory, or a file that is read by and by, as far as it is needed. */
export type VideoSource = Uint8Array | { readonly path: string };

/** Runs with one input, again and again, each with its own arguments. */
export interface Ffmpeg extends AsyncDisposable {
	/** Whether it came to its end. */
	run(args: readonly string[], timeoutMs: number): Promise<boolean>;
}
