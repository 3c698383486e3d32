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
	label: (label) => `Gắn nhãn ${label}`,
	raise: (points) => `Tăng mức khẩn thêm ${points}`,
	limitSpread: "Quy tắc đề nghị hạn chế lan truyền mục này cho đến khi có người quyết định.",
	friction: "Quy tắc đề nghị nền tảng làm chậm tài khoản này: bắt chờ, hỏi lại, giới hạn.",
};

export const ruleWords = { en, vi };
