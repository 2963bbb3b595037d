"""Versions and model names: Gemini 3 Flash, GPT-5.2, H100, v2026.4.29. They are names, not amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FAMILY = (
    "gemini|gemma|claude|opus|sonnet|haiku|llama|gpt|chatgpt|sora|veo|imagen|grok|qwen|kimi|glm|phi|mistral"
    "|mixtral|devstral|deepseek|ernie|hunyuan|doubao|seed|seedance|seedream|kling|flux|suno|whisper|nova|granite"
    "|nemotron|olmo|command|yi|step|minimax|hailuo|midjourney|stable diffusion|firefly|runway|gen|windows|macos"
    "|ios|ipados|watchos|visionos|tvos|android|harmonyos|hyperos|iphone|ipad|watch|airpods|pixel|galaxy"
    "|mate|redmi|xiaomi|switch|playstation|ps|xbox|chrome|firefox|python|java|node|php|ruby|react|vue|angular"
    "|django|postgresql|postgres|mysql|redis|ubuntu|debian|fedora|kubernetes|linux|kernel|cuda|pytorch|bluetooth"
    "|usb|wi-fi|wifi|pcie|hdmi|starship|falcon|ryzen|core|snapdragon|dimensity|exynos|kirin|geforce|radeon"
    "|version|ver|model|series|mk|web|industry"
)
_TAIL = (
    r"(?:pro|max|ultra|mini|nano|flash|lite|plus|turbo|air|preview|thinking|instant|omni|codex|opus|sonnet|haiku"
    r"|deep think|fold|flip|se|beta|alpha|rc\d*|image|medium|small|large|high|xhigh|coder|vl|chat|instruct|base)"
)
VERSION = re.compile(
    rf"""(?<![A-Za-z0-9_.$€£¥/@])(?:
        (?P<token>(?=[A-Za-z])(?!(?:US|HK|NT|CA|AU|NZ|RMB|USD|EUR|GBP|CNY|HKD|JPY|No|no|Q[1-4]|H[12]|FY)\.?\d)
            [A-Za-z]+(?:[-–][A-Za-z]+)*[-–.]?\d+(?:\.\d+)*(?:[A-Za-z]+\d*)?(?:[-–][A-Za-z0-9.]+)*(?<!\.)(?<!-))
      | (?P<family>(?i:\b(?:{_FAMILY}))(?:[ ](?i:opus|sonnet|haiku|large|small|medium|code|mini))?
            [ -]?[vV]?\d{{1,4}}(?:\.\d+)*(?:[A-Za-z](?![A-Za-z]))?(?![\d,]*\d*[ ]?(?:[%％万亿]|million|billion|percent)))
      | (?P<dotted>[vV]?\d+\.\d+(?:\.\d+)+(?:-?(?:alpha|beta|rc)\.?\d*)?|[vV]\d+(?:\.\d+)*)
      | (?P<bare>\d{{1,2}}(?:\.\d)?(?=[ -](?i:{_TAIL}\b)(?<!\ air)))
    )(?:[ -](?i:{_TAIL})(?![A-Za-z]))*(?![\d%％])""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Version:
    """One model or version name. `name` is folded ("gemini 3 flash"), `number` is its number."""

    start: int
    end: int
    text: str
    name: str
    number: str


def find_versions(text: str) -> tuple[Version, ...]:
    """Find the names that carry a number as part of the name, from left to right."""
    found = []
    for match in VERSION.finditer(text):
        words = match.group()
        number = _NUMBER.search(words)
        name = re.sub(r"[\s–-]+", " ", words).casefold().strip()
        found.append(
            Version(match.start(), match.end(), words, name, number.group() if number else "")
        )
    return tuple(found)
