"""Agencies, outlets, regions, sections and the words of page furniture, as tables a person can review."""


def _listed(table: str) -> list[str]:
    return [" ".join(row.split()) for row in table.split(";")]


AGENCIES = {
    alias: names.split("|")[0]
    for names in _listed("""
    dpa|DPA|Deutsche Presse-Agentur|dpa-AFX; AFP|afp|Agence France-Presse|Agence France Presse; Reuters|REUTERS|Thomson Reuters|rtr;
    AP|ap|Associated Press|The Associated Press|AP News; EFE|efe|Agencia EFE; ANSA|Ansa; TASS|Tass|ITAR-TASS;
    Interfax|INTERFAX|Interfax News Agency; RIA Novosti|RIA|RIA-Novosti; Sputnik; Xinhua|XINHUA|Xinhua News Agency;
    Kyodo|KYODO|Kyodo News; Jiji|Jiji Press|JIJI; Yonhap|Yonhap News Agency; KCNA|Korean Central News Agency; BelTA|BELTA|Belta;
    Anadolu|AA|Anadolu Agency; PTI|Press Trust of India; ANI|Asian News International; IANS; APA|Austria Press Agency;
    Keystone-SDA|SDA|ATS|Keystone-ATS; Belga; ANP; Ritzau; NTB; TT; STT; PAP|Polish Press Agency; CTK|ČTK|Czech News Agency; TASR; MTI;
    Tanjug|TANJUG; HINA|Hina; BTA; Agerpres|AGERPRES; ELTA; LETA; BNS|Baltic News Service; Ukrinform; UNIAN; Interfax-Ukraine; IRNA;
    ISNA; Fars|Fars News Agency; Tasnim; Mehr|Mehr News Agency; SANA; WAFA|Wafa; Petra; SPA|Saudi Press Agency; QNA; WAM; KUNA;
    MENA|Middle East News Agency; APS; MAP; NAN|News Agency of Nigeria; AAP|Australian Associated Press; PA|PA Media|Press Association;
    CP|The Canadian Press|Canadian Press; UPI; Bloomberg; Lusa|LUSA; Europa Press; dts; epd; KNA; SID|sid; Azertac|AZERTAC;
    Armenpress|ARMENPRESS; Kazinform; Bernama|BERNAMA; Antara|ANTARA; VNA; PNA|Philippine News Agency; CNA|Central News Agency; Notimex;
    Télam|Telam; Andina; Prensa Latina; Agência Brasil; AGI; Adnkronos; GNA; AIM; Angop|ANGOP; Ethiopian News Agency|ENA; SUNA; RFE/RL""")
    for alias in names.split("|")
}
"""News agency's usual short name by each of the forms in which it signs."""

