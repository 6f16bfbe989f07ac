pytest_plugins = ["tests.databases", "tests.machine", "tests.skips"]
