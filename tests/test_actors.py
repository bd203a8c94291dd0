import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapwing.resolution.actors import Resolution, resolve_actor, resolve_mentions
from lapwing.resolution.evidence import dateline_of
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.persons import bearers

DAY = "2021-06-06"
KB = KnowledgeBase.load()
HOWS = {"name", "office", "demonym", "metonym", "agent", "coreference", "unresolved"}


def resolve(phrase, date=DAY, context=""):
    return resolve_actor(phrase, date=date, context=context, kb=KB)


def read(marked, date=DAY, antecedents=None):
    """The refs of a text whose mentions stand in square brackets."""
    text, spans = "", []
    for match in re.finditer(r"\[([^\]]+)\]|[^\[]+", marked):
        words = match[1] or match[0]
        if match[1]:
            spans.append((len(text), len(text) + len(words)))
        text += words
    ends = [0, *(m.end() for m in re.finditer(r"[.!?]\s", text)), len(text)]
    links = [(antecedents or {}).get(i) for i in range(len(spans))]
    refs = resolve_mentions(text, spans, links, date=date, kb=KB, sentences=list(pairwise(ends)))
    assert [r.text for r in refs] == [text[a:b] for a, b in spans]
    return refs


def told(refs):
    return [(r.text, r.country, r.sectors[:1], r.how) for r in refs]


def test_those_of_many_countries_are_not_of_the_one_the_text_is_about():
    refs = read("[Western governments] condemned the ruling. [The police] in Tanzania arrested a Tanzanian lawyer in Dodoma, Tanzania.")
    assert [r.country for r in refs] == [None, "TZA"]


def test_a_body_is_known_by_its_seat():
    assert resolve("a Washington-based bank").country == "USA"
    assert resolve("the Moscow-based union of journalists").country == "RUS"
    assert resolve("the Addis Ababa-based union").entity == "organisation:african-union"
    assert resolve("the Vienna-based agency").entity == "organisation:international-atomic-energy-agency"
    assert resolve("the Vienna-based newspaper").country == "AUT"


# -- one phrase -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "country", "sectors", "how"),
    [
        ("Portugal", "PRT", ("GOV",), "name"),
        ("the Republic of Korea", "KOR", ("GOV",), "name"),
        ("Moscow", "RUS", ("GOV",), "metonym"),
        ("the Élysée", "FRA", ("GOV",), "metonym"),
        ("Whitehall", "GBR", ("GOV",), "metonym"),
        ("Capitol Hill", "USA", ("LEG",), "metonym"),
        ("the Pentagon", "USA", ("MIL",), "metonym"),
        ("Gdansk", "POL", ("CVL",), "metonym"),
        ("Nepalis", "NPL", ("CVL",), "demonym"),
        ("Palestinians", "PSE", ("CVL",), "demonym"),
        ("Kenyan police", "KEN", ("COP",), "agent"),
        ("riot police in Lisbon", "PRT", ("COP",), "agent"),
        ("the mayor of Kharkiv", "UKR", ("GOV",), "agent"),
        ("Peru's coca farmers", "PER", ("AGR",), "agent"),
        ("former Thai prime minister", "THA", ("ELI",), "agent"),
        ("a retired Turkish general", "TUR", ("ELI",), "agent"),
        ("Turkish-backed Syrian rebels", "SYR", ("REB",), "agent"),
        ("Turkish backed Syrian rebels", "SYR", ("REB",), "agent"),
        ("a US-led coalition", "USA", ("MIL",), "agent"),
        ("the Brussels-based military alliance", "IGO", (), "agent"),
        ("the Brussels-based bloc", "EUR", (), "agent"),
        ("a Jakarta-based bloc", "IGO", (), "agent"),
        ("a Nairobi-based rebel alliance", "KEN", ("REB",), "agent"),
        ("pro-Russian separatists in eastern Ukraine", "UKR", ("REB",), "agent"),
        ("Bosnian opposition lawmakers", "BIH", ("LEG", "OPP"), "agent"),
        ("the Chilean ambassador to Japan", "CHL", ("GOV",), "agent"),
        ("spokesman for the Russian Foreign Ministry", "RUS", ("GOV",), "agent"),
        ("Assad's forces", "SYR", ("MIL",), "agent"),
        ("the Trump administration", "USA", ("GOV",), "agent"),
        ("forces loyal to Khalifa Haftar", "LBY", ("MIL",), "agent"),
        ("Abkhaz police", "GEO", ("COP", "PRE"), "agent"),
        ("dozens of Serbian students", "SRB", ("EDU",), "agent"),
        ("farmers", None, ("AGR",), "agent"),
        ("four soldiers", None, ("MIL",), "agent"),
        ("rebels", None, ("REB",), "agent"),
        ("an aid agency", "NGO", (), "agent"),
        ("NATO", "IGO", (), "name"),
        ("the UN refugee agency", "UNO", (), "name"),
        ("the European Parliament", "EUR", ("LEG",), "name"),
        ("Amnesty International", "NGO", (), "name"),
        ("Islamist group Boko Haram", "NGA", ("REB",), "name"),
        ("Hezbollah fighters", "LBN", ("REB", "PTY"), "agent"),
        ("Ryanair", "IRL", ("BUS",), "name"),
        ("Reuters", "GBR", ("JRN",), "name"),
    ],
)
def test_country_and_sectors(phrase, country, sectors, how):
    found = resolve(phrase)
    assert (found.country, found.sectors, found.how) == (country, sectors, how), found.reason


