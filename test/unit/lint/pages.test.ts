// What our pages name is there: the files that they link to, the settings, the metrics and the scripts. Commands: test/unit/cli/pages-commands.test.ts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { environmentNames } from "../../../services/runtime/config.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const folders = ["infra", "services", "models", "answers", "jurisdictions", "test"];
const below = folders.flatMap((folder) =>
	readdirSync(fromPackageRoot(folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
);
const pages = ["README.md", ...below.filter((name) => name.endsWith(".md"))];
/** Decisions say what was so when they were taken. */
const present = pages.filter((page) => !page.startsWith("infra/decisions/"));

const read = (page: string) => readFileSync(fromPackageRoot(page), "utf8");

/** What a page says that fits, and is not so. */
function wrong(those: readonly string[], pattern: RegExp, isRight: (named: string, page: string) => boolean) {
	return those.flatMap((page) =>
		[...read(page).matchAll(pattern)].flatMap(([, named = ""]) => (isRight(named, page) ? [] : [`${page}: ${named}`])),
	);
}

describe("whatever a page names is there:", () => {
	test("the files and headings that it links to", () => {
		const headings = (file: string) =>
			[...read(file).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
				title
					.toLowerCase()
					.replace(/[^\p{L}\p{N} -]/gu, "")
					.replaceAll(" ", "-"),
			);
		const isThere = (link: string, page: string) => {
			const [path = "", heading] = link.split("#");
			const file = path === "" ? page : join(dirname(page), path);
			return existsSync(fromPackageRoot(file)) && (heading === undefined || headings(file).includes(heading));
		};
		expect(wrong(pages, /\]\((?!https?:)([^)\s]+)\)/g, isThere)).toEqual([]);
	});

	test("settings", () => {
		const known = new Set<string>(environmentNames);
		const isSetting = (name: string) => known.has(name) || name.startsWith("BREAKWATER_TEST_");
		expect(wrong(present, /\b(BREAKWATER_[A-Z0-9_]*[A-Z0-9])\b(?![_<*])/g, isSetting)).toEqual([]);
	});

	test("metrics, which the glossary has", () => {
		const known = new Set(
			[...read("infra/operations/metrics.md").matchAll(/^\| `(breakwater_[a-z_]+)`/gm)].map(([, name = ""]) => name),
		);
		const isMetric = (name: string) => known.has(name.replace(/_(?:bucket|sum|count)$/, "")) || known.has(name);
		expect(wrong(present, /\b(breakwater_[a-z0-9_]*[a-z0-9])\b(?![<*])/g, isMetric)).toEqual([]);
	});

	test("scripts of the package", () => {
		const { scripts } = JSON.parse(read("package.json"));
		expect(wrong(present, /npm run (?:-s )?([a-z-]+(?::[a-z-]+)?)/g, (name) => name in scripts)).toEqual([]);
	});
});
