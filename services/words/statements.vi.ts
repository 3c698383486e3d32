import { type OpinionKind, ownSource } from "../core/banks/bank.ts";
import type { FieldRule, NamedThing } from "../core/fault.ts";
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

const rules: Readonly<Record<FieldRule, string>> = {
	invalid_type: "sai kiểu",
	too_big: "quá lớn",
	too_small: "quá nhỏ",
	invalid_format: "sai định dạng",
	not_multiple_of: "không chia hết cho bước đã định",
	unrecognized_keys: "có trường không được biết",
	invalid_union: "không thuộc dạng nào được nhận",
	invalid_key: "có khóa không hợp lệ",
	invalid_element: "có phần tử không hợp lệ",
	invalid_value: "giá trị không hợp lệ",
	"not-allowed": "không được phép",
	"unstorable-text": "phải là Unicode đúng dạng, không có ký tự NUL",
	"not-a-time": "phải là thời điểm theo RFC 3339, ví dụ 2026-11-24T09:00:00Z",
	"time-without-zone": "thiếu múi giờ: Z, hoặc độ lệch như +07:00",
	"no-such-moment": "nêu ngày, giờ hoặc độ lệch không có thật",
	"lies-ahead": "nằm ở tương lai",
	"lies-behind": "đã qua; phải là một thời điểm sắp tới",
	"outside-of-years": "nằm ngoài các năm 0001 đến 9999 (UTC), là tất cả những gì lưu được",
	"url-and-object-key": "url và objectKey không được đi cùng nhau",
	"url-or-object-key": "cần url hoặc objectKey",
	"media-without-data": "sự kiện về tệp cần data hoặc data_base64",
	"bytes-of-no-media": "chỉ tệp ảnh, phim mới được gửi dưới dạng byte",
	"of-another-platform": "không thuộc nền tảng này",
	"names-no-scope": "ngoại lệ phải nêu nền tảng, nơi hiển thị hoặc quốc gia",
	"too-many-countries": "nhiều nhất 60 quốc gia có thể có ngoại lệ",
	"scope-twice": "có hai ngoại lệ cho cùng nền tảng, nơi hiển thị và quốc gia",
	"no-such-platform": "không có nền tảng như vậy",
	"withheld-by-a-machine": "máy chỉ tự giữ lại K1 và K2; bậc này nhiều nhất là hỏi người",
	"known-goes-unseen": "K1 và K2 phải được giữ lại, hoặc phải có người xem",
	"name-form": "chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối",
	"share-too-small": "là 0, hoặc từ 0,000001 đến 1",
	"does-nothing": "không nêu hệ quả nào",
	"own-source": `${ownSource} là lời của chính người của ta và luôn được tính; không danh sách nào được mang tên ${ownSource}`,
};

const limitOf = (rule: FieldRule, limit: number | undefined) =>
	limit === undefined ? "" : ` (${rule === "too_big" ? "nhiều nhất" : "ít nhất"} ${limit})`;

const things: Readonly<Record<NamedThing, string>> = {
	bank: "không có kho như vậy",
	draft: "không có bản nháp như vậy",
	proposal: "không có đề nghị nào đang chờ mang mã đó",
	entry: "mục không còn, hoặc chưa từng có, trong kho",
	"entry-of-case": "không nội dung nào của vụ việc này khớp mục như vậy",
	snooze: "không có lần tạm ngưng như vậy đang còn hiệu lực",
	platform: "không có nền tảng này",
	cluster: "không có cụm này",
	rule: "không có quy tắc này",
	"breaker-scope": "không có gì mang mã đó để cầu dao ngắt",
};

