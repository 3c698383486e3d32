// What rows are parsed by, held against the columns of the migrated database: a schema that forbids null where its column allows it would one
// day refuse a row that is right. Only statements that name one table are looked at; what joins or computes is covered by the suites that run it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse, parseFile } from "@swc/core";
import { sql } from "kysely";
import { z } from "zod";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { openTestRecord } from "../../support/test-database.ts";
import { nodesOf, type SourceNode, sourcesIn } from "../../unit/lint/walk-source.ts";

const columnRow = z.object({ table: z.string(), column: z.string() });
/** As `table.column`: those that hold null, and all. */
let nullable: ReadonlySet<string>;
let columns: ReadonlySet<string>;
let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
	const select = sql`SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public'`;
	const named = ({ table, column }: z.infer<typeof columnRow>) => `${table}.${column}`;
	columns = new Set((await record.database.rows(select, columnRow)).map(named));
	nullable = new Set((await record.database.rows(sql`${select} AND is_nullable = 'YES'`, columnRow)).map(named));
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

/** Null, by a check of the table, only where the statement does not look. */
const settledElsewhere = new Set(["clocks.outcome"]);

const syntax = { syntax: "typescript", target: "es2022" } as const;
const node = z.looseObject({ type: z.string() });
const nodeOf = (value: unknown): SourceNode | null => node.safeParse(value).data ?? null;

/** The name that a call is of: `rows` of `tx.rows(…)`, `object` of `z.object(…)`. */
function calledOf(call: SourceNode | null): unknown {
	return call?.type === "CallExpression" ? nodeOf(nodeOf(call.callee)?.property)?.value : undefined;
}

function argumentsOf(call: SourceNode): readonly (SourceNode | null)[] {
	return z
		.array(z.looseObject({ expression: z.unknown() }))
		.parse(call.arguments)
		.map((one) => nodeOf(one.expression));
}

/** Whether a schema lets null pass, as far as its own chain of calls says. */
function takesNull(schema: SourceNode | null): boolean {
	if (schema?.type !== "CallExpression") return false;
	if (["nullable", "nullish", "any", "unknown"].some((one) => one === calledOf(schema))) return true;
	return takesNull(nodeOf(nodeOf(schema.callee)?.object));
}

/** By field of a `z.object(…)`, whether it takes null; null of anything else. */
function fieldsOf(schema: SourceNode | null): ReadonlyMap<string, boolean> | null {
	if (schema === null || calledOf(schema) !== "object") return null;
	const properties = z.array(node).parse(nodeOf(argumentsOf(schema)[0])?.properties ?? []);
	const named = properties.filter(({ type }) => type === "KeyValueProperty");
	return new Map(named.map(({ key, value }) => [String(nodeOf(key)?.value), takesNull(nodeOf(value))]));
}

interface Read {
	readonly statement: string;
	readonly fields: ReadonlyMap<string, boolean>;
}

/** Each statement with the fields that its rows are parsed by, of one source. */
function readsIn(tree: unknown): readonly Read[] {
	const all = [...nodesOf(tree)];
	const schemas = new Map(
		all.flatMap((one) =>
			one.type === "VariableDeclarator" ? [[nodeOf(one.id)?.value, fieldsOf(nodeOf(one.init))] as const] : [],
		),
	);
	return all.flatMap((one) => {
		if (calledOf(one) !== "rows") return [];
		const [template, schema] = argumentsOf(one);
		const fields = schema?.type === "Identifier" ? schemas.get(schema.value) : fieldsOf(schema ?? null);
		const quasis = z.array(z.looseObject({ raw: z.string() })).safeParse(nodeOf(template?.template)?.quasis);
		return fields && quasis.success ? [{ statement: quasis.data.map(({ raw }) => raw).join("?"), fields }] : [];
	});
}

/** The columns that the statement answers as they are, as `table.column`, with whether their field takes null. */
function columnsRead({ statement, fields }: Read): readonly (readonly [string, boolean])[] {
	const tables = new Set(
		Array.from(statement.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)/g), ([, table]) => table),
	);
	const [table] = tables;
	if (table === undefined || tables.size > 1) return [];
	return [...fields].flatMap(([field, isNullable]) => {
		const computed = new RegExp(`\\bAS "?${field}"?(?![\\w])`).exec(statement);
		const renamed = new RegExp(`(?:SELECT|RETURNING|,)\\s+([a-z_]+) AS "?${field}"?(?![\\w])`).exec(statement);
		const column = renamed?.[1] ?? (computed === null ? field : undefined);
		if (column === undefined || isLimited(statement, column)) return [];
		return [[`${table}.${column}`, isNullable] as const];
	});
}

/** A row without it is not answered, or the statement itself has set it. */
function isLimited(statement: string, column: string): boolean {
	return new RegExp(`\\b${column}"?\\s*(=|<|>|IN\\b|IS NOT NULL|~)`).test(statement);
}

test("no schema forbids what its column allows", async () => {
	const files = await sourcesIn("services/adapters/postgres");
	const trees = await Promise.all(files.map((file) => parseFile(fromPackageRoot(file), syntax)));
	const read = trees.flatMap((tree, at) =>
		readsIn(tree).flatMap((one) =>
			columnsRead(one).map(([column, isNullable]) => ({ file: files[at], column, isNullable })),
		),
	);
	const known = read.filter(({ column }) => columns.has(column));
	expect(known.length).toBeGreaterThan(100);
	const faults = known.filter(({ column, isNullable }) => nullable.has(column) && !isNullable);
	expect(faults.filter(({ column }) => !settledElsewhere.has(column))).toEqual([]);
});

test("one that does is seen, under its own name or another, and what the statement limits is none", async () => {
	const faultsOf = async (statement: string, schema: string) => {
		const tree = await parse(`const row = z.object(${schema}); tx.rows(sql\`${statement}\`, row);`, syntax);
		return readsIn(tree)
			.flatMap(columnsRead)
			.filter(([column, isNullable]) => nullable.has(column) && !isNullable);
	};
	expect(await faultsOf("SELECT * FROM banks", "{ id: bankId, owner: column.text }")).toEqual([["banks.owner", false]]);
	expect(await faultsOf('SELECT id, owner AS "whose" FROM banks', "{ whose: column.text }")).toHaveLength(1);
	expect(await faultsOf("SELECT * FROM banks", "{ id: bankId, owner: column.text.nullable() }")).toEqual([]);
	expect(await faultsOf("SELECT owner FROM banks WHERE owner IS NOT NULL", "{ owner: column.text }")).toEqual([]);
	expect(await faultsOf("SELECT coalesce(owner, '') AS owner FROM banks", "{ owner: column.text }")).toEqual([]);
});
