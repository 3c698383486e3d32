// Where the record is read nothing is cast: rows are parsed by schemas (connection/columns.ts).
import { expect, test } from "@jest/globals";
import { parse, parseFile } from "@swc/core";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { nodesOf, sourcesIn } from "./walk-source.ts";

const syntax = { syntax: "typescript", target: "es2022" } as const;
const casts = ["TsAsExpression", "TsTypeAssertion", "TsNonNullExpression"];

function countCasts(tree: unknown): number {
	return [...nodesOf(tree)].filter(({ type }) => casts.includes(type)).length;
}

test.each(await sourcesIn("services/adapters/postgres"))("%s casts nothing", async (file) => {
	expect(countCasts(await parseFile(fromPackageRoot(file), syntax))).toBe(0);
});

test("a cast is seen, and `as const` is none", async () => {
	const count = async (source: string) => countCasts(await parse(source, syntax));
	expect(await count("export const one = JSON.parse('1') as number;")).toBe(1);
	expect(await count("export const row = <Row>JSON.parse('1');")).toBe(1);
	expect(await count("export const one = rows[0]!;")).toBe(1);
	expect(await count('export const kinds = ["a"] as const;')).toBe(0);
});
