// A disk small enough to be filled: a tmpfs of its own, which takes root to mount.
import { execFileSync } from "node:child_process";
import { mkdir, open, rm } from "node:fs/promises";
import { errorCode } from "../../services/runtime/error-code.ts";
import { run } from "../support/servers/server-process.ts";

export async function mountSmallDisk(folder: string, mebibytes: number, owner?: number): Promise<AsyncDisposable> {
	await mkdir(folder, { recursive: true });
	const user = owner === undefined ? "" : `,uid=${owner}`;
	await run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m${user}`, "tmpfs", folder]).catch((error: unknown) => {
		throw new Error("a full disk needs a small one to fill, and mounting a tmpfs needs root", { cause: error });
	});
	const unmount = () => execFileSync("umount", ["--lazy", folder], { stdio: "ignore" });
	const atExit = () => {
		try {
			unmount();
		} catch {
			// It was unmounted already.
		}
	};
	process.once("exit", atExit);
	return {
		async [Symbol.asyncDispose]() {
			process.off("exit", atExit);
			unmount();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Writes zeros until the disk takes no more. */
export async function fillDisk(file: string): Promise<void> {
	const handle = await open(file, "w");
	try {
		for (const size of [65_536, 4_096]) {
			const zeros = Buffer.alloc(size);
			for (;;) if ((await handle.write(zeros)).bytesWritten < size) break;
		}
	} catch (error) {
		if (errorCode(error) !== "ENOSPC") throw error;
	} finally {
		await handle.close();
	}
}
