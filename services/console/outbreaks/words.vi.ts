import { outbreakWordsVi } from "../../words/outbreak-words.ts";
import type { Dictionary } from "../language/dictionary.ts";

export const outbreaks: Dictionary["outbreaks"] = {
	title: "Đợt bùng phát",
	intro:
		"Những gì nhiều tài khoản khác nhau cùng gửi trong vài phút hay vài giờ, vượt mức bình thường. Điều đó cho biết có thứ đang lan truyền, không phải là nó xấu. Một nội dung, một liên kết hay một tên miền thì có một vụ việc; những gì của một tài khoản, một kho, một quy tắc hay một nền tảng thì được đưa ra cho con người từng mục một.",
	none: "Hiện không có gì lan nhanh hơn mức bình thường, và gần đây cũng không.",
	subjects: outbreakWordsVi.subjects,
	ends: outbreakWordsVi.ends,
	goesOn: "đang tiếp diễn",
	found: (of, voices, minutes, expected) =>
		`${voices} ${of === "account" ? "nội dung" : "tài khoản"} trong ${minutes} phút, dự kiến ${expected}`,
	columns: {
		of: "Của",
		found: "Phát hiện",
		howFast: "Nhanh đến đâu",
		lastHour: "Giờ qua",
		spread: "Lan truyền",
		case: "Vụ việc",
		trippedIn: "Phát sinh từ mục trong vụ",
		state: "Tình trạng",
	},
	spread: outbreakWordsVi.spread,
};
