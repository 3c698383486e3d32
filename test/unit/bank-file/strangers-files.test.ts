// Files as people really have them: from spreadsheets, shells and exchanges.

import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { type BankFileOptions, openBankFile } from "../../../services/bank-file/open-bank-file.ts";
import { sentence } from "../../../services/words/statement.ts";
import { english } from "../../../services/words/statements.en.ts";
import { digest } from "../../support/bank-fixtures.ts";

const [first, second] = ["a", "b"].map((text) => Buffer.from(digest(text, "md5")).toString("hex"));
const sha1 = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8";
const pdq = "0f".repeat(32);

/** What is taken, as `type:` and the hash's first digits, or why it is not. */
async function read(content: string | Uint8Array, options: Partial<BankFileOptions> = {}) {
	const opened = await openBankFile(Readable.from([Buffer.from(content)]), { source: "list", ...options });
	const taken: string[] = [];
	for await (const row of opened.rows)
		taken.push(
			row.kind === "entry"
				? `${row.entry.hashType}:${Buffer.from(row.entry.hash).toString("hex").slice(0, 4)}`
				: `${row.line}: ${sentence(english, row.rejection)}`,
		);
	return { taken, description: opened.description };
}
const parted = (hash = "") => hash.match(/../g)?.join(":");
const short = (type: string, hash = "") => `${type}:${hash.slice(0, 4)}`;

const table = `type,hash,source\r\nmd5,${first},Hội A\r\nsha1,${sha1},Hội A\r\n`;
const itsRows = [short("md5", first), short("sha1", sha1)];

describe("a table is read in the encoding that it has", () => {
	const utf16 = Buffer.from(table, "utf16le");
	test.each([
		["UTF-8", Buffer.from(table)],
		["UTF-8", Buffer.from(`\ufeff${table}`)],
		["UTF-16 (little-endian)", utf16],
		["UTF-16 (little-endian)", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
		["UTF-16 (big-endian)", Buffer.from(utf16).swap16()],
		["UTF-16 (big-endian)", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
	])("%s", async (encoding, bytes) => {
		const { taken, description } = await read(bytes);
		expect(taken).toEqual(itsRows);
		expect(description).toContain(encoding);
	});

	test("and where it is UTF-32 or another, says so", async () => {
		const utf32 = Buffer.concat([...table].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])));
		await expect(read(utf32)).rejects.toThrow("this text is in UTF-32, which is not read here; save it as UTF-8");
		const windows = Buffer.concat([
			Buffer.from(`hash,source\n${first},`),
			Buffer.from([0xe9]),
			Buffer.from(`\n${second},b\n`),
		]);
		expect((await read(windows)).taken).toEqual([
			"2: not all of it is UTF-8; save the file as UTF-8",
			short("md5", second),
		]);
	});
});

describe("a table is read with the delimiter and the line ends that it has", () => {
	test.each([
		["semicolons", ";", "\r\n"],
		["tabs", "\t", "\n"],
		["bars", "|", "\n"],
		["commas", ",", "\r"],
		["semicolons", ";", "\r"],
	])("%s", async (name, delimiter, end) => {
		const { taken, description } = await read(table.replaceAll(",", delimiter).replaceAll("\r\n", end));
		expect(taken).toEqual(itsRows);
		expect(description).toContain(`a table parted by ${name}`);
	});

	test("quoted cells may hold the delimiter, and be empty between tabs", async () => {
		expect((await read(`hash;note;source\n${first};"a;b ""c""";list\n`)).taken).toEqual([short("md5", first)]);
		expect((await read(`hash\tnote\tsource\n${first}\t\t"list"\n`)).taken).toEqual([short("md5", first)]);
	});

	test("what a spreadsheet or a shell puts before the header is passed over, and lines are counted with it", async () => {
		for (const before of ["sep=;", "# a list", "#TYPE Microsoft.PowerShell.Commands.FileHashInfo", ""])
			expect((await read(`${before}\nhash;type\nxyz;md5\n${first};md5\n`)).taken).toEqual([
				"3: a md5 hash has 32 hex digits",
				short("md5", first),
			]);
	});
});

