"""Invented reports that the dedupe tests copy, cut and merge."""

from __future__ import annotations

import pytest

QUARRY = (
    "Gunmen on motorcycles raided the limestone quarry at Oum Teyra before dawn on Thursday and drove off with two"
    " lorries of blasting caps, the district prefect said. Guards returned fire from the roof of the weighing house but"
    " ran out of ammunition within twenty minutes. One of them, a father of five named Idrissa Kolo, died on the road"
    " to the clinic. The prefect, Madame Seynabou Arif, told listeners of the provincial radio that the raiders spoke"
    " the dialect of the salt valleys and wore the grey scarves of the Azure Column. A spokesman of the Column denied"
    ' any part in it. "Our men were a day\'s march to the north," he said over a poor line. "We have no use for a'
    " quarryman's fireworks.\" Charges from the same supplier turned up last autumn in a bridge bombing near Tamassa,"
    " according to a police memorandum that a clerk read out in court. The ministry of mines has since asked every"
    " operator in the province to keep a second ledger of detonators and to send a copy to the gendarmerie each Monday."
)
RIVER = (
    "Fighting for the river town of Lubaya resumed on Saturday after a lull of nine days, with mortar bombs falling as"
    " far as the cotton warehouses on the southern bank. Brigade headquarters claimed the capture of four field guns"
    " and a fuel barge. Rebels of the Kivele Front put out a film of the same barge burning and said that their own"
    " crews had scuttled it. Neither account could be checked because the telephone mast on Signal Hill was hit in the"
    " first hour. Nurses at the mission hospital counted thirty-one wounded, most of them porters pressed into carrying"
    " shells. An aid convoy of eleven trucks waited at the ferry landing until nightfall and then turned back towards"
    " the capital with its flour and tarpaulins. The archbishop called for a truce of a week so that the harvest could"
    " be brought in, and the governor answered that he would talk once the guns on the bluff fell silent."
)
HARBOUR = (
    "Customs officers in the port of Saltmarsh opened a container of ceramic tiles on Tuesday and found 40 crates of"
    " anti-aircraft cartridges behind the first row. The freight papers name a bakery in the old town as the consignee;"
    " its owner, who has never imported anything but yeast, was questioned and let go. Port police hold a ship's cook"
    " and two crane drivers. The cartridges bear the lot marks of a plant that shut nine years ago, an examiner who"
    " asked for her name to be left out. Dockers were told to stay away from the eastern basin until engineers have"
    " counted every box. A parliamentary committee wants to hear the harbour master before the end of the month."
)


@pytest.fixture(scope="session")
def reports() -> dict[str, str]:
    """Three invented reports that share nothing."""
    return {"quarry": QUARRY, "river": RIVER, "harbour": HARBOUR}
