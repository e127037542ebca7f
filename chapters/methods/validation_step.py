"""Caliendo and Parro's (2015) NAFTA by the trade model of gvc, beside what they publish."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import rdata
from scipy.optimize import root

from gvc.equilibrium import Balances, Counterfactual, counterfactual
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "validation", "nafta"

MEMBERS = {"Canada": "CAN", "Mexico": "MEX", "USA": "USA"}
#: Percent, by what becomes of deficits first: their Table 2, as the R package cp2015 asserts it, too.
PUBLISHED: dict[str, dict[str, tuple[float, float, float]]] = {
    "zero": {
        "real wages": (0.32, 1.72, 0.11),
        "terms of trade": (-0.11, -0.41, 0.04),
        "volume of trade": (0.04, 1.72, 0.04),
        "welfare": (-0.06, 1.31, 0.08),
    },
    "kept": {
        "real wages": (0.33, 1.64, 0.12),
        "terms of trade": (-0.08, -0.41, 0.05),
        "volume of trade": (0.04, 1.59, 0.04),
        "welfare": (-0.04, 1.17, 0.08),
    },
}


@cache  # it takes longer than all that follows
def _read(path: Path) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # classes of R that these frames have besides
        data: dict[str, Any] = rdata.read_rda(str(path))["cp2015_nafta"]
    return data


class Nafta:
    """Their 31 economies and 40 sectors of 1993, solved at the tariffs of 1993, which the raw data do not fit.

    Trade by product with duty and what is used of the product differ, so wages move even where tariffs do not. This
    solves their equations (2), (4), (6), (7) and (9) for that, from their shares.
    """

    def __init__(self, path: Path, *, deficits: bool) -> None:
        data = _read(path)
        self.regions, self.sectors = map(list, data["sets"].values())

        def array(name: str, *by: str, column: str = "value") -> Array:
            labels = [self.sectors if name in ("sector", "input") else self.regions for name in by]
            cells = data[name].set_index(list(by))[column]
            cells = cells.reindex(pd.MultiIndex.from_product(labels)) if len(by) > 1 else cells[labels[0]]
            return np.asarray(cells.to_numpy().reshape([len(one) for one in labels]))

        trade = array("trade", "exporter", "sector", "importer")
        self.before, self.after = (
            array("trade", "exporter", "sector", "importer", column=f"tariff_{when}") for when in ("bln", "cfl")
        )
        self.theta = array("theta", "sector")
        inputs = array("intermediate_consumption", "region", "input", "sector")
        added, final = array("value_added", "region", "sector"), array("final_consumption", "region", "sector")
        output = inputs.sum(axis=1) + added
        self.input_share, self.factor_share = inputs / output[:, None, :], added / output
        self.final_share = final / final.sum(axis=1, keepdims=True)
        self.income = added.sum(axis=1)
        self.deficit = array("deficit", "region", column="D") * deficits
        with_duty = trade * (1 + self.before)
        self.share = with_duty / with_duty.sum(axis=0)
        self.wages = self.solve()
        self.table = self.at(self.wages)[1]

    def costs(self, wages: Array, change: Array, share: Array) -> Array:
        """Factors of unit costs: their equations (2) and (4)."""
        costs = np.ones(self.factor_share.shape)
        while True:
            price = (share * (costs[:, :, None] * change) ** -self.theta[:, None]).sum(axis=0) ** (
                -1 / self.theta[:, None]
            )
            new = wages[:, None] ** self.factor_share * np.exp(np.einsum("dkn,kd->dn", self.input_share, np.log(price)))
            if np.abs(new / costs - 1).max() < 1e-13:
                return np.asarray(new)
            costs = new

    def at(self, wages: Array) -> tuple[Array, ICIO]:
        """Excess demand for each economy's factor and the table at some wages: their equations (6), (7) and (9)."""
        G, N = self.factor_share.shape
        costs = self.costs(wages, np.ones_like(self.share), self.share)
        share = self.share * costs[:, :, None] ** -self.theta[:, None]
        share /= share.sum(axis=0)
        # Of what economy d pays for product n, with duty, economy g gets: before duty, and d's own customs.
        gets = share / (1 + self.before)
        customs = (gets * self.before).sum(axis=0)
        # Unknown: what each economy pays for each product, and its income.
        system = np.eye(G * N + G)
        for d in range(G):
            rows = slice(d * N, (d + 1) * N)
            for g in range(G):
                # d's industries buy inputs in proportion to what they sell to g.
                system[rows, g * N : (g + 1) * N] -= self.input_share[d] * gets[d, :, g]
            system[rows, G * N + d] -= self.final_share[d]
            system[G * N + d, rows] -= customs[:, d]
        given = np.concatenate([np.zeros(G * N), wages * self.income + self.deficit])
        solved = np.linalg.solve(system, given)
        pays, income = solved[: G * N].reshape(G, N), solved[G * N :]
        output = np.einsum("gnd,dn->gn", gets, pays)
        of_user = np.concatenate(
            [self.input_share * output[:, None, :], (self.final_share * income[:, None])[..., None]], axis=2
        )
        uses = np.einsum("gnd,dnk->gndk", gets, of_user)
        Z, Y = uses[..., :N].reshape(G * N, G * N), uses[..., N].reshape(G * N, G)
        x = uses.sum(axis=(2, 3)).ravel()
        table = ICIO(
            economies=self.regions, sectors=self.sectors, Z=Z, Y=Y, x=x, va=(self.factor_share * output).ravel(),
            taxes=np.einsum("gnd,gndk->dk", self.before, uses[..., :N]).ravel(), source="Caliendo and Parro (2015)",
        )  # fmt: skip
        return (self.factor_share * output).sum(axis=1) / (wages * self.income) - 1, table

    def solve(self) -> Array:
        """Wages in units of the world's factor income, by a secant method in many dimensions."""

        def wages(logs: Array) -> Array:
            one = np.exp(np.append(logs, 0))
            return np.asarray(one * self.income.sum() / (one @ self.income))

        found = root(
            lambda logs: self.at(wages(logs))[0][:-1], np.zeros(len(self.regions) - 1), method="hybr", tol=1e-12
        )
        if not np.abs(found.fun).max() < 1e-10:
            raise GvcError("NAFTA", expected="an equilibrium", found=found.message, remedy="Take the file again.")
        return wages(found.x)


