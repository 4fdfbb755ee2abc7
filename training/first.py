"""The first layers of the packaged reader as a graph of their own, data/reader/first.onnx: `python -m training.first`

The gate reads many sentences and needs little of each, so it does not wait for the later layers. onnxruntime runs every node of
a graph whatever output is asked for, so a part needs a file. Its large weights are not in it: it names where they lie in
reader.onnx, so that the package holds them once. It therefore belongs to the reader.onnx that it was made from, whose checksum
it carries.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from onnx.utils import Extractor

from dateline.checkup import checksum
from dateline.extract.reader.session import FOLDER

LAYERS = 4
LEAST_BYTES = 1024                # smaller weights are held in the file itself
HIDDEN = f"/encoder/encoder/layer.{LAYERS - 1}/output/LayerNorm/LayerNormalization_output_0"


def write_first_layers(folder: Path) -> None:
    """Write first.onnx beside the reader.onnx of the folder: `ids` and `mask` in, the hidden states after LAYERS layers out.

    Raises ValueError where the reader has no such layer, or where a weight does not stand in its file as it is.
    """
    reader = folder / "reader.onnx"
    whole, packed = onnx.load(str(reader)), reader.read_bytes()
    if not any(HIDDEN in node.output for node in whole.graph.node):
        raise ValueError(f"{reader}: has no {HIDDEN}")
    whole.graph.output.append(helper.make_tensor_value_info(HIDDEN, TensorProto.FLOAT, ["rows", "pieces", "size"]))
    first = Extractor(whole).extract_model(["ids", "mask"], [HIDDEN])
    for weight in first.graph.initializer:
        if len(weight.raw_data) >= LEAST_BYTES:
            _name_its_place(weight, packed, reader.name)
    first.metadata_props.add(key="reader", value=checksum(reader))
    (folder / "first.onnx").write_bytes(first.SerializeToString(deterministic=True))


def _name_its_place(weight: TensorProto, packed: bytes, file: str) -> None:
    """Replace a weight's values by where they lie in the packed file."""
    values = weight.raw_data
    at = packed.find(values)
    if at < 0:
        raise ValueError(f"{weight.name} does not stand in {file}")
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    for key, value in (("location", file), ("offset", str(at)), ("length", str(len(values)))):
        weight.external_data.add(key=key, value=value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", type=Path, default=FOLDER, help="folder of reader.onnx")
    write_first_layers(parser.parse_args().package)


if __name__ == "__main__":
    main()
