"""Which of our fields an official record belongs to, by the words of its own field's name."""

from functools import cache
from typing import Final

from knowledge.vietnamese import unmarked

OTHER: Final = "khac"

# The first row that has a word of the record's field decides; the words are without marks.
_FIELDS: Final[tuple[tuple[str, str], ...]] = (
    ("ho-tich", "ho tich|nuoi con nuoi|quoc tich|dang ky cong dan"),
    ("cu-tru", "cu tru|hoi huong"),
    ("can-cuoc", "can cuoc|dinh danh"),
    ("ly-lich-tu-phap", "ly lich tu phap"),
    ("chung-thuc", "chung thuc"),
    ("ho-kinh-doanh", "ho kinh doanh"),
    ("ho-chieu", "xuat nhap canh|mien thi thuc"),
    ("dat-dai", "dat dai|bien phap bao dam|do dac"),
    ("xay-dung", "xay dung|nha o|kien truc|quy hoach|ha tang ky thuat|phat trien do thi|bat dong san"),
    ("bao-hiem", "bhxh|bhyt|bao hiem xa hoi|bao hiem y te"),
    ("bao-tro-xa-hoi", "bao tro xa hoi|giam ngheo|tre em|te nan xa hoi|cai nghien|cong tac dan toc"),
    ("nguoi-co-cong", "nguoi co cong|chinh sach"),
    ("viec-lam", "viec lam|lao dong|cong chuc|to chuc, can bo"),
    ("giao-duc", "giao duc|van bang|tuyen sinh|dao tao|nha giao"),
    ("giao-thong", ("phuong tien giao thong|giay phep lai xe|duong bo|dang kiem|hang khong|hang hai|duong sat"
     "|giao thong|duong thuy|vung troi|xe - may")),
    ("thue-hai-quan", "thue|hai quan"),
    ("ngan-hang", ("ngan hang|ngoai hoi|tin dung|chung khoan|tien te|thanh toan|quan ly no|uy thac|ke toan|bao hiem"
     "|kho bac|kho quy|tai chinh|dinh che|nhpt|quan ly gia|cong san|du tru")),
    ("doanh-nghiep", "doanh nghiep|hop tac xa|to hop tac|dau tu|dau thau|khu cong nghiep|kinh te hop tac"),
    ("y-te", "kham benh|phong benh|duoc|thiet bi y te|my pham|dan so|an toan thuc pham|giam dinh y khoa"),
    ("nong-nghiep", ("thu y|thuy san|trong trot|thuy loi|chan nuoi|lam nghiep|kiem lam|nong nghiep|nong lam|nong thon"
     "|dia chat|khoang san|tai nguyen nuoc|bien va hai dao|bien doi khi hau|moi truong|khi tuong|bao ton|de dieu"
     "|vien tham|cac-bon")),
    ("van-hoa", ("ton giao|the duc|the thao|my thuat|van hoa|di san|du lich|lu hanh|bao chi|phat thanh|xuat ban"
     "|ban quyen|nghe thuat|dien anh|quang cao|thi dua|khen thuong|so huu tri tue")),
    ("an-ninh", ("vu khi|vat lieu no|bien gioi|phong chay|con dau|an ninh|quan su|quoc phong|dan quan|co yeu|mat ma"
     "|tran dau")),
    ("cong-thuong", ("xuat nhap khau|luu thong|hoa chat|kinh doanh khi|dien|cong nghiep|thuong mai|dau khi|nang luong"
     "|ban hang|hang hoa|canh tranh|nguoi tieu dung|thu cong")),
    ("tu-phap", ("luat su|cong chung|thua phat lai|giam dinh|trong tai|hoa giai|tro giup phap ly|quan tai vien"
     "|dau gia|phap luat|tu phap|boi thuong|thi hanh an|toa an|to tung|khieu nai|to cao|lanh su")),
    ("khoa-hoc", "khoa hoc|cong nghe|du lieu|buc xa|do luong|an toan thong tin|tin hoc"),
)  # fmt: skip


@cache
def field_of(official: str, name: str = "") -> str:
    """The id of one of our fields; records without a field of their own are placed by their name."""
    for said in (official, "" if official else name):
        plain = unmarked(said).lower()
        for field, words in _FIELDS:
            if any(word in plain for word in words.split("|")):
                return field
    return OTHER
