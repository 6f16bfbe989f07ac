pytest_plugins = ["tests.databases", "tests.skips"]
