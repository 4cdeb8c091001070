// Which pages there are: found by following links as each role, so that a new page is looked at from its first day;
// and the pages that must be among them, so that none gets lost.

/** `visitor` is nobody in particular; the others have a link in aanmeldlinks.json. */
export const ROLES = ['visitor', 'contract_manager', 'assessor', 'decision_maker', 'provider', 'applicant', 'viewer', 'functional_admin'];

/** An address that does not exist. */
export const NOT_THERE = '/bestaat-niet';

export const PROVIDER = '/aanbieders/:';
/** The public pages of a municipality. */
export const TOWN = '/gemeenten/:';
/** A consultation table, of the office and of a provider. */
export const TABLE = '/tafels/:';
export const OWN_TABLE = `/mijn${TABLE}`;
export const QUARTER = `${PROVIDER}/kwartalen/:`;
const LIFE = `${PROVIDER}/overeenkomst/:`;
const MUST_BE_FOUND = {
  visitor: ['/inloggen', TOWN, `${TOWN}/eisen`, `${TOWN}/producten`, `${TOWN}/documenten`, `${TOWN}/vragen`, `${TOWN}/register`, `${TOWN}/aanmelden`, `${TOWN}/overeenkomsten/deelovereenkomst-re-integratie`, `${TOWN}/overeenkomsten/deelovereenkomst-re-integratie/versies/:`, `${TOWN}/register?volgorde&zaad`],
  contract_manager: ['/aanbieders', PROVIDER, `${PROVIDER}/aanbod`, '/beheer/producten', '/beheer/producten/matrix', '/beheer/producten/:', '/beheer/producten/:/versie', `${PROVIDER}/kwartalen`, QUARTER, `${QUARTER}/indicatoren/:`, `${QUARTER}/rapport`, `${QUARTER}/vaststellen`, '/papier', '/beheer/eisen', '/beheer/eisen/nieuw', '/beheer/eisen/:', '/beheer/procedures', '/beheer/procedures/re-integratie', '/beheer/procedures/nieuw', '/beheer/procedures/re-integratie/gegevens', '/beheer/procedures/re-integratie/publiceren', '/beheer/procedures/re-integratie/status', '/beheer/storingen', '/beheer/mail', '/werkvoorraad', '/werkvoorraad?van', '/werkvoorraad/verzoeken/:', '/beheer/eisen/:/teksten', '/beheer/eisen/alle/teksten', '/overeenkomsten', '/overeenkomsten/deelovereenkomst-re-integratie', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/wijzigingen', '/overeenkomsten/nieuw', '/overeenkomsten/deelovereenkomst-re-integratie/bijlagen', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/terugnemen', '/overeenkomsten/programma-van-eisen/versies/:/schrijven', '/overeenkomsten/programma-van-eisen/versies/:/artikelen/:', '/overeenkomsten/programma-van-eisen/versies/:/artikelen/nieuw', '/overeenkomsten/programma-van-eisen/versies/:/inlezen', '/overeenkomsten/programma-van-eisen/versies/:/voorleggen', '/toetreding', '/toetreding/:', '/overeenkomsten/deelovereenkomst-re-integratie/aanbod', '/overeenkomsten/deelovereenkomst-re-integratie/aanbod/:', '/tafels', '/tafels/nieuw', TABLE, `${TABLE}/deelnemers`, `${TABLE}/berichten`, `${TABLE}/bijeenkomsten/nieuw`, `${TABLE}/bijeenkomsten/:`, `${TABLE}/voorstellen/nieuw?versie`, `${TABLE}/voorstellen/:`, `${TABLE}/voorstellen/:/besluit`, '/looptijden', '/indexaties', '/indexaties/:', LIFE, `${LIFE}/handelingen/clientenstop`, `${LIFE}/overdracht`, `${LIFE}/onderaannemers`, `${LIFE}/brieven/:`, '/planning', '/planning/re-integratie', '/planning/werkfit', '/planning/re-integratie/activiteiten/:', '/planning/re-integratie/activiteiten/nieuw', '/besluiten', '/besluiten/nieuw', '/besluiten/:', '/besluiten/:/verbeteren'],
  provider: [PROVIDER, `${PROVIDER}/aanbod`, `${PROVIDER}/kwartalen`, QUARTER, `${QUARTER}/indicatoren/:`, `${QUARTER}/rapport`, `${QUARTER}/opgave`, `${PROVIDER}/bewijsstukken`, `${PROVIDER}/clienten`, '/mijn', '/mijn/berichten', '/mijn/overeenkomst', '/mijn/overeenkomst/deelovereenkomst-re-integratie', '/mijn/overeenkomst/deelovereenkomst-re-integratie/bijlagen', '/mijn/overeenkomst/deelovereenkomst-re-integratie/versies/:', '/mijn/overeenkomst/deelovereenkomst-re-integratie/versies/:/wijzigingen', '/mijn/overeenkomst/:/tekenen', '/mijn/tafels', OWN_TABLE, `${OWN_TABLE}/berichten`, `${OWN_TABLE}/bijeenkomsten/:`, `${OWN_TABLE}/voorstellen/nieuw?artikel&soort&versie`, `${OWN_TABLE}/voorstellen/:`, '/mijn/looptijd/:', '/mijn/looptijd/:/onderaannemers', '/mijn/registergegevens'],
  assessor: ['/aanbieders', PROVIDER, '/werkvoorraad', '/aanmeldingen/:', '/aanmeldingen/:/eisen/:', '/aanmeldingen/:/brieven/:', '/aanmeldingen/:/dossierrapport', '/kwaliteitseisen/:/beoordelen', '/aanmeldingen/:/bewijs/:/vergelijken', '/aanmeldingen/:/gegevens'],
  decision_maker: ['/aanbieders', PROVIDER, '/werkvoorraad', '/beheer/procedures/werkfit/publiceren', '/aanmeldingen/:', '/aanmeldingen/:/brieven/:', '/overeenkomsten', '/overeenkomsten/deelovereenkomst-re-integratie', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/wijzigingen', '/overeenkomsten/deelovereenkomst-re-integratie/versies/:/vaststellen', '/toetreding', '/toetreding/tekenen', '/looptijden', LIFE, `${LIFE}/handelingen/verlengen`, '/planning', '/planning/re-integratie', '/besluiten', '/besluiten/:'],
  applicant: [PROVIDER, `${PROVIDER}/aanbod`, `${PROVIDER}/bewijsstukken`, '/mijn', '/mijn/berichten', '/mijn/alles', '/mijn/verzoeken', '/mijn/verzoeken/:', '/mijn/aanmeldingen/:', '/mijn/aanmeldingen/:/ontvangst/:', '/mijn/aanmeldingen/:/brieven/:'],
  viewer: ['/werkvoorraad', '/aanbieders', PROVIDER, `${PROVIDER}/kwartalen`, QUARTER, `${QUARTER}/indicatoren/:`, `${QUARTER}/rapport`],
  functional_admin: ['/aanbieders', '/beheer/eisen', '/beheer/eisen/:', '/beheer/procedures', '/beheer/storingen', '/beheer/mail', '/beheer/mail/:', '/beheer/mailteksten', '/beheer/mailteksten/:'],
};

/** Of pages that differ in their numbers alone so many are looked at; of the others one. */
const EXAMPLES = { [QUARTER]: 2, [`${QUARTER}/indicatoren/:`]: 10 };
/** And of so many the links are followed; of the criteria of applications more, for few have an earlier file to
 * compare with. */
const FOLLOWED = 30;
const FOLLOWED_OF = { '/aanmeldingen/:/eisen/:': 100 };
const START = ['/', '/inloggen'];

/** Every page a role reaches: { pages: paths to look at, problems: dead links and pages that were not found }. */
export async function crawl(base, role, state) {
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const get = (path) => fetch(base + path, { headers: { cookie }, redirect: 'manual' });
  const [waiting, seen, examples, pages, problems] = [START.map((path) => ({ path, from: 'start' })), new Set(START), {}, [], []];
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
      if (examples[kind] < (EXAMPLES[kind] ?? 1)) pages.push(path);
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
  return { pages, problems };
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
