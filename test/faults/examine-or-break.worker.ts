// What a worker process runs in tests of decoders that break: the real examination, unless the picture ends in a mark that names a
// way to break. Decoders ignore what follows the end of a JPEG.
import { writeFileSync } from "node:fs";
import examineImage, { type ExamineInput } from "../../services/adapters/sharp/examine-image.worker.ts";

const mark = /breakwater-(SIGSEGV|hang|heap|environment|once:(?<file>[^;]+);)$/;

export default async function examineOrBreak(input: ExamineInput) {
	const [, way = "", file] = mark.exec(Buffer.from(input.bytes.slice(-500)).toString("latin1")) ?? [];
	if (way === "SIGSEGV" || (file !== undefined && isFirst(file))) process.kill(process.pid, "SIGSEGV");
	if (way === "environment" && Object.keys(process.env).some((name) => /BREAKWATER|DATABASE|^HOME$|^PATH$/.test(name)))
		process.kill(process.pid, "SIGSEGV");
	if (way === "hang") for (;;) {}
	if (way === "heap") for (const kept: object[] = []; ; ) kept.push(Array.from({ length: 100_000 }, () => ({})));
	return examineImage(input);
}

function isFirst(file: string): boolean {
	try {
		writeFileSync(file, "", { flag: "wx" });
		return true;
	} catch {
		return false;
	}
}
