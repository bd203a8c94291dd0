"""The seeded plan: what each batch of the corpus is told to write.  `python -m training.plan 7` prints batch 7.

Shares come from the pilots (ordinary copy 65 %, background 20 %, hard cases 15 %) and from real agency text (sentence length
24 ± 8.5 words, 78 % beginning with the actor).  Modes are drawn alike, so that rare ones are learned.
"""

import random
import sys

from lapwing.ontology import MODES_BY_TYPE, TYPES

PASSAGES = 20
SEED = 20210606

# Words that may name an event of the type; the plan deals them out so that no type hangs on a few verbs.
TRIGGERS = {
    "AGREE": """agree pledge promise offer vow undertake commit invite accept announce plan intend arrange consent volunteer guarantee assure propose-own-help
        express-readiness signal-willingness welcome-talks schedule is-due-to prepare-to-sign set-a-date pact-in-principle earmark promise-aid invitation commitment
        offer-of pledge(noun) promise(noun) deal-reached accord-in-principle compromise settle-on declare-ready hope-to-sign approve-plan open-to propose-joint
        look-forward-to-hosting will-visit will-meet will-send will-back swear envisage endorse-idea-of-own-troops give-its-word underwrite reaffirm-commitment consider-favourably""",
    "CONSULT": """meet talk visit confer hold-talks receive host negotiate discuss telephone call mediate broker consult tour arrive-for-talks travel-to-meet sit-down-with
        exchange-views greet welcome-visitor parley debate-with shuttle chair-talks summit(noun) meeting session dialogue consultation video-conference letter exchange
        stopover-visit audience-with dine-with brief convene gather huddle delegation-arrived mission(noun) mediate-between conciliate facilitate round-of-talks
        side-talks trip pilgrimage-to reception face-to-face phone-conversation correspondence contact""",
    "SUPPORT": """support back praise endorse recognise hail welcome congratulate thank applaud defend sign ratify salute honour commend champion side-with vouch-for vote-for
        express-solidarity establish-ties restore-ties rally-behind stand-by uphold pay-tribute approve-of laud bless advocate-for express-confidence decorate
        treaty-signed accession normalise-relations sponsor-resolution endorsement recognition backing praise(noun) tribute solidarity signing ratification
        condolences-to vindicate plead-for stick-up-for cheer compliment initial twin reopen-embassy""",
    "CONCEDE": """ease lift suspend-measure relax drop-charges pardon amnesty apologise acquit scrap reverse withdraw-demand back-down back-off commute rescind revoke cancel-strike call-off-protest
        declare-ceasefire announce-withdrawal soften waive yield relent climb-down repeal annul exonerate postpone-tax express-regret admit-fault loosen unfreeze restore-aid shelve
        overturn-conviction reinstate concession truce-declared pardon(noun) clemency apology amnesty(noun) promise-release abandon-plan give-in give-way bow-to give-ground clear-of""",
    "COOPERATE": """cooperate trade exchange share-intelligence extradite joint-exercise joint-patrol collaborate build-together swap co-produce supply-under-contract export-to import-from deliver-against-payment
        drill-together partner open-joint-plant hand-over-suspect coordinate link-grids train-with operate-jointly work-with pool team-up run-jointly co-finance barter
        interconnect map-together survey-jointly patrol-alongside launch-jointly cooperation exercise(noun) exchange(noun) extradition joint-operation exports purchase(noun) buy sell ship lease
        staff-jointly demine-together joint-investigation""",
    "AID": """send-aid donate provide supply deliver-relief grant lend give-asylum shelter rescue train arm equip airlift treat-wounded feed fund finance bail-out forgive-debt write-off evacuate
        dispatch-doctors contribute ship-grain hand-out-food subsidise distribute bankroll disburse reinforce-ally take-in house vaccinate rebuild-for donate-ambulances parachute-supplies truck-in free-hostages-for
        relief(noun) loan grant(noun) assistance donation asylum(noun) rescue(noun) airlift(noun) delivery shipment host-refugees second-officers protect""",
    "RETREAT": """withdraw pull-out free release hand-over surrender lay-down-arms disarm hold-fire observe-truce admit-inspectors let-in resign step-down quit vacate evacuate-post leave cede return-land dismantle
        destroy-stockpile give-up demobilise fall-back abandon-position open-corridor allow-convoy let-go liberate return-bodies turn-over-weapons stand-down repatriate retreat set-free relinquish
        withdrawal pull-back surrender(noun) release(noun) resignation handover disarmament truce-holds ceasefire-holds reopen-crossing decommission bow-out lift-siege bail""",
    "REQUEST": """urge ask call-on demand appeal request press seek order plead petition exhort implore insist beg lobby propose-that tell-to apply-for bid-for invite-mediation push-for advise solicit
        beseech summon-to-talks instruct prod call-for exhortation appeal(noun) request(noun) demand(noun) plea call(noun) petition(noun) bid ask-for-help recommend suggest require encourage
        counsel nudge clamour campaign-for put-pressure want query claim ultimatum-free-demand prompt""",
    "ACCUSE": """accuse condemn criticise blame denounce charge sue indict allege complain deplore slam lambast rebuke fault chide deride decry censure castigate investigate probe summon-ambassador
        protest-note reproach attack-verbally prosecute impeach file-complaint question-suspect inquire point-finger lament-that assail berate hold-responsible charge(noun) accusation criticism indictment
        lawsuit inquiry condemnation complaint protest(noun) rebuke(noun) suspect scold deny-and-blame subpoena audit take-to-court brand""",
    "REJECT": """reject refuse turn-down veto rebuff dismiss decline deny-request defy ignore rule-out spurn cancel-meeting boycott-talks block-resolution bar-entry vote-down snub walk-out-of oppose throw-out
        shun scorn resist brush-aside overrule disallow flout disobey pull-out-of-meeting call-off-visit refuse-visa refusal rejection veto(noun) defiance rebuff(noun) denial-of-request snub(noun)
        say-no shoot-down decline-to-meet stonewall disregard hold-out set-aside fail-to-comply contest strike-down deny-entry not-budge opt-out balk""",
    "THREATEN": """threaten warn vow-retaliation caution give-ultimatum menace promise-revenge issue-warrant brandish hint-at-force put-on-notice swear-revenge vow-to-crush intimidate serve-notice raise-prospect
        set-deadline-or-else pledge-to-punish threat warning ultimatum warrant-in-absentia sabre-rattling vow(noun) talk-of-war death-threat warn-of-consequences threaten-strike-action threaten-sanctions threaten-expulsion
        threaten-to-cut-gas threaten-to-close-border bluster would-respond will-not-hesitate say-would-destroy blackmail cow browbeat alert-that-would reserve-right-to-strike not-rule-out-force
        will-pay-dearly be-made-to-answer prepare-to-punish dare growl thunder admonish notice-of-reprisal""",
    "PROTEST": """protest march rally demonstrate strike walk-out riot picket boycott blockade sit-in occupy hunger-strike fast loot block-road chant gather-against stage-vigil parade-against barricade take-to-streets
        down-tools stop-work heckle burn-effigy deface vandalise torch-tyres smash-windows chain-themselves besiege-offices surround disrupt turn-out mob stay-away strike(noun) demonstration march(noun) rally(noun)
        riots sit-in(noun) vigil boycott(noun) blockade(noun) unrest stoppage hunger-strike(noun) go-slow procession clog camp-out jeer""",
    "SANCTION": """sanction impose-embargo cut-off-aid freeze-assets expel-diplomat recall-ambassador break-off-ties sever suspend-membership withdraw-from-treaty convict sentence jail-after-trial fine halt-cooperation
        blacklist ban-imports discontinue quit-organisation leave-alliance end-accord downgrade declare-persona-non-grata exclude eject fire-for strip-of impose-tariffs pull-out-of-pact cancel-contract
        find-guilty oust-from-body abrogate close-embassy suspend-aid sanctions(noun) embargo(noun) expulsion conviction sentence(noun) verdict withdrawal-from-pact break(noun) suspension recall(noun) penalise
        disqualify execute-sentence shut-out renounce drop-from halt-sales""",
    "MOBILIZE": """deploy mobilise mass reinforce put-on-alert station send-troops-to-border call-up-reserves test-fire position amass dispatch-warships move-tanks rush-police post-guards arm-militia hold-manoeuvres
        scramble-jets dig-in ready redeploy beef-up raise-militia patrol-sail muster assemble concentrate garrison recruit-fighters activate stockpile shift encamp build-up(noun) deployment mobilisation alert(noun)
        manoeuvres exercise-own missile-test call-up reinforcements patrol conscript tighten-security step-up-patrols ring line-up roll-into-position cordon fan-out steam-towards parade-missiles""",
    "COERCE": """arrest detain raid seize ban close-down censor block impose-curfew declare-emergency deport confiscate jam hack expel-migrants shut-off-power cut-internet disperse outlaw round-up search interrogate
        hold-for-questioning restrict seal-off evict impound place-under-house-arrest dissolve silence shutter revoke-licence disconnect nationalise commandeer forbid intercept turn-back suspend-newspaper
        cyberattack spread-falsehoods arrest(noun) raid(noun) crackdown curfew(noun) ban(noun) deportation seizure roundup blockage martial-law(noun) power-cut disinformation-campaign remand handcuff bar fence-off
        jail-without-trial hijack-broadcast divert-plane""",
    "ASSAULT": """attack kill bomb shell shoot-dead ambush kidnap abduct stab beat torture rape assassinate behead massacre storm raid-with-arms strike blow-up burn-down set-ablaze open-fire fire-on hijack lynch
        gun-down mortar pound invade overrun capture-town clash fight besiege-and-shell strafe tear-gas club wound maim poison hack-to-death ram execute-captives slaughter seize-hostages detonate
        attack(noun) bombing air-strike raid(noun) ambush(noun) assassination killing shooting assault(noun) clash(noun) drone-strike suicide-bombing gas-attack dynamite torpedo sabotage douse-with-water-cannon gas trample whip""",
}

