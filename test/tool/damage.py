"""damage.py FOLDER cut|change|empty: damages every file of a cache."""
import os
import sys

folder, how = sys.argv[1:]
for name in os.listdir(folder):
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        content = file.read()
    middle = len(content) // 2
    if how == "cut":
        content = content[:middle]
    elif how == "change":
        content = content[:middle] + b"?" + content[middle + 1:]
    else:
        content = b""
    with open(path, "wb") as file:
        file.write(content)
