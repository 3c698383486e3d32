import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { openBankFile } from "../../../services/bank-file/open-bank-file.ts";
import type { HashType } from "../../../services/core/hashes/hash-type.ts";
import { hashLink } from "../../../services/core/hashes/link/link-hash.ts";
import { hashTerm } from "../../../services/core/hashes/term/term-hash.ts";

async function rowsOf(text: string, name = "list.txt", hashType?: HashType) {
	const { rows } = await openBankFile(Readable.from([Buffer.from(text)]), { name, source: "test", hashType });
	const read: string[] = [];
	for await (const row of rows)
		read.push(
			row.kind === "entry"
				? `${row.entry.hashType} ${Buffer.from(row.entry.hash).toString("hex")}`
				: `line ${row.line}: ${row.rejection.code}`,
		);
	return read;
}

const listed = (...addresses: string[]) =>
	addresses.map((address) => `link ${Buffer.from(hashLink(address)).toString("hex")}`);

describe("lists of addresses are read as hashes of their one form", () => {
	test.each([
		[
			"a hosts file",
			"# made for tests\n127.0.0.1 localhost\n0.0.0.0 a.example b.example # two\n::1 c.example\n",
			["a.example", "b.example", "c.example"],
		],
		["addresses, one a line", "https://a.example/x?utm_source=y\nhxxp://b[.]example\n", ["a.example/x", "b.example"]],
		[
			"a filter list of whole hosts",
			"[Adblock Plus 2.0]\n! made for tests\n||a.example^\n||b.example^$third-party\n",
			["a.example", "b.example"],
		],
		[
			"a response policy zone",
			"$TTL 60\n$ORIGIN rpz.test.\n@ IN SOA ns.rpz.test. me.rpz.test. (1 2 3 4 5)\n  IN NS ns.rpz.test.\na.example CNAME . ; one\n*.a.example 60 IN CNAME .\nb.example.rpz.test. CNAME rpz-drop.\ngood.example CNAME rpz-passthru.\n",
			["a.example", "a.example", "b.example"],
		],
		[
			"a table with a column of addresses",
			"url,category\nhttps://a.example/x,one\nb.example,two\n",
			["a.example/x", "b.example"],
		],
		["a table that says type and hash", "type,hash\nlink,a.example\n", ["a.example"]],
	])("%s", async (_, text, addresses) => expect(await rowsOf(text)).toEqual(listed(...addresses)));
});

test("tables of terms are read as hashes, with weight, label and the date by which somebody looks again", async () => {
	const text =
		"term,weight,category,review_by\nblue kettle,4,kitchen,2100-01-01\none two three four five six seven,,,\n";
	const { rows } = await openBankFile(Readable.from([Buffer.from(text)]), { name: "terms.csv", source: "test" });
	const read = [];
	for await (const row of rows) read.push(row.kind === "entry" ? row.entry : row.rejection);
	expect(read).toEqual([
		expect.objectContaining({
			hashType: "text-term",
			hash: hashTerm("Blue  Kettle"),
			opinion: {
				source: "test",
				kind: "positive",
				categories: ["kitchen"],
				severity: 4,
				expiresAt: "2100-01-01T00:00:00.000Z",
			},
		}),
		{ code: "too-many-words" },
	]);
});

test("what is no address, or everybody's, is refused with its line", async () => {
	expect(await rowsOf("a.example\nco.uk\ntwo words\n||a.example/x*^\n")).toEqual([
		...listed("a.example"),
		"line 2: public-suffix",
		"line 3: not-an-address-line",
		"line 4: not-an-address-line",
	]);
});

test("a zone's rules for addresses of numbers are refused, for they say something else", async () => {
	expect(await rowsOf("$TTL 60\n32.7.2.0.192.rpz-ip CNAME .\n")).toEqual(["line 2: not-an-address-line"]);
});

test("where a table holds hashes of contents, a column of addresses is not listed with them", async () => {
	expect(await rowsOf(`md5,url\n${"a1".repeat(16)},https://a.example/x\n`)).toEqual([`md5 ${"a1".repeat(16)}`]);
});

test("Safe Browsing's lists are read: packed prefixes, full hashes, and other lengths refused", async () => {
	const packed = (size: number, hex: string) => ({
		compressionType: "RAW",
		rawHashes: { prefixSize: size, rawHashes: Buffer.from(hex, "hex").toString("base64") },
	});
	const list = {
		listUpdateResponses: [
			{ additions: [packed(4, "a1b2c3d4e5f60718"), packed(5, "a1b2c3d4e5"), packed(32, "ab".repeat(32))] },
		],
	};
	expect(await rowsOf(JSON.stringify(list), "list.json")).toEqual([
		"link-prefix a1b2c3d4",
		"link-prefix e5f60718",
		"line 3: no-type-so-long",
		`link ${"ab".repeat(32)}`,
	]);
	const full = { matches: [{ threat: { hash: Buffer.from("cd".repeat(32), "hex").toString("base64") } }] };
	expect(await rowsOf(JSON.stringify(full), "list.json")).toEqual([`link ${"cd".repeat(32)}`]);
});

test("bare prefixes, one a line, are taken where whoever imports says that they are", async () => {
	const taken = ["link-prefix a1b2c3d4", "link-prefix e5f60718"];
	expect(await rowsOf("a1b2c3d4\ne5f60718\n", "list.txt", "link-prefix")).toEqual(taken);
	expect(await rowsOf("type,hash\nlink-prefix,a1b2c3d4\nlink-prefix,e5f60718\n")).toEqual(taken);
	expect(await rowsOf("a1b2c3d4\n")).toEqual(["line 1: prefix-or-checksum"]);
	expect(await rowsOf("hash\na1b2c3d4\n")).toEqual(["line 2: prefix-or-checksum"]);
});

test("its compressed form is refused in a sentence", async () => {
	const list = { listUpdateResponses: [{ additions: [{ compressionType: "RICE" }] }] };
	await expect(rowsOf(JSON.stringify(list), "list.json")).rejects.toThrow("it is compressed (Rice)");
});
