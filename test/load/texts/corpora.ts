// Harmless texts of a Debian machine, each once: short and long ones, English and Vietnamese.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface Corpus {
	readonly name: string;
	readonly texts: readonly string[];
}

const translationsTo = (language: string) => `/usr/share/locale/${language}/LC_MESSAGES`;
const documents = "/usr/share/doc";
const packages = "/var/lib/dpkg/status";
const fewest = 100;

/** Throws, naming it, where the machine lacks one of them. */
export function readCorpora(): readonly Corpus[] {
	const described = existsSync(packages) ? descriptions(readFileSync(packages, "utf8")) : [];
	const sentences = described.flatMap((text) => text.replace(/\s+/g, " ").split(/(?<=\.) /));
	const corpora = [
		corpus("descriptions", described, 200, 4_000),
		corpus("single sentences", sentences, 60, 200),
		corpus("Vietnamese messages", messages("vi"), 60, 4_000),
		corpus("long documents", existsSync(documents) ? longDocuments() : [], 5_000, Number.POSITIVE_INFINITY),
	];
	for (const { name, texts } of corpora)
		if (texts.length < fewest)
			throw new Error(`this machine has only ${texts.length} ${name}; run it on Debian with its documents`);
	return corpora;
}

function corpus(name: string, texts: readonly string[], shortest: number, longest: number): Corpus {
	return { name, texts: [...new Set(texts)].filter(({ length }) => length >= shortest && length <= longest) };
}

/** The long form, of packages' control fields: lines that begin with a space. */
function descriptions(status: string): readonly string[] {
	return [...status.matchAll(/^Description: .*\n((?: .*\n)+)/gm)].map(([, lines = ""]) =>
		lines.replace(/^ /gm, "").replace(/^\.$/gm, ""),
	);
}

/** What programs say in a language; nothing where the machine has no translations to it. */
export function messages(language: string): readonly string[] {
	const folder = translationsTo(language);
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => name.endsWith(".mo"))
		.flatMap((name) => translated(readFileSync(`${folder}/${name}`)));
}

/** GNU gettext's binary catalogue: the translations of its strings, the first form of each; the header is left out. */
function translated(catalogue: Buffer): readonly string[] {
	if (catalogue.length < 28 || catalogue.readUInt32LE(0) !== 0x950412de) return [];
	const table = catalogue.readUInt32LE(16);
	return Array.from({ length: catalogue.readUInt32LE(8) }, (_, at) => {
		const from = catalogue.readUInt32LE(table + at * 8 + 4);
		const [first = ""] = catalogue.toString("utf8", from, from + catalogue.readUInt32LE(table + at * 8)).split("\0");
		return first;
	}).slice(1);
}

function longDocuments(): readonly string[] {
	return readdirSync(documents).flatMap((folder) =>
		["changelog.gz", "NEWS.gz", "README.gz"].flatMap((name) => {
			const path = `${documents}/${folder}/${name}`;
			return existsSync(path) ? [gunzipSync(readFileSync(path)).toString("utf8")] : [];
		}),
	);
}
