// What a platform is told to do with an item, or of an account, within a sentence.
import type { AccountAction, ItemAction } from "../core/orders/order.ts";

export const ordersEn: Readonly<Record<ItemAction, string>> = {
	...{ withhold: "withhold", remove: "remove", restore: "restore" },
	...{ "limit-spread": "limit its spread", "lift-limit": "lift the limit on its spread" },
	...{ label: "label it", unlabel: "show its label no more" },
	...{ "add-friction": "slow its account down", "lift-friction": "slow its account down no more" },
};

export const ordersVi: Readonly<Record<ItemAction, string>> = {
	...{ withhold: "tạm ẩn", remove: "gỡ bỏ", restore: "khôi phục" },
	...{ "limit-spread": "hạn chế lan truyền", "lift-limit": "bỏ hạn chế lan truyền" },
	...{ label: "gắn nhãn", unlabel: "bỏ nhãn" },
	...{ "add-friction": "làm chậm tài khoản", "lift-friction": "thôi làm chậm tài khoản" },
};

export const accountOrdersEn: Readonly<Record<AccountAction, string>> = {
	"account.restrict-recommended": "restricting an account is recommended",
	"account.restriction-withdrawn": "restricting an account is no longer recommended",
};

export const accountOrdersVi: Readonly<Record<AccountAction, string>> = {
	"account.restrict-recommended": "khuyến nghị hạn chế một tài khoản",
	"account.restriction-withdrawn": "không còn khuyến nghị hạn chế một tài khoản",
};
