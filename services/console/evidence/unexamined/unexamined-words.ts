import type { ExaminingKind } from "../../../core/policy/legal-basis.ts";

const en = {
	title: "Not examined",
	of: {
		matched: "It was not compared with known content, for want of a legal basis",
		scored: "No model was asked, for want of a legal basis",
		rule: "No rule was asked, for want of a legal basis",
		contacts: "It was not gathered who writes to whom, for want of a legal basis",
	} satisfies Record<ExaminingKind, string>,
	otherLanguage: "The text model does not know the language and was not asked",
	caution: "That says nothing of what it is.",
};

const vi: typeof en = {
	title: "Chưa kiểm tra",
	of: {
		matched: "Chưa được đối chiếu với nội dung đã biết vì thiếu căn cứ pháp lý",
		scored: "Chưa hỏi mô hình nào vì thiếu căn cứ pháp lý",
		rule: "Chưa áp dụng quy tắc nào vì thiếu căn cứ pháp lý",
		contacts: "Chưa thu thập ai nhắn cho ai vì thiếu căn cứ pháp lý",
	},
	otherLanguage: "Mô hình văn bản không biết ngôn ngữ này nên không được hỏi",
	caution: "Điều đó không nói lên nội dung này là gì.",
};

export const unexaminedWords = { en, vi };
