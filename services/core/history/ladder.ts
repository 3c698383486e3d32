// What others promise, ask for or report of the time to removal, as far as it is public: the ladder on which our own time to withhold stands. None of
// it starts at the same moment as ours, which begins with the item itself: each says where it begins.

export interface PublicFigure {
	readonly withinMs: number;
	/** Where a share was reported: of what was reported, removed or assessed in that time. */
	readonly share: number | null;
	readonly says: { readonly en: string; readonly vi: string };
	readonly source: string;
}

const hourMs = 3_600_000;

export const publicFigures: readonly PublicFigure[] = [
	{
		withinMs: hourMs,
		share: null,
		says: {
			en: "EU, terrorist content: from an authority's removal order",
			vi: "EU, nội dung khủng bố: kể từ lệnh gỡ bỏ của cơ quan chức năng",
		},
		source: "Regulation (EU) 2021/784, Art. 3(3)",
	},
	{
		withinMs: 24 * hourMs,
		share: null,
		says: {
			en: "Vietnam: from the request of a competent authority",
			vi: "Việt Nam: kể từ yêu cầu của cơ quan có thẩm quyền",
		},
		source: "Decree 147/2024/ND-CP",
	},
	{
		withinMs: 48 * hourMs,
		share: null,
		says: {
			en: "USA, intimate images: from a valid request of the person shown",
			vi: "Hoa Kỳ, hình ảnh riêng tư: kể từ yêu cầu hợp lệ của người trong ảnh",
		},
		source: "TAKE IT DOWN Act, sec. 3",
	},
	{
		withinMs: 7 * 24 * hourMs,
		share: 0.73,
		says: {
			en: "INHOPE's hotlines in 2019: from the public's report to removal",
			vi: "Các đường dây nóng INHOPE năm 2019: từ báo cáo của người dân đến khi gỡ bỏ",
		},
		source: "inhope.org, What is Notice & Takedown?",
	},
];

/** In the order in which they are given. */
export function figuresWithin(withinMs: number): readonly PublicFigure[] {
	return publicFigures.filter((one) => one.withinMs === withinMs);
}
