import type { OpinionKind } from "../core/banks/bank.ts";
import type { Statements } from "./statement.ts";

const opinions: Readonly<Record<OpinionKind, string>> = {
	positive: "khẳng định",
	negative: "phủ định",
	investigate: "cần xem xét",
	withdrawn: "đã rút lại",
};

const decimal = (value: number) => value.toFixed(1).replace(".", ",");
const inAllOf = (inAll: number, now: number, hours: number) =>
	inAll === now ? "" : `, tính cả ${hours} giờ qua là ${inAll}`;

const percent = (share: number) => `${String(Number((share * 100).toPrecision(6))).replace(".", ",")} %`;
const dayOf = (at: string | null) => (at === null ? "không hết hạn" : `hết hạn ngày ${at.slice(0, 10)}`);

export const vietnamese = {
	quoted: ({ text }) => `“${text}”`,

	"adds-too-many": ({ added, inAll, allowed, hours }) =>
		`thêm ${added} mục${inAllOf(inAll, added, hours)}, chỉ được phép ${allowed}`,
	"touches-too-many": ({ touched, of, inAll, allowed, hours }) =>
		`thay đổi hoặc gỡ ra ${touched} trên ${of} mục${inAllOf(inAll, touched, hours)}, chỉ được phép ${allowed}`,
	surge: ({ hits, accounts, minutes, usualHits }) =>
		`${hits} trùng khớp từ khoảng ${accounts} tài khoản trong ${minutes} phút, thường chỉ có ${decimal(usualHits)}`,

	"removed-in-quarantine": () => "đang bị cách ly khi được gỡ ra",

	"rows-expired": ({ rows }) => `${rows} dòng đã hết hạn: không trùng khớp gì`,
	"opinions-conflict": ({ hashes }) => `${hashes} mã băm có hai ý kiến từ cùng một nguồn; dòng sau cùng được tính`,

	abandoned: () => "tệp chưa bao giờ được đọc hết",
	"bank-removed": () => "kho đã bị gỡ bỏ",
	"bank-put-back": () => "kho đã được đưa về bước trước",
	"asked-again": () => "người này đã đề nghị lại",

	malformed: ({ fields }) => `sai định dạng: ${fields.join(", ")}`,
	"ambiguous-date": ({ fields }) =>
		`sai định dạng: ${fields.join(", ")}; ngày và tháng có thể bị lẫn, hãy viết 2027-01-31`,
	"unknown-type": ({ known }) => `không có loại mã băm này ở đây; các loại có: ${known.join(", ")}`,
	"unread-type": ({ named, known }) => `mã băm ${named} chưa được đọc ở đây; các loại có: ${known.join(", ")}`,
	untyped: () => "64 chữ số hex có thể là sha256, pdq hoặc mã băm văn bản; hãy ghi rõ loại",
	"no-type-so-long": ({ hexDigits }) => `không có loại mã băm nào ở đây dài ${hexDigits} chữ số hex`,
	"no-known-hash": () => "không có mã băm thuộc loại được biết ở đây",
	"not-a-list-line": () => "không phải là dòng của danh sách mã băm",
	"not-utf8": () => "có phần không phải UTF-8; hãy lưu tệp theo bảng mã UTF-8",
	"wrong-length": ({ hashType, hexDigits }) => `mã băm ${hashType} phải có ${hexDigits} chữ số hex`,
	"not-an-object": () => "không phải là đối tượng JSON",
	"too-long": ({ mostCharacters }) => `dài hơn ${mostCharacters} ký tự`,
	"quote-within": () => "có dấu ngoặc kép giữa ô",
	"quote-open": () => "có dấu ngoặc kép chưa đóng",
	"all-zero": () => "mã băm toàn số 0",
	"empty-file": () => "mã băm của tệp rỗng",
	"low-entropy": ({ bitsSet }) => `quá ít chi tiết: ${bitsSet} trên 256 bit bằng 1`,
	"low-quality": ({ quality, lowest }) => `chất lượng ${quality}, dưới ${lowest}`,
	"reserved-source": ({ source }) => `tên nguồn \`${source}\` dành riêng cho quyết định tại đây; hãy đặt tên khác`,

	"radii-crossed": () => "bán kính chắc chắn lớn hơn bán kính có thể",
	"exemption-unbounded": () => "kho vô hại cần người phụ trách và ngày hết hạn",

	"switched-on": () => "kho lại được dùng để đối chiếu",
	"out-of-shadow": () => "kho thôi chạy thử: trùng khớp của kho được tính",
	"answers-for-more": ({ from, to }) => `kho trả lời cho ${percent(to)} nội dung, thay vì ${percent(from)}`,
	"strong-farther": ({ from, to }) => `trùng khớp là chắc chắn đến ${to} bit, thay vì ${from}`,
	"probable-farther": ({ from, to }) => `trùng khớp là có thể đến ${to} bit, thay vì ${from}`,
	"ends-later": ({ from, to }) => `kho ${dayOf(to)}, thay vì ${dayOf(from)}`,
	"becomes-trusted": () => "kho được tin cậy: một nguồn là đủ để tạm ẩn",
	"more-sources": ({ sources }) => `lời của ${sources.join(", ")} tự nó được tính`,
	"one-changes-more": ({ from, to }) =>
		`trong 24 giờ một người được thay đổi ${percent(to.share)} của kho hoặc thêm ${to.addedEntries} mục, thay vì ${percent(from.share)} hoặc ${from.addedEntries}`,
	"kill-switch-lifted": () => "ngắt của một mục được đóng: nội dung trùng với mục lại bị tạm ẩn",

	"settings-step": (bank) =>
		[
			`cài đặt: ${bank.enabled ? "đang dùng" : "đã tắt"}`,
			bank.trusted ? "tin cậy" : "không tin cậy",
			...(bank.sources.length > 0 ? [`nguồn ${bank.sources.join(" + ")}`] : []),
			...(bank.shadow ? ["chạy thử"] : []),
			...(bank.enabledRatio < 1 ? [`cho ${bank.enabledRatio * 100} % nội dung`] : []),
			`bán kính ${bank.tightRadiusBits}/${bank.wideRadiusBits}`,
		].join(", "),
	"entry-step": ({ hashType, opinions: said, isQuarantined }) =>
		[
			`mục ${hashType}`,
			...said.map(({ source, kind }) => `${source}: ${opinions[kind]}`),
			...(isQuarantined ? ["bị cách ly"] : []),
		].join(", "),
	"import-step": ({ origin, added, changed, removed }) =>
		`nhập ${origin}: thêm ${added}, thay đổi ${changed}, gỡ ra ${removed}`,
	"put-back-step": ({ toRevision, added, changed, removed }) =>
		`đưa về bước ${toRevision}: trở lại ${added}, thay đổi ${changed}, gỡ ra ${removed}`,
	"entry-removed-step": () => "gỡ một mục",
	"bank-removed-step": () => "gỡ bỏ kho cùng mọi mục",
} satisfies Statements;
