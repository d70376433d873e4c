"""Who stands where above the streets."""

from models.town.places import Staff

STAFF: Staff = {
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
}
