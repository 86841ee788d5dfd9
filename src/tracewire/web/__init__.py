"""The local review application: read, judge and see a case in the browser; nothing is fetched from elsewhere."""

from tracewire.web.access import Access, User, load_users, new_token
from tracewire.web.app import create_app
from tracewire.web.server import serve

__all__ = ["Access", "User", "create_app", "load_users", "new_token", "serve"]
