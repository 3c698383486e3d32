const en = {
	title: {
		remove: {
			same: "People removed the very same before",
			picture: "People removed near copies before",
			text: "People removed a text like this before",
			video: "People removed a video like this before",
			link: "People called what it links to harmful; that was not about what it says itself",
		},
		restore: {
			same: "People let the very same be",
			picture: "People let near copies be",
			text: "People let a text like this be",
			video: "People let a video like this be",
			link: "People let be what it links to",
		},
		differ: {
			same: "People decided differently about the very same before",
			picture: "People decided differently about near copies before",
			text: "People decided differently about texts like this before",
			video: "People decided differently about videos like this before",
			link: "People decided differently about what it links to",
		},
	},
	distance: (bits: number) => `${bits} of 256 bits away from what its copies are compared with`,
	decidedCase: "The case that was decided",
};

const vi: typeof en = {
	title: {
		remove: {
			same: "Chính nội dung này đã bị gỡ trước đây",
			picture: "Các bản gần giống đã bị gỡ trước đây",
			text: "Văn bản gần giống thế này đã bị gỡ trước đây",
			video: "Video gần giống thế này đã bị gỡ trước đây",
			link: "Nơi nó liên kết tới đã được quyết định là có hại; quyết định đó không nói về bản thân lời viết",
		},
		restore: {
			same: "Chính nội dung này đã được giữ lại",
			picture: "Các bản gần giống đã được giữ lại",
			text: "Văn bản gần giống thế này đã được giữ lại",
			video: "Video gần giống thế này đã được giữ lại",
			link: "Nơi nó liên kết tới đã được giữ lại",
		},
		differ: {
			same: "Trước đây đã có những quyết định khác nhau về chính nội dung này",
			picture: "Trước đây đã có những quyết định khác nhau về các bản gần giống",
			text: "Trước đây đã có những quyết định khác nhau về các văn bản gần giống",
			video: "Trước đây đã có những quyết định khác nhau về các video gần giống",
			link: "Trước đây đã có những quyết định khác nhau về nơi nó liên kết tới",
		},
	},
	distance: (bits) => `cách bản dùng để so sánh ${bits} trên 256 bit`,
	decidedCase: "Vụ việc đã được quyết định",
};

export const decidedWords = { en, vi };
