import { accountRestriction } from "../core/strikes/account-restriction.ts";
import { accountRestrictionsVietnamese } from "./account-restrictions.vi.ts";
import type { PolicyWords } from "./policy-words.ts";

const number = new Intl.NumberFormat("vi", { maximumFractionDigits: 6 });
const figure = (value: unknown) => number.format(Number(value));

function duration(ms: unknown): string {
	const minutes = Number(ms) / 60_000;
	return minutes >= 1 && Number.isInteger(minutes) ? `${figure(minutes)} phút` : `${figure(Number(ms) / 1_000)} giây`;
}

export const policyVietnamese: PolicyWords = {
	heading: {
		modelThresholds: "Khi nào điểm của mô hình được chuyển cho con người",
		actions: "Máy làm gì",
		urgency: "Thứ tự trong hàng đợi",
		textUrgency: "Lời lẽ bên cạnh bằng chứng mạnh hơn",
		surfaceUrgency: "Mức khẩn cộng thêm theo nơi xuất hiện",
		removalPeople: "Số người cần đồng ý để gỡ bỏ",
		undoWithinMs: "Thời gian được rút lại quyết định",
		restorePeople: "Số người cần đồng ý để khôi phục khi kho tin cậy đã nêu",
		nearTiers: "Kết quả gần giống mạnh đến đâu",
		minimumQuality: "Chất lượng ảnh tối thiểu",
		shortestShownMs: "Ảnh đã biết phải hiện bao lâu trong video",
		sweepItems: "Lượt rà soát được tự làm đến đâu",
		accountRestriction: "Điều được khuyến nghị về một tài khoản",
		spreadLimits: "Ai hạn chế lan truyền",
		wordsInPictures: "Chữ trong hình ảnh",
		labels: "Ai gắn nhãn cho nội dung",
		friction: "Ai làm chậm một tài khoản",
		contactLimits: "Khi nào hỏi con người về việc một người nhắn cho ai",
		ruleAnswerDays: "Quy tắc chấp nhận câu trả lời trong bao lâu",
		legalBasis: "Pháp luật cho phép kiểm tra gì",
	},
	says: {
		modelThresholds: (category, value) =>
			value === null
				? `${category}: không điểm nào được chuyển cho con người`
				: `${category}: hỏi con người từ xác suất ${figure(value)}`,
		actions: (tier, value) =>
			value === "withhold"
				? `${tier}: tạm ẩn ngay`
				: value === "review"
					? `${tier}: hỏi con người`
					: `${tier}: không làm gì`,
		urgency: (tier, value) => `${tier}: mức khẩn ${figure(value)} trên 100`,
		textUrgency: (_key, value) => `lời lẽ mà mô hình nêu lên cộng thêm ${figure(value)}`,
		surfaceUrgency: (surface, value) => `${surface}: thêm ${figure(value)}`,
		removalPeople: (tier, value) => `${tier}: ${figure(value)} người`,
		undoWithinMs: (_key, value) =>
			Number(value) === 0
				? "chỉ trưởng nhóm được rút lại quyết định"
				: `người quyết định được rút lại trong ${duration(value)}`,
		restorePeople: (tier, value) => `${tier}: ${figure(value)} người`,
		nearTiers: (resemblance, value) =>
			value === "K2"
				? `${resemblance}: mạnh như chính nó, nếu không có gì chống lại`
				: `${resemblance}: cùng lắm là hỏi con người, và không miễn trừ gì`,
		minimumQuality: (_key, value) => `dưới ${figure(value)} trên 100, kết quả gần giống không được tin`,
		shortestShownMs: (_key, value) => `ảnh đã biết hiện trong video chưa đủ ${duration(value)} thì hỏi con người`,
		sweepItems: (_key, value) => `lượt rà soát nội dung cũ cần người thứ hai khi vượt ${figure(value)} mục`,
		accountRestriction: (_key, value) =>
			`khi con người khuyến nghị về một tài khoản: ${accountRestrictionsVietnamese[accountRestriction.parse(value)]}`,
		spreadLimits: (_key, value) =>
			value === "machine"
				? "nội dung lan nhanh hơn mức bình thường, hoặc có quy tắc đề nghị, bị hạn chế lan truyền ngay cho đến khi có người xem; nội dung vẫn hiển thị"
				: "chỉ con người hạn chế lan truyền",
		wordsInPictures: (_key, value) =>
			value === "read"
				? "máy đọc chữ trong hình ảnh và chuyển cho con người như chữ trong bài viết"
				: "không đọc chữ trong hình ảnh",
		labels: (_key, value) =>
			value === "machine"
				? "nhãn do quy tắc đề nghị được gắn ngay cho đến khi có người xem"
				: "chỉ con người gắn nhãn cho nội dung",
		friction: (_key, value) =>
			value === "machine"
				? "nền tảng được báo ngay để làm chậm tài khoản mà quy tắc đề nghị, cho đến khi có người xem"
				: "chỉ con người cho làm chậm một tài khoản",
		contactLimits: (contacts, value) => `${contacts}: hỏi con người từ ${figure(value)} trong 7 ngày`,
		ruleAnswerDays: (_key, value) =>
			Number(value) === 0
				? "quy tắc về tài khoản hỏi lại ngay ở mục tiếp theo, dù con người đã để yên"
				: `quy tắc im lặng ${figure(value)} ngày về tài khoản mà con người đã để yên, trừ khi số đếm được tăng gấp đôi`,
		legalBasis: (examination, value) =>
			value === "missing"
				? `${examination}: không có căn cứ pháp lý, không ai xem`
				: value === "public"
					? `${examination}: chỉ được xem ở nơi công khai`
					: `${examination}: được kiểm tra`,
	},
	resemblance: {
		picture: "hình ảnh, cùng lắm bị xoay hoặc lật",
		reframed: "hình ảnh trong khung khác",
		text: "văn bản gần như giống hệt",
		video: "video gần giống một video đã được quyết định",
		sound: "âm thanh đã biết, dù hình ảnh là gì",
	},
	examination: {
		matched: "danh sách nội dung đã biết",
		scored: "mô hình",
		rule: "quy tắc",
		contacts: "ai nhắn cho ai",
	},
	contacts: {
		ledAway: "tài khoản mới hoặc nhỏ tuổi hơn nhiều bị dẫn ra nơi khác",
		youngerLedAway: "tài khoản nhỏ tuổi hơn nhiều bị dẫn ra nơi khác",
	},
	change: (after, before) => `${after} (trước đó: ${before})`,
	asElsewhere: "như ở nơi khác",
	effect: {
		"withholds-more": "có thể tạm ẩn những gì hiện không bị ẩn",
		"withholds-otherwise": "chỗ này tạm ẩn ít hơn, chỗ khác có thể nhiều hơn",
		"limits-more": "máy có thể hạn chế lan truyền của nội dung vẫn hiển thị",
		"asks-less": "con người thấy ít hơn",
		"fewer-people": "cần ít người đồng ý hơn",
		"withholds-less": "tạm ẩn ít hơn",
		"asks-more": "con người thấy nhiều hơn",
		"more-people": "cần nhiều người đồng ý hơn",
	},
};
