"""Whatever is posted to a field is either understood or refused in a Chinese sentence."""

import json
import pickle
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from workflow import fields
from workflow.ballots import Ballot
from workflow.fields import NO_DAY, Field, Sentence, schema
from workflow.identity import born_on, check_sign

FIELDS = {
    "text": fields.text("标题", at_least=2, at_most=50),
    "long_text": fields.text("诉求内容", at_least=5, at_most=100, long=True),
    "number": fields.number("申请延长天数", at_least=1, at_most=30),
    "day": fields.day("收到日"),
    "yes_no": fields.yes_no("已当面沟通", optional=False),
    "choice": fields.choice("处理结果", support="支持", not_support="不予支持"),
    "choices": fields.choices("无障碍需求", large_print="大字", visit="上门", at_least=1),
    "person": fields.person("承办人"),
    "people": fields.people("代表", at_least=1, at_most=5),
    "unit": fields.unit("转送机关"),
    "units": fields.units("参评支部", at_least=1, at_most=5),
    "names": fields.names("联名人", at_least=1, at_most=300),
    "file": fields.file("意见书"),
    "phone": fields.phone("联系电话"),
    "contact": fields.contact("联系方式"),
    "id_number": fields.id_number("证件号码"),
    "case": Field("case", "关联事项"),
    "decimal": fields.decimal("满意率", at_least=0, at_most=100),
    "money": fields.money("争议金额", at_most=5_000_000),
    "grounds": Field("grounds", "不计入的理由", at_least=1),
    "score": Field("score", "班子", at_least=0, at_most=15, places=1),
    "scores": fields.scores("自评分", leader=("班子", 15), ideas=("思路", 10)),
    "ballot": fields.ballot("表决"),
    "rows": fields.rows(
        "协议条款",
        at_least=1,
        at_most=3,
        what=fields.text("事项"),
        due_on=fields.day("期限"),
        who=fields.person("负责人", optional=True),
        amount=fields.money("金额", optional=True),
        done=fields.yes_no("已办"),
    ),
}
VOTE = {
    "present": 12, "ballots_issued": 12, "ballots_returned": 12, "for": 10, "against": 1, "abstain": 1, "invalid": 0,
}  # fmt: skip
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(exclude_categories=())),
    st.binary(max_size=5),
    st.dates(),
    st.datetimes(),
    st.recursive(st.text(max_size=3), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=2), inner)),
    st.from_regex(r"[0-9Xx+ -]{1,20}"),
    st.from_regex(r"[+-]?[0-9]{1,3}\.[0-9]{0,3}"),
    st.decimals(allow_nan=False),
    st.fixed_dictionaries(
        {}, optional={name: st.integers(-1, 20) | st.text(max_size=2) for name in ("leader", "ideas", "x")}
    ),
    st.fixed_dictionaries({name: st.integers(-1, 3) for name in VOTE}, optional={"proxies": st.integers(-1, 1)}),
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "what": st.text(max_size=3),
                "due_on": st.just("2026-01-05") | st.text(max_size=2),
                "y": st.none(),
            },
        ),
        max_size=5,
    ),
)


def refusals(field, value):
    """The sentences that refuse the value, or none."""
    try:
        field.check.deserialize(value)
    except ValidationError as error:
        return list(flat(error.messages))
    return []


def flat(messages):
    """Also those that are told of one part of a field."""
    for each in messages.values() if isinstance(messages, dict) else messages:
        yield from flat(each) if isinstance(each, dict | list) else [each]


def taken(field, value):
    return field.check.deserialize(value)


def test_every_kind_of_field_is_tried_here():
    assert set(FIELDS) == {field.kind for field in FIELDS.values()} == set(fields.Kind.__args__)


@pytest.mark.parametrize("kind", FIELDS)
@settings(max_examples=60, deadline=None)
@given(value=JUNK)
def test_no_rubbish_draws_a_latin_letter_or_another_exception(kind, value):
    for message in refusals(FIELDS[kind], value):
        assert isinstance(message, Sentence)
        assert not re.search("[A-Za-z]", message.template.replace("{input}", "").format(**latin_free(message.values)))


def latin_free(values):
    return {name: "" if isinstance(value, str) else value for name, value in values.items()}


