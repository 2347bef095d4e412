"""Public facts that sizes rest on: Oslo's districts, sectors and the FO3 key of 2024.

Codes and names are Statistics Norway's. Shares are the key's percentages for care of the elderly
in January 2024, in the districts' order; ``ALARMS`` is use reconstructed from the published
targets of the same month.
"""

DISTRICTS = (
    "Gamle Oslo",
    "Grünerløkka",
    "Sagene",
    "St. Hanshaugen",
    "Frogner",
    "Ullern",
    "Vestre Aker",
    "Nordre Aker",
    "Bjerke",
    "Grorud",
    "Stovner",
    "Alna",
    "Østensjø",
    "Nordstrand",
    "Søndre Nordstrand",
)

FO3 = (
    6.449,
    5.641,
    4.941,
    3.756,
    7.741,
    5.699,
    7.534,
    7.281,
    5.079,
    5.595,
    6.435,
    9.205,
    9.593,
    8.764,
    6.287,
)

ALARMS = (791, 600, 540, 400, 820, 610, 830, 760, 520, 600, 650, 1000, 1010, 900, 640)

#: The somatic local hospital of each district, by the districts' numbers.
SECTORS = {
    "Lovisenberg": (1, 2, 3, 4),
    "Diakonhjemmet": (5, 6, 7),
    "OUS": (8, 9, 13, 14, 15),
    "Ahus": (10, 11, 12),
}

#: The one spread cluster of 2017 that a source states in full.
CLUSTERS = {"St. Hanshaugen (fadder)": (5, 6, 7)}

#: Concurrent unique users in Oslo, November 2024; GPS is not published and set to some hundred.
USERS_2024 = {"TA": 11_500, "DT": 350, "DMS": 1_050, "DHO": 300, "GPS": 260}

#: Users in the national register, June 2021; follow-up at home is not in it.
USERS_NATIONAL = {"TA": 104_353, "DMS": 5_712, "GPS": 3_454, "DT": 6_097, "DHO": 2_000}

MUNICIPALITIES = 357
