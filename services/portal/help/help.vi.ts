import type { Audience, HelpPage } from "./help-page.ts";

export const helpVi: Readonly<Record<Audience, HelpPage>> = {
	children: {
		title: "Dành cho em",
		lead: "Có chuyện làm em sợ hoặc buồn trên mạng? Đó không phải lỗi của em. Em có thể nhờ giúp.",
		sections: [
			{
				title: "Những việc người lớn không được làm",
				lines: [
					"Làm quen với em rồi bảo em giữ bí mật với cha mẹ.",
					"Xin em gửi hình riêng tư, hoặc cho em xem hình như vậy.",
					"Dọa đưa hình của em cho người khác, để đòi tiền hoặc đòi thêm hình.",
					"Hẹn gặp em một mình.",
				],
			},
			{
				title: "Em làm gì bây giờ",
				lines: [
					"Dừng nói chuyện. Em không cần trả lời.",
					"Đừng gửi tiền. Đừng gửi thêm hình. Người dọa em thường sẽ đòi thêm.",
					"Đừng xóa tin nhắn. Ghi lại tên tài khoản và ngày giờ.",
					"Chặn người đó.",
					"Kể cho một người lớn em tin: cha mẹ, thầy cô, cô chú.",
					"Gọi 111. Gọi không mất tiền, cả ngày lẫn đêm. Họ nghe em nói.",
				],
			},
			{
				title: "Hình của em bị đưa lên mạng",
				lines: [
					"Em không có lỗi, kể cả khi chính em đã gửi hình.",
					"Bấm “Báo tin” ở đây và cho biết hình ở trang nào. Không cần gửi hình cho ai cả.",
					"Người của chúng tôi sẽ tìm cách gỡ hình xuống.",
				],
			},
			{
				title: "Nếu em đang gặp nguy hiểm",
				lines: ["Gọi 113 hoặc 111 ngay. Chạy đến chỗ có người lớn."],
			},
		],
	},
	parents: {
		title: "Dành cho cha mẹ",
		lead: "Con kể với bạn là con tin bạn. Việc đầu tiên: bình tĩnh và cảm ơn con đã kể.",
		sections: [
			{
				title: "Nói với con",
				lines: [
					"“Đây không phải lỗi của con.” Hãy nói câu này trước.",
					"Nghe hết. Đừng trách, đừng thu máy của con: con sẽ không kể nữa.",
					"Hỏi con: ai, ở đâu, khi nào. Ghi lại.",
				],
			},
			{
				title: "Những dấu hiệu nên để ý",
				lines: [
					"Con giấu máy, thức khuya, hay giật mình khi có tin nhắn.",
					"Con có quà hoặc tiền mà không nói ai cho.",
					"Con buồn, bỏ ăn, bỏ học, sợ một người nào đó.",
				],
			},
			{
				title: "Việc cần làm",
				lines: [
					"Giữ lại tin nhắn, tên tài khoản, địa chỉ trang. Không xóa.",
					"Đừng chụp, lưu hay gửi hình của trẻ: giữ hình đó là phạm luật.",
					"Đừng trả tiền cho người đe dọa. Trả rồi họ sẽ đòi nữa.",
					"Chặn người đó cùng với con.",
					"Báo tin ở đây và gọi 111. Nếu con đang gặp nguy hiểm, gọi 113.",
				],
			},
			{
				title: "Gỡ hình của con",
				lines: [
					"Bấm “Báo tin”, chọn “Hình riêng tư của trẻ bị đưa lên mạng”, điền địa chỉ trang.",
					"Không ai cần xem hình từ bạn. Không ai được đòi tiền để gỡ hình.",
				],
			},
		],
	},
	teachers: {
		title: "Dành cho thầy cô",
		lead: "Học trò chọn kể với bạn. Cách bạn nghe hôm nay giúp em ấy có dám nhờ giúp lần sau hay không.",
		sections: [
			{
				title: "Khi học trò kể",
				lines: [
					"Tìm chỗ yên tĩnh. Nghe, không hỏi dồn, không hứa giữ bí mật.",
					"Nói: “Em không có lỗi. Thầy cô sẽ giúp em.”",
					"Ghi lại lời của em đúng như em nói, kèm ngày giờ.",
					"Không xem, không chụp, không chuyển hình của học trò.",
				],
			},
			{
				title: "Phải báo ngay",
				lines: [
					"Luật yêu cầu ai biết trẻ bị xâm hại phải báo ngay cho 111, công an hoặc ủy ban xã.",
					"Báo cả cho hiệu trưởng. Không tự điều tra.",
					"Báo trang hoặc tài khoản ở đây để được gỡ xuống.",
				],
			},
			{
				title: "Hình lan trong lớp",
				lines: [
					"Yêu cầu dừng gửi và xóa. Không đi xem máy từng em.",
					"Không gọi tên em bị hại trước lớp.",
					"Dạy các em: chuyển hình đi là làm bạn đau thêm, và là phạm luật.",
				],
			},
			{
				title: "Dạy từ sớm",
				lines: [
					"Bí mật nào làm em sợ thì được kể ra.",
					"Bạn trên mạng có thể không phải là bạn.",
					"Ai đòi hình riêng tư thì nói không, chặn và kể với người lớn.",
				],
			},
		],
	},
};
