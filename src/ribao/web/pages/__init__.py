"""The pages of the desk, a module for each; `PAGES` is all of them."""

from ribao.web.pages import (
    ask,
    learn,
    people,
    publish,
    runs,
    schedule,
    sign_in,
    sources,
    story,
    subscription,
    today,
)

PAGES = (sign_in, subscription, today, story, publish, schedule, sources, runs, ask, learn, people)