@pytest.mark.parametrize("kind", FIELDS)
@settings(max_examples=40, deadline=None)
@given(value=JUNK)
def test_what_was_taken_is_taken_again_and_survives_json(kind, value):
    field = FIELDS[kind]
    if not refusals(field, value):
        kept = taken(field, value)
        assert taken(field, kept) == kept
        assert field.from_json(json.loads(json.dumps(field.to_json(kept)))) == kept


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("blank", ["", "   ", "\u3000\u3000", "\u200b\ufeff", None])
def test_blank_counts_as_missing(kind, blank):
    [message] = refusals(FIELDS[kind], blank)
    assert re.fullmatch("请(填写|选择|上传).+。", message)


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("text", "短", "标题至少2字，现有1字。"),
        ("long_text", "长" * 101, "诉求内容最多100字，现有101字。"),
        ("text", 12, "标题须填写文字。"),
        ("text", "第一\n第二", "第3个字符无法识别，请删除后重试。"),
        ("long_text", "　前面有空\x00格", "第6个字符无法识别，请删除后重试。"),
        ("long_text", "半个\ud83d表情符号", "第3个字符无法识别，请删除后重试。"),
        ("number", True, "申请延长天数须为整数。"),
        ("number", 1.5, "申请延长天数须为整数。"),
        ("number", "三", "申请延长天数须为整数。"),
        ("number", 0, "申请延长天数不得小于1。"),
        ("number", "31", "申请延长天数不得大于30。"),
        ("day", "2025-02-29", "日期2025-02-29不存在。"),
        ("day", "31/12/2025", "日期31/12/2025不存在。"),
        ("day", "2" * 100, "日期22222222222222222222…不存在。"),
        ("day", "1850-01-01", "日期1850-01-01不合常理，应在1900年至2200年之间。"),
        ("day", 20250101, "收到日须写作年-月-日，例如2026-01-05。"),
        ("day", datetime(2026, 1, 5, 9), "收到日须写作年-月-日，例如2026-01-05。"),  # noqa: DTZ001
        ("yes_no", "也许", "已当面沟通须选择是或否。"),
        ("choice", "maybe", "处理结果须为以下之一：支持、不予支持。"),
        ("choices", ["visit", "fly"], "无障碍需求须从以下各项中选择：大字、上门。"),
        ("people", ["a", "b", "c", "d", "e", "f"], "代表最多5人，现有6人。"),
        ("people", ["", "\u3000"], "请选择代表。"),
        ("people", ["x" * 65], "代表中有一人无法识别，请重新选择。"),
        ("person", "x" * 65, "承办人最多64字，现有65字。"),
        ("names", {"甲": 1}, "联名人须逐项填写。"),
        ("phone", "12345", "联系电话无法识别，请填写手机号码，或带区号的固定电话号码。"),
        ("contact", "找我", "联系方式无法识别，请填写手机号码、带区号的固定电话号码或电子邮箱。"),
        ("id_number", "110101491231001", "15位身份证号码已停用，请填写18位号码。"),
        ("id_number", "1234", "身份证号码应为18位。"),
        ("decimal", "12.345", "满意率最多2位小数。"),
        ("decimal", "100.01", "满意率不得大于100。"),
        ("decimal", "-0.01", "满意率不得小于0。"),
        ("decimal", "1e3", "满意率须为数字。"),
        ("decimal", Decimal("NaN"), "满意率须为数字。"),
        ("decimal", True, "满意率须为数字。"),
        ("decimal", 12.5, "满意率有小数的，须写成带引号的文字。"),
        ("money", "2000", "争议金额须为金额，最多两位小数。"),
        ("money", 20.5, "争议金额须为金额，最多两位小数。"),
        ("money", -1, "争议金额不得小于0.00元。"),
        ("money", 5_000_001, "争议金额不得大于50,000.00元。"),
        ("score", "15.1", "班子超过该项满分15。"),
        ("score", "14.95", "班子最多1位小数。"),
        ("scores", {"leader": 16, "ideas": 1}, "班子超过该项满分15。"),
        ("scores", {"leader": 15}, "请填写思路。"),
        ("scores", {"leader": 15, "ideas": 1, "zeal": 3}, "没有“zeal”一栏。"),
        ("scores", [15, 1], "自评分须逐项填写。"),
        ("ballot", 12, "表决须逐项填写。"),
        ("ballot", VOTE | {"proxies": 1}, "不得委托他人代为投票。"),
        ("ballot", VOTE | {"open_voting": True}, "表决须采取无记名投票方式。"),
        ("ballot", VOTE | {"persons": 2}, "须逐人表决，一次投票只能表决一人。"),
        ("ballot", VOTE | {"against": -1}, "反对不得小于0。"),
        ("ballot", VOTE | {"for": 9}, "赞成、反对、弃权和无效共11票，与收回的12票不符。"),
        ("ballot", VOTE | {"ballots_issued": 11}, "收回12票，多于发出的11票。"),
        ("ballot", VOTE | {"present": 11}, "发出12票，多于到会的11人。"),
        ("ballot", VOTE | {"excluded": 1}, "不计入应到会人数的，须逐人写明理由：1人，现有0项。"),
        ("rows", {"what": "修"}, "协议条款须逐行填写。"),
        ("rows", [{}, {"what": " "}], "请填写协议条款。"),
        ("rows", [{"what": "修", "due_on": "2026-01-05"}] * 4, "协议条款最多3行，现有4行。"),
        ("rows", [{"what": "修"}], "请填写期限。"),
        ("rows", ["修"], "协议条款须逐项填写。"),
        ("id_number", "000000199001010000", "身份证号校验位不正确。"),
    ],
)
def test_each_fault_has_its_sentence(kind, value, sentence):
    assert refusals(FIELDS[kind], value) == [sentence]


