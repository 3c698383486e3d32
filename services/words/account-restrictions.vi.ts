import type { AccountRestriction } from "../core/strikes/account-restriction.ts";

export const accountRestrictionsVietnamese: Readonly<Record<AccountRestriction, string>> = {
	suspend: "tạm khóa tài khoản",
	"no-posting": "chỉ cho tài khoản đọc, không cho đăng",
	"no-media": "không cho tài khoản đăng hình ảnh và video",
	"no-messages": "không cho tài khoản nhắn tin cho người chưa nhắn tin đến",
	"less-reach": "không gợi ý cho ai nội dung tài khoản đăng",
};
