"""The pages, by what they show."""

from tracewire.web.pages import coding, home, judge, named, queue, records, sessions, stories

ROUTERS = (
    home.router, queue.router, records.router, stories.router, named.router, judge.router, coding.router,
    sessions.router,
)  # fmt: skip
