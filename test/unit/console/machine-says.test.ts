import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { openBankFile } from "../../../services/bank-file/open-bank-file.ts";
import { machineSays } from "../../../services/console/language/vi/machine-says.ts";
import { surgeReason } from "../../../services/core/banks/entry-surge.ts";
import { allowanceFaults, type RecentChange } from "../../../services/core/banks/import-allowance.ts";

describe("what the server says in English is said in Vietnamese", () => {
	test("why an import needs a second person", () => {
		const delta = { added: 30, changed: 12, removed: 4, same: 0 };
		const allowed = { share: 0.1, addedEntries: 3 };
		const said = (recent: RecentChange) => allowanceFaults(delta, recent, 20, allowed).map(machineSays);
		expect(said({ added: 0, changed: 0, removed: 0 })).toEqual([
			"thêm 30 mục, chỉ được phép 3",
			"thay đổi hoặc gỡ ra 16 trên 20 mục, chỉ được phép 10",
		]);
		expect(said({ added: 2, changed: 1, removed: 1 })).toEqual([
			"thêm 30 mục, tính cả 24 giờ qua là 32, chỉ được phép 3",
			"thay đổi hoặc gỡ ra 16 trên 20 mục, tính cả 24 giờ qua là 18, chỉ được phép 10",
		]);
	});

	test("why an entry is in quarantine", () => {
		const activity = { recentHits: 60, recentAccounts: 40, earlierHits: 3, earlierMs: 36_000_000, isVouchedFor: false };
		const reason = surgeReason(activity, { minHits: 50, minAccounts: 20, factor: 10 });
		expect(machineSays(reason ?? "")).toBe("60 trùng khớp từ khoảng 40 tài khoản trong 20 phút, thường chỉ có 0.1");
	});

	test("why a line of a file is refused, whatever is wrong with it", async () => {
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
			`crc32,${half},100,a,positive`,
			`PhotoDNA,${half},100,a,positive`,
			`pdq,${half},100,\ufffd,positive`,
			`pdq,${half},100,a,positive,01/02/2027`,
		];
		const details: string[] = [];
		for (const [text, format] of [
			[csv.join("\n"), "csv"],
			[`[]\n{"hash":"${half}"}\n{"hash":"${half.slice(2)}"}\n{"note":"none"}`, "jsonl"],
			[`${md5}  a file\nno hash`, "csv"],
		] as const) {
			const { rows } = await openBankFile(Readable.from([text]), { format, source: "a" });
			for await (const row of rows) if (row.kind === "rejected") details.push(row.rejection.detail);
		}
		expect(details).toHaveLength(16);
		expect(details.filter((detail) => machineSays(detail) === detail)).toEqual([]);
	});

	test("what a step of a bank's history was", () => {
		expect(machineSays("pdq entry, list-a: positive, here: investigate, in quarantine")).toBe(
			"mục pdq, list-a: khẳng định, here: cần xem xét, bị cách ly",
		);
		expect(machineSays("settings: enabled, not trusted, in shadow, for 50 % of content, radii 20/31")).toBe(
			"cài đặt: đang dùng, không tin cậy, chạy thử, cho 50 % nội dung, bán kính 20/31",
		);
	});

	test("and what is not known is shown as it came", () => expect(machineSays("a new reason")).toBe("a new reason"));
});
