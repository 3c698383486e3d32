const en = { title: "Found nothing" };

const vi: typeof en = { title: "Không phát hiện gì" };

export const clearWords = { en, vi };
