// What an outbreak is of and why it ended, for the log of acts, the command line and the console.
import type { OutbreakEnd } from "../core/outbreaks/outbreak.ts";
import type { SubjectKind } from "../core/outbreaks/subject.ts";

export interface OutbreakWords {
	readonly subjects: Readonly<Record<SubjectKind, string>>;
	readonly ends: Readonly<Record<OutbreakEnd, string>>;
}

export const outbreakWordsEn: OutbreakWords = {
	subjects: {
		cluster: "one picture",
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
};

export const outbreakWordsVi: OutbreakWords = {
	subjects: {
		cluster: "một hình ảnh",
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
};
