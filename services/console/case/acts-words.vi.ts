import type { Dictionary } from "../language/dictionary.ts";

export const acts: Dictionary["acts"] = {
	label: "Thao tác",
	remove: { name: "Gỡ bỏ", hint: "cần nêu lý do" },
	restore: { name: "Khôi phục", hint: "cần nêu lý do" },
	leaveUp: { name: "Giữ nguyên", hint: "cần nêu lý do" },
	skip: { name: "Bỏ qua", hint: "không cần lý do; chuyển cho người khác" },
	judge: {
		name: "Đánh giá bản ghi",
		hint: "cần nêu lý do",
		title: "Đánh giá một bản ghi trong kho mã băm",
		conclusion: "Kết luận của bạn",
		which: (count) => `Bản ghi nào trong ${count} bản ghi?`,
		ofBank: "kho",
		distance: (bits) => `cách ${bits} bit`,
		names: { confirm: "Xác nhận", dispute: "Nghi ngờ", clear: "Loại trừ" },
		does: {
			known: {
				confirm: "bản ghi đúng như kho ghi nhận; máy được tự tạm ẩn và trong một tuần sẽ không hỏi lại.",
				dispute: "người xem xét kiểm tra từng trùng khớp trước, dù các danh sách nói gì.",
				clear: "bản ghi không còn trùng khớp với gì nữa, ở mọi bộ phát hiện trong vòng một giây.",
			},
			exempt: {
				confirm: "nội dung vô hại như kho ghi nhận; nội dung trùng khớp được cho qua.",
				dispute: "bản ghi không còn cho qua nội dung nào.",
				clear: "bản ghi không còn cho qua nội dung nào và không còn trùng khớp với gì.",
			},
		},
		forLeads: "Việc của trưởng nhóm.",
		missing: "Hãy chọn kết luận.",
		keys: "Phím mũi tên để chọn · Tab đến ô lý do · Enter để xác nhận · bạn vẫn giữ vụ việc, chưa có quyết định",
		written: {
			confirm: "Đã ghi vào bản ghi: xác nhận. Đánh giá sau sẽ thay cho đánh giá này.",
			dispute: "Đã ghi vào bản ghi: nghi ngờ. Đánh giá sau sẽ thay cho đánh giá này.",
			clear: "Đã ghi vào bản ghi: loại trừ. Đánh giá sau sẽ thay cho đánh giá này.",
		},
	},
	spread: {
		recommended: { name: "Hạn chế lan truyền", hint: "nên làm; vẫn hiển thị, không được chia sẻ tiếp" },
		lift: { name: "Bỏ hạn chế", hint: "lan truyền như trước" },
		done: {
			"limit-spread":
				"Đã hạn chế lan truyền cho đến khi bạn hoặc người khác quyết định. Nội dung vẫn hiển thị. Cùng phím đó để bỏ hạn chế.",
			"lift-limit": "Đã bỏ hạn chế: nội dung lan truyền như trước.",
		},
	},
	comment: { name: "Ghi chú", hint: "lưu cùng vụ việc" },
	back: { name: "Trả lại", hint: "về hàng chờ, ẩn mọi nội dung" },
	confirm: {
		remove: "Gỡ bỏ vĩnh viễn",
		firstRemove: "Quyết định gỡ bỏ",
		restore: "Khôi phục",
		firstRestore: "Quyết định khôi phục",
		leaveUp: "Giữ nguyên hiển thị",
		agree: "Đồng ý với người báo tin",
		firstAgree: "Là người đầu tiên đồng ý với người báo tin",
		notAgree: "Không thấy điều gì có thể xử lý",
		will: "Điều sẽ xảy ra",
		willRemove: (count, platforms) => `${count} mục trên ${platforms} sẽ bị gỡ bỏ vĩnh viễn.`,
		willWithhold: (count, platforms) => `${count} mục còn hiển thị trên ${platforms} sẽ bị tạm ẩn ngay.`,
		willRestore: (count, platforms) => `${count} mục đang tạm ẩn trên ${platforms} sẽ hiển thị trở lại.`,
		stayWithheld: (count) => `${count} mục đang tạm ẩn sẽ tiếp tục được ẩn.`,
		willUnlimit: (count, platforms) =>
			`${count} mục đang bị hạn chế lan truyền trên ${platforms} sẽ lan truyền như trước.`,
		stayLimited: (count) => `${count} mục vẫn hiển thị và vẫn bị hạn chế lan truyền.`,
		stayVisible: (count) => `${count} mục vẫn hiển thị; không gửi lệnh nào.`,
		unchanged: (count) => `${count} mục đã gỡ bỏ hoặc không còn sẽ không thay đổi.`,
		willDispute: (count) =>
			`${count} bản ghi đã khiến nội dung bị tạm ẩn sẽ bị nghi ngờ: từ nay người xem xét kiểm tra trước các trùng khớp.`,
		willTell: (count, text) => `${count} người báo tin sẽ được cho biết, bằng ngôn ngữ của họ: “${text}”`,
		willTellNobody: "Chưa ai bên ngoài được thông báo: tạm giữ lại, và báo khi việc này kết thúc.",
		willTellAppealed: "Người khiếu nại được báo kết quả; người báo tin cũng được báo, nếu kết quả khác lần trước.",
		willTellOnceAgreed: (count, text) =>
			`Khi hai người đồng ý, ${count} người báo tin sẽ được cho biết, bằng ngôn ngữ của họ: “${text}”`,
		waits: {
			nobody:
				"Vụ việc được ghi nhận là đã quyết định và rời hàng chờ. Bạn có thể rút lại trong một thời gian; sau đó trưởng nhóm có thể mở lại.",
			"second-person":
				"Người thứ hai sẽ xem trước khi có gì là cuối cùng, và không thấy bạn đã quyết định gì hay vì sao.",
			lead: "Người thứ nhất đã quyết định khác: không quyết định nào được tính, trưởng nhóm sẽ quyết định.",
			agreement:
				"Nếu người thứ nhất cũng quyết định như vậy thì đây là quyết định cuối cùng; nếu không, chưa có gì xảy ra và trưởng nhóm sẽ quyết định.",
		},
		reason: "Lý do",
		reasonHint: "↓ lý do thường dùng · Enter để xác nhận · Shift+Enter để xuống dòng · Esc để hủy",
		suggestions: "Lý do thường dùng",
		missing: "Cần nêu lý do.",
		submit: "Xác nhận",
		cancel: "Hủy",
		busy: "Đang gửi…",
		reasons: {
			remove: {
				hash: "Nội dung đã biết, xác nhận chỉ dựa vào mã băm.",
				seen: "Đã xem và xác nhận.",
				rules: "Vi phạm quy định của nền tảng.",
			},
			restore: {
				different: "Không phải nội dung đã biết: trùng khớp sai.",
				harmless: "Đã xem: vô hại.",
				context: "Được phép trong ngữ cảnh này.",
			},
		},
	},
	/** Where the case is about what many posts link to. */
	link: {
		remove: { name: "Coi là có hại", hint: "các bài liên kết tới đó sẽ được đọc; cần nêu lý do" },
		restore: { name: "Để nguyên", hint: "cần nêu lý do" },
		call: "Coi nơi được liên kết tới là có hại",
		firstCall: "Là người đầu tiên coi nơi được liên kết tới là có hại",
		letBe: "Để nguyên nơi được liên kết tới",
		willAsk:
			"Các bài sau này liên kết tới đó sẽ được đưa ra cho con người, các bài của một tài khoản chung một vụ việc, để đọc từng bài một: có bài có thể là lời cảnh báo. Không gì bị gỡ vì việc này; bài trước đang bị hạn chế lan truyền thì vẫn bị hạn chế.",
		willLetBe:
			"Các bài liên kết tới đó được xét theo chính lời của chúng. Nếu đang bị hạn chế lan truyền thì được bỏ hạn chế.",
		called: "Đã coi là có hại",
		left: "Đã để nguyên",
		reasons: {
			remove: ["Đã xem trang và thấy có hại.", "Do các tài khoản lập ra để đẩy lên."],
			restore: ["Đã xem trang và thấy vô hại.", "Tự nó lan truyền."],
		},
	},
	account: {
		remove: { name: "Khuyến nghị", hint: "hạn chế tài khoản; cần nêu lý do" },
		restore: { name: "Không khuyến nghị", hint: "cần nêu lý do" },
		recommend: "Khuyến nghị nền tảng hạn chế tài khoản",
		firstRecommend: "Quyết định khuyến nghị hạn chế tài khoản",
		notRecommend: "Không khuyến nghị gì",
		willTell: (platform, asked) =>
			`Khi quyết định là cuối cùng, ${platform} được thông báo khuyến nghị hạn chế. ${asked}`.trim(),
		restrictsNothing: "Chưa có gì bị hạn chế: nền tảng quyết định và nêu lý do cho người dùng.",
		tellsNothing: "Nền tảng không nhận thông báo nào. Có vi phạm mới thì tài khoản lại được chuyển cho người xem xét.",
		reasons: {
			remove: ["Các quyết định gỡ còn hiệu lực và cùng một loại vi phạm.", "Vi phạm tiếp diễn sau những lần gỡ trước."],
			restore: ["Các nội dung bị gỡ thuộc cùng một dịp.", "Tài khoản có thể đã bị chiếm đoạt."],
		},
		recommended: "Đã quyết định: khuyến nghị hạn chế tài khoản",
		notRecommended: "Đã quyết định: không khuyến nghị gì",
	},
	note: {
		title: "Thêm ghi chú",
		label: "Ghi chú",
		hint: "Enter để lưu · Shift+Enter để xuống dòng · Esc để hủy",
		submit: "Lưu",
		missing: "Ghi chú đang trống.",
		saved: "Đã lưu ghi chú.",
	},
	undo: {
		undo: "Rút lại quyết định",
		reopen: "Mở lại vụ việc",
		undoName: { name: "Rút lại", hint: "cần nêu lý do" },
		reopenName: { name: "Mở lại", hint: "cần nêu lý do" },
		text: "Vụ việc được mở lại và các mục trở về như trước khi quyết định, bằng những lệnh riêng. Những gì đã ghi vào bản ghi của kho vẫn giữ nguyên.",
		ofAccount:
			"Vụ việc được mở lại. Nếu nền tảng đã nhận khuyến nghị hạn chế, nền tảng được thông báo rằng khuyến nghị không còn nữa.",
		until: "Có thể rút lại đến",
	},
	done: {
		removed: "Đã quyết định: gỡ bỏ",
		second: "Đã ghi nhận quyết định thứ nhất",
		lead: "Bạn và người thứ nhất quyết định khác nhau",
		leadText: "Không quyết định nào được tính. Vụ việc chờ trưởng nhóm; bạn không phải xử lý thêm.",
		restored: "Đã quyết định: khôi phục",
		leftUp: "Đã giữ nguyên",
		skipped: "Đã bỏ qua",
		secondText: "Cần người thứ hai đồng ý. Vụ việc đang chờ người đó; bạn không phải xử lý thêm.",
		skippedText: "Vụ việc đã trở lại hàng chờ cho người khác và sẽ không được giao lại cho bạn.",
		disputed: (count) => `${count} bản ghi nay bị nghi ngờ.`,
		noOrder: "Không cần gửi lệnh nào.",
		orders: "Các lệnh",
		allDelivered: "Nền tảng đã nhận đủ các lệnh.",
		waiting: "Các lệnh đang được gửi; dòng này tự cập nhật.",
		failed: "Có lệnh chưa gửi được. Người vận hành đã thấy và có thể gửi lại.",
		toQueue: "Về hàng chờ",
	},
};
