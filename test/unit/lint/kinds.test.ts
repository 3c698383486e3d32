// Nobody outside of its folder and of the catalogues asks which kind of signal or type of hash it is: they ask the kind.
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { parse } from "@swc/core";
import { hashTypes } from "../../../services/core/hashes/hash-type.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { nodesOf, type SourceNode, sourcesIn } from "./walk-source.ts";

/**
 * The other kinds of signal have names that results of models and examinations have as well, and `text` is a kind of model, too: those
 * are shown to be asked nowhere by test/e2e/new-kinds, which adds a kind.
 */
const names: ReadonlySet<unknown> = new Set(["matched", ...hashTypes.filter((type) => type !== "text")]);
const own = /^services\/(core\/(signals|hashes)|console\/evidence)\//;
const comparing = ["===", "!==", "==", "!="];

function testsIn(tree: unknown): readonly unknown[] {
	return [...nodesOf(tree)].flatMap((node) => comparedIn(node).filter((name) => names.has(name)));
}

function comparedIn(node: SourceNode): readonly unknown[] {
	if (node.type === "BinaryExpression" && comparing.some((one) => one === node.operator))
		return [literalOf(node.left), literalOf(node.right)];
	return node.type === "SwitchCase" ? [literalOf(node.test)] : [];
}

function literalOf(node: unknown): unknown {
	const isText = typeof node === "object" && node !== null && "type" in node && node.type === "StringLiteral";
	return isText && "value" in node ? node.value : undefined;
}

/** Most files name no kind: reading their syntax would take ten times as long as everything else here. */
async function testsInFile(file: string): Promise<readonly unknown[]> {
	const source = await readFile(fromPackageRoot(file), "utf8");
	const isNamed = [...names].some((name) => source.includes(`${name}`));
	return isNamed ? testsIn(await parse(source, syntaxOf(file))) : [];
}

const files = (await sourcesIn("services")).filter((file) => !own.test(file));
const syntaxOf = (file: string) => ({ syntax: "typescript", tsx: file.endsWith("x"), target: "es2022" }) as const;

test("kinds of signals and types of hashes are compared in their own folders only", async () => {
	const found = await Promise.all(files.map(async (file) => [file, await testsInFile(file)] as const));
	expect(found.filter(([, tests]) => tests.length > 0)).toEqual([]);
});

test("a comparison is seen, whichever way it is written", async () => {
	const count = async (source: string) => testsIn(await parse(source, syntaxOf("a.ts"))).length;
	expect(await count('export const is = signal.kind === "matched";')).toBe(1);
	expect(await count('export const is = "pdq" !== type;')).toBe(1);
	expect(await count('switch (type) { case "text-simhash": break; }')).toBe(1);
	expect(await count('export const kinds = ["matched", "pdq"];')).toBe(0);
});
