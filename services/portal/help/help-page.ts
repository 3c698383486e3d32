// The shape of the pages for children, parents and teachers: data, so that whoever knows children better can edit them.
export interface HelpPage {
	readonly title: string;
	readonly lead: string;
	readonly sections: readonly {
		readonly title: string;
		readonly lines: readonly string[];
	}[];
}

export const audiences = ["children", "parents", "teachers"] as const;
export type Audience = (typeof audiences)[number];
