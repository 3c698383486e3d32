// What a platform is told to do with an item, within a sentence.
import type { OrderAction } from "../core/orders/order.ts";

export const ordersEn: Readonly<Record<OrderAction, string>> = {
	...{ withhold: "withhold", remove: "remove", restore: "restore" },
	...{ "limit-spread": "limit its spread", "lift-limit": "lift the limit on its spread" },
};

export const ordersVi: Readonly<Record<OrderAction, string>> = {
	...{ withhold: "tạm ẩn", remove: "gỡ bỏ", restore: "khôi phục" },
	...{ "limit-spread": "hạn chế lan truyền", "lift-limit": "bỏ hạn chế lan truyền" },
};
