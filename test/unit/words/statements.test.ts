import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { openBankFile } from "../../../services/bank-file/open-bank-file.ts";
import { bankStep } from "../../../services/core/banks/bank-step.ts";
import { quarantineReason, surgeOf } from "../../../services/core/banks/entry-surge.ts";
import { allowanceFaults } from "../../../services/core/banks/import-allowance.ts";
import { importRemark } from "../../../services/core/banks/import-remark.ts";
import { rejection } from "../../../services/core/banks/rejection.ts";
import { faultsOf, fieldRules, namedThings } from "../../../services/core/fault.ts";
import { hashTypes } from "../../../services/core/hashes/hash-type.ts";
import { draftLapses } from "../../../services/core/ports/bank-draft-store.ts";
import { reason } from "../../../services/core/reason.ts";
import { type Statement, sentence } from "../../../services/words/statement.ts";
import { english } from "../../../services/words/statements.en.ts";
import { vietnamese } from "../../../services/words/statements.vi.ts";

const languages = { english, vietnamese };
const marked = /[^\P{L}a-z]/iu;

/** Every code that a schema lets onto the wire. */
const codesOf = (schema: { readonly options: readonly z.ZodObject<{ code: z.ZodLiteral<string> }>[] }) =>
	schema.options.map(({ shape }) => shape.code.value);

describe("every code has a sentence of its own in both languages", () => {
	const codes = [
		...new Set([rejection, importRemark, quarantineReason, bankStep, reason].flatMap(codesOf)),
		...draftLapses,
	];
	test.each(codes)("%s", (code) => {
		expect(english).toHaveProperty([code]);
		expect(vietnamese).toHaveProperty([code]);
	});
	test("and no language has a sentence that nothing says", () => {
		for (const language of Object.values(languages)) expect(Object.keys(language).toSorted()).toEqual(codes.toSorted());
	});
});

test.each(fieldRules)("what a field does wrong (%s) is said in both languages, with its limit", (rule) => {
	const said = { code: "field-refused", field: "data.text", rule } as const;
	const [inEnglish, inVietnamese] = [sentence(english, said), sentence(vietnamese, said)];
	expect(inEnglish).not.toContain("undefined");
	expect(inVietnamese).toMatch(marked);
	expect(inVietnamese).not.toBe(inEnglish);
	expect(sentence(vietnamese, { ...said, limit: 31 })).toContain("31");
});

test("where a field takes few values, they are named", () => {
	const said = { code: "field-refused", field: "data.surface", rule: "invalid_value" } as const;
	const allowed = ["public", "direct"];
	expect(sentence(english, { ...said, allowed })).toBe("data.surface: invalid value (one of: public, direct)");
	expect(sentence(vietnamese, { ...said, allowed })).toContain("(một trong: public, direct)");
	expect(faultsOf(z.enum(["a", "b"]).safeParse("c").error?.issues ?? [], "it")).toMatchObject([
		{ allowed: ["a", "b"] },
	]);
});

test.each(namedThings)("that there is no such thing (%s) is said in both languages", (what) => {
	expect(sentence(vietnamese, { code: "not-there", what })).toMatch(marked);
	expect(sentence(english, { code: "not-there", what })).not.toContain("undefined");
});

test("a Vietnamese sentence is written, not translated: it says the parameters, and nothing of the English one", () => {
	const numbers: Statement[] = [
		{ code: "adds-too-many", added: 31, inAll: 47, allowed: 29, hours: 24 },
		{ code: "touches-too-many", touched: 16, of: 20, inAll: 18, allowed: 10, hours: 24 },
		{ code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 7 },
		{ code: "low-entropy", bitsSet: 13 },
		{ code: "low-quality", quality: 10, lowest: 50 },
		{ code: "wrong-length", hashType: "md5", hexDigits: 32 },
	];
	for (const said of numbers) {
		const words = sentence(vietnamese, said);
		expect(words).toMatch(marked);
		for (const value of Object.values(said)) if (typeof value === "number") expect(words).toContain(String(value));
	}
});