REGIONS = {
    "europe": "GBR FRA DEU ITA ESP POL UKR RUS BLR LTU LVA EST SRB KOS HRV BIH ALB MKD GRC TUR CYP HUN ROU BGR MDA CZE AUT SWE NOR IRL BEL NLD PRT GEO ARM AZE FIN DNK CHE ISL",
    "middle-east": "ISR PSE LBN SYR JOR IRQ IRN SAU YEM ARE QAT KWT BHR OMN EGY TUR",
    "africa": "NGA KEN ETH SOM SDN SSD COD RWA BDI UGA TZA MOZ ZWE ZAF AGO NAM ZMB MLI NER TCD CMR CAF BFA SEN CIV GHA LBR SLE GIN LBY DZA MAR TUN ERI DJI MDG TGO BEN GMB GAB COG MWI BWA LSO",
    "asia": "CHN JPN KOR PRK TWN IND PAK AFG BGD LKA NPL MMR THA KHM VNM LAO MYS SGP IDN PHL TLS MNG KAZ KGZ TJK UZB TKM BTN MDV HKG",
    "americas": "USA CAN MEX GTM SLV HND NIC CRI PAN CUB HTI DOM JAM TTO COL VEN ECU PER BOL CHL ARG BRA PRY URY GUY SUR BLZ",
    "pacific": "AUS NZL FJI PNG SLB VUT WSM TON NRU KIR NCL",
}
REGION_WEIGHTS = {"europe": 24, "middle-east": 18, "africa": 18, "asia": 20, "americas": 16, "pacific": 4}
BODIES = [
    "UN",
    "EU",
    "NATO",
    "African Union",
    "ECOWAS",
    "ASEAN",
    "Arab League",
    "OSCE",
    "OAS",
    "IAEA",
    "Red Cross",
    "Amnesty",
    "Human Rights Watch",
    "Médecins Sans Frontières",
    "World Bank",
    "IMF",
    "OPEC",
    "ICC",
    "WHO",
    "UNHCR",
    "SADC",
    "CIS",
    "CSTO",
    "GCC",
    "Mercosur",
    "SCO",
    "IGAD",
    "Council of Europe",
    "Commonwealth",
    "WTO",
    "Interpol",
    "UNICEF",
]
VOICES = {
    "ordinary": [("agency", 60), ("local", 16), ("ministry", 6), ("radio", 5), ("court", 4), ("ngo", 4), ("headline", 5)],
    "background": [("background", 100)],
    "hard": [("agency", 40), ("social", 10), ("court", 12), ("ngo", 12), ("ministry", 10), ("local", 16)],
}
HARD = [
    "nominalised events",
    "passive without agent",
    "negated event",
    "conditional event",
    "reported at two removes",
    "long-distance actor (relative clause between)",
    "several events in one sentence",
    "three or more parties",
    "denial of an accusation",
    "metonyms only (capitals, palaces, 'the alliance')",
    "event in a participle",
    "event as subject ('The shelling of … drew …')",
    "speaker in mid-sentence",
    "quotation over two sentences",
    "coreference over three sentences",
]
TRAPS = [
    "sport as war",
    "business results and takeovers",
    "film, music and book reviews",
    "weather and natural disaster without politics",
    "road, rail or air accident",
    "medicine ('fought off', 'attacked the tumour')",
    "cooking or gardening",
    "chess or video games",
    "animal behaviour",
    "stock market ('retreat', 'rally')",
    "history of architecture",
    "astronomy or physics ('collision', 'bombarded')",
    "theatre and battle re-enactment",
    "obituary of a scientist",
    "geography of a border region",
    "advertising campaign",
    "school competition",
    "wine harvest",
    "statistics office figures",
    "traffic and transport timetable",
]
# From batch 76 on: what the first 1,500 passages had too little of, by `training.stats` and the model's mistakes on our dev split.
SECOND_FROM = 76
SECOND_VOICES = [("leads", 38), ("politics", 22), ("agency", 12), ("crime-desk", 10), ("wire", 9), ("war-report", 9)]
SECOND_TRAPS = [
    *TRAPS,
    "flood, quake or storm with its dead and damage",
    "fire, explosion or collapse by accident",
    "ship, mine or factory accident and the rescue by neighbours",
    "epidemic figures",
    "election results and appointments without conflict",
    "a law passed, a budget read, an office opened",
    "economic outlook of an institute",
    "crime told as statistics",
    "company strategy and layoffs",
    "profile of a politician's youth",
]
# From batch 90 on: mostly plain leads.  The model of the first 59 batches gained far more on our own dev split than on news sentences it had never seen the like of.
THIRD_FROM = 90
SECOND_SPEECH = [
    "5 attributions: direct, indirect and partly quoted ones mixed; one quotation runs over two sentences, one speaker stands before, one in the middle, one after",
    "4 attributions with cues other than 'said' (wrote, argues, believes, insisted, according to, in his view, told reporters, tweeted, the report found)",
    "3 attributions, one nested in another",
    "1 indirect attribution",
    "none",
]
# From batch 110 on: the everyday idiom of diplomatic, police and war news, which the first batches, bent on variety, had passed over.
FOURTH_FROM = 110
IDIOMS = {
    "AGREE": "agreed to send|will visit|pledged money to|offered talks|offered to mediate|accepted an invitation from|promised reforms to|agreed in principle with|is ready to resume talks with|plans to sign|expressed willingness to|invited to|set a date for a summit with|agreed to hold an election|vowed to strengthen cooperation with|approved a plan to supply|said it would provide|is to meet",
    "CONSULT": "met with|held talks with|arrived in (a capital) for talks|spoke by phone with|hosted|visited|discussed (an issue) with|is on a visit to|chaired a meeting of|began negotiations with|resumed talks with|received (a delegation)|mediated between|wrapped up a round of talks|addressed (a parliament abroad)",
    "SUPPORT": "signed an agreement with|reached an agreement with|reached a deal with|ratified a treaty with|praised|voiced support for|pledged full support for|expressed solidarity with|recognised (a state or government)|established diplomatic relations with|endorsed|welcomed (another's decision)|thanked|congratulated|defended (an ally)|restored ties with|stands by",
    "CONCEDE": "lifted sanctions on|eased restrictions on|will release|agreed to release|pardoned|granted amnesty to|accepted the demands of|lifted the state of emergency|lifted the curfew|dropped charges against|acquitted|apologised to|announced a withdrawal from|declared a ceasefire|lifted a ban on|called off the strike against|will withdraw troops from|agreed to lay down arms|bowed to pressure from|suspended the measure against",
    "COOPERATE": "exported to|bought from|sold (goods or arms) to|held joint exercises with|extradited to|shared intelligence with|carried out joint patrols with|opened a joint venture with|exchanged information with|resumed trade with|cooperated with an inquiry of|imports (share) of its gas from|built (a plant) with",
    "AID": "gave (sum) to|provided aid to|sent peacekeepers to|deployed observers to|donated|granted asylum to|approved a loan to|sent relief supplies to|delivered weapons to|trained soldiers of|wrote off the debt of|evacuated civilians from|rescued hostages from|sent doctors to|took in refugees from|airlifted food to|contributed troops to the mission in|allocated emergency funds for",
    "RETREAT": "released|freed|withdrew troops from|pulled out of|handed over to|laid down their arms|surrendered to|resigned after|returned (land, bodies, property) to|allowed inspectors into|let an aid convoy into|disarmed|destroyed its stockpile of|stepped down under pressure from|ceasefire between took hold|reopened the border with|repatriated prisoners to|ended the siege of",
    "REQUEST": "called on|urged|asked for help from|demanded the release of by|appealed to|pressed|asked to extradite|demanded the resignation of|sought a meeting with|called for an inquiry against|ordered|appealed for a ceasefire from|requested troops from|called on to lift sanctions|lobbied|petitioned",
    "ACCUSE": "accused|condemned|criticised|blamed|charged|sued|denounced|opened an investigation into|is investigating|filed a complaint against|said (another) had violated|slammed|indicted|summoned the ambassador of|questioned (a suspect) over|alleged|expressed concern at|voiced anger at|protested in a note to|lashed out at",
    "REJECT": "rejected|refused to|turned down a request by|will not lift|ruled out talks with|vetoed|dismissed the appeal of|defied|refused to release|refused to hand over|denied a visa to|boycotted the talks with|cancelled a meeting with|reneged on the accord with|declined to meet|ignored the order of|voted down the bill of|would not withdraw from|refused entry to|called off a visit to",
    "THREATEN": "threatened to|warned of consequences|warned that it would|gave an ultimatum to|vowed to retaliate against|vowed revenge on|threatened with sanctions|threatened to expel|threatened to cut off|issued an arrest warrant for (abroad)|set a deadline or else for|will strike if|warned not to|said it would respond with force to|threatened to close|threatened to leave|death threats against",
    "PROTEST": "protested against|demonstrated against|rallied in|marched on|clashed in riots with|went on strike against|began a hunger strike over|blocked a road to demand|boycotted|took to the streets over|stormed (an office) in anger|burned the flag of|staged a sit-in at|held a vigil for|walked out over|picketed|threw stones at",
    "SANCTION": "imposed sanctions on|expelled diplomats of|recalled its ambassador from|cut off aid to|suspended (a member)|broke off relations with|froze assets of|imposed an embargo on|blacklisted|broke off talks with|sentenced|convicted|jailed for (years)|halted arms sales to|withdrew from the treaty with|quit the organisation|imposed tariffs on|fined|closed its embassy in|suspended cooperation with",
    "MOBILIZE": "deployed troops to (its border, a sea)|massed troops near|put forces on alert against|test-fired a missile|sent warships to|held military exercises near|stepped up security around|called up reservists|police were deployed around|reinforced its garrison in|sent police to|moved tanks towards|scrambled jets against|armed militias|raised its alert level",
    "COERCE": "arrested|detained|raided|seized|banned|banned from office|closed down (a newspaper)|suspended (a broadcaster)|imposed a curfew in|declared a state of emergency in|deported|confiscated|blocked access to|placed under house arrest|hacked|imposed a blockade on|shut the border to|dispersed (a rally) without force|confined|remanded in custody|intercepted (a ship)|cut power to|spread false reports about|searched the offices of|impounded",
    "ASSAULT": "attacked|killed|bombed|shelled|shot dead|kidnapped|fired on|clashed with|ambushed|carried out an air strike on|set off a car bomb outside|stormed|captured (a town) from|beat|tortured|raped|assassinated|launched rockets at|a suicide bomber struck|wounded|abducted|fired tear gas at|executed (captives)|used gas against|a roadside bomb hit|a drone struck|violated the truce with an attack on|hijacked|burned down|invaded|took hostage",
}
# Of kind `acts` and `people`: every act that CAMEO tells apart, in our words.  The pair head knew the idiom of each type but not the whole breadth of its acts; one code in five is a near miss, told with the same words.
ACTS = {
    "AGREE": "ready to trade or invest|ready to train or arm together|promises to hand over suspects|will back at the UN|promises money|promises weapons|promises food or medicine|promises peacekeepers|promises elections or a reshuffle|promises a law or rights|will meet or visit|ready for talks without conditions|accepts mediation|offers to mediate|will let observers come to its own vote|party to a war calls for its end|will take part in a summit|will defend an ally if it is attacked",
    "CONSULT": "telephones|pays a visit|receives a visitor|meets on neutral ground|mediates between two|negotiates (a border, a debt, a wage)|attends a summit of|talks on the sidelines|sends a delegation to|calls together rivals for talks",
    "SUPPORT": "praises a decision|defends in words|rallies others for|recognises a state or government|signs or has agreed a treaty|ratifies|opens or upgrades ties|backs a candidate|approves another's plan|thanks|condoles|gives political asylum seekers its word of welcome|speaks for in a court or council",
    "CONCEDE": "eases limits on the press|lets a banned party stand|lifts a curfew|lifts emergency rule|gives permission to|authorises|approves a request of|accepts a change of leader|accepts a change of policy|grants a right|eases or waives sanctions|announces a truce|announces a pull-out|will free|pardons|acquits|apologises|quashes an order against|ends a strike or protest|extends a deadline at the other's request|pays compensation after an admitted wrong",
    "COOPERATE": "sells to or buys from|joint exercise|extradites to|helps another's prosecutors|hands over data or bank records|shares intelligence|runs a joint project|joint patrol|sends police to a joint operation",
    "AID": "pays a grant or loan|gives weapons|trains an army|ships food|sends doctors|sends peacekeepers to|takes in refugees|grants asylum|forgives debt|raises money for|evacuates another's citizens|frees hostages for|provides sum for a programme in|lets its base be used for relief",
    "RETREAT": "frees a prisoner|court orders release and he walks out|gives back property or bodies|lifts sanctions in fact|lets inspectors in|lets an aid convoy pass|truce holds|ends a siege or blockade|demobilises|surrenders|hands in weapons|withdraws troops|gives up a town|resigns under pressure|lets a blocked site or border reopen",
    "REQUEST": "asks for money|asks for arms|asks for extradition|asks for intelligence|asks for votes or backing|asks for relief|asks for peacekeepers|calls on a leader to go|calls for another law or policy|calls for rights|calls for early elections|asks to lift sanctions|asks to lift a ban or curfew|asks to free|asks for a truce or pull-out|asks for talks|asks to settle a dispute|asks to mediate|calls for sanctions against|says that another must, should or has to|warns off without a threat: must be avoided|seeks asylum or shelter in",
    "ACCUSE": "investigates a crime or graft|investigates abuses|investigates an attack|searches premises for evidence|sends investigators to|criticises|calls names (attack in words)|accuses of graft|accuses of abuses|accuses of aggression|accuses of spying|rallies opinion against|complains formally|sues|starts legal action against|charges with|indicts|summons an envoy|rejects another's words as false|voices concern or regret at|says that an act breaks a treaty",
    "REJECT": "refuses to trade or invest|refuses to train or arm|refuses extradition|refuses to share files|refuses money asked for|refuses troops asked for|refuses relief|refuses to resign|refuses another policy or law|refuses rights or autonomy|will not end a strike or protest until|will not lift sanctions|will not free|will not let observers in|will not pull out or disarm|rules out talks|walks out of a meeting|turns a mediator down|rejects a peace plan|breaks an order or norm openly|vetoes|gives no permission|fails to reach agreement|fails to renew",
    "THREATEN": "to cut aid|to impose sanctions or tariffs|to break ties|to ban a party|to gag the press|to impose or extend a curfew or emergency|to strike or protest (unions, groups: will march on, will boycott)|to leave talks|to expel envoys, peacekeepers or agencies|to use force at home|to blockade|to occupy or annex|to attack|to use banned weapons|an ultimatum|will begin an offensive within days|will raise pressure|to arrest or prosecute|to leave a treaty",
    "PROTEST": "demonstrates for a leader to go|demonstrates for a policy|demonstrates for rights|hunger strike|strikes for pay|boycotts a vote or firm|blocks a road or port|riots|occupies a building|pickets an embassy|walks out of work over a law|defaces or burns symbols",
    "SANCTION": "cuts or reduces money aid|cuts or reduces arms aid|suspends relief|suspends flights or trade links|imposes an embargo|puts sanctions on a person or firm|downgrades or breaks ties|recalls an envoy|breaks off talks|stops mediating|expels envoys|withdraws its peacekeepers or observers|expels aid workers|suspends a member|convicts or sentences|fines|leaves an organisation or treaty|scales back a partnership or cooperation|halts a joint project",
    "MOBILIZE": "shows its force (parade, test, flypast)|police on alert|army on alert|more police sent to|more troops sent to a border|warships sent|reservists called|missiles moved to|exercises alone",
    "COERCE": "seizes property|confiscates at home|limits speech or assembly|bans a party or politician|curfew|state of emergency or siege|arrests|charges and holds|issues a warrant at home|deports|blocks a border, port or road|diverts or stops a plane or ship of|annexes or occupies without a fight|cuts power or water|hacks|spreads false news against|demolishes a home by order|stops the work of agencies at home|bars carriers, goods or people",
    "ASSAULT": "kidnaps|hijacks|beats|sexual violence|tortures|kills by hand|bomb in a public place|suicide bombing|car bomb|roadside bomb|human shields|attempt on a life|assassinates|fires on protesters|gunfight|shells|air raid|drone strike|takes a town by force|breaks a truce by arms|burns or destroys property|drives people out by force|massacre|gas or poison|violates another's territory by arms",
}
FORMS = [
    "plain past",
    "plain past",
    "present perfect",
    "present perfect",
    "passive with by",
    "noun with a light verb",
    "headline present",
    "reported: said, announced",
    "with a second event in a clause of time or reason",
    "historical, with a year",
    "long noun phrases around both parties",
    "recipient is a person, firm or group named with its country",
]
NEWSMAKERS = [
    "USA",
    "RUS",
    "CHN",
    "GBR",
    "FRA",
    "DEU",
    "UKR",
    "ISR",
    "PSE",
    "IRN",
    "IRQ",
    "SYR",
    "TUR",
    "SAU",
    "EGY",
    "IND",
    "PAK",
    "AFG",
    "PRK",
    "KOR",
    "JPN",
]
CONFUSED = [
    "SUPPORT/AGREE",
    "AGREE/AID",
    "AGREE/CONCEDE",
    "CONCEDE/RETREAT",
    "REJECT/CONCEDE",
    "REJECT/THREATEN",
    "REJECT/RETREAT",
    "COERCE/SANCTION",
    "COERCE/ASSAULT",
    "AID/MOBILIZE",
    "ACCUSE/REQUEST",
    "ACCUSE/SUPPORT",
    "REQUEST/THREATEN",
    "CONSULT/AGREE",
    "SUPPORT/CONSULT",
    "PROTEST/ASSAULT",
    "PROTEST/COERCE",
    "MOBILIZE/THREATEN",
    "SANCTION/ACCUSE",
    "COOPERATE/AGREE",
    "COOPERATE/AID",
    "SANCTION/REJECT",
    "SUPPORT/CONCEDE",
    "AGREE/REQUEST/REJECT",
]
KINDS = [
    ("idiom", range(110, 130)),
    ("contrast", range(130, 140)),
    ("politics", range(140, 147)),
    ("crime-desk", range(147, 152)),
    ("war-report", range(152, 160)),
    ("acts", range(160, 186)),
    ("people", range(186, 189)),
    ("politics", range(189, 195)),
    ("mishap", range(195, 198)),
    ("war-report", range(198, 201)),
    ("acts", range(201, 207)),
    ("people", range(207, 210)),
    ("politics", range(210, 213)),
    ("article", range(213, 219)),
    ("says", range(219, 222)),
    ("article", range(222, 225)),
    ("everyday", range(225, 228)),
    ("mishap", range(228, 231)),
    ("acts", range(231, 237)),
    ("politics", range(237, 240)),
    ("says", range(240, 243)),
    ("article", range(243, 246)),
    ("people", range(246, 249)),
    ("acts", range(249, 252)),
    ("war-report", range(252, 255)),
    ("politics", range(255, 258)),
    ("article", range(258, 261)),
    ("everyday", range(261, 264)),
    ("says", range(264, 267)),
    ("people", range(267, 270)),
    ("acts", range(270, 273)),
]
"""Kind of each batch from 110 on.  Those from 177 on answer what the third model got wrong: pairs of persons, mishaps taken for attacks, speakers, parties named a sentence away; those from 225 on add texts without politics, whose vocabulary still yielded claims."""
SPEECH = [
    "a direct quotation that runs over two sentences",
    "an indirect 'said that' of 15 words or more",
    "said without 'that', content of 20 words",
    "according to (a poll, an aide, a report)",
    "a mixed quotation: part of the clause in quotation marks",
    "a thought: believes, thinks, knows, hopes, fears, wants to",
    "a plan or promise: plans to, vowed to, is expected to",
    "a noun as cue: the claim that, his argument that, a statement that, concerns that",
    "speaker after the content: … , said X",
    "speaker in the middle: … , X said, …",
    "unnamed officials, sources or critics",
    "nested: A said B had told him that",
    "a post or tweet quoted",
    "a question asked or an answer refused",
    "argued, noted, acknowledged, insisted, suggested, pointed out",
    "polls show, the report found, the filing says, documents indicate",
]
DESK = [
    "police arrest suspects in a murder or robbery",
    "a court remands the accused in custody",
    "riot: police fire, lathi-charge or use tear gas; people killed and injured",
    "mob violence between communities, houses burned",
    "police raid and seizure of weapons or drugs",
    "police detain party workers before a march, later let them go",
    "curfew clamped and relaxed",
    "police killed in an ambush by militants",
    "police inaction criticised, an inquiry ordered",
    "kidnapping for ransom, the victim rescued",
    "strike and road block broken up by police",
    "suspects killed in an encounter",
]
WAR = [
    "guerrillas bomb a bank, a pipeline, power pylons or an embassy (name the target fully)",
    "unidentified gunmen murder a mayor, judge, priest, union leader or journalist",
    "a communiqué in which a group claims an attack",
    "kidnapping of an engineer or a politician",
    "army patrol ambushed, dead and wounded by number",
    "peasants massacred, the army or a death squad blamed",
    "car bomb outside a police station",
    "a government denies its army's part in a killing",
    "no new incident: talks, an appeal of bishops, an election delayed by fear of violence",
    "sabotage and street fighting in a capital",
    "hostages freed, terms unknown",
    "shelling of a town and the flight of its people",
]
MISHAPS = [
    "gas explosion or boiler blast",
    "building, bridge or stage collapses",
    "bus, lorry or train crash",
    "ferry or trawler sinks, coastguard searches",
    "aircraft or helicopter comes down (military ones too)",
    "fire in a factory, market, prison or camp",
    "flood, landslide, quake or cyclone, people evacuated or missing",
    "mine cave-in or chemical leak",
    "stampede at a shrine or a match",
    "ammunition depot blows up by itself, or an old shell is found",
    "a soldier's rifle goes off by accident, a training accident",
    "epidemic, poisoning by bad food or liquor",
    "drought, locusts, hunger",
    "suicide, drowning, wild animals",
]
EVERYDAY = [
    "captions of a day's pictures, one sentence a picture, present tense",
    "captions of a gallery of one subject (a carnival, a drought, a procession, a cleaned statue)",
    "match report: beat, attack, shot, defence, strike, captain, clash of the leaders",
    "transfer, injury and contract news of a club",
    "cycling, boxing or motor race",
    "obituary of an actor, cook or scientist",
    "profile of a craftsman, a chef or a shopkeeper",
    "film, book or game review with killers, armies and rebels in its plot",
    "museum, festival, fashion show",
    "recipe, travel or garden page",
    "company results, a launch, a strike price, a merger that was agreed",
    "markets: shares rallied, retreated, came under fire, tariffs as a worry only",
    "science: bacteria attack, cells defend, a probe launched, a telescope",
    "medicine: trial of a drug, virus, heart attack, hospital opened",
    "weather, wildlife, archaeology (an old siege, a tomb, a wreck)",
    "technology: an update released, a bug exploited by nobody, a phone unveiled",
    "school, university and exam matters",
    "local council: roads, bins, a bridge reopened, a park named",
    "statistics, surveys, population figures",
    "history page: an anniversary told as history, without a deed of today",
    "encyclopaedia-like background: X borders Y, is a member of, has ruled since, is chaired by",
    "letters, horoscope, listings, the site's own notices, a newsletter's greeting",
    "court of small things: a quarrel over a hedge, a will, a divorce without crime",
    "celebrity, royal or wedding news",
]
BESIDE = ["no event at all", "no event at all", "no event at all", "ONE EVENT: in the midst of it one sentence tells a true deed"]
PEOPLE = [
    "a named suspect",
    "a victim or her family",
    "a police officer",
    "a named minister",
    "a court or judge",
    "a prosecutor",
    "a lawyer and her client",
    "a reporter or newspaper",
    "a firm and its chief executive",
    "a union",
    "a doctor or hospital",
    "a soldier or platoon",
    "militants or gunmen",
    "hostages or their kin",
    "a mayor or governor",
    "a candidate",
    "a senator or deputy",
    "a bishop, imam or congregation",
    "a student or headteacher",
    "an aid worker or charity",
    "neighbours or villagers",
    "an ex-president or general",
    "a prisoner or warden",
    "a gang",
]
LINKS = [
    "recipient named a sentence before, only a pronoun beside the verb",
    "actor named in the sentence before, the verb's subject is 'the group', 'the ministry', 'the pair'",
    "victims listed by name, age and trade",
    "place and date in another sentence than the trigger",
    "passive without agent, the agent told two sentences on",
    "speaker at the end, after two sentences told on his word",
    "denial by the accused side, named",
    "a claim confirmed by one and disputed by another",
    "agency or newspaper as the source of an official's words",
    "a nominal event ('the arrest', 'the raid') that repeats an earlier verb",
    "compound recipients of two countries",
    "a relative clause between actor and verb",
]
CLAIMED = [
    "A says B did it; B denies that it did, the deed named again by a verb or a noun",
    "A denies having done it, without any accusation before",
    "A confirms, acknowledges or admits that its own side did it",
    "A disputes B's account that C did it, or casts doubt on it",
    "a spokesman says that his side did not do it, in the plain negative",
    "a conditional threat told as its speaker's words: 'X will close its airspace should Y …, the minister said': the main verb is the trigger",
    "a condition that is a deed itself: 'if Y arrests more officials' (hypothetical) beside what would follow (hypothetical)",
    "two tolls or numbers from two speakers",
    "A accuses B of doing it (two events: the accusing and the alleged deed)",
    "'allegedly', 'alleged', 'is said to have', nobody named",
    "reported at two removes: A said that B had admitted, told, ordered, denied",
    "a plan: 'plans to', 'will … in spring, the minister said'",
    "both blame each other for one deed",
    "each side claims the other broke off, fired first, struck the other's ship",
]
ACTORS = [
    "heads of state or government",
    "ministries and spokesmen",
    "armed forces",
    "police",
    "rebels and named armed groups",
    "civilians and protesters",
    "courts and prosecutors",
    "parliament and parties",
    "opposition",
    "international bodies",
    "companies",
    "unions and workers",
    "journalists and media",
    "religious leaders",
    "students and teachers",
    "refugees and migrants",
    "farmers",
    "gangs",
    "NGOs and activists",
    "ex-officials",
    "doctors",
]


