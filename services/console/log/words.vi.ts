import type { Dictionary } from "../language/dictionary.ts";

export const log: Dictionary["log"] = {
	title: "Nhật ký",
	intro: "Những gì hệ thống và mọi người đã làm và đã xem, mới nhất ở trên. Không ai sửa được nhật ký này.",
	noCases: "Các dòng về vụ việc và tin báo chỉ dành cho người xử lý chúng.",
	on: "Đối tượng",
	anything: "tất cả",
	actor: "Người làm",
	actorHint: "tên, hoặc machine",
	since: "Thời gian",
	spans: { any: "bất kỳ", hour: "trong một giờ qua", day: "trong 24 giờ qua", week: "trong 7 ngày qua" },
	refresh: "Xem lại",
	older: "Cũ hơn",
	newest: "Mới nhất",
	empty: "Không có gì ở đây",
	emptyText: "Không có dòng nào như vậy.",
	emptyOlder: "Không còn dòng nào cũ hơn.",
	number: (sequence) => `Số ${sequence}`,
};
