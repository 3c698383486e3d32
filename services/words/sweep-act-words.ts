// What sweeps and saved questions did and had done to them, in words: a part of the words of acts.
import type { ActWords } from "./act-sentence.ts";

type SweepActWords = Pick<
	ActWords["said"],
	| "sweep-started"
	| "sweep-paused"
	| "sweep-resumed"
	| "sweep-approved"
	| "sweep-canceled"
	| "sweep-done"
	| "view-saved"
	| "view-dropped"
>;

export const sweepActsEn: SweepActWords = {
	"sweep-started": ({ fromSequence, toSequence, rule, ruleRevision }) =>
		rule === undefined
			? `started a sweep over changes ${fromSequence + 1} to ${toSequence} of the banks`
			: `started a sweep by revision ${ruleRevision} of the rule ${rule}`,
	"sweep-paused": () => "paused a sweep",
	"sweep-resumed": () => "let a sweep go on",
	"sweep-approved": () => "agreed to what a sweep found",
	"sweep-canceled": () => "canceled a sweep",
	"sweep-done": ({ withheld, putBeforePeople }) =>
		`ended a sweep: ${withheld} withheld, ${putBeforePeople} put before people`,
	"view-saved": () => "saved a question to the history",
	"view-dropped": () => "dropped a saved question to the history",
};

export const sweepActsVi: SweepActWords = {
	"sweep-started": ({ fromSequence, toSequence, rule, ruleRevision }) =>
		rule === undefined
			? `bắt đầu rà soát nội dung cũ theo thay đổi ${fromSequence + 1} đến ${toSequence} của các kho`
			: `bắt đầu một lượt rà soát theo bản ${ruleRevision} của quy tắc ${rule}`,
	"sweep-paused": () => "tạm dừng một lượt rà soát",
	"sweep-resumed": () => "cho một lượt rà soát tiếp tục",
	"sweep-approved": () => "đồng ý với kết quả của một lượt rà soát",
	"sweep-canceled": () => "hủy một lượt rà soát",
	"sweep-done": ({ withheld, putBeforePeople }) =>
		`kết thúc lượt rà soát: tạm ẩn ${withheld}, chuyển cho con người ${putBeforePeople}`,
	"view-saved": () => "lưu một câu hỏi cho lịch sử",
	"view-dropped": () => "xóa một câu hỏi đã lưu cho lịch sử",
};