describe("columns and types go by the names that lists give them", () => {
	test.each([
		["Algorithm,Hash,Path", `"MD5","${first?.toUpperCase()}","C:\\a"`, [short("md5", first)]],
		["indicator_id,signal_type,signal_value,tags", `1,pdq,${pdq},"a b"`, [short("pdq", pdq)]],
		["hash,quality,filename", `${pdq},100,a.jpg`, [short("pdq", pdq)]],
		["type,hash", `ImagePDQ,${pdq}`, [short("pdq", pdq)]],
		["type,hash", `HASH_VIDEO_MD5,${first}`, [short("md5", first)]],
		["type,hash", `SHA-1,0x${sha1}`, [short("sha1", sha1)]],
		["type,hash", `md5,${Buffer.from(first ?? "", "hex").toString("base64")}`, [short("md5", first)]],
		["type,hash", `md5,${first?.match(/../g)?.join(":")}`, [short("md5", first)]],
		["uuid,type,value", `1,md5,${first}`, [short("md5", first)]],
		["type,hash", `md5,${first?.slice(0, 16)}-${first?.slice(16)}`, ["2: a md5 hash has 32 hex digits"]],
		[
			"type,hash",
			`PhotoDNA,${pdq}`,
			[expect.stringMatching(/^2: PhotoDNA hashes are not read here; there are: sha256/)],
		],
		["type,hash", `${first},md5`, [expect.stringMatching(/^2: there is no such type of hash here/)]],
		["hash", pdq, ["2: 64 hex digits may be sha256, pdq or a text's hash; say which"]],
	])("%s: %s", async (header, line, expected) => {
		const { taken } = await read(`${header}\n${line}\n`);
		expect(taken).toEqual(expected);
	});

	test("a list with a column for each type gives an entry for each hash, and names what it passes over", async () => {
		const { taken, description } = await read(
			`ImageId,Hash Type,MD5,SHA1,PhotoDNA,Category\r\n1,MD5,${first?.toUpperCase()},${sha1},AAAA,A\r\n2,MD5,${second},,,B\r\n3,,,,AAAA,C\r\n`,
		);
		expect(taken).toEqual([
			short("md5", first),
			short("sha1", sha1),
			short("md5", second),
			"4: no hash of a type that is known here",
		]);
		expect(description).toContain("(not read: PhotoDNA)");
	});

	test("what `breakwater hash --json` prints is a list", async () => {
		const line = JSON.stringify({ path: "a.jpg", sha256: pdq, sha1, md5: first, pdq, quality: 100 });
		expect((await read(`${line}\n`, { name: "hashes.txt" })).taken).toEqual(
			["sha256", "sha1", "md5", "pdq"].map((type) => short(type, { sha256: pdq, sha1, md5: first, pdq }[type])),
		);
	});
});

describe("a list of hashes is read", () => {
	test.each([
		["a bare column", `${first}\n${second?.toUpperCase()}\n\n${sha1}\n`],
		["quoted, with a comment", `# hashes\n"${first}"\n"${second}"\n"${sha1}"`],
		["of fingerprints, with colons", `${parted(first)}\n${parted(second)?.toUpperCase()}\n"${parted(sha1)}"\n`],
		["of md5sum and sha1sum", `${first}  a file.jpg\n\\${second} *b\\nc.jpg\n${sha1}  d\n`],
		["with tags", `MD5 (a (1).jpg) = ${first}\nMD5 (b) = ${second}\nSHA1 (d) = ${sha1}\n`],
	])("%s", async (_what, text) => {
		const { taken, description } = await read(text);
		expect(taken).toEqual([short("md5", first), short("md5", second), short("sha1", sha1)]);
		expect(description).toContain("a list of hashes");
	});

	test("of 32 bytes with colons between them: a SHA-256, for nothing prints a perceptual hash so", async () => {
		expect((await read(`${parted(pdq)}\n`)).taken).toEqual([short("sha256", pdq)]);
	});

	test("64 digits are SHA-256 where sha256sum printed them; alone they say nothing, and whoever has them does", async () => {
		expect((await read(`${pdq}  a.jpg\n`)).taken).toEqual([short("sha256", pdq)]);
		expect((await read(`${pdq}\n`)).taken).toEqual(["1: 64 hex digits may be sha256, pdq or a text's hash; say which"]);
		expect((await read(`${pdq}\n`, { hashType: "pdq" })).taken).toEqual([short("pdq", pdq)]);
		expect((await read(`${"ab".repeat(64)}  a.jpg\n${first}\nnone\n`)).taken).toEqual([
			"1: no type of hash that is known here has 128 hex digits",
			short("md5", first),
			"3: not a line of a list of hashes",
		]);
	});
});

