// Which pages there are: found by following links as each role, so that a new page is looked at from its first day;
// and the pages that must be among them, so that none gets lost.

import { createHash } from 'node:crypto';

/** `visitor` is nobody in particular; the others have a link in aanmeldlinks.json. */
export const ROLES = ['visitor', 'contract_manager', 'assessor', 'decision_maker', 'provider', 'signatory', 'applicant', 'viewer', 'functional_admin', 'finance', 'contact_person'];

/** An address that does not exist. */
export const NOT_THERE = '/bestaat-niet';

export const PROVIDER = '/aanbieders/:';
/** The public pages of a municipality. */
export const TOWN = '/gemeenten/:';
/** A consultation table, of the office and of a provider. */
export const TABLE = '/tafels/:';
export const OWN_TABLE = `/mijn${TABLE}`;
export const QUARTER = `${PROVIDER}/kwartalen/:`;
/** The money of a year. */
const BUDGET = '/begroting/:';
const LIFE = `${PROVIDER}/overeenkomst/:`;
const MUST_BE_FOUND = {
  visitor: ['/inloggen', TOWN, `${TOWN}/eisen`, `${TOWN}/producten`, `${TOWN}/documenten`, `${TOWN}/vragen`, `${TOWN}/register`, `${TOWN}/aanmelden`, `${TOWN}/overeenkomsten/deelovereenkomst-re-integratie`, `${TOWN}/overeenkomsten/deelovereenkomst-re-integratie/versies/:`, `${TOWN}/register?volgorde&zaad`],
  contract_manager: ['/aanbieders', PROVIDER, `${PROVIDER}/aanbod`, '/beheer/producten', '/beheer/producten/matrix', '/beheer/producten/:', '/beheer/producten/:/versie', `${PROVIDER}/kwartalen`, QUARTER, `${QUARTER}/indicatoren/:`, `${QUARTER}/rapport`, `${QUARTER}/vaststellen`, '/papier', '/beheer/eisen', '/beheer/eisen/nieuw', '/beheer/eisen/:', '/beheer/procedures', '/beheer/procedures/re-integratie', '/beheer/procedures/nieuw', '/beheer/procedures/re-integratie/gegevens', '/beheer/procedures/re-integratie/publiceren', '/beheer/procedures/re-integratie/status', '/beheer/storingen', '/beheer/mail', '/werkvoorraad', '/werkvoorraad?van', '/werkvoorraad/verzoeken/:', '/beheer/eisen/:/teksten', '/beheer/eisen/alle/teksten', '/overeenkomsten', '/overeenkomsten/deelovereenkomst-re-integratie', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/wijzigingen', '/overeenkomsten/nieuw', '/overeenkomsten/deelovereenkomst-re-integratie/bijlagen', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/terugnemen', '/overeenkomsten/programma-van-eisen/versies/:/schrijven', '/overeenkomsten/programma-van-eisen/versies/:/artikelen/:', '/overeenkomsten/programma-van-eisen/versies/:/artikelen/nieuw', '/overeenkomsten/programma-van-eisen/versies/:/inlezen', '/overeenkomsten/programma-van-eisen/versies/:/voorleggen', '/toetreding', '/toetreding/:', '/overeenkomsten/deelovereenkomst-re-integratie/aanbod?versie', '/overeenkomsten/deelovereenkomst-re-integratie/aanbod/:', '/tafels', '/tafels/nieuw', TABLE, `${TABLE}/deelnemers`, `${TABLE}/berichten`, `${TABLE}/bijeenkomsten/nieuw`, `${TABLE}/bijeenkomsten/:`, `${TABLE}/voorstellen/nieuw?versie`, `${TABLE}/voorstellen/:`, `${TABLE}/voorstellen/:/besluit`, '/looptijden', '/indexaties', '/indexaties/:', LIFE, `${LIFE}/handelingen/clientenstop`, `${LIFE}/overdracht`, `${LIFE}/onderaannemers`, `${LIFE}/brieven/:`, '/planning', '/planning/re-integratie', '/planning/werkfit', '/planning/re-integratie/activiteiten/:', '/planning/re-integratie/activiteiten/nieuw', '/besluiten', '/besluiten/nieuw', '/besluiten/:', '/besluiten/:/verbeteren', '/overeenkomsten/deelovereenkomst-wmo-begeleiding', '/overeenkomsten/deelovereenkomst-jeugdhulp', '/overeenkomsten/deelovereenkomst-re-integratie/aanbod', `${QUARTER}/regels`, `${PROVIDER}/verlengingen`, `${QUARTER}/voorleggen`, `${QUARTER}/reactie`, `${QUARTER}/reactie/:`, `${QUARTER}/indicatoren/:/oordeel`, `${QUARTER}/herzien`, '/kwartalen', '/kwartalen/wat-als?kwartaal'],
  provider: [PROVIDER, `${PROVIDER}/aanbod`, `${PROVIDER}/kwartalen`, QUARTER, `${QUARTER}/indicatoren/:`, `${QUARTER}/rapport`, `${QUARTER}/opgave`, `${PROVIDER}/bewijsstukken`, `${PROVIDER}/clienten`, '/mijn', '/mijn/berichten', '/mijn/overeenkomst', '/mijn/overeenkomst/deelovereenkomst-re-integratie', '/mijn/overeenkomst/deelovereenkomst-re-integratie/bijlagen', '/mijn/overeenkomst/deelovereenkomst-re-integratie/versies/:', '/mijn/overeenkomst/deelovereenkomst-re-integratie/versies/:/wijzigingen', '/mijn/overeenkomst/:/tekenen', '/mijn/tafels', OWN_TABLE, `${OWN_TABLE}/berichten`, `${OWN_TABLE}/bijeenkomsten/:`, `${OWN_TABLE}/voorstellen/nieuw?artikel&soort&versie`, `${OWN_TABLE}/voorstellen/:`, '/mijn/looptijd/:', '/mijn/looptijd/:/onderaannemers', '/mijn/registergegevens', `${QUARTER}/regels`, `${PROVIDER}/verlengingen`, `${QUARTER}/reactie`, `${QUARTER}/reactie/:`],
  assessor: ['/aanbieders', PROVIDER, '/werkvoorraad', '/aanmeldingen/:', '/aanmeldingen/:/eisen/:', '/aanmeldingen/:/brieven/:', '/aanmeldingen/:/dossierrapport', '/kwaliteitseisen/:/beoordelen', '/aanmeldingen/:/bewijs/:/vergelijken', '/aanmeldingen/:/gegevens'],
  decision_maker: ['/aanbieders', PROVIDER, '/werkvoorraad', '/beheer/procedures/werkfit/publiceren', '/aanmeldingen/:', '/aanmeldingen/:/brieven/:', '/overeenkomsten', '/overeenkomsten/deelovereenkomst-re-integratie', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/wijzigingen', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/vaststellen', '/toetreding', '/toetreding/tekenen', '/looptijden', LIFE, `${LIFE}/handelingen/verlengen`, '/planning', '/planning/re-integratie', '/besluiten', '/besluiten/:'],
  signatory: ['/mijn', '/mijn/overeenkomst/:/tekenen', '/mijn/overeenkomst/:/weigeren', '/mijn/overeenkomst/:/getekend-bestand'],
  finance: ['/aanbieders', BUDGET, `${BUDGET}/aanbieders`, `${BUDGET}/bronnen/nieuw`, `${BUDGET}/bronnen/:`, `${BUDGET}/overige-kosten`, `${BUDGET}/overige-kosten/:`, `${BUDGET}/regels`, `${BUDGET}/verplicht`, `${BUDGET}/plaatsen`, `${BUDGET}/wachtlijst/:`, `${BUDGET}/uitvoer`],
  applicant: [PROVIDER, `${PROVIDER}/aanbod`, `${PROVIDER}/bewijsstukken`, '/mijn', '/mijn/berichten', '/mijn/alles', '/mijn/verzoeken', '/mijn/verzoeken/:', '/mijn/aanmeldingen/:', '/mijn/aanmeldingen/:/ontvangst/:', '/mijn/aanmeldingen/:/brieven/:'],
  viewer: ['/werkvoorraad', '/aanbieders', PROVIDER, `${PROVIDER}/kwartalen`, QUARTER, `${QUARTER}/indicatoren/:`, `${QUARTER}/rapport`],
  functional_admin: ['/aanbieders', '/beheer/eisen', '/beheer/eisen/:', '/beheer/procedures', '/beheer/storingen', '/beheer/mail', '/beheer/mail/:', '/beheer/mailteksten', '/beheer/mailteksten/:'],
  contact_person: ['/kosten-controleren', '/kosten-controleren/:', '/kosten-controleren/:?toon', '/uitstroom-en-plaatsing', '/uitstroom-en-plaatsing?soort&traject', '/verlengingen', '/verlengingen?verzoek', `${QUARTER}/regels`],
};