def without_nafta(economy: Nafta, balances: Balances = "fixed") -> Counterfactual:
    """Let the tariffs among the three fall to those of 2005, all others as in 1993."""
    before, after = (one.reshape(len(economy.table.x), -1) for one in (economy.before, economy.after))
    return counterfactual(economy.table, tariffs=(before, after), elasticity=economy.theta, balances=balances)


def of_first_order(economy: Nafta, result: Counterfactual) -> dict[str, Array]:
    """Say what the article calls welfare: terms of trade and volume of trade, as parts of income at the old trade."""
    G, N = economy.factor_share.shape
    importer = np.concatenate([np.repeat(range(G), N), range(G)])

    def trade(table: ICIO) -> Array:
        uses = np.column_stack([table.Z, table.Y]).reshape(G, N, -1)
        return np.stack([uses[..., importer == d].sum(axis=-1) for d in range(G)], axis=-1)

    old, new = trade(economy.table), trade(result.table)
    spent = old * (1 + economy.before)
    change = (1 + economy.after) / (1 + economy.before)
    costs = economy.costs(result.wages.to_numpy(), change, spent / spent.sum(axis=0)) - 1
    income = (economy.table.Y.reshape(G, N, G) * (1 + economy.before)).sum(axis=(0, 1))
    terms = (np.einsum("gnd,gn->g", old, costs) - np.einsum("gnd,gn->d", old, costs)) / income
    volume = (economy.before * (new - old - old * costs[:, :, None])).sum(axis=(0, 1)) / income
    return {"terms of trade": terms, "volume of trade": volume, "welfare": terms + volume}


def results(path: Path) -> pd.DataFrame:
    """Set what gvc computes beside what is published.

    Returns
    -------
    DataFrame
        Columns deficits, measure, economy, published, computed: percent. `deficits` are brought to ``zero`` first or
        ``kept``; the measure ``real income`` is exact, and nobody publishes it.
    """
    rows = []
    for deficits, published in PUBLISHED.items():
        economy = Nafta(path, deficits=deficits == "kept")
        result = without_nafta(economy)
        found = {
            "real wages": result.wages / result.price_index - 1,
            **{name: pd.Series(part, economy.regions) for name, part in of_first_order(economy, result).items()},
            "real income": result.real_income - 1,
        }
        rows += [
            (deficits, measure, code, published.get(measure, (np.nan,) * 3)[at], 100 * by_economy[name])
            for measure, by_economy in found.items()
            for at, (name, code) in enumerate(MEMBERS.items())
        ]
    return pd.DataFrame(rows, columns=["deficits", "measure", "economy", "published", "computed"])


def main(vectors: Path, out: Path) -> None:
    """Compute and write it."""
    found = results(vectors / "cp2015" / "cp2015_nafta.rda")
    found.round({"computed": 6}).to_csv(out / "nafta.csv", index=False, lineterminator="\n")
