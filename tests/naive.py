r"""The decompositions computed the long way, to compare against: no formula of `gvc.decompositions` is used.

Two ways. :func:`follow` starts where value is added and walks it forward along the allocation of each industry's output
:math:`P = \hat x^{-1} Z`, once with and once without the exporter's border: what crosses for the first time, what will
not cross again, where it ends. :func:`kww` and :func:`wwz` spell out the sums of the articles, partner by partner.
"""

import numpy as np

from gvc import ICIO

Terms = dict[str, np.ndarray]


def shares(icio: ICIO) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each unit of output goes: to each industry, to each economy's final use; and value added per unit."""
    active = icio.x != 0
    each = np.where(active, icio.x, 1)
    p, f = icio.Z / each[:, None], icio.Y @ icio.membership / each[:, None]
    p[~active], f[~active], p[:, ~active] = 0, 0, 0
    Z = icio.Z * np.outer(active, active)
    return p, f, icio.x - Z.sum(axis=0)


def homes(icio: ICIO) -> tuple[np.ndarray, range]:
    economies = icio.result_economies
    return np.repeat(
        [economies.index(icio.parts.get(code, code)) for code in icio.economies], len(icio.sectors)
    ), range(len(economies))


def follow(icio: ICIO) -> tuple[Terms, np.ndarray]:
    """Borin and Mancini's terms by (industry, importer), and value added by (origin, exporter, absorber)."""
    p, f, value = shares(icio)
    home, economies = homes(icio)
    eye = np.eye(len(p))
    names = ("EXGR", "DC", "FC", *(f"{a}_{b}" for a in ("source", "sink") for b in ("DVA", "FVA", "REF", "near")))
    terms = {name: np.zeros((len(p), len(economies))) for name in names}
    routes = np.zeros((len(economies),) * 3)
    for s in economies:
        inside = home == s
        border = np.outer(inside, ~inside)
        p0 = np.where(border, 0, p)
        f0 = np.where(inside[:, None] & (np.arange(len(economies)) != s), 0, f)
        origin = np.array([np.where(home == t, value, 0) for t in economies])
        passing, first = origin @ np.linalg.inv(eye - p), origin @ np.linalg.inv(eye - p0)
        ends = np.linalg.inv(eye - p) @ f  # of a unit of output, what is absorbed where
        ends_unseen = np.linalg.inv(eye - p0) @ f0  # … without crossing the border of s any more
        stays = np.linalg.inv(eye - p * np.equal.outer(home, home)) @ f  # … without leaving the economy it is in
        for i in np.flatnonzero(inside):
            for r in economies:
                if r == s:
                    continue
                to = home == r
                sent = f[i, r] + p[i, to].sum()
                last = f[i, r] + p[i, to] @ ends_unseen[to].sum(axis=1)
                own, others = passing[s, i], passing[:, i].sum() - passing[s, i]
                own_first, others_first = first[s, i], first[:, i].sum() - first[s, i]
                for name, amount in {
                    "EXGR": icio.x[i] * sent,
                    "DC": own * sent,
                    "FC": others * sent,
                    "source_DVA": own_first * sent,
                    "source_FVA": others_first * sent,
                    "source_REF": own_first * (p[i, to] @ ends[to, s]),
                    "source_near": own_first * (f[i, r] + p[i, to] @ stays[to, r]),
                    "sink_DVA": own * last,
                    "sink_FVA": others * last,
                    "sink_REF": own * (p[i, to] @ ends_unseen[to, s]),
                    "sink_near": own * (f[i, r] + p[i, to] @ ends_unseen[to, r]),
                }.items():
                    terms[name][i, r] = amount
                routes[:, s, r] += first[:, i] * f[i, r]
                routes[:, s] += np.outer(first[:, i], p[i, to] @ ends[to])
    return terms, routes


