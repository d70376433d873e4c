"""Everybody with a post in the town, by unit. The people's mediation teams stand in their communities and streets."""

from models.town import binhe, city, liuan, shiqiao
from models.town.places import Staff

STAFF: Staff = city.STAFF | liuan.STAFF | shiqiao.STAFF | binhe.STAFF
