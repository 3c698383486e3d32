import type { requests as english } from "./words.en.ts";

export const requests: typeof english = {
	title: "Nhập một yêu cầu",
	intro:
		"Dành cho yêu cầu của cơ quan chức năng gửi qua thư điện tử, điện thoại hay công văn. Lúc nhận là lúc bạn lưu; lúc đến được giữ bên cạnh, và thời hạn của luật tính từ lúc đó. Cả hai về sau không đổi được.",
	none: "Chưa có cơ quan nào được đăng ký: `breakwater authority add`.",
	authority: "Cơ quan",
	channel: "Gửi qua",
	channels: { "e-mail": "thư điện tử", phone: "điện thoại", letter: "công văn" },
	arrived: "Đến lúc (giờ của máy này)",
	arrivedNote: "Để trống: vừa mới đến.",
	arrivedIs: "Tức là",
	reference: "Số hiệu của cơ quan",
	asks: "Yêu cầu",
	asksSays: { removal: "gỡ bỏ", information: "cung cấp thông tin", preservation: "lưu giữ" },
	legalBasis: "Căn cứ pháp lý",
	addresses: "Các địa chỉ (mỗi dòng một địa chỉ)",
	urgentReason: "Vì sao không thể chờ (nếu chờ được thì để trống)",
	note: "Điều khác cần nói",
	document: "Văn bản (tối đa 2 MB)",
	tooLarge: "Văn bản lớn hơn 2 MB.",
	save: "Lưu yêu cầu",
	missing: "Cần có cơ quan, số hiệu, căn cứ pháp lý và ít nhất một địa chỉ.",
	saved: (reference: string) => `Yêu cầu ${reference} đã vào hồ sơ và đang chờ người xử lý.`,
	again: (reference: string) => `Số hiệu ${reference} đã có từ trước: không có gì được thêm.`,
	due: "Hạn",
	noDeadline: "Không có thời hạn nào bắt đầu.",
};