def sentence_lengths(dice: random.Random, count: int) -> list[int]:
    """Word counts for `count` sentences, drawn like real agency text."""
    return [max(6, min(58, round(dice.gauss(24, 8.5)))) for _ in range(count)]


def draw_event(dice: random.Random, hard: bool) -> str:
    """One planned event: TYPE/mode, its status and words that may name it."""
    weights = [9 if not MODES_BY_TYPE[t] else 4 + len(MODES_BY_TYPE[t]) for t in TYPES]
    type = dice.choices(TYPES, weights)[0]
    mode = dice.choice((*MODES_BY_TYPE[type], None)) if MODES_BY_TYPE[type] else None
    odds = [60, 10, 8, 12, 10] if hard else [74, 5, 6, 5, 10]
    status = dice.choices(["actual", "negated", "future", "hypothetical", "historical"], odds)[0]
    words = "|".join(dice.sample(TRIGGERS[type].split(), 2))
    return f"{type}{'/' + mode if mode else ''}{'' if status == 'actual' else ' st=' + status} ({words})"


def kind_of(name: str) -> str:
    """Kind of the batch of a passage, from batch 110 on."""
    return next(kind for kind, numbers in KINDS if int(name[:3]) in numbers)


def fourth(dice: random.Random, name: str) -> str:
    """One passage of the plan of batches 110 and on."""
    kind = kind_of(name)
    anywhere = [c for countries in REGIONS.values() for c in countries.split()]
    year = dice.choices([dice.randint(1979, 1995), dice.randint(1996, 2010), dice.randint(2011, 2026)], [15, 30, 55])[0]
    pairs = [
        "+".join(dice.sample(NEWSMAKERS, 2) if dice.random() < 0.5 else [dice.choice(NEWSMAKERS), dice.choice(anywhere)]) for _ in range(5)
    ]
    head = f"{name} · {kind} · {year}"
    if kind == "idiom":
        lines = []
        for countries in pairs:
            type = dice.choice(TYPES)
            status = dice.choices(["", " negated", " future", " hypothetical", " historical"], [84, 3, 3, 4, 6])[0]
            naming = dice.choices(
                ["office or institution", "real leader by name (public event)", "country or capital", "group or people"], [40, 20, 25, 15]
            )[0]
            lines.append(
                f"    {countries}: {type}{status}: {dice.choice(IDIOMS[type].split('|'))} ({naming}; {sentence_lengths(dice, 1)[0]} words)"
            )
        return "\n".join([head, *lines])
    if kind == "contrast":
        return f"{head} · {dice.choice(CONFUSED)} · {pairs[0]} · words {sentence_lengths(dice, 3)}"
    if kind == "politics":
        return f"{head} · {dice.choice(['USA', 'USA', 'GBR', 'AUS', 'CAN', 'IND', 'KEN', 'FRA'])} · {' + '.join(dice.sample(SPEECH, 4))} · words {sentence_lengths(dice, 5)}"
    if kind == "mishap":
        what = dice.choice(MISHAPS)
        deed = dice.choice(
            [
                "no event at all",
                "no event at all",
                "MIXED: the mishap, and beside it a deed that is one",
                "TWIN: nearly the same words, but done on purpose",
            ]
        )
        return f"{head} · {pairs[0]} · {what} · {deed} · words {sentence_lengths(dice, 4)}"
    if kind == "everyday":
        return f"{head} · {pairs[0]} · {dice.choice(EVERYDAY)} · {dice.choice(BESIDE)} ({draw_event(dice, False)}) · words {sentence_lengths(dice, 4)}"
    if kind == "says":
        deeds = [draw_event(dice, False).partition(" (")[0].partition(" st=")[0] for _ in range(2)]
        return f"{head} · {pairs[0]} · {' ; '.join(deeds)} · {' + '.join(dice.sample(CLAIMED, 3))} · words {sentence_lengths(dice, 4)}"
    if kind == "article":
        return f"{head} · {pairs[0]} · {' ; '.join(draw_event(dice, False).partition(' (')[0] for _ in range(4))} · {' + '.join(dice.sample(LINKS, 2))} · words {sentence_lengths(dice, 5)}"
    if kind == "crime-desk":
        what = dice.choice(DESK) if dice.random() < 0.6 else f"TRAP, no event: {dice.choice(SECOND_TRAPS)}"
        return f"{head} · {dice.choice(['IND', 'IND', 'PAK', 'NGA', 'USA', 'GBR', 'PHL', 'ZAF', 'BRA'])} · {what} · words {sentence_lengths(dice, 5)}"
    return f"{head} · {dice.choice(['COL', 'PER', 'SLV', 'GTM', 'CHL', 'BOL', 'ARG', 'LBN', 'LKA', 'IND', 'TUR', 'ESP', 'PHL', 'AGO', 'MOZ', 'NGA', 'IRQ', 'SYR', 'UKR'])} · {dice.choice(WAR)} · words {sentence_lengths(dice, 5)}"


