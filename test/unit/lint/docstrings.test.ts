// What is said of a declaration begins with its subject: a newcomer who has not read the name yet understands the sentence.
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { sourcesIn } from "./walk-source.ts";

/** At the beginning of a line: declarations, and not their fields. */
const fragment = /^\/\*\*(?:\n \*)? Of /m;

test("what is said of a declaration does not begin with Of", async () => {
	const files = await sourcesIn("services");
	const texts = await Promise.all(
		files.map(async (file) => [file, await readFile(fromPackageRoot(file), "utf8")] as const),
	);
	expect(texts.filter(([, text]) => fragment.test(text)).map(([file]) => file)).toEqual([]);
	expect(fragment.test("const a = 1;\n/** Of every byte; and more. */\nconst b = 2;\n")).toBe(true);
});
