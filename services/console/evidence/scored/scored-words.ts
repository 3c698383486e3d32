const en = {
	over: "Score over the threshold",
	under: "Score under the threshold",
	free: "Score without a threshold",
	probability: "Probability",
	against: (probability: string, threshold: string) => `${probability}, threshold ${threshold}`,
	model: "Model",
	labels: "All labels",
	caution: "A score alone confirms nothing.",
	said: (category: string, probability: string) => `${category}: model's probability ${probability}`,
	saidAgainst: (category: string, probability: string, threshold: string) =>
		`${category}: model's probability ${probability}, threshold ${threshold}`,
};

const vi: typeof en = {
	over: "Điểm vượt ngưỡng",
	under: "Điểm dưới ngưỡng",
	free: "Điểm không có ngưỡng",
	probability: "Xác suất",
	against: (probability, threshold) => `${probability}, ngưỡng ${threshold}`,
	model: "Mô hình",
	labels: "Tất cả các nhãn",
	caution: "Chỉ riêng điểm số không khẳng định điều gì.",
	said: (category, probability) => `${category}: xác suất theo mô hình ${probability}`,
	saidAgainst: (category, probability, threshold) =>
		`${category}: xác suất theo mô hình ${probability}, ngưỡng ${threshold}`,
};

export const scoredWords = { en, vi };
