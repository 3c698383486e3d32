import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { startWorkerProcess, type WorkerProcess } from "../../../services/runtime/worker-process.ts";

export interface ClipRecipe {
	/** Holds the files that the arguments name, and gets the outputs. */
	readonly folder: string;
	readonly outputs: readonly string[];
	/** Of FFmpeg; the last output comes after them. */
	readonly args: readonly string[];
}

let maker: WorkerProcess<ClipRecipe, void> | null = null;
let before: Promise<unknown> = Promise.resolve();

/** One clip after the other, in one process for all tests: to start it takes ten times as long as a small clip. */
export function makeClip(recipe: ClipRecipe): Promise<unknown> {
	const made = before.then(async () => {
		if (!maker?.isAlive()) maker = startWorkerProcess(fromPackageRoot("test/support/video/make-clip.js"));
		await maker.started;
		await maker.run(recipe);
	});
	before = made.catch(() => undefined);
	return made;
}
