// Harmless sentences, each of which is taken for a known text, and two words of each for a term.
export const sentences: readonly { readonly text: string; readonly term: string }[] = [
	{ text: "Sáng nay cả nhà ra vườn hái những quả bưởi chín vàng đầu tiên của mùa.", term: "quả bưởi" },
	{ text: "Chuyến tàu cuối cùng rời ga lúc mười giờ đêm, sân ga vắng lặng như tờ.", term: "chuyến tàu" },
	{ text: "Bà ngoại kể chuyện ngày xưa bên bếp lửa hồng, ngoài trời mưa rả rích.", term: "bếp lửa" },
	{ text: "Lớp học vẽ mở cửa vào chiều thứ bảy, mỗi buổi kéo dài hai tiếng rưỡi.", term: "lớp học vẽ" },
	{ text: "Những cánh diều giấy bay lượn trên bãi cỏ rộng cạnh bờ sông quê tôi.", term: "cánh diều" },
	{ text: "Hàng phượng vĩ trước cổng trường đã nở đỏ rực, báo hiệu kỳ nghỉ hè.", term: "phượng vĩ" },
	{ text: "Quán phở đầu ngõ đông khách từ sáng sớm, nước dùng ninh suốt đêm.", term: "quán phở" },
	{ text: "Tháng tới thư viện thành phố nhận thêm ba nghìn cuốn sách thiếu nhi.", term: "thư viện" },
	{ text: "Em bé chập chững những bước đi đầu tiên giữa tiếng vỗ tay của ông bà.", term: "chập chững" },
	{ text: "Buổi hòa nhạc ngoài trời bị hoãn lại vì dự báo có giông và gió mạnh.", term: "buổi hòa nhạc" },
	{ text: "Chú mèo mướp nằm sưởi nắng trên mái ngói, đuôi khẽ ve vẩy nhè nhẹ.", term: "mèo mướp" },
	{ text: "Đường lên bản quanh co qua những thửa ruộng bậc thang xanh mướt mắt.", term: "ruộng bậc thang" },
];