OUTLETS = {
    host: name
    for row in _listed("""
    dw.com DW; bbc.com BBC; bbc.co.uk BBC; reuters.com Reuters; apnews.com AP; afp.com AFP; theguardian.com The Guardian;
    nytimes.com The New York Times; washingtonpost.com The Washington Post; cnn.com CNN; aljazeera.com Al Jazeera;
    france24.com France 24; rfi.fr RFI; euronews.com Euronews; politico.eu Politico; politico.com Politico; ft.com Financial Times;
    economist.com The Economist; independent.co.uk The Independent; telegraph.co.uk The Telegraph; thetimes.co.uk The Times;
    news.sky.com Sky News; npr.org NPR; cbsnews.com CBS News; nbcnews.com NBC News; abcnews.go.com ABC News; foxnews.com Fox News;
    bloomberg.com Bloomberg; wsj.com The Wall Street Journal; voanews.com VOA; rferl.org RFE/RL; tass.com TASS; interfax.com Interfax;
    rt.com RT; themoscowtimes.com The Moscow Times; meduza.io Meduza; belta.by BelTA; kyivpost.com Kyiv Post;
    kyivindependent.com The Kyiv Independent; ukrinform.net Ukrinform; spiegel.de Der Spiegel; lrt.lt LRT; err.ee ERR; lsm.lv LSM;
    tvpworld.com TVP World; xinhuanet.com Xinhua; news.cn Xinhua; globaltimes.cn Global Times; scmp.com South China Morning Post;
    cgtn.com CGTN; japantimes.co.jp The Japan Times; asahi.com The Asahi Shimbun; kyodonews.net Kyodo News;
    koreaherald.com The Korea Herald; yna.co.kr Yonhap; hindustantimes.com Hindustan Times; thehindu.com The Hindu;
    indianexpress.com The Indian Express; dawn.com Dawn; timesofindia.indiatimes.com The Times of India;
    timesofisrael.com The Times of Israel; haaretz.com Haaretz; jpost.com The Jerusalem Post; aa.com.tr Anadolu;
    hurriyetdailynews.com Hürriyet Daily News; arabnews.com Arab News; middleeasteye.net Middle East Eye; allafrica.com allAfrica;
    premiumtimesng.com Premium Times; nation.africa Nation; mg.co.za Mail & Guardian; abc.net.au ABC Australia;
    smh.com.au The Sydney Morning Herald; cbc.ca CBC; theglobeandmail.com The Globe and Mail; swissinfo.ch SWI swissinfo.ch""")
    for host, _, name in [row.partition(" ")]
}
"""Outlet by host."""

REGIONS = frozenset(
    _listed("""
    africa; north africa; west africa; east africa; central africa; southern africa; sub-saharan africa; americas; north america;
    south america; latin america; latin america & caribbean; central america; caribbean; asia; asia pacific; asia-pacific; central asia;
    south asia; east asia; southeast asia; south-east asia; europe; eastern europe; western europe; central europe; balkans; baltics;
    caucasus; middle east; middle east & africa; mideast; near east; oceania; pacific; australia; scandinavia; arctic; eurasia;
    us & canada; uk; us; u.s.; eu""")
)
"""Regions of the world as outlets divide it, in lower case."""

SECTIONS = frozenset(
    _listed("""
    politics; world; news; world news; international; national; local; conflicts; conflict; business; economy; markets; finance; sport;
    sports; football; culture; arts; science; environment; climate; nature; opinion; comment; editorial; analysis; technology; tech;
    health; society; migration; human rights; terrorism; crime; law; law and justice; justice; security; defence; defense; war;
    diplomacy; elections; corruption; education; travel; lifestyle; religion; history; catastrophe; disasters; press freedom; equality;
    trade; energy; aviation; transport; rule of law; digital world; media; foreign affairs""")
)
"""Usual sections of a news site, in lower case."""

FURNITURE = frozenset(
    _listed("""
    menu; main menu; open menu; close menu; search; home; homepage; home page; navigation; main navigation; close; log in; login;
    log out; logout; sign in; sign up; register; subscribe; my account; ad; advert; advertisement; advertising; advertorial; sponsored;
    sponsored content; tweet; facebook; twitter; x; whatsapp; telegram; linkedin; reddit; instagram; youtube; email; e-mail; print;
    copy link; copy the link; link copied; save; save article; save for later; bookmark; follow; follow us; listen; watch; watch live;
    watch now; live; live tv; livestream; live stream; live blog; play; play video; share; read more; see more; view more; watch more;
    feedback; send feedback; send us your feedback; report an error; report a mistake; back to top; privacy; privacy policy;
    privacy notice; privacy settings; cookies; cookie policy; cookie settings; cookie notice; about; about us; contact; contact us;
    contacts; imprint; legal notice; accessibility; rss; rss feed; i accept; accept; accept all; accept cookies; accept all cookies;
    reject all; decline; agree; show more; show less; show all; next; previous; more; view all; view comments; breaking; breaking news;
    latest; latest news; short link; shortlink; permalink; e-paper; epaper; donate; support us; jobs; careers; terms; newsletter;
    newsletters; our newsletter; continue reading; manage cookies; manage preferences; manage consent; loading""")
)
"""Lines that stand on pages beside the text, in lower case."""