test("why a line of a file is refused is said in both languages, whatever is wrong with it", async () => {
	const zero = "0".repeat(64);
	const half = "0f".repeat(32);
	const md5 = "0f".repeat(16);
	const csv = [
		"type,hash,quality,source,opinion,expires",
		`pdq,${zero},100,a,positive`,
		"sha1,da39a3ee5e6b4b0d3255bfef95601890afd80709,,a,positive",
		`pdq,${"00".repeat(30)}ffff,100,a,positive`,
		`pdq,${half},10,a,positive`,
		`pdq,${half},100,here,positive`,
		"md5,abcd,,a,positive",
		`pdq,${half},101,a,maybe`,
		`blurhash,${half},100,a,positive`,
		`PhotoDNA,${half},100,a,positive`,
		`pdq,${half},100,\ufffd,positive`,
		`pdq,${half},100,a,positive,01/02/2027`,
		`pdq,${half}"x",1,a,positive`,
		`"pdq,${half},1,a,positive`,
	];
	const said: string[] = [];
	for (const [text, format] of [
		[csv.join("\n"), "csv"],
		[`[]\n{"hash":"${half}"}\n{"hash":"${half.slice(2)}"}\n{"note":"none"}`, "jsonl"],
		[`${md5}  a file\nno hash`, "csv"],
	] as const) {
		const { rows } = await openBankFile(Readable.from([text]), { format, source: "a" });
		for await (const row of rows)
			if (row.kind === "rejected")
				said.push(`${sentence(english, row.rejection)} | ${sentence(vietnamese, row.rejection)}`);
	}
	const types = hashTypes.join(", ");
	expect(said).toEqual([
		"all-zero hash | mã băm toàn số 0",
		"hash of an empty file | mã băm của tệp rỗng",
		"low entropy: 16 of 256 bits are set | quá ít chi tiết: 16 trên 256 bit bằng 1",
		"quality 10 is below 50 | chất lượng 10, dưới 50",
		"`here` is kept for what is decided here; name the source otherwise | tên nguồn `here` dành riêng cho quyết định tại đây; hãy đặt tên khác",
		"a md5 hash has 32 hex digits | mã băm md5 phải có 32 chữ số hex",
		"malformed quality (a whole number from 0 to 100), opinion (positive, negative, investigate or withdrawn) | sai định dạng: quality (số nguyên từ 0 đến 100), opinion (positive, negative, investigate hoặc withdrawn)",
		`there is no such type of hash here; there are: ${types} | không có loại mã băm này ở đây; các loại có: ${types}`,
		`PhotoDNA hashes are not read here; there are: ${types} | mã băm PhotoDNA chưa được đọc ở đây; các loại có: ${types}`,
		"not all of it is UTF-8; save the file as UTF-8 | có phần không phải UTF-8; hãy lưu tệp theo bảng mã UTF-8",
		"malformed expires; a day and a month can be taken for each other: write 2027-01-31 | sai định dạng: expires; ngày và tháng có thể bị lẫn, hãy viết 2027-01-31",
		"a quote within a cell | có dấu ngoặc kép giữa ô",
		"a quote that is not closed | có dấu ngoặc kép chưa đóng",
		"not a JSON object | không phải là đối tượng JSON",
		"64 hex digits may be sha256, pdq or a text's hash; say which | 64 chữ số hex có thể là sha256, pdq hoặc mã băm văn bản; hãy ghi rõ loại",
		"no type of hash that is known here has 62 hex digits | không có loại mã băm nào ở đây dài 62 chữ số hex",
		"no hash of a type that is known here | không có mã băm thuộc loại được biết ở đây",
		"not a line of a list of hashes | không phải là dòng của danh sách mã băm",
	]);
});

test("what an import is over is said as two languages say it, with what entered in the hours before or without", () => {
	const delta = { added: 30, changed: 12, removed: 4, same: 0 };
	const allowed = { share: 0.1, addedEntries: 3 };
	const [adds, touches] = allowanceFaults(delta, { added: 2, changed: 0, removed: 0 }, 20, allowed);
	if (adds === undefined || touches === undefined) throw new Error("both are over");
	expect([sentence(english, adds), sentence(vietnamese, adds)]).toEqual([
		"it adds 30 entries, 32 with those of the last 24 hours, and 3 are allowed",
		"thêm 30 mục, tính cả 24 giờ qua là 32, chỉ được phép 3",
	]);
	expect([sentence(english, touches), sentence(vietnamese, touches)]).toEqual([
		"it changes or removes 16 of 20 entries, and 10 are allowed",
		"thay đổi hoặc gỡ ra 16 trên 20 mục, chỉ được phép 10",
	]);
});

test("a surge is said with its own usual, to one decimal, as each language writes it", () => {
	const activity = { recentHits: 60, recentAccounts: 40, earlierHits: 3, earlierMs: 36_000_000, isVouchedFor: false };
	const surge = surgeOf(activity, { minHits: 50, minAccounts: 20, factor: 10 });
	if (surge === null) throw new Error("it is one");
	expect(sentence(english, surge)).toBe("60 matches from about 40 accounts in 20 minutes, where 0.1 are usual");
	expect(sentence(vietnamese, surge)).toBe("60 trùng khớp từ khoảng 40 tài khoản trong 20 phút, thường chỉ có 0,1");
});

test("a sentence kept from before there were codes is shown as a quotation, whatever it says", () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			for (const language of Object.values(languages))
				expect(sentence(language, { code: "quoted", text })).toBe(`“${text}”`);
		}),
	);
});
