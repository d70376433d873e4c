"""What gunicorn serves."""

import gc

from web.app import create_app

app = create_app()
gc.freeze()  # what is loaded by now stays, and need not be looked through again and again
