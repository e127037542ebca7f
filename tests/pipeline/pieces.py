"""A whole table cut into three files in the layouts that the pieces of the OECD's come in."""

from collections.abc import Iterable
from pathlib import Path

import h5py
import numpy as np
import pandas as pd

from gvc import ICIO
from pipeline.oecd.pieces import Flows, Intermediates, National
from pipeline.oecd.trial import cut

#: How final demand, exports and what stands between inputs and value added are spread over the columns and rows.
FINAL = {"HFCE": 0.5, "NPISH": 0.0625, "GGFC": 0.125, "GFCF": 0.25, "INVNT": -0.0625, "DPABR": 0.125}
EXPORTS = {"CONS_NONRES": 0.125, "EXPO": 0.875}
TAXES = {"IMP_OTHER": 0.25, "TXS_INT_FNL": 0.75}


def write(folder: Path, table: ICIO, goods: int, others: Iterable[ICIO] = ()) -> Path:
    """Write the pieces of a table, and the flows of others."""
    parts = cut(table, goods)
    folder.mkdir(parents=True, exist_ok=True)
    flows(folder, parts.flows)
    intermediates(folder / "intermediate_flows_2022_80x50.npz", parts.inter)
    national(folder / "national_2022", parts.national)
    for other in others:
        flows(folder, cut(other, goods).flows)
    return folder


def flows(folder: Path, what: Flows) -> Path:
    """Write a file of MATLAB 7.3."""
    path = folder / f"ICIO{what.year}.mat"
    with h5py.File(path, "w") as file:
        data = file.create_group("data")
        data["Xjik_3D"] = what.X.transpose(2, 1, 0)
        data["year"] = [[float(what.year)]]
        for name, labels in (("countries", what.economies), ("sectors", what.sectors)):
            refer(file, name, labels)
    return path


def refer(file: h5py.File, name: str, labels: Iterable[str]) -> None:
    """Write labels as MATLAB does: references to texts, one code of UTF-16 a number."""
    places = []
    for at, label in enumerate(labels):
        text = np.frombuffer(label.encode("utf-16-le"), dtype="<u2")
        places.append(file.create_dataset(f"#refs#/{name}{at}", data=text[:, None]).ref)
    file["data"].create_dataset(name, data=np.array([places], dtype=h5py.ref_dtype), dtype=h5py.ref_dtype)


def intermediates(path: Path, what: Intermediates) -> Path:
    """Write an archive of NumPy."""
    rows = what.x.size
    np.savez_compressed(
        path,
        Z=what.Z.reshape(rows, rows),
        output=what.x.ravel(),
        economies=np.array(what.economies),
        industries=np.array(what.industries),
    )
    return path


def national(folder: Path, what: National) -> Path:
    """Write a CSV an economy."""
    folder.mkdir(exist_ok=True)
    for at, code in enumerate(what.economies):
        frame(what, at).to_csv(folder / f"{code}2022ttl.csv", index_label="")
    return folder


def frame(what: National, at: int) -> pd.DataFrame:
    """Lay the national table of an economy out as it is printed."""
    industries = list(what.industries)
    uses = pd.DataFrame(what.Z[at], [f"TTL_{name}" for name in industries], industries)
    for parts, total in ((FINAL, what.final[at]), (EXPORTS, what.exports[at])):
        for name, share in parts.items():
            uses[name] = share * total
    uses["IMPO"] = -what.imports[at]
    uses["TOTAL"] = uses.sum(axis=1)
    inputs = what.Z[at].sum(axis=0)
    between = what.x[at] - inputs - what.va[at]
    closing = {name: share * between for name, share in TAXES.items()}
    closing |= {"TTL_INT_FNL": inputs + between, "VALU": what.va[at], "OUTPUT": what.x[at]}
    below = pd.DataFrame(closing, industries).T
    return pd.concat([uses, below]).fillna(0.0)
