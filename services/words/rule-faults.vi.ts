import type { RuleFaultWords } from "./rule-faults.ts";

export const ruleFaults: RuleFaultWords = {
	"not-an-expression": ({ name = "" }) => `không phải là một biểu thức: “${name}”`,
	"no-such-fact": ({ name = "", near }) =>
		`không có dữ kiện ${name}${near === undefined ? "" : `; có phải là ${near} không?`}`,
	"wrong-types": ({ name = "" }) => `kiểu giá trị không khớp: “${name}”`,
	"not-true-or-false": ({ name = "" }) => `biểu thức có kiểu ${name}, mà phải cho ra đúng hoặc sai`,
	"call-not-allowed": ({ name = "" }) =>
		`không được gọi ${name} trong quy tắc: không giới hạn được chi phí, hoặc không dùng được với dữ kiện`,
	"too-costly": ({ units, budget }) =>
		units === null || units === undefined
			? "không giới hạn được chi phí của quy tắc"
			: `có thể tốn ${units} đơn vị, mà chỉ cho phép ${budget}: hãy hỏi ít danh sách lồng nhau hơn`,
	"withholds-the-unknown": () =>
		"quy tắc tạm ẩn, mà có thể đúng khi không trùng nội dung đã biết: hãy đòi hỏi điều đó, ví dụ known.count > 0 && (…)",
	"model-alone": () =>
		"quy tắc có thể đúng chỉ vì lời của một mô hình; khi đó chỉ được chuyển cho con người xem (review)",
	"reads-nothing": () => "quy tắc không đọc dữ kiện nào: nó sẽ đúng với mọi thứ, hoặc không với gì cả",
};
