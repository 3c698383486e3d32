const en = {
	title: "Words in the picture",
	caution: "A machine read them, and may have misread.",
	said: (sentence: string) => `${sentence}, in the picture's words`,
	typed: {
		title: "Words in the document",
		said: (sentence: string) => `${sentence}, in the document's words`,
	},
};

const vi: typeof en = {
	title: "Chữ trong hình ảnh",
	caution: "Máy đọc các chữ này và có thể đọc nhầm.",
	said: (sentence) => `${sentence}, theo chữ trong hình ảnh`,
	typed: {
		title: "Chữ trong tài liệu",
		said: (sentence) => `${sentence}, theo chữ trong tài liệu`,
	},
};

export const writtenWords = { en, vi };