@pytest.mark.parametrize("phrase", ["they", "she", "who", "us", "a car bomb", "the weather", "", " , ", "Jordan Smith", "Zzyzx Qwerty"])
def test_what_names_no_party_stays_unresolved(phrase):
    found = resolve(phrase)
    assert (found.entity, found.country, found.sectors, found.how) == (None, None, (), "unresolved")
    assert found.reason


@pytest.mark.parametrize(
    ("phrase", "date", "name", "country", "sectors"),
    [
        ("the US president", "2021-06-06", "Joe Biden", "USA", ("GOV",)),
        ("the US president", "2019-06-06", "Donald Trump", "USA", ("GOV",)),
        ("the U.S. secretary of state", "2015-06-06", "John Kerry", "USA", ("GOV",)),
        ("German chancellor", "2021-12-07", "Angela Merkel", "DEU", ("GOV",)),
        ("German chancellor", "2021-12-09", "Olaf Scholz", "DEU", ("GOV",)),
        ("the prime minister of Israel", "2021-06-14", "Naftali Bennett", "ISR", ("GOV",)),
        ("India's foreign minister", "2021-06-14", "Subrahmanyam Jaishankar", "IND", ("GOV",)),
        ("the EU foreign policy chief", "2021-06-14", "Josep Borrell", "EUR", ("GOV",)),
        ("president of the European Commission", "2010-01-01", "Jose Manuel Barroso", "EUR", ("GOV",)),
        ("the UN secretary-general", "2003-01-01", "Kofi Annan", "UNO", ("GOV",)),
        ("the pope", "2021-06-14", "Francis", "VAT", ("REL", "GOV")),
        ("head of the IAEA", "2005-01-01", "Mohamed ElBaradei", "UNO", ("GOV",)),
    ],
)
def test_an_office_is_its_holder_on_the_day(phrase, date, name, country, sectors):
    found = resolve(phrase, date)
    assert (found.name, found.country, found.sectors, found.how) == (name, country, sectors, "office")


@pytest.mark.parametrize(
    "phrase",
    [
        "the deputy US president",
        "a US president",
        "former US presidents",
        "the US vice president's office",
        "the US presidential candidate",
        "US presidents",
        "the Texas president",
    ],
)
def test_less_than_the_office_is_not_its_holder(phrase):
    assert resolve(phrase).entity is None


