"""`python -m maturity`: the same as the command `ai-leadership`."""

from maturity.command import main

if __name__ == "__main__":
    main()