def once_in_the_world(icio: ICIO) -> Terms:
    """Value added by (industry, importer) that crosses a border not its own for the first and for the last time.

    Origin by origin, with all borders but its own closed where none may be crossed.
    """
    p, f, value = shares(icio)
    home, economies = homes(icio)
    eye, at_home = np.eye(len(p)), np.equal.outer(home, home)
    abroad = ~np.equal.outer(home, np.arange(len(economies)))
    first, last = np.zeros(abroad.shape), np.zeros(abroad.shape)
    for t in economies:
        own = home == t
        origin = np.where(own, value, 0)
        made = origin @ np.linalg.inv(eye - p * at_home)
        arrived = made @ (p * (own[:, None] & ~at_home)) @ np.linalg.inv(eye - p * at_home)
        passing = origin @ np.linalg.inv(eye - p)
        closed = np.linalg.inv(eye - p * (at_home | own[:, None])) @ (f * (~abroad | own[:, None])).sum(axis=1)
        for i in np.flatnonzero(~own):
            for r in np.flatnonzero(abroad[i]):
                to = home == r
                first[i, r] += arrived[i] * (f[i, r] + p[i, to].sum())
                last[i, r] += passing[i] * (f[i, r] + p[i, to] @ closed[to])
    return {"source": first, "sink": last}


def borin_mancini(icio: ICIO, approach: str) -> Terms:
    found, _ = follow(icio)
    dva, fva, ref, near = (found[f"{approach}_{name}"] for name in ("DVA", "FVA", "REF", "near"))
    terms = {name: found[name] for name in ("EXGR", "DC", "FC")}
    terms |= {"DVA": dva, "VAX": dva - ref, "REF": ref, "DDC": found["DC"] - dva}
    terms |= {"FVA": fva, "FDC": found["FC"] - fva}
    if approach == "source":
        backward = found["FC"] + found["DC"] - dva
        return terms | {"DAVAX": near, "GVCF": dva - near, "GVCB": backward, "GVC": backward + dva - near}
    return terms | {"VAXIM": near}


class Blocks:
    """A, B, L, V and Y cut into blocks by economy."""

    def __init__(self, icio: ICIO) -> None:
        p, _, value = shares(icio)
        active = icio.x != 0
        each = np.where(active, icio.x, 1)
        A = p * icio.x[:, None] / each
        B = np.linalg.inv(np.eye(len(A)) - A)
        self.home, self.economies = homes(icio)
        self.rows = [np.flatnonzero(self.home == s) for s in self.economies]
        demand = icio.Y @ icio.membership * active[:, None]
        every = [(s, r) for s in self.economies for r in self.economies]
        self.A = {(s, r): A[np.ix_(self.rows[s], self.rows[r])] for s, r in every}
        self.B = {(s, r): B[np.ix_(self.rows[s], self.rows[r])] for s, r in every}
        self.L = [np.linalg.inv(np.eye(len(self.rows[s])) - self.A[s, s]) for s in self.economies]
        self.V = [(value / each)[self.rows[s]] for s in self.economies]
        self.Y = {(s, r): demand[self.rows[s], r] for s, r in every}
        self.x = [icio.x[self.rows[s]] for s in self.economies]
        self.e = [
            sum(self.Y[s, r] + self.A[s, r] @ self.x[r] for r in self.economies if r != s) + 0 * self.x[s]
            for s in self.economies
        ]

    def others(self, *but: int) -> list[int]:
        return [t for t in self.economies if t not in but]


def kww(icio: ICIO) -> np.ndarray:
    """Equation 36 of Koopman, Wang and Wei (2014), term by term; (R, 9)."""
    k = Blocks(icio)
    V, A, B, L, Y, e = k.V, k.A, k.B, k.L, k.Y, k.e
    return np.array(
        [
            [
                sum(V[s] @ B[s, s] @ Y[s, r] for r in k.others(s)),
                sum(V[s] @ B[s, r] @ Y[r, r] for r in k.others(s)),
                sum(V[s] @ B[s, r] @ Y[r, t] for r in k.others(s) for t in k.others(s, r)),
                sum(V[s] @ B[s, r] @ Y[r, s] for r in k.others(s)),
                sum(V[s] @ B[s, r] @ A[r, s] @ L[s] @ Y[s, s] for r in k.others(s)),
                sum(V[s] @ B[s, r] @ A[r, s] @ L[s] @ e[s] for r in k.others(s)),
                sum(V[t] @ B[t, s] @ Y[s, r] for t in k.others(s) for r in k.others(s)),
                sum(V[t] @ B[t, s] @ A[s, r] @ L[r] @ Y[r, r] for t in k.others(s) for r in k.others(s)),
                sum(V[t] @ B[t, s] @ A[s, r] @ L[r] @ e[r] for t in k.others(s) for r in k.others(s)),
            ]
            for s in k.economies
        ]
    )