const decidedThings = { draft: "bản nháp", proposal: "đề nghị" } as const;
const decidedStates: Readonly<Record<string, string>> = {
	accepted: "được chấp nhận",
	applied: "được thực hiện",
	rejected: "bị từ chối",
	withdrawn: "được rút lại",
	building: "đang được đọc",
	open: "mở",
};

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

	"category-unknown": ({ category, nearest, known }) =>
		`không có nhóm vi phạm ${category} (${nearest === null ? `hiện có: ${known.join(", ")}` : `có phải là ${nearest}?`})`,

	"field-refused": ({ field, rule, limit, allowed }) =>
		`${field}: ${rules[rule]}${limitOf(rule, limit)}${allowed === undefined ? "" : ` (một trong: ${allowed.join(", ")})`}`,
	"fields-left-out": ({ count }) => `và ${count} lỗi nữa`,
	"not-json": () => "giá trị không phải JSON viết bằng UTF-8",
	"event-type-unknown": () => "loại sự kiện không được biết ở đây",
	"source-of-nobody": () => "nguồn không thuộc nền tảng nào",
	"platform-disabled": () => "nền tảng đang bị tắt",
	"not-signed": () => "không được ký bằng khóa của nền tảng có nguồn đó",
	"bytes-gone": () => "không còn lấy được nội dung tệp",
	"evidence-refused": () => "kho tệp không nhận nội dung tệp",
	"step-failed-always": () => "một bước xử lý lần nào cũng hỏng",

	"not-there": ({ what }) => things[what],
	"no-such-revision": ({ revision }) => `không có bản sửa đổi ${revision}`,
	"nothing-to-go-back-to": () => "không có bản nào để quay về",
	"other-revision": ({ base, inForce }) => `được soạn theo bản ${base}, trong khi bản ${inForce} đang có hiệu lực`,
	"rule-at-stage": ({ stage }) => `quy tắc đang ở bước ${stage}, không chuyển thẳng được`,
	"rule-unreadable": () => "không hỏi được quy tắc như đang viết; xem lý do trong ô soạn",
	"decided-already": ({ what, state }) =>
		`${decidedThings[what]} đã ${decidedStates[state] ?? `ở trạng thái ${state}`}`,
	"takes-no-more-rows": () => "bản nháp không nhận thêm dòng nào nữa",
	"changed-meanwhile": ({ settings }) =>
		`đã thay đổi từ khi đề nghị: ${settings.join(", ")}; hãy xem lại bây giờ nó sẽ làm gì`,
	"password-too-short": ({ fewestCharacters }) => `mật khẩu có ít nhất ${fewestCharacters} ký tự`,
	"password-too-long": ({ mostCharacters }) => `mật khẩu có nhiều nhất ${mostCharacters} ký tự`,
	"password-guessable": () =>
		"mật khẩu này quá dễ đoán: chỉ gồm từ thông dụng, tên, phần lặp lại hoặc dãy phím liền nhau",
	"password-unchanged": () => "mật khẩu mới trùng với mật khẩu cũ",
	"full-view-needs-more": () => "mức 5 cần lý do và mật khẩu",
	"model-live-already": ({ model }) => `${model} đang được dùng; chỉ mô hình khác mới chạy thử bên cạnh được`,
	"no-shadow-model": () => "không có mô hình nào đang chạy thử",

	abandoned: () => "tệp chưa bao giờ được đọc hết",
	"bank-removed": () => "kho đã bị gỡ bỏ",
	"bank-put-back": () => "kho đã được đưa về bước trước",
	"asked-again": () => "người này đã đề nghị lại",

	malformed: ({ fields }) => `sai định dạng: ${fields.map(describeField).join(", ")}`,
	"ambiguous-date": ({ fields }) =>
		`sai định dạng: ${fields.join(", ")}; ngày và tháng có thể bị lẫn, hãy viết 2027-01-31`,
	"unknown-type": ({ known }) => `không có loại mã băm này ở đây; các loại có: ${known.join(", ")}`,
	"unread-type": ({ named, known }) => `mã băm ${named} chưa được đọc ở đây; các loại có: ${known.join(", ")}`,
	untyped: () => "64 chữ số hex có thể là sha256, pdq hoặc mã băm văn bản; hãy ghi rõ loại",
	"prefix-or-checksum": () =>
		"8 chữ số hex có thể là phần đầu mã băm của một liên kết (khi đó hãy ghi loại: link-prefix), hoặc là CRC-32, thứ không dùng để tìm ở đây được",
	"no-type-so-long": ({ hexDigits }) => `không có loại mã băm nào ở đây dài ${hexDigits} chữ số hex`,
	"no-known-hash": () => "không có mã băm thuộc loại được biết ở đây",
	"not-a-list-line": () => "không phải là dòng của danh sách mã băm",
	"not-an-address-line": () => "không phải là dòng của danh sách địa chỉ đọc được ở đây",
	"no-word": () => "từ khóa không có chữ nào",
	"too-many-words": () => "từ khóa có quá nhiều tiếng; câu dài hơn là văn bản đã biết (bank add --text)",
	"not-an-address": () => "không phải địa chỉ trang mạng, cũng không phải mã băm của một địa chỉ",
	"public-suffix": () => "là hậu tố công cộng mà ai cũng đăng ký được: liệt kê nó là liệt kê tất cả",
	"not-utf8": () => "có phần không phải UTF-8; hãy lưu tệp theo bảng mã UTF-8",
	"wrong-length": ({ hashType, hexDigits }) => `mã băm ${hashType} phải có ${hexDigits} chữ số hex`,
	"no-frames": () => "không phải danh sách khung hình của video (vPDQ): JSON như ThreatExchange ghi",
	"frames-without-structure": () => "video hoặc âm thanh có quá ít chi tiết riêng để so sánh",
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
	"fewer-frames": ({ from, to }) =>
		`video là đã biết khi ${percent(to.ofItem)} khung hình của nó và ${percent(to.ofEntry)} khung hình của video đã biết trùng nhau, thay vì ${percent(from.ofItem)} và ${percent(from.ofEntry)}`,
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

/** A column of a bank file, and what should stand in it. */
const bankFields: Readonly<Record<string, string>> = {
	quality: "quality (số nguyên từ 0 đến 100)",
	opinion: "opinion (positive, negative, investigate hoặc withdrawn)",
	severity: "severity (số nguyên từ 0 đến 5)",
	expires: "expires (hãy viết ngày như 2027-01-31)",
	categories: "categories (ngăn cách bằng dấu chấm phẩy, mỗi nhóm nhiều nhất 64 ký tự, không có khoảng trắng)",
	externalId: "external_id (một dòng, nhiều nhất 256 ký tự)",
	source: "source (một dòng, nhiều nhất 128 ký tự)",
	note: "note (nhiều nhất 1.000 ký tự, không có ký tự điều khiển)",
};

function describeField(field: string): string {
	return bankFields[field] ?? field;
}