def test_without_a_date_the_holder_stays_open():
    found = resolve("the US president", date=None)
    assert (found.entity, found.country, found.sectors) == (None, "USA", ("GOV",))


@pytest.mark.parametrize(
    ("phrase", "date", "entity", "country", "sectors"),
    [
        ("the Belarusian opposition journalist Raman Pratasevich", DAY, "raman-pratasevich", "BLR", ("JRN", "OPP")),
        ("Protasevich", DAY, "raman-pratasevich", "BLR", ("JRN", "OPP")),
        ("Lukashenka", DAY, "alexander-lukashenko", "BLR", ("GOV",)),
        ("President Zelenskiy", DAY, "volodymyr-zelenskyy", "UKR", ("GOV",)),
        ("Moammar Kadafi", "2005-05-05", "muammar-gaddafi", "LBY", ("GOV",)),
        ("NATO Secretary General Jens Stoltenberg", DAY, "jens-stoltenberg", "IGO", ("GOV",)),
        ("Jens Stoltenberg", "2008-06-06", "jens-stoltenberg", "NOR", ("GOV",)),
        ("Stoltenberg, the alliance's secretary general", DAY, "jens-stoltenberg", "IGO", ("GOV",)),
        ("Iranian Foreign Minister Mohammad Javad Zarif", DAY, "mohammad-javad-zarif", "IRN", ("GOV",)),
        ("Angela Merkel", "2022-01-01", "angela-merkel", "DEU", ("ELI",)),
        ("President Bush", "2003-03-01", "george-w-bush", "USA", ("GOV",)),
        ("President Bush", "1991-03-01", "george-h-w-bush", "USA", ("GOV",)),
        ("Mr. Bush", "2003-03-01", "george-w-bush", "USA", ("GOV",)),
        ("Xi", DAY, "xi-jinping", "CHN", ("GOV",)),
        ("salvadoran president cristiani", None, "alfredo-cristiani", "SLV", ("GOV",)),
        ("SALVADORAN PRESIDENT ALFREDO CRISTIANI", "1990-05-05", "alfredo-cristiani", "SLV", ("GOV",)),
        ("Putin's spokesman Dmitry Peskov", DAY, "dmitry-peskov", "RUS", ("GOV",)),
        ("PM Modi", DAY, "narendra-modi", "IND", ("GOV",)),
        ("the U.N. special envoy for Syria Geir Pedersen", DAY, "geir-pedersen", "UNO", ("GOV",)),
        ("Hezbollah leader Hassan Nasrallah", DAY, "hassan-nasrallah", "LBN", ("PTY",)),
    ],
)
def test_persons(phrase, date, entity, country, sectors):
    found = resolve(phrase, date)
    assert (found.entity, found.country, found.sectors, found.how) == (f"person:{entity}", country, sectors, "name"), found.reason


@pytest.mark.parametrize("phrase", ["John Bush", "Andrew Putin", "Boris Merkel"])
def test_another_given_name_is_another_person(phrase):
    assert resolve(phrase).entity is None


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        ("Colombian army chief Luis Ortega", "COL", ("MIL",)),
        ("Luis Ortega, Colombia's army chief", "COL", ("MIL",)),
        ("Czech activist Jana Novotna", "CZE", ("CVL",)),
        ("Jane Doe, the US president", "USA", ("GOV",)),
    ],
)
def test_a_person_not_in_the_base_is_what_the_phrase_says(phrase, country, sectors):
    found = resolve(phrase)
    assert (found.entity, found.name, found.country, found.sectors) == (None, None, country, sectors)


