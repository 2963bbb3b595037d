"""verify: every claim of every sentence against its evidence, in Chinese and English.

`verify` is the step of the pipeline; `check_text` and `check_file` check anybody's newsletter.
"""

from ribao.verify.articles import verify
from ribao.verify.checking import Checked, Report, check_file, check_text

__all__ = ["Checked", "Report", "check_file", "check_text", "verify"]
