// What tests of workers that break put at the end of a file: a mark that names a way to break. Decoders ignore what follows the end of a JPEG,
// and readers of archives what follows the end of a ZIP.
import { writeFileSync } from "node:fs";

const mark = /breakwater-(SIGSEGV|hang|pause|loop|heap|environment|once:(?<file>[^;]+);)$/;

export function breakAsMarked(bytes: Uint8Array): void {
	const [, way = "", file] = mark.exec(Buffer.from(bytes.slice(-500)).toString("latin1")) ?? [];
	if (way === "SIGSEGV" || (file !== undefined && isFirst(file))) process.kill(process.pid, "SIGSEGV");
	if (way === "environment" && Object.keys(process.env).some((name) => /BREAKWATER|DATABASE|^HOME$|^PATH$/.test(name)))
		process.kill(process.pid, "SIGSEGV");
	// Waits for nobody: it is gone for as long as in a loop, and takes no processor from the tests beside it.
	if (way === "hang") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
	// Longer than a task may be among the quick, were the time counted that it only waits.
	if (way === "pause") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
	if (way === "loop") for (;;) {}
	if (way === "heap") for (const kept: object[] = []; ; ) kept.push(Array.from({ length: 100_000 }, () => ({})));
}

function isFirst(file: string): boolean {
	try {
		writeFileSync(file, "", { flag: "wx" });
		return true;
	} catch {
		return false;
	}
}
