// The dossier in the kill bench: one application is decided over and over (advised, refused, disputed in court, opened again), and of
// another a supplement is asked, filled and handed in over and over. Each act carries words of its own, by which it is found again.

import { randomBytes } from 'node:crypto';

/** Who does what with the application that is decided: the word in the address, the role, and what the form asks beside its words. */
const ACTS = [
  ['opnieuw-toetsen', 'contract_manager', {}],
  ['advies', 'assessor', { voorstel: 'refused' }],
  ['afwijzen', 'decision_maker', {}],
  ['kort-geding', 'contract_manager', {}],
];
const DECIDED = 'Kompas Loopbaanbegeleiding B.V.';
const SUPPLEMENTED = 'Stichting Groene Vingers Werkt';

export class Dossier {
  /** `people`: the cookie of each role. */
  constructor(people) {
    this.people = people;
    /** What was acknowledged: words and receipts. */
    this.decided = new Set();
    this.receipts = new Set();
  }

  /** Finds the two applications in the work queue. */
  async find(base) {
    const queue = await this.page(base, '/werkvoorraad', 'contract_manager');
    const of = (name) => {
      const row = queue.split('<tr>').find((one) => one.includes(name));
      const path = row?.match(/href="(\/aanmeldingen\/[\d-]+)"/)?.[1];
      if (!path) throw new Error(`${name} is not in the work queue`);
      return path;
    };
    [this.case, this.open] = [of(DECIDED), of(SUPPLEMENTED)];
    return this;
  }

  /** Decides until the server is gone. */
  async decide(base, state, marker) {
    for (let count = 0; state.open; count += 1) {
      const words = `Besluit ${marker}-${count}.`;
      const done = await this.attempt(state, async () => {
        const [act, role, fields] = await this.next(base);
        const path = `${this.case}/handelingen/${act}`;
        const seen = version(await this.page(base, path, role));
        return this.post(base, path, role, { versie: seen, woorden: words, stap: 'vastleggen', ...fields });
      });
      if (!done) break;
      this.decided.add(words);
    }
  }

  async next(base) {
    for (const act of ACTS) {
      const html = await this.page(base, this.case, act[1]);
      if (html.includes(`href="${this.case}/handelingen/${act[0]}"`)) return act;
    }
    throw new Error(`refused: nothing can be done with ${this.case}`);
  }

  /** Asks for a supplement and hands it in, until the server is gone. */
  async supplement(base, state, marker) {
    for (let count = 0; state.open; count += 1) {
      const receipt = await this.attempt(state, async () => {
        if ((await this.page(base, this.open, 'assessor')).includes(`href="${this.open}/aanvulling"`)) await this.ask(base, `Vraag ${marker}-${count}.`);
        return this.handIn(base, `${marker}-${count}`);
      });
      if (!receipt) break;
      this.receipts.add(receipt);
    }
  }

  async ask(base, words) {
    const path = `${this.open}/aanvulling`;
    const seen = version(await this.page(base, path, 'assessor'));
    await this.post(base, path, 'assessor', { versie: seen, onderdeel: 'criterion/M13', 'woorden/criterion/M13': words, stap: 'vastleggen' });
    this.decided.add(words);
  }

  /** Sends a file for each criterion that still misses one, and hands in; answers where the receipt is. */
  async handIn(base, marker) {
    const dossier = `/mijn${this.open}`;
    const check = await this.page(base, `${dossier}/indienen`, 'applicant');
    const told = check.split('id="ontbreekt"')[1]?.split('</section>')[0] ?? '';
    const missing = new Set([...told.matchAll(/href="[^"]*\/eisen\/(M\d+)[^"]*"/g)].map(([, code]) => code));
    for (const code of missing) {
      const body = new FormData();
      body.set('sleutel', `aanvulling-${marker}-${code}`);
      const text = `naam;waarde\naanvulling;${randomBytes(500).toString('hex')}\n`;
      body.append('bestand', new Blob([text]), `aanvulling-${marker}-${code}.csv`);
      await this.post(base, `${dossier}/eisen/${code}/bestanden`, 'applicant', body);
    }
    const form = await this.page(base, `${dossier}/indienen`, 'applicant');
    const key = form.match(/name="sleutel" value="([^"]+)"/)?.[1];
    if (!key) throw new Error(`refused: there is still something missing at ${dossier}`);
    return this.post(base, `${dossier}/indienen`, 'applicant', { versie: version(form), sleutel: key });
  }

  /** What was acknowledged and does not stand. */
  async gone(base) {
    const told = (await this.page(base, this.case, 'contract_manager')) + (await this.page(base, this.open, 'contract_manager'));
    // The words of a request stand in the reason of the verdict on the criterion, which the dossier tells of.
    const lost = [...this.decided].filter((words) => !told.includes(words));
    for (const receipt of this.receipts) {
      const answer = await fetch(base + receipt, { headers: { cookie: this.people.applicant } });
      const html = await answer.text();
      if (answer.status !== 200 || !html.includes(receipt.split('/').at(-1))) lost.push(receipt);
    }
    return lost;
  }

  /** What came of it; nothing when the server was gone. A refusal is no accident: it ends the bench. */
  async attempt(state, work) {
    try {
      return await work();
    } catch (fault) {
      if (String(fault.message).startsWith('refused')) throw fault;
      state.unanswered += 1;
      return undefined;
    }
  }

  async page(base, path, role) {
    const answer = await fetch(base + path, { headers: { cookie: this.people[role] } });
    if (!answer.ok) throw new Error(`refused: ${answer.status} at ${path} for the ${role}`);
    return answer.text();
  }

  /** Answers where it leads, which is the acknowledgement. */
  async post(base, path, role, fields) {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const answer = await fetch(base + path, { method: 'POST', body, headers: { cookie: this.people[role], origin: base }, redirect: 'manual' });
    if (answer.status !== 303) throw new Error(`refused: ${answer.status} at ${path} for the ${role}`);
    return answer.headers.get('location');
  }
}

function version(html) {
  const seen = html.match(/name="versie" value="(\d+)"/)?.[1];
  if (!seen) throw new Error('refused: a form without a version');
  return seen;
}
