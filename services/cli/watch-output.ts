// Whether somebody still reads what commands print: `… | head` closes its end, a full disk refuses more.

const broken = new AbortController();

/** Aborts, with the error as its reason, once standard output takes nothing any more. What a command does, it does to its end. */
export const outputBroken: AbortSignal = broken.signal;

/** From here on such an error ends no process. */
export function watchOutput(): void {
	process.stdout.on("error", (error) => broken.abort(error));
	process.stderr.on("error", () => undefined);
}

/** The reader went away, which is no fault. */
export function isReaderGone(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "EPIPE";
}
