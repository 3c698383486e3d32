// Sentences that the server says in English, and keeps so: why an import needs a second person, why a line was refused, why an entry
// is in quarantine, what a step of a bank's history was. One that is not known here is shown as it came.

const opinions: Readonly<Record<string, string>> = {
	positive: "khẳng định",
	negative: "phủ định",
	investigate: "cần xem xét",
	withdrawn: "đã rút lại",
};

const wordsOfSettings: Readonly<Record<string, string>> = {
	enabled: "đang dùng",
	disabled: "đã tắt",
	trusted: "tin cậy",
	"not trusted": "không tin cậy",
	"in shadow": "chạy thử",
};

const sentences: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
	[/^it adds (\d+) entries, and (\d+) are allowed$/, (added, allowed) => `thêm ${added} mục, chỉ được phép ${allowed}`],
	[
		/^it adds (\d+) entries, (\d+) with those of the last (\d+) hours, and (\d+) are allowed$/,
		(added, all, hours, allowed) => `thêm ${added} mục, tính cả ${hours} giờ qua là ${all}, chỉ được phép ${allowed}`,
	],
	[
		/^it changes or removes (\d+) of (\d+) entries, and (\d+) are allowed$/,
		(touched, of, allowed) => `thay đổi hoặc gỡ ra ${touched} trên ${of} mục, chỉ được phép ${allowed}`,
	],
	[
		/^it changes or removes (\d+) of (\d+) entries, (\d+) with those of the last (\d+) hours, and (\d+) are allowed$/,
		(touched, of, all, hours, allowed) =>
			`thay đổi hoặc gỡ ra ${touched} trên ${of} mục, tính cả ${hours} giờ qua là ${all}, chỉ được phép ${allowed}`,
	],
	[
		/^(\d+) matches from about (\d+) accounts in (\d+) minutes, where ([\d.]+) are usual$/,
		(matches, accounts, minutes, usual) =>
			`${matches} trùng khớp từ khoảng ${accounts} tài khoản trong ${minutes} phút, thường chỉ có ${usual}`,
	],
	[/^all-zero hash$/, () => "mã băm toàn số 0"],
	[/^hash of an empty file$/, () => "mã băm của tệp rỗng"],
	[/^low entropy: (\d+) of 256 bits are set$/, (set) => `quá ít chi tiết: ${set} trên 256 bit bằng 1`],
	[/^quality (\d+) is below (\d+)$/, (quality, lowest) => `chất lượng ${quality}, dưới ${lowest}`],
	[
		/^malformed (.+); a day and a month can be taken for each other: write (.+)$/,
		(fields, example) => `sai định dạng: ${fields}; ngày và tháng có thể bị lẫn, hãy viết ${example}`,
	],
	[
		/^there is no such type of hash here; there are: (.+)$/,
		(types) => `không có loại mã băm này ở đây; các loại có: ${types}`,
	],
	[
		/^(.+) hashes are not read here; there are: (.+)$/,
		(type, types) => `mã băm ${type} chưa được đọc ở đây; các loại có: ${types}`,
	],
	[
		/^not all of it is UTF-8; save the file as UTF-8$/,
		() => "có phần không phải UTF-8; hãy lưu tệp theo bảng mã UTF-8",
	],
	[
		/^64 hex digits may be sha256, pdq or a text's hash; say which$/,
		() => "64 chữ số hex có thể là sha256, pdq hoặc mã băm văn bản; hãy ghi rõ loại",
	],
	[
		/^no type of hash that is known here has (\d+) hex digits$/,
		(digits) => `không có loại mã băm nào ở đây dài ${digits} chữ số hex`,
	],
	[/^no hash of a type that is known here$/, () => "không có mã băm thuộc loại được biết ở đây"],
	[/^not a line of a list of hashes$/, () => "không phải là dòng của danh sách mã băm"],
	[/^malformed (.+)$/, (fields) => `sai định dạng: ${fields}`],
	[/^an? ([\w-]+) hash has (\d+) hex digits$/, (type, digits) => `mã băm ${type} phải có ${digits} chữ số hex`],
	[
		/^`here` is kept for what is decided here/,
		() => "tên nguồn `here` dành riêng cho quyết định tại đây; hãy đặt tên khác",
	],
	[/^not a JSON object$/, () => "không phải là đối tượng JSON"],
	[/^the tight radius is wider than the wide one$/, () => "bán kính chắc chắn lớn hơn bán kính có thể"],
	[/^an exemption bank needs an owner and an expiry$/, () => "kho vô hại cần người phụ trách và ngày hết hạn"],
	[/^removed with all its entries$/, () => "gỡ bỏ kho cùng mọi mục"],
	[/^entry removed$/, () => "gỡ một mục"],
	[/^(\w+) entry, (.*)$/, (type, said) => `mục ${type}, ${sayOpinions(said)}`],
	[/^settings: (.*)$/, (said) => `cài đặt: ${said.split(", ").map(saySetting).join(", ")}`],
	[/^withholds come too fast$/, () => "lệnh tạm ẩn đến quá nhanh"],
];

export function machineSays(text: string): string {
	for (const [pattern, say] of sentences) {
		const [found, ...parts] = pattern.exec(text) ?? [];
		if (found !== undefined) return say(...parts);
	}
	return text;
}

function sayOpinions(said: string): string {
	return said
		.split(", ")
		.map((part) => {
			if (part === "in quarantine") return "bị cách ly";
			const [, source, opinion] = /^(.*): (\w+)$/.exec(part) ?? [];
			return opinion === undefined ? part : `${source}: ${opinions[opinion] ?? opinion}`;
		})
		.join(", ");
}

function saySetting(part: string): string {
	const [, share] = /^for ([\d.]+) % of content$/.exec(part) ?? [];
	if (share !== undefined) return `cho ${share} % nội dung`;
	const [, sources] = /^sources (.+)$/.exec(part) ?? [];
	if (sources !== undefined) return `nguồn ${sources}`;
	const [, radii] = /^radii (.+)$/.exec(part) ?? [];
	return radii === undefined ? (wordsOfSettings[part] ?? part) : `bán kính ${radii}`;
}
