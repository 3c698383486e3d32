import { clockEvents } from "../../words/clock-events.vi.ts";
import type { Dictionary } from "../language/dictionary.ts";

export const due: Dictionary["due"] = {
	title: "Sắp đến hạn",
	intro:
		"Những việc pháp luật hoặc cam kết đòi hỏi phải xong, hạn gần nhất trước. Thời hạn chỉ dừng khi việc được chờ đã xảy ra.",
	within: "Đến hạn trong",
	hours: { "6": "6 giờ", "24": "24 giờ", "72": "3 ngày", all: "Tất cả đang chạy" },
	none: "Không có gì đến hạn trong khoảng này.",
	columns: { left: "Còn lại", waits: "Chờ đến khi", case: "Vụ việc", law: "Quy định", cause: "Do", tell: "Nơi khác" },
	causes: {
		case: "chúng tôi phát hiện",
		report: "một tin báo",
		"authority-request": "yêu cầu của cơ quan chức năng",
		appeal: "một khiếu nại",
	},
	tell: "Ghi việc đã xảy ra",
	tellText: (law) =>
		`Dùng cho việc xảy ra ở nơi khác: nơi lưu trữ đã gỡ nội dung chúng tôi không giữ, cơ quan rút lại yêu cầu. Thời hạn ${law} theo đó dừng, tạm dừng hoặc chạy tiếp; ai ghi và vì sao được lưu lại.`,
	what: "Việc đã xảy ra",
	told: "Đã ghi nhận.",
	urgent: "khẩn",
	noCase: "chưa có vụ việc",
	left: (duration) => `còn ${duration}`,
	overBy: (duration) => `quá hạn ${duration}`,
	doneLate: "xong nhưng trễ hạn",
	kept: "xong đúng hạn",
	moot: "không còn cần",
	paused: "tạm dừng cho đến khi có trả lời",
	noFigure: "ngay lập tức: quy định không nêu số giờ",
	events: clockEvents,
	or: " hoặc ",
	onCase: { title: "Thời hạn", none: "Vụ việc này chưa có thời hạn nào." },
	received: "nhận lúc",
	dueAt: "hạn lúc",
};
