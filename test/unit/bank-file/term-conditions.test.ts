// Where alone a term counts, in lists: read from a table, and written and read back in every format. The terms are harmless placeholders.
import { Readable } from "node:stream";
import { expect, test } from "@jest/globals";
import { openBankFile } from "../../../services/bank-file/open-bank-file.ts";
import { fileFormats } from "../../../services/bank-file/recognize.ts";
import { writeBankFile } from "../../../services/bank-file/write-bank-file.ts";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { hashTerm } from "../../../services/core/hashes/term/term-hash.ts";
import { newBank, newEntry } from "../../support/bank-fixtures.ts";

const hashOf = (term: string) => {
	const hash = hashTerm(term);
	if (typeof hash === "string") throw new Error(hash);
	return hash;
};

async function readBack(text: string, name: string) {
	const { rows } = await openBankFile(Readable.from([Buffer.from(text)]), { name, source: "test" });
	const read: unknown[] = [];
	for await (const row of rows) read.push(row.kind === "entry" ? (row.entry.opinion.only ?? null) : row.rejection);
	return read;
}

const others = ["blue", "ấm nước"].map((words) => toHex(hashOf(words)));

test("a table says it in columns; what cannot be so is refused by its name, and no entry counts everywhere instead", async () => {
	const text = `term,language,context,within,before,after
kettle,vi,,,,
kettle,,blue; ấm nước,5,,
kettle,EN,blue;ấm nước,,2,
kettle,,blue;ấm nước,,,
kettle,fr,,,,
kettle,,,5,,
kettle,,blue,far,,
kettle,,blue,101,,
kettle,,one two three four five six seven,5,,
`;
	expect(await readBack(text, "terms.csv")).toEqual([
		{ language: "vi" },
		{ beside: { terms: others, before: 5, after: 5 } },
		{ language: "en", beside: { terms: others, before: 2, after: 0 } },
		{ beside: { terms: others, before: 10, after: 10 } },
		{ code: "malformed", fields: ["language"] },
		{ code: "malformed", fields: ["context"] },
		{ code: "malformed", fields: ["within"] },
		{ code: "malformed", fields: ["within"] },
		{ code: "malformed", fields: ["context"] },
	]);
});

test("a list of other things may have a column of such a name", async () =>
	expect(await readBack("url,language\na.example,fr\n", "links.csv")).toEqual([null]));

test.each(fileFormats)("is written and read back as it was: %s", async (format) => {
	const conditions = [
		{ language: "vi" },
		{ beside: { terms: others, before: 0, after: 7 } },
		{ language: "en", beside: { terms: others, before: 3, after: 0 } },
	] as const;
	const entries = conditions.map((only) => ({
		...newEntry(newBank().id, { hashType: "text-term", hash: hashOf("kettle") }),
		opinions: [{ source: "list", kind: "positive", only }] as const,
		...{ addedBy: "an", addedAt: new Date(0), updatedAt: new Date(0), quarantine: null },
	}));
	let text = "";
	for await (const piece of writeBankFile(Readable.from(entries), format)) text += piece;
	const extension = { csv: "csv", jsonl: "jsonl", threatexchange: "json" }[format];
	expect(await readBack(text, `list.${extension}`)).toEqual(conditions);
	expect(text).not.toMatch(/blue|nước/);
});
