const en = {
	title: {
		remove: { same: "People removed the very same before", near: "People removed near copies before" },
		restore: { same: "People let the very same be", near: "People let near copies be" },
		differ: {
			same: "People decided differently about the very same before",
			near: "People decided differently about near copies before",
		},
	},
	distance: (bits: number) => `${bits} of 256 bits away from what its copies are compared with`,
	decidedCase: "The case that was decided",
};

const vi: typeof en = {
	title: {
		remove: { same: "Chính nội dung này đã bị gỡ trước đây", near: "Các bản gần giống đã bị gỡ trước đây" },
		restore: { same: "Chính nội dung này đã được giữ lại", near: "Các bản gần giống đã được giữ lại" },
		differ: {
			same: "Trước đây đã có những quyết định khác nhau về chính nội dung này",
			near: "Trước đây đã có những quyết định khác nhau về các bản gần giống",
		},
	},
	distance: (bits) => `cách bản dùng để so sánh ${bits} trên 256 bit`,
	decidedCase: "Hồ sơ đã được quyết định",
};

export const decidedWords = { en, vi };
