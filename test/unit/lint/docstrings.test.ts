// A docstring begins with what it is about, in one sentence that a hurried newcomer understands: "Of one caller" says whose, and not what.
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { sourcesIn } from "./walk-source.ts";

const withoutSubject = /\/\*\*\s+(?:\*\s+)?Of\b[^\n]*/g;

function headless(source: string): readonly string[] {
	return source.match(withoutSubject) ?? [];
}

test("no docstring begins with whose it is", async () => {
	const files = await sourcesIn("services");
	const found = await Promise.all(
		files.map(async (file) => [file, headless(await readFile(fromPackageRoot(file), "utf8"))] as const),
	);
	expect(found.filter(([, docstrings]) => docstrings.length > 0)).toEqual([]);
});

test("one that does is seen, on one line or several, and one that goes on so is none", () => {
	expect(headless("/** Of one caller. */")).toHaveLength(1);
	expect(headless("/**\n\t * Of every byte; more follows.\n\t */")).toHaveLength(1);
	expect(headless("/** How often one caller may ask. Of others nobody knows. */")).toEqual([]);
});
