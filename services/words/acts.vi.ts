import type { EndedKeys } from "../core/acts/act-kind.ts";
import type { Channel } from "../core/authorities/channel.ts";
import type { EntryJudgement } from "../core/banks/entry-judgement.ts";
import type { DecidedAbout, Decision } from "../core/cases/case.ts";
import type { ClockOutcome } from "../core/clocks/clock-codes.ts";
import type { Role } from "../core/people/user.ts";
import type { BreakerKind } from "../core/policy/breaker.ts";
import type { ReporterKind } from "../core/reports/notice.ts";
import type { RuleStage } from "../core/rules/rule.ts";
import type { ActWords } from "./act-sentence.ts";
import { clockEvents } from "./clock-events.vi.ts";
import { accountOrdersVi, ordersVi } from "./order-words.ts";
import { outbreakWordsVi } from "./outbreak-words.ts";
import { sweepActsVi } from "./sweep-act-words.ts";
import { atTierVi as atTier } from "./tier-words.ts";

const decisions: Readonly<Record<Decision, string>> = { remove: "gỡ bỏ", restore: "khôi phục" };
const accountDecisions: Readonly<Record<Decision, string>> = {
	remove: "khuyến nghị hạn chế tài khoản",
	restore: "không khuyến nghị hạn chế tài khoản",
};
const decisionOn = ({ decision, about }: { readonly decision: Decision; readonly about?: DecidedAbout | undefined }) =>
	(about === "account" ? accountDecisions : decisions)[decision];
const judgements: Readonly<Record<EntryJudgement, string>> = {
	confirm: "xác nhận",
	dispute: "nêu ý kiến trái chiều về",
	clear: "cho là vô hại",
};
const scopes: Readonly<Record<BreakerKind, string>> = {
	entry: "một bản ghi trong kho",
	bank: "một kho mã băm",
	model: "một mô hình",
	rule: "một quy tắc",
	platform: "một nền tảng",
	all: "tất cả",
};
const stages: Readonly<Record<RuleStage, string>> = {
	draft: "bản nháp",
	backtested: "đã thử với quá khứ",
	checked: "đã kiểm tra",
	shadow: "chạy thử ngầm",
	canary: "chạy một phần",
	live: "có hiệu lực",
	retired: "đã thôi dùng",
};
const stageOf = (stage: RuleStage, share: number) =>
	`${stages[stage]}${stage === "canary" ? ` cho ${Number((share * 100).toPrecision(3))} % tài khoản` : ""}`;
const clockOutcomes: Readonly<Record<ClockOutcome, string>> = {
	kept: "đúng hạn",
	late: "trễ hạn",
	moot: "không còn cần",
};
const requests = { removal: "gỡ bỏ", information: "cung cấp thông tin", preservation: "lưu giữ" } as const;
const roleNames: Readonly<Record<Role, string>> = {
	reviewer: "người thẩm định",
	lead: "trưởng nhóm",
	operator: "người vận hành",
};
const rolesOf = (roles: readonly Role[]) => roles.map((one) => roleNames[one]).join(", ");
const asked = (change: string) => (change === "kill-switch" ? "bỏ ngắt một bản ghi" : "một thay đổi");
const changes = (said: { readonly added: number; readonly changed: number; readonly removed: number }) =>
	`thêm ${said.added}, thay đổi ${said.changed}, gỡ ra ${said.removed}`;
const seconds = (ms: number) => (ms / 1_000).toFixed(1).replace(".", ",");

const reporterKindNames: Readonly<Record<ReporterKind, string>> = {
	"platform-user": "nút báo cáo của một nền tảng",
	"trusted-flagger": "đơn vị báo tin được tin cậy",
	hotline: "đường dây nóng",
	partner: "đối tác",
};

const channelNames: Readonly<Record<Channel, string>> = {
	...{ key: "khóa", page: "trang", "e-mail": "thư điện tử", phone: "điện thoại", letter: "công văn" },
};
const keysEnd = ({ until = null }: EndedKeys) => (until === null ? "ngay" : `từ ${until}`);

const { subjects: outbreakSubjects, ends: outbreakEnds } = outbreakWordsVi;

