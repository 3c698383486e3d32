import type { Command } from "commander";
import { withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { parseCountry, UsageError } from "../parse-options.ts";
import { requirePlatform } from "../require-platform.ts";

export function addPlatformCountry(platform: Command): void {
	withBy(platform.command("set-country"))
		.description("Say whose law holds for a platform's items that name no country themselves, from the next one on")
		.argument("<name>", "platform")
		.argument("[country]", "two letters, such as VN", parseCountry)
		.option("--none", "no country's law holds for them in particular")
		.action(
			async (name: string, named: string | undefined, options: { by?: string; none?: true }, command: Command) => {
				if ((named === undefined) !== (options.none === true)) throw new UsageError("name a country, or --none");
				const country = named ?? null;
				await withParts(async ({ stores }) => {
					const { id } = await requirePlatform(stores, name);
					await stores.platforms.setCountry(id, country, doerOf(options));
				});
				print(command, { name, country }, () =>
					country === null
						? `items of ${name} that name no country are of none`
						: `items of ${name} that name no country are under the law of ${country}`,
				);
			},
		);
}
