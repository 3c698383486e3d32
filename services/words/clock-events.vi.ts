import type { ClockEventKind } from "../core/clocks/clock-codes.ts";

/** What a clock is told, and what a law waits for. */
export const clockEvents: Readonly<Record<ClockEventKind, string>> = {
	"authority-request": "cơ quan chức năng yêu cầu gỡ bỏ",
	"data-request": "cơ quan chức năng yêu cầu cung cấp thông tin",
	"removal-order": "nhận lệnh gỡ bỏ",
	"user-complaint": "người dùng khiếu nại",
	"ncii-request": "nhận yêu cầu hợp lệ gỡ ảnh riêng tư",
	notice: "nhận thông báo",
	"abuse-learned": "biết có xâm hại",
	"violation-known": "biết có vi phạm",
	violation: "phát hiện vi phạm",
	"offence-suspected": "nghi có tội phạm",
	"exploitation-detected": "phát hiện bóc lột",
	"restriction-imposed": "đã áp dụng hạn chế",
	"decision-made": "đã ra quyết định",
	"user-informed": "đã báo cho người dùng",
	"report-sent": "đã gửi báo cáo",
	"order-acknowledged": "nền tảng xác nhận đã gỡ bỏ",
	"answer-sent": "đã gửi trả lời",
	"data-handed-over": "đã cung cấp thông tin",
	"statement-sent": "đã gửi bản nêu lý do",
	"transparency-submitted": "đã nộp vào cơ sở dữ liệu minh bạch",
	"request-withdrawn": "yêu cầu được rút lại",
	"information-asked": "đã hỏi thêm thông tin",
	"information-given": "đã nhận thông tin hỏi thêm",
};
