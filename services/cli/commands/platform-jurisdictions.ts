import type { Command } from "commander";
import { nearestName } from "../../core/nearest-name.ts";
import { withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { requirePlatform } from "../require-platform.ts";

export function addPlatformJurisdictions(platform: Command): void {
	withBy(platform.command("set-jurisdictions"))
		.description(
			"Say which jurisdictions' laws a platform is under: their clocks start by reports of it, and by what people confirm there, from the next one on",
		)
		.argument("<name>", "platform")
		.argument("[jurisdiction...]", "as `breakwater clocks laws` names them, such as VN EU")
		.option("--none", "no clock starts by what happens on it, but of what authorities ask")
		.action(async (name: string, typed: string[], options: { by?: string; none?: true }, command: Command) => {
			if ((typed.length === 0) !== (options.none === true)) throw new UsageError("name jurisdictions, or --none");
			const jurisdictions = [...new Set(typed)].toSorted();
			await withParts(async ({ stores }) => {
				const known = (await stores.laws.current()).set.map(({ jurisdiction }) => jurisdiction);
				for (const one of jurisdictions) if (!known.includes(one)) throw new UsageError(unknownTo(one, known));
				const { id } = await requirePlatform(stores, name);
				await stores.platforms.setJurisdictions(id, jurisdictions, doerOf(options));
			});
			print(command, { name, jurisdictions }, () =>
				jurisdictions.length === 0
					? `${name} is on record as under no law`
					: `${name} is on record as under the laws of ${jurisdictions.join(", ")}`,
			);
		});
}

function unknownTo(jurisdiction: string, known: readonly string[]): string {
	const near = nearestName(jurisdiction, known);
	const hint = near === null ? `there are: ${known.join(", ")}` : `is it ${near}?`;
	return `no laws of ${jurisdiction} are on record; ${hint}`;
}
