import type { EntryStanding, OpinionKind } from "../../../core/banks/bank.ts";

const en = {
	exempt: "Listed as harmless",
	shadow: "On trial: this bank changes nothing yet",
	distanceOf: (bits: number, radius: number) => `${bits} of ${radius} bits`,
	gauge: (bits: number, tight: number, wide: number) =>
		`Distance ${bits} bits; strong up to ${tight}, probable up to ${wide}`,
	strongUpTo: (bits: number) => `strong ≤ ${bits}`,
	probableUpTo: (bits: number) => `probable ≤ ${bits}`,
	bank: "Bank",
	trusted: "trusted",
	standing: "Entry",
	standings: {
		confirmed: "confirmed",
		probable: "probable",
		disputed: "disputed",
		cleared: "cleared",
	} satisfies Record<EntryStanding, string>,
	now: "Entry now",
	gone: "no longer in its bank",
	quarantined: "in quarantine",
	opinions: {
		positive: "positive",
		negative: "negative",
		investigate: "investigate",
		withdrawn: "withdrawn",
	} satisfies Record<OpinionKind, string>,
	ownSource: "our people",
	sources: (count: number) =>
		count === 1 ? "one independent source says positive" : `${count} independent sources say positive`,
	only: "Counts only",
	onlyIn: { en: "in English", vi: "in Vietnamese" },
	onlyBeside: (terms: number, before: number, after: number) =>
		`beside ${terms === 1 ? "another term" : `one of ${terms} others`}, up to ${before} words before it and ${after} after`,
	frames: "Stills in common",
	framesOf: (item: number, entry: number) => `${item} % of this video's, ${entry} % of the known one's`,
	sound: "Sound in common",
	soundOf: (item: number, entry: number) => `${item} % of what is heard here, ${entry} % of the known one`,
	within: "In the file",
	copy: "Copy",
	quality: "Quality",
	qualities: (item: string, entry: string) => `item ${item}, entry ${entry}`,
	unknown: "unknown",
	exemptedBy: (bank: string) => `Listed as harmless in bank ${bank}`,
	seen: (seconds: string, from: string, segments: number) =>
		segments === 1 ? `shown ${seconds} s at ${from}` : `shown ${seconds} s in ${segments} places, first at ${from}`,
	heard: (seconds: string, from: string, segments: number) =>
		segments === 1 ? `heard ${seconds} s at ${from}` : `heard ${seconds} s in ${segments} places, first at ${from}`,
};

const vi: typeof en = {
	exempt: "Thuộc danh sách vô hại",
	shadow: "Đang chạy thử: kho này chưa có tác dụng",
	distanceOf: (bits, radius) => `${bits} trên ${radius} bit`,
	gauge: (bits, tight, wide) => `Khoảng cách ${bits} bit; mạnh đến ${tight}, có khả năng đến ${wide}`,
	strongUpTo: (bits) => `mạnh ≤ ${bits}`,
	probableUpTo: (bits) => `có khả năng ≤ ${bits}`,
	bank: "Kho mã băm",
	trusted: "tin cậy",
	standing: "Bản ghi",
	standings: { confirmed: "đã xác nhận", probable: "có khả năng", disputed: "có tranh cãi", cleared: "đã loại trừ" },
	now: "Hiện nay",
	gone: "không còn trong kho",
	quarantined: "đang bị cách ly",
	opinions: { positive: "khẳng định", negative: "phủ định", investigate: "cần xem xét", withdrawn: "đã rút lại" },
	ownSource: "người của ta",
	sources: (count) => `${count} nguồn độc lập khẳng định`,
	only: "Chỉ tính",
	onlyIn: { en: "trong tiếng Anh", vi: "trong tiếng Việt" },
	onlyBeside: (terms, before, after) =>
		`cạnh ${terms === 1 ? "một từ khóa khác" : `một trong ${terms} từ khóa khác`}, cách tối đa ${before} từ phía trước và ${after} từ phía sau`,
	frames: "Khung hình chung",
	framesOf: (item, entry) => `${item} % của video này, ${entry} % của video đã biết`,
	sound: "Âm thanh chung",
	soundOf: (item, entry) => `${item} % âm thanh ở đây, ${entry} % của âm thanh đã biết`,
	within: "Trong tệp",
	copy: "Dạng bản sao",
	quality: "Chất lượng",
	qualities: (item, entry) => `mục này ${item}, bản ghi ${entry}`,
	unknown: "không rõ",
	exemptedBy: (bank) => `Thuộc danh sách vô hại trong kho ${bank}`,
	seen: (seconds, from, segments) =>
		segments === 1 ? `hiện ${seconds} giây ở ${from}` : `hiện ${seconds} giây ở ${segments} chỗ, lần đầu ở ${from}`,
	heard: (seconds, from, segments) =>
		segments === 1
			? `nghe thấy ${seconds} giây từ ${from}`
			: `nghe thấy ${seconds} giây ở ${segments} chỗ, lần đầu từ ${from}`,
};

export const matchedWords = { en, vi };
