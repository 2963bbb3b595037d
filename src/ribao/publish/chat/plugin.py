"""The chats that ship, let in through the same door as anybody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ribao.config import ChannelSettings, PublishSettings
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import Channel, ChannelKind
from ribao.publish.chat.channel import Chat, ChatOptions, Dialect, options_of
from ribao.publish.chat.dingtalk import DingTalk
from ribao.publish.chat.discord import Discord
from ribao.publish.chat.feishu import Feishu
from ribao.publish.chat.longtail import LongtailKind
from ribao.publish.chat.slack import Slack
from ribao.publish.chat.telegram import Telegram, TelegramOptions
from ribao.publish.chat.webhook import WebhookKind
from ribao.publish.chat.wecom import WeCom


@dataclass(slots=True)
class ChatKind:
    """Makes chats of one dialect."""

    name: str
    dialect: Callable[[], Dialect]

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One chat."""
        options: ChatOptions = options_of(ChatOptions, name, settings)
        return Chat(name, self.dialect(), publish, options)


class TelegramKind:
    """Makes chats of Telegram, which need to know the chat."""

    name = "telegram"

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One chat."""
        options: TelegramOptions = options_of(TelegramOptions, name, settings)
        return Chat(name, Telegram(options), publish, options)


DIALECTS: dict[str, Callable[[], Dialect]] = {
    "slack": Slack,
    "discord": Discord,
    "feishu": Feishu,
    "lark": Feishu,  # the same service outside of China
    "dingtalk": DingTalk,
    "wecom": WeCom,
}


@hookimpl
def channels() -> list[ChannelKind]:
    """Every chat that ships."""
    return [
        *(ChatKind(name, dialect) for name, dialect in DIALECTS.items()),
        TelegramKind(),
        WebhookKind(),
        LongtailKind(),
    ]
