/** A whole number (32 bits, 0 unless set) for each of many rows; grows by pages, so that growing moves nothing. */
export interface NumberColumn {
	get(row: number): number;
	set(row: number, value: number): void;
}

const pageRows = 65_536;

export function createNumberColumn(): NumberColumn {
	const pages: Uint32Array[] = [];
	return {
		get: (row) => pages[row >>> 16]?.[row & 0xffff] ?? 0,
		set(row, value) {
			while (pages.length <= row >>> 16) pages.push(new Uint32Array(pageRows));
			const page = pages[row >>> 16];
			if (page !== undefined) page[row & 0xffff] = value;
		},
	};
}
