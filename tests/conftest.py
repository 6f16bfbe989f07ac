from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.skips"]

settings.register_profile("ours", deadline=None)  # a busy machine is no mistake; what must be quick is timed itself
settings.load_profile("ours")
