// What an outbreak is of and why it ended, for the log of acts, the command line and the console.
import type { SpreadState } from "../core/outbreaks/limits.ts";
import type { OutbreakEnd } from "../core/outbreaks/outbreak.ts";
import type { SubjectKind } from "../core/outbreaks/subject.ts";

export interface OutbreakWords {
	readonly subjects: Readonly<Record<SubjectKind, string>>;
	readonly ends: Readonly<Record<OutbreakEnd, string>>;
	readonly spread: Readonly<Record<SpreadState, string>>;
}

export const outbreakWordsEn: OutbreakWords = {
	subjects: {
		cluster: "one picture, text or link",
		link: "one link, whatever is said beside it",
		domain: "links to one domain",
		account: "one account",
		bank: "one bank's matches",
		rule: "one rule's findings",
		platform: "one platform's findings",
	},
	ends: {
		"growth-ended": "it grows no more, and nobody had decided",
		decided: "people decided",
		"not-watched": "the count began anew and knows nothing of it",
	},
	spread: {
		recommended: "limit recommended",
		machine: "limited by policy",
		person: "limited by a person",
		lifted: "limit lifted",
	},
};

export const outbreakWordsVi: OutbreakWords = {
	subjects: {
		cluster: "một hình ảnh, văn bản hoặc liên kết",
		link: "một liên kết, dù kèm lời gì",
		domain: "các liên kết tới một tên miền",
		account: "một tài khoản",
		bank: "các mục khớp với một kho",
		rule: "các mục do một quy tắc tìm thấy",
		platform: "các mục tìm thấy trên một nền tảng",
	},
	ends: {
		"growth-ended": "không còn lan thêm, và chưa ai quyết định",
		decided: "đã có người quyết định",
		"not-watched": "việc đếm bắt đầu lại và không còn theo dõi",
	},
	spread: {
		recommended: "nên hạn chế",
		machine: "đã hạn chế theo chính sách",
		person: "đã có người hạn chế",
		lifted: "đã bỏ hạn chế",
	},
};
