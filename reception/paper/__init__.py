"""What is printed: one module per form."""

import sys
import types

# ReportLab reads these from the user's home, and does not even start where that is no folder. What is on
# paper hangs on nothing but what was collected.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, types.ModuleType(_name))
