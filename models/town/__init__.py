"""An invented town to begin with: a city, a district, three streets, eight communities with their Party branches."""

from models.town.build import build, build_calendar
from models.town.places import BRANCHES, LEVELS, RESIDENTS, UNITS
from models.town.staff import STAFF

__all__ = ["BRANCHES", "LEVELS", "RESIDENTS", "STAFF", "UNITS", "build", "build_calendar"]
