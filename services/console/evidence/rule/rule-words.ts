const en = {
	name: (rule: string) => `Rule “${rule}” holds`,
	failed: (rule: string) => `Rule “${rule}” could not be worked out`,
	revision: (revision: number) => `Revision ${revision} of the rule`,
	shadow: "on trial",
	canary: "in use for a part of the accounts",
	snoozed: {
		account: (until: string) => `Snoozed for this account until ${until}: nothing follows from it.`,
		cluster: (until: string) => `Snoozed for this cluster until ${until}: nothing follows from it.`,
	},
	answered: (at: string, until: string) =>
		`People let this account be on ${at}: nothing follows from it until ${until}, unless it counts as much again as they saw.`,
	askedBefore: {
		"as-much-again": (at: string) =>
			`People let this account be on ${at}. The rule asks again: it counts as much again as they saw then.`,
		"long-ago": (at: string) => `People let this account be on ${at}. The rule asks again: that was long ago.`,
	},
	ofAccount:
		"It asks about the account. Where the case is the account's and people let it be, the rule is silent about it for as long as the policy says, or until it counts as much again.",
	label: (label: string) => `Labelled ${label}`,
	raise: (points: number) => `Adds ${points} to the urgency`,
	limitSpread: "It recommends that the item spread less until somebody has decided.",
	friction: "It recommends that the platform slow the account down: a wait, a question, a limit.",
};

const vi: typeof en = {
	name: (rule) => `Khớp quy tắc “${rule}”`,
	failed: (rule) => `Không tính được quy tắc “${rule}”`,
	revision: (revision) => `Quy tắc bản ${revision}`,
	shadow: "đang chạy thử",
	canary: "đang dùng cho một phần tài khoản",
	snoozed: {
		account: (until) => `Đã tạm ngưng với tài khoản này đến ${until}: không có tác dụng gì.`,
		cluster: (until) => `Đã tạm ngưng với cụm này đến ${until}: không có tác dụng gì.`,
	},
	answered: (at, until) =>
		`Con người đã để yên tài khoản này lúc ${at}: không có tác dụng gì đến ${until}, trừ khi số đếm được gấp đôi điều họ đã xem.`,
	askedBefore: {
		"as-much-again": (at) =>
			`Con người đã để yên tài khoản này lúc ${at}. Quy tắc hỏi lại vì số đếm được đã gấp đôi điều họ xem khi đó.`,
		"long-ago": (at) => `Con người đã để yên tài khoản này lúc ${at}. Quy tắc hỏi lại vì việc đó đã lâu.`,
	},
	ofAccount:
		"Quy tắc hỏi về tài khoản. Nếu vụ việc là của tài khoản và con người để yên, quy tắc im lặng về tài khoản trong thời gian chính sách định, hoặc cho đến khi số đếm được tăng gấp đôi.",
	label: (label) => `Gắn nhãn ${label}`,
	raise: (points) => `Tăng mức khẩn thêm ${points}`,
	limitSpread: "Quy tắc đề nghị hạn chế lan truyền mục này cho đến khi có người quyết định.",
	friction: "Quy tắc đề nghị nền tảng làm chậm tài khoản này: bắt chờ, hỏi lại, giới hạn.",
};

export const ruleWords = { en, vi };