@pytest.mark.parametrize("kind", FIELDS)
def test_a_number_too_long_to_be_written_is_refused(kind):
    assert refusals(FIELDS[kind], 10**5000)
    assert refusals(FIELDS[kind], "9" * 5000)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("text", "\u3000路灯损坏 ", "路灯损坏"),
        ("text", "cafe\u0301二楼", "caf\u00e9二楼"),
        ("long_text", "第一行\r\n第二行\t完", "第一行\n第二行\t完"),
        ("number", "１２", 12),
        ("number", 30, 30),
        ("day", "2026-02-14", date(2026, 2, 14)),
        ("day", "２０２６-２-１４", date(2026, 2, 14)),
        ("day", date(2026, 2, 14), date(2026, 2, 14)),
        ("yes_no", "on", True),
        ("yes_no", "是", True),
        ("yes_no", 1, True),
        ("yes_no", "False", False),
        ("choice", "not_support", "not_support"),
        ("choices", "visit\nlarge_print、visit", ("visit", "large_print")),
        ("people", ["wang", "li", "wang"], ("wang", "li")),
        ("names", "甲、乙,丙，丁\r\n甲", ("甲", "乙", "丙", "丁")),
        ("phone", "１３８ 0000 0000", "13800000000"),
        ("contact", "１３８ 0000 0000", "13800000000"),
        ("contact", "li@example.org", "li@example.org"),
        ("phone", "+86 138-0000-0000", "13800000000"),
        ("phone", "+86 571 5555 0142", "057155550142"),
        ("phone", "(0571) 5555-0142", "057155550142"),
        ("phone", "0000-555 0142", "00005550142"),
        ("phone", "5555 0142", "55550142"),
        ("decimal", "１２.５０", Decimal("12.5")),
        ("decimal", 7, Decimal(7)),
        ("money", 200_000, 200_000),
        ("grounds", "卧床\n卧床", ("卧床", "卧床")),
        ("scores", {"leader": "14.5", "ideas_": 9}, {"leader": Decimal("14.5"), "ideas": Decimal(9)}),
        ("ballot", {**VOTE, "written_for": ""}, Ballot(0, (), 12, 12, 12, 10, 1, 1)),
    ],
)
def test_what_is_meant_is_understood(kind, value, kept):
    assert taken(FIELDS[kind], value) == kept


def test_an_id_number_proves_itself_and_takes_a_small_x():
    body = next(f"00000019900101{n:03}" for n in range(1000) if check_sign(f"00000019900101{n:03}") == "X")
    assert taken(FIELDS["id_number"], f" {body}x ") == f"{body}X"


@given(st.from_regex("[0-9]{17}[0-9Xx]", fullmatch=True))
def test_no_refusal_repeats_an_id_number(number):
    for message in refusals(FIELDS["id_number"], number):
        assert message == "身份证号校验位不正确。"
        assert number not in str(message.values)


