"""Numbers printed in Koopman, Wang and Wei (2014), American Economic Review 104(2), online appendices C and D.

Tables, with output X and value added VA; and under `published` what is printed of them: the nine terms in their order,
and other numbers by name.
"""

from typing import Any

KWW: dict[str, dict[str, Any]] = {
    "ex1_usa_chn": {
        "countries": ["USA", "CHN"],
        "sectors": 1,
        "Z": [[100, 50], [0, 50]],
        "Y": [[30, 20], [70, 80]],
        "VA": [100, 100],
        "X": [200, 200],
        "published": {
            "VBY": [[53.3, 46.7], [46.7, 53.3]],
            "USA": {"terms": [20, 26.7, 0, 23.3, 0, 0, 0, 0, 0], "E": 70, "VAX_ratio": 0.67},
            "CHN": {"terms": [46.7, 0, 0, 0, 0, 0, 23.3, 0, 0], "E": 70, "VAX_ratio": 0.67},
        },
    },
    "ex2_case1": {
        "countries": ["C1", "C2", "C3", "C4", "C5", "USA"],
        "sectors": 1,
        "Z": [
            [0, 1, 0, 0, 0, 0],
            [0, 0, 2, 0, 0, 0],
            [0, 0, 0, 3, 0, 0],
            [0, 0, 0, 0, 4, 0],
            [0, 0, 0, 0, 0, 5],
            [0, 0, 0, 0, 0, 0],
        ],
        "Y": [
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 15],
        ],
        "VA": [1, 1, 1, 1, 1, 10],
        "X": [1, 2, 3, 4, 5, 15],
        "published": {"E": [1, 2, 3, 4, 5, 0], "C5": {"terms": [0, 1, 0, 0, 0, 0, 0, 4, 0]}},
    },
    "ex2_case2": {
        "countries": ["USA", "C1", "C2", "C3", "C4", "C5"],
        "sectors": 1,
        "Z": [
            [0, 10, 0, 0, 0, 0],
            [0, 0, 11, 0, 0, 0],
            [0, 0, 0, 12, 0, 0],
            [0, 0, 0, 0, 13, 0],
            [0, 0, 0, 0, 0, 14],
            [0, 0, 0, 0, 0, 0],
        ],
        "Y": [
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [15, 0, 0, 0, 0, 0],
        ],
        "VA": [10, 1, 1, 1, 1, 1],
        "X": [10, 11, 12, 13, 14, 15],
        "published": {"E": [10, 11, 12, 13, 14, 15]},
    },
    "appD_two_country_5_stage": {
        "countries": ["C1", "C2"],
        "sectors": {"C1": 3, "C2": 2},
        "country_of_row": [0, 0, 0, 1, 1],
        "Z": [[0, 0, 0, 1, 0], [0, 0, 0, 0, 3], [0, 0, 0, 0, 0], [0, 2, 0, 0, 0], [0, 0, 4, 0, 0]],
        "Y": [[0, 0], [0, 0], [2, 3], [0, 0], [0, 0]],
        "VA": [1, 1, 1, 1, 1],
        "X": [1, 3, 5, 2, 4],
        "published": {
            "C1": {
                "terms": [1.8, 0, 0, 0, 0.8, 2.2, 1.2, 0, 1.0],
                "E": 7,
                "VAX": 1.8,
                "DVA": 2.6,
                "FVA": 1.2,
                "DC": 4.8,
                "VS": 2.2,
                "VS1star": 3,
                "VAX_ratio": 0.257,
                "DVA_share": 0.371,
                "DC_share": 0.686,
            },
            "C2": {
                "terms": [0, 0.8, 0, 1.2, 0, 1, 0, 0.8, 2.2],
                "E": 6,
                "VAX": 0.8,
                "DVA": 2,
                "FVA": 0.8,
                "DC": 3.0,
                "VS": 3,
                "VS1star": 2.2,
                "VAX_ratio": 0.133,
                "DVA_share": 0.333,
                "DC_share": 0.5,
            },
        },
    },
}
