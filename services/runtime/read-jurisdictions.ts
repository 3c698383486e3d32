// The laws that ship with the package, jurisdictions/*.json, parsed whole: a file that cannot be read is an error, not a law less.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Jurisdiction, jurisdiction } from "../core/clocks/profile.ts";
import { fromPackageRoot } from "./package-root.ts";

export function readJurisdictions(folder = fromPackageRoot("jurisdictions")): readonly Jurisdiction[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith(".json"))
		.sort()
		.map((name) => jurisdiction.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));
}
