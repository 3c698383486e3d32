/**
 * Turns that make a copy, as seen from the entry's picture; `none` for the picture as it is. Named as PDQ's reference does: `flipX`
 * mirrors along the x axis, top to bottom, and turns go clockwise.
 */
export const dihedralTransforms = [
	"none",
	"rotate90",
	"rotate180",
	"rotate270",
	"flipX",
	"flipY",
	"transpose",
	"transverse",
] as const;
