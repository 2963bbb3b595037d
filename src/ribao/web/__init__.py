"""The desk in a browser: pages and an API over the same workbench.

Start at `app.create_app`. `office` holds what the pages share, `workbench` turns an order of an
editor into a change that is kept, `entry` knows who is asking, `shield` keeps strangers' pages
out. Each page is a module of `pages`, with its template in `templates`; `api` is the same for
programs. What changes an edition is in `ribao.desk`, not here.
"""
