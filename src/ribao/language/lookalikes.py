"""What is written with numerals and is no quantity: names, dates, times, scores, codes, idioms."""

from __future__ import annotations

import re

from ribao.language.versions import VERSION

_HAN = "[零一二两三四五六七八九十百千万亿]"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
# Words and set phrases that begin with a numeral which counts nothing.
_IDIOM = (
    "一(?:些|样|直|般|旦|边|方面|部分|定|致|系列|键|体|线|流|举|度|共|切|时|同|起|向|贯|再|味|律|概|如|并|经|番|幕|角|带一路|刀切|口气"
    "|站式|把手|揽子|连串|番|生|心|面|手|路|头|股|种|类|点|步|下|会|场|行|身|旁|窝蜂|夜之间|成不变|哄而|蹴而就|目了然|如既往|应俱全)"
    "|万一|千万(?:别|不要|不能|要)|成千上万|万无一失|万众|万物|万能|万象|万科|万达|万事|万圣|千问|千帆|千寻|千禧|千里马|千元机|百元|百科|百度|百年"
    "|百姓|百货|百分点|百分位|百分比|百分制|百川|百事|百胜|百家|百济|百合|百万富翁|十分(?!之|钟)|十足|十字|九游|九号公司|八卦|八达|七夕|七彩"
    "|六合|五角大楼|五粮液|五星|五金|五花八门|五矿|五菱|四川|四处|四大|四通|四维图新|三星|三农|三亚|三峡|三一重|三方|三维|三元|三里屯|三明|三门|三国|三体|三文鱼"
    "|三心二意|三角|三思|二次|二手|二维|二元|二进制|二战|两岸|两难|两会|两者|两极|双十一|双十二|第一时间|第三方|第二天|十进制|十四五|十五五|十三五"
    "|零(?:件|部件|售|食|样本|碎|知识|信任|距离|门槛|基础|拷贝|点击|跑|和|碳|日漏洞|担|容忍)|亿纬|亿航|亿欧|兆易|兆芯|中兆|半导体|半年报|半岛|半决赛"
    "|五一(?:假期|黄金周|劳动节)?|六一|八一|七一|十一(?=假期|黄金周)|三八(?=妇女节)|六一八|九一八|三三两两|七七八八|五五开|二八定律"
    "|乱七八糟|不三不四|四面八方|五湖四海|七上八下|九牛一毛|十全十美|百花齐放|千方百计|千家万户|千变万化|万水千山|万紫千红|独一无二|数一数二|说一不二|唯一|统一|之一(?![成])"
    "|同一|单一|专一|第一财经|合二为一|三七互娱|三只松鼠|二十四节气|四六级|一二线|一线|二线|三四线"
)
_PATTERNS = (
    r"https?://[^\s<>\"'）)】」]+|www\.[^\s<>\"'）)]+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?<![A-Za-z0-9])\d{4,6}\.(?:HK|SZ|SH|SS|BJ|TW|T|KS|OQ|N|O)\b|(?:SZ|SH|HK|NASDAQ|NYSE)[:：]\s?[A-Z0-9]+",
    # dates and years
    r"\d{2,4}年(?:\d{1,2}月(?:份|\d{1,2}[日号]?)?)?(?![多来前后间内以左]|的时间)",
    rf"[零一二三四五六七八九]{{4}}年(?:{_HAN}{{1,2}}月(?:{_HAN}{{1,3}}[日号])?)?",
    rf"(?:\d{{1,2}}|{_HAN}{{1,2}})月(?:份|底|初|中旬|上旬|下旬|\d{{1,2}}[日号]?|{_HAN}{{1,3}}[日号])?",
    r"(?<![\d.,])\d{1,2}[日号](?![线楼馆店])",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d.])\d{1,2}/\d{1,2}/\d{2,4}(?!\d)",
    rf"(?i:\b(?:{_MONTHS})\b\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?(?![\d,]*\d[\d.]*[ ]?(?:%|million|billion))(?:,?[ ](?:19|20)\d{{2}})?\b)",
    rf"(?i:\b\d{{1,2}}(?:st|nd|rd|th)?(?:[ ]of)?[ ](?:{_MONTHS})\b\.?(?:,?[ ](?:19|20)\d{{2}})?)",
    r"(?<![\d.,$€£¥#/-])(?:19|20)\d{2}(?:/\d{2}|[-–]\d{2,4})?(?![\d.,]\d|[\d%]|[ -]?(?:元|美元|万|亿|人|名|个|家|分|块|余|多|[A-Za-z]*(?:tokens?|users?|people|mAh|jobs|employees|companies)\b|x\b|[kKmMgGtT]?[WBbgm]\b|nits?\b|px\b))",
    r"(?:19|20)?\d0年代|\b(?:1[5-9]|20)\d0s\b|\d{2}后(?![来续面])|\d{1,2}世纪",
    r"Q[1-4]|第?[一二三四1-4]季度?(?!度?内)|[上下]半年|H[12]\b|FY\d{2,4}",
    # times, scores, ratios, codes
    r"(?<![\d:])\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?![\d:])(?:[ ]?(?i:[ap]\.?m\.?))?|(?<!\d)\d{1,2}[ ]?(?i:[ap]\.?m\b)",
    rf"(?:\d{{1,2}}|{_HAN}{{1,3}})点(?:钟|整|半|\d{{1,2}}分?)?(?![{_HAN[1:-1]}\d位击名])|(?<!\d)\d{{1,2}}时(?:\d{{1,2}}分)?(?!间)",
    r"(?<![\d.])\d{1,3}:\d{1,3}(?![\d:])|(?<![A-Za-z0-9])24/7|7[xX×*]24(?:小时)?|(?<!\d)996(?!\d)",
    r"36氪|8点1氪|51信用卡|58同城|360(?:集团|安全|公司|浏览器)?(?![度°\d.,万亿]|[ ]?deg)|9\.9包邮|12306|7-Eleven|3M公司",
    r"(?<![\d.$€£¥])[1-6][GD](?![A-Za-z0-9])|(?<![A-Za-z])[ABHS]股",
    r"#\d+|\[\d{1,3}\]|(?<!\d)1\d{10}(?!\d)|(?<!\d)400-\d{3,4}-\d{3,4}|(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)",
)
_LOOKALIKE = re.compile("|".join(f"(?:{p})" for p in _PATTERNS) + f"|(?:{_IDIOM})")


def lookalikes(folded: str) -> list[tuple[int, int]]:
    """Spans of a folded text whose numerals are no quantities, sorted, without overlaps."""
    spans = [match.span() for match in _LOOKALIKE.finditer(folded)]
    spans += [match.span() for match in VERSION.finditer(folded)]
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
