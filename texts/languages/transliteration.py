"""How a name sounds whatever script it is written in: Систани, Sistani, سيستاني and 西斯塔尼 by the same consonants.

Tables: ISO 843:1997 for Greek, ISO 9:1995 and GOST 7.79-2000 B for Cyrillic, ISO 233-2:1993 for Arabic and ISO
259-2:1994 for Hebrew (simplified ones, as libraries use them, without the marks below and above letters), and for
Chinese the characters that stand for syllables in 世界人名翻译大辞典 (Names of the World's Peoples, Xinhua News
Agency 1993), each with the syllables that it renders rather than its own reading: 基 is ki.

Vowels are left out of Arabic and Hebrew and differ nearly everywhere, and no two scripts tell the same consonants
apart. So what is compared is the `skeleton`: classes of consonants in order, as Soundex has them (Russell 1918), for
names that several languages have taken in.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import Indel

from texts.typography import fold_word

_LETTERS = """
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
а a б b в v г g ґ g д d е e ё e є ie ж zh з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ў u ф f х kh ц ts
ч ch ш sh щ shch ъ - ы y ь - э e ю iu я ia ђ dj ј j љ l њ n ћ c џ dzh ѓ g ќ k ѕ dz қ k ң n ғ g ү u ұ u һ h ә a ө o
ا a أ a إ i آ a ٱ a ب b ة a ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع - غ gh ف f ق q ك k ک k
گ g ل l م m ن n ه h و w ؤ w ي y ی y ئ y ى a ء - پ p چ ch ژ zh ڤ v
א - ב b ג g ד d ה h ו v ז z ח ch ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע - פ p ף f צ ts ץ ts ק k ר r ש sh ת t
"""
_SYLLABLES = """
a 阿 ai 艾埃爱 an 安 ang 昂 ao 奥 ba 巴芭 bai 拜 ban 班 bang 邦 bao 保鲍 be 贝 ben 本 bi 比碧 bin 宾 bo 波博伯勃 bu 布
bl 布 cha 查 chang 昌 ch 奇 che 切车 chu 丘 ci 茨 ch 齐 da 达 dai 戴代 dan 丹旦但 dang 当 dao 道 d 德 deng 登邓 di
迪蒂狄 ding 丁 dong 东 du 都杜 dun 顿敦 do 多 en 恩 r 尔 fa 法 fan 凡范 fang 方 fei 菲费非 fen 芬 feng 丰冯 f 夫弗佛
fu 福富 ga 加伽嘎迦 gai 盖 gan 甘 gang 冈 gao 高 g 格戈哥各 gen 根 gong 贡 gu 古 gua 瓜 gui 圭 ha 哈 hai 海 han 汉翰
hao 豪 he 赫黑 heng 亨 hong 洪 h 胡 hua 华 hui 惠 ho 霍 ji 吉 je 杰 ja 贾 jan 简 jin 金 ka 卡 kai 凯 kan 坎 kang 康
kao 考 ke 柯科 k 克 ken 肯 kong 孔 ku 库 kua 夸 kui 奎 kun 昆 ki 基 la 拉 lai 莱赖来 lan 兰 lang 朗 lao 劳 le 勒 lei
雷蕾 len 冷 li 黎里利莉丽 lie 列烈 lin 林琳 long 龙隆 lu 卢鲁路 lun 伦 lo 罗洛 ma 马玛 mai 迈麦 man 曼 mang 芒 mao 毛
mei 梅 men 门 meng 蒙孟 mi 米 min 敏明 mo 摩莫 m 姆 mu 穆木慕 na 纳娜拿 nai 奈 nan 南楠 nei 内 ni 尼妮 nie 涅聂 ning
宁 niu 纽 nong 农 nu 努 no 诺 ou 欧 pa 帕 pai 派 pan 潘 pang 庞 pei 佩培 peng 彭蓬 pi 皮 ping 平 po 珀坡 p 普 qia 恰
cho 乔 re 热 ri 日 ru 茹 ro 若 sa 撒萨 sai 塞赛 san 三桑 sen 森 sha 沙莎 shan 尚香 she 舍 shen 申 sh 什 shi 施 shu 舒
shen 盛 s 斯丝司 si 西希锡 su 苏稣 sun 孙 so 索 ta 塔他 tai 泰太 tan 坦 tang 汤唐 tao 陶 t 特 ten 滕腾 ti 提 tian 田
tie 铁 ting 廷 tong 通 tu 图 tuo 托 wa 瓦 wan 万 wang 旺 wei 威韦维魏 wen 温文 wo 沃 wu 乌武 sia 夏 sie 谢 sin 辛欣
sing 兴 xue 雪 son 逊 ya 亚雅 yang 扬 ye 耶叶业 yi 伊以 yin 因英 yo 约 you 尤犹 yu 于 za 扎 ze 泽 zan 詹 zhe 者 zi 兹
zu 祖 zo 佐
"""
_MARKS = "·•‧・=＝-－"
"""What stands between the parts of a foreign name in Chinese."""

_CLASSES = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"shch|tsch|tch|tsh|sch|dzh|dj|sh|zh|ts|tz|ch(?=[ei])"), "s"),
    (re.compile(r"kh|gh|ck|ch|q"), "k"),
    (re.compile(r"ph|v|w|(?<=[aeiou])u(?=[aeiou])|hu(?=a)"), "f"),
    (re.compile(r"th|dh|d"), "t"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c(?=[eiy])|[zj]"), "s"),
    (re.compile(r"[cg]"), "k"),
    (re.compile(r"b"), "p"),
    (re.compile(r"^[aeiouy]+"), "a"),
    (re.compile(r"(?<!^)[aeiouy]"), ""),
)
"""Letters of a name in Latin to classes: p b, f v w, t d th, k g q kh, s z sh ch j; l, r, m, n, h stay."""
_COSTS: Mapping[tuple[str, str], float] = {
    ("h", ""): 0.25, ("a", ""): 0.25, ("k", "h"): 0.25, ("k", "s"): 0.5, ("f", "p"): 0.4,
    ("l", "r"): 0.5, ("r", ""): 0.6, ("m", "n"): 0.5, ("s", "t"): 0.6, ("a", "h"): 0.1, ("f", ""): 0.7,
    ("a", "s"): 0.25, ("f", "t"): 0.5,
}  # fmt: skip
"""What scripts and languages write one way or another, and by how much less than any other difference it counts."""
_ENDING, _ENDINGS = 0.25, frozenset("smn")
"""What a last consonant counts that only one of two names has, and those that are endings: Nicodemus, Никодим."""

_LOOKED_AT = 4096
"""Code points of a body that tell its script."""
_ALIKE = 0.85
_SHORT, _SHORT_ALIKE, _VOWELS_ALIKE = 2, 0.9, 0.6
"""Consonants of a short name, and how alike two such must be, vowels and all."""


@cache
def _table() -> Mapping[int, str]:
    letters = _LETTERS.split()
    table = {
        ord(letter): "" if latin == "-" else latin
        for letter, latin in zip(letters[::2], letters[1::2], strict=True)
    }
    table.update((ord(character), syllable) for character, syllable in _syllables().items())
    return table


@cache
def _syllables() -> Mapping[str, str]:
    """The syllable that each character renders in a foreign name."""
    words = _SYLLABLES.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {character: syllable for syllable, characters in pairs for character in characters}


@lru_cache(1 << 14)
def romanized(name: str) -> str:
    """A name in small Latin letters, near enough to be compared; characters without a table are left out."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"[^a-z]", "", fold_word(bare.translate(_table())))