# The form


def a_form():
    named = {
        "content": fields.text("内容", long=True),
        "days": fields.number("天数", 1, 30, optional=True),
        "for": fields.day("日期", of_act=True),
        "signers": fields.names("联名人"),
        "way": fields.choice("方式", return_="退回", keep="保留"),
    }
    for name, field in named.items():
        field.id = name
    return schema(tuple(named.values()))


def test_a_form_gives_what_was_filled_in_and_leaves_out_the_rest():
    given = {"content": " 内容 ", "days": "", "for_": "2026-01-05", "signers": [], "way": "return_"}
    assert a_form().load(given) == {"content": "内容", "for": date(2026, 1, 5), "way": "return"}


def test_a_form_tells_all_its_faults_at_once_and_keeps_the_rest():
    with pytest.raises(ValidationError) as refused:
        a_form().load({"days": 31, "way": "keep", "state": "closed"})
    assert refused.value.messages == {
        "content": ["请填写内容。"],
        "days": ["天数不得大于30。"],
        "state": ["没有“state”一栏。"],
    }
    assert refused.value.valid_data == {"way": "keep"}


@pytest.mark.parametrize("posted", [None, [], "内容", 3])
def test_what_is_no_form_is_refused(posted):
    with pytest.raises(ValidationError) as refused:
        a_form().load(posted)
    assert refused.value.messages == {"_schema": ["请按表单各栏填写。"]}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=()), max_size=5) | st.integers(), JUNK, max_size=4))
def test_a_form_of_rubbish_is_refused_in_sentences(posted):
    with pytest.raises(ValidationError) as refused:
        a_form().load(posted)
    for messages in refused.value.messages.values():
        assert all(isinstance(message, Sentence) for message in messages)
        assert "\n".join(messages).encode()


# On a case


class Paper:
    days_ = fields.number("申请延长天数")
    on = fields.day("日期")

    def __init__(self):
        self.data = {}

    def read(self, field):
        return self.data.get(field.id, field.empty)

    def write(self, field, value):
        self.data[field.id] = value


def test_a_field_is_read_and_written_through_the_case():
    paper = Paper()
    assert (paper.days_, paper.on) == (0, NO_DAY)
    paper.days_ = 5
    assert paper.data == {"days": 5}
    assert Paper.days_.label == "申请延长天数"


def test_a_field_keeps_its_first_name():
    Paper.days_.__set_name__(Paper, "other")
    assert Paper.days_.id == "days"
    assert repr(Paper.days_) == "<Field days number 申请延长天数>"


@pytest.mark.parametrize(
    ("kind", "empty"),
    [
        ("text", ""), ("number", 0), ("yes_no", False), ("people", ()), ("choice", ""), ("file", ""),
        ("decimal", Decimal(0)), ("money", 0), ("scores", {}), ("ballot", Ballot()), ("rows", ()),
    ],
)  # fmt: skip
def test_unset_reads_as_empty_of_its_kind(kind, empty):
    assert FIELDS[kind].empty == empty
    assert not FIELDS[kind].empty
    assert FIELDS[kind].from_json(None) == empty


def test_an_unset_day_is_null_in_json():
    assert FIELDS["day"].to_json(NO_DAY) is None
    assert FIELDS["day"].from_json(None) is NO_DAY


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [("day", date(2026, 2, 14), "2026-02-14"), ("people", ("wang", "li"), ["wang", "li"]), ("number", 12, 12)],
)
def test_what_is_on_file_goes_to_json_and_back(kind, value, kept):
    assert FIELDS[kind].to_json(value) == kept
    assert FIELDS[kind].from_json(kept) == value


def test_a_list_may_need_several():
    assert refusals(fields.people("见证人", at_least=2), ["wang", "wang"]) == ["见证人至少2人，现有1人。"]


def test_a_sentence_outlives_its_journey():
    [message] = refusals(FIELDS["number"], 31)
    again = pickle.loads(pickle.dumps(message))
    assert (again, again.template, again.values) == (message, message.template, message.values)


def test_an_identity_number_of_no_calendar_day_tells_no_birthday():
    assert born_on("990101199903120022") == date(1999, 3, 12)
    assert born_on("990101199913320022") is NO_DAY
