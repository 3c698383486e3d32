// Stacks that name our sources: what runs is bundled, and its own lines tell nobody anything. A map is read when the first stack needs it.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

interface Place {
	readonly file: string;
	readonly line: number;
	readonly column: number;
}

const maps = new Map<string, SourceMap | null>();

/** For this thread, from now on. */
export function nameSourcesInStacks(): void {
	Error.prepareStackTrace = (error, frames) =>
		[String(error), ...frames.map((frame) => `    at ${named(frame)}`)].join("\n");
}

function named(frame: NodeJS.CallSite): string {
	const [url, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
	const place =
		url?.startsWith("file:") && line !== null && column !== null ? sourceOf(fileURLToPath(url), line, column) : null;
	if (place === null) return String(frame);
	return String(frame).replace(`${url}:${line}:${column}`, `${place.file}:${place.line}:${place.column}`);
}

/** Where a place in a compiled file comes from; null where no map says so. Lines and columns from 1. */
export function sourceOf(file: string, line: number, column: number): Place | null {
	const map = maps.has(file) ? maps.get(file) : readMap(file);
	maps.set(file, map ?? null);
	const entry = map?.findEntry(line - 1, column - 1);
	if (entry === undefined || !("originalSource" in entry)) return null;
	const { originalSource, originalLine, originalColumn } = entry;
	return { file: resolve(dirname(file), originalSource), line: originalLine + 1, column: originalColumn + 1 };
}

function readMap(file: string): SourceMap | null {
	try {
		return new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
	} catch {
		// Without one the stack stays as it is.
		return null;
	}
}
