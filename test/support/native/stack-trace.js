// How a stack reads in the report of a failure: the positions of the source, and plain paths, which Jest shows the lines of.
import { findSourceMap } from "node:module";
import { fileURLToPath } from "node:url";

const delegates = new URL("./globals.js", import.meta.url).href;

/** For `Error.prepareStackTrace`. */
export function formatStack(error, frames) {
	const shown = frames.filter((frame) => frame.getFileName() !== delegates);
	return [String(error), ...shown.map((frame) => `    at ${describe(frame)}`)].join("\n");
}

function describe(frame) {
	const file = frame.getFileName();
	if (!file?.startsWith("file:")) return String(frame);
	const name = frame.getFunctionName();
	const { line, column } = positionInSource(file, frame.getLineNumber(), frame.getColumnNumber());
	const at = `${fileURLToPath(file)}:${line}:${column}`;
	// Jest leaves out a frame that begins with "<anonymous>".
	return `${frame.isAsync() ? "async " : ""}${name === null ? at : `${name} (${at})`}`;
}

function positionInSource(file, line, column) {
	const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
	return entry?.originalLine === undefined
		? { line, column }
		: { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
