"""The toneless syllables that are really said, the most frequent first: of all that may stand, few do."""

from typing import Final

# Counted in official descriptions, in the guides and in the phrases people use; those met but a few times are left out.
_SPOKEN: Final = """
so co nhan ho giay tu dinh ban cong cap cua bao ki nguoi quan doi hop dang tai nuoc lam bo to chung khai ngay dong cho
duoc chinh va truong thong nha khong ngoai o dung qui lai theo dat trong sinh thuc thu nghi gia du de con doanh ve
viec thue do xin hoac mat bi nam hang chuc phep xa hanh van voi nghiep an han can the li qua noi dieu chi dau thoi tro
dan nop dien ke su vu viet cac ket bang chuyen giao tien hoi dich san phi tinh xac tru thanh quyet danh da tiep chu
hoc quoc bien tra cu khau kinh xe tin tham chua thi quyen ca say tich di truc luat nhap tuc hon sao khi tam le luc
phai mot phap thuoc ten kiem tren mau hiem y vien dai moi thuong khoan xuat hien trinh phu nuoi kien lap hai hoa giai
khac la phong uy lieu te vao mo hoat sua don xay ti mien phan toan giam yeu cau mua tuyen den phuong dia cuoc lan sung
tac duong trung thay neu muc ghi a ma gui vi tre sang me cha minh mi sai von cao huong pham sau diem lien em day tang
luong buoc nghe thang ra ngan ba tau muon kem gom nhiem truoc hoan buu huu cung chong het thua gi ben lao duc tiet
nhat doc benh tri chay than gioi chieu chat may roi che sach thuy chap loi vay en phat mai toi cuc tat dao nao he tuoi
gian nay ung tieu no mang canh tao cuu ngheo be ro thac them khu cai nang vo tuong cham goc nhieu luu len nguyen
khuyet thiet thuan lanh lich nghia xet vuc nho duyet nong chet trich pho chia hieu lay phieu vat anh trach si hoach
kham dap nhung trang cang dam chuan hinh gio khoang nan cuoi kho xu cam sat bat nhanh tap duoi that nhom phuc i tach
hong thuat xem choi phe tay song huy tho binh nghiem dua loai liet nhu khoa xoa bay chau ong ngu biet chien khach lau
vung sap gop thien nghien cach ruou thieu thai goi rung ton linh nhuong e ai lop rut khoi tung nganh tot dut cat cay
chon tranh tong kieu on gan bac trien mon ghe ha trai lua rieng uong toc it thao hay lo mam nham non chao tiem ap in
rach doan giup chuong dot dem boi dac toa khan nguon xong gieng ngung lon que nua tieng khieu lang xuong truyen vang
chan coi lac thuyen luon vet ninh bai nai tan vua xung hiep chup thoa nhau om thon soat suc giu xam khen xang gay buon
khang nguy tem thau tuan tuy giua tui hen gap kich huyen phoi tim soc oi uu tuat nien nen thoai quang thap ich go nat
via by kha long keo doa luyen bieu se huan giong trat khoe ruot trieu tran quen hu hom vai niem hung vong true vuon
chiu khuyen xom kenh bong ranh hach bam loan gai gium khao xuyen ta nau bau giang bia yet luan sanh muoi lenh giet
chip thuyet ngang uc nguong tron nhuan cuong thoat giat mieng lu not suat mu quay bon moc kia dep ao trua cum truy lot
trom troi muong keu trao rong rui tom xep xanh ruong rap nhien gao rot uoc bu bua chem sot son mac luoc mao ngach duy
treo neo banh pha man vui cot rat coc phien sam uot vuot rua xi tram chut ay ga nhot heo xiu nhe chiem vuong giap xuc
vac net hau xo gon chep met hi min phao khung am tet mong nga deu xua muu mieu luoi chai sieu at thich ngam ham boc
chim tep soan bep set na trot hat pay kim hoang nhi ngat sec manh mem thiep nhay thung nui sac doat lui pet com trau
thit lut ngo rang ven khuon khop suy au chuoi bot nu xau phia ac diet lech kip chac nhac khoanh u phut chot buc chiec
ngua chin hoai cheo nhiep kep hut nhua hao bach nut sa re cuon ngon ia run chang gach ep up lat rao phim vinh nom ri
tia chenh khien trac tue quet khuan nap nhin meu cop ec ot iec som chanh ghep rai kin vot luy menh quat huyet khich
buoi ngai tuoc deo hoanh chiet guong nghin but suot ren ut hep truot hue ang hun mach nguoc lit vach nhiet phau coa
bim giau khep eu ray phang luot ngoi phanh giuong quanh thoang xen ngap ran mep liem thach gin thinh loat ic nep dip
tec pa bui soi gang uom triet mooc loc tuu op khanh dun khia pong diep bom mui pu khe rac men buyt gac viem then buong
""".split()

RANK: Final = {syllable: rank for rank, syllable in enumerate(_SPOKEN)}
"""The place of each in the order of frequency, from 0."""
