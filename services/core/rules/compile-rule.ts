// Turns a rule into something that detectors can ask, or into what is wrong with it: names and types against the catalogue of facts, calls
// that have no bound, cost, and what it may claim. Nothing is left to find out at run time but what an item's own values make of it.
import { type ASTNode, Environment, type ParseResult } from "@marcbachmann/cel-js";
import { nearestName } from "../nearest-name.ts";
import { couldHold } from "./could-hold.ts";
import { type EvidenceClass, emptyOf, type FactDeclaration } from "./fact.ts";
import type { FactCatalogue, FactGroups, Facts } from "./fact-catalogue.ts";
import type { RuleBody } from "./rule.ts";
import { allowedCalls, costBudget, costOf } from "./rule-cost.ts";
import { placeOf, type RuleFault, type RuleFaultCode } from "./rule-fault.ts";
import { spellCounts } from "./spell-counts.ts";

export interface CompiledRule {
	readonly body: RuleBody;
	/** Units, at most. */
	readonly cost: number;
	/** The facts that it reads, as `group.name`. */
	readonly reads: readonly string[];
	/** It can hold on a model's word alone, and is weighed like one. */
	readonly isOnModelAlone: boolean;
	/** What it reads is of the account, and of the item at most where it stands: it would say the same of whatever else the account sends. */
	readonly isOfAuthor: boolean;
	/** Those of what it reads that count what an account does (fact.ts). */
	readonly tallies: readonly string[];
	/** Throws where the item's values make no sense of it, such as a division by 0. */
	holds(facts: CelFacts): boolean;
}

export type Compiled =
	| { readonly kind: "compiled"; readonly rule: CompiledRule }
	| { readonly kind: "refused"; readonly faults: readonly RuleFault[] };

/** Facts as CEL takes them: whole numbers are big integers there. */
export type CelFacts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface RuleCompiler {
	readonly facts: FactCatalogue;
	compile(body: RuleBody): Compiled;
	toCel(facts: Facts): CelFacts;
}

const limits = { maxAstNodes: 500, maxDepth: 24, maxListElements: 200, maxMapEntries: 0, maxCallArguments: 4 };

export function createRuleCompiler(facts: FactCatalogue): RuleCompiler {
	const environment = new Environment({ limits });
	for (const [group, declared] of Object.entries(facts.groups)) {
		const schema = Object.fromEntries(Object.entries(declared).map(([name, { type }]) => [name, type]));
		environment.registerVariable(group, { schema });
	}
	const whole = Object.entries(facts.groups).map(([group, declared]) => ({
		group,
		names: Object.keys(declared).filter((name) => declared[name]?.type === "int"),
	}));
	return {
		facts,
		compile: (body) => compile(body, environment, facts.groups),
		toCel(values) {
			const cel: Record<string, Record<string, unknown>> = {};
			for (const { group, names } of whole) {
				const own: Record<string, unknown> = { ...values[group] };
				for (const name of names) if (own[name] !== undefined) own[name] = BigInt(Number(own[name]));
				cel[group] = own;
			}
			return cel;
		},
	};
}

function compile(body: RuleBody, environment: Environment, groups: FactGroups): Compiled {
	const { when } = body;
	const spelled = spellCounts(when);
	const refuse = (code: RuleFaultCode, offset: number, more: Partial<RuleFault> = {}): Compiled => ({
		kind: "refused",
		faults: [{ code, ...placeOf(when, offset), ...more }],
	});
	if (spelled.kind === "no-such-count") {
		const { offset, name, near } = spelled;
		return refuse("no-such-fact", offset, { name, ...(near === null ? {} : { near }) });
	}
	let parsed: ParseResult;
	try {
		parsed = environment.parse(spelled.when);
	} catch (error) {
		const { offset, summary } = said(error);
		return refuse("not-an-expression", offset, { name: summary });
	}
	const calls = nodesOf(parsed.ast).find((node) => calledBy(node) !== null && !allowedCalls.has(calledBy(node) ?? ""));
	if (calls !== undefined) return refuse("call-not-allowed", calls.start, { name: calledBy(calls) ?? "" });
	const checked = parsed.check();
	if (!checked.valid) return refuse(...typeFault(checked.error, spelled.when, groups));
	if (checked.type !== "bool") return refuse("not-true-or-false", 0, { name: checked.type ?? "" });
	const { units } = costOf(parsed.ast);
	if (units > costBudget)
		return refuse("too-costly", 0, {
			units: Number.isFinite(units) ? Math.ceil(units) : null,
			budget: costBudget,
		});
	return claim(body, parsed, { groups, cost: Math.ceil(units), refuse });
}

