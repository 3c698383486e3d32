// The categories that banks and models speak of, as codes. A platform may have others of its own, which somebody must then mean.

export const policyCategories = [
	/** Sexual abuse and exploitation of children, in pictures or in words. */
	"csam",
	/** Intimate pictures shared without consent. */
	"ncii",
	"terrorism",
	"adult",
	"offensive",
	"other",
] as const;
