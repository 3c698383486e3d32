import type { Dictionary } from "../language/dictionary.ts";

export const models: Dictionary["models"] = {
	title: "Mô hình",
	running: "Đang chạy",
	live: "Chính thức:",
	shadow: "Chạy thử song song:",
	noShadow: "Không có mô hình nào chạy thử song song.",
	share: (percent) => `với ${percent} % hình ảnh được chấm điểm; không làm thay đổi gì`,
	revision: (revision) => (revision === 0 ? "theo cấu hình" : `cài đặt bản ${revision}`),
	proposals: "Đề xuất",
	noProposals: "Không có hiệu chỉnh hay ngưỡng nào chờ đồng ý.",
	origin: {
		proposed: "ngưỡng được suy ra từ độ chính xác mong muốn",
		"carried-over": "không ngưỡng nào chắc chắn đạt độ chính xác mong muốn: giữ ngưỡng hiện nay theo xác suất mới",
	},
	facts: {
		threshold: "Ngưỡng",
		present: "Ngưỡng hiện nay",
		precision: "Độ chính xác, 95 %",
		wanted: "Độ chính xác mong muốn",
		recall: "Độ bao phủ, 95 %",
		decisions: "Dựa trên",
	},
	decisions: (confirmed, rejected) => `${confirmed} vụ việc được xác nhận và ${rejected} vụ việc bị bác`,
	accept: {
		name: "Chấp nhận",
		title: (model, category) => `Đọc điểm của ${model} cho ${category} theo đề xuất`,
		text: (threshold) =>
			`Các bộ phát hiện áp dụng trong vài giây: từ xác suất ${threshold} trở lên, hình ảnh được chuyển cho con người. Kết luận ghi rõ bản cài đặt mới; có thể quay lại bản cũ.`,
		done: (revision) => `Đã chấp nhận: cài đặt bản ${revision}.`,
	},
	reject: {
		name: "Bác bỏ",
		title: (model, category) => `Giữ nguyên cách đọc ${model} cho ${category}`,
		text: (threshold) => `Đề xuất với ngưỡng ${threshold} được đóng lại; không có gì thay đổi.`,
		done: (revision) => `Đã bác bỏ; vẫn dùng cài đặt bản ${revision}.`,
	},
	compared: "So với mô hình chạy thử",
	noTallies: "Chưa có gì được so sánh.",
	disagreements: "Những chỗ khác nhau",
	disagreementsIntro: "Một mô hình sẽ hỏi con người, mô hình kia thì không. Mới nhất ở trên; lưu trong chín mươi ngày.",
	noDisagreements: "Hai mô hình chưa khác nhau lần nào.",
	columns: {
		at: "Thời gian",
		live: "Chính thức",
		shadow: "Chạy thử",
		said: "Xác suất",
		compared: "Đã so sánh",
		disagreed: "Khác nhau",
		caseOf: "Vụ việc",
		decision: "Người quyết định",
	},
};
