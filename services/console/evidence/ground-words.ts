// Words for what a verdict made of a signal, whatever its kind.
import type { ContextReason } from "../../core/policy/verdict.ts";
import type { LanguageCode } from "../language/language-code.ts";
import type { ReasonWords } from "./evidence-part.ts";

interface GroundWords {
	readonly alone: (tier: string) => string;
	readonly aloneNothing: string;
	readonly counted: (tier: string) => string;
	readonly ignored: string;
	readonly unknown: string;
	readonly unknownKind: (kind: string) => string;
}

export const groundWords: Readonly<Record<LanguageCode, GroundWords>> = {
	en: {
		alone: (tier) => `By itself: ${tier}`,
		aloneNothing: "By itself it counts for nothing",
		counted: (tier) => `in the verdict: ${tier}`,
		ignored: "in the verdict it did not count",
		unknown: "The policy revision that decided is not known here, and its reasons are not made up",
		unknownKind: (kind) => `This page does not know signals of kind ${kind}. Reload it.`,
	},
	vi: {
		alone: (tier) => `Xét riêng: ${tier}`,
		aloneNothing: "Xét riêng thì không có tác dụng",
		counted: (tier) => `trong kết luận: ${tier}`,
		ignored: "không được tính trong kết luận",
		unknown: "Không còn thông tin về bản chính sách đã áp dụng nên không suy đoán lý do",
		unknownKind: (kind) => `Trang này chưa biết loại tín hiệu ${kind}. Hãy tải lại trang.`,
	},
};

export const contextWords: ReasonWords<ContextReason> = {
	en: {
		exempted: () => "the item is listed as harmless",
		"exemption-in-quarantine": () => "an entry in quarantine lists the item as harmless: people decide",
		diverted: () => "an open breaker left it to people",
	},
	vi: {
		exempted: () => "mục này thuộc danh sách vô hại",
		"exemption-in-quarantine": () => "bản ghi xếp mục này là vô hại đang bị cách ly: con người quyết định",
		diverted: () => "ngắt tự động đang mở nên giao cho con người",
	},
};