describe("JSON is read by its content, whatever the file is called", () => {
	const line = `{"type":"md5","hash":"${first}"}`;
	test.each([
		["lines in a .json", `${line}\n${line}\n`, "a.json", 2],
		["a document in a .csv", `{"data":[{"indicator":"${first}","type":"HASH_MD5"}]}`, "a.csv", 1],
		["a document of our own fields", `[\n${line},\n${line}\n]`, "a.json", 2],
		["a page without entries", `{"data": []}`, "a.json", 0],
		["a list without entries", "[]", "a.json", 0],
		["a table without rows", "type,hash\n", "a.csv", 0],
	])("%s", async (_what, text, name, count) => {
		expect((await read(text, { name })).taken).toEqual(Array(count).fill(short("md5", first)));
	});
});

test("an element of a JSON list that is no object is refused, and not passed over", async () => {
	const { taken } = await read(`[{"type":"md5","hash":"${first}"},\n"${second}",["${second}"]]`);
	expect(taken).toEqual([short("md5", first), "2: not a JSON object", "2: not a JSON object"]);
});

describe("what is no bank file is named, with what to do", () => {
	test.each([
		[
			`<?xml version="1.0"?>\n<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><images count="0"/></queryResult>`,
			/^this is an NCMEC hash list; .*make a CSV of it/,
		],
		[`<list><md5>${first}</md5></list>`, /^this is XML; such are not read yet/],
		["<!DOCTYPE html><html><body>Log in</body></html>", /^this is a web page, perhaps the login/],
		[`{"count":0,"hashRecords":[{"signalType":"ImagePDQ"}]}`, /^this is a StopNCII hash list/],
		[`[{"hash_digest":"${first}","algorithm":"MD5"}]`, /^this is a Tech Against Terrorism hash list/],
		[`{"odata.metadata":"x/VICSDATAMODEL/y","value":[]}`, /^this is a Project VIC hash set/],
		[`{"@odata.context":"x","value":[{"Media":[{"MediaID": 1,"MD5":"${first}"}]}]}`, /^this is a Project VIC hash set/],
		[`{"threat_updates":{"data":[]}}`, /^this is a state file of the threatexchange program/],
		[
			`{"count":1,"results":[{"hash_digest":"${first}","algorithm":"MD5"}]}`,
			/^this is a Tech Against Terrorism hash list/,
		],
		[`{\n  "value": [\n    {"Category": 1, "MD5": "${first}", "MediaSize": 10}]}`, /^this is a Project VIC hash set/],
		[`{"Event":{"Attribute":[{"type":"md5","value":"${first}"}]}}`, /^this is a MISP event; .*make a CSV of it/],
		[`{"type":"bundle","objects":[{"pattern":"[file:hashes.MD5 = '${first}']"}]}`, /^this is a STIX bundle/],
		[`{"error":{"message":"Invalid access token","code":190}}`, /^this is an error that a service answered/],
		[`["${first}","${second}"]`, /^this is a JSON list of plain strings; write them one a line/],
		[`{"hashes":[{"md5":"${first}"}]}`, /^the file is not a JSON array, nor an object that holds one under `data`$/],
		[`%%%% HASHDEEP-1.0\n%%%% size,md5,filename\n1,${first},a\n`, /^this is what hashdeep prints/],
		[`MD5 hash of a.jpg:\r\n${first}\r\n`, /^this is what certutil prints; keep only the lines that are a hash$/],
		[
			"; Generated by cksfv\r\n;\r\na b.jpg 4A17B156\r\n",
			/^this is a list of checksums \(CRC-32\), .*make one with sha256sum/,
		],
		["4a17b156\ta.jpg\ncbf43926\tb.jpg\n", /^this is a list of checksums/],
		["CRC32 (a.jpg) = cbf43926\n", /^this is a list of checksums/],
		["3421780262 9 a.jpg\n", /^this is a list of checksums/],
		[`hashes:\n  - ${first}\n`, /^this is YAML/],
		[`${"AQID".repeat(48)}\n`, /^this is a list of PhotoDNA hashes, which are not read here/],
		["<!-- a page --><!DOCTYPE html><html></html>", /^this is a web page/],
		["%PDF-1.7\n", /^this is a PDF/],
		["-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n", /^this is signed with OpenPGP/],
		["-----BEGIN PGP MESSAGE-----\n\nhQ==\n", /^this is encrypted with OpenPGP; decrypt it first/],
		["age-encryption.org/v1\n-> X25519 abc\n", /^this is encrypted with age; decrypt it first/],
		["-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n", /^this is encrypted with age; decrypt it first/],
		["Salted__\u0001\u0002\u0003", /^this is encrypted with OpenSSL; decrypt it first/],
		["a.jpg\nb c.png\n", /^this is a list of file names, and of no hashes; sha256sum and md5sum make one/],
		["./pictures/a.jpg\n", /^this is a list of file names/],
		["C:\\hình ảnh\\a.webp\r\n", /^this is a list of file names/],
		[Buffer.from("504b03040a0000000000", "hex"), /^this is packed \(zip\); unpack it first/],
		[Buffer.from("1f8b0800000000000003", "hex"), /^this is packed \(gz\)/],
		[Buffer.from("ffd8ffe000104a46494600010100", "hex"), /^this is a picture \(jpg\); `breakwater bank add`/],
		[Buffer.from("0102030400000000ff", "hex"), /^this is not a text/],
		["", /^the file is empty$/],
		["\ufeff\r\n", /^the file is empty$/],
		[`md5,${first}\n`, /^the first line must name the columns: type,hash.*; it holds a hash$/],
		["name;size\na;1\n", /^the first line must name the columns/],
		[
			`${first},${second}\n`,
			/^the first line must name the columns: .*; it holds a hash, and more than one: write one a line$/,
		],
		[`type^hash^note\nmd5^${first}^a\n`, /^its columns are parted by \^; part them by commas/],
		[`type，hash\nmd5，${first}\n`, /^its columns are parted by ，; part them by/],
		[`type hash\nmd5 ${first}\n`, /^its columns are parted by spaces; part them by/],
		[
			`Hash list of November\n\ntype;hash;note\nmd5;${first};a\n`,
			/^line 3 names the columns; leave out the lines before it$/,
		],
		["# nothing yet\n; and nothing here\n", /^it holds nothing but comments$/],
		[`[hashes]\nmd5=${first}\n`, /^this is a settings file \(INI or TOML\)/],
		[`[[hash]]\ntype = "md5"\nhash = "${first}"\n`, /^this is a settings file \(INI or TOML\)/],
		[`From: an@a.example\r\nSubject: list\r\n\r\n${first}\r\n`, /^this is an e-mail/],
		[`INSERT INTO hashes VALUES ('md5', '${first}');\n`, /^this is a dump of a database/],
		[`<table><tr><td>${first}</td></tr></table>`, /^this is a web page/],
	])("%#", async (content, message) => {
		const failure = await read(content).catch((error: Error) => error);
		expect(failure).toMatchObject({ code: "unreadable-file", message: expect.stringMatching(message) });
		expect(String(failure)).not.toContain(first);
	});

	test("in UTF-16 too", async () => {
		await expect(read(Buffer.from("\ufeff<html></html>", "utf16le"))).rejects.toThrow(/this is a web page/);
	});
});

