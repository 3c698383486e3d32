// What runs for every item begins its objects with fields of their own (infra/decisions/0440-objects-begin-with-their-own-fields.md): one
// that begins with a copy of another and adds a field to it takes Node 20 microseconds.
import { expect, test } from "@jest/globals";
import { parse, parseFile } from "@swc/core";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { nodesOf, type SourceNode, sourcesIn } from "./walk-source.ts";

/** Where an item passes, from an event to an order and into the history. */
const itemPath = [
	"intake/read-events.ts",
	"intake/signed-for.ts",
	"core/wire/parse-item-event.ts",
	"core/signals/",
	"core/policy/decide-verdict.ts",
	"core/policy/grounds.ts",
	"core/policy/recorded-grounds.ts",
	"core/policy/shorten-verdict.ts",
	"detector/kinds/",
	"detector/steps/",
	"detector/count-lately.ts",
	"detector/run-records.ts",
	"detector/values.ts",
	"adapters/postgres/items/",
	"adapters/postgres/history/",
	"adapters/postgres/stream/",
	"adapters/postgres/clusters/write-members.ts",
	"adapters/postgres/connection/prepared-statements.ts",
	"takedown/history/",
	"takedown/send-order.ts",
	"takedown/settle-attempt.ts",
].map((path) => `services/${path}`);

/** Fields that the copy has already, or may have: they are written over and not added, which costs no more than the copy. */
const writtenOver: Readonly<Record<string, readonly string[]>> = {
	"services/adapters/postgres/items/write-verdicts.ts": ["hash"],
	"services/core/policy/shorten-verdict.ts": ["divertedBy", "grounds", "signals", "withheldOn"],
	"services/core/signals/matched/find-match.ts": ["shadow"],
	"services/core/signals/rule/rule-signal.ts": ["stage"],
	"services/core/signals/written/written.ts": ["finding", "gathers", "inShadow", "resemblance"],
	"services/core/wire/parse-item-event.ts": ["data", "datacontenttype"],
	"services/detector/kinds/picture.ts": ["pdq"],
	"services/detector/run-records.ts": ["breakwater-reason", "breakwater-topic"],
	"services/detector/steps/decide.ts": ["action"],
	"services/detector/steps/examine-embedded.ts": ["signals"],
	"services/detector/steps/gather-contacts.ts": ["signals"],
	"services/detector/steps/match-hashes.ts": ["signals"],
	"services/detector/steps/read-words.ts": ["excerpts", "signals", "writings"],
	"services/detector/steps/score-media.ts": ["looks", "signals"],
	"services/detector/steps/score-text.ts": ["signals"],
};

const functions = [
	"FunctionDeclaration",
	"FunctionExpression",
	"ArrowFunctionExpression",
	"ClassMethod",
	"MethodProperty",
];

/** Names of the fields that follow a copy which an object begins with. Objects outside of all functions are made once, and left out. */
function addedIn(tree: unknown): readonly string[] {
	const within = [...nodesOf(tree)].filter(({ type }) => functions.includes(type));
	return [...new Set(within.flatMap((one) => [...nodesOf(one)]).flatMap(addedTo))].toSorted();
}

function addedTo({ type, properties }: SourceNode): readonly string[] {
	if (type !== "ObjectExpression" || !Array.isArray(properties)) return [];
	const [first, ...others]: readonly SourceNode[] = properties;
	return first?.type === "SpreadElement" ? others.filter((one) => one.type !== "SpreadElement").map(nameOf) : [];
}

function nameOf(field: SourceNode): string {
	const [named] = nodesOf(field.type === "Identifier" ? field : field.key);
	return String(named?.value);
}

const syntax = { syntax: "typescript", target: "es2022" } as const;
const files = (await sourcesIn("services")).filter((file) => itemPath.some((one) => file.startsWith(one)));

test("every place that is named is there", () => {
	expect(itemPath.filter((one) => !files.some((file) => file.startsWith(one)))).toEqual([]);
});

test("no object on an item's path begins with a copy of another and adds fields to it", async () => {
	const added = await Promise.all(
		files.map(async (file) => [file, addedIn(await parseFile(fromPackageRoot(file), syntax))] as const),
	);
	expect(Object.fromEntries(added.filter(([, fields]) => fields.length > 0))).toEqual(writtenOver);
});

test("one that does is seen, however it is written, and one that begins with its fields or is made once is none", async () => {
	const seen = async (source: string) => addedIn(await parse(source, syntax));
	expect(await seen("export const step = (item: Item) => ({ ...item, found });")).toEqual(["found"]);
	expect(await seen('function f() { return { ...{ a, b }, "c-d": 1, e() {} }; }')).toEqual(["c-d", "e"]);
	expect(
		await seen("export const step = (item: Item) => next({ kind, one: { ...item, [computed]: 1 } });"),
	).toHaveLength(1);
	expect(await seen("export const step = (item: Item) => ({ found, ...item, ...more });")).toEqual([]);
	expect(await seen("export const step = (item: Item) => ({ ...item, ...more });")).toEqual([]);
	expect(await seen("export const base = { ...other, found };")).toEqual([]);
});