@lru_cache(1 << 14)
def skeleton(name: str) -> str:
    """The classes of consonants of a name in order, doubled ones once: Sistani, Систани, 西斯塔尼 → sstn.

    A vowel at the beginning counts as `a`.
    """
    sounds = romanized(name)
    for pattern, sound in _CLASSES:
        sounds = pattern.sub(sound, sounds)
    return sounds


def sounds_alike(one: str, other: str) -> float:
    """How alike two skeletons are, 0–1: a weighted edit distance (Wagner and Fischer 1974) as a share of the longer."""
    if one == other:
        return 1.0 if one else 0.0
    if not one or not other:
        return 0.0
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _cost(sound, ""))
    for mine, sound in enumerate(one, 1):
        before, row = row, [row[0] + _cost(sound, "")]
        for its, other_sound in enumerate(other, 1):
            left_out = _ending(sound) if mine == len(one) else _cost(sound, "")
            put_in = _ending(other_sound) if its == len(other) else _cost(other_sound, "")
            row.append(
                min(before[its] + left_out, row[-1] + put_in, before[its - 1] + _cost(sound, other_sound))
            )
    return max(0.0, 1 - row[-1] / max(len(one), len(other)))


def one_name(one: str, other: str) -> float:
    """How alike two words of two scripts sound that are one name, 0–1; 0 if they are none."""
    mine, its = skeleton(one), skeleton(other)
    alike = sounds_alike(mine, its)
    if min(len(mine), len(its)) <= _SHORT:
        vowels = Indel.normalized_similarity(romanized(one), romanized(other))
        return vowels if alike >= _SHORT_ALIKE and len(mine) > 1 and vowels >= _VOWELS_ALIKE else 0.0
    return alike if alike >= _ALIKE else 0.0


def _ending(sound: str) -> float:
    return _ENDING if sound in _ENDINGS else _cost(sound, "")


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _COSTS.get((one, other)) or _COSTS.get((other, one)) or 1.0


def foreign_names(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of runs of two and more characters that render syllables, between `start` and `end`.

    Such characters are also words of their own, so that a run may be longer than the name in it.
    """
    for found in _runs().finditer(body, start, end):
        yield found.span()


@cache
def _runs() -> re.Pattern[str]:
    syllables = "".join(_syllables())
    return re.compile(f"[{syllables}]{{2,}}")


def scripts_of(words: Iterable[str]) -> frozenset[str]:
    """The scripts that words are written in, as the first word of the Unicode name of their first letter."""
    found = set()
    for word in words:
        for letter in word:
            if letter.isalpha():
                found.add(unicodedata.name(letter, "").partition(" ")[0])
                break
    return frozenset(found)


def are_in_two_scripts(one: str, other: str) -> bool:
    """Whether most letters of two bodies are of different scripts."""
    scripts = main_script(one[:_LOOKED_AT]), main_script(other[:_LOOKED_AT])
    return all(scripts) and scripts[0] != scripts[1]


@lru_cache(8)  # of one text that is held against many
def main_script(words: str) -> str:
    """The script that most letters are of, by the first word of their Unicode names; empty where there are none."""
    if words.isascii():  # as most are: a library has thousands of beginnings
        return "LATIN" if any(map(str.isalpha, words)) else ""
    found: Counter[str] = Counter()
    for letter, times in Counter(words).items():
        if letter.isalpha():
            found[unicodedata.name(letter, "").partition(" ")[0]] += times
    return max(found, key=lambda script: (found[script], script), default="")
