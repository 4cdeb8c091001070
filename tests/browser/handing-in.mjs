// A provider hands in a quarterly statement with the form: the wrong kind of file, a file with a fault, a nil return
// over lines that were stated before, and the same with the tick that lets them go.

import { crc32 } from 'node:zlib';
import { inspect } from './checks.mjs';
import { PROVIDER, QUARTER, firstOf } from './pages.mjs';
import { open } from './people.mjs';

const EXPECT = { lang: 'en' };

/** In this order: only the good file changes anything. The language is what the pages were last looked at in. */
export async function testHandingIn(browser, app, state, pages, test) {
  const form = () => app.base + firstOf(`${QUARTER}/opgave`, pages);
  const handIn = (name, file, script, judge, tick = false) =>
    test(name, async () => {
      const page = await open(browser, state, 375, script);
      try {
        await page.goto(form());
        await page.locator('main input[type=file]').setInputFiles(await file(page));
        if (tick) await page.locator('main input[name=vervallen]').check();
        await page.locator('main form:has(input[type=file]) button').click();
        await page.waitForLoadState();
        return await judge(page);
      } finally {
        await page.context().close();
      }
    });
  const statement = async (page, others) => {
    const quarter = new URL(form()).pathname.match(/\/kwartalen\/([^/]+)/)[1];
    const kvk = await kvkOf(page, app.base + firstOf(PROVIDER, pages));
    await page.goto(form());
    const head = `kvk;kwartaal;nulopgave\r\n${kvk};${quarter};${others ? 'nee' : 'ja'}\r\n`;
    return { name: 'opgave.zip', mimeType: 'application/zip', buffer: zip({ 'Opgave.csv': head, ...others }) };
  };
  const fault = { 'Klachten.csv': 'klachtnummer;ontvangen_op\r\nK-1;03-04-26\r\n' };
  const pdf = { name: 'opgave.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };

  await handIn('a file of the wrong kind is refused, and the page says why', async () => pdf, true, refused);
  await handIn('a file with a fault is refused, with sheet, row and what was found', (page) => statement(page, fault), true, async (page) => {
    const lines = await page.locator('main tbody tr').allInnerTexts();
    const told = lines.some((line) => /Klachten.*\b2\b/s.test(line) && line.includes('03-04-26'));
    return [...(await refused(page)), ...(told ? [] : [`no line for sheet Klachten, row 2, 03-04-26 among: ${lines.join(' | ')}`])];
  });
  await handIn('a nil return over lines that were stated before needs a tick', (page) => statement(page), true, refused);
  await handIn('a good file is taken in, without script, with a receipt', (page) => statement(page), false, async (page) => {
    const errors = await page.locator('main [role=alert]').allInnerTexts();
    const receipt = await page.locator('main .note.ok').count();
    return [...errors, ...(receipt === 0 ? [`no receipt at ${page.url()}`] : [])];
  }, true);
}

/** The page says what is wrong, offers the form again, and is as good as any other. */
async function refused(page) {
  const problems = await inspect(page, EXPECT);
  if ((await page.locator('main [role=alert]').count()) === 0) problems.push('nothing says that the file was refused');
  if ((await page.locator('main input[type=file]').count()) === 0) problems.push('no form to try again');
  return problems;
}

async function kvkOf(page, provider) {
  await page.goto(provider);
  const [number] = (await page.locator('main').innerText()).match(/\b\d{8}\b/) ?? [];
  if (!number) throw new Error(`${provider} shows no KvK number`);
  return number;
}

/** A ZIP file of texts, not compressed. */
function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    // Version, flags, method, time, date (1 January 1980), CRC, both sizes, length of the name, no extra field.
    const facts = Buffer.alloc(26);
    [[20, 0], [0, 2], [0, 4], [0, 6], [33, 8], [name.length, 22]].forEach(([value, at]) => facts.writeUInt16LE(value, at));
    [[crc32(data), 10], [data.length, 14], [data.length, 18]].forEach(([value, at]) => facts.writeUInt32LE(value, at));
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, Buffer.from(name));
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), data);
    offset += 4 + facts.length + name.length + data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  const count = Object.keys(files).length;
  [[count, 8], [count, 10]].forEach(([value, at]) => end.writeUInt16LE(value, at));
  [[central.length, 12], [offset, 16]].forEach(([value, at]) => end.writeUInt32LE(value, at));
  return Buffer.concat([...parts, central, end]);
}
