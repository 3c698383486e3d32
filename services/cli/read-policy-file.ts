// A file that proposes a policy: what differs, or the whole as `policy show --json` prints it. In files platforms go by their names.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { faultsOf } from "../core/fault.ts";
import type { PolicyChangeRequest, PolicySet } from "../core/policy/policy-set.ts";
import { parsePolicySet, policyChange, wholePolicy } from "../core/policy/policy-set.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import { sentences } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";
import { UsageError } from "./parse-options.ts";

export type PolicyFile =
	| { readonly kind: "change"; readonly change: PolicyChangeRequest }
	| { readonly kind: "whole"; readonly set: PolicySet; readonly base: number };

/** `-`: standard input. */
export async function readPolicyFile(path: string, platforms: readonly Platform[]): Promise<PolicyFile> {
	const text = await readText(path);
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UsageError(`${path === "-" ? "standard input" : path} is not JSON`);
	}
	const given = z
		.looseObject({ overrides: z.array(z.looseObject({ platform: z.unknown() })).optional() })
		.safeParse(json);
	if (!given.success)
		throw new UsageError(`not a policy: ${sentences(english, faultsOf(given.error.issues, wholePolicy))}`);
	const { revision, accepted: _accepted, ...rest } = given.data;
	const named =
		rest.overrides === undefined
			? rest
			: {
					...rest,
					overrides: rest.overrides.map((one, at) => ({ ...one, platform: idOf(one.platform, platforms, at) })),
				};
	if (revision !== undefined) return { kind: "whole", set: parsePolicySet(named), base: z.int().parse(revision) };
	const change = policyChange.safeParse(named);
	if (!change.success)
		throw new UsageError(`not a change of a policy: ${sentences(english, faultsOf(change.error.issues, wholePolicy))}`);
	return { kind: "change", change: change.data };
}

function idOf(platform: unknown, platforms: readonly Platform[], at: number): unknown {
	if (platform === undefined || platform === null) return null;
	const found = platforms.find(({ id, name }) => platform === name || platform === id);
	if (found === undefined)
		throw new UsageError(
			`overrides.${at}.platform: there is no platform ${JSON.stringify(platform)}; see \`breakwater platform list\``,
		);
	return found.id;
}

async function readText(path: string): Promise<string> {
	if (path !== "-") return readFile(path, "utf8");
	let text = "";
	for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
	return text;
}
