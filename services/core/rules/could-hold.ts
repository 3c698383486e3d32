// Whether a rule could hold where some facts are known and all others may be anything. It errs on one side only: what it calls impossible is.
import type { ASTNode } from "@marcbachmann/cel-js";
import type { FactValue } from "./fact.ts";

/** The value of a fact, or null where it may be anything. */
export type KnownFacts = (group: string, name: string) => FactValue | null;

type Value = FactValue | bigint;

/** Null: it may be anything. */
type Guess = { readonly value: Value } | null;

export function couldHold(rule: ASTNode, facts: KnownFacts): boolean {
	return guess(rule, facts)?.value !== false;
}

function guess(node: ASTNode, facts: KnownFacts): Guess {
	switch (node.op) {
		case "value":
			return isValue(node.args) ? { value: node.args } : null;
		case ".": {
			const [of, name] = node.args;
			const value = of.op === "id" ? facts(of.args, name) : null;
			return value === null ? null : { value };
		}
		case "&&":
			return either(node.args, false, facts);
		case "||":
			return either(node.args, true, facts);
		case "!_": {
			const of = guess(node.args, facts);
			return of === null ? null : { value: of.value === false };
		}
		case "?:": {
			const [test, then, otherwise] = node.args;
			const is = guess(test, facts);
			if (is !== null) return guess(is.value === true ? then : otherwise, facts);
			const [a, b] = [guess(then, facts), guess(otherwise, facts)];
			return a !== null && a.value === b?.value ? a : null;
		}
		case "rcall":
			return ofList(node.args[0], guess(node.args[1], facts));
		case "call": {
			const [first] = node.args[1];
			return first === undefined ? null : ofList(node.args[0], guess(first, facts));
		}
		case "==":
		case "!=":
		case "<":
		case "<=":
		case ">":
		case ">=":
		case "in":
			return compared(node.op, guess(node.args[0], facts), guess(node.args[1], facts));
		default:
			return null;
	}
}

/** One side of `and` and `or` may be enough. */
function either(sides: readonly ASTNode[], enough: boolean, facts: KnownFacts): Guess {
	const found = sides.map((one) => guess(one, facts));
	if (found.some((one) => one?.value === enough)) return { value: enough };
	return found.every((one) => one !== null) ? { value: !enough } : null;
}

/** What is certain of a list without members; any other may hold anything. */
function ofList(name: string, list: Guess): Guess {
	if (list === null) return null;
	const isEmpty = Array.isArray(list.value) && list.value.length === 0;
	if (name === "size" && (Array.isArray(list.value) || typeof list.value === "string"))
		return { value: list.value.length };
	if (!isEmpty) return null;
	if (name === "exists" || name === "exists_one") return { value: false };
	if (name === "all") return { value: true };
	return name === "filter" || name === "map" ? list : null;
}

function compared(op: string, left: Guess, right: Guess): Guess {
	if (right !== null && op === "in" && Array.isArray(right.value)) {
		if (right.value.length === 0) return { value: false };
		return left === null ? null : { value: right.value.includes(String(left.value)) };
	}
	if (left === null || right === null) return null;
	const [a, b] = [left.value, right.value];
	if (typeof a === "object" || typeof b === "object") return null;
	switch (op) {
		// Int and double are compared as numbers: 0 and 0n are the same, which === would not have.
		case "==":
			return { value: isSame(a, b) };
		case "!=":
			return { value: !isSame(a, b) };
		case "<":
			return { value: a < b };
		case "<=":
			return { value: a <= b };
		case ">":
			return { value: a > b };
		case ">=":
			return { value: a >= b };
		default:
			return null;
	}
}

function isSame(a: string | number | bigint | boolean, b: string | number | bigint | boolean): boolean {
	return typeof a === typeof b ? a === b : Number(a) === Number(b);
}

function isValue(value: unknown): value is Value {
	return ["string", "number", "bigint", "boolean"].includes(typeof value);
}
