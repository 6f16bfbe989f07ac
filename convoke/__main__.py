"""Where the command begins, installed or as `python -m convoke`."""

import signal

# While modules are loaded there is nothing to end in order yet, and a traceback would tell nobody anything.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from convoke import cli  # noqa: E402 -- the line above comes first


def main() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