/** Of pages that differ in their numbers alone so many are looked at; of the others one. */
const EXAMPLES = { [QUARTER]: 2, [`${QUARTER}/indicatoren/:`]: 10 };
/** And of so many the links are followed; of quarters more, for the final ones are old, and of criteria, for few have an earlier file to
 * compare with. */
const FOLLOWED = 30;
const FOLLOWED_OF = { '/aanmeldingen/:/eisen/:': 100, [QUARTER]: 200 };
const START = ['/', '/inloggen'];

/** Every page a role reaches: { pages: its paths, news: those of them that nobody in `looked` read word for word the same,
 * problems: dead links and pages that were not found }. `looked` holds what was found before; what is new is added. */
export async function crawl(base, role, state, looked) {
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const get = (path) => fetch(base + path, { headers: { cookie }, redirect: 'manual' });
  const [waiting, seen, examples, pages, news, problems] = [START.map((path) => ({ path, from: 'start' })), new Set(START), {}, [], [], []];
  while (waiting.length > 0) {
    const { path, from } = waiting.shift();
    const response = await get(path);
    if (response.status >= 400) problems.push(`${path}: ${response.status}, linked from ${from}`);
    const isPage = response.status === 200 && (response.headers.get('content-type') ?? '').startsWith('text/html');
    const next = response.headers.has('location') ? [response.headers.get('location')] : [];
    const text = isPage ? await response.text() : (await response.arrayBuffer(), '');
    const kind = kindOf(path);
    examples[kind] ??= 0;
    if (isPage && examples[kind] < (FOLLOWED_OF[kind] ?? FOLLOWED)) {
      if (examples[kind] < (EXAMPLES[kind] ?? 1)) {
        pages.push(path);
        // The first page of a role is looked at in any case: its menu is its own.
        const contents = createHash('sha256').update(path + contentsOf(text)).digest('hex');
        if (!looked.has(contents) || news.length === 0) news.push(path);
        looked.add(contents);
      }
      examples[kind] += 1;
      next.push(...[...text.matchAll(/<a\s[^>]*?href="([^"]+)"/g)].map(([, href]) => href.replaceAll('&amp;', '&')));
    }
    for (const link of next.map((href) => new URL(href, base + path))) {
      const to = link.pathname + link.search;
      if (link.origin === base && !seen.has(to)) {
        seen.add(to);
        waiting.push({ path: to, from: path });
      }
    }
  }
  const lost = MUST_BE_FOUND[role].filter((kind) => !examples[kind]);
  problems.push(...lost.map((kind) => `no link leads to ${kind}`));
  return { pages, news, problems };
}

/** What a page says, without the header, menu and footer that it has around it. */
function contentsOf(html) {
  return html.slice(html.indexOf('<main'), html.indexOf('</main>'));
}

/** The first page of this kind among the pages of a role. */
export function firstOf(kind, pages) {
  const path = pages.find((path) => kindOf(path) === kind);
  if (!path) throw new Error(`no page of the kind ${kind}`);
  return path;
}

/** `/aanbieders/1042-werkpad-noord/kwartalen/2026-3` is of the kind `/aanbieders/:/kwartalen/:`. */
function kindOf(path) {
  const url = new URL(path, 'http://localhost');
  const segments = url.pathname.split('/').map((segment, place, all) => (/\d/.test(segment) || all[place - 1] === 'gemeenten' ? ':' : segment));
  const keys = [...new Set(url.searchParams.keys())].sort();
  return segments.join('/') + (keys.length > 0 ? `?${keys.join('&')}` : '');
}
