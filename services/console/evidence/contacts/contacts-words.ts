import type { ContactPicture } from "../../../core/conversations/contact-picture.ts";

type Row = Exclude<keyof ContactPicture, "gapYears">;

const en = {
	title: "Whom the author writes to",
	asks: (ledAway: string, days: string) =>
		`Began contacts with new or much younger accounts within ${days} days, and led ${ledAway} of them to places off the platform`,
	counted: (begun: string, days: string) => `Began ${begun} contacts within ${days} days`,
	unit: "accounts",
	years: "years",
	rows: {
		begun: "It wrote to first",
		received: "Wrote to it first",
		unanswered: "It wrote to first, not answered",
		toNew: "It wrote to first, made within 30 days before",
		moved: "It wrote to first, named a place off the platform",
		ledAway: "New or much younger ones that answered, and were named such a place then",
		younger: "Minors it wrote to first as an adult at least 5 years older, where ages are given",
		youngerLedAway: "Of these minors: led away",
	} satisfies Record<Row, string>,
	afresh: "Led away since people last let be what it writes",
	afreshYounger: "Of these led away: much younger",
	begunShare: "Share of contacts that it began",
	unansweredShare: "Share of contacts it began that were not answered",
	gapYears: "Middle difference in age to these minors",
	noContent: (days: string) =>
		`Counted over ${days} days from who wrote to whom and when. Nothing of what was said is kept for it.`,
	caution: "Recruiters, hosts and helpers look alike. It says nothing of what was said.",
};

const vi: typeof en = {
	title: "Tác giả nhắn cho ai",
	asks: (ledAway, days) =>
		`Đã chủ động liên hệ các tài khoản mới hoặc nhỏ tuổi hơn nhiều trong ${days} ngày và dẫn ${ledAway} tài khoản ra ngoài nền tảng`,
	counted: (begun, days) => `Đã chủ động liên hệ ${begun} tài khoản trong ${days} ngày`,
	unit: "tài khoản",
	years: "năm",
	rows: {
		begun: "Tài khoản này nhắn trước",
		received: "Nhắn trước cho tài khoản này",
		unanswered: "Được nhắn trước, chưa trả lời",
		toNew: "Được nhắn trước, mới lập trong 30 ngày trước đó",
		moved: "Được nhắn trước, được chỉ đến nơi ngoài nền tảng",
		ledAway: "Tài khoản mới hoặc nhỏ tuổi hơn nhiều đã trả lời, rồi được chỉ đến nơi như vậy",
		younger: "Người chưa thành niên được người lớn hơn ít nhất 5 tuổi nhắn trước, khi có tuổi",
		youngerLedAway: "Trong số người chưa thành niên này: bị dẫn ra ngoài",
	},
	afresh: "Bị dẫn ra từ lần gần nhất con người để nguyên những gì tài khoản viết",
	afreshYounger: "Trong số bị dẫn ra này: nhỏ tuổi hơn nhiều",
	begunShare: "Tỷ lệ liên hệ do tài khoản này bắt đầu",
	unansweredShare: "Tỷ lệ liên hệ do tài khoản này bắt đầu mà không được trả lời",
	gapYears: "Chênh lệch tuổi trung vị với người chưa thành niên này",
	noContent: (days) => `Đếm trong ${days} ngày theo ai nhắn cho ai và khi nào. Không lưu lời nào đã nói.`,
	caution: "Người tuyển dụng, người tổ chức và người giúp đỡ cũng trông như vậy. Điều này không cho biết đã nói gì.",
};

export const contactsWords = { en, vi };