interface Claiming {
	readonly groups: FactGroups;
	readonly cost: number;
	readonly refuse: (code: RuleFaultCode, offset: number, more?: Partial<RuleFault>) => Compiled;
}

/** What a rule may do follows from what it rests on. */
function claim(body: RuleBody, parsed: ParseResult, { groups, cost, refuse }: Claiming): Compiled {
	const { does } = body;
	const reads = [...new Set(nodesOf(parsed.ast).flatMap((node) => factOf(node, groups) ?? []))].toSorted();
	if (reads.length === 0) return refuse("reads-nothing", 0);
	/** Whether it could hold where there is nothing of these classes of evidence, whatever the rest. */
	const holdsWithout = (...classes: readonly EvidenceClass[]) =>
		couldHold(parsed.ast, (group, name) => {
			const fact = groups[group]?.[name];
			return fact !== undefined && classes.includes(fact.evidence) ? emptyOf(fact.type) : null;
		});
	if (does.withhold === true && holdsWithout("known")) return refuse("withholds-the-unknown", 0);
	const isOnModelAlone = holdsWithout("known", "content") && !holdsWithout("known", "content", "model");
	const isMore = Object.keys(does).some((one) => one !== "review");
	if (isOnModelAlone && isMore) return refuse("model-alone", 0);
	return {
		kind: "compiled",
		rule: {
			body,
			cost,
			reads,
			isOnModelAlone,
			isOfAuthor: isOfAuthor(reads, groups),
			tallies: reads.filter((read) => declarationOf(read, groups)?.isTally === true),
			holds: (facts) => parsed(facts) === true,
		},
	};
}

function isOfAuthor(reads: readonly string[], groups: FactGroups): boolean {
	const facts = reads.flatMap((read) => declarationOf(read, groups) ?? []);
	const ofAuthor = facts.filter((fact) => fact.isOfAuthor === true);
	return ofAuthor.length > 0 && facts.every((fact) => fact.evidence === "place" || ofAuthor.includes(fact));
}

function declarationOf(read: string, groups: FactGroups): FactDeclaration | undefined {
	const [group = "", name = ""] = read.split(".");
	return groups[group]?.[name];
}

/** A name that is not there is said with the one nearest to it. */
function typeFault(error: unknown, when: string, groups: FactGroups): [RuleFaultCode, number, Partial<RuleFault>] {
	const { offset, end, code, summary } = said(error);
	if (code !== "no_such_key" && code !== "unknown_variable") return ["wrong-types", offset, { name: summary }];
	const name = when.slice(offset, end);
	const group = /([A-Za-z_]\w*)\.$/.exec(when.slice(0, offset))?.[1];
	const known = Object.keys(code === "unknown_variable" ? groups : (groups[group ?? ""] ?? {}));
	const nearest = nearestName(name, known);
	return ["no-such-fact", offset, { name, ...(nearest === null ? {} : { near: nearest }) }];
}

function said(error: unknown) {
	const { range, code, summary } = error instanceof Error ? (error as Partial<CelError>) : {};
	return { offset: range?.start ?? 0, end: range?.end ?? 0, code: code ?? "", summary: summary ?? "" };
}

/** What the library's errors have in common. */
interface CelError {
	readonly range: { readonly start: number; readonly end: number };
	readonly code: string;
	readonly summary: string;
}

function calledBy(node: ASTNode): string | null {
	return node.op === "call" || node.op === "rcall" ? node.args[0] : null;
}

function factOf(node: ASTNode, groups: FactGroups): string | null {
	if (node.op !== ".") return null;
	const [of, name] = node.args;
	return of.op === "id" && groups[of.args]?.[name] !== undefined ? `${of.args}.${name}` : null;
}

function nodesOf(node: ASTNode): readonly ASTNode[] {
	return [node, ...childrenOf(node).flatMap(nodesOf)];
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
	switch (node.op) {
		case "value":
		case "id":
			return [];
		case ".":
		case ".?":
			return [node.args[0]];
		case "call":
			return node.args[1];
		case "rcall":
			return [node.args[1], ...node.args[2]];
		case "map":
			return node.args.flat();
		case "!_":
		case "-_":
			return [node.args];
		default:
			return node.args;
	}
}
