"""Makes digits.csv.gz of the copy of the data that scikit-learn brings along. Nothing is
installed; the package is only downloaded, and the file taken out of it:

    pip download --no-deps --only-binary :all: scikit-learn==1.9.1
    python notebooks/data/digits.py scikit_learn-1.9.1-*.whl notebooks/data/digits.csv.gz

The values are left as they are. A first line is added that names the columns. A test knows
what must come out of it.
"""

import gzip
import sys
import zipfile

MEMBER = "sklearn/datasets/data/digits.csv.gz"
SIDE = 8


def main(wheel, out):
    with zipfile.ZipFile(wheel) as package:
        rows = gzip.decompress(package.read(MEMBER)).decode("ascii").split()
    head = [f"p{row}{column}" for row in range(SIDE) for column in range(SIDE)] + ["digit"]
    text = "\n".join([",".join(head), *rows, ""])
    with open(out, "wb") as file:
        file.write(gzip.compress(text.encode("ascii"), 9, mtime=0))  # no date, so that it is the same tomorrow


if __name__ == "__main__":
    main(*sys.argv[1:])