@pytest.mark.parametrize(
    ("phrase", "context", "country"),
    [
        ("Georgia", "", None),
        ("Georgia", "Georgia and Russia fought over South Ossetia.", "GEO"),
        ("Georgia", "The vote in Georgia was certified in Atlanta, US officials said.", "USA"),
        ("Congo", "", None),
        ("Congo", "The fighting in eastern Congo has reached Kinshasa.", "COD"),
        ("Korea", "", None),
        ("riot police", "Crowds gathered in Minsk.", "BLR"),
        ("riot police", "Crowds gathered in Minsk and in Warsaw.", None),
        ("Luis Ortega", "Colombian army chief Luis Ortega said troops had fled.", "COL"),
    ],
)
def test_context_settles_what_the_phrase_leaves_open(phrase, context, country):
    assert resolve(phrase, context=context).country == country


def test_a_title_is_resolved_in_the_country_the_context_names():
    found = resolve("the president", "2019-01-01", "Kenya votes next week, the president said.")
    assert (found.name, found.how) == ("Uhuru Kenyatta", "office")


def test_context_does_not_overrule_the_phrase():
    assert resolve("Kenyan police", context="In Minsk crowds gathered.") == resolve("Kenyan police")


# -- a document -------------------------------------------------------------------------------------------------------


def test_names_pronouns_and_anaphors_of_one_document():
    refs = read(
        "[NATO] warned [Russia]. [Jens Stoltenberg] said [the alliance] would answer; [he] did not say how. "
        "[Minsk] holds [Sofia Sapega]. [Sepaga] is well, [the government] said. [Putin] met [Lukashenko]. [The two leaders] ate fish.",
        antecedents={4: 2},
    )
    by_text = {r.text: r for r in refs}
    assert by_text["the alliance"].entity == "organisation:nato"
    assert by_text["the alliance"].how == "coreference"
    assert (by_text["he"].entity, by_text["he"].how) == ("person:jens-stoltenberg", "coreference")
    assert by_text["Minsk"].country == "BLR"
    assert by_text["Sepaga"].entity == by_text["Sofia Sapega"].entity == "person:sofia-sapega"
    assert by_text["The two leaders"].name == "Vladimir Putin and Alexander Lukashenko"
    assert by_text["The two leaders"].sectors == ("GOV",)


def test_a_person_introduced_with_a_role_keeps_it():
    refs = read("Colombian army chief [Luis Ortega] visited Cali. [Ortega] said the road was open. [Ortgea] left. [They] stayed.")
    assert told(refs) == [
        ("Luis Ortega", "COL", ("MIL",), "agent"),
        ("Ortega", "COL", ("MIL",), "coreference"),
        ("Ortgea", "COL", ("MIL",), "coreference"),
        ("They", None, (), "unresolved"),
    ]


def test_the_document_goes_before_the_base():
    refs = read("[Jane Bush], a Canadian nurse, wrote to the paper. [Bush] has two sons.", "2003-03-03")
    assert [(r.entity, r.country) for r in refs] == [(None, "CAN"), (None, "CAN")]


def test_an_acronym_explained_in_the_text():
    refs = read("[The Kenyan doctors' union] (KXDU) struck. [KXDU] wants more pay.")
    assert told(refs) == [("The Kenyan doctors' union", "KEN", ("LAB",), "agent"), ("KXDU", "KEN", ("LAB",), "coreference")]


def test_generic_agents_take_the_one_country_at_issue():
    refs = read("NAIROBI - [Police] arrested [students] on Monday. [The president] was silent.", "2019-05-05")
    assert told(refs)[:2] == [("Police", "KEN", ("COP",), "coreference"), ("students", "KEN", ("EDU",), "coreference")]
    assert refs[2].name == "Uhuru Kenyatta"


def test_generic_agents_stay_open_where_several_countries_are_at_issue():
    refs = read("[Chad] and [Niger] and [Mali] met. [Soldiers] stood by. In Bamako [police] fired shots.")
    assert refs[3].country is None
    assert (refs[4].country, refs[4].how) == ("MLI", "coreference")