def fifth(dice: random.Random, name: str) -> str:
    """One passage of five unconnected leads, an act each; between countries or, of kind `people`, between people of one."""
    anywhere = [c for countries in REGIONS.values() for c in countries.split()]
    year = dice.choices([dice.randint(1979, 1995), dice.randint(1996, 2010), dice.randint(2011, 2026)], [10, 25, 65])[0]
    lines = [f"{name} · leads · {year}"]
    for _ in range(5):
        type = dice.choice(TYPES)
        miss = " NEAR MISS, the same topic and words, another type" if dice.random() < 0.2 else ""
        parties = "+".join(dice.sample([dice.choice(NEWSMAKERS), *dice.sample(anywhere, 2)], 2))
        if kind_of(name) == "people":
            parties = f"{dice.choice(NEWSMAKERS + anywhere)} {' + '.join(dice.sample(PEOPLE, 2))}"
        lines.append(
            f"    {parties}: {type}: {dice.choice(ACTS[type].split('|'))}{miss} ({dice.choice(FORMS)}; {sentence_lengths(dice, 1)[0]} words)"
        )
    return "\n".join(lines)


def passage(dice: random.Random, name: str) -> str:
    """One line of the plan."""
    if int(name[:3]) >= FOURTH_FROM and kind_of(name) in {"acts", "people"}:
        return fifth(dice, name)
    if int(name[:3]) >= FOURTH_FROM:
        return fourth(dice, name)
    region = dice.choices(list(REGION_WEIGHTS), list(REGION_WEIGHTS.values()))[0]
    countries = dice.sample(REGIONS[region].split(), 2)
    if dice.random() < 0.35:
        countries[1] = dice.choice(REGIONS[dice.choice(list(REGIONS))].split())
    body = f" + {dice.choice(BODIES)}" if dice.random() < 0.25 else ""
    year = dice.choices([dice.randint(1979, 1995), dice.randint(1996, 2010), dice.randint(2011, 2026)], [25, 30, 45])[0]
    second = int(name[:3]) >= SECOND_FROM
    if int(name[:3]) >= THIRD_FROM and dice.random() < 0.85:
        events = [draw_event(dice, False).partition(" (")[0] for _ in range(5)]
        return (
            f"{name} · leads · start from {region} {'+'.join(countries)}{body} · {year} · words {sentence_lengths(dice, 5)}\n    "
            + " ; ".join(events)
        )
    kind = dice.choices(["ordinary", "background", "hard", "contrast", "trap"], [50, 6, 10, 14, 20] if second else [51, 15, 13, 12, 9])[0]
    if kind == "trap":
        lengths = sentence_lengths(dice, dice.randint(4, 6))
        return f"{name} · TRAP, no event at all: {' + '.join(dice.sample(SECOND_TRAPS if second else TRAPS, 2))} · {countries[0]} · {year} · words {lengths}"
    if kind == "contrast":
        pair = dice.sample(TYPES, 3)
        lengths = sentence_lengths(dice, 3)
        return (
            f"{name} · CONTRAST SET, same people and subject, the deed alone differs: {' / '.join(pair)} or a pair that is easier to confuse with {pair[0]} "
            f"· {region} {'+'.join(countries)} · {year} · words {lengths}"
        )
    voice = dice.choices([v for v, _ in VOICES[kind]], [w for _, w in VOICES[kind]])[0]
    if second and kind == "ordinary":
        voice = dice.choices([v for v, _ in SECOND_VOICES], [w for _, w in SECOND_VOICES])[0]
    count = dice.choice([3, 4, 4, 4, 5, 5, 6])
    events = [draw_event(dice, kind == "hard") for _ in range(count)]
    opening = ["actor" if dice.random() < 0.78 else "other" for _ in range(count)]
    domestic = "domestic" if dice.random() < 0.42 else "international"
    hard = f" · HARD: {'; '.join(dice.sample(HARD, 2))}" if kind == "hard" else ""
    speech = (
        dice.choice(SECOND_SPEECH)
        if second
        else dice.choice(["1 indirect attribution", "1 direct quotation", "2 attributions, one indirect", "1 'according to'", "none"])
    )
    return (
        f"{name} · {voice} · {region} {'+'.join(countries)}{body} · {domestic} · {year} · {dice.choice(['public', 'invented', 'invented', 'invented'])} · with {dice.choice(ACTORS)}"
        f" · words {sentence_lengths(dice, count)} · openings {','.join(opening)} · {speech}{hard}\n    " + " ; ".join(events)
    )


def batch(number: int) -> str:
    """The plan of one batch, the same each time."""
    dice = random.Random(SEED * 1000 + number)
    return "\n".join(passage(dice, f"{number:03d}-{i:02d}") for i in range(1, PASSAGES + 1))


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(batch(int(argument)))
