import type { ReportShelf } from "../../core/ports/report-store.ts";
import type { ReportSource, ReportSubject } from "../../core/reports/report.ts";

const shelves: Readonly<Record<ReportShelf, string>> = {
	waiting: "Đang chờ",
	answered: "Đã trả lời",
	withdrawn: "Đã rút",
};
const subjects: Readonly<Record<ReportSubject, string>> = {
	"abuse-picture": "Hình ảnh, video xâm hại",
	grooming: "Dụ dỗ trẻ em",
	extortion: "Tống tiền, đe dọa bằng hình ảnh",
	"own-picture": "Hình riêng tư bị đưa lên mạng",
	violence: "Bạo lực hoặc bỏ rơi",
	other: "Việc khác",
};
const sources: Readonly<Record<ReportSource, string>> = {
	public: "người dân",
	"platform-user": "người dùng của nền tảng",
	"trusted-flagger": "bên báo tin tin cậy",
	hotline: "đường dây nóng",
	partner: "đối tác",
};

export const reports = {
	title: "Tin báo",
	intro: "Những điều người dân báo. Họ đọc tin nhắn của bạn bằng mã nhận; họ không thấy tên bạn.",
	shelf: "Loại nào",
	shelves,
	subjects,
	sources,
	danger: "Có trẻ đang gặp nguy hiểm",
	none: "Không có tin nào.",
	columns: { about: "Việc", where: "Ở đâu", received: "Nhận lúc", alike: "Cùng địa chỉ", state: "Tình trạng" },
	alike: (reports: number, reporters: number) =>
		reports === 0 ? "không có tin khác" : `${reports} tin khác, từ ${reporters} người`,
	states: {
		unread: "chưa ai xem",
		read: "đã đọc, chưa trả lời",
		again: "đã trả lời; có thêm điều mới",
		answered: "đã trả lời",
	},
	back: "Tất cả tin báo",
	facts: {
		received: "Nhận lúc",
		source: "Từ",
		platform: "Trang hoặc ứng dụng",
		account: "Tài khoản",
		seen: "Thấy lúc",
		contact: "Liên lạc với người báo",
		signature: "Người ký",
		goodFaith: "Báo tin ngay tình",
		stated: "theo lời người báo",
		noContact: "chỉ qua trang này",
		language: "Viết bằng",
		languages: { vi: "tiếng Việt", en: "tiếng Anh" },
	},
	addresses: "Địa chỉ",
	addressesNote:
		"Đúng như người báo đã gõ. Mở địa chỉ là thấy nội dung không được che: chỉ mở theo quy định của cơ quan.",
	says: "Nội dung tin",
	messages: "Tin nhắn",
	fromReporter: "Người báo",
	noMessages: "Chưa có tin nhắn.",
	write: "Nhắn cho người báo",
	writeNote:
		"Lời giản dị, bằng ngôn ngữ của người báo. Không nêu tên ai, không nói điều gì có thể đánh động người bị báo.",
	send: "Gửi",
	answer: "Gửi làm câu trả lời",
	answerNote: "Câu trả lời kết thúc việc xử lý tin này, cho đến khi người báo thêm điều mới.",
	sent: "Đã gửi: người báo đọc được bằng mã nhận.",
	answered: "Đã trả lời: người báo đọc được bằng mã nhận.",
	withdrawn: "Người báo đã rút tin này. Không nhắn thêm được.",
} as const;
