// The words of answers that ship with the package, answers/*.txt, whole: a file that cannot be read, or a place without words, is an error.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkBook, type TemplateBook, type TemplateChange } from "../core/answers/template-book.ts";
import { readTemplates } from "../core/answers/template-text.ts";
import { fromPackageRoot } from "./package-root.ts";

export function readShippedTemplates(folder = fromPackageRoot("answers")): TemplateBook {
	const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
	const text = files.sort().map((name) => readFileSync(join(folder, name), "utf8"));
	const read = readTemplates(text.join("\n"));
	const change: TemplateChange = read.ok ? read.change : {};
	const checked = checkBook(change);
	if (read.ok && checked.ok) return checked.book;
	const faults = read.ok ? (checked.ok ? [] : checked.faults) : read.faults;
	throw new Error(`${folder}: ${faults.join("; ")}`);
}
