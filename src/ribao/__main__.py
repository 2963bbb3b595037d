"""`python -m ribao` is `ribao`."""

from ribao.cli.main import main

main()
