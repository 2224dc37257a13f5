"""``python -m neurolib.explorers``: every explorer, one JSON object a line."""

import json

from neurolib.explorers import all_explorers

for explorer in all_explorers():
    print(json.dumps(explorer.describe(), ensure_ascii=False))
