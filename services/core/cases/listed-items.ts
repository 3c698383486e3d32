/** How many of a case's items, the oldest, are listed at once; and at most, for those who ask for more. */
export const listedItems = { usual: 200, most: 2_000 } as const;
