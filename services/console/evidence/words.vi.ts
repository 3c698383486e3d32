import type { Dictionary } from "../language/dictionary.ts";

export const evidence: Dictionary["evidence"] = {
	title: "Vì sao có trong hàng chờ",
	none: "Không phép kiểm tra nào phát hiện điều gì ở mục này.",
	detector: {
		hash: "Mã băm đã biết",
		model: "Mô hình",
		text: "Văn bản đã biết",
		media: "Tệp hình ảnh",
		rule: "Quy tắc",
	},
	version: "Phiên bản",
	andMore: (count, bank) =>
		`Và ${count} mục nữa của kho ${bank}, tương tự và không gần hơn; kết luận dựa trên các mục đã nêu.`,
	revision: (revision) => `Kết luận theo chính sách bản ${revision}`,
	diverted: "Máy lẽ ra đã tạm ẩn ngay, nhưng con người quyết định vì có ngắt tự động đang mở:",
	orders: {
		title: "Lệnh gửi nền tảng",
		none: "Chưa có lệnh nào.",
		attempts: (count) => `${count} lần gửi`,
		version: (version) => `v${version}`,
	},
};