def wwz(icio: ICIO) -> Terms:
    """Sixteen terms of Wang, Wei and Zhu (2013), sum by sum; (GN, R) each."""
    k = Blocks(icio)
    V, A, B, L, Y, e = k.V, k.A, k.B, k.L, k.Y, k.e
    found: dict[str, np.ndarray] = {}

    def put(name: str, s: int, r: int, value: np.ndarray | float) -> None:
        found.setdefault(name, np.zeros((len(k.home), len(k.economies))))[k.rows[s], r] = value

    for s in k.economies:
        for r in k.others(s):
            third = k.others(s, r)
            own, own_once, mine = V[s] @ B[s, s], V[s] @ L[s], V[r] @ B[r, s]
            theirs = sum((V[t] @ B[t, s] for t in third), 0 * own)
            none = 0 * Y[r, r]
            put("DVA_FIN", s, r, own * Y[s, r])
            put("DVA_INT", s, r, own_once * (A[s, r] @ B[r, r] @ Y[r, r]))
            put("DVA_INTrexI1", s, r, own_once * (A[s, r] @ sum((B[r, t] @ Y[t, t] for t in third), none)))
            put("DVA_INTrexF", s, r, own_once * (A[s, r] @ B[r, r] @ sum((Y[r, t] for t in third), none)))
            onward = sum((B[r, t] @ Y[t, u] for t in third for u in k.others(s, t)), none)
            put("DVA_INTrexI2", s, r, own_once * (A[s, r] @ onward))
            put("RDV_INT", s, r, own_once * (A[s, r] @ B[r, s] @ Y[s, s]))
            put("RDV_FIN", s, r, own_once * (A[s, r] @ B[r, r] @ Y[r, s]))
            put("RDV_FIN2", s, r, own_once * (A[s, r] @ sum((B[r, t] @ Y[t, s] for t in third), none)))
            put("OVA_FIN", s, r, theirs * Y[s, r])
            put("MVA_FIN", s, r, mine * Y[s, r])
            put("OVA_INT", s, r, theirs * (A[s, r] @ L[r] @ Y[r, r]))
            put("MVA_INT", s, r, mine * (A[s, r] @ L[r] @ Y[r, r]))
            put("DDC_FIN", s, r, own_once * (A[s, r] @ B[r, s] @ sum(Y[s, t] for t in k.others(s))))
            put("DDC_INT", s, r, (own - own_once) * (A[s, r] @ k.x[r]))
            put("ODC", s, r, theirs * (A[s, r] @ L[r] @ e[r]))
            put("MDC", s, r, mine * (A[s, r] @ L[r] @ e[r]))
    return found


def stages(icio: ICIO, rounds: int = 400) -> dict[str, np.ndarray]:
    """Value added along chains, tracked round by round: (GN industry that earns it, GN that finishes it).

    ``D``, ``RT``, ``S`` and ``C`` (simple and complex chains) are the value, ``long D`` … the value times the number
    of stages on its way.
    """
    p, f, value = shares(icio)
    home, economies = homes(icio)
    own = np.equal.outer(home, home)
    sold_home = np.where(home[:, None] == np.arange(len(economies)), f, 0).sum(axis=1)
    sold_abroad = f.sum(axis=1) - sold_home
    states = [np.diag(value), np.zeros_like(p), np.zeros_like(p)]  # crossed no, one, more borders as intermediates
    found = {name: np.zeros_like(p) for kind in ("", "long ") for name in (f"{kind}{n}" for n in ("D", "RT", "S", "C"))}
    for round_ in range(1, rounds + 1):
        none, one, more = states
        for name, sales in {
            "D": none * sold_home,
            "RT": none * sold_abroad,
            "S": one * sold_home,
            "C": one * sold_abroad + more * (sold_home + sold_abroad),
        }.items():
            found[name] += sales
            found[f"long {name}"] += round_ * sales
        inner, outer = p * own, p * ~own
        states = [none @ inner, one @ inner + none @ outer, more @ p + one @ outer]
    return found
