// What a run needs before its load: a platform with its key and webhook, and a bank of known pictures and a known text.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { hashText } from "../../../services/core/hashes/text/text-hash.ts";
import type { SamplePlatform } from "../../../services/demo/sample-platform.ts";
import { command } from "./processes.ts";
import type { RunningProfile } from "./profiles.ts";

export const knownText = "a benign sentence in the role of a known text";
export const knownSeeds = [1, 2, 3, 4] as const;

export async function preparePlatform(
	{ env }: Pick<RunningProfile, "env">,
	sample: SamplePlatform,
	folder: string,
): Promise<{ readonly apiKey: string; readonly source: string }> {
	const source = "//bench.example";
	const added = await command(["platform", "add", "bench", "--source", source, "--webhook", sample.url], env);
	const { apiKey, webhookSecret } = added as { readonly apiKey: string; readonly webhookSecret: string };
	sample.useSecret(webhookSecret);
	await command(["bank", "create", "bench-known", "--category", "benchmark", "--new-category", "--trusted"], env);
	const pictures = await Promise.all(
		knownSeeds.map(async (seed) => {
			const path = join(folder, `known-${seed}.jpg`);
			await writeFile(path, await drawSample(seed));
			return path;
		}),
	);
	await command(["bank", "add", "bench-known", ...pictures], env);
	const list = join(folder, "texts.csv");
	await writeFile(list, `type,hash\ntext,${Buffer.from(hashText(knownText) ?? []).toString("hex")}\n`);
	await command(["bank", "import", "bench-known", list], env);
	return { apiKey, source };
}
