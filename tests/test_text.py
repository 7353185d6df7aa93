"""What typed and pasted text becomes, and how it is found again."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reception import text

ODD = (
    "\u200b\ufeff\u202e\u2066\u00ad\u3164\u034f\ufffc\x00\x07\x1b\x85\u2028\u2029\r\n\t\v\f\u3000\u00a0\u2003"
    "\u2800\u200c\u200d\u180e\u202f\ufe0f\U000e0101\u180b\U000e0041\ud83d\udc00\uffff⼈⻓👩❤☎ᠠبن﷽王芳𬱖"
    "·•．.aZ1１％ ᄀá\u0301豈"
)
anything = st.lists(st.one_of(st.sampled_from(ODD), st.characters(codec=None)), max_size=40).map("".join)
VISIBLE_FORMAT = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
KEPT_IN_PLACE = "\u200c\u200d\u180e"


def unseen(character: str) -> bool:
    """Whether Unicode says that nothing is printed for it (spaces and the line feed aside)."""
    if character in "\n" or character in VISIBLE_FORMAT or character in KEPT_IN_PLACE:
        return False
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or character in "\u3164\u115f\u1160\uffa0"
    )


@given(anything)
@example("ᠠ\u180b\u180e\u180bᠠ")
@example("❤\ufe0f\u200d\u200c🔥")
@example(" \ufe0fa\n \u200d ")
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    for clean in (
        text.clean_line,
        text.clean_text,
        text.clean_name,
        text.clean_phone,
        text.fold_code,
        text.fold,
    ):
        once = clean(typed)
        assert clean(once) == once, clean.__name__


@given(anything)
def test_nothing_that_cannot_be_seen_survives(typed: str) -> None:
    for clean in (text.clean_line, text.clean_text, text.clean_name, text.clean_phone):
        cleaned = clean(typed)
        assert not [f"U+{ord(c):04X}" for c in cleaned if unseen(c)], clean.__name__
        cleaned.encode("utf-8")  # a lone surrogate would raise


@given(anything)
def test_a_joiner_survives_only_between_two_characters_that_it_concerns(typed: str) -> None:
    cleaned = text.clean_text(typed)
    for index, character in enumerate(cleaned):
        if character in KEPT_IN_PLACE:
            before, after = cleaned[index - 1 : index], cleaned[index + 1 : index + 2]
            assert before
            assert after
            for neighbour in (before, after):
                assert not neighbour.isspace()
                assert not neighbour.isascii()
                assert not "\u3000" <= neighbour <= "\ud7ff"


@given(anything)
def test_a_line_has_single_spaces_and_no_ends(typed: str) -> None:
    line = text.clean_line(typed)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@given(anything)
def test_lines_of_a_text_end_where_their_last_word_ends(typed: str) -> None:
    cleaned = text.clean_text(typed)
    assert cleaned == cleaned.strip()
    assert all(line == line.rstrip() for line in cleaned.split("\n"))
    assert "\r" not in cleaned


@given(
    st.text(
        alphabet=st.characters(
            categories=["L", "N", "P", "Sm", "Sc"], exclude_characters="\u3164\u115f\u1160\uffa0"
        )
    )
)
def test_letters_digits_and_punctuation_stay_as_typed(typed: str) -> None:
    assert text.clean_line(typed) == typed
    assert text.clean_text(typed) == typed
    assert text.length(text.clean_line(typed)) == len(typed)


@pytest.mark.parametrize(
    "verbatim",
    [
        '=HYPERLINK("http://a.example","点我")',
        "=SUM(A1:A9)*２",
        "+1-2@SUM",
        "<b>Tom & Jerry</b> <script>alert(1)</script>",
        "$E=mc^2$ \\frac{1}{2} ½ m² ㎡ ① ㈱ ℃",
        "（全角）“引号”，。；：！？《办法》〔2026〕12号",
        "𬱖𠮷𪚥 豈 \U0002f800",
        "葛\U000e0101城 ❤\ufe0f ☎\ufe0e",
        "👨\u200d👩\u200d👧 👩🏽\u200d⚕\ufe0f",
        "مى\u200cئى قىز\u200dلار",
        "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ ᠠ\u180eᠠ",
        "é e\u0301 ﬁ Ａ",
        "\u0601١٢",
        "\ue81e",
        "\u31350 \U000323b0",
    ],
)
def test_what_can_be_seen_is_kept_verbatim(verbatim: str) -> None:
    assert text.clean_line(verbatim) == verbatim
    assert text.clean_text(verbatim) == verbatim


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ufeff王\u200b芳\u200d", "王芳"),
        ("欠薪\u202e资工\u202c", "欠薪资工"),
        ("劳动\u00ad合同", "劳动合同"),
        ("a\u200cb 王\u200c芳", "ab 王芳"),
        ("\u3000\u3000社保\u00a0卡\t补换\n", "社保 卡 补换"),
        ("第一行\r\n第二行\r第三行\u2028第四行\u2029第五行", "第一行 第二行 第三行 第四行 第五行"),
        ("⼈⼒资源 ⻓沙 ⻢⻰ ⻛险 ⽉", "人力资源 长沙 马龙 风险 月"),
        ("\ufe0f王\ufe00\ufe01\ufe02", "王\ufe00"),
        ("王\U000e0061\U000e007f", "王"),
        ("\ud83d王\udc00", "王"),
        ("\u3164\u2800\u115f", ""),
        ("王\u202f芳", "王 芳"),
        ("图\ufffc片 \ufffd", "图片 \ufffd"),
        ("\u180b\u202f\u180e\u2800\ufe0f", ""),
        ("\x1b[31m红\x07", "[31m红"),
    ],
)
def test_a_line_from_a_spreadsheet_or_a_chat(typed: str, kept: str) -> None:
    assert text.clean_line(typed) == kept


def test_a_text_keeps_its_lines_and_its_columns() -> None:
    typed = "\n  反映问题：\u3000\r\n\u3000\u3000一、欠薪   3 个月\t5000 元  \u2028\n二、未签合同\u200b \n\n"
    assert text.clean_text(typed) == "反映问题：\n  一、欠薪   3 个月 5000 元\n\n二、未签合同"


@pytest.mark.parametrize("separator", "•‧・．·･∙⋅")
def test_the_parts_of_a_name_are_separated_by_one_dot(separator: str) -> None:
    assert text.clean_name(f"阿卜杜拉{separator}买买提") == "阿卜杜拉·买买提"
    assert text.clean_name(f" 阿卜杜拉 {separator} 买买提") == "阿卜杜拉·买买提"
    assert text.clean_name(f"葛\U000e0101{separator}买") == "葛\U000e0101·买"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("J.K. Rowling", "J.K. Rowling"),
        ("王　芳", "王芳"),
        ("诸 葛  亮", "诸葛亮"),
        ("王芳 李雷", "王芳 李雷"),
        ("甲 乙 丙 丁 戊", "甲 乙 丙 丁 戊"),
        ("3．5", "3．5"),
        ("•王", "•王"),
        ("某女士", "某女士"),
        ("𬱖 芳", "𬱖芳"),
        ("José María", "José María"),
    ],
)
def test_a_name_is_one_name_however_it_was_padded(typed: str, name: str) -> None:
    assert text.clean_name(typed) == name


def test_private_use_characters_are_named_once_each() -> None:
    assert text.private_use("王\ue81e\ue863\ue81e\U000f0001\U00100000") == (
        "U+E81E",
        "U+E863",
        "U+F0001",
        "U+100000",
    )
    assert text.private_use("王芳𬱖") == ()


def test_a_character_beyond_the_first_plane_counts_one() -> None:
    assert text.length("𬱖芳") == 2
    assert (text.LONG, text.SHORT) == (10_000, 200)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("13812345678", ("13812345678",)),
        ("+86 138-1234-5678", ("13812345678",)),
        ("0086 13812345678", ("13812345678",)),
        ("8613812345678", ("13812345678",)),
        ("１３８１２３４５６７８", ("13812345678",)),
        ("138 1234 5678", ("13812345678",)),
        ("0397-7654321", ("03977654321",)),
        ("0397-7654321-8023", ("03977654321",)),
        ("0397—7654321转8023", ("03977654321",)),
        ("(0397) 7654321 分机8023", ("03977654321",)),
        ("+86 397 7654321", ("03977654321",)),
        ("010-87654321 ext. 12", ("01087654321",)),
        ("021 8765 4321", ("02187654321",)),
        ("7654321", ("7654321",)),
        ("8765 4321", ("87654321",)),
        ("400-123-4567", ("4001234567",)),
        ("800 810 8888", ("8008108888",)),
        ("12345", ("12345",)),
        ("12333热线", ("12333",)),
        ("110", ("110",)),
        ("8031", ("8031",)),
        ("13812345678/0397-7654321", ("13812345678", "03977654321")),
        ("13812345678 13912345678", ("13812345678", "13912345678")),
        ("13812345678、13912345678(女儿)", ("13812345678", "13912345678")),
        ("138 1234", ("1381234",)),
        ("+852 2345 6789", ("85223456789",)),
        ("+1 (212) 555-0100", ("12125550100",)),
        ("未显示", ()),
        ("私人号码", ()),
        ("", ()),
    ],
)
def test_a_phone_is_known_by_its_digits(typed: str, digits: tuple[str, ...]) -> None:
    assert text.phone_numbers(typed) == digits
    assert text.phone_digits(typed) == (digits[0] if digits else "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (" ０３９７－７６５４３２１　转８０２３ ", "0397-7654321 转8023"),
        ("138–1234—5678", "138-1234-5678"),
        ("未显示", "未显示"),
        ("13812345678（女儿）", "13812345678(女儿)"),
    ],
)
def test_a_phone_stays_readable(typed: str, shown: str) -> None:
    assert text.clean_phone(typed) == shown


@given(anything)
def test_no_phone_is_refused(typed: str) -> None:
    assert all(number.isascii() and number.isdigit() for number in text.phone_numbers(typed))


# Made-up people: a region, a birthday, an order number; the last place from GB 11643's own example where
# there is one.
@pytest.mark.parametrize(
    ("typed", "doubtful"),
    [
        ("11010519491231002X", False),  # the example of GB 11643-1999
        ("440524188001010014", False),  # its other one
        ("11010519491231002x", False),
        ("１１０１０５１９４９１２３１００２Ｘ", False),
        ("110105 19491231 002X", False),
        ("110105194912310021", True),
        ("110105194912310X2X", False),  # no such shape: nothing is said
        ("1101051949123100", False),
        ("110105491231002", False),  # fifteen places, as until 1999
        ("H12345678", False),
        ("", False),
        ("户口簿", False),
    ],
)
def test_an_identity_number_is_doubted_for_its_check_digit_alone(typed: str, doubtful: bool) -> None:
    assert text.id_number_warning(typed) is doubtful


@given(
    st.sampled_from(["81", "82", "83", "11", "99"]), st.text(alphabet="0123456789", min_size=15, max_size=15)
)
def test_of_eleven_last_places_one_fits(region: str, rest: str) -> None:
    fitting = [last for last in "0123456789X" if not text.id_number_warning(region + rest + last)]
    assert len(fitting) == 1


@given(anything)
def test_documents_never_raise_and_are_never_shown_whole(typed: str) -> None:
    text.id_number_warning(typed)
    text.lost_digits(typed)
    number = text.clean_line(typed)
    masked = text.mask_document(typed)
    tail = masked.lstrip("*")
    assert number.endswith(tail)
    assert len(tail) <= min(4, len(number) / 2)
    assert bool(masked) is bool(number)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("11010519491231002X", "****002X"),
        ("E12345678", "****5678"),
        ("12345678", "****5678"),
        ("123456", "***456"),
        ("1234", "**34"),
        ("7", "*"),
        ("", ""),
        (" ", ""),
    ],
)
def test_a_document_number_is_shown_by_its_end(number: str, shown: str) -> None:
    assert text.mask_document(number) == shown


@pytest.mark.parametrize("typed", ["2.01127E+17", "1.10105E+17", "4E+17", " 2.01127e17 ", "２.01127E+17"])
def test_a_number_that_a_spreadsheet_rounded_is_recognised(typed: str) -> None:
    assert text.lost_digits(typed)


@pytest.mark.parametrize("typed", ["E12345678", "11010519491231002X", "12E", "", "身份证"])
def test_other_numbers_have_not_lost_digits(typed: str) -> None:
    assert not text.lost_digits(typed)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("豫q·12345", "豫Q12345"),
        ("豫Ｑ Ｄ12345", "豫QD12345"),
        ("11010519491231002x", "11010519491231002X"),
        ("", ""),
    ],
)
def test_codes_are_compared_in_one_spelling(typed: str, folded: str) -> None:
    assert text.fold_code(typed) == folded


SBK = {
    "names": "社保卡补换",
    "keywords": "卡丢了、挂失 补办, 消磁",
    "pinyin": "shebaokabuhuan shebaoqiabuhuan",
    "initials": "sbkbh sbqbh",
    "code": "",
}


@pytest.mark.parametrize(
    "query",
    [
        *("sbk", "SBK", "ｓｂｋ", "sb", "sbqbh", "bh", "shebao", "buhuan"),
        *("she'bao'ka", "she bao", "s'b'k"),  # what an input method shows while it composes
        *(
            "社保卡",
            "卡补",
            "社",
            "丢了",
            "卡丢",
            "挂失",
            "消磁",
            "补办",
            "社保 补换",
            "社保卡 丢",
            "社保\u200b卡",
            "",
        ),
    ],
)
def test_a_matter_is_found_the_way_people_type(query: str) -> None:
    assert text.matches(query, **SBK) is not None


@pytest.mark.parametrize("query", ["sbx", "户口", "社保 户口", "an", "社卡", "x"])
def test_a_matter_is_not_found_by_something_else(query: str) -> None:
    assert text.matches(query, **SBK) is None


def ranked(query: str, *items: tuple[str, str, str, str]) -> list[str]:
    """The names of the items that fit, best first; an item is name, keywords, initials, code."""
    found = [(text.matches(query, names=n, keywords=k, initials=i, code=c), n) for n, k, i, c in items]
    return [name for rank, name in sorted((rank, name) for rank, name in found if rank is not None)]


def test_the_closest_match_comes_first() -> None:
    gs = ("工伤保险科", "", "gsbxk", "GS")
    gsrd = ("工伤认定申请", "摔伤", "gsrdsq", "")
    dj = ("伤残登记", "工伤", "scdj", "")
    gz = ("工资福利科", "", "gzflk", "GZ")
    assert ranked("gs", gsrd, dj, gs, gz) == ["工伤保险科", "工伤认定申请"]
    assert ranked("工伤", dj, gsrd) == ["工伤认定申请", "伤残登记"]
    assert ranked("g", gz, gs) == ["工伤保险科", "工资福利科"]
    assert ranked("gz", gz, ("盖章", "", "gz", "")) == ["工资福利科", "盖章"]  # a code comes before all
    assert ranked("gz", ("工资", "", "gzdj", ""), ("盖章", "", "gz", "")) == ["盖章", "工资"]
    opening = ("参保登记", "社保开户", "cbdj sbkh", "")
    assert ranked("sbk", opening, ("社保卡补换", "卡丢了", "sbkbh", "")) == ["社保卡补换", "参保登记"]
    assert ranked("工伤认定申请", ("工伤认定申请表", "", "", ""), gsrd) == ["工伤认定申请", "工伤认定申请表"]


@pytest.mark.parametrize("query", ["lv", "lu", "lü", "LÜ"])
def test_the_letter_v_stands_for_the_dotted_u(query: str) -> None:
    assert (
        text.matches(query, names="律师调查", pinyin="lvshidiaocha lushidiaocha", initials="lsdc") is not None
    )


def test_several_names_and_keywords_may_be_given() -> None:
    assert text.matches("公共就业", names=("就业科", "公共就业服务中心")) is not None
    assert text.matches("room", names="Meeting room", keywords=["hall"]) == text.matches(
        "社保", names="社保卡"
    )


@given(anything, anything)
def test_matching_never_raises(query: str, name: str) -> None:
    rank = text.matches(query, names=name, keywords=query, pinyin="a b", initials="a b", code="A")
    assert rank is not None  # what is typed is among the keywords
