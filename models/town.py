"""An invented town to begin with: a city, a district, two streets, six communities with their Party branches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from argon2 import PasswordHasher
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from models.almanac import almanac
from models.tables import Account, Entry, Person, Post, Unit
from workflow.rosters import members, organisations
from workflow.snapshot import Level

FIRST_YEAR, LAST_YEAR = 2010, 2030
SINCE, FOUNDED = date(2024, 1, 1), date(2012, 7, 1)
LEVELS = ("city", "district", "street", "community", "branch")
DAYS = text("""
    INSERT INTO calendar_days (day, kind, name, source, confirmed) SELECT * FROM unnest(
        CAST(:day AS date[]), CAST(:kind AS text[]), CAST(:name AS text[]), CAST(:source AS text[]),
        CAST(:confirmed AS boolean[]))
""")

# code, name, level, code of the unit above, telephone
UNITS: tuple[tuple[str, str, Level, str, str], ...] = (
    ("YZ", "云州市", "city", "", "0000-555 1001"),
    ("QQ", "青桥区", "district", "YZ", "0000-555 1200"),
    ("LA", "柳岸街道", "street", "QQ", "0000-555 1180"),
    ("SQ", "石桥街道", "street", "QQ", "0000-555 1280"),
    ("LALA", "柳岸社区", "community", "LA", "0000-555 1181"),
    ("LAGH", "桂花巷社区", "community", "LA", "0000-555 1182"),
    ("LABT", "北塘社区", "community", "LA", "0000-555 1183"),
    ("SQDC", "东仓社区", "community", "SQ", "0000-555 1281"),
    ("SQWT", "梧桐里社区", "community", "SQ", "0000-555 1282"),
    ("SQXD", "新渡社区", "community", "SQ", "0000-555 1283"),
    ("LALA1", "柳岸社区第一党支部", "branch", "LALA", ""),
    ("LALA2", "柳岸社区第二党支部", "branch", "LALA", ""),
    ("LAGH1", "桂花巷社区第一党支部", "branch", "LAGH", ""),
    ("LAGH2", "桂花巷社区第二党支部", "branch", "LAGH", ""),
    ("LABT1", "北塘社区党支部", "branch", "LABT", ""),
    ("LABT2", "北塘织造厂党支部", "branch", "LABT", ""),
    ("SQDC1", "东仓社区党支部", "branch", "SQDC", ""),
    ("SQWT1", "梧桐里社区党支部", "branch", "SQWT", ""),
    ("SQXD1", "新渡社区党支部", "branch", "SQXD", ""),
)
HOURS = "工作日 8:30—12:00，13:30—17:30"
COMMUNITY_HOURS = "周一至周六 8:30—11:30，14:00—17:30"
# Code of the branch, its full members, whether it has a committee, households of its area.
BRANCHES = (
    ("LALA1", 16, True, 820), ("LALA2", 7, True, 610), ("LAGH1", 23, True, 940), ("LAGH2", 5, False, 380),
    ("LABT1", 15, True, 760), ("LABT2", 9, True, 0), ("SQDC1", 12, True, 690), ("SQWT1", 31, True, 1020),
    ("SQXD1", 3, False, 240),
)  # fmt: skip
# Residents without a post, whom cases are about.
RESIDENTS: tuple[str, ...] = (
    "林知夏", "沈星河", "顾念安", "江辞雪", "陆清秋", "许慕言", "宋晚舟", "叶疏桐",
    "苏陌白", "程以安", "温庭月", "简繁星", "裴明澈", "傅南乔", "谢长宁", "秦若水",
    "乔安然", "向晚晴", "钟意深", "孟浮生", "季青临", "莫听雨", "严寒松", "卫长风",
    "尹清和", "闻书遥", "易安澜", "岑望舒", "褚晏清", "凌霜序",
)  # fmt: skip
# Who stands where: name, login, roles. The login is the name in letters, the roles those of the procedures.
STAFF: dict[str, tuple[tuple[str, str, str], ...]] = {
    "YZ": (
        ("沈庭安", "shentingan", "reexaminer"),
        ("顾怀远", "guhuaiyuan", "reexam_head unit_head"),
        ("梁秋实", "liangqiushi", "hearing_chair"),
        ("邵文澜", "shaowenlan", "dispatcher city_office"),
        ("纪云舒", "jiyunshu", "letters_head supervisor"),
        ("卓一鸣", "zhuoyiming", "auditor"),
    ),
    "QQ": (
        ("方知夏", "fangzhixia", "reviewer"),
        ("秦伯谦", "qinboqian", "review_head unit_head"),
        ("骆青山", "luoqingshan", "hearing_chair"),
        ("温如玉", "wenruyu", "dispatcher window_clerk"),
        ("钟离川", "zhonglichuan", "letters_head district_office"),
        ("季晚晴", "jiwanqing", "supervisor"),
        ("霍正言", "huozhengyan", "auditor"),
        ("冯思齐", "fengsiqi", "conference"),
        ("庄子衿", "zhuangzijin", "caseworker"),
        ("薛明镜", "xuemingjing", "sealed_handler"),
        ("诸葛明礼", "zhugemingli", "org_department"),
    ),
    "LA": (
        ("周小满", "zhouxiaoman", "window_clerk"),
        ("何静好", "hejinghao", "dispatcher"),
        ("陈立秋", "chenliqiu", "caseworker"),
        ("苏婉清", "suwanqing", "caseworker"),
        ("许承平", "xuchengping", "unit_head sender_head"),
        ("白若溪", "bairuoxi", "hearing_chair"),
        ("闻人杰", "wenrenjie", "sealed_handler"),
        ("孟知行", "mengzhixing", "supervisor"),
        ("戴维中", "daiweizhong", "letters_head"),
        ("贺长风", "hechangfeng", "street_leader"),
        ("简从容", "jiancongrong", "organiser"),
        ("敖庆余", "aoqingyu", "party_committee"),
        ("乐山海", "yueshanhai", "deputy_secretary"),
        ("任重远", "renzhongyuan", "committee_secretary"),
        ("上官澈", "shangguanche", "office_head party_supervisor"),
    ),
    "SQ": (
        ("吴佩兰", "wupeilan", "window_clerk"),
        ("彭一舟", "pengyizhou", "dispatcher"),
        ("郑和光", "zhengheguang", "caseworker"),
        ("丁香远", "dingxiangyuan", "caseworker"),
        ("袁守正", "yuanshouzheng", "unit_head sender_head"),
        ("蒋听雨", "jiangtingyu", "hearing_chair"),
        ("史鉴明", "shijianming", "sealed_handler"),
        ("蔡思源", "caisiyuan", "supervisor letters_head"),
        ("谭凌云", "tanlingyun", "street_leader"),
        ("欧阳朔", "ouyangshuo", "organiser"),
        ("公孙策", "gongsunce", "party_committee"),
        ("司徒静", "situjing", "deputy_secretary"),
        ("东方晓", "dongfangxiao", "committee_secretary"),
        ("夏侯渊平", "xiahouyuanping", "office_head party_supervisor"),
    ),
    "LALA": (
        ("魏春和", "weichunhe", "window_clerk"),
        ("池春归", "chichungui", "community_committee community_secretary league_branch"),
        ("栗秋声", "liqiusheng", "party_worker"),
    ),
    "LAGH": (
        ("叶知秋", "yezhiqiu", "window_clerk"),
        ("仇远山", "qiuyuanshan", "community_committee community_secretary league_branch"),
        ("丰一诺", "fengyinuo", "party_worker"),
    ),
    "LABT": (
        ("田晓霜", "tianxiaoshuang", "window_clerk"),
        ("支云鹤", "zhiyunhe", "community_committee community_secretary league_branch"),
        ("蓝采薇", "lancaiwei", "party_worker"),
    ),
    "SQDC": (
        ("范清和", "fanqinghe", "window_clerk"),
        ("管清如", "guanqingru", "community_committee community_secretary league_branch"),
        ("辛未晞", "xinweixi", "party_worker"),
    ),
    "SQWT": (
        ("倪小雪", "nixiaoxue", "window_clerk"),
        ("洪波起", "hongboqi", "community_committee community_secretary league_branch"),
        ("耿介然", "gengjieran", "party_worker"),
    ),
    "SQXD": (
        ("汪雨水", "wangyushui", "window_clerk"),
        ("白鹭洲", "bailuzhou", "community_committee community_secretary league_branch"),
        ("冷月白", "lengyuebai", "party_worker"),
    ),
    "LALA1": (
        ("陶守诚", "taoshoucheng", "branch_secretary"),
        ("柯明哲", "kemingzhe", "branch_committee branch_meeting party_worker"),
        ("安怀素", "anhuaisu", "party_member"),
        ("邢书言", "xingshuyan", "party_member"),
    ),
    "LALA2": (
        ("莫怀瑜", "mohuaiyu", "branch_secretary"),
        ("凌清越", "lingqingyue", "branch_committee branch_meeting party_worker"),
        ("狄云帆", "diyunfan", "party_member"),
        ("米兰心", "milanxin", "party_member"),
    ),
    "LAGH1": (
        ("穆长青", "muchangqing", "branch_secretary"),
        ("祁连雪", "qilianxue", "branch_committee branch_meeting party_worker"),
        ("苗素问", "miaosuwen", "party_member"),
        ("邬思远", "wusiyuan", "party_member"),
    ),
    "LAGH2": (
        ("喻晓棠", "yuxiaotang", "branch_secretary"),
        ("麦青河", "maiqinghe", "branch_meeting branch_committee party_worker"),
        ("尚知微", "shangzhiwei", "party_member"),
    ),
    "LABT1": (
        ("郝致远", "haozhiyuan", "branch_secretary"),
        ("伏念安", "funianan", "branch_committee branch_meeting party_worker"),
        ("成竹君", "chengzhujun", "party_member"),
        ("臧克俭", "zangkejian", "party_member"),
    ),
    "LABT2": (
        ("桑榆晚", "sangyuwan", "branch_secretary"),
        ("计春融", "jichunrong", "branch_committee branch_meeting party_worker"),
        ("路遥知", "luyaozhi", "party_member"),
        ("车同轨", "chetonggui", "party_member"),
    ),
    "SQDC1": (
        ("解忧川", "xieyouchuan", "branch_secretary"),
        ("屈子安", "quzian", "branch_committee branch_meeting party_worker"),
        ("巫山月", "wushanyue", "party_member"),
        ("焦尾琴", "jiaoweiqin", "party_member"),
    ),
    "SQWT1": (
        ("井泉生", "jingquansheng", "branch_secretary"),
        ("牧之野", "muzhiye", "branch_committee branch_meeting party_worker"),
        ("山伯年", "shanbonian", "party_member"),
        ("谷怀谦", "guhuaiqian", "party_member"),
    ),
    "SQXD1": (
        ("曲江南", "qujiangnan", "branch_secretary"),
        ("家国平", "jiaguoping", "branch_meeting branch_committee party_worker"),
        ("封北辰", "fengbeichen", "party_member"),
    ),
}

# The people's mediation teams: at each community and street its own, and who stands behind them at the street.
MEDIATION: dict[str, tuple[tuple[str, str, str], ...]] = {
    "LALA": (
        ("唐若初", "tangruochu", "registrar visitor"), ("莫寒山", "mohanshan", "mediator"),
        ("童心悦", "tongxinyue", "volunteer_mediator"), ("凌霄", "lingxiao", "committee_chair"),
    ),
    "LAGH": (
        ("向晚意", "xiangwanyi", "registrar visitor"), ("左思远", "zuosiyuan", "mediator"),
        ("苗青禾", "miaoqinghe", "volunteer_mediator"), ("柏念慈", "bonianci", "committee_chair"),
    ),
    "LABT": (
        ("宁采薇", "ningcaiwei", "registrar visitor"), ("岳鸣山", "yuemingshan", "mediator"),
        ("乐未央", "leweiyang", "volunteer_mediator"), ("尚致远", "shangzhiyuan", "committee_chair"),
    ),
    "SQDC": (
        ("辛夷", "xinyi", "registrar visitor"), ("屈平野", "qupingye", "mediator"),
        ("安知宁", "anzhining", "volunteer_mediator"), ("祁连生", "qiliansheng", "committee_chair"),
    ),
    "SQWT": (
        ("车远行", "cheyuanxing", "registrar visitor"), ("芮知礼", "ruizhili", "mediator"),
        ("邢望月", "xingwangyue", "volunteer_mediator"), ("皮日新", "pirixin", "committee_chair"),
    ),
    "SQXD": (
        ("应怀民", "yinghuaimin", "registrar visitor"), ("冉竹溪", "ranzhuxi", "mediator"),
        ("蓝田玉", "lantianyu", "volunteer_mediator"), ("邱山行", "qiushanxing", "committee_chair"),
    ),
    "LA": (
        ("池素心", "chisuxin", "registrar visitor"), ("宿雨晴", "suyuqing", "mediator"),
        ("卞之和", "bianzhihe", "volunteer_mediator"), ("仇九思", "choujiusi", "committee_chair street_mediation"),
        ("司徒清", "situqing", "justice_office"), ("颜明理", "yanmingli", "judge_liaison"),
        ("武定安", "wudingan", "police_contact"),
    ),
    "SQ": (
        ("丛林晚", "conglinwan", "registrar visitor"), ("荆楚生", "jingchusheng", "mediator"),
        ("步青云", "buqingyun", "volunteer_mediator"), ("涂山立", "tushanli", "committee_chair street_mediation"),
        ("诸葛衡", "zhugeheng", "justice_office"), ("闻道远", "wendaoyuan", "judge_liaison"),
        ("卫长安", "weichangan", "police_contact"),
    ),
}  # fmt: skip
STAFF |= {unit: (*STAFF.get(unit, ()), *people) for unit, people in MEDIATION.items()}


def build(session: Session, *, password: str = "") -> None:
    """Into empty tables; accounts only where a password is given, the same for all: it is for a demonstration."""
    build_units(session)
    build_calendar(session)
    people = build_people(session)
    build_rosters(session, people)
    if password:
        hashed = PasswordHasher().hash(password)
        session.execute(
            insert(Account),
            [
                {"person_id": id_, "login": login, "password_hash": hashed, "email": f"{login}@yunzhou.example"}
                for login, id_ in people.items()
            ],
        )


def build_units(session: Session) -> None:
    session.execute(insert(Unit), list(unit_rows(UNITS)))


def unit_rows(units: tuple[tuple[str, ...], ...]) -> Iterator[dict[str, str | None]]:
    """Each unit with the columns that repeat it and everything above it; a unit stands after the one above it."""
    lines: dict[str, dict[str, str | None]] = {"": {f"{level}_id": None for level in LEVELS}}
    for code, name, level, above, phone in units:
        lines[code] = lines[above] | {f"{level}_id": code}
        own = {"phone": phone, "hours": COMMUNITY_HOURS if level == "community" else HOURS}
        yield {"id": code, "name": name, "level": level, "parent_id": above or None, **own, **lines[code]}


def build_calendar(session: Session) -> None:
    """Some seven thousand days in one statement, which takes a tenth of the time of one each."""
    days = almanac(FIRST_YEAR, LAST_YEAR)
    columns = {name: [getattr(day, name) for day in days.values()] for name in ("kind", "name", "source", "confirmed")}
    session.execute(DAYS, {"day": list(days), **columns})


def build_rosters(session: Session, people: dict[str, int]) -> None:
    """Party organisations, and members: those with a post in their branch, and others who bear a number for a name."""
    parents = {code: above for code, _, _, above, _ in UNITS}
    secretaries = {code: str(people[STAFF[code][0][1]]) for code, *_ in BRANCHES}
    for code, count, committee, households in BRANCHES:
        facts = {
            "parent": parents[code], "street": parents[parents[code]], "secretary": secretaries[code],
            "founded_on": FOUNDED.isoformat(), "has_committee": committee, "households": households,
            "enterprise": not households, "employees": 0 if households else 60,
        }  # fmt: skip
        session.add(Entry(register=organisations.name, about=code, since=FOUNDED, values=facts))
        named = [str(people[login]) for _, login, _ in STAFF.get(code, ())]
        card = {"branch": code, "standing": "full"}
        for about in (*named, *(f"{code}-{number}" for number in range(len(named) + 1, count + 1))):
            session.add(Entry(register=members.name, about=about, since=FOUNDED, values=card))
    for code, _, level, *_ in UNITS:
        if level == "street":
            session.add(Entry(register=organisations.name, about=code, since=FOUNDED, values={"approves": True}))


def build_people(session: Session) -> dict[str, int]:
    """Everybody with his posts; ids by login."""
    staff = [(unit, *each) for unit, people in STAFF.items() for each in people]
    ids = session.execute(
        insert(Person).returning(Person.id, sort_by_parameter_order=True), [{"name": name} for _, name, _, _ in staff]
    ).scalars()
    placed = list(zip(ids, staff, strict=True))
    session.execute(
        insert(Post),
        [
            {"person_id": id_, "role": role, "unit_id": unit, "from_day": SINCE}
            for id_, (unit, _, _, roles) in placed
            for role in roles.split()
        ],
    )
    if RESIDENTS:
        session.execute(insert(Person), [{"name": name} for name in RESIDENTS])
    return {login: id_ for id_, (_, _, login, _) in placed}