def test_the_president_is_the_one_named_before():
    refs = read("[French President Emmanuel Macron] met [the king of Jordan]. [The president] spoke of peace.")
    assert refs[2].entity == "person:emmanuel-macron"


def test_a_pronoun_without_antecedent_is_nobody():
    assert [r.how for r in read("[He] met [them].")] == ["unresolved", "unresolved"]


def test_no_mentions_no_refs():
    assert resolve_mentions("Nothing.", [], [], date=None, kb=KB) == []


# -- whatever comes ---------------------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            "the",
            "former",
            "US",
            "Russian",
            "president",
            "of",
            "Georgia",
            "police",
            ",",
            "and",
            "Putin",
            "'s",
            "-backed",
            "rebels",
            "in",
            "Minsk",
            "NATO",
            "chief",
            "Mr",
            "(",
            ")",
            "Xi",
            "who",
            "Congo",
            "two",
        ]
    )
    | st.text(max_size=8),
    max_size=12,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(PIECES | st.text(max_size=60), st.none() | st.dates().map(str), st.text(max_size=40) | PIECES)
def test_any_phrase_is_resolved_or_left(phrase, date, context):
    found = resolve(phrase, date, context)
    assert isinstance(found, Resolution)
    assert found.how in HOWS
    assert (found.how == "unresolved") == (found.country is None and not found.sectors and found.entity is None)
    assert found.reason
    assert found == resolve(phrase, date, context)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8), st.data())
def test_any_document_gives_a_ref_a_span(pieces, data):
    text, spans = "", []
    for piece in pieces:
        spans.append((len(text), len(text) + len(piece)))
        text += piece + ". "
    links = data.draw(st.lists(st.none() | st.integers(0, len(spans)), min_size=len(spans), max_size=len(spans)))
    refs = resolve_mentions(text, spans, links, date=None, kb=KB)
    assert [(r.start, r.end, r.text) for r in refs] == [(a, b, text[a:b]) for a, b in spans]


def test_phrases_are_read_quickly():
    phrases = [
        "Kenyan police",
        "the mayor of Kharkiv",
        "Russian Foreign Ministry spokeswoman Maria Zakharova",
        "four soldiers",
        "Turkish-backed Syrian rebels",
    ]
    for phrase in phrases:
        resolve(phrase)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for phrase in phrases * 40:
            resolve(phrase)
        best = min(best, time.perf_counter() - start)
    assert 200 / best > 1_000  # 13,000 and more on an idle core; benchmarks measure, this catches a slip


@pytest.mark.parametrize(
    ("text", "place"),
    [("PORT VARO, May 2 (Agency) -- Troops moved in.", "PORT VARO"), ("port varo, 2 may 90 (agency) -- troops moved in.", "port varo"),
     ("A title\n\nA teaser.\n\nVARO (AP) — Talks began.", "VARO "), ("He said, 3 days ago - no later.", None), ("Troops moved in.", None)],
)  # fmt: skip
def test_a_dateline_is_found_at_the_head_of_a_report(text, place):
    span = dateline_of(text)
    assert (text[slice(*span)] if span else None) == place


def test_a_second_family_name_may_be_left_out():
    assert resolve_actor("Salvador Allende Gossens", date="1972-08-07", kb=KB).country == "CHL"
    assert resolve_actor("Angela Merkel Kasner", date="2006-08-07", kb=KB).entity is None


