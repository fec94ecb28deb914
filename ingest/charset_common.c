/*
 * Why: a text of words that every Vietnamese uses every day is Vietnamese, whether the campaign
 * knows them or not.
 */
#include <stdlib.h>

#include "base/text.h"
#include "ingest/charset_int.h"

/* clang-format off */
/* Common words of offices, and of names, that have marks; sorted by their bytes. */
static const char *const common[] = {
	"biểu", "bào", "báo", "bé", "bình", "bí", "bò", "bùi", "bản", "bảng", "bắc", "bằng",
	"bế", "bị", "bộ", "chiến", "cho", "chính", "chú", "chưa", "chương", "chỉ", "chủ",
	"chức", "cuối", "cá", "các", "cán", "cáo", "có", "công", "cũng", "cơ", "cả", "cầu",
	"cận", "cột", "của", "cựu", "duyệt", "dân", "dòng", "dũng", "dương", "dưới", "dẫn",
	"dục", "dựng", "giai", "giá", "giám", "giáo", "giúp", "giảm", "giấy", "giữa", "gà",
	"góp", "gửi", "hiền", "hiện", "hiệu", "hoà", "hoàng", "hoá", "hoạch", "hoạt",
	"huyện", "huân", "hà", "hình", "hòa", "hóa", "hùng", "hơn", "hương", "hướng", "hạn",
	"hạnh", "hải", "họ", "học", "hồ", "hồng", "hỗ", "hộ", "hội", "hợp", "hứa", "hữu",
	"khoẻ", "khác", "khánh", "không", "khỏe", "kiểm", "ký", "kế", "kết", "kỳ", "lao",
	"luỹ", "là", "làm", "lâm", "lãng", "lê", "lúa", "lý", "lăng", "lũy", "lương", "lại",
	"lạng", "lập", "lệ", "lộc", "lớn", "lợn", "miền", "mã", "mô", "mạc", "mẫu", "mặt",
	"mỗi", "một", "mới", "mức", "nghiệp", "nghèo", "nghị", "nguyên", "nguyễn", "ngày",
	"ngô", "người", "ngọc", "nhiều", "nhiệm", "nhà", "nhân", "như", "nhất", "nhận",
	"nhỏ", "những", "niên", "này", "nông", "núi", "năm", "nước", "nếu", "nội", "nộp",
	"nữ", "phiếu", "phát", "phòng", "phó", "phùng", "phúc", "phương", "phường", "phạm",
	"phải", "phố", "phụ", "quyên", "quyết", "quý", "quả", "quốc", "quỹ", "rất", "rừng",
	"sau", "sát", "sĩ", "sơ", "sơn", "sắc", "số", "sở", "sức", "sự", "thiểu", "thoát", "thuý",
	"thuỷ", "thành", "thái", "tháng", "thì", "thôn", "thông", "thúy", "thư", "thưởng",
	"thấp", "thể", "thị", "thủy", "thứ", "thực", "tiên", "tiêu", "tiến", "tiền", "toàn",
	"trang", "triển", "triệu", "truyền", "tràng", "trào", "trâu", "trên", "trình",
	"trước", "trường", "trưởng", "trấn", "trần", "trận", "trẻ", "trị", "trồng", "trợ",
	"tuyên", "tuấn", "tác", "tân", "tên", "tích", "tô", "tăng", "tư", "tại", "tập",
	"tế", "tệp", "tỉ", "tỉnh", "tịch", "tổ", "tổng", "tộc", "từ", "tỷ", "uỷ", "viên",
	"việc", "và", "vào", "võ", "vùng", "văn", "vũ", "vượt", "vận", "về", "vị", "vốn",
	"với", "vụ", "xuất", "xây", "xã", "yên", "đang", "điểm", "điển", "đoàn", "đoạn",
	"đánh", "đã", "đình", "đó", "đúng", "đơn", "đường", "được", "đại", "đạt", "đảng",
	"đất", "đầu", "đầy", "đặng", "đến", "đề", "đều", "để", "địa", "định", "đốc", "đồng",
	"đỗ", "động", "đỡ", "đủ", "đức", "ủng", "ủy",
};
/* clang-format on */

/* Longer is none of them. */
#define BYTES_MOST 16

static int
compare(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

bool
word_is_common(const uint32_t *runes, size_t count)
{
	char word[BYTES_MOST + 1];
	size_t len = 0;
	bool capital;

	for (size_t i = 0; i < count; i++) {
		if (len + 4 > BYTES_MOST)
			return false;
		len += text_rune_write(word + len, letter_small(runes[i], &capital));
	}
	word[len] = '\0';
	return bsearch(word, common, COUNT(common), sizeof(*common), compare) != NULL;
}
