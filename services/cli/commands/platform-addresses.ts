import type { Command } from "commander";
import { type AddressTemplateFault, parseAddressTemplate } from "../../core/reports/address-template.ts";
import { withParts } from "../lazy-compose.ts";
import { doerOf, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { requirePlatform } from "../require-platform.ts";

const faults: Readonly<Record<AddressTemplateFault, string>> = {
	"no-item": "{item} must stand where the id of the content is",
	"several-items": "{item} stands in it once",
	"not-an-address": "that is no web address",
	"item-in-host": "{item} and * stand after the host",
};

export function addPlatformAddresses(platform: Command): void {
	withBy(platform.command("set-addresses"))
		.description("Say where a platform shows its content: by that, an address that somebody reports leads to its item")
		.argument("<name>", "platform")
		.argument("[template...]", "as https://forum.example/posts/{item}; * stands for a part that may be anything")
		.option("--none", "reports of its addresses lead to no item any more")
		.action(async (name: string, templates: string[], options: { by?: string; none?: true }, command: Command) => {
			if ((templates.length === 0) !== (options.none === true)) throw new UsageError("give templates, or --none");
			for (const template of templates) {
				const parsed = parseAddressTemplate(template);
				if (!parsed.ok) throw new UsageError(`${template}: ${faults[parsed.fault]}`);
			}
			await withParts(async ({ stores }) => {
				const { id } = await requirePlatform(stores, name);
				await stores.platforms.setAddresses(id, templates, doerOf(options));
			});
			print(command, { name, addressTemplates: templates }, () =>
				templates.length === 0
					? `no address leads to an item of ${name}`
					: [`addresses that lead to items of ${name}:`, ...templates.map((one) => `  ${one}`)].join("\n"),
			);
		});
}
