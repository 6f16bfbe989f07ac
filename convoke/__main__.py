"""Where the command begins, installed or as `python -m convoke`."""

import gc
import signal

# While modules are loaded there is nothing to end in order yet, and a traceback would tell nobody anything.
signal.signal(signal.SIGINT, signal.SIG_DFL)
# Nothing of what is loaded is garbage: to look for it takes a seventh of the start, and later 0.2 s each time.
gc.disable()

from convoke import cli  # noqa: E402 -- the lines above come first

gc.freeze()
gc.enable()


def main() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