export const vietnamese: ActWords = {
	machine: "hệ thống",
	commandLine: (name) => `${name} (dòng lệnh)`,
	key: (name) => `${name} (khóa API)`,
	authority: (login) => `${login} (của cơ quan chức năng)`,
	said: {
		"case-opened": ({ tier }) => `mở vụ việc ${atTier(tier)}`,
		"case-item-added": ({ tier }) => `thêm một mục ${atTier(tier)}`,
		"case-item-gone": () => "ghi nhận nền tảng không còn một mục nội dung",
		"case-found-by-sweep": ({ tier }) => `tìm thấy nội dung cũ nhờ mục mới trong kho, ${atTier(tier)}`,
		"case-judged-again": ({ tier }) => `xét lại nội dung được báo cáo, nay ${atTier(tier)}`,
		"case-merged-into": () => "gộp vụ việc vào một vụ việc khác về cùng một nội dung",
		"case-took-in": ({ items }) => `nhận một vụ việc khác về cùng một nội dung: ${items} mục`,
		"case-specimen-kept": () => "giữ lại một mục của đợt bùng phát để có thể xem",
		"case-spread-changed": ({ action, items }) =>
			action === "limit-spread"
				? `hạn chế lan truyền thêm ${items} mục của một đợt bùng phát`
				: `bỏ hạn chế lan truyền thêm ${items} mục của một đợt bùng phát`,
		"case-outbreak": ({ voices, inSeconds }) =>
			`phát hiện đang lan truyền: ${voices} nguồn khác nhau trong ${inSeconds / 60} phút`,
		"case-requested": ({ asks, isUrgent }) =>
			`nhận yêu cầu${isUrgent ? " khẩn" : ""} của cơ quan chức năng: ${requests[asks]}`,
		"case-reports-counted": ({ reports }) => `tính các tin báo: ${reports} tin đến lúc đó`,
		"case-reports-answered": ({ reports }) => `trả lời ${reports} người báo tin`,
		"case-appealed": ({ by }) =>
			by === "user" ? "nhận khiếu nại của người dùng bị ảnh hưởng" : "nhận khiếu nại của người báo tin",
		"case-upheld": (made) => `giữ nguyên quyết định ${decisionOn(made)}`,
		"case-overturned": (made) => `hủy quyết định ${decisionOn(made)}`,
		"case-escalated": () => "chuyển vụ việc cho người xem xét",
		"case-claimed": () => "nhận vụ việc",
		"case-released": ({ why }) => (why === "expired" ? "hết hạn quyền xử lý vụ việc" : "trả lại vụ việc"),
		"case-skipped": () => "bỏ qua vụ việc",
		"case-commented": () => "viết ghi chú",
		"case-revealed": ({ level }) => `xem một mục ở mức ${level}`,
		"case-hidden": ({ durationMs }) => `ẩn một mục sau ${seconds(durationMs)} giây`,
		"case-decided": ({ isFinal, ...made }) =>
			`quyết định: ${decisionOn(made)}${isFinal ? "" : ", cần thêm một người đồng ý"}`,
		"case-second-asked": (made) => `yêu cầu người thứ hai quyết định: ${decisionOn(made)}`,
		"case-lead-asked": () => "yêu cầu trưởng nhóm vì hai người quyết định khác nhau",
		"case-undone": (made) => `rút lại quyết định: ${decisionOn(made)}`,
		"case-reopened": (made) => `mở lại vụ việc sau quyết định: ${decisionOn(made)}`,
		"case-entry-judged": ({ judgement }) => `${judgements[judgement]} một bản ghi trùng khớp trong kho`,
		"case-ordered": ({ action }) => `ra lệnh cho nền tảng: ${ordersVi[action]}`,
		"case-strikes-taken-back": ({ strikes }) => `hỏi lại về tài khoản: ${strikes} lần vi phạm đã bị rút lại`,
		"case-strikes-gathered": ({ strikes }) => `ghi nhận ${strikes} lần vi phạm của tài khoản`,
		"case-account-ordered": ({ action }) => `thông báo cho nền tảng: ${accountOrdersVi[action]}`,
		"case-delivered": ({ attempts }) =>
			attempts === 1 ? "gửi được lệnh tới nền tảng" : `gửi được lệnh tới nền tảng ở lần thứ ${attempts}`,
		"case-undelivered": ({ reason }) => `thôi gửi một lệnh, chưa gửi được: ${reason}`,

		"bank-created": ({ name, kind }) => `tạo kho ${name} cho nội dung ${kind === "known" ? "đã biết" : "vô hại"}`,
		"bank-changed": ({ name, settings }) => `đổi cài đặt của kho ${name}: ${settings.join(", ")}`,
		"bank-removed": ({ name }) => `gỡ bỏ kho ${name}`,
		"bank-put-back": ({ name }) => `đưa kho ${name} về bước trước`,
		"entries-added": ({ name, ...said }) => `ghi bản ghi vào kho ${name}: ${changes(said)}`,
		"entry-removed": () => "gỡ một bản ghi khỏi kho",
		"entry-opinion-set": ({ source, opinion }) => `ghi ý kiến của ${source} về một bản ghi: ${opinion}`,
		"entry-judged": ({ judgement }) => `${judgements[judgement]} một bản ghi trong kho`,
		"entry-quarantined": () => "cách ly một bản ghi",
		"content-added": ({ content }) => `thêm nội dung số ${content} vào kho`,
		"content-changed": ({ content }) => `đổi nội dung số ${content} trong kho`,
		"content-removed": ({ content }) => `gỡ nội dung số ${content} khỏi kho`,
		"draft-opened": ({ bank, isReplacing }) =>
			`đề nghị nhập vào kho ${bank}${isReplacing ? ", thay cho những gì nguồn đã ghi" : ""}`,
		"draft-accepted": ({ bank, isAlone, ...said }) =>
			`${isAlone ? "một mình " : ""}chấp nhận lần nhập vào kho ${bank}: ${changes(said)}`,
		"draft-rejected": ({ bank }) => `từ chối lần nhập vào kho ${bank}`,
		"draft-applied": ({ bank, ...said }) => `thực hiện xong lần nhập vào kho ${bank}: ${changes(said)}`,

		"change-asked": ({ bank, change }) => `đề nghị ${asked(change)} của kho ${bank}, cần người thứ hai`,
		"change-agreed": ({ bank, change }) => `đồng ý ${asked(change)} của kho ${bank}`,

		"dead-letter-replayed": () => "đưa một bản ghi lỗi trở lại luồng",
		"dead-letter-discarded": () => "loại bỏ một bản ghi lỗi",
		"job-replayed": () => "chuyển lại một việc vào hàng đợi",
		"job-discarded": () => "loại bỏ một việc",
		"order-replayed": () => "cho gửi lại một lệnh",
		"order-discarded": () => "loại bỏ một lệnh",
		"breaker-opened": ({ kind, perMinute }) =>
			`ngắt việc tự động tạm ẩn của ${scopes[kind]}${perMinute === null ? "" : `, đang ở mức ${Math.round(perMinute)} mỗi phút`}`,
		"breaker-closed": ({ kind }) => `cho tiếp tục tự động tạm ẩn của ${scopes[kind]}`,
		"model-shadow": ({ model, share }) => `cho mô hình ${model} chạy thử trên ${share * 100} % nội dung`,
		"model-end-shadow": () => "kết thúc việc chạy thử mô hình",
		"model-promote": ({ model }) => `đưa mô hình ${model} vào dùng chính thức`,
		"model-accept": ({ model, category }) => `chấp nhận cách đọc điểm của ${model} cho nhóm ${category}`,
		"model-renew-reference": () => "lấy lại mức điểm tham chiếu",
		"model-rollback": ({ origin }) => `đưa cài đặt mô hình về bản ${origin}`,
		"proposal-made": ({ model, category }) => `đề nghị cách đọc điểm của ${model} cho nhóm ${category}`,
		"proposal-rejected": ({ model, category }) => `từ chối cách đọc điểm của ${model} cho nhóm ${category}`,
		"platform-added": ({ name }) => `thêm nền tảng ${name}`,
		"platform-webhook-set": ({ isSet }) =>
			isSet ? "đặt địa chỉ nhận lệnh của một nền tảng" : "bỏ địa chỉ nhận lệnh của một nền tảng",
		"platform-enabled": () => "cho một nền tảng gửi lại",
		"platform-jurisdictions-set": ({ jurisdictions }) =>
			`ghi một nền tảng thuộc phạm vi luật của: ${jurisdictions.join(", ") || "không nơi nào"}`,
		"platform-country-set": ({ country }) =>
			country === null
				? "bỏ ghi quốc gia của một nền tảng"
				: `ghi luật của quốc gia nào áp dụng cho một nền tảng: ${country}`,
		"platform-addresses-set": ({ count }) => `khai báo nơi một nền tảng hiển thị nội dung: ${count} mẫu địa chỉ`,
		"platform-disabled": () => "chặn một nền tảng",
		"platform-key-added": ({ label, mayCurate }) =>
			`cấp cho một nền tảng khóa “${label}”${mayCurate ? ", được phép thay đổi kho" : ""}`,
		"platform-keys-revoked": (keys) => `thu hồi ${keysEnd(keys)} khóa của một nền tảng: ${keys.count}`,

		"person-added": ({ login, roles }) => `thêm ${login} với vai trò ${rolesOf(roles)}`,
		"person-roles-set": ({ login, roles }) => `đặt vai trò của ${login}: ${rolesOf(roles)}`,
		"person-disabled": ({ login }) => `khóa tài khoản ${login}`,
		"person-enabled": ({ login }) => `mở lại tài khoản ${login}`,
		"password-set": ({ login, isFirst }) =>
			isFirst ? `cấp mật khẩu đầu tiên cho ${login}` : `đặt mật khẩu mới cho ${login}`,
		"logged-in": () => "đăng nhập",
		"logged-out": () => "đăng xuất",

		"policy-proposed": ({ revertsTo, mayWithholdMore }) =>
			`${revertsTo === null ? "đề xuất một chính sách khác" : `đề xuất trở lại bản ${revertsTo} của chính sách`}${mayWithholdMore ? ", có thể tạm ẩn nhiều hơn" : ""}`,
		"policy-accepted": ({ revertsTo }) =>
			revertsTo === null
				? "chấp nhận một chính sách được đề xuất, nay có hiệu lực"
				: `chấp nhận trở lại bản ${revertsTo} của chính sách, nay có hiệu lực`,
		"policy-asked": ({ asked, examined, moved }) =>
			`hỏi ${asked === null ? "một chính sách được đề xuất" : `bản chính sách ${asked}`} sẽ xử lý ${examined} kết luận cũ thế nào: ${moved} khác đi`,
		"policy-rejected": () => "bác bỏ một chính sách được đề xuất",

		"laws-proposed": ({ revertsTo }) =>
			revertsTo === null ? "đề xuất luật khác" : `đề xuất quay về bản ${revertsTo} của luật`,
		"laws-accepted": () => "chấp nhận luật được đề xuất, nay có hiệu lực",
		"laws-rejected": () => "bác đề xuất về luật",

		"silence-begun": ({ until }) =>
			`bắt đầu tạm không thông báo về vụ việc${until === null ? "" : `, đến ${until.slice(0, 16).replace("T", " ")} UTC`}`,
		"silence-ended": ({ reports, statements }) =>
			`thôi tạm không thông báo về vụ việc: đã báo ${reports} người báo tin, gửi ${statements} bản nêu lý do`,

		"templates-proposed": ({ revertsTo }) =>
			revertsTo === null ? "đề xuất lời trả lời khác" : `đề xuất quay về bản ${revertsTo} của lời trả lời`,
		"templates-accepted": () => "chấp nhận lời trả lời được đề xuất, nay có hiệu lực",
		"templates-rejected": () => "bác đề xuất về lời trả lời",

		"rule-drafted": ({ isChecked }) => `viết một quy tắc${isChecked ? "" : ", chưa dùng được"}`,
		"rule-backtested": ({ held, examined }) =>
			`thử một quy tắc với ${examined} kết luận đã có: quy tắc đúng với ${held}`,
		"rule-advanced": ({ to, share }) => `chuyển một quy tắc sang bước ${stageOf(to, share)}`,
		"rule-asked": ({ to, share }) => `đề nghị chuyển một quy tắc sang bước ${stageOf(to, share)}, cần người thứ hai`,
		"rule-approved": ({ to, share }) => `đồng ý chuyển một quy tắc sang bước ${stageOf(to, share)}`,
		"rule-taken-back": ({ from, to }) => `đưa một quy tắc từ bước ${stages[from]} về ${stages[to]}`,
		"rule-measures-lifted": ({ items }) => `bỏ những gì máy đã làm theo một quy tắc: tất cả ${items}`,
		"rule-snoozed": ({ of, until }) =>
			`tạm ngưng một quy tắc với một ${of === "account" ? "tài khoản" : "cụm"} đến ${until.slice(0, 16).replace("T", " ")} UTC`,
		"rule-snooze-ended": ({ of }) => `cho một quy tắc lên tiếng lại về một ${of === "account" ? "tài khoản" : "cụm"}`,

		"report-read": () => "đọc một tin báo",
		"report-written": () => "nhắn cho người báo tin",
		"report-answered": () => "trả lời người báo tin",
		"cluster-merged": ({ members }) => `gộp hai cụm thành một: chuyển ${members} mục`,
		...sweepActsVi,
		"outbreak-began": ({ of, voices, inSeconds }) =>
			`phát hiện đợt bùng phát của ${outbreakSubjects[of]}: ${voices} nguồn khác nhau trong ${inSeconds / 60} phút`,
		"outbreak-ended": ({ because }) => `kết thúc đợt bùng phát: ${outbreakEnds[because]}`,
		"reporter-added": ({ name, kind }) => `cho ${name} báo tin bằng khóa, với tư cách ${reporterKindNames[kind]}`,
		"reporter-enabled": () => "cho một nơi báo tin dùng khóa trở lại",
		"reporter-disabled": () => "chặn một nơi báo tin",
		"reporter-key-added": () => "cấp khóa cho một nơi báo tin",
		"reporter-keys-revoked": (keys) => `thu hồi ${keysEnd(keys)} khóa của một nơi báo tin: ${keys.count}`,

		"clock-started": ({ profile, isUrgent }) => `bắt đầu tính thời hạn${isUrgent ? " khẩn" : ""} theo ${profile}`,
		"clock-told": ({ event }) => `ghi nhận cho một thời hạn: ${clockEvents[event]}`,
		"clock-warned": ({ profile, fraction }) => `cảnh báo đã hết ${Math.round(fraction * 100)} % thời hạn ${profile}`,
		"clock-breached": ({ profile, dueAt }) => `ghi nhận thời hạn ${profile} đã quá lúc ${dueAt}`,
		"clock-recounted": ({ profile, dueBefore, dueAt }) =>
			`cho tính lại thời hạn của ${profile}: nay ${dueAt ?? "không có số giờ"}, trước ${dueBefore ?? "không có số giờ"}`,
		"clock-reopened": ({ profile }) => `tính tiếp thời hạn ${profile}`,
		"clock-ended": ({ profile, outcome, lateByMs }) =>
			`kết thúc thời hạn ${profile}: ${clockOutcomes[outcome]}${lateByMs === null ? "" : ` ${Math.ceil(lateByMs / 60_000)} phút`}`,

		"authority-added": ({ name, laws }) => `thêm cơ quan ${name}, yêu cầu theo ${laws.join(", ")}`,
		"authority-enabled": ({ name }) => `cho cơ quan ${name} gửi yêu cầu lại`,
		"authority-disabled": ({ name }) => `chặn cơ quan ${name}`,
		"authority-login-added": ({ login }) => `cho ${login} đăng nhập thay mặt cơ quan`,
		"authority-login-reset": ({ login }) => `cấp mật khẩu đầu cho ${login} và bỏ yếu tố thứ hai`,
		"authority-login-disabled": ({ login }) => `chặn ${login}, người gửi yêu cầu thay mặt cơ quan`,
		"authority-login-enabled": ({ login }) => `cho ${login} gửi yêu cầu thay mặt cơ quan lại`,
		"authority-login-set-up": () => "bảo vệ tài khoản bằng yếu tố thứ hai",
		"authority-logged-in": () => "đăng nhập thay mặt cơ quan",
		"authority-logged-out": () => "đăng xuất khỏi tài khoản của cơ quan",
		"authority-recovery-code-used": ({ left }) => `đăng nhập bằng mã dự phòng; còn ${left} mã`,
		"authority-request-entered": ({ channel, arrivedAt }) =>
			`nhập một yêu cầu gửi qua ${channelNames[channel]} lúc ${arrivedAt}`,
		"authority-key-added": () => "cấp khóa cho một cơ quan",
		"authority-keys-revoked": (keys) => `thu hồi ${keysEnd(keys)} khóa của một cơ quan: ${keys.count}`,

		unread: ({ code }) => `làm một việc mà phiên bản này chưa có lời (${code})`,
	},
	subjects: {
		authority: "cơ quan chức năng",
		bank: "kho",
		breaker: "ngắt tự động",
		case: "vụ việc",
		clock: "thời hạn",
		"dead-letter": "bản ghi lỗi",
		draft: "lần nhập",
		entry: "bản ghi trong kho",
		job: "việc",
		laws: "luật",
		models: "mô hình",
		order: "lệnh",
		outbreak: "đợt bùng phát",
		person: "tài khoản",
		platform: "nền tảng",
		policy: "chính sách",
		proposal: "đề nghị",
		report: "tin báo",
		reporter: "nơi báo tin",
		templates: "lời trả lời",
		cluster: "cụm bản sao",
		sweep: "lượt rà soát",
		rule: "quy tắc",
		view: "câu hỏi cho lịch sử",
	},
};