test("a day that could be another is refused, and so is one that there is none of", async () => {
	const { taken } = await read(
		`hash,expires\n${first},01/02/2027\n${first},1.2.27\n${first},2027-02-30\n${first},2027-02-01 10:00\n${first},2027-02-01T10:00:00+0700\n`,
	);
	const ambiguous = "malformed expires; a day and a month can be taken for each other: write 2027-01-31";
	expect(taken).toEqual([
		`2: ${ambiguous}`,
		`3: ${ambiguous}`,
		"4: malformed expires (write a day as 2027-01-31)",
		short("md5", first),
		short("md5", first),
	]);
});

describe("what comes along where hashes are copied by hand", () => {
	test.each([
		["spaces and marks that show nothing", `type,hash\nmd5,\u00a0${first}\u200b\nmd5,\u2066${second}\u2069\n`],
		["the same, without a header", `\u200e${first}\u00a0\n${second}\u200b\n`],
		[
			"comments of other programs",
			`//\n// File Checksum Integrity Verifier\n//\n${first} c:\\a.jpg\n; the rest\n${second}\n`,
		],
		["base64", [first, second].map((hash) => Buffer.from(String(hash), "hex").toString("base64")).join("\n")],
	])("%s", async (_what, content) => {
		expect((await read(content)).taken).toEqual([short("md5", first), short("md5", second)]);
	});

	test.each([
		["their type before them", `md5:${first}\nmd5-${second}\n`],
		["quotes of several kinds", `'type','hash'\n'md5','${first}'\n"md5","{${second}}"\n`],
		["names of columns in Vietnamese", `Loại;Mã băm;Ghi chú\nMD5;${first};a\nMD5;${second};b\n`],
		["names of columns of other exchanges", `FileHash-MD5,Description\n${first},a\n${second},b\n`],
		["types that they name so", `Indicator type,Indicator\nFileHash-MD5,${first}\nfile.hash.md5,${second}\n`],
	])("%s", async (_what, content) => {
		expect((await read(content)).taken).toEqual([short("md5", first), short("md5", second)]);
	});

	test("several hashes on one line are refused: which of them count nobody has said", async () => {
		await expect(read(`${first} ${second}\n`)).rejects.toThrow("it holds a hash");
		expect((await read(`${first}\n${first} ${second}\n`)).taken).toEqual([
			short("md5", first),
			"2: not a line of a list of hashes",
		]);
		expect((await read(`${first}  ${second}\n`)).taken).toEqual([short("md5", first)]);
	});

	test("of two columns of one meaning the second is said not to be read", async () => {
		const { taken, description } = await read(`type,hash,Hash\nmd5,${first},${second}\n`);
		expect(taken).toEqual([short("md5", first)]);
		expect(description).toContain("(not read: Hash)");
	});

	test("what PowerShell shows is named, with how to write it", async () => {
		const shown = `\r\nAlgorithm       Hash                Path\r\n---------       ----                ----\r\nMD5             ${first}       C:\\a.jpg\r\n`;
		await expect(read(shown)).rejects.toThrow("this is what PowerShell shows on a screen; write it with: Get-FileHash");
	});

	test.each([
		"0000-01-01",
		"0000-12-31T23:59:59Z",
		"999999999999999999",
		"300000000000000",
		"2027-02-30",
		"46419",
		"tomorrow",
	])("an end that no record can keep is refused with its line: %s", async (expires) => {
		expect((await read(`hash,expires\n${first},${expires}\n`)).taken).toEqual([
			"2: malformed expires (write a day as 2027-01-31)",
		]);
	});

	test("a day with its year first is no matter of opinion", async () => {
		expect((await read(`hash,expires\n${first},2027/02/01\n`)).taken).toEqual([short("md5", first)]);
	});
});

test("an address that ends as a file does, and an opinion in capitals, are what they are", async () => {
	expect((await read("img.example/a.jpg\nhttps://b.example/c.png\n")).taken).toHaveLength(2);
	expect((await read(`hash,type,opinion\n${first},md5,Negative\n`)).taken).toEqual([short("md5", first)]);
});
