// What operators have decided before a run, as much as asked: lists of terms and of links, and rules that are live. None of them holds of the load:
// what is measured is that they are asked.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { hashTerm } from "../../../services/core/hashes/term/term-hash.ts";
import type { RuleBody } from "../../../services/core/rules/rule.ts";
import { command } from "./processes.ts";
import type { RunningProfile } from "./profiles.ts";

export interface Decided {
	readonly rules: number;
	/** Rules among them that read how much an account sent lately. */
	readonly counting: number;
	readonly terms: number;
	readonly links: number;
}

export async function prepareDecided(
	{ env, databaseUrl }: Pick<RunningProfile, "env" | "databaseUrl">,
	folder: string,
	{ rules, counting, terms, links }: Decided,
): Promise<void> {
	if (terms > 0)
		await importBank(env, join(folder, "terms.csv"), { name: "bench-terms", count: terms, rowOf: termRow });
	if (links > 0)
		await importBank(env, join(folder, "links.csv"), { name: "bench-links", count: links, rowOf: linkRow });
	if (rules === 0) return;
	const file = join(folder, "rules.json");
	await writeFile(file, JSON.stringify(Array.from({ length: rules }, (_, at) => ruleOf(at, at < counting))));
	await command(["rules", "draft", file, "--why", "a bench", "--by", "bench"], env);
	// Two people would take them through their stages one by one; here the record is told what it would then hold.
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const { rowCount } = await client.query(
		"UPDATE rule_stages SET stage = 'live', was_live = true WHERE stage = 'checked'",
	);
	await client.query("NOTIFY rules");
	await client.end();
	if (rowCount !== rules) throw new Error(`${rowCount} of ${rules} rules are right`);
}

interface List {
	readonly name: string;
	readonly count: number;
	readonly rowOf: (at: number) => string;
}

async function importBank(env: RunningProfile["env"], file: string, { name, count, rowOf }: List): Promise<void> {
	const rows = function* () {
		yield "type,hash\n";
		for (let at = 0; at < count; at += 1) yield rowOf(at);
	};
	await pipeline(Readable.from(rows()), createWriteStream(file));
	const allow = ["--allow-entries", String(count)];
	await command(["bank", "create", name, "--category", "benchmark", "--new-category", ...allow], env);
	await command(["bank", "import", name, file], env);
}

/** Of two made-up words. */
function termRow(at: number): string {
	const hash = hashTerm(`qua${at.toString(36)}ven zu${(at * 31).toString(36)}lor`);
	if (typeof hash === "string") throw new Error("a term of two words has a hash");
	return `term,${Buffer.from(hash).toString("hex")}\n`;
}

function linkRow(): string {
	return `link-prefix,${randomBytes(4).toString("hex")}\n`;
}

const conditions = [
	(at: number) => `item.links >= ${40 + at}`,
	(at: number) => `item.kind == 'post' && item.digits >= ${400 + at}`,
	(at: number) => `item.upperShare > 0.99 && item.textLength > ${2_000 + at}`,
	(at: number) => `known.banks.exists(one, one.startsWith('none-${at}'))`,
	(at: number) => `item.surface in ['direct', 'group'] && item.mentions > ${20 + at}`,
];

function ruleOf(at: number, isCounting: boolean): RuleBody {
	const when = isCounting ? `account.items5m > ${900 + at}` : (conditions[at % conditions.length]?.(at) ?? "false");
	return {
		...{ name: `bench-${at}`, when, does: { review: true }, category: null },
		...{ owner: "bench", reviewBy: "2030-01-01" },
	};
}
