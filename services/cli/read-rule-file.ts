// Files of rules: one rule, or a list of them, as JSON; `-` is standard input. Made to be kept in git.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { faultsOf } from "../core/fault.ts";
import { type RuleBody, ruleBody } from "../core/rules/rule.ts";
import { sentences } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";
import { UsageError } from "./parse-options.ts";

export async function readRuleFile(path: string): Promise<readonly RuleBody[]> {
	let json: unknown;
	try {
		json = JSON.parse(path === "-" ? await readInput() : await readFile(path, "utf8"));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new UsageError(`${path === "-" ? "standard input" : path} is not JSON`);
	}
	const read = z.array(ruleBody).safeParse(Array.isArray(json) ? json : [json]);
	if (!read.success) throw new UsageError(`not a rule: ${sentences(english, faultsOf(read.error.issues, "the rule"))}`);
	return read.data;
}

async function readInput(): Promise<string> {
	let text = "";
	for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
	return text;
}
