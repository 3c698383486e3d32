// What whoever reported something is told once people have decided, or decided to look again: which sentence it is, and the sentences. Coarse
// on purpose: they name nobody, and tell nothing that would warn whoever is reported.

export const reportAnswerCodes = [
	...(["removed", "agreed", "left", "not-agreed", "looking-again"] as const),
	/** After an appeal: it was removed, and may be shown again; or what was decided stands. */
	...(["put-back", "upheld"] as const),
] as const;
export type ReportAnswerCode = (typeof reportAnswerCodes)[number];

/** After it the report is open again. */
export function isAnswerFinal(code: ReportAnswerCode): boolean {
	return code !== "looking-again";
}

export const reportLanguages = ["vi", "en"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

export const reportAnswers = {
	en: {
		removed:
			"People have looked at what you reported. It must not be shown, and the platform has been told to take it down. Thank you for telling us.",
		agreed:
			"People have looked at what you reported, and agree with you: it must not be there. That place is not connected with us, so our people take it up with those who can act there. Thank you for telling us.",
		left: "People have looked at what you reported and left it where it is: they did not find that it breaks the rules that protect children. If you know more, write to us here. If a child is in danger, call 111 or 113.",
		"not-agreed":
			"People have looked into what you reported, and did not find something that they can act on. If you know more, write to us here. If a child is in danger, call 111 or 113.",
		"looking-again":
			"People are looking at what you reported once more. What we wrote before may change; we will tell you here.",
		"put-back":
			"Somebody asked us to look at what you reported once more. Other people than before have done so and decided differently: it may be shown again. What we wrote before no longer holds. If you know more, write to us here. If a child is in danger, call 111 or 113.",
		upheld:
			"As you asked, other people than before have looked at what you reported. They came to the same decision: what we wrote before stays. If you know more, write to us here. If a child is in danger, call 111 or 113.",
	},
	vi: {
		removed:
			"Chúng tôi đã xem nội dung bạn báo. Nội dung này không được phép hiển thị, và nền tảng đã được yêu cầu gỡ xuống. Cảm ơn bạn đã báo tin.",
		agreed:
			"Chúng tôi đã xem nội dung bạn báo và đồng ý với bạn: nội dung này không được phép có ở đó. Nơi đó không kết nối với chúng tôi, nên người của chúng tôi sẽ làm việc với những nơi có thể xử lý. Cảm ơn bạn đã báo tin.",
		left: "Chúng tôi đã xem nội dung bạn báo và để nguyên: chúng tôi không thấy nội dung này vi phạm các quy định bảo vệ trẻ em. Nếu bạn biết thêm điều gì, hãy viết cho chúng tôi ở đây. Nếu có trẻ em đang gặp nguy hiểm, hãy gọi 111 hoặc 113.",
		"not-agreed":
			"Chúng tôi đã tìm hiểu điều bạn báo và không thấy điều gì có thể xử lý. Nếu bạn biết thêm điều gì, hãy viết cho chúng tôi ở đây. Nếu có trẻ em đang gặp nguy hiểm, hãy gọi 111 hoặc 113.",
		"looking-again":
			"Chúng tôi đang xem lại nội dung bạn báo. Điều chúng tôi đã viết trước đây có thể thay đổi; chúng tôi sẽ cho bạn biết ở đây.",
		"put-back":
			"Có người đề nghị chúng tôi xem lại nội dung bạn báo. Những người khác với lần trước đã xem và quyết định khác: nội dung này được hiển thị lại. Điều chúng tôi đã viết trước đây không còn đúng. Nếu bạn biết thêm điều gì, hãy viết cho chúng tôi ở đây. Nếu có trẻ em đang gặp nguy hiểm, hãy gọi 111 hoặc 113.",
		upheld:
			"Theo đề nghị của bạn, những người khác với lần trước đã xem lại nội dung bạn báo. Họ đi đến cùng một quyết định: điều chúng tôi đã viết trước đây vẫn giữ nguyên. Nếu bạn biết thêm điều gì, hãy viết cho chúng tôi ở đây. Nếu có trẻ em đang gặp nguy hiểm, hãy gọi 111 hoặc 113.",
	},
} as const satisfies Readonly<Record<ReportLanguage, Readonly<Record<ReportAnswerCode, string>>>>;
