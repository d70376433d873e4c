"""`python -m bench`: the same as `linban bench`."""

from web.commands.bench import bench

if __name__ == "__main__":
    bench()
