import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);

test("the glossary of metrics names every metric that a process serves, once, and no other", () => {
	const services = fromPackageRoot("services");
	const files = readdirSync(services, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
	const served = files.flatMap((name) =>
		namesIn(readFileSync(join(services, name), "utf8"), /"(breakwater_[a-z_]+)"/g),
	);
	const page = readFileSync(fromPackageRoot("infra/operations/metrics.md"), "utf8");
	expect(namesIn(page, /^\| `(breakwater_[a-z_]+)`/gm).toSorted()).toEqual([...new Set(served)].toSorted());
});