@pytest.mark.parametrize(
    ("written", "date", "entity"),
    [
        ("Felipe Gonzalez Marquez", "1992-05-05", "felipe-gonzalez"),
        ("Rajoy Brey", "2015-05-05", "mariano-rajoy"),
        ("Juan Manuel Santos Calderon", "2014-05-05", "juan-manuel-santos"),
        ("Lacalle de Herrera", "1993-05-05", "luis-alberto-lacalle"),
        ("Frei Ruiz-Tagle", "1997-05-05", "eduardo-frei-ruiz-tagle"),
        ("Mohammed Hosni Mubarak Said", "2005-05-05", "hosni-mubarak"),
        ("Hosni Mubarak Said", "2005-05-05", "hosni-mubarak"),
        ("Hamad ibn Khalifah Al Thani", "2004-05-05", "hamad-bin-khalifa-al-thani"),
        ("Tamim ibn Hamad Al Thani", "2017-05-05", "tamim-bin-hamad-al-thani"),
        ("Jabir As-Sabah", "2001-05-05", "jaber-al-ahmad-al-sabah"),
        ("Qabus bin Said", "2001-05-05", "qaboos-bin-said"),
        ("Muhammad VI", "2010-05-05", "mohammed-vi"),
        ("Bhutto Benazir", "1995-05-05", "benazir-bhutto"),
        ("Trong", "2019-05-05", "nguyen-phu-trong"),
        ("Thaksin", "2004-05-05", "thaksin-shinawatra"),
        ("Ould Mohamed Vall", "2006-05-05", "ely-ould-mohamed-vall"),
        ("Joyce Hilda Banda", "2013-05-05", "joyce-banda"),
        ("Mamdouh Mohammed", "1976-05-05", None),
        ("Khalifa bin Zayid Al Nuhayyan", "2010-05-05", "khalifa-bin-zayed"),
        ("Samba-Panza", "2015-02-05", "catherine-samba-panza"),
        ("Silpa-archa", "1996-03-05", "banharn-silpa-archa"),
        ("Damião d'Almeida", "2003-05-05", "damiao-vaz-d-almeida"),
        ("Abdullah bin Abdul-Aziz Al Saud", "2010-05-05", "abdullah-of-saudi-arabia"),
    ],
)
def test_longer_turned_and_transliterated_names(written, date, entity):
    assert resolve(written, date).entity == (f"person:{entity}" if entity else None)


def test_a_short_given_name_is_no_other_of_the_same_consonants():
    assert bearers("mohammed salim", KB)[0] == []


@pytest.mark.parametrize(
    ("surname", "date", "country", "sectors"),
    [("Sargsyan", "2013-05-05", "ARM", ("GOV",)), ("Ahern", "2012-05-05", "IRL", ("ELI",)), ("Berisha", "2015-05-05", "ALB", ("ELI",))],
)
def test_bearers_of_one_country_are_of_that_country(surname, date, country, sectors):
    found = resolve(surname, date)
    assert (found.country, found.sectors) == (country, sectors), found.reason


def test_a_head_of_state_is_that_before_other_offices():
    assert resolve("Than Shwe", "2003-05-05").sectors == ("GOV",)


def test_the_captains_regent_are_two():
    assert resolve("Cardelli and Dolcini", "2020-12-01").country == "SMR"
    assert resolve("Giuseppe Arzilli", "2000-01-05").sectors == ("GOV",)


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        ("Japan's Liberal Democratic Party", "JPN", ("PTY",)),
        ("Jordan's Muslim Brotherhood", "JOR", ("OPP", "REL")),
        ("Argentina's CGT", "ARG", ("LAB",)),
        ("Ecuador's National Electoral Council", "ECU", ("GOV",)),
        ("the Nigeria Labour Congress", "NGA", ("LAB",)),
        ("the State Duma", "RUS", ("LEG",)),
        ("the Economic Freedom Fighters", "ZAF", ("PTY",)),
    ],
)
def test_a_body_of_a_common_name_is_of_the_country_named(phrase, country, sectors):
    found = resolve(phrase)
    assert (found.country, found.sectors) == (country, sectors), found.reason


def test_he_whom_the_model_leaves_alone_is_the_first_person_of_the_sentence_before():
    refs = read("[Angela Merkel] told reporters that [Russia] must wait. [She] named [Vladimir Putin].", date="2015-03-01")
    assert [r.country for r in refs] == ["DEU", "RUS", "DEU", "RUS"]
    assert refs[2].how == "coreference"
