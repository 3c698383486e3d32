// What a rule may cost at most, worked out from its tree before it ever runs: evaluation has no limit of its own. A unit is about what one
// comparison takes. What cannot be bounded is refused.
import type { ASTNode } from "@marcbachmann/cel-js";
import { mostCharacters, mostMembers } from "./fact.ts";

/** In units. */
export const costBudget = 1_000;

/** Within it `exists` and its like name a member of a list. */
export type Names = ReadonlyMap<string, Sized>;

interface Sized {
	/** Members of a list or characters of a text; 1 of everything else. */
	readonly size: number;
	/** The size of a list's members. */
	readonly member: number;
}

export interface Cost extends Sized {
	readonly units: number;
}

const scalar: Sized = { size: 1, member: 1 };
const macros: ReadonlySet<string> = new Set(["exists", "all", "exists_one", "filter", "map"]);
const comparesText: ReadonlySet<string> = new Set(["contains", "startsWith", "endsWith", "indexOf", "lowerAscii"]);

/** All that a rule may call; what is not here is refused by name (`matches` goes back over its text without bound). */
export const allowedCalls: ReadonlySet<string> = new Set([
	...macros,
	...comparesText,
	"size",
	"int",
	"double",
	"string",
]);

/** Characters that one unit compares. */
const charactersPerUnit = 32;

export function costOf(node: ASTNode, names: Names = new Map()): Cost {
	switch (node.op) {
		case "value":
			return { units: 1, size: typeof node.args === "string" ? node.args.length : 1, member: 1 };
		case "id":
			return { units: 1, ...(names.get(node.args) ?? scalar) };
		case ".":
		case ".?":
			// A fact: which of them are texts and lists is no matter, all are taken for the largest that there are.
			return { units: 1, size: mostCharacters, member: mostCharacters };
		case "list":
			return listCost(node.args.map((one) => costOf(one, names)));
		case "rcall":
			return callCost(node.args[0], [node.args[1], ...node.args[2]], names);
		case "call":
			return callCost(node.args[0], node.args[1], names);
		case "?:": {
			const [test, then, otherwise] = node.args.map((one) => costOf(one, names));
			return larger([then, otherwise], unitsOf([test, then, otherwise]) + 1);
		}
		case "[]":
		case "[?]": {
			const [of, at] = node.args.map((one) => costOf(one, names));
			return { units: unitsOf([of, at]) + 1, size: of?.member ?? 1, member: 1 };
		}
		case "map":
			return { units: Number.POSITIVE_INFINITY, ...scalar };
		case "!_":
		case "-_":
			return { ...scalar, units: costOf(node.args, names).units + 1 };
		default:
			return binaryCost(
				node.op,
				node.args.map((one) => costOf(one, names)),
			);
	}
}

function binaryCost(op: string, sides: readonly Cost[]): Cost {
	const units = unitsOf(sides) + 1;
	const sizes = sides.map(({ size }) => size);
	if (op === "+") {
		const size = sizes.reduce((sum, one) => sum + one, 0);
		return { units: units + size / charactersPerUnit, size, member: Math.max(...sides.map(({ member }) => member)) };
	}
	if (op === "in") return { ...scalar, units: units + Math.min(sizes[1] ?? 1, mostMembersOf(sides[1])) };
	return { ...scalar, units };
}

/** A fact may be a list as well as a text; a list has no more members than rules see. */
function mostMembersOf(of: Sized | undefined): number {
	return of === undefined ? 1 : of.size === mostCharacters ? mostMembers : of.size;
}

function callCost(name: string, given: readonly ASTNode[], names: Names): Cost {
	const [of, variable, body] = given;
	if (macros.has(name) && of !== undefined && variable?.op === "id" && body !== undefined) {
		const list = costOf(of, names);
		const member: Sized = { size: list.member, member: 1 };
		const each = costOf(body, new Map([...names, [variable.args, member]]));
		const rounds = mostMembersOf(list);
		const units = list.units + rounds * (each.units + 1);
		if (name === "filter") return { units, size: rounds, member: list.member };
		return name === "map" ? { units, size: rounds, member: each.size } : { ...scalar, units };
	}
	const costs = given.map((one) => costOf(one, names));
	const texts = comparesText.has(name) ? costs.reduce((sum, { size }) => sum + size, 0) / charactersPerUnit : 0;
	const size = name === "lowerAscii" ? (costs[0]?.size ?? 1) : name === "string" ? mostCharacters : 1;
	return { units: unitsOf(costs) + 1 + texts, size, member: 1 };
}

function listCost(members: readonly Cost[]): Cost {
	return {
		...larger(members, unitsOf(members) + 1),
		size: members.length,
		member: Math.max(1, ...members.map(({ size }) => size)),
	};
}

function larger(costs: readonly (Cost | undefined)[], units: number): Cost {
	const of = (key: "size" | "member") => Math.max(1, ...costs.map((one) => one?.[key] ?? 1));
	return { units, size: of("size"), member: of("member") };
}

function unitsOf(costs: readonly (Cost | undefined)[]): number {
	return costs.reduce((sum, one) => sum + (one?.units ?? 0), 0);
}
