import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BankRow } from "../../../services/bank-file/bank-row.ts";
import { openBankFile } from "../../../services/bank-file/open-bank-file.ts";
import type { FileFormat } from "../../../services/bank-file/recognize.ts";
import { writeBankFile } from "../../../services/bank-file/write-bank-file.ts";
import { hashTypes } from "../../../services/core/hashes/hash-type.ts";
import { sentence } from "../../../services/words/statement.ts";
import { english } from "../../../services/words/statements.en.ts";
import { digest, newBank, newEntry } from "../../support/bank-fixtures.ts";

const sha256 = Buffer.from(digest("a")).toString("hex");
const md5 = Buffer.from(digest("a", "md5")).toString("hex");

async function rowsOf(text: string, format: FileFormat = "csv", pieceLength = 7): Promise<readonly BankRow[]> {
	const rows: BankRow[] = [];
	// In small pieces, as a slow disk gives them: no row ends where a piece does.
	const bytes = Buffer.from(text);
	const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, index) =>
		bytes.subarray(index * pieceLength, (index + 1) * pieceLength),
	);
	const opened = await openBankFile(Readable.from(pieces), { format, source: "bank" });
	for await (const row of opened.rows) rows.push(row);
	return rows;
}
const reasons = (rows: readonly BankRow[]) =>
	rows.map((row) =>
		row.kind === "rejected" ? `${row.line}: ${row.rejection.code}, ${sentence(english, row.rejection)}` : "entry",
	);

describe("the frames of a video (vPDQ)", () => {
	const list = JSON.stringify([`${sha256},100,0.000`, `${"0f".repeat(32)},90,1.000`]);
	const known = {
		hashType: "vpdq",
		frames: [
			{ quality: 100, atMs: 0 },
			{ quality: 90, atMs: 1_000 },
		],
	};
	const quoted = `"${list.replaceAll('"', '""')}"`;

	test.each([
		["in a table", `type,hash\nvpdq,${quoted}\n`, "csv"],
		["in a column of their own", `VideoPDQ,note\n${quoted},x\n`, "csv"],
		["in JSON lines", `{"type":"vpdq","hash":${JSON.stringify(list)}}\n{"type":"vpdq","hash":${list}}\n`, "jsonl"],
		[
			"as ThreatExchange gives them",
			JSON.stringify({ data: [{ type: "HASH_VIDEO_VPDQ", indicator: list, status: "MALICIOUS" }] }),
			"threatexchange",
		],
	] as const)("are read %s, and have the same name in each", async (_where, text, format) => {
		const rows = await rowsOf(text, format);
		for (const row of rows) expect(row).toMatchObject({ kind: "entry", entry: known });
		const hashes = rows.flatMap((row) => (row.kind === "entry" ? [Buffer.from(row.entry.hash).toString("hex")] : []));
		expect(new Set(hashes).size).toBe(1);
	});

	test.each([
		["as the library writes them", list],
		["as the vpdq program prints them", `0,100,${sha256},0.000\n30,90,${"0f".repeat(32)},1.000\n`],
	])("are a file of their own, %s", async (_how, text) => {
		const opened = await openBankFile(Readable.from([Buffer.from(text)]), { source: "bank" });
		expect(opened.description).toContain("frames of one video");
		const rows: BankRow[] = [];
		for await (const row of opened.rows) rows.push(row);
		expect(rows).toMatchObject([{ kind: "entry", entry: known }]);
	});

	test("are exported as they are read: their name says nothing to others", async () => {
		const [row] = await rowsOf(`{"type":"vpdq","hash":${list}}`, "jsonl");
		if (row?.kind !== "entry") throw new Error("it is read");
		const { frames = [], hash } = row.entry;
		const details = { addedBy: "", addedAt: new Date(), updatedAt: new Date(), quarantine: null, frames };
		const entry = { ...newEntry(newBank().id, { hashType: "vpdq", hash }), ...details };
		for (const format of ["csv", "jsonl", "threatexchange"] as const) {
			const text: string[] = [];
			for await (const piece of writeBankFile(
				(async function* () {
					yield entry;
				})(),
				format,
			))
				text.push(piece);
			expect(await rowsOf(text.join(""), format)).toMatchObject([{ kind: "entry", entry: known }]);
		}
	});

	test("that are none, or have no structure, are refused with the reason", async () => {
		const blank = JSON.stringify([`${"0".repeat(64)},100,0.000`, `${sha256},49,1.000`]);
		expect(
			reasons(await rowsOf(`{"type":"vpdq","hash":"${sha256}"}\n{"type":"vpdq","hash":${blank}}`, "jsonl")),
		).toEqual([
			"1: no-frames, not a list of a video's frames (vPDQ): JSON as ThreatExchange writes it",
			"2: frames-without-structure, too little of the video, or of the sound, differs from others for it to be compared by",
		]);
	});
});

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
		await expect(rowsOf(`sha256,${sha256}\n`)).rejects.toThrow(/first line must name the columns.*it holds a hash/);
	});
});

