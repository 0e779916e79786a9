"""What a web server loads."""

from analytics.settings import Settings
from webapp.factory import create_app

server = create_app(Settings.from_env()).server
