"""Who stands where in 滨河街道, its communities and their Party branches."""

from models.town.places import Staff

STAFF: Staff = {
    "BH": (
        ("苗雨前", "miaoyuqian", "window_clerk"),
        ("滕致和", "tengzhihe", "dispatcher"),
        ("戚明远", "qimingyuan", "caseworker"),
        ("纪晚舟", "jiwanzhou", "caseworker"),
        ("晏守一", "yanshouyi", "unit_head sender_head"),
        ("俞静观", "yujingguan", "hearing_chair"),
        ("解知微", "xiezhiwei", "sealed_handler"),
        ("毕见山", "bijianshan", "supervisor letters_head"),
        ("娄江平", "loujiangping", "street_leader"),
        ("钟离秋", "zhongliqiu", "organiser"),
        ("令狐远", "linghuyuan", "party_committee"),
        ("慕容禾", "muronghe", "deputy_secretary"),
        ("宇文朗川", "yuwenlangchuan", "committee_secretary"),
        ("濮阳宁", "puyangning", "office_head party_supervisor"),
        ("隗春生", "weichunsheng", "registrar visitor"),
        ("申屠和", "shentuhe", "mediator"),
        ("阮溪亭", "ruanxiting", "volunteer_mediator"),
        ("厉行之", "lixingzhi", "committee_chair street_mediation"),
        ("缪清正", "miaoqingzheng", "justice_office"),
        ("费思齐", "feisiqi", "judge_liaison"),
        ("雷定远", "leidingyuan", "police_contact"),
    ),
    "BHYT": (
        ("雁南归", "yannangui", "window_clerk"),
        ("路平川", "lupingchuan", "community_committee community_secretary league_branch"),
        ("甄细雨", "zhenxiyu", "party_worker"),
        ("柏如松", "bairusong", "registrar visitor"),
        ("盛夏清", "shengxiaqing", "mediator"),
        ("竺晚风", "zhuwanfeng", "volunteer_mediator"),
        ("岳晴川", "yueqingchuan", "committee_chair"),
    ),
    "BHLH": (
        ("芦白首", "lubaishou", "window_clerk"),
        ("江帆远", "jiangfanyuan", "community_committee community_secretary league_branch"),
        ("鲜于兰", "xianyulan", "party_worker"),
        ("汤若溪", "tangruoxi", "registrar visitor"),
        ("伍和鸣", "wuheming", "mediator"),
        ("桂秋圆", "guiqiuyuan", "volunteer_mediator"),
        ("廉守中", "lianshouzhong", "committee_chair"),
    ),
    "BHYT1": (
        ("康宁远", "kangningyuan", "branch_secretary"),
        ("宋雁声", "songyansheng", "branch_committee branch_meeting party_worker"),
        ("翁晓渡", "wengxiaodu", "party_member"),
        ("谷雨晨", "guyuchen", "party_member"),
    ),
    "BHLH1": (
        ("楼听潮", "loutingchao", "branch_secretary"),
        ("明月朗", "mingyuelang", "branch_meeting branch_committee party_worker"),
        ("水长流", "shuichangliu", "party_member"),
    ),
    "BHLH2": (
        ("习小舟", "xixiaozhou", "branch_secretary"),
        ("危高桅", "weigaowei", "branch_meeting branch_committee party_worker"),
        ("樊江平", "fanjiangping", "party_member"),
    ),
}