describe("a row that must not enter is refused with its line and its reason, and the others are not", () => {
	test("malformed values", async () => {
		const rows = await rowsOf(
			`type,hash,quality\nsha256,${sha256.slice(2)}\nblurhash,${sha256}\nsha256,xyz\npdq,${sha256},101\nsha256,${sha256}\n`,
		);
		expect(reasons(rows)).toEqual([
			"2: wrong-length, a sha256 hash has 64 hex digits",
			`3: unknown-type, there is no such type of hash here; there are: ${hashTypes.join(", ")}`,
			"4: wrong-length, a sha256 hash has 64 hex digits",
			"5: malformed, malformed quality (a whole number from 0 to 100)",
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
			"2: all-zero, all-zero hash",
			"3: low-entropy, low entropy: 8 of 256 bits are set",
			"4: low-quality, quality 49 is below 50",
			"5: empty-file, hash of an empty file",
		]);
	});

	test("rows that speak with our own people's voice", async () => {
		expect(reasons(await rowsOf(`type,hash,source\nsha256,${sha256},here\n`))).toEqual([
			"2: reserved-source, `here` is kept for what is decided here; name the source otherwise",
		]);
	});
});

describe("a file that somebody damaged, or made to do harm", () => {
	test("of nothing but bad lines is counted, and its good ones are taken", async () => {
		async function* text() {
			yield "hash,type\n";
			for (let piece = 0; piece < 100; piece += 1) yield "no hash,sha256\n".repeat(200);
			yield `${sha256},sha256\n`;
		}
		const counts = { entry: 0, rejected: 0 };
		const { rows } = await openBankFile(Readable.from(text()), { format: "csv", source: "bank" });
		for await (const row of rows) counts[row.kind] += 1;
		expect(counts).toEqual({ entry: 1, rejected: 20_000 });
	});

	test("with a stray quote loses the line that has it, and no other", async () => {
		const rows = await rowsOf(`hash,note\n${md5},"never closed\n${`${md5},fine\n`.repeat(200)}`, "csv", 1_000);
		expect(reasons(rows)).toEqual(["2: quote-open, a quote that is not closed", ...Array(200).fill("entry")]);
		expect(reasons(await rowsOf(`hash,note\n${md5},5" wide\n${md5},"a" b\n${md5},x\n`))).toEqual([
			"2: quote-within, a quote within a cell",
			"3: quote-within, a quote within a cell",
			"entry",
		]);
	});

	test.each(["csv", "jsonl"] as const)(
		"with an endless line is read on behind it, without holding it: %s",
		async (format) => {
			const good = format === "csv" ? `${md5}\n` : `{"hash":"${md5}"}\n`;
			const text = `${format === "csv" ? "hash\n" : "{}\n"}${"x".repeat(3_000_000)}\n${good}`;
			const rows = await rowsOf(text, format, 100_000);
			expect(reasons(rows).slice(-2)).toEqual(["2: too-long, longer than 1048576 characters", "entry"]);
		},
	);

	test("has no way to make the record choke, or a terminal obey", async () => {
		const row = (field: object) => `${JSON.stringify({ hash: md5, ...field })}\n`;
		const text =
			row({ note: "a\0b" }) +
			row({ source: "\u001b[2J" }) +
			row({ externalId: "\ud800" }) +
			row({ note: "two\nlines" });
		expect(reasons(await rowsOf(text, "jsonl"))).toEqual([
			"1: malformed, malformed note (at most 1,000 characters, without control characters)",
			"2: malformed, malformed source (one line of at most 128 characters)",
			"3: malformed, malformed external_id (one line of at most 256 characters)",
			"entry",
		]);
	});

	test("is exported with nothing that a spreadsheet would take for a formula, and read back as it was", async () => {
		const texts = ["=1+1", "+1", "-1", "@a", "'=1", "''", "a=b"];
		const opinions = texts.map((note) => ({ source: note, kind: "positive", externalId: note, note }) as const);
		const entry = newEntry(newBank().id, { hashType: "md5", hash: digest("a", "md5") });
		const detail = {
			...entry,
			opinions,
			addedBy: "an",
			addedAt: new Date(0),
			updatedAt: new Date(0),
			quarantine: null,
		};
		let text = "";
		for await (const piece of writeBankFile(Readable.from([detail]), "csv")) text += piece;
		expect(text).not.toMatch(/(^|,|")[=+\-@]/m);
		const rows = await rowsOf(text);
		expect(rows.map((row) => (row.kind === "entry" ? row.entry.note : sentence(english, row.rejection)))).toEqual(
			texts,
		);
	});
});

describe("other formats", () => {
	test("JSON lines, with what is not JSON refused by its line", async () => {
		const text = `{"type":"sha256","hash":"${sha256}","external_id":7,"categories":["a1"],"severity":4}\n\n{"type":\n[]\n{"hash":"${md5}","opinion":"perhaps"}\n`;
		const rows = await rowsOf(text, "jsonl");
		expect(rows[0]).toMatchObject({ entry: { externalId: "7", opinion: { categories: ["a1"], severity: 4 } } });
		expect(reasons(rows)).toEqual([
			"entry",
			"3: not-an-object, not a JSON object",
			"4: not-an-object, not a JSON object",
			"5: malformed, malformed opinion (positive, negative, investigate or withdrawn)",
		]);
	});

	test("ThreatExchange: descriptors with their owner, status, tags and severity", async () => {
		const descriptor = {
			id: "123",
			indicator: { indicator: sha256, type: "HASH_PDQ" },
			status: "MALICIOUS",
			severity: "SEVERE",
			description: 'brackets ] } and a quote \\" in a text',
			owner: { id: "1", name: "a member" },
			tags: { data: [{ text: "a1" }, { text: "b2" }] },
		};
		const rows = await rowsOf(JSON.stringify({ data: [descriptor], paging: { next: "[" } }), "threatexchange");
		expect(rows).toMatchObject([
			{
				entry: {
					hashType: "pdq",
					externalId: "123",
					note: descriptor.description,
					opinion: { source: "a member", kind: "positive", categories: ["a1", "b2"], severity: 4 },
				},
			},
		]);
	});

	test("ThreatExchange: an update's descriptors are a row each, and one that is deleted is withdrawn", async () => {
		const update = {
			id: "9",
			indicator: md5,
			type: "HASH_MD5",
			descriptors: {
				data: [
					{ owner: { name: "a" }, status: "NON_MALICIOUS" },
					{ owner: { name: "b" }, status: "SUSPICIOUS" },
					{ owner: { name: "c" }, status: "MALICIOUS", should_delete: true },
					{ owner: { name: "d" } },
					{ owner: { name: "e" }, status: "NEW_WORD" },
				],
			},
		};
		const rows = await rowsOf(`[\n${JSON.stringify(update)}\n]`, "threatexchange");
		expect(
			rows.map((row) => (row.kind === "entry" ? row.entry.opinion.kind : sentence(english, row.rejection))),
		).toEqual([
			"negative",
			"investigate",
			"withdrawn",
			// Without a status nobody has called it harmful yet.
			"investigate",
			"malformed opinion (positive, negative, investigate or withdrawn)",
		]);
	});

	test("a document that ends too early is refused, not taken for a short list", async () => {
		await expect(rowsOf(`{"data":[{"indicator":"${sha256}","type":"HASH_PDQ"}`, "threatexchange")).rejects.toThrow(
			/ends too early/,
		);
		await expect(rowsOf(`{"error":"no"}`, "threatexchange")).rejects.toThrow(/an error that a service answered/);
	});
});

describe("when an entry expires", () => {
	const descriptor = (expiry: unknown) =>
		JSON.stringify([{ indicator: md5, type: "HASH_MD5", status: "MALICIOUS", expired_on: expiry }]);
	const expiryIn = ([row]: readonly BankRow[]) =>
		row?.kind === "entry" ? (row.entry.opinion.expiresAt ?? "never") : row && sentence(english, row.rejection);

	test.each([
		[1_893_456_000, "2030-01-01T00:00:00.000Z"],
		[1_893_456_000_000, "2030-01-01T00:00:00.000Z"],
		["2030-01-01T00:00:00Z", "2030-01-01T00:00:00.000Z"],
		["2030-01-01T01:00:00+01:00", "2030-01-01T00:00:00.000Z"],
		["2030-01-01", "2030-01-01T00:00:00.000Z"],
		["2030", "2030-01-01T00:00:00.000Z"],
		["1893456000", "2030-01-01T00:00:00.000Z"],
		[0, "never"],
		["0", "never"],
		[null, "never"],
		["", "never"],
		[false, "malformed expires (write a day as 2027-01-31)"],
		[true, "malformed expires (write a day as 2027-01-31)"],
		[-1, "malformed expires (write a day as 2027-01-31)"],
		[1.5, "malformed expires (write a day as 2027-01-31)"],
		[1e300, "malformed expires (write a day as 2027-01-31)"],
		["20300101", "malformed expires (write a day as 2027-01-31)"],
		["soon", "malformed expires (write a day as 2027-01-31)"],
		[["2030-01-01"], "malformed expires (write a day as 2027-01-31)"],
	])("%j is read as %s, as JSON lines and as ThreatExchange", async (expires, meaning) => {
		const line = JSON.stringify({ hash: md5, expires });
		expect(expiryIn(await rowsOf(line, "jsonl"))).toBe(meaning);
		expect(expiryIn(await rowsOf(descriptor(expires), "threatexchange"))).toBe(meaning);
	});

	test("a CSV cell may count seconds too", async () => {
		const rows = await rowsOf(`hash,expires\n${md5},1893456000\n${md5},0\n${md5},\n`);
		expect(rows.map((row) => expiryIn([row]))).toEqual(["2030-01-01T00:00:00.000Z", "never", "never"]);
	});
});

describe("a page of ThreatExchange", () => {
	const one = `{"indicator":"${md5}","type":"HASH_MD5"}`;

	test.each([
		`{"errors":[],"data":[${one}]}`,
		`{"paging":{"data":[{}],"next":"\\"data\\":["},"data":[${one}],"errors":[{}]}`,
		`{"a":1,"d\\u0061ta" : [ ${one} ] }`,
		`\ufeff [${one}]\n`,
	])("has its list under `data`, wherever that stands, or is a list: %s", async (text) => {
		for (const length of [1, 7, 1_000])
			expect(reasons(await rowsOf(text, "threatexchange", length))).toEqual(["entry"]);
	});

	test("has nothing in its list that is passed over: what is no object is refused", async () => {
		for (const length of [1, 7, 1_000])
			expect(reasons(await rowsOf(`{"data":[ ${one}, 7,\n[{}], "{" ,null] }`, "threatexchange", length))).toEqual([
				"entry",
				...[1, 2, 2, 2].map((line) => `${line}: not-an-object, not a JSON object`),
			]);
	});

	test.each([
		[`{"pages":[{}]}`, /not a JSON array, nor an object that holds one under `data`/],
		[`{"data":null,"more":{"data":[${one}]}}`, /not a JSON array/],
		["<html>[{}]</html>", /this is a web page/],
		["", /not a JSON array/],
		[`{"data":[${one}]}\n{"data":[${one}]}`, /line 2: more follows the end of the JSON document/],
		[`[${one}],`, /line 1: more follows/],
		[`{"data":[${one}],"data":[${one}]}`, /two lists under `data`/],
		[`{"data":[${one}]`, /ends too early/],
		[`{"data":[${one}}`, /a bracket is closed that is not open/],
	])("is refused as a whole where rows could be missed: %s", async (text, message) => {
		await expect(rowsOf(text, "threatexchange")).rejects.toThrow(message);
	});

	test("loses an endless element, without holding it, and no other", async () => {
		const text = `[\n{"a":"${"x".repeat(3_000_000)}"},\n${one}]`;
		expect(reasons(await rowsOf(text, "threatexchange", 100_000))).toEqual([
			"2: too-long, longer than 1048576 characters",
			"entry",
		]);
	});
});

/** Without the sign for what could not be read: a row that has one is refused as garbled. */
const words = fc
	.string({ unit: "grapheme", minLength: 1, maxLength: 20 })
	.map((text) => `x${text.trim().replaceAll("\ufffd", "?")}`);
const opinion = fc.record(
	{
		kind: fc.constantFrom("positive", "negative", "investigate", "withdrawn"),
		externalId: words,
		note: words,
		categories: fc.uniqueArray(fc.stringMatching(/^[a-z0-9:_-]{1,8}$/), { minLength: 1, maxLength: 3 }),
		severity: fc.integer({ min: 0, max: 5 }),
		expiresAt: fc
			.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
			.map((at) => at.toISOString()),
	},
	{ requiredKeys: ["kind"] },
);

test.each(["csv", "jsonl", "threatexchange"] as const)(
	"what is exported as %s is read back as it was",
	async (format) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.dictionary(words, opinion, { maxKeys: 3 })),
				),
				async (entries) => {
					// Nothing that a bank refuses; every byte below has half of its bits set.
					const details = entries.map(([bytes, said], index) => ({
						...newEntry(newBank().id, {
							hashType: "pdq",
							hash: bytes.map((byte) => [0x0f, 0xf0, 0x55, 0xaa][byte % 4] ?? 0),
						}),
						quality: index % 2 === 0 ? null : 50 + (index % 51),
						opinions: Object.entries(said).map(([source, one]) => ({ source, ...one })),
						...{ addedBy: "an", addedAt: new Date(0), updatedAt: new Date(0), quarantine: null },
					}));
					let text = "";
					for await (const piece of writeBankFile(Readable.from(details), format)) text += piece;
					const rows = await rowsOf(text, format, 1_000);
					const read = rows.map((row) => (row.kind === "entry" ? row.entry : sentence(english, row.rejection)));
					const written = details.flatMap(({ hashType, hash, quality, opinions }) =>
						opinions.map(({ externalId = null, note = null, ...said }) => ({
							...{ hashType, quality, externalId, note, opinion: said },
							hash: Buffer.from(hash),
						})),
					);
					expect(read).toEqual(written);
				},
			),
			{ numRuns: 30 },
		);
	},
);
