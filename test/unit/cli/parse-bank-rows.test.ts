import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { type BankRow, parseBankRows } from "../../../services/cli/parse-bank-rows.ts";
import { digest } from "../../support/bank-fixtures.ts";

const sha256 = Buffer.from(digest("a")).toString("hex");
const md5 = Buffer.from(digest("a", "md5")).toString("hex");

async function rowsOf(text: string): Promise<readonly BankRow[]> {
	const rows: BankRow[] = [];
	for await (const row of parseBankRows(Readable.from([text]), "bank")) rows.push(row);
	return rows;
}
const reasons = (rows: readonly BankRow[]) =>
	rows.map((row) => (row.kind === "rejected" ? `${row.line}: ${row.reason}` : "entry"));

describe("a bank file", () => {
	test("is read with its sources, opinions and quality; what a row leaves out has a default", async () => {
		const rows = await rowsOf(
			`type,hash,quality,source,opinion\npdq,${sha256},77,hotline,investigate\nsha256,${sha256.toUpperCase()}\n`,
		);
		expect(rows).toMatchObject([
			{ kind: "entry", entry: { hashType: "pdq", quality: 77, opinion: { source: "hotline", kind: "investigate" } } },
			{ kind: "entry", entry: { hashType: "sha256", quality: null, opinion: { source: "bank", kind: "positive" } } },
		]);
	});

	test("may have its columns in any order, a byte order mark, empty lines and Windows line ends", async () => {
		const rows = await rowsOf(`\ufeffHASH,Type\r\n\r\n${sha256},sha256\r\n`);
		expect(rows).toMatchObject([{ kind: "entry", entry: { hashType: "sha256" } }]);
	});

	test("tells an MD5 by its length where the type is left out", async () => {
		expect(await rowsOf(`hash\n${md5}\n`)).toMatchObject([{ kind: "entry", entry: { hashType: "md5" } }]);
	});

	test("without a header is refused with a hint", async () => {
		await expect(rowsOf(`${sha256}\n`)).rejects.toThrow(/first line must name the columns/);
	});
});

describe("a row that must not enter is refused with its line and its reason, and the others are not", () => {
	test("malformed values", async () => {
		const rows = await rowsOf(
			`type,hash,quality\nsha256,${sha256.slice(2)}\nsha1,${sha256}\nsha256,xyz\npdq,${sha256},101\nsha256,${sha256}\n`,
		);
		expect(reasons(rows)).toEqual([
			"2: a sha256 hash has 64 hex digits",
			"3: malformed type",
			"4: malformed hash",
			"5: malformed quality",
			"entry",
		]);
	});

	test("hashes that would match what they should not", async () => {
		const zero = "0".repeat(64);
		const sparse = `${"1".repeat(8)}${"0".repeat(56)}`;
		const rows = await rowsOf(
			`type,hash,quality\npdq,${zero},90\npdq,${sparse},90\npdq,${sha256},49\nmd5,d41d8cd98f00b204e9800998ecf8427e,\n`,
		);
		expect(reasons(rows)).toEqual([
			"2: all-zero hash",
			"3: low entropy: 8 of 256 bits are set",
			"4: quality 49 is below 50",
			"5: hash of an empty file",
		]);
	});
});
