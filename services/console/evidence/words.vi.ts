import type { Dictionary } from "../language/dictionary.ts";

export const evidence: Dictionary["evidence"] = {
	title: "Vì sao có trong hàng chờ",
	none: "Không phép kiểm tra nào phát hiện điều gì ở mục này.",
	detector: {
		hash: "Mã băm đã biết",
		model: "Mô hình",
		text: "Văn bản đã biết",
		media: "Tệp",
		words: "Chữ trong hình ảnh",
		rule: "Quy tắc",
		contacts: "Liên hệ",
	},
	version: "Phiên bản",
	andMore: (count, bank) =>
		`Và ${count} mục nữa của kho ${bank}, tương tự và không gần hơn; kết luận dựa trên các mục đã nêu.`,
	revision: (revision) => `Kết luận theo chính sách bản ${revision}`,
	judgedAgain: {
		examined: "được báo cáo và mọi bộ phát hiện đã xem lại.",
		"not-held":
			"được báo cáo và chỉ được xét lại theo các kho và chính sách hiện nay: nội dung không còn được lưu nên không thể hỏi lại mô hình nào. Điều mô hình nói ở đây là của lần trước.",
		"not-permitted": "được báo cáo và xét lại: hiện không có luật nào cho phép mô hình xem ở đó.",
		unavailable: "được báo cáo và xem lại: có phần không tính được.",
		unasked: "được báo cáo: lúc đó đã bị ẩn hoặc không còn, hoặc được xét trước khi các bộ phát hiện được hỏi lại.",
	},
	diverted: "Máy lẽ ra đã tạm ẩn ngay, nhưng con người quyết định vì có ngắt tự động đang mở:",
	orders: {
		title: "Lệnh gửi nền tảng",
		none: "Chưa có lệnh nào.",
		attempts: (count) => `${count} lần gửi`,
		version: (version) => `v${version}`,
	},
};
